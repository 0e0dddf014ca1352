"""Achievement of a measure, of measures together, of levels; what is missing; last year."""

from __future__ import annotations

from datetime import date

import pytest

from core.access.actor import Actor
from core.delivery.practice import service as practice
from core.delivery.practice import transcript
from core.delivery.practice.terms import Verdict
from core.goals.goal import KirkpatrickLevel
from core.instance import Instance
from core.plans import service as plans
from core.review.levels.achievement import Measured, achievement, met, progress, together
from core.review.levels.service import Levels, overview
from core.review.results.measuring import MeasureDraft
from core.review.results.service import save_measure
from core.review.results.terms import ResultKind, SourceKind
from tests.core.delivery.test_practice import FACTS, GOOD
from tests.core.review.world import Review, a_year, review, take


@pytest.mark.parametrize(
    ("operator", "target", "baseline", "actual", "wanted"),
    [
        (">=", 80, None, 72, 0.9),
        (">=", 80, None, 96, 1.2),
        ("<=", 5, None, 4, 1.0),
        ("<=", 5, None, 10, 0.5),
        ("<=", 0, None, 1, 0.0),
        ("=", 100, None, 95, 0.95),
        ("+", 8, 57, 61, 0.5),
        ("+", 60, None, 30, 0.5),
        ("-", 10, 40, 35, 0.5),
        ("-", 10, 40, 45, 0.0),
        (">=", None, None, 5, None),
        (">=", 80, None, None, None),
    ],
)
def test_achievement_knows_which_way_is_better(
    operator: str, target: float | None, baseline: float | None, actual: float | None, wanted: float | None
) -> None:
    found = achievement(Measured(operator, target, baseline, actual))
    assert found == (None if wanted is None else pytest.approx(wanted))


def test_a_target_is_met_and_the_way_from_the_baseline_is_told() -> None:
    assert met(Measured(">=", 65, 57, 65)) and not met(Measured(">=", 65, 57, 64.9))
    assert progress(Measured(">=", 65, 57, 61)) == 0.5
    assert progress(Measured("-", 10, 40, 45)) == -0.5
    assert progress(Measured(">=", 65, None, 61)) is None


def test_what_went_better_than_wanted_hides_nothing_and_what_is_missing_is_no_zero() -> None:
    some = [Measured(">=", 60, None, 120, 50), Measured(">=", 30, None, 15, 50), Measured(">=", 10, None, None, 50)]
    found = together(some)
    assert (found.score, found.measured, found.wanted, found.equal) == (75, 2, 3, False)
    weighted = together([Measured(">=", 100, None, 100, 30), Measured(">=", 100, None, 50, 70)])
    assert weighted.score == 65
    assert together([Measured(">=", 1, None, None)]).score is None


@pytest.fixture
def made(house: Instance, leader: Actor) -> Review:
    return review(house, leader)


def levels(house: Instance, actor: Actor, made: Review, **part: int) -> Levels:
    with house.database.reading() as db:
        return overview(db, actor, made.plan, today=date(2027, 12, 20), **part)  # type: ignore[arg-type]


def test_four_levels_with_their_n_and_who_owes_what(house: Instance, leader: Actor, made: Review) -> None:
    a_year(house, leader, made)
    found = levels(house, leader, made, project_id=made.project)
    near = len(made.near)
    learned, done, brought = (found.level(one) for one in list(KirkpatrickLevel)[1:])
    assert learned.people == near and learned.together.measured == 1
    passed = sum(bool(at % 4) for at in range(near))
    assert learned.together.score == pytest.approx(100 * passed / near)
    assert done.together.score == pytest.approx(90) and (done.together.measured, done.together.wanted) == (1, 2)
    won = next(one for one in brought.lines if one.measure.name == "新增有效客户")
    assert won.achieved == pytest.approx(5 * near / 60) and won.actual.attendances == 2 * near
    assert {one.measure.name for one in found.missing} == {"首次沟通有效率", "新增授信客户占比"}
    assert all(one.owner in ("CRM", "信贷系统") for one in found.missing)
    whole = levels(house, leader, made)
    assert len(whole.missing) == 7 and {one.id for one in whole.projects} == set(made.world.projects)


