"""Effects, retention and first use of a project, as each reader may see them. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from core.access.actor import Actor
from core.access.tables import AuditEntry
from core.delivery.timetable.tables import Cohort, CohortMember, Programme
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.people.tables import Employee
from core.review.effects import service as effects
from core.review.effects.planning import proofs
from core.review.effects.service import Said
from core.review.effects.terms import Design, Estimator
from core.review.results import repository
from core.review.results.tables import Measure, Result, ResultImport
from core.review.results.terms import Aggregation, Direction, Moment, ResultKind, SourceKind
from core.review.retention import service as retention
from core.review.returns import service as returns
from core.review.returns import taking
from core.review.returns.taking import Worth
from core.review.returns.terms import Isolation
from core.storage import Session
from tests.conftest import BOTH
from tests.core.goals.worked import WORKED
from tests.core.review.world import Review, review

both = pytest.mark.parametrize("house", BOTH, indirect=True)
TODAY = date(2027, 12, 31)
SAID = Said(Design.UNITS, "分行党委会确定望海支行先训")


@pytest.fixture
def made(house: Instance, leader: Actor) -> Review:
    return review(house, leader)


def measure(db: Session, made: Review, name: str, level: int, kind: SourceKind, unit: str = "分") -> int:
    row = Measure(plan_id=made.plan, project_id=made.project, name=name, level=level, kind=kind, unit=unit)
    db.add(row)
    db.flush()
    return row.id or 0


def write(db: Session, made: Review, measure_id: int, rows: list[tuple[int, int | None, date, Moment, float]]) -> None:
    done = ResultImport(plan_id=made.plan, kind=ResultKind.TEST)
    db.add(done)
    db.flush()
    for person, unit, on, moment, value in rows:
        db.add(Result(measure_id=measure_id, on=on, employee_id=person, unit_id=unit, moment=moment, value=value, import_id=done.id or 0))
    db.flush()
    repository.resum(db, [measure_id])


@pytest.fixture
def trained(house: Instance, leader: Actor, made: Review) -> Review:
    """All people tested before and after; those in a class gained 6 more than the others."""
    with house.database.writing() as db:
        everybody = list(db.exec(select(Employee)))
        classes = repository.cohorts_of(db, made.project)
        rows: list[tuple[int, int | None, date, Moment, float]] = []
        for at, one in enumerate(everybody):
            number, pre = one.id or 0, 60.0 + at * 7 % 23
            after = pre + 2 + at * 5 % 4 + (6 if number in classes else 0)
            rows += [
                (number, one.unit_id, date(2027, 3, 1), Moment.BEFORE, pre),
                (number, one.unit_id, date(2027, 9, 1), Moment.AFTER, after),
            ]
        write(db, made, measure(db, made, "产品知识测验", 2, SourceKind.TEST), rows)
    return made


def seen(house: Instance, actor: Actor, made: Review) -> effects.Overview:
    with house.database.reading() as db:
        return effects.overview(db, actor, made.plan, made.project)


@both
def test_no_effect_before_somebody_says_how_people_were_chosen(house: Instance, leader: Actor, trained: Review) -> None:
    assert seen(house, leader, trained).found == () and seen(house, leader, trained).said == Said()
    with house.database.writing() as db:
        effects.choose(db, leader, trained.plan, trained.project, SAID)
    found = seen(house, leader, trained)
    one = next(one for one in found.found if one.measure.name == "产品知识测验")
    assert found.said.design is Design.UNITS and found.said.by == leader.name and found.project_id == trained.project
    assert one.evaluation.estimator is Estimator.DID and one.evaluation.effect is not None
    assert one.evaluation.effect.value == pytest.approx(6, abs=1.5)
    with house.database.reading() as db:
        assert "effect_design_chosen" in {row.action for row in db.exec(select(AuditEntry))}


@both
def test_only_who_keeps_the_review_says_it_with_a_reason_and_over_nobody_else(
    house: Instance, leader: Actor, manager: Actor, made: Review
) -> None:
    def choose(actor: Actor, said: Said, project: int = made.project) -> None:
        with house.database.writing() as db:
            effects.choose(db, actor, made.plan, project, said)

    with pytest.raises(NotAllowed):
        choose(manager, SAID)
    for wrong in (replace(SAID, reason=" "), replace(SAID, design=None), replace(SAID, reason="长" * 201)):
        with pytest.raises(BadInput):
            choose(leader, wrong)
    with pytest.raises(NotFound):
        choose(leader, SAID, 9999)
    choose(leader, SAID)
    with pytest.raises(Conflict):
        choose(leader, replace(SAID, design=Design.RANDOM))
    choose(leader, replace(SAID, design=Design.RANDOM, version=1))
    assert seen(house, leader, made).said.design is Design.RANDOM


def test_who_may_not_see_the_review_sees_nothing(house: Instance, administrator: Actor, made: Review) -> None:
    with pytest.raises(NotAllowed):
        seen(house, administrator, made)
    with pytest.raises(NotAllowed), house.database.reading() as db:
        retention.overview(db, administrator, made.plan, made.project, TODAY)
    with pytest.raises(NotAllowed):
        effects.of_file(administrator, "a.csv", b"", Design.ALL)


def test_an_executive_reads_sums_and_no_name(house: Instance, leader: Actor, executive: Actor, trained: Review) -> None:
    with house.database.writing() as db:
        effects.choose(db, leader, trained.plan, trained.project, SAID)
        names = {one.name for one in db.exec(select(Employee))}
    said = repr(seen(house, executive, trained))
    assert "产品知识测验" in said and not [name for name in names if name in said]


@both
def test_knowledge_over_time_is_of_the_same_people(house: Instance, leader: Actor, made: Review) -> None:
    day = date(2027, 6, 1)
    with house.database.writing() as db:
        people = list(repository.cohorts_of(db, made.project))
        count = len(people)
        others = [one.id or 0 for one in db.exec(select(Employee)) if one.id not in people]
        rows = [(one, None, day, Moment.AFTER, 80.0) for one in people]
        rows += [(one, None, day + timedelta(days=30 * at), (Moment.AFTER, Moment.LATER)[at], 50.0) for one in others for at in (0, 1)]
        for months, kept in ((1, 0.95), (2, 0.9), (3, 0.85)):
            rows += [(one, None, day + timedelta(days=30 * months), Moment.LATER, 80 * kept) for one in people]
        # What was noted while the training went on is no first score.
        rows.append((people[1], None, day - timedelta(days=3), Moment.DURING, 10.0))
        write(db, made, measure(db, made, "制度测验", 2, SourceKind.TEST), rows)
    with house.database.reading() as db:
        found = retention.overview(db, leader, made.plan, made.project, TODAY).retained
    one = next(one for one in found if one.measure.name == "制度测验")
    assert [(point.days, round(point.kept, 2), point.people) for point in one.curve.points] == [
        (30, 0.95, count),
        (60, 0.9, count),
        (90, 0.85, count),
    ]
    assert one.curve.half_life == pytest.approx(388, abs=8)


@both
def test_first_use_counts_from_the_end_of_the_class_and_keeps_who_never_used_it(house: Instance, leader: Actor, made: Review) -> None:
    with house.database.writing() as db:
        chosen = select(CohortMember).join(Cohort, Cohort.id == CohortMember.cohort_id).join(Programme, Programme.id == Cohort.programme_id)  # type: ignore[arg-type]
        people = [one.employee_id for one in db.exec(chosen.where(Programme.project_id == made.project))]
        rows = [(one, None, date(2027, 12, 20), Moment.AFTER, 0.0) for one in people]
        rows += [(one, None, date(2027, 12, 1), Moment.AFTER, 2.0) for one in people[: len(people) // 2]]
        write(db, made, measure(db, made, "名单制拜访", 3, SourceKind.BEHAVIOUR, "次"), rows)
    with house.database.reading() as db:
        found = retention.overview(db, leader, made.plan, made.project, TODAY).used
    one = next(one for one in found if one.measure.name == "名单制拜访")
    assert one.ends and len(people) >= 5
    assert one.use is not None and (one.use.people, one.use.used) == (len(people), len(people) // 2)


def test_a_goal_says_how_many_people_would_prove_it() -> None:
    # Nothing says where the worked example begins, so nothing can be reckoned.
    assert proofs(WORKED) == []
    indicator = replace(WORKED.performance[0], name="拜访覆盖率", operator=">=", value=80.0, unit="%", baseline=60.0)
    goal = replace(WORKED, process=(), performance=(indicator,), headcount=30)
    assert "60% → 80%，每组至少 81 人" in str(proofs(goal)[0].line)
    assert any("30 人参训，不够" in str(one) for one in proofs(goal)[0].details)
    assert "60% → 80%" in str(proofs(replace(goal, performance=(replace(indicator, operator="+", value=20.0, unit="个百分点"),)))[0].line)
    counted = proofs(replace(goal, performance=(replace(indicator, unit="户", baseline=3.0, value=5.0),)))[0]
    assert counted.needed is None and "每组至少 64 人" in str(counted.line) and "对照组" in str(counted.line)


@both
def test_an_effect_becomes_a_benefit_once_and_says_where_it_is_from(
    house: Instance, leader: Actor, executive: Actor, trained: Review
) -> None:
    worth = Worth(1000.0, "财务部测算", "王会计", 1.0, Isolation.CONTROL, "对照组已扣除大势", "李经理", 0.8)
    with house.database.writing() as db:
        effects.choose(db, leader, trained.plan, trained.project, SAID)
    (one,) = (found for found in seen(house, leader, trained).found if found.measure.name == "产品知识测验")
    assert one.evaluation.effect is not None
    with house.database.writing() as db, pytest.raises(NotAllowed):
        taking.take(db, executive, trained.plan, one.measure.id, worth, "zh")
    with house.database.writing() as db, pytest.raises(BadInput, match="价值"):
        taking.take(db, leader, trained.plan, one.measure.id, replace(worth, value_source=""), "zh")
    with house.database.writing() as db:
        taking.take(db, leader, trained.plan, one.measure.id, worth, "zh")
    with house.database.reading() as db:
        (line,) = returns.overview(db, leader, trained.plan).lines
        assert taking.taken(db, leader, trained.plan) == {one.measure.id: "产品知识测验"}
    effect = one.evaluation.effect
    assert (line.delta, line.low, line.high) == pytest.approx((effect.value, effect.low, effect.high), abs=1e-5)
    assert line.measure_id == one.measure.id and line.unit == "分" and line.programme_id is not None
    assert "取自“培训效果”" in line.reason and "整个机构参训" in line.reason and worth.reason in line.reason
    with house.database.writing() as db, pytest.raises(Conflict):
        taking.take(db, leader, trained.plan, one.measure.id, worth, "zh")


@both
def test_what_is_added_up_is_the_change_of_all_and_less_of_the_bad_is_better(house: Instance, leader: Actor, trained: Review) -> None:
    with house.database.writing() as db:
        effects.choose(db, leader, trained.plan, trained.project, SAID)
    one = seen(house, leader, trained).found[0]
    effect, people = one.evaluation.effect, one.evaluation.n.trained
    assert effect is not None and people is not None and effect.low is not None
    summed = taking.change_of(replace(one, measure=replace(one.measure, aggregation=Aggregation.SUM, direction=Direction.DOWN)))
    assert summed is not None and summed.high is not None
    assert (summed.delta, summed.high) == pytest.approx((-effect.value * people, -effect.low * people), abs=1e-4)


def test_a_long_series_is_told_where_nobody_is_compared_with(house: Instance, leader: Actor, made: Review) -> None:
    with house.database.writing() as db:
        people = [one.id or 0 for one in db.exec(select(Employee))]
        rows = []
        for at in range(20):
            on = date(2026, 3, 1) if at == 0 else date(2026 + (2 + at) // 12, (2 + at) % 12 + 1, 1)
            moment = Moment.BEFORE if on < date(2027, 1, 1) else Moment.AFTER
            rows += [(one, None, on, moment, 50.0 + at % 3 + (10 if moment is Moment.AFTER else 0)) for one in people]
        number = measure(db, made, "月度产能", 4, SourceKind.PERFORMANCE)
        write(db, made, number, rows)
    with house.database.reading() as db:
        (told,) = [one for one in effects.effects(db, leader, made.plan, made.project, Design.NONE) if one.measure.id == number]
        (compared,) = [one for one in effects.effects(db, leader, made.plan, made.project, Design.UNITS) if one.measure.id == number]
    assert told.months is not None and (told.months.before, told.months.after) == (10, 10)
    assert told.months.level is not None and 7 < told.months.level.low < told.months.level.high < 13
    assert compared.months is None


def test_no_worse_is_asked_with_a_margin(house: Instance, leader: Actor, trained: Review) -> None:
    with house.database.reading() as db:
        one = effects.effects(db, leader, trained.plan, trained.project, Design.UNITS)[0].measure
        better = effects.no_worse(db, leader, trained.plan, one.id, Design.UNITS, 1.0)
    assert better is not None and better.no_worse and not better.same and 4.5 < better.value < 7.5
