"""The sample's decoded year: made by the product's own services, whole, once, and gone without a trace."""

from __future__ import annotations

import math
from collections import Counter
from contextlib import AbstractContextManager
from itertools import pairwise

import pytest
from sqlmodel import Session, SQLModel, select

from core.access.actor import LOCAL_ADMINISTRATOR, Actor
from core.access.tables import Account, AuditEntry
from core.delivery.attendance import repository as attendance_rows
from core.delivery.attendance.tables import Attendance, SessionFeedback
from core.delivery.content import designing, transfer
from core.delivery.content import service as contents
from core.delivery.undo.tables import ResourceAction, ResourceChange
from core.demo import YEAR_JOB
from core.demo import service as demo
from core.demo.decisions import decisions
from core.demo.projects import projects as sources
from core.demo.service import Sample
from core.demo.year import PARTS, SampleYear
from core.errors import NotAllowed
from core.goals import service as goals
from core.goals.needs import calls
from core.goals.needs import service as needs
from core.goals.needs.tables import AskedUnit, NeedAction, NeedRow, NeedsCall
from core.goals.needs.terms import Answer, NeedState, Via
from core.goals.service import Standing
from core.goals.tables import GoalChange, GoalIndicatorRow, ProjectGoal
from core.instance import Instance
from core.jobs import repository as jobs
from core.jobs.tables import JobState
from core.jobs.worker import Report
from core.people.tables import Assessment, CompetencyRow, Employee, Post, PostCompetency, Unit
from core.projects import service as projects
from core.projects.gaps import repository as gap_rows
from core.projects.tables import Project
from core.review.results.tables import ResultColumn
from core.storage import Database, now
from core.strategy import review
from core.strategy.checking import service as checking
from core.strategy.checking.progress import Status
from core.strategy.checking.tables import CheckItem, StrategyCheck
from core.strategy.findings import FindingKind
from core.strategy.focus import service as focus
from core.strategy.focus.tables import FocusRow, FocusWeights
from core.strategy.ideas import service as ideas
from core.strategy.ideas.tables import IdeaAction, IdeaRow, IdeaState
from core.strategy.ideas.terms import Author
from core.strategy.readiness import service as readiness
from core.strategy.readiness.checklist import checklist
from core.strategy.readiness.scoring import scores, weakest
from core.strategy.readiness.tables import ReadinessAnswer, ReadinessRound, ReadinessTaken
from core.strategy.review import Wanted
from core.strategy.tables import DecodedDocument, FindingRow, FindingState, ReviewAction, ReviewChange
from core.strategy.themes import localisation
from core.strategy.themes import service as themes
from core.strategy.themes.tables import Localisation, Theme, ThemeLink, ThemeMember
from tests.library import settle
from tests.sample import Branch, Load

ROWS: tuple[type[SQLModel], ...] = (
    *(FindingRow, DecodedDocument, ReviewAction, ReviewChange),
    *(Theme, ThemeMember, ThemeLink, Localisation, FocusRow, FocusWeights),
    *(IdeaRow, IdeaAction, Project, ProjectGoal, GoalIndicatorRow, GoalChange),
    *(NeedsCall, AskedUnit, NeedRow, NeedAction),
    *(Unit, Post, Employee, CompetencyRow, PostCompetency, Assessment),
    *(ReadinessRound, ReadinessAnswer, ReadinessTaken, StrategyCheck, CheckItem),
    *(ResourceAction, ResourceChange, ResultColumn),
)


def counts(house: Instance) -> dict[str, int]:
    """How many rows of each table there are."""
    with house.database.reading() as db:
        return {table.__name__: len(db.exec(select(table)).all()) for table in ROWS}


