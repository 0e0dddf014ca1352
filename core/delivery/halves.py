"""Half days: what a day of the plan is divided into, and the stretches of them on which somebody or something is away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.errors import BadInput
from core.i18n import Message

LONGEST_DAYS = 400


class Half(StrEnum):
    """A half of a day."""

    MORNING = "am"
    AFTERNOON = "pm"


HALF_NAMES = {Half.MORNING: Message("上午"), Half.AFTERNOON: Message("下午")}


@dataclass(frozen=True)
class Span:
    """From the half `first` of `starts` to the half `last` of `ends`, both included."""

    starts: date
    ends: date
    first: Half = Half.MORNING
    last: Half = Half.AFTERNOON
    reason: str = ""

    def halves(self) -> Iterator[tuple[date, Half]]:
        """Each half day of it, in order."""
        day = self.starts
        while day <= self.ends:
            for half in Half:
                if self.covers(day, half):
                    yield day, half
            day += timedelta(days=1)

    def covers(self, day: date, half: Half) -> bool:
        """Whether it holds this half day."""
        if not self.starts <= day <= self.ends:
            return False
        late = day == self.starts and self.first is Half.AFTERNOON and half is Half.MORNING
        return not late and not (day == self.ends and self.last is Half.MORNING and half is Half.AFTERNOON)


def check_span(starts: date, ends: date, first: Half, last: Half) -> None:
    """Raises `BadInput` when a stretch ends before it starts, or is longer than a year and a month."""
    if ends < starts or (starts == ends and first is Half.AFTERNOON and last is Half.MORNING):
        raise BadInput(Message("结束应不早于开始。请核对日期和上下午。"))
    if (ends - starts).days > LONGEST_DAYS:
        raise BadInput(Message("一段时间最长 {n} 天。请核对年份，或分成几段。", n=LONGEST_DAYS))
