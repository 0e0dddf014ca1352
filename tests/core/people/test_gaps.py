"""Gaps: what is required less what is known, and whose gaps somebody sees."""

from __future__ import annotations

import random
from datetime import date

import numpy as np
import pytest
from sqlmodel import delete

from core.access import audit
from core.access.actor import Actor, Role
from core.errors import NotAllowed, NotFound
from core.instance import Instance
from core.people import service as people
from core.people.gaps import memory, service, viewing
from core.people.gaps.gap import Filters, GapKey, GroupGap, PersonGap
from core.people.gates import HIDE, SPLIT
from core.people.importing import service as importing
from core.people.importing.kinds import ImportKind
from core.people.scope import give_charge
from core.people.tables import Assessment
from core.people.terms import Dimension
from core.storage import Database
from tests.conftest import BOTH
from tests.conftest import person as person_of
from tests.core.people.branch import AS_OF, MATRIX, RECENT, ROSTER, SCORES, competency_ids, employee_ids, fill, post_ids, unit_ids
from tests.core.people.tables import take
from tests.core.people.test_gates import small_groups, worked_out

EVERYTHING = Filters()
both = pytest.mark.parametrize("house", BOTH, indirect=True)

PEOPLE = (
    ("01", "王行长", "滨海分行", "行长"),
    ("02", "张敏", "望海支行", "客户经理"),
    ("03", "李强", "望海支行", "客户经理"),
    ("04", "赵云", "望海支行/营业部", "客户经理"),
    ("05", "孙丽", "望海支行/营业部", "柜员"),
)
NEEDS = (("客户经理", "上门敲门", 4, 30), ("客户经理", "算清账", 3, 10), ("行长", "带队伍", 5, 100))
TAKEN = (
    ("02", "上门敲门", 70, 100, "考核系统", "2026-03-01"),
    ("02", "上门敲门", 40, 100, "考核系统", "2025-03-01"),
    ("02", "上门敲门", 2.5, 5, "上级评价", "2026-05-01"),
    ("03", "上门敲门", 90, 100, "考核系统", "2026-03-01"),
    ("04", "上门敲门", 10, 100, "考核系统", "2023-03-01"),
    ("05", "上门敲门", 60, 100, "考核系统", ""),
)


@pytest.fixture
def branch(house: Instance, leader: Actor) -> Instance:
    fill(house, leader, PEOPLE, NEEDS, TAKEN)
    return house


def person(house: Instance, actor: Actor, number: str, as_of: date = AS_OF) -> dict[str, PersonGap]:
    names = {row_id: name for name, row_id in competency_ids(house).items()}
    with house.database.reading() as db:
        found = service.of_person(db, actor, employee_ids(house)[number], as_of=as_of)
    return {names[one.competency_id]: one for one in found}


def by_unit(house: Instance, actor: Actor, chosen: Filters = EVERYTHING, as_of: date | None = AS_OF) -> dict[tuple[str, str], GroupGap]:
    names = {row_id: name for name, row_id in competency_ids(house).items()}
    units = {row_id: name for name, row_id in unit_ids(house).items()}
    with house.database.reading() as db:
        found = service.groups(db, actor, "unit", chosen, as_of=as_of)
    return {(units.get(one.key.unit_id or 0, ""), names[one.key.competency_id]): one for one in found}


@both
def test_the_last_score_of_each_source_counts_and_their_mean_is_the_level(branch: Instance, leader: Actor) -> None:
    own = person(branch, leader, "02")
    gap = own["上门敲门"]
    assert (gap.required_level, gap.current, gap.gap, gap.weight) == (4, 3.0, 1.0, 0.75)
    assert {(one.source, one.level, one.on) for one in gap.readings} == {
        ("考核系统", 3.5, date(2026, 3, 1)),
        ("上级评价", 2.5, date(2026, 5, 1)),
    }
    assert gap.disagree and not own["算清账"].disagree


@both
def test_missing_is_missing_and_never_zero(branch: Instance, leader: Actor) -> None:
    own = person(branch, leader, "02")["算清账"]
    assert own.missing and own.current is None and own.gap is None
    there = by_unit(branch, leader)
    [zero] = [one for (unit, name), one in there.items() if (unit, name) == ("望海支行", "算清账")]
    assert (zero.required, zero.measured, zero.missing, zero.below, zero.mean_gap) == (2, 0, 2, 0, None)
    found = there["望海支行", "上门敲门"]
    assert (found.required, found.measured, found.below, found.mean_gap) == (2, 2, 1, 0.5)
    assert ("望海支行/营业部", "带队伍") not in there


