"""What the review concludes on the sample, held against the truth that the sample was drawn from (`data/demo/results.toml`)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core import clock
from core.access.actor import Actor
from core.demo.results import SeriesSource, StudySource, results
from core.goals.goal import KirkpatrickLevel
from core.review.effects import service as effects
from core.review.effects.evaluation import Effect, Evaluation
from core.review.effects.terms import COMPARED, Figure, Unit
from core.review.executive import service as executive
from core.review.executive.judging import Verdict
from core.review.levels import service as levels
from core.review.results.terms import Aggregation
from core.review.retention import service as retention
from core.review.warnings import service as warnings
from core.review.warnings.backtest import EARLY_WEEKS
from core.review.warnings.terms import ALARMS, Link, Status
from core.storage import Session
from tests.sample import Branch

STOPPED, SLOW = "家族财富与传承专题", "汇率避险方案设计实训"
NO_EFFECT = "企业微信内容营销"


@dataclass(frozen=True)
class Known:
    """The decoded year of the loaded sample, being read."""

    db: Session
    leader: Actor
    plan: int

    def project(self, name: str) -> int:
        """The number of a project."""
        found = effects.overview(self.db, self.leader, self.plan, None).projects
        return next(number for number, project in found.items() if project == name)

    def evaluation(self, source: StudySource) -> Evaluation:
        """What is concluded on a study, by the design that was said."""
        number = self.project(source.project)
        design = effects.designs(self.db, self.leader, self.plan)[number].design
        assert design is source.design
        found = effects.effects(self.db, self.leader, self.plan, number, source.design)
        return next(one.evaluation for one in found if one.measure.name == source.measure)


def holds(one: Effect | None, truth: float) -> bool:
    """Whether the interval of an effect holds a figure."""
    assert one is not None and one.low is not None and one.high is not None
    return one.low <= truth <= one.high


def study_of(project: str) -> StudySource:
    """The study of a project."""
    return next(one for one in results().studies if one.project == project)


def test_effects_are_found_and_the_naive_gain_misleads(loaded: Branch) -> None:
    with loaded.house.database.reading() as db:
        known = Known(db, loaded.leader, loaded.taken.decoded.id or 0)
        for source in results().studies:
            if source.design not in COMPARED:
                continue
            found = known.evaluation(source)
            naive = next(one for one in found.also if one.figure is Figure.RAW_GAIN)
            assert holds(found.effect, source.effect), source.project
            assert not holds(naive, source.effect), source.project


def test_a_project_that_was_liked_and_did_nothing_is_called_so(loaded: Branch) -> None:
    with loaded.house.database.reading() as db:
        known = Known(db, loaded.leader, loaded.taken.decoded.id or 0)
        found = known.evaluation(study_of(NO_EFFECT))
        assert holds(found.effect, 0.0) and (found.p or 0.0) > 0.05
        seen = levels.overview(db, loaded.leader, known.plan, project_id=known.project(NO_EFFECT))
        (liked,) = [one for one in seen.level(KirkpatrickLevel.REACTION).lines if one.measure.name == "课程满意率"]
        assert liked.actual.value is not None and liked.actual.value >= 95.0


def test_dropouts_passes_and_too_few_people_are_told_as_what_they_are(loaded: Branch) -> None:
    with loaded.house.database.reading() as db:
        known = Known(db, loaded.leader, loaded.taken.decoded.id or 0)
        lost = known.evaluation(study_of("对公授信分析进阶"))
        assert "missing" in {one.rule for one in lost.warnings} and not lost.causal
        passed = known.evaluation(study_of("异议处理晨会演练"))
        assert passed.effect is not None and passed.effect.unit is Unit.POINTS
        assert [round(one or 0) for one in (passed.levels[0].before, passed.levels[0].after)] == [67, 89]
        assert passed.effect.value == pytest.approx(100 * 4 / 18) and holds(passed.effect, 22.2)
        few = known.evaluation(study_of("审批人进课堂、业务骨干跟岗"))
        assert few.effect is None and few.n.people is None and [one.rule for one in few.warnings] == ["fewer_than_five"]


def test_the_one_project_to_be_stopped_is_warned_of_in_time_and_no_other(loaded: Branch) -> None:
    with loaded.house.database.reading() as db:
        board = warnings.board(db, loaded.leader, loaded.taken.decoded.id or 0)
        alarms = {
            one.project.name: next((each for each in board.history(one.project) if each.status in ALARMS), None) for one in board.warnings
        }
    assert [name for name, first in alarms.items() if first is not None] == [STOPPED]
    first = alarms[STOPPED]
    assert first is not None and first.project.weeks - first.week >= EARLY_WEEKS
    now = next(one for one in board.warnings if one.project.name == STOPPED)
    assert now.status is Status.STOP and now.weak is Link.APPLICATION and now.prospect.remaining > 0
    came = now.facts(Link.PARTICIPATION)
    assert came is not None and came.outlook is not None and came.outlook.now.value > 1.0


def test_a_slow_starter_and_a_handful_of_people_raise_no_alarm(loaded: Branch) -> None:
    with loaded.house.database.reading() as db:
        board = warnings.board(db, loaded.leader, loaded.taken.decoded.id or 0)
    slow = next(one for one in board.warnings if one.project.name == SLOW)
    application = slow.project.track(Link.APPLICATION)
    assert application is not None and (application.attained(8) or 0.0) < 0.75 and (application.attained(slow.project.weeks) or 0.0) > 0.95
    assert slow.status is Status.ON_TRACK
    few = next(one for one in board.warnings if one.project.name == "审批人进课堂、业务骨干跟岗")
    assert few.status is Status.NO_JUDGEMENT


def test_last_year_tells_how_good_the_warning_is(loaded: Branch) -> None:
    with loaded.house.database.reading() as db:
        found = warnings.last_year(db, loaded.leader, loaded.taken.decoded.id or 0)
    assert found is not None and len(found.verdicts) >= 6
    (failed,) = [one for one in found.verdicts if one.failed]
    assert failed.name == "支行负责人带队伍" and (failed.alarm or 0) >= EARLY_WEEKS
    assert found.false == 0 and found.early == 1


def _expected(source: SeriesSource, baseline: float | None, way: Aggregation) -> tuple[float, float]:
    """Between which figures the actual of a series lies."""
    if way is Aggregation.SUM:
        return source.final, source.final
    if baseline is not None and source.every != "once":
        return min(baseline, source.final), max(baseline, source.final)
    return source.final - 3.0, source.final + 3.0


def test_the_levels_are_as_they_were_drawn(loaded: Branch) -> None:
    with loaded.house.database.reading() as db:
        seen = levels.overview(db, loaded.leader, loaded.taken.decoded.id or 0)
        lines = {(one.measure.project, one.measure.name): one for level in seen.levels for one in level.lines}
    for source in results().series:
        line = lines[source.project, source.measure]
        if line.measure.due is None or line.measure.due >= clock.today():
            continue
        low, high = _expected(source, line.measure.baseline, line.measure.aggregation)
        assert line.actual.value is not None and low <= line.actual.value <= high, (source, line.actual)
    scores = [seen.level(one).together.score for one in KirkpatrickLevel]
    assert all(score is not None and score > 70 for score in scores)
    # Nothing of last year's goals was about learning.
    lacking = {level for level, score in seen.before.items() if score is None}
    assert seen.before_year == loaded.taken.decoded.year - 1 and lacking == {KirkpatrickLevel.LEARNING}


def test_what_was_learnt_fades_as_it_was_drawn(loaded: Branch) -> None:
    with loaded.house.database.reading() as db:
        known = Known(db, loaded.leader, loaded.taken.decoded.id or 0)
        for source in results().retained:
            found = retention.retained(db, loaded.leader, known.plan, known.project(source.project))
            (curve,) = [one.curve for one in found if one.measure.name == source.measure]
            assert [point.days for point in curve.points] == [days for days, _share in source.kept]
            assert [point.kept for point in curve.points] == pytest.approx([share for _days, share in source.kept], abs=0.02)
            assert curve.half_life is not None


def test_the_year_on_one_screen_names_what_is_to_be_decided(loaded: Branch) -> None:
    with loaded.house.database.reading() as db:
        seen = executive.overview(db, loaded.leader, loaded.taken.decoded.id or 0)
    assert seen.verdict is Verdict.OFF
    assert "1 个项目按现在的走势应当止损。" in [one.text.render("zh") for one in seen.reasons]
    assert [one.name for one in seen.warnings] == [STOPPED] and [one.name for one in seen.undecided] == [STOPPED]
    assert seen.returned is not None and seen.returned.roi < seen.returned.naive_roi
    assert all(one.score is not None for one in seen.levels) and seen.money.paid > 0
