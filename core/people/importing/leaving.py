"""Who has left: by the day, or by the word in a column that says how each stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.i18n import Message
from core.people.importing.plan import Entry, Known
from core.sheets import cells
from core.sheets.grid import Cell
from core.sheets.reading import folded

_GONE = re.compile(
    "(?:已|已经|正式)?(?:离职|离行|离司|退休|辞职|辞退|解聘|开除|除名|调出|调离|解除(?:劳动)?合同|死亡|身故|去世)(?:人员|员工|状态)?|否|"
    "(?:has)?(?:left|resigned|retired|terminated|dismissed|inactive)|former(?:employee)?|leaver|no|n"
)
_HERE = re.compile("在职|在岗|在编|正常|正式|试用期?|(?:在职|在岗|正式|在编)(?:人员|员工)|是|active|current|employed|yes|y")
_SHOWN = 5


def standing(cell: Cell) -> bool | str:
    """Whether a cell says that somebody is here; what stands there where it says neither that nor that they left (借调, 长期病假)."""
    plain = folded(cells.text_of(cell))
    return False if _GONE.fullmatch(plain) else True if _HERE.fullmatch(plain) else cells.text_of(cell)[:20]


def settled(entries: Sequence[Entry], known: Known, today: date) -> tuple[list[Entry], list[Message]]:
    """The entries with the day on which each left in place of how they stand, and what the reader should know of it."""
    found, undated, future, away = [], 0, 0, 0
    unclear: dict[str, None] = {}
    for entry in entries:
        values = {name: value for name, value in entry.values.items() if name not in ("left_at", "status")}
        day, status = entry.values.get("left_at"), entry.values.get("status")
        before = known.existing.get((values.get("employee_no"),), {}).get("left_at")
        if day is not None and day > today:
            day, future = None, future + 1
        elif day is None and status is False:
            day = before or today
            undated += before is None
        elif day is None and status is not True:
            away += before is not None
            unclear |= {status: None} if status else {}
        if day is not None or (before is not None and status is True):
            values["left_at"] = day
        found.append(Entry(entry.row, values))
    return found, _said(undated, future, away, list(unclear), today)


def wrong_order(values: Mapping[str, Any], before: Mapping[str, Any]) -> Message | None:
    """What is wrong with a day of leaving that comes before that of joining."""
    left, hired = values.get("left_at"), values.get("hire_date") or before.get("hire_date")
    return Message("离职日期早于入职日期。请核对这两个日期。") if left and hired and left < hired else None


def _said(undated: int, future: int, away: int, unclear: Sequence[str], today: date) -> list[Message]:
    said = []
    if undated:
        said.append(Message("{n} 人写着已离开而没有离职日期，离职日期按今天（{day}）记。", n=undated, day=today.isoformat()))
    if future:
        said.append(Message("{n} 人的离职日期还没有到，仍按在职记。到了以后再导入一次即可。", n=future))
    if away:
        said.append(Message("文件里有 {n} 人在系统里已离职，文件没有说他们在职，仍按离职记。回来的人请在花名册里清空离职日期。", n=away))
    if unclear:
        shown = Message.listed(unclear, most=_SHOWN)
        said.append(Message("在职情况写着“{words}”的人按没有离开记。", words=shown))
    return said
