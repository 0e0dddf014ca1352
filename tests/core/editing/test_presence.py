"""Who else has a record open."""

from __future__ import annotations

from core.editing.presence import FORGOTTEN_SECONDS, Presence

NEED, OTHER = ("need", 1), ("need", 2)


def test_people_at_one_record_see_each_other_and_nobody_else() -> None:
    there = Presence(lambda: 0.0)
    there.sign([NEED, OTHER], 1, "林")
    there.sign([NEED], 2, "王芳")
    there.sign([("project", 1)], 3, "李敏")
    assert there.others([NEED], 1) == ("王芳",) and there.others([NEED, OTHER], 2) == ("林",)
    assert there.others([OTHER], 1) == () and there.others([("idea", 9)], 1) == ()


def test_who_gives_no_sign_of_life_is_forgotten() -> None:
    now = [0.0]
    there = Presence(lambda: now[0])
    there.sign([NEED], 2, "王芳")
    now[0] = FORGOTTEN_SECONDS
    assert there.others([NEED], 1) == ("王芳",)
    now[0] += 1
    assert there.others([NEED], 1) == ()


def test_records_that_nobody_looks_at_take_no_room() -> None:
    now = [0.0]
    there = Presence(lambda: now[0])
    for number in range(1001):
        there.sign([("need", number)], 2, "王芳")
    now[0] = 2 * FORGOTTEN_SECONDS
    there.sign([NEED], 3, "李敏")
    assert len(there._there) == 1
