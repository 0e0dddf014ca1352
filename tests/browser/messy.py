"""A branch's own Excel and CSV files, as untidy as they are: a roster, a matrix of posts, and what the appraisal system exports."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

UNITS = ("城东支行", "城西支行", "港口支行")
POSTS = ("客户经理", "理财经理", "柜员")
# What each post's people score, and the level that their post asks for (a level is twenty points).
SCORES = {
    "客户经理": {"客户分层": (44, "L4"), "需求挖掘": (48, "L4"), "团队协作": (70, "L3")},
    "理财经理": {"资产配置": (41, "L4"), "客户分层": (62, "L3")},
    "柜员": {"合规操作": (58, "L4"), "团队协作": (66, "L3")},
}
ABSENT, OFTEN = "缺考", 3
_EACH = 7
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_NO_DATE = "2020-13-45"


@dataclass(frozen=True)
class Colleague:
    """One person of the branch."""

    number: str
    name: str
    unit: str
    post: str
    manager: str


def colleagues() -> list[Colleague]:
    """The branch: a head for each unit, and `_EACH` people of each post in it."""
    heads = [Colleague(f"{place:05d}", f"{unit[:2]}行长", unit, "支行行长", "") for place, unit in enumerate(UNITS, 1)]
    places = [(head, post) for head in heads for post in POSTS for _ in range(_EACH)]
    rest = (
        Colleague(
            f"{place:05d}", f"{'王李张刘陈杨赵'[place % 7]}{'伟芳娜敏静丽强磊军'[place % 9]}{place:02d}", head.unit, post, head.number
        )
        for place, (head, post) in enumerate(places, len(heads) + 1)
    )
    return [*heads, *rest]


def roster(path: Path) -> Path:
    """A title over merged cells, empty rows, numbers without their zeros or in full width, dates in every form, two bad rows, a total."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "海州分行在岗员工花名册（2026年10月）"
    sheet.merge_cells("A1:H1")
    sheet.append([])
    sheet.append(["序号", "员工编号", "姓名", "所在机构", "现任岗位", "直属上级工号", "入行时间", "备注"])
    everybody = colleagues()
    for place, (one, hired) in enumerate(zip(everybody, _dates(), strict=False)):
        name = f" {one.name}　" if place % 13 == 0 else one.name
        sheet.append([place + 1, _untidy(one.number, place), name, one.unit, one.post, one.manager, hired, ""])
        if place % 20 == 19:
            sheet.append([])
    sheet.append([len(everybody) + 1, "00901", "迟到一", UNITS[0], "柜员", "00001", _NO_DATE, "新来"])
    sheet.append([len(everybody) + 2, everybody[5].number, "重复人", UNITS[0], "柜员", "00001", "2020-01-05", ""])
    sheet.append(["合计", len(everybody)])
    book.save(path)
    return path


def matrix(path: Path) -> Path:
    """What posts ask for, in a CSV file as Chinese Excel writes it."""
    with path.open("w", encoding="gbk", newline="") as file:
        out = csv.writer(file)
        out.writerow(["岗位名称", "能力项", "要求等级", "权重"])
        for post, wanted in SCORES.items():
            for competency, (_score, level) in wanted.items():
                out.writerow([post, competency, level, 100 // len(wanted)])
    return path


def appraisal(path: Path) -> Path:
    """One row a person and one column a competency, with sums that are none, empty cells and people who were absent."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    columns = list(dict.fromkeys(competency for wanted in SCORES.values() for competency in wanted))
    sheet["A1"] = "2026年度能力考核结果导出"
    sheet.append(["员工编号", "姓名", "考核日期", *columns, "总分", "排名"])
    for place, one in enumerate(colleagues()):
        scores = [_score(one, competency, place) for competency in columns]
        total = sum(score for score in scores if isinstance(score, float))
        sheet.append([one.number, one.name, date(2026, 9, 1 + place % 28), *scores, total, place + 1])
    book.save(path)
    return path


def _dates() -> Iterator[Any]:
    """Days of entry, one after another in another form."""
    for place in range(10_000):
        day = date(2006, 3, 1) + timedelta(days=97 * place % 6500)
        yield (
            day,
            day.strftime("%Y.%m.%d"),
            f"{day.year}年{day.month}月{day.day}日",
            day.strftime("%Y/%m/%d"),
            (day - date(1899, 12, 30)).days,
        )[place % 5]


def _untidy(number: str, place: int) -> str | int:
    if place % 7 == 6:
        return int(number)
    return number.translate(_FULL_WIDTH) if place % 11 == 4 else number


def _score(one: Colleague, competency: str, place: int) -> float | str | None:
    wanted = SCORES.get(one.post, {}).get(competency)
    if wanted is None or place % 9 == 8:
        return None
    if place % 25 == OFTEN:
        return ABSENT
    return round(wanted[0] + place % 5 * 2.5, 1)
