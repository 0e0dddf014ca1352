"""What somebody without an account may do who holds a unit's link: file needs for that unit in that round, see and correct those filed by
the link, or say that the unit needs nothing. Until the round ends or the link is revoked; nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.access import tokens
from core.access.actor import Actor
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.goals.needs import repository
from core.goals.needs.calls import note_none
from core.goals.needs.draft import LONGEST_NAME, NeedDraft, checked
from core.goals.needs.history import Action
from core.goals.needs.service import NeedView, views_of
from core.goals.needs.tables import AskedUnit, NeedRow, NeedsCall
from core.goals.needs.terms import NeedState, Via
from core.goals.needs.writing import directory, is_open, write
from core.i18n import Message
from core.people import repository as people
from core.people.gaps.repository import posts
from core.plans import repository as plan_rows
from core.plans.tables import AnnualPlan
from core.storage import Session, now

MOST_NEEDS = 100
_GONE = Message("这个链接不存在、已作废或已过期。")


@dataclass(frozen=True)
class Desk:
    """What a link opens: the plan, the round, the unit, the needs filed by this link, oldest first, and the names of the model's
    competencies and of the library's posts."""

    plan: AnnualPlan
    call: NeedsCall
    asked: AskedUnit
    needs: tuple[NeedView, ...]
    competencies: tuple[str, ...]
    posts: tuple[str, ...]

    def need(self, need_id: int) -> NeedView | None:
        """One of the needs, if it may still be corrected."""
        found = next((view for view in self.needs if view.id == need_id), None)
        return found if found is not None and found.state in (NeedState.DRAFT, NeedState.FILED) else None


def desk(db: Session, token: str) -> Desk | None:
    """What a link opens; None for an unknown, revoked or expired one, which are not told apart."""
    asked = repository.asked_by(db, tokens.digest(token))
    call = repository.call(db, asked.call_id) if asked else None
    if asked is None or call is None or not is_open(call):
        return None
    plan = plan_rows.plan(db, call.plan_id)
    if plan is None or plan.archived_at is not None:
        return None
    views = views_of(db, call.plan_id, repository.through(db, asked.id or 0))
    names = tuple(row.name for row in people.competencies(db) if row.archived_at is None)
    return Desk(plan, call, asked, views, names, tuple(row.name for row in posts(db).values()))


def opened(db: Session, token: str) -> None:
    """Note that somebody opened a unit's link for the first time."""
    asked = repository.asked_by(db, tokens.digest(token))
    if asked is not None and asked.opened_at is None:
        asked.opened_at = now()


def file(db: Session, token: str, filer: str, draft: NeedDraft, seen: tuple[int, int] | None, address: str, *, filing: bool = True) -> int:
    """File a need by a link, or correct the one that the person saw (its number and version). Returns its number.

    Raises `NotFound` when the link does not hold (any more), `BadInput`, `Conflict` when somebody changed the need or took it up since.
    """
    found, actor = _open(db, token, filer, address)
    draft = checked(draft, filing=filing)
    known = directory(db, found.call.plan_id)
    if seen is None:
        row = _new(found, actor, draft)
        write(row, draft, known, filing=filing)
        db.add(row)
        Action(found.call.plan_id, actor, "added", []).write(db, made=[row], asked_id=found.asked.id)
    else:
        row = _seen(found, *seen)
        done = Action(found.call.plan_id, actor, "edited", [row])
        row.filer = actor.name
        write(row, draft, known, filing=filing)
        done.write(db, asked_id=found.asked.id)
    if filing:
        found.asked.none_at, found.asked.none_by = None, ""
    record(db, actor, "need_filed" if seen is None else "need_edited", "need", row.id, link=found.asked.id)
    return row.id or 0


def take_back(db: Session, token: str, filer: str, need_id: int, version: int, address: str) -> None:
    """Put aside a need that was filed by mistake. Raises like `file`."""
    found, actor = _open(db, token, filer, address)
    row = _seen(found, need_id, version)
    done = Action(found.call.plan_id, actor, NeedState.PUT_ASIDE.value, [row])
    row.state, row.reason, row.project_id = NeedState.PUT_ASIDE, "", None
    done.write(db, asked_id=found.asked.id)
    record(db, actor, "needs_decided", "need", row.id, state=row.state.value, link=found.asked.id)


def say_none(db: Session, token: str, filer: str, address: str) -> None:
    """Note that the unit needs nothing. Raises `NotFound`, `BadInput` where it has filed something."""
    found, actor = _open(db, token, filer, address)
    note_none(db, actor, found.call, found.asked, none=True)


def _open(db: Session, token: str, filer: str, address: str) -> tuple[Desk, Actor]:
    found = desk(db, token)
    if found is None:
        raise NotFound(_GONE)
    name = " ".join(filer.split())
    if not name:
        raise BadInput(Message("请写您的姓名，便于人力资源联系您。"))
    if len(name) > LONGEST_NAME:
        raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=name[:12], most=LONGEST_NAME))
    # Nobody checks this name: it is shown as what somebody wrote, beside the way it came in.
    return found, Actor(account_id=None, name=name, roles=frozenset(), address=address)


def _new(found: Desk, actor: Actor, draft: NeedDraft) -> NeedRow:
    if len(found.needs) >= MOST_NEEDS:
        raise BadInput(Message("一个链接最多报 {most} 条需求。还有更多，请联系人力资源用表格导入。", most=MOST_NEEDS))
    return NeedRow(
        plan_id=found.call.plan_id,
        unit_id=found.asked.unit_id,
        unit=found.asked.unit,
        asked_id=found.asked.id,
        via=Via.LINK,
        filer=actor.name,
        problem=draft.problem,
        urgency=draft.urgency,
        kind=draft.kind,
        changed_by=actor.name,
    )


def _seen(found: Desk, need_id: int, version: int) -> NeedRow:
    view = found.need(need_id)
    if view is None or view.row.version != version:
        raise Conflict(Message("这条需求刚被改过，或已进入下一步，您的改动没有保存。请看过新的内容再改。"))
    return view.row
