"""The first steps of each role, ticked from what has really been done.

Steps that make the plan are ticked from the plan: whoever did them, they are done. Steps that are a person's own (to ask, to file needs,
to decide) are ticked from what the audit log holds of that person.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.access import service as access
from core.access.actor import Actor, Role
from core.documents import service as library
from core.flow import Milestone, PlanState, library_state
from core.people import service as people
from core.people.scope import scope
from core.review.results import importing
from core.settings import Settings
from core.storage import Session


class Step(StrEnum):
    """A first step."""

    PLAN = "plan"
    DOCUMENTS = "documents"
    FINDINGS = "findings"
    PEOPLE = "people"
    GOAL = "goal"
    TIMETABLE = "timetable"
    RESULTS = "results"
    OWN_UNITS = "own_units"
    GAPS = "gaps"
    NEEDS = "needs"
    REMEDIES = "remedies"
    TARGETS = "targets"
    TRANSFER = "transfer"
    YEAR = "year"
    QUESTION = "question"
    DECISION = "decision"
    COMMENT = "comment"
    PAPER = "paper"
    BRANCH_NAME = "branch_name"
    LEADER = "leader"
    MODEL = "model"
    PERMISSIONS = "permissions"


STEPS: dict[Role, tuple[Step, ...]] = {
    Role.HR_LEADER: (Step.PLAN, Step.DOCUMENTS, Step.FINDINGS, Step.PEOPLE, Step.GOAL, Step.TIMETABLE, Step.RESULTS),
    Role.UNIT_MANAGER: (Step.OWN_UNITS, Step.GAPS, Step.NEEDS, Step.REMEDIES, Step.TARGETS, Step.TRANSFER),
    Role.EXECUTIVE: (Step.YEAR, Step.QUESTION, Step.DECISION, Step.COMMENT, Step.PAPER),
    Role.IT_ADMINISTRATOR: (Step.BRANCH_NAME, Step.LEADER, Step.MODEL, Step.PERMISSIONS),
}

# What somebody must have done themselves, by the actions of the audit log of which any one will do.
_DEEDS: dict[Step, frozenset[str]] = {
    Step.GAPS: frozenset({"gaps_people_viewed", "profile_viewed"}),
    Step.NEEDS: frozenset({"need_filed", "needs_none"}),
    Step.REMEDIES: frozenset({"remedies_accepted"}),
    Step.TARGETS: frozenset({"targets_confirmed"}),
    Step.TRANSFER: frozenset({"transfer_written", "transfer_settled"}),
    Step.DECISION: frozenset({"plan_approved", "plan_returned"}),
    Step.COMMENT: frozenset({"comment_added"}),
    Step.PAPER: frozenset({"paper_made", "paper_downloaded"}),
    Step.PERMISSIONS: frozenset({"permissions_exported"}),
}
# Of how many of the latest imports of results one must stand.
_RUNS = 5


@dataclass(frozen=True)
class Stop:
    """A step and whether it is done."""

    step: Step
    done: bool


@dataclass(frozen=True)
class Tour:
    """The first steps of one role."""

    role: Role
    stops: tuple[Stop, ...]

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(one.done for one in self.stops)

    @property
    def next(self) -> Step | None:
        """The first step that is not done."""
        return next((one.step for one in self.stops if not one.done), None)


def tours(db: Session, actor: Actor, settings: Settings, plan_id: int | None, standing: PlanState | None) -> tuple[Tour, ...]:
    """How far the actor is on the first steps of each of their roles; `standing` is that of the plan they work on, if there is one."""
    roles = [role for role in STEPS if role in actor.roles]
    wanted = [step for role in roles for step in STEPS[role]]
    deeds = access.done_by(db, actor, frozenset().union(*(_DEEDS.get(step, frozenset()) for step in wanted)))
    done = {step for step in wanted if _DEEDS.get(step, frozenset()) & deeds}
    if Role.HR_LEADER in roles:
        done |= _of_the_plan(db, actor, plan_id, standing)
    if Role.UNIT_MANAGER in roles and scope(db, actor).named != frozenset():
        done.add(Step.OWN_UNITS)
    if Role.EXECUTIVE in roles and standing is not None:
        done |= {step for step, is_so in ((Step.YEAR, standing.timetable.version), (Step.QUESTION, standing.talks)) if is_so}
    if Role.IT_ADMINISTRATOR in roles:
        done |= _of_the_house(db, actor, settings)
    return tuple(Tour(role, tuple(Stop(step, step in done) for step in STEPS[role])) for role in roles)


def _of_the_plan(db: Session, actor: Actor, plan_id: int | None, standing: PlanState | None) -> set[Step]:
    shelf = standing.library if standing is not None else library_state(library.entries(db, actor))
    facts = {Step.DOCUMENTS: not shelf.missing, Step.PEOPLE: people.measured(db, actor), Step.PLAN: plan_id is not None}
    if standing is not None and plan_id is not None:
        facts[Step.FINDINGS] = standing.count(Milestone.FINDINGS) > 0
        facts[Step.GOAL] = standing.goals_set > 0
        facts[Step.TIMETABLE] = standing.timetable.version > 0
        facts[Step.RESULTS] = any(run.row.undone_at is None for run in importing.runs(db, actor, plan_id, _RUNS))
    return {step for step, is_so in facts.items() if is_so}


def _of_the_house(db: Session, actor: Actor, settings: Settings) -> set[Step]:
    facts = {
        Step.BRANCH_NAME: bool(settings.branch_name),
        Step.LEADER: any(one.enabled and Role.HR_LEADER in one.roles for one in access.people(db, actor)),
        Step.MODEL: settings.has_model,
    }
    return {step for step, is_so in facts.items() if is_so}
