"""What people did with themes and their links, kept so that it can be read and taken back.

What one transaction does to the themes of a plan is one action, and is taken back as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.editing.done import Done
from core.errors import BadInput, Conflict
from core.i18n import Message
from core.plans import service as plans
from core.storage import Session, now
from core.strategy.findings import Perspective
from core.strategy.themes import repository
from core.strategy.themes.causes import way_back
from core.strategy.themes.grouping import Reason
from core.strategy.themes.tables import Localisation, Theme, ThemeAction, ThemeChange, ThemeLink, ThemeMember
from core.strategy.themes.tags import Layer

Words = dict[str, Any]

_SHOWN, _NAMED = 30, 3
_ACTION = "theme_action"
_VERSION = "localised"
_OF_LINK = ("note", "why", "suggested", "made_by")
_PLAIN = ("name", "lenses", "owner", "indicator", "weight", "position", "named_by")


def theme_words(row: Theme) -> Words:
    """All that people can change about a theme."""
    plain = {name: getattr(row, name) for name in _PLAIN}
    return {
        **plain,
        "perspective": row.perspective.value,
        "layer": row.layer.value if row.layer else None,
        "removed": row.removed_at is not None,
    }


def place_words(row: ThemeMember | None) -> Words | None:
    """Where a finding belongs, and why; None where nobody has placed it."""
    if row is None:
        return None
    moment = row.moved_at.isoformat()
    return {"theme": row.theme_id, "reason": row.reason.value, "score": row.score, "by": row.moved_by, "at": moment}


def link_words(row: ThemeLink) -> Words:
    """All that can change about a link."""
    return {name: getattr(row, name) for name in _OF_LINK}


def begin(db: Session, actor: Actor, plan_id: int, name: str) -> int:
    """The action of this transaction on a plan, called by what it begins with. Returns its number."""
    begun: dict[int, int] = db.info.setdefault(_ACTION, {})
    if plan_id not in begun:
        row = ThemeAction(plan_id=plan_id, action=name, account_id=actor.account_id, done_by=actor.name[:80])
        db.add(row)
        db.flush()
        begun[plan_id] = row.id or 0
    return begun[plan_id]


def note_theme(db: Session, actor: Actor, action: str, row: Theme, before: Words | None = None) -> None:
    """Note what a theme was `before`, now that it is what it is; None: it is new."""
    after = theme_words(row)
    if before != after:
        db.add(ThemeChange(action_id=begin(db, actor, row.plan_id, action), theme_id=row.id, before=before, after=after))


def note_place(db: Session, actor: Actor, action: str, plan_id: int, row: ThemeMember, before: Words | None) -> None:
    """Note where a finding was `before`, now that it is where it is."""
    number = begin(db, actor, plan_id, action)
    db.add(ThemeChange(action_id=number, finding_id=row.finding_id, before=before, after=place_words(row) or {}))


def note_link(db: Session, actor: Actor, action: str, row: ThemeLink, before: Words | None, *, gone: bool = False) -> None:
    """Note what a link was `before` (None: there was none), now that it is what it is, or is `gone`."""
    after = {} if gone else link_words(row)
    if before != after:
        number = begin(db, actor, row.plan_id, action)
        db.add(ThemeChange(action_id=number, theme_id=row.cause_id, effect_id=row.effect_id, before=before, after=after))


def note_version(db: Session, actor: Actor, action: str, row: Localisation) -> None:
    """Note that the branch's version of a clause is new. Its words are not kept here: they may be another document's."""
    number = begin(db, actor, row.plan_id, action)
    db.flush()
    db.add(ThemeChange(action_id=number, finding_id=row.finding_id, before=None, after={_VERSION: row.version}))


def last(db: Session, actor: Actor, plan_id: int) -> Done | None:
    """What this person did last with the themes of a plan and can take back. Needs `DECIDE_STRATEGY`."""
    require(actor, Right.DECIDE_STRATEGY)
    row = repository.last_action(db, plan_id, actor.account_id)
    return _done(db, [row])[0] if row else None


def history(db: Session, actor: Actor, plan_id: int) -> list[Done]:
    """What was done last with the themes of a plan, the newest first. Needs `DECIDE_STRATEGY`. Raises `NotFound`."""
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    return _done(db, repository.latest_actions(db, plan_id, _SHOWN))


def undo(db: Session, actor: Actor, action_id: int) -> int:
    """Take an action back as a whole. Returns how many themes, findings and links that concerned. Needs `DECIDE_STRATEGY`.

    Raises `BadInput` for one that was taken back, `Conflict` when somebody changed one of them since, or a link would close a circle now:
    then nothing changes.
    """
    require(actor, Right.DECIDE_STRATEGY)
    action = repository.action(db, action_id)
    if action is None or action.undone:
        raise BadInput(Message("没有可以撤销的操作。"))
    plans.find(db, actor, action.plan_id)
    changes = repository.changes(db, [action_id])
    for one in reversed(changes):
        if one.effect_id is not None:
            _put_link_back(db, one, action.plan_id)
        elif one.theme_id is not None:
            _put_theme_back(db, one)
        elif _VERSION in one.after:
            _take_version_away(db, one)
        else:
            _put_place_back(db, one)
        db.flush()
    action.undone = True
    record(db, actor, "themes_undone", "plan", action.plan_id, did=action.action)
    return len(changes)


def let_back(db: Session, row: Theme) -> None:
    """Let a deleted theme stand again, with those of its links that still close no circle."""
    row.removed_at = None
    db.flush()
    standing = {theme.id for theme in repository.themes(db, row.plan_id)}
    present = [link for link in repository.links(db, row.plan_id) if {link.cause_id, link.effect_id} <= standing]
    pairs = {(link.cause_id, link.effect_id) for link in present if row.id not in (link.cause_id, link.effect_id)}
    for link in present:
        pair = (link.cause_id, link.effect_id)
        if pair not in pairs and way_back(pairs, *pair):
            db.delete(link)
        else:
            pairs.add(pair)


def _put_theme_back(db: Session, change: ThemeChange) -> None:
    row = repository.theme(db, change.theme_id or 0)
    if row is None or theme_words(row) != change.after:
        name = row.name if row is not None else str(change.after["name"])
        raise Conflict(Message("“{theme}”在这之后又被修改过，没有撤销，以免丢掉后来的改动。请直接修改。", theme=name))
    # A theme that was new goes where deleted ones are: it can be taken back from there.
    before = change.before or {**change.after, "removed": True}
    for name in _PLAIN:
        setattr(row, name, before[name])
    row.perspective = Perspective(before["perspective"])
    row.layer = Layer(before["layer"]) if before["layer"] else None
    if before["removed"] and row.removed_at is None:
        row.removed_at = now()
    elif not before["removed"] and row.removed_at is not None:
        let_back(db, row)


def _put_place_back(db: Session, change: ThemeChange) -> None:
    row = next(iter(repository.members(db, [change.finding_id or 0])), None)
    if not _same_place(place_words(row), change.after):
        raise Conflict(Message("有一条发现刚被别人移到别的主题，没有移动任何一条。请看过最新内容再移。"))
    assert row is not None
    if change.before is None:
        db.delete(row)
        return
    row.theme_id, row.reason = change.before["theme"], Reason(change.before["reason"])
    row.score, row.moved_by = change.before["score"], change.before["by"]
    row.moved_at = datetime.fromisoformat(change.before["at"])


def _take_version_away(db: Session, change: ThemeChange) -> None:
    row = repository.localisation(db, change.finding_id or 0)
    if row is None or row.version != change.after[_VERSION]:
        raise Conflict(Message("有一条分行版本在这之后又被修改过，没有撤销，以免丢掉后来的改动。请直接修改。"))
    db.delete(row)


def _put_link_back(db: Session, change: ThemeChange, plan_id: int) -> None:
    present = repository.links(db, plan_id)
    cause, effect = change.theme_id or 0, change.effect_id or 0
    row = next((one for one in present if (one.cause_id, one.effect_id) == (cause, effect)), None)
    if (link_words(row) if row is not None else {}) != change.after:
        raise Conflict(Message("这条因果关系在这之后又被修改过，没有撤销，以免丢掉后来的改动。"))
    if change.before is None:
        db.delete(row)
        return
    if row is None:
        standing = {theme.id for theme in repository.themes(db, plan_id)}
        pairs = [(one.cause_id, one.effect_id) for one in present if {one.cause_id, one.effect_id} <= standing]
        if way_back(pairs, cause, effect):
            raise Conflict(Message("这条因果关系现在会绕成一圈，没有恢复。请先去掉后来加的那一条。"))
        row = ThemeLink(plan_id=plan_id, cause_id=cause, effect_id=effect)
        db.add(row)
    for name in _OF_LINK:
        setattr(row, name, change.before[name])


def _same_place(one: Mapping[str, Any] | None, other: Mapping[str, Any]) -> bool:
    return one is not None and (one["theme"], one["reason"]) == (other["theme"], other["reason"])


def _done(db: Session, rows: Sequence[ThemeAction]) -> list[Done]:
    """The actions with the names that their themes have now: those of the time may have gone with a document."""
    touched: dict[int, dict[int, None]] = {}
    for one in repository.changes(db, [row.id or 0 for row in rows]):
        theme_id = one.theme_id or one.after.get("theme") or (one.before or {}).get("theme")
        if theme_id:
            touched.setdefault(one.action_id, {}).update(dict.fromkeys([theme_id, *([one.effect_id] if one.effect_id else [])]))
    names = repository.names(db, {theme_id for some in touched.values() for theme_id in some})
    return [Done(row.id or 0, row.action, _title(names, touched.get(row.id or 0, {})), row.done_by, row.at, row.undone) for row in rows]


def _title(names: Mapping[int, str], theme_ids: Mapping[int, None]) -> str:
    found = [names[one] for one in theme_ids if one in names]
    return "、".join(found[:_NAMED]) + ("…" if len(found) > _NAMED else "")