@both
def test_what_is_out_of_date_is_shown_and_does_not_count(branch: Instance, leader: Actor) -> None:
    own = person(branch, leader, "04")["上门敲门"]
    assert own.missing and [one.counts for one in own.readings] == [False]
    before = person(branch, leader, "04", date(2025, 3, 1))["上门敲门"]
    assert before.current == 0.5 and before.readings[0].counts
    assert person(branch, leader, "04", date(2025, 3, 2))["上门敲门"].missing


def test_a_score_without_a_day_counts_and_what_no_post_requires_is_not_required(branch: Instance, leader: Actor) -> None:
    own = person(branch, leader, "05")["上门敲门"]
    assert (own.required_level, own.current, own.gap) == (None, 3.0, None) and own.readings[0].on is None
    assert not own.missing


def test_archived_competencies_and_people_who_left_do_not_count(branch: Instance, leader: Actor) -> None:
    with branch.database.writing() as db:
        known = {one.facts.name: one for one in people.competencies(db, leader, "zh")}
        people.archive_competency(db, leader, known["上门敲门"], archived=True)
    assert {name for _unit, name in by_unit(branch, leader)} == {"算清账", "带队伍"}
    assert "上门敲门" not in person(branch, leader, "05")
    with branch.database.writing() as db:
        from core.people.gaps.repository import employees

        [row] = employees(db, [employee_ids(branch)["01"]]).values()
        row.left_at = date(2026, 1, 1)
    assert {name for _unit, name in by_unit(branch, leader)} == {"算清账"}
    with branch.database.reading() as db, pytest.raises(NotFound):
        service.of_person(db, leader, employee_ids(branch)["01"])


def test_who_takes_a_list_of_people_away_is_written_down_and_nobody_takes_what_is_not_theirs(
    branch: Instance, leader: Actor, manager: Actor, administrator: Actor
) -> None:
    with branch.database.writing() as db:
        viewing.note_exported(db, leader, "短板人员", 12)
        viewing.note_exported(db, leader, "人才档案", 3, employee_ids(branch)["02"])
    with branch.database.reading() as db:
        first, second = audit.entries(db, leader, action="people_exported").entries
    assert (first.subject_id, first.detail) == (employee_ids(branch)["02"], {"list": "人才档案", "count": 3})
    assert second.detail == {"list": "短板人员", "count": 12}
    with branch.database.writing() as db, pytest.raises(NotFound):
        viewing.note_exported(db, manager, "人才档案", 3, employee_ids(branch)["02"])
    with branch.database.writing() as db, pytest.raises(NotAllowed):
        viewing.note_exported(db, administrator, "短板人员", 12)


@both
def test_a_change_by_whomever_is_seen_at_once_and_what_is_undone_never(branch: Instance, leader: Actor) -> None:
    assert person(branch, leader, "03")["上门敲门"].current == 4.5
    run, _plan = take(branch, leader, ImportKind.ASSESSMENTS, [SCORES, ("03", "上门敲门", 20, 100, "考核系统", "2026-09-01")])
    assert person(branch, leader, "03")["上门敲门"].current == 1.0
    with pytest.raises(RuntimeError), branch.database.writing() as db:
        importing.undo(db, leader, run)
        [inside] = [one for one in service.of_person(db, leader, employee_ids(branch)["03"], as_of=AS_OF) if one.required_level == 4]
        assert inside.current == 4.5
        raise RuntimeError
    assert person(branch, leader, "03")["上门敲门"].current == 1.0
    with branch.database.writing() as db:
        importing.undo(db, leader, run)
    assert person(branch, leader, "03")["上门敲门"].current == 4.5
    take(branch, leader, ImportKind.MATRIX, [MATRIX, ("客户经理", "上门敲门", 5, 30)])
    assert person(branch, leader, "03")["上门敲门"].gap == 0.5
    take(branch, leader, ImportKind.ROSTER, [ROSTER, ("03", "李强", "望海支行", "柜员")])
    assert person(branch, leader, "03")["上门敲门"].required_level is None


