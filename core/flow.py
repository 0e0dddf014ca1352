"""The whole plan on one page: the steps in order, and how far the chosen plan is in each.

Each step's output is the next one's input: of the first the library and what is made of it up to the projects, of the second what units
need, who is to be assessed again, and the goals of those projects, of the third how far the timetable is, of the fourth what there are
results of and what is concluded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from core import clock
from core.access.actor import Actor, Right
from core.assistant import repository as memory
from core.assistant import service as assistant
from core.assistant.service import Kept
from core.assistant.tables import Conversation
from core.delivery.timetable import service as timetable
from core.delivery.timetable.service import TimetableStanding
from core.documents import service as library
from core.documents.service import Entry
from core.documents.tables import DocumentKind, IndexState
from core.goals import repository as goal_rows
from core.goals import service as goals
from core.goals.needs import calls as needs_calls
from core.goals.needs.calls import Standing as NeedsStanding
from core.goals.service import Standing
from core.goals.tables import GoalState
from core.i18n import Message
from core.people.remedies import reminders
from core.plans.tables import AnnualPlan
from core.projects import repository as project_rows
from core.projects import service as projects
from core.review import standing as review_of_year
from core.review.standing import ReviewStanding
from core.review.warnings import service as early_warnings
from core.review.warnings.service import WarningStanding
from core.storage import Session
from core.strategy import review
from core.strategy.focus import service as focus
from core.strategy.ideas import service as ideas
from core.strategy.ideas.terms import IdeaState
from core.strategy.review import Wanted
from core.strategy.tables import FindingState
from core.strategy.themes import localisation
from core.strategy.themes import repository as theme_rows


@dataclass(frozen=True)
class LibraryState:
    """What is in the library for this person: documents by state and kind, and which kinds a plan rests on are still missing."""

    documents: int
    ready: int
    working: int
    failed: int
    passages: int
    by_kind: dict[DocumentKind, int]
    missing: tuple[DocumentKind, ...]


class Milestone(StrEnum):
    """What a plan makes in step 1, beside the documents that it rests on; each is made of the one before."""

    EVIDENCE = "evidence"
    FINDINGS = "findings"
    THEMES = "themes"
    LOCALISED = "localised"
    FOCUS = "focus"
    PROJECTS = "projects"


@dataclass(frozen=True)
class Part:
    """A part of step 1 and how many there are of it: documents of a kind that is needed, or what the plan has made."""

    what: DocumentKind | Milestone
    count: int


@dataclass(frozen=True)
class PlanState:
    """Where a plan stands. `parts` make up step 1; `latest` is the evidence kept last, `talks` the person's own last conversations.

    `waiting` counts the findings to be decided that the person may see, `ideas` the project ideas of each state, `standard` the projects
    whose theme is still HQ's standard version; `goals` counts the projects by how their goals stand; `needs` says what units owe;
    `timetable` how far the timetable is; `warned` the projects that will not reach what they are for; `looked_back` how far the review is;
    `reassess` counts what was learnt a month ago by people whom this person reads by name, and is to be assessed again."""

    library: LibraryState
    evidence: int
    parts: tuple[Part, ...]
    latest: tuple[Kept, ...]
    talks: tuple[Conversation, ...]
    waiting: int = 0
    decoded: bool = False
    ideas: Mapping[IdeaState, int] = field(default_factory=dict)
    standard: int = 0
    goals: Mapping[Standing, int] = field(default_factory=dict)
    needs: NeedsStanding = field(default_factory=NeedsStanding)
    reassess: int = 0
    timetable: TimetableStanding = field(default_factory=TimetableStanding)
    warned: WarningStanding = field(default_factory=WarningStanding)
    looked_back: ReviewStanding = field(default_factory=ReviewStanding)

    @property
    def done(self) -> int:
        """How many parts are there."""
        return sum(part.count > 0 for part in self.parts)

    @property
    def expected(self) -> int:
        """How many parts there should be."""
        return len(self.parts)

    def count(self, what: DocumentKind | Milestone) -> int:
        """How many there are of one part."""
        return next((part.count for part in self.parts if part.what == what), 0)

    @property
    def ideas_waiting(self) -> int:
        """How many project ideas wait for a decision."""
        return self.ideas.get(IdeaState.PENDING, 0)

    @property
    def goals_set(self) -> int:
        """How many projects have a goal that was submitted."""
        return self.goals.get(Standing.SUBMITTED, 0) + self.goals.get(Standing.OVERRIDDEN, 0)

    @property
    def goals_open(self) -> int:
        """How many projects still wait for that."""
        return sum(self.goals.values()) - self.goals_set


class NextStep(StrEnum):
    """The one thing to do next."""

    SEE_FAILED = "see_failed"
    WAIT = "wait"
    ADD_DOCUMENTS = "add_documents"
    DECODE = "decode"
    REVIEW = "review"
    THEMES = "themes"
    LOCALISE = "localise"
    FOCUS = "focus"
    SUGGEST_IDEAS = "suggest_ideas"
    DECIDE_IDEAS = "decide_ideas"
    LOCALISE_PROJECTS = "localise_projects"
    SET_GOALS = "set_goals"
    SCHEDULE = "schedule"
    PUBLISH = "publish"
    DECIDE_WARNINGS = "decide_warnings"
    KEEP_EVIDENCE = "keep_evidence"
    ASK = "ask"


@dataclass(frozen=True)
class PlanColumn:
    """One year of a unit, beside the others: what came of each step. `goals` counts those that were submitted, `sessions` those that the
    published timetable places; `questions` are the reader's own."""

    plan: AnnualPlan
    evidence: int
    themes: int
    projects: int
    goals: int
    sessions: int
    looked_back: ReviewStanding
    questions: int