@pytest.mark.parametrize("house", ["sqlite", pytest.param("postgresql", marks=pytest.mark.thorough)], indirect=True)
def test_one_year_is_decoded_throughout_and_the_next_is_not_begun(loaded: Branch) -> None:
    house, leader, taken = loaded.house, loaded.leader, loaded.taken
    plan, following = taken.decoded.id or 0, taken.plan.id or 0
    with house.database.reading() as db:
        states = review.board(db, leader, plan, Wanted()).counts
        seen = themes.overview(db, leader, plan)
        local = localisation.local_themes(db, leader, plan)
        rows = focus.rows(db, leader, plan)
        made, waiting = projects.projects(db, leader, plan), ideas.counts(db, leader, plan)
        aimed = goals.goals(db, leader, plan)
        assert demo.standing(db, leader) == demo.Standing(None, False)
        assert not review.board(db, leader, following, Wanted()).counts
        assert not themes.overview(db, leader, following).themes and not focus.rows(db, leader, following)
    written = decisions()
    # Decided to the last finding, more rejected than accepted, and what several documents demand put together.
    assert not states.get(FindingState.PENDING) and states[FindingState.REJECTED] > states[FindingState.ACCEPTED] > 100
    assert states[FindingState.MERGED] > 10
    # Every accepted finding is in a theme; every theme is named, owned, weighed, tagged.
    assert not seen.ungrouped and [view.theme.name for view in seen.themes] == [one.draft.name for one in written.themes]
    assert seen.weight == 100 and all(view.theme.owner and view.theme.indicator and view.theme.lenses for view in seen.themes)
    assert all(FindingKind.TARGET in {one.finding.kind for one in view.members} for view in seen.themes)
    assert len(seen.links) == len(written.links) and not any(link.suggested for link in seen.links)
    # All clauses of the script were found, each with its fact; one theme is left to show what an unlocalised one looks like.
    clauses = [clause for one in local for clause in one.clauses if clause.version is not None]
    assert len(clauses) == len(written.clauses) and all(clause.lack is None and clause.fact for clause in clauses)
    assert [one.view.theme.name for one in local if one.lack] == ["稳住息差，算清每一户的账"]
    assert len(rows) == len(written.focus) and sum(bool(row.anchored_at) for row in rows) == 3
    # Three suggested ideas became projects, each with its purpose and clauses; others still wait.
    suggested = [one for one in made if one.row.origin is Author.RULE]
    assert {(one.row.line, one.row.post) for one in suggested} == {(row.line, row.post) for row in rows if row.anchored_at}
    assert all(one.row.purpose and one.row.finding_ids and one.theme for one in made)
    assert waiting[IdeaState.PENDING]
    # The goals of these three stand in three ways: submitted, passing, with problems that the page explains.
    standing = {one.project.row.name: one.standing for one in aimed}
    assert {standing[one.row.name] for one in suggested} == {Standing.SUBMITTED, Standing.PASSES, Standing.PROBLEMS}


def test_forty_five_projects_have_good_goals_and_bad_ones_as_people_write_them(loaded: Branch) -> None:
    with loaded.house.database.reading() as db:
        aimed = goals.goals(db, loaded.leader, loaded.taken.decoded.id or 0)
        themed = themes.overview(db, loaded.leader, loaded.taken.decoded.id or 0).themes
    written = {one.name: one for one in sources()}
    own = [one for one in aimed if one.project.row.name in written]
    assert len(aimed) == 45 and len(own) == len(written)
    # All themes but one have projects, and each project is where the planner put it, on a clause that can be read.
    assert [one.theme.name for one in themed if one.id not in {view.project.row.theme_id for view in aimed}] == ["稳住息差，算清每一户的账"]
    assert all(one.project.theme and one.project.theme.theme.name == written[one.project.row.name].theme for one in own)
    assert all(one.project.cited.clauses for one in own)
    # Most answer a measured gap of their post; some answer none, as it happens.
    with loaded.house.database.reading() as db:
        answered = gap_rows.of_projects(db, [one.project.id for one in aimed])
    assert 25 <= len({row.project_id for row in answered}) < 42
    found = Counter(one.standing for one in aimed)
    assert found[Standing.SUBMITTED] >= 10 and found[Standing.OVERRIDDEN] == 2 and found[Standing.NONE] == 2
    # About a third does not pass, for all kinds of reasons.
    assert 14 <= found[Standing.PROBLEMS] <= 18
    rules = {problem.rule for one in aimed for problem in one.verdict.problems}
    assert rules >= {
        *("vague_behaviour", "vague_pain_point", "no_metric", "no_value", "no_unit", "no_deadline", "no_baseline", "no_data_source"),
        *("satisfaction_only", "percent_or_points", "arithmetic", "target_below_baseline"),
    }
    # What is submitted passes; what is not good enough went through only with a reason.
    assert all(one.verdict.acceptable for one in aimed if one.standing is Standing.SUBMITTED)
    assert all(one.row and one.row.reason and one.row.problems for one in aimed if one.standing is Standing.OVERRIDDEN)
    assert all(one.standing.value == written[one.project.row.name].state for one in own if written[one.project.row.name].state != "draft")


