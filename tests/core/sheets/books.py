"""Workbooks as people really keep them, made for the tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from core.sheets.finding import Table, find
from core.sheets.opening import open_file
from core.sheets.reading import folded

NAMES = ("工号", "姓名", "机构", "岗位", "直属上级工号", "入职日期", "条线", "employee no", "name", "unit")


def known(name: str) -> bool:
    """Whether a header's name means something to these tests."""
    return folded(name) in {folded(one) for one in NAMES}


def book(path: Path, rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), name: str = "名单") -> Path:
    """A workbook of one sheet."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for one in merged:
        sheet.merge_cells(one)
    made.save(path)
    return path


def table(path: Path) -> Table:
    """The table of a file."""
    return find(open_file(path), known)
