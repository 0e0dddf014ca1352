"""Nobody is found by taking the sums of one day from those of another."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from sqlmodel import col, delete

from core import clock
from core.access.actor import Actor, Role
from core.instance import Instance
from core.people.gaps import memory, repository, service
from core.people.gaps.gap import GapKey
from core.people.gaps.state import State, packed, unpacked
from core.people.gaps.steps import _shut, follows, step
from core.people.gaps.trend import trend
from core.people.gates import HIDE
from core.people.importing import service as importing
from core.people.importing.kinds import ImportKind
from core.people.scope import give_charge
from core.people.tables import Assessment, Employee
from core.storage import Session
from tests.conftest import BOTH
from tests.conftest import person as person_of
from tests.core.people.branch import RECENT, ROSTER, SCORES, employee_ids, fill, unit_ids
from tests.core.people.tables import take

both = pytest.mark.parametrize("house", BOTH, indirect=True)

NEEDS = [("客户经理", "上门敲门", 4, 1)]
STAFF = [(f"{unit}{at:02d}", f"员工{unit}{at}", unit, "客户经理") for unit in ("甲", "乙") for at in range(12)]
Sums = dict[GapKey, tuple[int, int, int | None, float]]


@pytest.fixture
def branch(house: Instance, leader: Actor) -> Instance:
    """Two units of twelve, all assessed at level 3."""
    fill(house, leader, STAFF, NEEDS, [(row[0], "上门敲门", 60, 100, "系统", RECENT) for row in STAFF])
    return house


def sums(house: Instance, actor: Actor) -> Sums:
    """All sums that somebody may write down on a day."""
    house.releasing.keep_up()
    with house.database.reading() as db:
        found = [one for by in ("unit", "post", "all") for one in service.groups(db, actor, by)]  # type: ignore[arg-type]
    return {one.key: (one.required, one.measured, one.below, round(one.lacking, 6)) for one in found}


def assess(house: Instance, leader: Actor, *numbers: str, score: int = 90) -> int:
    """Later scores of these people in the same source."""
    rows = [(number, "上门敲门", score, 100, "系统", clock.today().isoformat()) for number in numbers]
    return take(house, leader, ImportKind.ASSESSMENTS, [SCORES, *rows], today=clock.today())[0]


@both
def test_a_branch_without_people_is_released_too(house: Instance, leader: Actor, executive: Actor) -> None:
    assert sums(house, executive) == {}
    fill(house, leader, STAFF, NEEDS, [])
    assert {required for required, *_rest in sums(house, executive).values()} == {12, 24}


@both
def test_the_sums_of_two_days_do_not_tell_whom_a_single_assessment_was_of(branch: Instance, leader: Actor, executive: Actor) -> None:
    before, known = sums(branch, executive), sums(branch, leader)
    assert before == known and len(before) == 4
    assess(branch, leader, "甲00")
    assert sums(branch, executive) == before
    assert sums(branch, leader) != known, "who sees names sees it at once"


@both
def test_five_together_are_released(branch: Instance, leader: Actor, executive: Actor) -> None:
    before = sums(branch, executive)
    assess(branch, leader, *(f"甲{at:02d}" for at in range(4)))
    assess(branch, leader, *(f"乙{at:02d}" for at in range(3)))
    assert sums(branch, executive) == before, "seven in all, but neither unit has five"
    assess(branch, leader, "甲04")
    after, unit = sums(branch, executive), unit_ids(branch)
    [gap] = [key for key in after if key.unit_id == unit["甲"]]
    [other] = [key for key in after if key.unit_id == unit["乙"]]
    assert after[gap] == (12, 12, 7, 7.0) and after[other] == before[other]
    assert after[GapKey(gap.competency_id)] == (24, 24, 19, 19.0), "the total moves by the same five"


@both
@pytest.mark.parametrize(
    "row", [("丙99", "新人", "甲", "客户经理"), ("甲00", "员工甲0", "乙", "客户经理"), ("甲00", "员工甲0", "甲", "柜员")]
)
def test_one_who_is_hired_or_moves_is_not_found(row: tuple[str, ...], branch: Instance, leader: Actor, executive: Actor) -> None:
    before = sums(branch, executive)
    take(branch, leader, ImportKind.ROSTER, [ROSTER, row], today=clock.today())
    if row[0] == "丙99":
        assess(branch, leader, "丙99")
    assert sums(branch, executive) == before != sums(branch, leader)


def test_whoever_stays_alone_where_the_others_left_is_not_found(branch: Instance, leader: Actor, executive: Actor) -> None:
    before = sums(branch, executive)
    take(
        branch,
        leader,
        ImportKind.ROSTER,
        [ROSTER, *((f"甲{at:02d}", f"员工甲{at}", "乙", "客户经理") for at in range(11))],
        today=clock.today(),
    )
    assert sums(branch, executive) == before


@both
def test_what_is_undone_is_not_subtracted_from_what_came_after(branch: Instance, leader: Actor, executive: Actor) -> None:
    first = sums(branch, executive)
    run = assess(branch, leader, *(f"甲{at:02d}" for at in range(5)))
    assert sums(branch, executive) != first
    with branch.database.writing() as db:
        importing.undo(db, leader, run)
    assert sums(branch, executive) == first, "all five come back together"
    run = assess(branch, leader, *(f"甲{at:02d}" for at in range(5)))
    second = sums(branch, executive)
    with branch.database.writing() as db:
        importing.undo(db, leader, run)
    assess(branch, leader, "甲11")
    third = sums(branch, executive)
    assert third in (first, second), "six changed since yesterday, but only one since the day before"


@both
def test_a_deleted_person_leaves_no_trace_and_no_difference(branch: Instance, leader: Actor, executive: Actor) -> None:
    before, gone = sums(branch, executive), employee_ids(branch)
    with branch.database.writing() as db:
        delete_person(db, gone["甲00"])
    assert sums(branch, executive) == before
    assert not kept(branch) & {gone["甲00"]}
    assert sum(number < 0 for number in kept(branch)) == 1, "still counted, under a number that leads to nobody"
    with branch.database.writing() as db:
        for at in range(1, 5):
            delete_person(db, gone[f"甲{at:02d}"])
    assert sums(branch, executive) != before
    sums(branch, executive)
    assert min(kept(branch)) > 0


def delete_person(db: Session, row_id: int) -> None:
    """As somebody's wish for it is answered: the row and the scores."""
    db.execute(delete(Assessment).where(col(Assessment.employee_id) == row_id))
    db.execute(delete(Employee).where(col(Employee.id) == row_id))