def test_its_projects_are_designed_and_come_to_about_ninety_sessions(loaded: Branch) -> None:
    plan = loaded.taken.decoded.id or 0
    with loaded.house.database.reading() as db:
        views = designing.designs(db, loaded.leader, plan)
        read = contents.designs(db, loaded.leader, plan)
        promised = transfer.actions(db, loaded.leader, plan)
    sessions = sum(
        math.ceil((one.people or 0) / one.cohort_size) * sum(step.slots > 0 for step in one.activities) for one in read if one.activities
    )
    assert 80 <= sessions <= 100 and sum(not one.activities for one in read) == 2
    # Everything that is scheduled is on a competency of the model, so that a trainer can be found for it.
    assert all(step.competency_ids for one in read for step in one.activities)
    # The rules find a few things to look at, and the planner has decided once against the triage.
    assert 1 <= sum(bool(one.problems) for one in views) <= 5
    assert sum(item.choice is not None for one in views for item in one.view.content.items) == 1
    assert len(promised) == 9


def test_units_have_asked_for_what_they_need_and_most_of_it_has_become_part_of_projects(loaded: Branch) -> None:
    plan = loaded.taken.decoded.id or 0
    with loaded.house.database.reading() as db:
        board, call = needs.board(db, loaded.leader, plan), calls.current(db, loaded.leader, plan)
        made = {one.id for one in projects.projects(db, loaded.leader, plan)}
        units = {row.name: row.id for row in db.exec(select(Unit)).all()}
    found = Counter(one.state for one in board.needs)
    assert len(board.needs) == 40 and found[NeedState.MERGED] >= 25 and found[NeedState.PUT_ASIDE] == 3 and found[NeedState.FILED] >= 8
    assert all(one.row.unit_id == units[one.row.unit] for one in board.needs)
    assert all(one.row.project_id in made for one in board.needs if one.state is NeedState.MERGED)
    assert all(one.row.reason for one in board.needs if one.state is NeedState.PUT_ASIDE)
    assert {one.row.via for one in board.needs} == set(Via)
    # Some say little, as people do: not every need names a competency, a figure, a quarter.
    assert all(any(not getattr(one.row, name) for one in board.needs) for name in ("competency", "evidence", "quarter", "behaviour"))
    assert call is not None and call.open and len(call.units) == 14
    answers = Counter(one.answer for one in call.units)
    assert answers == {Answer.ANSWERED: 11, Answer.SILENT: 2, Answer.NONE_NEEDED: 1}


def test_the_branch_has_judged_its_readiness_and_closed_a_check_with_two_deviations_acted_on(loaded: Branch) -> None:
    house, leader, plan = loaded.house, loaded.leader, loaded.taken.decoded.id or 0
    written = decisions()
    with house.database.reading() as db:
        judged, (check,) = readiness.assessment(db, leader, plan), checking.checks(db, leader, plan)
    (one,) = judged.rounds
    # Not everything is known, and what is says where it is from; the weakest dimension went into a theme.
    assert len(one.rows) == len(written.readiness.answers) < len(checklist("zh").codes) and all(row.note for row in one.rows)
    weak = weakest(scores(checklist("zh").dimensions, one.answers))
    assert [(taken.row.dimension, taken.theme.name) for taken in judged.taken] == list(written.readiness.taken)
    assert judged.taken[0].row.dimension == weak[0].dimension.code
    assert check.closed and check.row.conclusion == written.check.conclusion
    assert [item.status for item in check.items[:3]] == [Status.OFF_TRACK, Status.OFF_TRACK, Status.AT_RISK], "what needs attention first"
    known = [item for item in check.items if item.row.actual is not None]
    assert len(known) == len(written.check.items) and all(item.row.source for item in known)
    off = [item.row for item in check.items if item.status is Status.OFF_TRACK]
    assert {row.metric for row in off} == {"滨海分行预警信号5个工作日内核查率", "县域支行上门拜访覆盖率"}
    assert all(row.action and row.owner and row.due for row in off)
    assert check.counts[Status.ON_TRACK] == 7 and check.counts[Status.AT_RISK] == 1


