"""What differs between two schedules."""

from __future__ import annotations

from core.schedule.explaining.changes import Change, Kind, changes
from tests.core.schedule.explaining.cases import at


def test_what_moved_has_another_trainer_or_venue_is_new_or_gone_is_told_once_each() -> None:
    before = [at("a", 0), at("b", 1, 0, "t"), at("c", 2, 0, None, "v"), at("d", 3), at("same", 0)]
    after = [at("a", 1), at("b", 1, 0, "u"), at("c", 2, 0, None, "w"), at("e", 3), at("same", 0)]
    assert changes(before, after) == [
        Change("a", Kind.MOVED, before[0], after[0]),
        Change("b", Kind.TRAINER, before[1], after[1]),
        Change("c", Kind.VENUE, before[2], after[2]),
        Change("e", Kind.NEW, None, after[3]),
        Change("d", Kind.GONE, before[3], None),
    ]


def test_a_session_that_moved_with_another_trainer_is_there_with_each() -> None:
    assert [change.kind for change in changes([at("a", 0, 0, "t")], [at("a", 0, 1, "u")])] == [Kind.MOVED, Kind.TRAINER]
