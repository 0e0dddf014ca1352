"""Files of people as branches really send them, for trying the import: a roster, an appraisal export, a matrix; made up and marked as that.

What is wrong with them is wrong on purpose: titles above the table, blank rows, numbers that lost their zeros, full-width digits, dates in
five ways, grades among scores, people who were absent, and a handful of rows that cannot come in.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from core.demo.people import SamplePerson, people
from core.people.competencies import seeds

_UNITS = ("零售金融部", "公司金融部", "望海县支行", "平川县支行")
_MARK = "示例·"
_TITLE = "示例（虚构）"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ROSTER = ("序号", "人员编号", "姓 名", "所属部门", "现任岗位", "直属上级工号", "入行时间", "所属条线", "备注")
_SCORES = ("序号", "工号", "姓名", "测评项目", "得分", "评价来源", "测评时间")
_MATRIX = ("岗位名称", "能力项", "要求等级", "权重")


def roster() -> bytes:
    """A roster with a title, blank rows, numbers in three shapes and dates in five."""
    chance = random.Random(41)
    rows: list[list[Any]] = []
    for place, one in enumerate(_staff(), 1):
        manager = one.manager if any(other.number == one.manager for other in _staff()) else ""
        row: list[Any] = [place, one.number, one.name, _MARK + one.unit, one.post.name, manager, one.hired, one.post.line, ""]
        row[1] = chance.choices([one.number, int(one.number), one.number.translate(_WIDE)], [8, 1, 1])[0]
        row[2] = f"{one.name[0]} {one.name[1:]}" if len(one.name) == 2 and chance.random() < 0.5 else one.name
        row[6] = chance.choice(_WAYS)(one.hired)
        rows.append(row)
        if chance.random() < 0.04:
            rows.append([])
    rows[9][6], rows[9][8] = "去年", "待核实"
    rows += [rows[3], [], ["合计", f"{len(_staff())}人"]]
    return _file("花名册", f"{_TITLE}人员花名册（截至2026年9月30日）", "填报：各机构综合岗", _ROSTER, rows)


def appraisal() -> bytes:
    """An appraisal export, a line for each score: of 100, of 5, in grades, in words for those who were absent."""
    chance = random.Random(43)
    names = {seed.code: seed.facts for seed in seeds("zh")}
    known = {one.number: one for one in _staff()}
    rows: list[list[Any]] = []
    for one in people().scores:
        if one.number not in known or one.day.year != 2026:
            continue
        facts = names[one.code]
        called = chance.choice((facts.name, facts.name, facts.aliases[0]))
        level = max(1, round(5 * one.score / one.scale))
        shown: Any = f"L{level}" if one.scale == 5 else chance.choices([one.score, f"{one.score:g}分", "缺考"], [90, 8, 2])[0]
        rows.append([len(rows) + 1, one.number, known[one.number].name, called, shown, one.source, chance.choice(_WAYS)(one.day)])
    rows[5][4] = 130
    rows[8][1] = "099999"
    return _file("导出", f"{_TITLE}2026年测评结果导出", "来源：考核系统、上级评价、通关测评", _SCORES, rows)


def matrix() -> bytes:
    """What the posts of the roster require."""
    held = {one.post.name for one in _staff()}
    names = {seed.code: seed.facts.name for seed in seeds("zh")}
    posts = [post for post in people().posts if post.name in held]
    rows = [[post.name, names[one.code], f"L{one.level}", f"{one.weight:g}%"] for post in posts for one in post.requires]
    return _file("岗位能力矩阵", f"{_TITLE}岗位能力要求", "", _MATRIX, rows)


def _staff() -> list[SamplePerson]:
    return [one for one in people().people if one.unit in _UNITS]


_WAYS: tuple[Callable[[date], Any], ...] = (
    lambda day: day,
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: day.isoformat(),
    lambda day: f"{day:%Y%m%d}",
)


def _file(sheet: str, title: str, note: str, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with a merged title and a note above the table."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title, "author": "示例银行（虚构）", "comments": _TITLE})
        page = book.add_worksheet(sheet)
        bold, day = book.add_format({"bold": True, "align": "center"}), book.add_format({"num_format": "yyyy/m/d"})
        page.merge_range(0, 0, 0, len(header) - 1, title, bold)
        page.write_string(1, 0, note)
        page.write_row(2, 0, header, bold)
        for number, row in enumerate(rows, 3):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(number, place, value, day)
                else:
                    page.write(number, place, value)
    return buffer.getvalue()