def test_a_month_without_its_figure_is_owed(house: Instance, leader: Actor, made: Review) -> None:
    take(house, leader, made, ResultKind.PERFORMANCE, [("机构", "指标", "6月", "7月"), ("望海支行", "新增有效客户", 5, 7)])
    with house.database.reading() as db:
        due = {one.measure.name: one.measure.due for level in overview(db, leader, made.plan).levels for one in level.lines}
        found = overview(db, leader, made.plan, project_id=made.project, today=min(date(2027, 10, 20), due["新增有效客户"] or date.max))
    stale = [one for one in found.missing if one.measure.name == "新增有效客户"]
    assert all(one.since == date(2027, 7, 1) for one in stale)


def test_small_groups_count_in_no_score_of_those_who_may_not_read_them(
    house: Instance, leader: Actor, executive: Actor, made: Review
) -> None:
    day = date(2027, 11, 1)
    take(house, leader, made, ResultKind.TEST, [("工号", "日期", "话术通关率"), *((no, day, "通过") for no in made.near[:4])])
    assert levels(house, leader, made).level(KirkpatrickLevel.LEARNING).together.score == 100
    seen = levels(house, executive, made)
    assert seen.level(KirkpatrickLevel.LEARNING).together.score is None and seen.hidden == 1


def test_last_year_stands_beside_this_year(house: Instance, leader: Actor, made: Review) -> None:
    with house.database.writing() as db:
        plan = plans.find(db, leader, made.plan)
        before = plans.create(db, leader, plan.unit, plan.year - 1).id or 0
        draft = MeasureDraft("满意度", KirkpatrickLevel.REACTION, SourceKind.SURVEY, target=90)
        save_measure(db, leader, before, draft)
    earlier = Review(made.world, made.near, made.far)
    assert levels(house, leader, earlier).before_year == plan.year - 1
    seen = levels(house, leader, made)
    assert seen.before[KirkpatrickLevel.REACTION] is None
    # Put away it is the same year, as the warnings count it.
    with house.database.writing() as db:
        plans.archive(db, leader, before)
    assert levels(house, leader, made).before == seen.before and levels(house, leader, made).before_year == plan.year - 1


def test_scores_of_practice_that_people_do_not_see_alike_are_no_evidence(house: Instance, leader: Actor) -> None:
    made = review(house, leader)
    a_year(house, leader, made)
    wanted = MeasureDraft(
        "陪练得分", KirkpatrickLevel.LEARNING, SourceKind.PRACTICE, project_id=made.project, unit="分", operator=">=", target=80
    )
    with house.database.writing() as db:
        save_measure(db, leader, made.plan, wanted)
    take(house, leader, made, ResultKind.TEST, [("工号", "日期", "陪练得分"), *((no, date(2027, 11, 1), 90) for no in made.near)])

    def learned() -> tuple[Levels, float | None]:
        with house.database.reading() as db:
            found = overview(db, leader, made.plan)
        return found, found.level(KirkpatrickLevel.LEARNING).together.score

    trusted, with_practice = learned()
    assert trusted.practice is not None and trusted.practice.kappa is None
    heard(house, leader, alike=False)
    doubted, without = learned()
    assert doubted.practice is not None and doubted.practice.refuted
    line = next(one for one in doubted.level(KirkpatrickLevel.LEARNING).lines if one.measure.name == "陪练得分")
    assert line.doubted and line.achieved is None and line.actual.value == 90
    assert without is not None and with_practice is not None and without < with_practice
    assert "陪练得分" not in {one.measure.name for one in doubted.missing}


def heard(house: Instance, leader: Actor, *, alike: bool) -> None:
    """Six talks that a person judged too: of half of the points that the score heard they heard none, unless both are `alike`."""
    with house.database.writing() as db:
        number = practice.save(db, leader, None, 0, FACTS)
        who = next(one for one in practice.trainees(db, leader))
        for said in (GOOD, GOOD, GOOD, "我：您好。", "我：您好。", "我：您好。"):
            practice.keep(db, leader, number, who, transcript.parse(said))
    with house.database.writing() as db:
        for place, one in enumerate(practice.practised(db, leader, number).attempts):
            met = [each.verdict is Verdict.MET for each in one.scoring.judged]
            practice.judge(db, leader, one.id, one.version, met if alike else [(place + at) % 2 == 0 for at in range(len(met))])
