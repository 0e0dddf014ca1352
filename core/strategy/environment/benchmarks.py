"""Peer benchmarks as people type them: what each needs, and when one is too old to argue from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from core.errors import BadInput
from core.i18n import Message

STALE_MONTHS = 24

_LONGEST = {"indicator": 60, "peer": 60, "unit": 20, "period": 30, "source": 300, "note": 300}


@dataclass(frozen=True)
class EnteredBenchmark:
    """A benchmark as somebody typed it; `number` is its line in the table. `id` None is a new one, `version` the one that they saw."""

    number: int
    indicator: str = ""
    peer: str = ""
    value: float | None = None
    unit: str = ""
    period: str = ""
    source: str = ""
    dated: date | None = None
    note: str = ""
    id: int | None = None
    version: int | None = None


def is_stale(dated: date, today: date) -> bool:
    """Whether more than 24 months lie between the benchmark's date and today."""
    months = (today.year - dated.year) * 12 + today.month - dated.month
    return months > STALE_MONTHS or (months == STALE_MONTHS and today.day > dated.day)


def check(one: EnteredBenchmark, today: date) -> None:
    """Raises `BadInput` that names the line and what it lacks: a figure without a source and a date is no benchmark."""
    needed = {Message("指标"): one.indicator, Message("同业"): one.peer, Message("来源"): one.source}
    for name, text in needed.items():
        if not text.strip():
            raise BadInput(
                Message("第 {line} 行缺少“{field}”。对标数据要写明指标、同业、数值、来源和日期。", line=str(one.number), field=name)
            )
    if one.value is None or not math.isfinite(one.value):
        raise BadInput(Message("第 {line} 行的数值不是数字。", line=str(one.number)))
    if one.dated is None:
        raise BadInput(Message("第 {line} 行缺少日期：没有日期就看不出数据是否过时。", line=str(one.number)))
    if one.dated > today:
        raise BadInput(Message("第 {line} 行的日期在将来。", line=str(one.number)))
    for field, longest in _LONGEST.items():
        if len(getattr(one, field)) > longest:
            raise BadInput(Message("第 {line} 行有一格超过 {longest} 个字。", line=str(one.number), longest=str(longest)))