def test_its_maker_has_decided_loading_again_changes_nothing_and_clearing_leaves_no_row(loaded: Branch, load: Load) -> None:
    house, leader, taken = loaded.house, loaded.leader, loaded.taken
    before = counts(house)
    with house.database.reading() as db:
        rows = review.board(db, leader, taken.decoded.id or 0, Wanted(states=(FindingState.ACCEPTED,)), 0, 1000).rows
        logged = {entry.action for entry in db.exec(select(AuditEntry)).all()}
    assert {row.decided_by for row in rows} == {leader.account_id}
    assert logged >= {
        "findings_decided",
        "findings_merged",
        "theme_changed",
        "theme_linked",
        "clause_justified",
        "focus_anchored",
        "readiness_taken",
        "check_closed",
    }
    with house.database.writing() as db:
        weigh = themes.overview(db, leader, taken.decoded.id or 0).themes[0]
        themes.change(db, leader, weigh.id, weigh.theme.version or 0, themes.Draft("改过的主题", weigh.theme.perspective))
    again = load(house, leader)
    assert (again.plan.id, again.decoded.id, again.job_ids) == (taken.plan.id, taken.decoded.id, ()) and counts(house) == before
    with house.database.writing() as db:
        assert themes.overview(db, leader, taken.decoded.id or 0).themes[0].theme.name == "改过的主题"
        demo.clear(db, house.settings, leader)
    settle(house)
    assert set(counts(house).values()) == {0}


def test_a_year_that_stopped_halfway_is_completed(loaded: Branch) -> None:
    house, leader, plan = loaded.house, loaded.leader, loaded.taken.decoded.id or 0
    with house.database.writing() as db:
        for row in focus.rows(db, leader, plan):
            db.delete(row)
    with house.database.writing() as db:
        assert demo.standing(db, leader).lacking
        before = {view.id: view.theme.version for view in themes.overview(db, leader, plan).themes}
        assert demo.go_on(db, leader)
        standing = demo.standing(db, leader)
        assert standing.progress is not None and not standing.lacking
    settle(house)
    with house.database.reading() as db:
        assert len(focus.rows(db, leader, plan)) == len(decisions().focus) and not demo.standing(db, leader).lacking
        assert {view.id: view.theme.version for view in themes.overview(db, leader, plan).themes} == before


def test_nothing_is_made_in_the_name_of_somebody_who_may_no_longer(house: Instance, leader: Actor, sample: Sample) -> None:
    with house.database.writing() as db:
        taken = demo.load(db, house.settings, leader, sample)
        job = jobs.get(db, taken.job_ids[-1])
        account = db.get(Account, leader.account_id)
        assert job is not None and account is not None
        account.enabled = False
        for one in jobs.all_open(db):
            if one.id != job.id:
                db.delete(one)
    with pytest.raises(NotAllowed):
        SampleYear(house.database).handle(job, Report(house.database, job.id or 0))
    assert counts(house)["Theme"] == 0


def test_a_cleared_sample_is_not_made_any_more(house: Instance, sample: Sample) -> None:
    with house.database.writing() as db:
        demo.load(db, house.settings, LOCAL_ADMINISTRATOR, sample)
    with house.database.writing() as db:
        demo.clear(db, house.settings, LOCAL_ADMINISTRATOR)
    settle(house)
    assert set(counts(house).values()) == {0}


def test_each_part_has_a_name_of_its_own() -> None:
    assert len({part.name for part in PARTS}) == len(PARTS) and all(part.title.render("en") != str(part.title) for part in PARTS)