def kept(house: Instance) -> set[int]:
    """Everybody in any state that is stored."""
    with house.database.reading() as db:
        rows = [row for name in repository.released(db) for row in repository.released_before(db, name)]
        return {number for row in rows for number in unpacked(row.state, row.released_on).employee.tolist()}


def test_who_reads_a_unit_by_name_is_not_told_of_the_others_by_taking_their_own_away(branch: Instance, leader: Actor) -> None:
    reader = person_of(branch, "reader", Role.EXECUTIVE, Role.UNIT_MANAGER)
    with branch.database.writing() as db:
        give_charge(db, leader, reader.account_id or 0, [unit_ids(branch)["甲"]])
    before = sums(branch, reader)
    take(branch, leader, ImportKind.ROSTER, [ROSTER, *((f"丁{at}", f"员工丁{at}", "丁", "柜员") for at in range(2))], today=clock.today())
    assess(branch, leader, *(f"甲{at:02d}" for at in range(4)), "乙00")
    assert sums(branch, reader) == before


def test_the_years_wait_with_the_sums(branch: Instance, leader: Actor, executive: Actor) -> None:
    def years() -> list[tuple[int, int, float]]:
        branch.releasing.keep_up()
        with branch.database.reading() as db:
            return [(one.year, one.measured, one.mean_gap) for one in trend(db, executive)]

    before = years()
    assert before
    assess(branch, leader, "甲00")
    assert years() == before
    assess(branch, leader, *(f"甲{at:02d}" for at in range(1, 5)))
    assert years() != before


def test_nothing_is_given_before_the_first_release_and_nothing_is_written_twice(branch: Instance, executive: Actor) -> None:
    assert branch.releasing.keep_up() == 0
    memory.forget()
    with branch.database.reading() as db:
        found = service.table(db, executive, "unit")
        assert found.groups and found.released == (clock.today(), clock.today())
    with branch.database.writing() as db:
        repository.put_released(db, [], {}, {row.id or 0 for row in repository.released(db).values()})
    with branch.database.reading() as db:
        found = service.table(db, executive, "unit")
        assert not found.groups and not found.hidden and found.released is None


