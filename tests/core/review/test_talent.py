"""Talent insight out of the database: what each reader may see, what people decide about those who stand out. On both databases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
import sqlalchemy as sa

from core.access.actor import Actor, Role
from core.access.tables import AuditEntry
from core.delivery.undo import service as undo
from core.errors import BadInput, Conflict, NotAllowed
from core.goals.goal import KirkpatrickLevel
from core.instance import Instance
from core.people import scope
from core.people.tables import Assessment, CompetencyRow, Employee, Post, Unit
from core.people.terms import Dimension
from core.plans import service as plans
from core.review.results import repository as kept
from core.review.results.tables import Measure, Result, ResultImport
from core.review.results.terms import Aggregation, ResultKind, SourceKind
from core.review.talent import deciding, service
from core.review.talent.deciding import Verdict
from core.review.talent.service import Insight, Wanted
from core.review.talent.terms import Decision
from tests.conftest import BOTH, person
from tests.remembered import remembered

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)
HERE, THERE = 24, 36


@dataclass(frozen=True)
class Made:
    """The plan, what is set side by side, and the two units' numbers."""

    plan: int
    competency: int
    measure: int
    near: int
    far: int


@pytest.fixture
def made(house: Instance, leader: Actor) -> Made:
    return bank(house, leader)


@remembered
def bank(house: Instance, leader: Actor) -> Made:
    """Sixty people of one job family in two units and three of another: whoever scores more does better, with a few exceptions."""
    with house.database.writing() as db:
        plan = plans.create(db, leader, "海州分行", 2027).id or 0
        units = [Unit(name="望海支行"), Unit(name="云岭支行")]
        posts = [Post(name="客户经理", family="营销"), Post(name="风险经理", family="风控")]
        skill = CompetencyRow(name="逻辑思维", dimension=next(iter(Dimension)))
        level = int(KirkpatrickLevel.RESULTS)
        measure = Measure(
            plan_id=plan,
            name="绩效得分",
            level=level,
            kind=SourceKind.PERFORMANCE,
            unit="分",
            operator=">=",
            target=90,
        )
        run = ResultImport(plan_id=plan, kind=ResultKind.PERFORMANCE)
        db.add_all([*units, *posts, skill, measure, run])
        db.flush()
        near, far = (one.id or 0 for one in units)
        for at in range(HERE + THERE + 3):
            post = posts[0] if at < HERE + THERE else posts[1]
            unit = near if at < HERE or at >= HERE + THERE else far
            one = Employee(employee_no=f"{at:03d}", name=f"员工{at:03d}", unit_id=unit, post_id=post.id)
            db.add(one)
            db.flush()
            score = 40 + at % HERE * 2 if at < HERE else 40 + (at - HERE) * 1.5
            did = score + (15 if at % 5 else -10)
            db.add(Assessment(employee_id=one.id or 0, competency_id=skill.id or 0, score=score, scale_max=100, source="测评中心"))
            for month in (3, 4):
                day = date(2027, month, 28)
                db.add(Result(measure_id=measure.id or 0, on=day, employee_id=one.id, unit_id=unit, value=did, import_id=run.id or 0))
        db.flush()
        kept.resum(db, {measure.id or 0})
        return Made(plan, skill.id or 0, measure.id or 0, near, far)


def seen(house: Instance, actor: Actor, made: Made, wanted: Wanted | None = None) -> Insight:
    with house.database.reading() as db:
        return service.overview(db, actor, made.plan, wanted or Wanted())


def test_the_leader_sees_the_relation_and_who_stands_out_by_name(house: Instance, leader: Actor, made: Made) -> None:
    found = seen(house, leader, made)
    assert found.asked is not None and found.relation is not None and found.whole and not found.limited
    assert found.relation.people == 63 and 90 in found.relation.bars
    rule = found.relation.rule(max(found.relation.cuts), 90)
    assert rule is not None and rule.lift is not None and rule.lift > 1 and rule.base.people == 63
    family = {one.name: one for one in found.families}
    assert family["营销"].people == 60 and family["营销"].score is not None and family["营销"].score.places == 12
    assert family["营销"].result is not None and family["营销"].result.places == 6 and family["营销"].found == len(found.persons)
    assert family["风控"].few and family["风控"].found == 0
    assert {one.family for one in found.persons} == {"营销"} and all(one.score and one.result for one in found.persons)