def test_why_the_year_was_not_finished_is_said_until_it_is_tried_again(house: Instance, leader: Actor, sample: Sample) -> None:
    with house.database.writing() as db:
        taken = demo.load(db, house.settings, leader, sample)
        for one in jobs.all_open(db):
            if one.id != taken.job_ids[-1]:
                db.delete(one)
        db.flush()
        jobs.get(db, taken.job_ids[-1]).lost = 3  # type: ignore[union-attr]
    house.worker.run([taken.job_ids[-1]])
    with house.database.writing() as db:
        standing = demo.standing(db, leader)
        assert standing.lacking and "已经 3 次意外中断" in str(standing.failure)
        (again,) = [one for one in demo.go_on(db, leader) if one > taken.job_ids[-1]]
        assert jobs.get(db, again).lost == 0 and demo.standing(db, leader).failure is None  # type: ignore[union-attr]


def test_a_part_that_was_begun_and_not_finished_is_gone_on_with(loaded: Branch) -> None:
    house, leader, plan = loaded.house, loaded.leader, loaded.taken.decoded.id or 0
    with house.database.writing() as db:
        kept = attendance_rows.of_plan(db, plan)
        half = {row.session_id for row in kept} - set(sorted({row.session_id for row in kept})[:20])
        for row in kept:
            if row.session_id in half:
                db.delete(row)
        for said in db.exec(select(SessionFeedback)).all():
            if said.session_id in half:
                db.delete(said)
        # The server ended while it kept the lists.
        job = jobs.add(db, YEAR_JOB, plan, leader.account_id)
        job.stage, job.state, job.finished_at = "attending", JobState.FAILED, now()
    with house.database.writing() as db:
        assert demo.standing(db, leader).lacking and demo.go_on(db, leader)
    settle(house)
    with house.database.reading() as db:
        again = attendance_rows.of_plan(db, plan)
        assert not demo.standing(db, leader).lacking
    drawn = {(row.session_id, row.employee_id, row.presence) for row in kept}
    assert {(row.session_id, row.employee_id, row.presence) for row in again} == drawn and len(drawn) > 500


def test_a_part_that_was_begun_stays_known_while_another_process_reads(
    house: Instance, leader: Actor, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(seconds: float) -> None:
        raise Killed

    with house.database.writing() as db:
        taken = demo.load(db, house.settings, leader, sample)
        for one in jobs.all_open(db):
            one.state = JobState.RUNNING
        job = jobs.get(db, taken.job_ids[-1])
        assert job is not None
        job.stage = "attending"
    monkeypatch.setattr("core.demo.year.time.sleep", killed)
    with pytest.raises(Killed):
        SampleYear(house.database).handle(job, Report(house.database, job.id or 0))
    with house.database.reading() as db:
        assert jobs.get(db, job.id or 0).stage == "attending"  # type: ignore[union-attr]


def test_long_parts_done_again_find_nothing_to_do(loaded: Branch) -> None:
    house, leader, plan = loaded.house, loaded.leader, loaded.taken.decoded.id or 0

    def all_rows() -> dict[str, int]:
        with house.database.reading() as db:
            return {name: len(db.connection().execute(table.select()).all()) for name, table in SQLModel.metadata.tables.items()}

    before = all_rows()
    for part in PARTS:
        if part.work is not None and part.name != "scheduling":
            part.work(house.database, leader, plan)
    changed = {name for name, count in all_rows().items() if count != before[name]}
    assert changed <= {"audit_entry"}, changed


def test_others_can_write_while_a_part_is_made(loaded: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    house, leader, plan = loaded.house, loaded.leader, loaded.taken.decoded.id or 0
    with house.database.writing() as db:
        for row in (*attendance_rows.of_plan(db, plan), *db.exec(select(SessionFeedback)).all()):
            db.delete(row)
    lists, written = len({row.session_id for row in attendance_rows_of(house, plan)}), []
    writing = Database.writing

    def counted(database: Database) -> AbstractContextManager[Session]:
        written.append(len({row.session_id for row in attendance_rows_of(house, plan)}))
        return writing(database)

    monkeypatch.setattr(Database, "writing", counted)
    next(part for part in PARTS if part.name == "attending").work(house.database, leader, plan)  # type: ignore[misc]
    assert lists == 0 and max(later - earlier for earlier, later in pairwise(written)) <= 12


def attendance_rows_of(house: Instance, plan: int) -> list[Attendance]:
    """What is noted of the plan's sessions by now."""
    with house.database.reading() as db:
        return attendance_rows.of_plan(db, plan)
