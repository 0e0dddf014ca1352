"""Certificates that people hold count as evidence: of what they prove, for as long as they last, beside what was measured."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from core import clock
from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.people import service as people
from core.people.certificates import held
from core.people.certificates import service as certificates
from core.people.certificates.held import FOR_GOOD, Held
from core.people.gaps import service as gaps
from core.people.gaps.gap import PersonGap
from core.people.gaps.measure import Readings, current
from core.people.gaps.memory import facts
from core.people.gaps.persons import last_readings
from core.people.importing import service as importing
from core.people.importing.kinds import ImportKind
from core.people.scope import give_charge
from tests.conftest import BOTH
from tests.core.people.branch import competency_ids, employee_ids, fill, unit_ids
from tests.core.people.tables import look, take

both = pytest.mark.parametrize("house", BOTH, indirect=True)
AFP, CFP = "AFP 金融理财师", "CFP 国际金融理财师"
TODAY = clock.today()
SKILL = "资产配置"
HEAD = ("工号", "证书名称", "取得日期", "有效期至", "证书编号")


@pytest.fixture
def branch(house: Instance, leader: Actor) -> Instance:
    roster = (("01", "张敏", "望海支行", "客户经理"), ("02", "李强", "望海支行", "客户经理"), ("03", "王芳", "云岭支行", "客户经理"))
    recent = (TODAY - timedelta(days=30)).isoformat()
    scores = (("01", SKILL, 20, 100, "考核系统", recent), ("03", SKILL, 90, 100, "考核系统", recent))
    fill(house, leader, roster, ((("客户经理"), SKILL, 3, 100),), scores)
    return house


def own(house: Instance, actor: Actor, number: str, as_of: date = TODAY) -> PersonGap:
    with house.database.reading() as db:
        found = gaps.of_person(db, actor, employee_ids(house)[number], as_of=as_of)
    return next(one for one in found if one.competency_id == competency_ids(house)[SKILL])


def give(house: Instance, actor: Actor, number: str, name: str, on: date | None, until: date | None = None) -> int:
    with house.database.writing() as db:
        return held.add(db, actor, employee_ids(house)[number], name, on, until)


def records(house: Instance, actor: Actor, number: str) -> list[Held]:
    with house.database.reading() as db:
        return held.of_person(db, actor, employee_ids(house)[number], "zh")


@both
def test_a_certificate_is_evidence_of_its_level_until_it_runs_out(branch: Instance, leader: Actor) -> None:
    assert own(branch, leader, "02").missing
    until = TODAY + timedelta(days=100)
    give(branch, leader, "02", AFP, TODAY - timedelta(days=900), until)
    gap = own(branch, leader, "02")
    assert (gap.current, gap.gap, gap.disagree) == (2.0, 1.0, False)
    [reading] = gap.readings
    assert reading.proof and reading.counts and (reading.source, reading.level, reading.until) == (AFP, 2.0, until)
    assert own(branch, leader, "02", until + timedelta(days=1)).missing
    with branch.database.reading() as db:
        [group] = gaps.groups(db, leader, "all")
    assert (group.measured, group.missing) == (3, 0)


@both
def test_beside_a_lower_score_it_counts_like_another_source_and_the_two_disagree(branch: Instance, leader: Actor) -> None:
    give(branch, leader, "01", AFP, TODAY - timedelta(days=60), FOR_GOOD)
    gap = own(branch, leader, "01")
    assert gap.current == 1.5 and gap.disagree and all(one.counts for one in gap.readings)


@both
def test_it_proves_at_least_its_level_and_never_pulls_a_higher_score_down(branch: Instance, leader: Actor) -> None:
    give(branch, leader, "03", AFP, TODAY - timedelta(days=60), FOR_GOOD)
    gap = own(branch, leader, "03")
    assert gap.current == 4.5 and not gap.disagree
    assert [(one.proof, one.counts, one.outdone) for one in gap.readings] == [(False, True, False), (True, False, True)]


def test_of_several_the_highest_counts(branch: Instance, leader: Actor) -> None:
    for name in (AFP, CFP):
        give(branch, leader, "02", name, TODAY - timedelta(days=60))
    gap = own(branch, leader, "02")
    assert gap.current == max(one.level for one in gap.readings) > 2 and sum(one.counts for one in gap.readings) == 1


def test_without_an_expiry_it_grows_old_as_every_score_does(branch: Instance, leader: Actor) -> None:
    give(branch, leader, "02", AFP, TODAY - timedelta(days=800))
    assert own(branch, leader, "02").missing
    give(branch, leader, "02", CFP, None)
    assert not own(branch, leader, "02").missing


@both
def test_what_a_certificate_proves_follows_the_library(branch: Instance, leader: Actor) -> None:
    give(branch, leader, "02", AFP, TODAY, FOR_GOOD)
    with branch.database.writing() as db:
        seen = next(one for one in certificates.certificates(db, leader, "zh") if one.facts.name == AFP)
        certificates.archive(db, leader, seen, archived=True)
    assert own(branch, leader, "02").missing
    with branch.database.writing() as db:
        seen = next(one for one in certificates.certificates(db, leader, "zh") if one.facts.name == AFP)
        certificates.archive(db, leader, seen, archived=False)
    assert own(branch, leader, "02").current == 2.0


@both
def test_a_file_of_certificates_comes_in_and_is_undone_as_a_whole(branch: Instance, leader: Actor) -> None:
    rows = (
        HEAD,
        ("01", "AFP  金融理财师", "2026-01-05", "长期", "A-1"),
        ("02", "AFP (Associate Financial Planner)", "2026-01-05", "2099-12-31", ""),
        ("02", "没有这张证", "2026-01-05", "", ""),
        ("99", AFP, "2026-01-05", "", ""),
        ("03", AFP, "2026-05-05", "2026-01-05", ""),
    )
    plan = look(branch, leader, ImportKind.CERTIFICATES, rows)
    assert [(one.row, one.column) for one in plan.problems] == [(4, "证书名称"), (5, "工号"), (6, "有效期至")]
    number, done = take(branch, leader, ImportKind.CERTIFICATES, rows)
    assert len(done.created) == 2 and own(branch, leader, "02").current == 2.0
    [row] = [one.row for one in records(branch, leader, "01")]
    assert (row.number, row.expires_on, row.recorded_by) == ("A-1", FOR_GOOD, "Leader")
    assert look(branch, leader, ImportKind.CERTIFICATES, rows[:3]).unchanged == 2
    later, again = take(branch, leader, ImportKind.CERTIFICATES, (HEAD, ("01", AFP, "2026-01-05", "2030-01-01", "")))
    assert len(again.updated) == 1
    for one in (later, number):
        with branch.database.writing() as db:
            importing.undo(db, leader, one)
    assert not records(branch, leader, "01") and own(branch, leader, "02").missing


@both
def test_what_is_recorded_by_hand_is_taken_off_and_taken_back(branch: Instance, leader: Actor, manager: Actor) -> None:
    give(branch, leader, "02", AFP, TODAY)
    with pytest.raises(BadInput):
        give(branch, leader, "02", AFP, TODAY)
    [seen] = records(branch, leader, "02")
    with branch.database.writing() as db:
        held.remove(db, leader, seen, removed=True)
    assert own(branch, leader, "02").missing
    with branch.database.writing() as db, pytest.raises(Conflict):
        held.remove(db, leader, seen, removed=True)
    with branch.database.writing() as db:
        held.remove(db, leader, records(branch, leader, "02")[0], removed=False)
    assert own(branch, leader, "02").current == 2.0
    with branch.database.writing() as db:
        give_charge(db, leader, manager.account_id or 0, [unit_ids(branch)["望海支行"]])
    assert len(records(branch, manager, "02")) == 1
    with pytest.raises(NotFound):
        records(branch, manager, "03")
    with pytest.raises(NotAllowed):
        give(branch, manager, "02", CFP, TODAY)


def test_wrong_records_are_refused_in_words(branch: Instance, leader: Actor) -> None:
    for name, on, until in (("没有", TODAY, None), (AFP, TODAY + timedelta(days=1), None), (AFP, TODAY, TODAY)):
        with pytest.raises(BadInput):
            give(branch, leader, "02", name, on, until)
    with branch.database.reading() as db:
        assert AFP in held.choices(db, leader, "zh") and "AFP (Associate Financial Planner)" in held.choices(db, leader, "en").values()
        assert people.competencies(db, leader, "zh")


def test_columns_and_persons_follow_the_same_rule(branch: Instance, leader: Actor) -> None:
    """By chance: scores and certificates of many days, and each pair worked out both ways."""
    random = np.random.default_rng(7)
    count = 400
    pair, source = np.sort(random.integers(0, 60, count)), random.integers(0, 5, count)
    order = np.lexsort((source, pair))
    day = TODAY.toordinal() - random.integers(0, 1500, count)
    level = random.integers(1, 6, count).astype(np.float32)
    until = np.where(source >= 3, random.choice([0, TODAY.toordinal() - 5, TODAY.toordinal() + 5], count), 0)
    order = np.lexsort((day, source, pair))
    found, place = np.unique(pair, return_inverse=True)
    some = Readings(
        found.astype(np.int32),
        np.ones(len(found), dtype=np.int32),
        place.astype(np.int32),
        source[order].astype(np.int16),
        day[order].astype(np.int32),
        level[order],
        np.full(count, 5, dtype=np.float32),
        ("考核", "上级", "复试", AFP, CFP),
        proofs=2,
        until=until[order].astype(np.int32),
    )
    now = current(some, TODAY)
    for place in range(len(found)):
        levels = [one.level for one in last_readings(some, int(place), TODAY) if one.counts]
        if levels:
            assert now.level[place] == pytest.approx(sum(levels) / len(levels))
            assert now.disagree[place] == (max(levels) - min(levels) >= 1)
        else:
            assert np.isnan(now.level[place])


def test_the_facts_are_as_lean_as_before_where_nobody_holds_anything(branch: Instance) -> None:
    with branch.database.reading() as db:
        assert facts(db).readings.until is None