def test_the_page_opens_on_what_most_people_have_in_common(house: Instance, leader: Actor, made: Made) -> None:
    with house.database.writing() as db:
        # The first by its number, but nobody with results was assessed in it.
        rare = CompetencyRow(id=-1, name="沟通表达", dimension=next(iter(Dimension)))
        newcomer = Employee(employee_no="999", name="新来的", unit_id=made.near)
        db.add_all([rare, newcomer])
        db.flush()
        db.add(Assessment(employee_id=newcomer.id or 0, competency_id=rare.id or 0, score=50, scale_max=100, source="测评中心"))
    found = seen(house, leader, made)
    assert found.asked is not None and found.asked.competency_id == made.competency and rare.id in found.competencies
    # What somebody chose is what they see.
    chosen = seen(house, leader, made, Wanted(competency_id=rare.id)).asked
    assert chosen is not None and chosen.competency_id == rare.id


def test_a_family_a_source_and_a_span_narrow_what_the_leader_sees(house: Instance, leader: Actor, made: Made) -> None:
    few = seen(house, leader, made, Wanted(family="风控")).relation
    assert few is not None and few.people == 0 and not few.rules
    of_source = seen(house, leader, made, Wanted(source="测评中心")).asked
    assert of_source is not None and of_source.source == "测评中心"
    later = seen(house, leader, made, Wanted(since=date(2027, 4, 1))).asked
    assert later is not None and later.since == date(2027, 4, 1) and later.until == date(2027, 4, 28)


def test_a_manager_sees_their_own_units_alone(house: Instance, leader: Actor, manager: Actor, made: Made) -> None:
    assert seen(house, manager, made).relation is None or not seen(house, manager, made).persons
    with house.database.writing() as db:
        scope.give_charge(db, leader, manager.account_id or 0, [made.near])
    found = seen(house, manager, made)
    assert found.relation is not None and found.relation.people == HERE + 3 and not found.whole
    assert {one.unit for one in found.persons} <= {"望海支行"}


def test_an_executive_sees_counts_behind_the_gates_and_narrows_nothing(house: Instance, executive: Actor, made: Made) -> None:
    found = seen(house, executive, made, Wanted(source="测评中心", family="营销", since=date(2027, 4, 1)))
    assert found.limited and not found.persons and found.asked is not None and found.assessed is None
    assert (found.asked.source, found.asked.family, found.asked.since) == (None, None, date(2027, 3, 28))
    family = {one.name: one for one in found.families}
    assert family["风控"].people is None
    # With it the other would tell of the three by subtraction from the total.
    assert family["营销"].people is None and all(one.score is None and one.result is None for one in found.families)


def test_two_days_do_not_tell_an_executive_of_the_one_who_came(house: Instance, leader: Actor, executive: Actor, made: Made) -> None:
    def counts(actor: Actor) -> list[int]:
        found = seen(house, actor, made)
        assert found.relation is not None
        groups = [each for one in found.relation.rules for each in (one.above, one.below, one.base)]
        families = [number for one in found.families for number in (one.people, one.found) if number is not None]
        return [found.relation.people, *families, *(number for one in groups for number in (one.people, one.good))]

    before, exact = counts(executive), counts(leader)
    with house.database.writing() as db:
        one = Employee(employee_no="999", name="新来的", unit_id=made.near)
        db.add(one)
        db.flush()
        db.add(Assessment(employee_id=one.id or 0, competency_id=made.competency, score=88, scale_max=100, source="测评中心"))
        run = db.execute(sa.select(sa.func.min(ResultImport.id))).scalar_one()
        db.add(Result(measure_id=made.measure, on=date(2027, 4, 28), employee_id=one.id, unit_id=made.near, value=99, import_id=run))
        db.flush()
        kept.resum(db, {made.measure})
    after = counts(executive)
    assert counts(leader)[0] == exact[0] + 1, "who reads names reads exact figures"
    assert after[0] == before[0] and all(number % 5 == 0 for number in (*before, *after))


