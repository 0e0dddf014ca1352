"""Comments as an actor may read, write and resolve them: whoever may read an item may say something about it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from core.access import repository as accounts
from core.access.actor import Actor, Right, Role, require
from core.access.audit import record
from core.comments import repository, telling
from core.comments.tables import Comment, CommentMention
from core.comments.terms import Subject
from core.errors import BadInput, CexunError, Conflict, NotAllowed, NotFound
from core.goals.needs import service as needs
from core.i18n import Message
from core.plans import service as plans
from core.projects import service as projects
from core.review.conclusions import repository as conclusion_rows
from core.review.conclusions.tables import Conclusion
from core.review.results import repository as result_rows
from core.review.results.tables import Measure
from core.review.reviews import repository as review_rows
from core.review.reviews.tables import MeetingDecision
from core.review.warnings import service as warnings
from core.storage import Session, now
from core.strategy import review
from core.strategy.themes import repository as theme_rows

LONGEST = 1000
# Which of these somebody may read is told by the units in their charge; of all others by their roles.
_BY_UNITS = frozenset({Subject.NEED, Subject.WARNING})
_GONE = Message("没有找到您要评论的内容，它可能已被删除。")


@dataclass(frozen=True)
class Item:
    """What a comment is about: something of a plan. A goal goes by the number of its project."""

    plan_id: int
    subject: Subject
    id: int


@dataclass(frozen=True)
class Thread:
    """A comment with its answers, the first first."""

    first: Comment
    answers: tuple[Comment, ...]

    @property
    def id(self) -> int:
        """The number of its first comment."""
        return self.first.id or 0

    @property
    def open(self) -> bool:
        """Whether it is still to be dealt with."""
        return self.first.resolved_at is None


@dataclass(frozen=True)
class Mention:
    """A comment that waits for the reader: an unread one that names them, or the last word of a thread in which they took part."""

    item: Item
    plan: str
    text: str
    by: str


def threads(db: Session, actor: Actor, item: Item) -> list[Thread]:
    """What was said about an item, open threads first. Raises `NotFound` where the actor may not read the item."""
    _check_reads(db, actor, item)
    rows = repository.comments(db, item.plan_id, item.subject, item.id)
    found = [Thread(row, tuple(one for one in rows if one.thread_id == row.id)) for row in rows if row.thread_id is None]
    return sorted(found, key=lambda one: not one.open)


def plan_of(db: Session, actor: Actor, subject: Subject, subject_id: int) -> int | None:
    """The plan of an item; None for one that is not there, and for one that the actor may not read."""
    plan_id = repository.plan_of(db, subject, subject_id)
    return plan_id if plan_id is not None and _reads(db, actor, Item(plan_id, subject, subject_id)) else None


def open_counts(db: Session, actor: Actor, plan_id: int, subject: Subject, ids: Collection[int]) -> dict[int, int]:
    """How many open threads there are about those of these items that the actor may read. Raises `NotFound`."""
    plans.find(db, actor, plan_id)
    counts = repository.open_counts(db, plan_id, subject)
    return {one: counts[one] for one in ids if one in counts and _reads(db, actor, Item(plan_id, subject, one))}


def people(db: Session, actor: Actor, item: Item) -> dict[int, str]:
    """Who can be named in a comment on an item, by account: those who may read it too. Raises `NotFound` where the actor may not."""
    _check_reads(db, actor, item)
    return {one.account_id or 0: one.name for one in _readers_of(db, item)}


def add(db: Session, actor: Actor, item: Item, text: str, thread_id: int | None = None) -> int:
    """Say something, in a thread or beginning one; whoever is named by `@name` and may read the item is told. Returns its number.

    An answer opens a resolved thread again. Raises `BadInput`, `NotFound`, and `NotAllowed` for whoever has no account.
    """
    _check_reads(db, actor, item)
    if actor.account_id is None:
        raise NotAllowed(Message("评论要用自己的账户登录后再写。"))
    text = text.strip()
    if not 1 <= len(text) <= LONGEST:
        raise BadInput(Message("评论应有 1 到 {most} 个字。", most=LONGEST))
    if thread_id is not None:
        first = _first(db, actor, thread_id, item)
        first.resolved_at, first.resolved_by = None, ""
    row = Comment(
        plan_id=item.plan_id,
        subject=item.subject,
        subject_id=item.id,
        thread_id=thread_id,
        text=text,
        account_id=actor.account_id,
        by=actor.name[:80],
    )
    db.add(row)
    db.flush()
    named = _named(db, actor, item, text)
    db.add_all([CommentMention(comment_id=row.id or 0, account_id=one) for one in named])
    _note_read(db, actor, item)
    record(db, actor, "comment_added", item.subject.value, item.id, plan=item.plan_id, named=named)
    telling.mentioned(db, actor, row, named)
    if thread_id is not None:
        others = {one.account_id for one in repository.thread(db, thread_id)} - {actor.account_id, *named}
        telling.replied(db, actor, row, [one.account_id or 0 for one in _readers_of(db, item) if one.account_id in others])
    return row.id or 0


def resolve(db: Session, actor: Actor, item: Item, thread_id: int, version: int, *, resolved: bool = True) -> None:
    """Say that a thread is dealt with, or open it again; `version` is the one that the person saw. Raises `Conflict`, `NotFound`."""
    _check_reads(db, actor, item)
    if actor.account_id is None:
        raise NotAllowed(Message("评论要用自己的账户登录后再写。"))
    row = _first(db, actor, thread_id, item)
    if row.version != version:
        raise Conflict(Message("这条评论刚被别人处理过，没有改动。请看过最新的再决定。"))
    row.resolved_at, row.resolved_by = (now(), actor.name[:80]) if resolved else (None, "")
    _note_read(db, actor, item)
    action = "comment_resolved" if resolved else "comment_reopened"
    record(db, actor, action, item.subject.value, item.id, plan=item.plan_id)


def unread(db: Session, actor: Actor) -> list[Mention]:
    """The unread comments that name the actor, the newest first, about what they may still read. Needs `READ_PLANS`."""
    require(actor, Right.READ_PLANS)
    found = []
    for row, plan in repository.unread(db, actor.account_id or 0):
        item = Item(row.plan_id, row.subject, row.subject_id)
        if _reads(db, actor, item):
            found.append(Mention(item, f"{plan.unit} {plan.year}", row.text, row.by))
    return found


def unanswered(db: Session, actor: Actor) -> list[Mention]:
    """The open threads that wait for a word of the actor: they took part or are named, and the last word is somebody else's; the newest
    first, about what they may still read, without those that name them unread. Needs `READ_PLANS`."""
    require(actor, Right.READ_PLANS)
    me, found = actor.account_id or 0, []
    new = {row.thread_id or row.id for row, _plan in repository.unread(db, me)}
    for last, plan in repository.waiting_threads(db, me):
        item = Item(last.plan_id, last.subject, last.subject_id)
        if (last.thread_id or last.id) not in new and _reads(db, actor, item):
            found.append(Mention(item, f"{plan.unit} {plan.year}", last.text, last.by))
    return found


def note_read(db: Session, actor: Actor, item: Item) -> None:
    """Note that the actor has read what names them about an item. Raises `NotFound`."""
    _check_reads(db, actor, item)
    _note_read(db, actor, item)


def _note_read(db: Session, actor: Actor, item: Item) -> None:
    repository.note_read(db, actor.account_id or 0, item.plan_id, item.subject, item.id, now())
    telling.read(db, actor, item.plan_id, item.subject, item.id)


def _first(db: Session, actor: Actor, thread_id: int, item: Item) -> Comment:
    row = repository.comment(db, thread_id)
    if row is None or row.thread_id is not None or Item(row.plan_id, row.subject, row.subject_id) != item:
        raise NotFound(Message("没有找到这条评论，请刷新后再看。"))
    return row


def _named(db: Session, actor: Actor, item: Item, text: str) -> list[int]:
    """Who is named by `@name`, the longest names first, so that one is not taken for the beginning of another."""
    found = []
    able = {one.account_id for one in _readers_of(db, item)}
    for one in sorted(_readers(db), key=lambda each: -len(each.name)):
        if f"@{one.name}" in text:
            text = text.replace(f"@{one.name}", " ")
            if one.account_id != actor.account_id and one.account_id in able:
                found.append(one.account_id or 0)
    return sorted(found)


def _readers_of(db: Session, item: Item) -> list[Actor]:
    """Who may read an item. Of all who have the same roles it is asked once; what hangs on units, of those in charge of some one by one."""
    known: dict[tuple[frozenset[Role], int | None], bool] = {}
    alone = item.subject in _BY_UNITS
    found = []
    for one in _readers(db):
        key = (one.roles, one.account_id if alone and Role.UNIT_MANAGER in one.roles else None)
        if key not in known:
            known[key] = _reads(db, one, item)
        if known[key]:
            found.append(one)
    return found


def _readers(db: Session) -> list[Actor]:
    known = [Actor(row.id, row.name, frozenset(Role(one) for one in row.roles)) for row in accounts.accounts(db) if row.enabled]
    return [one for one in known if one.may(Right.READ_PLANS)]


def _reads(db: Session, actor: Actor, item: Item) -> bool:
    try:
        _check_reads(db, actor, item)
    except CexunError:
        return False
    return True


def _check_reads(db: Session, actor: Actor, item: Item) -> None:
    """Raises `NotFound` or `NotAllowed` where the actor may not read the item, or it is not of the plan."""
    plans.find(db, actor, item.plan_id)
    if not _READS[item.subject](db, actor, item):
        raise NotFound(_GONE)


def _plan(_db: Session, _actor: Actor, item: Item) -> bool:
    return item.id == item.plan_id


def _project(db: Session, actor: Actor, item: Item) -> bool:
    return projects.standing(db, actor, item.id).plan_id == item.plan_id


def _theme(db: Session, _actor: Actor, item: Item) -> bool:
    row = theme_rows.theme(db, item.id)
    return row is not None and row.removed_at is None and row.plan_id == item.plan_id


def _finding(db: Session, actor: Actor, item: Item) -> bool:
    return review.find(db, actor, item.plan_id, item.id) is not None


def _session(db: Session, actor: Actor, item: Item) -> bool:
    require(actor, Right.SEE_DELIVERY)
    return repository.plan_of(db, Subject.SESSION, item.id) == item.plan_id


def _need(db: Session, actor: Actor, item: Item) -> bool:
    return needs.may_read(db, actor, item.plan_id, item.id)


def _warning(db: Session, actor: Actor, item: Item) -> bool:
    return warnings.may_read(db, actor, item.plan_id, item.id)


def _of_review(read: Callable[[Session, int], Measure | Conclusion | MeetingDecision | None]) -> Callable[[Session, Actor, Item], bool]:
    """Whether somebody may read something of the review, which `read` finds by its number."""

    def reads(db: Session, actor: Actor, item: Item) -> bool:
        require(actor, Right.SEE_REVIEW)
        row = read(db, item.id)
        return row is not None and row.plan_id == item.plan_id

    return reads


_READS: dict[Subject, Callable[[Session, Actor, Item], bool]] = {
    Subject.PLAN: _plan,
    Subject.PROJECT: _project,
    Subject.GOAL: _project,
    Subject.THEME: _theme,
    Subject.FINDING: _finding,
    Subject.SESSION: _session,
    Subject.NEED: _need,
    Subject.MEASURE: _of_review(result_rows.measure),
    Subject.WARNING: _warning,
    Subject.CONCLUSION: _of_review(conclusion_rows.conclusion),
    Subject.DECISION: _of_review(review_rows.decision),
}