@both
def test_what_somebody_else_writes_beside_this_server_is_seen(branch: Instance, leader: Actor) -> None:
    before = by_unit(branch, leader)
    [number] = [row_id for name, row_id in employee_ids(branch).items() if name == "03"]
    other = Database(branch.database.url)
    with other.writing() as db:
        db.execute(delete(Assessment).where(Assessment.employee_id == number))
        assert by_unit(branch, leader) == before
    assert by_unit(branch, leader)["望海支行", "上门敲门"].missing == before["望海支行", "上门敲门"].missing + 1
    other.close()


def test_facts_are_read_once_for_as_long_as_they_stay(branch: Instance, leader: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    by_unit(branch, leader)

    def refuse(_db: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("core.people.gaps.repository.readings", refuse)
    by_unit(branch, leader)
    with branch.database.writing() as db:
        people.take_in(db, leader)
    by_unit(branch, leader)
    memory.forget()
    with pytest.raises(AssertionError):
        by_unit(branch, leader)


def test_gaps_are_filtered(branch: Instance, leader: Actor) -> None:
    units, posts = unit_ids(branch), post_ids(branch)
    assert {unit for unit, _name in by_unit(branch, leader, Filters(unit_id=units["望海支行"]))} == {"望海支行", "望海支行/营业部"}
    assert {name for _unit, name in by_unit(branch, leader, Filters(post_id=posts["行长"]))} == {"带队伍"}
    everybody = by_unit(branch, leader)
    kinds = [by_unit(branch, leader, Filters(dimension=one)) for one in Dimension]
    assert sum(map(len, kinds)) == len(everybody)
    with branch.database.reading() as db:
        total = {one.key: one for one in service.groups(db, leader, "all", as_of=AS_OF)}
        one = service.group(db, leader, GapKey(competency_ids(branch)["上门敲门"], post_id=posts["客户经理"]), as_of=AS_OF)
    assert total[GapKey(competency_ids(branch)["上门敲门"])].required == 3 and one.required == 3 and one.missing == 1


@both
def test_a_unit_manager_sees_only_the_people_in_their_charge(branch: Instance, leader: Actor, manager: Actor) -> None:
    units, ids = unit_ids(branch), employee_ids(branch)
    assert by_unit(branch, manager) == {}
    with branch.database.writing() as db:
        give_charge(db, leader, manager.account_id or 0, [units["望海支行/营业部"]])
    assert {unit for unit, _name in by_unit(branch, manager)} == {"望海支行/营业部"}
    with branch.database.reading() as db:
        assert {one.employee_id for one in service.of_unit(db, manager, units["望海支行/营业部"])} == {ids["04"]}
        key = GapKey(competency_ids(branch)["上门敲门"])
        assert {one.employee_id for one in service.of_group(db, manager, key)} == {ids["04"]}
        assert {one.employee_id for one in service.of_group(db, leader, key)} == {ids["02"], ids["03"], ids["04"]}
        assert service.persons(db, manager, ids.values()).keys() == {ids["04"], ids["05"]}
        with pytest.raises(NotAllowed):
            service.of_unit(db, manager, units["望海支行"])
        with pytest.raises(NotFound) as own:
            service.of_person(db, manager, ids["02"])
        with pytest.raises(NotFound) as nobody:
            service.of_person(db, manager, 999)
        assert str(own.value) == str(nobody.value)


@both
def test_an_executive_sees_sums_of_five_and_more_and_nobody_by_name(house: Instance, leader: Actor, executive: Actor) -> None:
    sizes = {"甲": 3, "乙": 8, "丙": 12, "丁": 14}
    roster = [(f"{unit}{at}", f"员工{unit}{at}", unit, "客户经理") for unit, size in sizes.items() for at in range(size)]
    scores = [(number, "上门敲门", 60, 100, "考核系统", RECENT) for number, *_rest in roster]
    fill(house, leader, roster, [("客户经理", "上门敲门", 4, 1)], scores)
    units, [competency] = unit_ids(house), competency_ids(house).values()
    with house.database.reading() as db:
        found = service.table(db, executive, "unit")
        assert {one.key.unit_id: one.below for one in found.groups} == {units["丙"]: 12, units["丁"]: 14}
        assert found.gated and {key.unit_id for key in found.hidden} == {units["甲"], units["乙"]}
        assert [one.below for one in service.groups(db, executive, "all")] == [37]
        assert [one.below for one in service.groups(db, executive, "post")] == [37]
        assert not service.of_group(db, executive, GapKey(competency)) and not service.persons(db, executive, range(50))
        with pytest.raises(NotFound):
            service.group(db, executive, GapKey(competency, unit_id=units["乙"]))
        with pytest.raises(NotFound):
            service.of_person(db, executive, employee_ids(house)["甲0"])
        for unit_id in units.values():
            with pytest.raises(NotAllowed):
                service.of_unit(db, executive, unit_id)
        for by, chosen in (("post", Filters(unit_id=units["甲"])), ("unit", Filters(post_id=1)), ("all", Filters(unit_id=units["甲"]))):
            with pytest.raises(NotAllowed):
                service.table(db, executive, by, chosen)  # type: ignore[arg-type]
        assert {one.key.unit_id for one in service.table(db, executive, "unit", Filters(unit_id=units["丙"])).groups} == {units["丙"]}


@pytest.mark.parametrize("seed", range(6))
def test_an_executive_works_out_no_small_group_from_all_that_is_given(seed: int, house: Instance, leader: Actor, executive: Actor) -> None:
    chance = random.Random(seed)
    homes = {"客户经理": ["甲", "乙", "丙"], "柜员": ["甲", "丙", "丁"], "工程师": ["戊"], "主管": ["甲", "乙", "丙", "丁", "戊"]}
    roster = []
    for at in range(60):
        post = chance.choice(["客户经理", "柜员", "客户经理", "柜员", "工程师", "主管"])
        roster.append((f"{at:03d}", f"员工{at}", chance.choice(homes[post]), post))
    needs = [(post, name, 4, 1) for post in homes for name in ("上门敲门", "算清账")]
    scores = [(one[0], name, 50, 100, "系统", RECENT) for one in roster for name in ("上门敲门", "算清账") if chance.random() < 0.7]
    fill(house, leader, roster, needs, scores)
    units, posts = unit_ids(house), post_ids(house)
    with house.database.reading() as db:
        given = [one for by in ("unit", "post", "all") for one in service.groups(db, executive, by)]  # type: ignore[arg-type]
    for name, competency_id in competency_ids(house).items():
        measured = {number for number, named, *_rest in scores if named == name}
        own = [one for one in given if one.key.competency_id == competency_id]
        for those, least, shown in (
            (roster, HIDE, own),
            ([one for one in roster if one[0] in measured], HIDE, own),
            ([one for one in roster if one[0] in measured], SPLIT, [one for one in own if one.below is not None]),
        ):
            world = [(units[unit], posts[post]) for _number, _name, unit, post in those]
            keys = [(one.key.unit_id, one.key.post_id) for one in shown]
            sums = np.array([[unit in (None, u) and post in (None, p) for u, p in world] for unit, post in keys], dtype=float)
            groups = [group for group in small_groups(world, least) if len(group) < least]
            assert not len(sums) or not worked_out(sums, groups).any()


@both
def test_whoever_manages_a_unit_and_is_an_executive_reads_the_own_people_and_sums_of_the_others(house: Instance, leader: Actor) -> None:
    sizes = {"甲": 3, "乙": 3, "丙": 12, "丁": 14}
    roster = [(f"{unit}{at}", f"员工{unit}{at}", unit, "客户经理") for unit, size in sizes.items() for at in range(size)]
    fill(house, leader, roster, [("客户经理", "上门敲门", 4, 1)], [(one[0], "上门敲门", 60, 100, "系统", RECENT) for one in roster])
    both_roles, units = person_of(house, "both", Role.UNIT_MANAGER, Role.EXECUTIVE), unit_ids(house)
    with house.database.writing() as db:
        give_charge(db, leader, both_roles.account_id or 0, [units["甲"]])
    with house.database.reading() as db:
        found = service.table(db, both_roles, "unit")
        assert units["甲"] in {one.key.unit_id for one in found.groups}
        assert {key.unit_id for key in found.hidden} == {units["乙"], units["丙"]}
        own = service.of_group(db, both_roles, GapKey(competency_ids(house)["上门敲门"]))
        assert {one.employee_id for one in own} == {employee_ids(house)[f"甲{at}"] for at in range(3)}


def test_nobody_else_sees_a_gap(branch: Instance, administrator: Actor) -> None:
    with branch.database.reading() as db, pytest.raises(NotAllowed):
        service.groups(db, administrator)