_LATEST = 3

# What a plan cannot be aligned without: HQ's strategy, what the branch says of itself, and how it is appraised.
NEEDED = (DocumentKind.HQ, DocumentKind.BRANCH, DocumentKind.APPRAISAL)
STEP_NAMES = (Message("① 战略对齐"), Message("② 目标对齐"), Message("③ 计划实施"), Message("④ 复盘迭代"))


def library_state(entries: list[Entry]) -> LibraryState:
    """The library in numbers."""
    ready = [entry for entry in entries if entry.document.state is IndexState.READY]
    by_kind: dict[DocumentKind, int] = {}
    for entry in ready:
        by_kind[entry.document.kind] = by_kind.get(entry.document.kind, 0) + 1
    return LibraryState(
        documents=len(entries),
        ready=len(ready),
        working=sum(entry.document.state in (IndexState.WAITING, IndexState.PARSING, IndexState.INDEXING) for entry in entries),
        failed=sum(entry.document.state is IndexState.FAILED for entry in entries),
        passages=sum(entry.document.passages for entry in ready),
        by_kind=by_kind,
        missing=tuple(kind for kind in NEEDED if kind not in by_kind),
    )


def plan_state(db: Session, actor: Actor, plan_id: int) -> PlanState:
    """Where a plan stands, for this person."""
    state = library_state(library.entries(db, actor) if actor.may(Right.READ_LIBRARY) else [])
    kept = memory.count_evidence(db, actor, [plan_id]).get(plan_id, 0)
    found = review.board(db, actor, plan_id, Wanted(), count=1) if actor.may(Right.READ_LIBRARY) else None
    accepted = found.counts.get(FindingState.ACCEPTED, 0) if found else 0
    on_hand = PlanState(
        library=state,
        evidence=kept,
        parts=(
            *(Part(kind, state.by_kind.get(kind, 0)) for kind in NEEDED),
            Part(Milestone.EVIDENCE, kept),
            Part(Milestone.FINDINGS, accepted),
        ),
        latest=tuple(assistant.evidence(db, actor, plan_id, _LATEST) if actor.may(Right.READ_LIBRARY) else ()),
        talks=tuple(assistant.conversations(db, actor, plan_id)[:_LATEST] if actor.may(Right.ASK) else ()),
        waiting=found.waiting if found else 0,
        decoded=bool(found and found.counts),
        reassess=reminders.count(db, actor, clock.today()),
    )
    return _with_projects(db, actor, plan_id, on_hand) if actor.may(Right.READ_PLANS) else on_hand


