"""A thousand pages to measure with: PDF files of varied text in the sample bank's own words."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.demo import pdf
from core.demo.build import SOURCES
from core.demo.markup import Block, Heading, Paragraph, Table
from core.demo.typeface import for_text

PAGES_A_FILE = 50
_SHORTEST, _LONGEST = 520, 700
_TABLE_EVERY = 6
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SENTENCE = re.compile(r"[^。；\n|#*>\[\]]{18,120}[。；]")
_TEXT_SIZE = 11
_PLACES = ["望江", "锦川", "南屏", "云麓", "北辰", "青屿", "东湾", "海棠", "临溪", "柳湾", "松涛", "白石", "桃源", "鹿鸣", "沧浪", "听泉"]
_SUBJECTS = [
    "零售转型",
    "县域普惠",
    "跨境金融",
    "绿色金融",
    "养老金融",
    "风险管理",
    "内控合规",
    "运营集约",
    "数字化能力",
    "客户经理队伍",
    "财富顾问培养",
    "培训评估",
]


def write(folder: Path, count: int, seed: int = 1, a_file: int = PAGES_A_FILE) -> list[Path]:
    """PDF files of about `a_file` pages with at least `count` altogether, some 600 to 800 characters on each.

    The same seed gives the same text.
    """
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(seed)
    sentences = _sentences()
    reports = [list(_report(number, dice, sentences, a_file)) for number in range(-(-count // a_file))]
    titles = [f"{_PLACES[number % len(_PLACES)]}分行专题材料第{number + 1}册" for number in range(len(reports))]
    typeface = for_text("".join([*titles, "示例虚构", *(_text(block) for blocks in reports for block in blocks)]))
    paths = []
    for title, blocks in zip(titles, reports, strict=True):
        path = folder / f"{title}.pdf"
        pdf.write(path, pdf.Cover(title, ("示例（虚构）",), title), blocks, typeface, size=_TEXT_SIZE)
        paths.append(path)
    return paths


def _report(number: int, dice: random.Random, sentences: Sequence[str], count: int) -> Iterator[Block]:
    for page in range(count):
        yield Heading(1, f"第{page + 1}节 {dice.choice(_PLACES)}{dice.choice(_SUBJECTS)}")
        left = dice.randint(_SHORTEST, _LONGEST)
        if page % _TABLE_EVERY == number % _TABLE_EVERY:
            table = _table(dice)
            left -= sum(len(cell) for row in table.rows for cell in row)
            yield table
        while left > 0:
            paragraph = "".join(_varied(dice.choice(sentences), dice) for _ in range(dice.randint(2, 4)))
            yield Paragraph(paragraph)
            left -= len(paragraph)


def _table(dice: random.Random) -> Table:
    rows = [("机构", "指标", "2026年实际", "2027年目标")]
    for place in dice.sample(_PLACES, 5):
        rows.append((f"{place}支行", f"{dice.choice(_SUBJECTS)}完成率（%）", f"{dice.uniform(20, 90):.1f}", f"{dice.uniform(60, 99):.1f}"))
    return Table("各机构完成情况", tuple(rows))


def _varied(sentence: str, dice: random.Random) -> str:
    """Another figure for each figure, and another place: no two pages say the same."""
    changed = _NUMBER.sub(lambda found: _like(found.group(), dice), sentence)
    return f"{dice.choice(_PLACES)}支行提出，{changed}" if dice.random() < 0.3 else changed


def _like(number: str, dice: random.Random) -> str:
    if number.startswith("20") and len(number) == 4:
        return number
    value = float(number.replace(",", "")) * dice.uniform(0.6, 1.5)
    return f"{value:.1f}" if "." in number else f"{round(value):,}"


def _sentences() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.md"))]
    return [found.strip() for text in texts for found in _SENTENCE.findall(text)]


def _text(block: Block) -> str:
    if isinstance(block, Table):
        return block.caption + "".join(cell for row in block.rows for cell in row)
    return getattr(block, "text", "")