def test_somebody_who_is_both_manager_and_executive_finds_no_stranger_by_subtraction(house: Instance, leader: Actor, made: Made) -> None:
    both = person(house, "both", Role.UNIT_MANAGER, Role.EXECUTIVE)
    with house.database.writing() as db:
        scope.give_charge(db, leader, both.account_id or 0, [made.near])
        db.execute(sa.update(Employee).where(Employee.unit_id == made.far, Employee.employee_no > "027").values(unit_id=None))
        db.execute(sa.delete(Assessment).where(Assessment.employee_id.in_(sa.select(Employee.id).where(Employee.unit_id.is_(None)))))
    found = seen(house, both, made)
    assert found.relation is not None and found.relation.people == HERE + 3
    assert all(one.unit == "望海支行" for one in found.persons)


def test_a_person_decides_with_a_reason_and_can_take_it_back(house: Instance, leader: Actor, executive: Actor, made: Made) -> None:
    found = seen(house, leader, made)
    who, asked = found.persons[0], found.asked
    assert asked is not None and who.decided is None
    with house.database.writing() as db, pytest.raises(BadInput):
        deciding.decide(db, leader, made.plan, asked, Verdict(who.employee_id, Decision.CONFIRMED, " "))
    with house.database.writing() as db:
        deciding.decide(db, leader, made.plan, asked, Verdict(who.employee_id, Decision.CONFIRMED, "与本人和主管谈过"))
    held = seen(house, leader, made).persons[0].decided
    assert held is not None and held.decision is Decision.CONFIRMED and held.facts["score"] == who.score
    with house.database.writing() as db, pytest.raises(Conflict):
        deciding.decide(db, leader, made.plan, asked, Verdict(who.employee_id, Decision.DECLINED, "改", 0))
    with house.database.writing() as db, pytest.raises(NotAllowed):
        deciding.decide(db, executive, made.plan, asked, Verdict(who.employee_id, Decision.DECLINED, "改", held.version))
    with house.database.writing() as db:
        entry = db.execute(sa.select(AuditEntry).where(AuditEntry.action == "talent_decided")).scalars().one()
        assert who.name not in str(entry.detail) and "谈过" not in str(entry.detail)
        last = deciding.done(db, leader, made.plan)[1]
        assert last is not None
        undo.undo(db, leader, last.id)
    assert seen(house, leader, made).persons[0].decided is None


def test_what_was_decided_stays_when_the_figures_move_on(house: Instance, leader: Actor, made: Made) -> None:
    found = seen(house, leader, made)
    who, asked = found.persons[0], found.asked
    assert asked is not None
    with house.database.writing() as db:
        deciding.decide(db, leader, made.plan, asked, Verdict(who.employee_id, Decision.DECLINED, "本人不愿意"))
        db.execute(sa.update(Assessment).where(Assessment.employee_id == who.employee_id).values(score=1))
    later = next(one for one in seen(house, leader, made).persons if one.employee_id == who.employee_id)
    assert not later.found and later.decided is not None and later.score == 1


def test_nothing_is_shown_without_scores_or_results(house: Instance, leader: Actor, made: Made) -> None:
    with house.database.writing() as db:
        db.execute(sa.update(Measure).values(level=2))
    assert seen(house, leader, made).asked is None


def test_a_sum_is_taken_by_month(house: Instance, leader: Actor, made: Made) -> None:
    with house.database.writing() as db:
        db.execute(sa.update(Measure).values(aggregation=Aggregation.SUM))
    found = seen(house, leader, made)
    assert max(one.result or 0 for one in found.persons) < 120
