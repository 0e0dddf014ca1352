"""A plan's submissions: submitted, decided layer after layer, withdrawn, submitted again. What was said once is never written over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core import clock
from core.access import service as access
from core.access.actor import Actor, Right, require, shown_name
from core.access.audit import record
from core.approvals import chain as chains
from core.approvals import repository, telling
from core.approvals.chain import Chain, Layer
from core.approvals.contents import Contents, from_stored, gather, to_stored
from core.approvals.differences import differences
from core.approvals.side_by_side import Line, side_by_side
from core.approvals.tables import ApprovalDecision, PlanSubmission
from core.approvals.terms import Decision, SubmissionState
from core.delivery.budget import service as budget
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.i18n import Message
from core.notices.outbox import tell_all
from core.plans import service as plans
from core.storage import Session, now

LONGEST_WORDS = 500
_SHORTEST_REASON = 4
_GONE = Message("没有找到这次提交，计划可能已被归档。")


@dataclass(frozen=True)
class SubmissionView:
    """A submission with the layers that it goes through and what was decided on it."""

    row: PlanSubmission
    layers: tuple[Layer, ...]
    decisions: tuple[ApprovalDecision, ...]

    @property
    def id(self) -> int:
        """Its number in the database."""
        return self.row.id or 0

    @property
    def contents(self) -> Contents:
        """What was submitted."""
        return from_stored(self.row.contents)

    @property
    def turn(self) -> Layer | None:
        """The layer whose turn it is."""
        return self.layers[self.row.layer] if self.row.state is SubmissionState.WAITING else None


@dataclass(frozen=True)
class Board:
    """How a plan stands with those who approve it.

    `submissions`: the newest first. `since_approved` None: nothing was approved yet; `since_last`: what has changed since the last
    submission. `lines`: planned, approved and executed side by side.
    """

    submissions: tuple[SubmissionView, ...]
    chain: Chain
    names: dict[int, str]
    able: dict[int, str]
    now: Contents
    since_approved: tuple[Message, ...] | None
    since_last: tuple[Message, ...]
    lines: tuple[Line, ...]
    mine: bool

    @property
    def last(self) -> SubmissionView | None:
        """The newest submission."""
        return self.submissions[0] if self.submissions else None

    @property
    def approved(self) -> SubmissionView | None:
        """The newest one that was approved."""
        return next((one for one in self.submissions if one.row.state is SubmissionState.APPROVED), None)

    @property
    def waiting(self) -> bool:
        """Whether somebody is to decide."""
        return self.last is not None and self.last.turn is not None

    @property
    def stuck(self) -> Layer | None:
        """The layer whose turn it is, where nobody is left who could decide in it."""
        turn = self.last.turn if self.last is not None else None
        return turn if turn is not None and self.last and not chains.left(turn, self.able, self.last.row.submitted_account) else None


@dataclass(frozen=True)
class Waiting:
    """A submission that waits: of which plan, for which layer since when, who can decide there, whether that is the reader (`mine`)."""

    plan_id: int
    plan: str
    layer: str | Message
    since: datetime
    who: tuple[str, ...]
    nudged_at: datetime | None
    mine: bool


def board(db: Session, actor: Actor, plan_id: int, today: date | None = None) -> Board:
    """How a plan stands. Raises `NotFound`."""
    chain = chains.chain(db, actor, plan_id)
    views = _views(db, repository.submissions(db, plan_id))
    money = budget.overview(db, actor, plan_id)
    present = gather(db, actor, plan_id, money)
    approved = next((one.contents for one in views if one.row.state is SubmissionState.APPROVED), None)
    day = today or clock.today()
    last = views[0] if views else None
    return Board(
        submissions=tuple(views),
        chain=chain,
        names=access.names(db, actor),
        able=chains.deciders(db, actor),
        now=present,
        since_approved=None if approved is None else tuple(differences(approved, present)),
        since_last=() if last is None else tuple(differences(last.contents, present)),
        lines=tuple(side_by_side(db, plan_id, money, present, approved, day)),
        mine=last is not None and _may_decide(actor, last),
    )


def changed_by_submitting(found: Board) -> tuple[Message, ...]:
    """What the last submission changed against the version that was approved before it, else against the one before; () for the first."""
    if found.last is None:
        return ()
    earlier = [one for one in found.submissions[1:] if one.row.state is SubmissionState.APPROVED] or found.submissions[1:2]
    return tuple(differences(earlier[0].contents, found.last.contents)) if earlier else ()


def waiting(db: Session, actor: Actor) -> list[Waiting]:
    """What waits for a decision of the reader, and, for those who plan, of others. Needs `READ_PLANS`."""
    require(actor, Right.READ_PLANS)
    able, found = chains.deciders(db, actor), []
    for row, plan in repository.waiting(db):
        layer = chains.of_stored(row.layers)[row.layer]
        mine = chains.may_decide(actor, layer) and row.submitted_account != actor.account_id
        if mine or actor.may(Right.EDIT_PLANS):
            who = tuple(able[one] for one in chains.left(layer, able, row.submitted_account))
            title = f"{plan.unit} {plan.year}"
            found.append(Waiting(plan.id or 0, title, layer.name, row.waiting_since, who, row.nudged_at, mine))
    return found


def submit(db: Session, actor: Actor, plan_id: int, seen: int, note: str = "") -> int:
    """Hand the plan up as it is now; `seen` is the number of the last submission that the person saw, 0 for none. Returns the new number.

    Needs `EDIT_PLANS`. Raises `BadInput` for a plan without projects, for layers without anybody to decide, and where nothing has changed
    since the approval; `Conflict` where one is under way already.
    """
    require(actor, Right.EDIT_PLANS)
    chain = chains.chain(db, actor, plan_id)
    earlier = repository.submissions(db, plan_id)
    last = earlier[0] if earlier else None
    if last is not None and (last.number != seen or last.state is SubmissionState.WAITING):
        said = Message("第 {number} 次提交刚由{name}送出，您的没有重复提交。", number=last.number, name=last.submitted_by)
        raise Conflict(said)
    contents = gather(db, actor, plan_id)
    _check_can_go(db, actor, chain, contents)
    if last is not None and last.state is SubmissionState.APPROVED and not differences(from_stored(last.contents), contents):
        raise BadInput(Message("计划和已批准的版本一样，不用再提交。"))
    row = PlanSubmission(
        plan_id=plan_id,
        number=last.number + 1 if last else 1,
        layers=chains.to_stored(chain.layers),
        contents=to_stored(contents),
        note=_words(note),
        submitted_account=actor.account_id,
        submitted_by=actor.name[:80],
    )
    db.add(row)
    db.flush()
    record(db, actor, "plan_submitted", "plan", plan_id, number=row.number, projects=contents.projects)
    telling.turn(db, row)
    return row.number


def decide(db: Session, actor: Actor, submission_id: int, version: int, decision: Decision, words: str) -> None:
    """Approve for one's layer, or send back with a reason; `version` is the one that the person saw.

    Raises `NotAllowed` for whoever does not decide in this layer, `BadInput` for sending back without a reason, `Conflict` with both
    opinions where another decided meanwhile, `NotFound`.
    """
    require(actor, Right.DECIDE_PLANS)
    view = _find(db, actor, submission_id)
    row, said = view.row, _words(words)
    layer = view.turn
    # Everybody decides in one layer: while it is its turn, nothing but a reminder can have come between.
    mine = layer is not None and chains.may_decide(actor, layer)
    if layer is None or (row.version != version and not mine):
        raise Conflict(_meanwhile(view, said))
    if not mine:
        raise NotAllowed(Message("现在由“{layer}”审批，您不在这一层的审批人里。", layer=layer.name))
    if row.submitted_account == actor.account_id:
        raise NotAllowed(Message("这次是您提交的，不能由您自己审批。请由这一层的另一位审批人决定，或撤回后换审批人。"))
    if decision is Decision.RETURNED and len(said) < _SHORTEST_REASON:
        raise BadInput(Message("退回要写明原因，至少 {least} 个字，人力资源才知道改什么。", least=_SHORTEST_REASON))
    db.add(
        ApprovalDecision(
            submission_id=submission_id,
            layer=row.layer,
            layer_name=str(layer.name),
            decision=decision,
            words=said,
            account_id=actor.account_id,
            by=actor.name[:80],
        )
    )
    telling.closed(db, row)
    _go_on(row, decision, actor)
    action = "plan_approved" if decision is Decision.APPROVED else "plan_returned"
    record(db, actor, action, "plan", row.plan_id, number=row.number, layer=str(layer.name))
    telling.decided(db, actor, row, layer, decision)
    if row.state is SubmissionState.WAITING:
        telling.turn(db, row)


def withdraw(db: Session, actor: Actor, submission_id: int, version: int) -> None:
    """Take a submission back before it is decided; what was said of it stays. Needs `EDIT_PLANS`. Raises `Conflict`, `NotFound`."""
    require(actor, Right.EDIT_PLANS)
    row = _open(db, actor, submission_id, version)
    row.state, row.closed_by, row.closed_at = SubmissionState.WITHDRAWN, actor.name[:80], now()
    telling.closed(db, row)
    record(db, actor, "plan_withdrawn", "plan", row.plan_id, number=row.number)


def nudge(db: Session, actor: Actor, submission_id: int, version: int) -> frozenset[int]:
    """Remind whose turn it is: they read it on their home page and are told. Returns the accounts that were reached.

    Needs `EDIT_PLANS`. Raises `Conflict`, `NotFound`.
    """
    require(actor, Right.EDIT_PLANS)
    row = _open(db, actor, submission_id, version)
    row.nudged_by, row.nudged_at = actor.name[:80], now()
    record(db, actor, "approval_nudged", "plan", row.plan_id, number=row.number, layer=row.layers[row.layer]["name"])
    return tell_all(db, [telling.slow(db, row, f"nudge:{row.nudged_at:%Y%m%d%H%M%S}")])


def _go_on(row: PlanSubmission, decision: Decision, actor: Actor) -> None:
    if decision is Decision.APPROVED and row.layer + 1 < len(row.layers):
        row.layer, row.waiting_since, row.nudged_at, row.nudged_by = row.layer + 1, now(), None, ""
        return
    row.state = SubmissionState(decision.value)
    row.closed_by, row.closed_at = actor.name[:80], now()


def _check_can_go(db: Session, actor: Actor, chain: Chain, contents: Contents) -> None:
    if not contents.items:
        raise BadInput(Message("计划里还没有项目，没有什么可审批。请先采纳项目想法。"))
    if chain.unnamed:
        raise BadInput(Message("“{layer}”这一层还没有指定审批人。请先在下面的审批层级里指定。", layer=chain.unnamed[0].name))
    able = chains.deciders(db, actor)
    for one in chain.layers:
        if not chains.left(one, able, actor.account_id):
            raise BadInput(Message("“{layer}”这一层没有能审批的人：账户已停用或改了角色，或只有提交人自己。", layer=one.name))


def _meanwhile(view: SubmissionView, said: str) -> Message:
    nothing = Message("（没有写）")
    words: dict[str, str | Message] = {"yours": said or nothing}
    if view.row.state is SubmissionState.WITHDRAWN:
        words["name"] = shown_name(view.row.closed_by)
        return Message("{name}刚已撤回这次提交。您的意见没有保存：“{yours}”。请看过最新的情况再决定。", **words)
    if not view.decisions:
        return Message("这次提交刚被改动过，您的意见没有保存：“{yours}”。请看过最新的情况再决定。", **words)
    last = view.decisions[-1]
    words |= {"name": shown_name(last.by), "theirs": last.words or nothing}
    if last.decision is Decision.APPROVED:
        return Message("{name}刚已通过：“{theirs}”。您的意见没有保存：“{yours}”。请看过最新的情况再决定。", **words)
    return Message("{name}刚已退回：“{theirs}”。您的意见没有保存：“{yours}”。请看过最新的情况再决定。", **words)


def _open(db: Session, actor: Actor, submission_id: int, version: int) -> PlanSubmission:
    view = _find(db, actor, submission_id)
    if view.row.state is SubmissionState.APPROVED:
        said = Message("{name}刚已批准这份计划，这次提交不能再撤回。要改就直接改，改好再提交。", name=shown_name(view.row.closed_by))
        raise Conflict(said)
    if view.row.version != version or view.turn is None:
        raise Conflict(Message("这次提交刚有了新的审批意见或改动，没有操作。请看过最新的情况再决定。"))
    return view.row


def _find(db: Session, actor: Actor, submission_id: int) -> SubmissionView:
    row = repository.submission(db, submission_id)
    if row is None:
        raise NotFound(_GONE)
    plans.find(db, actor, row.plan_id)
    return _views(db, [row])[0]


def _views(db: Session, rows: list[PlanSubmission]) -> list[SubmissionView]:
    said: dict[int, list[ApprovalDecision]] = {}
    for one in repository.decisions(db, [row.id or 0 for row in rows]):
        said.setdefault(one.submission_id, []).append(one)
    return [SubmissionView(row, chains.of_stored(row.layers), tuple(said.get(row.id or 0, ()))) for row in rows]


def _may_decide(actor: Actor, view: SubmissionView) -> bool:
    turn = view.turn
    return turn is not None and chains.may_decide(actor, turn) and view.row.submitted_account != actor.account_id


def _words(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST_WORDS:
        raise BadInput(Message("最多写 {most} 个字。", most=LONGEST_WORDS))
    return text
