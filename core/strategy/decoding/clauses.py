"""The sentences of a document: the unit in which demands are read, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.documents.parsed import Block, BlockKind, ParsedDocument
from core.documents.parsing.headings import numbering_rank, reads_as_heading
from core.patterns import lazily
from core.strategy.decoding.quantities import UNITS

# A full stop ends a sentence only before a space or at the end, so that decimals, section numbers and short forms stay whole; where the
# space was lost, before a capital letter: over budget.We now run.
_END = lazily(
    r"(?:[。！？!?；]+|…+|(?<![A-Z])(?<!\d)(?<!e\.g)(?<!i\.e)(?<!\bNo)(?<!\bvs)\.(?=\s|$)|(?<=\d)\.(?=\s+[A-Z]|$)|(?<=[a-z\d%)])\.(?=[A-Z][a-z]*\s)|;(?=\s))[”’」』）)\"']*"
)
# What stands before a sentence and is not part of it: bullets and list numbers.
_MARK = lazily(
    r"[\s•·●○◆■□▪▶►➢※*\-–—]*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z]|[ivx]{1,4})[）)、]\s*|"
    r"\d{1,2}(?:\.\d{1,2}){0,3}[.．]?\s+(?![a-z])|\d{1,2}[.．](?!\d)\s*|[①-⑳]\s*)?[•·●◆■▪➢]?\s*"
)
# A slide's first line in text that was taken from slides: 第5页 目标.
_SLIDE = lazily(r"(?:第\s?\d{1,3}\s?页|P\d{1,3}|Slide \d{1,3})(?!\S*[。；])")
# The mark of a page alone on its line: 【P3】, 第5页. The short line under it is the page's title.
_PAGE = lazily(r"[【\[（(]?(?:第\s?\d{1,3}\s?页|P\.?\s?\d{1,3}|Slide \d{1,3})[】\]）)]?", re.IGNORECASE)
_TITLE = lazily(r"[^。；]{2,30}$")
# A line of text files that is a heading: 2. Grow leaders from within.
_LINE = lazily(r"(?:\d{1,2}[.)]?\s+)?[A-Z][A-Za-z’',\- ]{4,60}$")
# （一）抓存款，调结构: a line of its own that is numbered as sections are, without a stop or a figure.
_NUMBERED = lazily(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])(?:[^。；：:\d]{0,12}20\d\d年)?[^。；：:\d]{3,24}$|"
    r"20\d\d年[^。；：:，、\d]{2,8}$"
)
# So is a short line of its own that begins with a year: 2025年回头看.
_NUMBERED_LEVEL = 4
_STOP = lazily(r"[.!?]$")
_RUNNING = 70
_NEAR = 2
# What announces the items or the answer that follow: 到2029年末实现： or a question.
_ANNOUNCES = lazily(r"[：:？?]\s*$")
_ASKS = lazily(r"[？?]\s*$")
_ITEM = lazily(
    r"\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[）)、.．]|[①-⑳•·●○◆■□▪▶►➢※*–—-]|[A-Z]{1,2}\d{1,2}(?=[\s、.．:：])|"
    r"[一二三四五六七八九十]是|答[:：])"
)
# The pauses between clauses; a comma inside a number is none.
# KR1 周活客户, T-07 全员考试, 目标 管理资产: a space parts what stands side by side; 85 亿元 is one figure.
_CODE = r"(?<=[A-Za-z]\d)|(?<=[A-Za-z]\d\d)|(?<=[A-Za-z]\d\.\d)|(?<=[A-Za-z]-\d\d)"
_PAUSE = lazily(
    rf"[，；。！？：]|,(?!\d)|;|:(?!\d)|——|\n|"
    rf"(?:(?<=[\u4e00-\u9fff%％）)])|{_CODE}|(?<=\d)(?![ \u3000]+(?:{UNITS})))[ \u3000]+(?=[\u4e00-\u9fff])"
)


@dataclass(frozen=True)
class Sentence:
    """`text` is the document's own `[start, end)`; `path` the headings above it, outermost first; `lead` the text of its paragraph
    before it, after the line that announces it. `block` is where it stands; `level` is that of a heading, else 0. `opens`: the first of
    several sentences of its paragraph, which is how a text without headings names what follows. `around`: the sentences beside it
    under the same headings; `before`: the one that comes before it, wherever; `mark` the bullet or number that it
    begins with."""

    text: str
    start: int
    end: int
    page: int
    block: BlockKind
    level: int
    path: tuple[str, ...]
    lead: str = ""
    opens: bool = False
    around: str = ""
    before: str = ""
    mark: str = ""

    @property
    def marked(self) -> bool:
        """Whether it begins with a bullet or a number."""
        return len(self.mark) > 1


@dataclass(frozen=True)
class Clause:
    """A stretch of a sentence between pauses, `text[start:end]` of the sentence's text."""

    text: str
    start: int
    end: int