def world(chance: random.Random) -> State:
    """People of some units and posts, most of them assessed."""
    count, units, posts = chance.randint(10, 50), chance.randint(1, 5), chance.randint(1, 4)
    columns = [np.array([chance.randrange(most) + 1 for _ in range(count)], dtype=np.int32) for most in (units, posts)]
    levels = np.array([[chance.choice((np.nan, 1.0, 2.0, 3.0, 4.0))] for _ in range(count)])
    return State(
        np.arange(1, count + 1, dtype=np.int32), *columns, np.full(count, 3, np.int32), np.ones(count), levels, (), date(2026, 1, 1)
    )


def changed(state: State, chance: random.Random) -> State:
    """The same a while later: some assessed again, some moved, some gone, some new."""
    count, often = len(state.employee), chance.choice((0.1, 0.4, 0.9))
    levels, unit, post = state.levels.copy(), state.unit.copy(), state.post.copy()
    for at in range(count):
        if chance.random() < often:
            levels[at] = chance.choice((1.0, 2.0, 3.0, 4.0, 5.0))
        if chance.random() < often / 3:
            unit[at] = chance.randint(1, 5)
    stays = np.array([chance.random() > often / 5 for _ in range(count)])
    later = replace(state, levels=levels, unit=unit, post=post).where(stays)
    fresh = chance.randint(0, 8)
    new = replace(world(chance)).where(np.arange(0) if fresh == 0 else np.arange(min(fresh, 10)))  # type: ignore[arg-type]
    new = replace(new, employee=np.arange(100, 100 + len(new.employee), dtype=np.int32))
    joined = {name: np.concatenate([getattr(later, name), getattr(new, name)]) for name in vars(state) if name not in ("years", "day")}
    return replace(state, **joined)


def given(state: State, place: dict[tuple[int, ...], int], width: int) -> list[np.ndarray]:
    """Which unknown levels each sum adds up that is given of a state."""
    shut, known = _shut(state, frozenset()), ~np.isnan(state.levels[:, 0])
    rows = []
    for column, hidden in ((state.unit, shut.units), (state.post, shut.posts), (np.zeros_like(state.unit), {0} if shut.total else set())):
        for name in np.unique(column).tolist():
            if name not in hidden:
                row = np.zeros(width)
                row[[place[key] for key in keys(state.where(known & (column == name)))]] = 1
                rows.append(row)
    return rows


def keys(state: State) -> list[tuple[int, ...]]:
    """What each person adds, as an unknown: another one whenever anything about them is another."""
    columns = (state.employee, state.unit, state.post, state.levels[:, 0])
    return [tuple(int(value) for value in row) for row in zip(*(one.tolist() for one in columns), strict=True)]


@pytest.mark.parametrize("seed", range(25))
def test_nothing_is_worked_out_of_two_days(seed: int) -> None:
    chance = random.Random(seed)
    old = world(chance)
    new = changed(old, chance)
    found = step(old, new)
    known = [one.where(~np.isnan(one.levels[:, 0])) for one in (old, found)]
    unknown = {key: at for at, key in enumerate(dict.fromkeys([*keys(known[0]), *keys(known[1])]))}
    rows = np.array([*given(old, unknown, len(unknown)), *given(found, unknown, len(unknown))]).reshape(-1, len(unknown))
    people: dict[int, list[int]] = {}
    for key, at in unknown.items():
        people.setdefault(key[0], []).append(at)
    chosen = [[number] for number in people] + [chance.sample(sorted(people), min(len(people), HIDE - 1)) for _ in range(15)]
    keep = np.linalg.matrix_rank(rows) if len(rows) else 0
    for some in chosen:
        others = [at for number, own in people.items() if number not in some for at in own]
        # Whatever is left of the sums when the others are unknown would be told of these few.
        assert keep == (np.linalg.matrix_rank(rows[:, others]) if len(rows) and others else keep)


def test_enough_people_in_each_place_are_released_at_once() -> None:
    chance = random.Random(3)
    old = world(chance)
    again = replace(old, levels=np.where(np.isnan(old.levels), np.nan, 5.0))
    assert follows(old, old) and follows(old, again)
    assert unpacked(packed(old), old.day).same(old)
