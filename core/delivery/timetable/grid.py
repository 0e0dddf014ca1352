"""Days and half days of a year as the solver counts them: workdays numbered from 0, two slots in each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from core.delivery.halves import Half, Span
from core.delivery.timetable.terms import SLOTS_PER_DAY

HALVES = tuple(Half)


@dataclass(frozen=True)
class Grid:
    """The workdays of a year, in order."""

    days: tuple[date, ...]

    def place(self, day: date) -> int | None:
        """The number of a workday; None where it is none."""
        at = bisect_left(self.days, day)
        return at if at < len(self.days) and self.days[at] == day else None

    def from_(self, day: date) -> int:
        """The number of the first workday on or after a day; as many as there are, where there is none."""
        return bisect_left(self.days, day)

    def until(self, day: date) -> int:
        """The number of the last workday on or before a day; -1 where there is none."""
        return bisect_right(self.days, day) - 1

    def end(self, day: int, slot: int, slots: int) -> tuple[int, int]:
        """The day and slot in which something that long ends, by number."""
        last = day * SLOTS_PER_DAY + slot + slots - 1
        return last // SLOTS_PER_DAY, last % SLOTS_PER_DAY

    def ends_on(self, day: date, slot: int, slots: int) -> date:
        """The day on which something that long ends; the last workday where the year is over before it."""
        at = self.place(day)
        if at is None:
            return day
        return self.days[min(self.end(at, slot, slots)[0], len(self.days) - 1)]

    def slots(self, day: int, slot: int, slots: int) -> list[tuple[int, int]]:
        """All the half days of something that long, by number."""
        first = day * SLOTS_PER_DAY + slot
        return [(at // SLOTS_PER_DAY, at % SLOTS_PER_DAY) for at in range(first, first + slots)]

    def within(self, spans: Sequence[Span], first: int = 0) -> list[list[int]]:
        """The half days of the year that lie in one of these spans, by number, each once; only from the day `first` on."""
        found = {pair for span in spans for pair in self._of(span) if pair[0] >= first}
        return [list(pair) for pair in sorted(found)]

    def weekends(self) -> list[int]:
        """The numbers of the workdays after which there is a day off."""
        return [at for at in range(len(self.days) - 1) if (self.days[at + 1] - self.days[at]).days > 1]

    def longest_run(self) -> int:
        """How many workdays follow one another without a day off, at most."""
        longest = run = 1 if self.days else 0
        for before, after in zip(self.days, self.days[1:], strict=False):
            run = run + 1 if (after - before).days == 1 else 1
            longest = max(longest, run)
        return longest

    def _of(self, span: Span) -> Iterator[tuple[int, int]]:
        for at in range(self.from_(span.starts), self.until(span.ends) + 1):
            for slot in range(SLOTS_PER_DAY):
                if span.covers(self.days[at], HALVES[slot]):
                    yield at, slot