def _with_projects(db: Session, actor: Actor, plan_id: int, on_hand: PlanState) -> PlanState:
    """The same with what was made of the findings: themes, focus, ideas, projects."""
    local = localisation.local_themes(db, actor, plan_id)
    made = projects.projects(db, actor, plan_id, local)
    counts = {
        Milestone.THEMES: len(local),
        Milestone.LOCALISED: sum(one.lack is None for one in local),
        Milestone.FOCUS: sum(row.anchored_at is not None for row in focus.rows(db, actor, plan_id)),
        Milestone.PROJECTS: len(made),
    }
    return replace(
        on_hand,
        parts=(*on_hand.parts, *(Part(what, number) for what, number in counts.items())),
        ideas=ideas.counts(db, actor, plan_id),
        standard=sum(view.lack is not None for view in made),
        goals=Counter(view.standing for view in goals.goals(db, actor, plan_id, made)),
        needs=needs_calls.standing(db, actor, plan_id),
        timetable=timetable.standing(db, actor, plan_id),
        warned=early_warnings.standing(db, actor, plan_id),
        looked_back=review_of_year.standing(db, actor, plan_id),
    )


def next_step(actor: Actor, standing: PlanState) -> NextStep:
    """What this person can best do next: repair, wait, add what is missing, go on along the strategy, keep evidence, or simply ask."""
    library = standing.library
    if library.failed and actor.may(Right.EDIT_LIBRARY):
        return NextStep.SEE_FAILED
    if library.working:
        return NextStep.WAIT
    if library.missing and actor.may(Right.EDIT_LIBRARY):
        return NextStep.ADD_DOCUMENTS
    onward = _along_the_strategy(standing) if actor.may(Right.DECIDE_STRATEGY) else None
    if onward is not None:
        return onward
    if not standing.evidence and actor.may(Right.KEEP_EVIDENCE):
        return NextStep.KEEP_EVIDENCE
    return NextStep.ASK


def _along_the_strategy(standing: PlanState) -> NextStep | None:
    """Decode, decide, group, localise, anchor, propose, decide again, set goals, schedule, publish, decide
    about warnings; None where nothing of it is due.

    One localised theme is enough to go on; a project on any other asks for its own.
    """
    due = (
        (not standing.decoded, NextStep.DECODE),
        (standing.waiting > 0, NextStep.REVIEW),
        (not standing.count(Milestone.THEMES), NextStep.THEMES),
        (not standing.count(Milestone.LOCALISED), NextStep.LOCALISE),
        (not standing.count(Milestone.FOCUS), NextStep.FOCUS),
        (not standing.ideas, NextStep.SUGGEST_IDEAS),
        (standing.ideas_waiting > 0, NextStep.DECIDE_IDEAS),
        (standing.standard > 0, NextStep.LOCALISE_PROJECTS),
        (standing.goals_open > 0, NextStep.SET_GOALS),
        (standing.goals_set > 0 and not (standing.timetable.drafts or standing.timetable.version), NextStep.SCHEDULE),
        (standing.timetable.drafts > 0 and not standing.timetable.version, NextStep.PUBLISH),
        (standing.warned.undecided > 0, NextStep.DECIDE_WARNINGS),
    )
    return next((step for is_due, step in due if is_due), None)


def side_by_side(db: Session, actor: Actor, plans: list[AnnualPlan]) -> list[PlanColumn]:
    """The given plans with what each has come to."""
    ids = [plan.id for plan in plans if plan.id is not None]
    kept = memory.count_evidence(db, actor, ids)
    asked = memory.count_turns(db, actor.account_id or 0, ids)
    return [_column(db, actor, plan, kept.get(plan.id or 0, 0), asked.get(plan.id or 0, 0)) for plan in plans]


def _column(db: Session, actor: Actor, plan: AnnualPlan, kept: int, asked: int) -> PlanColumn:
    plan_id = plan.id or 0
    made = [row.id or 0 for row in project_rows.projects(db, plan_id)]
    return PlanColumn(
        plan=plan,
        evidence=kept,
        themes=len(theme_rows.themes(db, plan_id)),
        projects=len(made),
        goals=sum(row.state is not GoalState.DRAFT for row in goal_rows.of_projects(db, made).values()),
        sessions=timetable.standing(db, actor, plan_id).placed,
        looked_back=review_of_year.standing(db, actor, plan_id),
        questions=asked,
    )