def sentences(parsed: ParsedDocument) -> Iterator[Sentence]:
    """The sentences of headings, paragraphs, list items and notes in order. Tables have their own reader, contents none."""
    found = list(_all(parsed))
    for at, one in enumerate(found):
        beside = [*found[max(0, at - _NEAR) : at], *found[at + 1 : at + 1 + _NEAR]]
        around = " ".join(other.text for other in beside if other.path == one.path and other.block != "heading")
        yield replace(one, around=around, before=found[at - 1].text if at else "")


def _all(parsed: ParsedDocument) -> Iterator[Sentence]:
    announced = ""
    for block, path in blocks_with_path(parsed):
        if block.kind in ("table", "contents"):
            continue
        words = parsed.text[block.start : block.end]
        if block.kind == "heading":
            announced = ""
            ends = [block.end]
        else:
            ends = [*_ends(parsed.text, block.start, block.end), block.end]
            if _ANNOUNCES.search(words):
                announced = words
            elif not (block.kind == "list" or _ITEM.match(words) or _ASKS.search(announced)):
                announced = ""
        before = "" if announced is words else announced
        position = block.start
        for end in ends:
            sentence = _sentence(parsed, block, position, end, path, before + parsed.text[block.start : position])
            if sentence is not None:
                yield replace(sentence, opens=position == block.start and end < block.end)
            position = end


def blocks_with_path(parsed: ParsedDocument) -> Iterator[tuple[Block, tuple[str, ...]]]:
    """Every block with the headings above it; the document's own title is not one of them. A slide's first line counts as a heading."""
    path: list[tuple[int, str]] = []
    title = _title(parsed)
    texts = [" ".join(parsed.text[block.start : block.end].split()) for block in parsed.blocks]
    for given, text, above, below in zip(parsed.blocks, texts, ["", *texts[:-1]], [*texts[1:], ""], strict=True):
        block = _as_heading(given, text, above, below)
        if block.kind != "heading":
            yield block, tuple(heading for _, heading in path)
            continue
        path = [entry for entry in path if entry[0] < block.level]
        yield block, tuple(heading for _, heading in path)
        if block is not title and not (block.page == 1 and text == parsed.title):
            path.append((block.level, text))


def _title(parsed: ParsedDocument) -> Block | None:
    """The heading that is the document's title, also where the file calls itself something else: the first block, alone on its level."""
    first = parsed.blocks[0] if parsed.blocks else None
    if first is None or first.kind != "heading" or numbering_rank(parsed.text[first.start : first.end]) is not None:
        return None
    others = [block.level for block in parsed.blocks[1:] if block.kind == "heading"]
    return first if others and min(others) > first.level else None


def _as_heading(block: Block, text: str, above: str, below: str) -> Block:
    """A slide's first line, and a short line without a stop over a paragraph of running text, are headings in files that mark none;
    so is a line numbered 一、 or （一） among Markdown's own headings."""
    if block.kind == "paragraph" and (_SLIDE.match(text) or (_PAGE.fullmatch(above) and _TITLE.match(text))):
        return replace(block, kind="heading", level=1)
    if block.kind in ("paragraph", "list") and _NUMBERED.match(text) and reads_as_heading(text):
        return replace(block, kind="heading", level=_NUMBERED_LEVEL)
    over_text = len(below) >= _RUNNING and _STOP.search(below) and not _LINE.match(below)
    if block.kind in ("paragraph", "list") and _LINE.match(text) and over_text:
        return replace(block, kind="heading", level=2)
    return block


def clauses(text: str) -> list[Clause]:
    """The clauses of a sentence."""
    found: list[Clause] = []
    start = 0
    for pause in _PAUSE.finditer(text):
        if pause.start() > start:
            found.append(Clause(text[start : pause.start()], start, pause.start()))
        start = pause.end()
    if start < len(text):
        found.append(Clause(text[start:], start, len(text)))
    return found


def unmarked(text: str) -> int:
    """How many characters at the beginning of `text` are a bullet or a list number."""
    match = _MARK.match(text)
    return match.end() if match and match.end() < len(text) else 0


def _ends(text: str, start: int, end: int) -> list[int]:
    ends = [match.end() for match in _END.finditer(text, start, end) if match.end() < end]
    # Lines of a paragraph that do not fill are items put under one another (slides, plain text); a line of running text ends anywhere.
    breaks = [
        match.end() for match in re.finditer(r"\n(?=\s*(?:[•·●○◆■□▪▶➢]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]))", text[start:end])
    ]
    return sorted({*ends, *(start + at for at in breaks)})


def _sentence(parsed: ParsedDocument, block: Block, start: int, end: int, path: tuple[str, ...], lead: str) -> Sentence | None:
    begins = start + unmarked(parsed.text[start:end])
    mark, start = parsed.text[start:begins], begins
    while end > start and parsed.text[end - 1].isspace():
        end -= 1
    if end - start < 2:
        return None
    page = parsed.page_at(start).number
    return Sentence(parsed.text[start:end], start, end, page, block.kind, block.level, path, lead, mark=mark)
