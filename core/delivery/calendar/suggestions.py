"""Blackouts that banks often have, offered to be looked at: nothing of it applies before somebody says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.i18n import Message

_QUARTER_DAYS, _YEAR_DAYS = 5, 10
_SOURCE = Message("常见做法，供参考：起止日期请按本行安排修改。")
_QUARTERS = {3: Message("一季度末"), 6: Message("二季度末"), 9: Message("三季度末")}


@dataclass(frozen=True)
class Suggestion:
    """A blackout that somebody might want. `key` tells it from the others; `why` says where it comes from and how it was computed."""

    key: str
    name: Message
    starts: date
    ends: date
    why: Message
    source: Message = _SOURCE


def suggestions(year: int, working: Sequence[date]) -> list[Suggestion]:
    """What a branch might keep free of training in a year with these working days."""
    found = []
    opening = [day for day in working if day.month <= 2]
    if opening:
        said = Message("1 月第一个到 2 月最后一个工作日，旺季营销")
        found.append(Suggestion("opening", Message("开门红"), opening[0], opening[-1], said))
    for month, name in _QUARTERS.items():
        days = [day for day in working if day.month == month][-_QUARTER_DAYS:]
        if days:
            found.append(
                Suggestion(f"quarter_{month}", name, days[0], days[-1], Message("季度最后 {n} 个工作日，冲刺和结账", n=_QUARTER_DAYS))
            )
    days = [day for day in working if day.month == 12][-_YEAR_DAYS:]
    if days:
        found.append(Suggestion("closing", Message("年终决算"), days[0], days[-1], Message("全年最后 {n} 个工作日，决算", n=_YEAR_DAYS)))
    return found
