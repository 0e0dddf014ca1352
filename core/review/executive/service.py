"""The year on one screen: put together of what the other parts of the review say, for whoever may see sums."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from core import clock
from core.access.actor import Actor, Right, require
from core.delivery.budget import service as budget
from core.delivery.budget.terms import CostType
from core.goals.goal import KirkpatrickLevel
from core.i18n import Message
from core.people.gates import HIDE
from core.people.nameless import HIDDEN
from core.people.scope import scope
from core.plans import service as plans
from core.review.executive.judging import Facts, Reason, Verdict, judged
from core.review.levels import service as levels
from core.review.levels.service import Levels
from core.review.returns import service as returns
from core.review.returns.roi import Return
from core.review.returns.service import ReturnsOverview
from core.review.returns.terms import Basis
from core.review.reviews import repository as reviews
from core.review.warnings import service as warnings
from core.review.warnings.service import Board
from core.review.warnings.terms import Advice, Link, Status
from core.storage import Session


@dataclass(frozen=True)
class LevelTile:
    """A level: its score of 100 over `measured` of `wanted` measures, of how many results and at most how many people in one measure,
    and last year's score."""

    level: KirkpatrickLevel
    score: float | None
    before: float | None
    measured: int
    wanted: int
    attendances: int
    people: int


@dataclass(frozen=True)
class WarningTile:
    """A project that is warned of: which link is weak, what is suggested, whether somebody has decided."""

    project_id: int
    name: str
    status: Status
    weak: Link | None
    advice: Advice
    decided: bool


@dataclass(frozen=True)
class Money:
    """The year's money in yuan; `bound` is paid or committed, the larger of both by line."""

    planned: float
    bound: float
    paid: float
    limit: float | None


@dataclass(frozen=True)
class Executive:
    """The year on one screen, as of a day. `people` and `attendances` None: so few that it would tell of one of them.

    `hidden`: how many measures rest on too few people for this reader, and count in no score that they see; None where a page was kept
    before that was noted. `uncosted`: how many programmes have a benefit in `returned` and no cost.
    """

    unit: str
    year: int
    as_of: date
    verdict: Verdict
    reasons: tuple[Reason, ...]
    placed: int
    over: int
    unnoted: int
    people: int | None
    attendances: int | None
    money: Money
    returned: Return | None
    levels: tuple[LevelTile, ...]
    before_year: int | None
    warnings: tuple[WarningTile, ...]
    judged: int
    watched: int
    overdue_decisions: int
    overdue_meeting: int
    owed: tuple[tuple[str, int], ...]
    hidden: int | None = None
    uncosted: int = 0

    @property
    def unknown(self) -> bool:
        """Whether sessions were held and nobody has noted of any of them who came: that is not nobody."""
        return self.people == 0 and 0 < self.over == self.unnoted

    @property
    def undecided(self) -> list[WarningTile]:
        """Warned of, and nobody has decided."""
        return [one for one in self.warnings if not one.decided]


def overview(db: Session, actor: Actor, plan_id: int, today: date | None = None) -> Executive:
    """How the year stands. Needs `SEE_REVIEW`. Raises `NotFound`. Nobody is named, and groups of fewer than five are not counted."""
    require(actor, Right.SEE_REVIEW)
    plan = plans.find(db, actor, plan_id)
    day = today or clock.today()
    # The money and the sessions are read once for all that is made of them.
    read = budget.overview(db, actor, plan_id)
    scored, costs = levels.overview(db, actor, plan_id, today=day), returns.overview(db, actor, plan_id, day, read)
    board = warnings.board(db, actor, plan_id, day, read)
    counts = Counter(one.status for one in board.warnings)
    tiles = _warned(board)
    owed = Counter(one.owner for one in scored.missing if one.overdue)
    money, count = _money(costs), costs.efficiency(Basis.ACTUAL).count
    # A list that nobody has noted at all is owed; one that lacks a few people is not.
    unnoted = sum(not one.attended and one.unnoted > 0 for one in costs.held)
    facts = Facts(
        placed=costs.placed,
        over=len(costs.held),
        unnoted=unnoted,
        planned=money.planned,
        bound=money.bound,
        limit=money.limit,
        restrictive=costs.rules.budget_binds,
        scores=tuple((one.level, one.together.score) for one in scored.levels),
        stops=sum(one.status is Status.STOP and not one.decided for one in tiles),
        alarms=sum(not one.decided for one in tiles),
        overdue_results=sum(owed.values()),
    )
    verdict, reasons = judged(facts)
    told = scope(db, actor).everyone or not count.people or count.people >= HIDE
    return Executive(
        unit=plan.unit,
        year=plan.year,
        as_of=day,
        verdict=verdict,
        reasons=tuple(reasons),
        placed=costs.placed,
        over=len(costs.held),
        unnoted=unnoted,
        people=count.people if told else None,
        attendances=count.attendances if told else None,
        money=money,
        returned=costs.returned(Basis.ACTUAL),
        levels=_levels(scored),
        before_year=scored.before_year,
        warnings=tuple(tiles),
        judged=len(board.warnings) - counts[Status.NO_JUDGEMENT],
        watched=counts[Status.WATCH],
        overdue_decisions=sum(case.open and case.row.due < day for cases in board.cases.values() for case in cases),
        overdue_meeting=reviews.overdue(db, plan_id, day),
        owed=tuple(owed.most_common()),
        hidden=scored.hidden,
        uncosted=len(costs.uncosted(Basis.ACTUAL)),
    )


def owed_by(owner: str) -> Message | str:
    """Who owes results, in words."""
    return Message("一位负责人") if owner == HIDDEN else owner or Message("还没有负责人")


def _warned(board: Board) -> list[WarningTile]:
    found = []
    for one in board.alarms:
        decided = any(case.open for case in board.cases.get(one.project.id, ()))
        found.append(WarningTile(one.project.id, one.project.name, one.status, one.weak, one.advice, decided))
    return found


def _levels(found: Levels) -> tuple[LevelTile, ...]:
    return tuple(
        LevelTile(
            one.level,
            one.together.score,
            found.before.get(one.level),
            one.together.measured,
            one.together.wanted,
            one.attendances,
            one.people,
        )
        for one in found.levels
    )


def _money(found: ReturnsOverview) -> Money:
    own = [one for one in found.entries if one.type is not CostType.TIME]
    return Money(
        planned=sum(one.planned for one in own),
        bound=sum(max(one.committed, one.actual) for one in own),
        paid=sum(one.actual for one in own),
        limit=found.rules.budget_year,
    )
