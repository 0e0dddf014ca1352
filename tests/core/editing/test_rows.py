"""A table of two people: cells and rows that stand by themselves, and those that are asked about."""

from __future__ import annotations

from core.editing.comparing import Side
from core.editing.rows import compare_rows

BEFORE = {1: {"name": "甲", "n": 1}, 2: {"name": "乙", "n": 2}, 3: {"name": "丙", "n": 3}}


def test_cells_of_both_stand_over_what_is_stored() -> None:
    now = {1: {"name": "甲", "n": 9}, 2: {"name": "乙", "n": 2}, 4: {"name": "丁", "n": 4}}
    found = compare_rows(BEFORE, now, {1: {"name": "甲甲"}, 2: {"n": 5}}, [])
    assert found.disputes == () and found.theirs == (1, 3, 4)
    assert found.together().cells == {1: {"name": "甲甲"}, 2: {"n": 5}}


def test_the_same_cell_is_asked_about_unless_both_wrote_the_same() -> None:
    now = {**BEFORE, 1: {"name": "甲", "n": 9}, 2: {"name": "乙", "n": 5}}
    found = compare_rows(BEFORE, now, {1: {"n": 7}, 2: {"n": 5}}, [])
    assert [one.place for one in found.disputes] == [(1, "n")]
    assert found.together().cells == {1: {"n": 7}}
    assert found.together({(1, "n"): Side.THEIRS}).cells == {}


def test_a_row_that_one_deleted_and_the_other_changed_is_asked_about_as_a_whole() -> None:
    now = {1: {"name": "甲", "n": 9}, 3: BEFORE[3]}
    found = compare_rows(BEFORE, now, {2: {"n": 5}}, [1, 3])
    assert [one.place for one in found.disputes] == [(1, ""), (2, "")]
    mine = found.together()
    assert (mine.deleted, mine.again, dict(mine.cells)) == (frozenset({1, 3}), ({"name": "乙", "n": 5},), {})
    theirs = found.together({(1, ""): Side.THEIRS, (2, ""): Side.THEIRS})
    assert (theirs.deleted, theirs.again) == (frozenset({3}), ())


def test_what_both_deleted_is_gone() -> None:
    found = compare_rows(BEFORE, {1: BEFORE[1], 2: BEFORE[2]}, {}, [3])
    assert found.disputes == () and found.together().deleted == frozenset()
