"""Links of cause and effect between the themes of a plan, drawn by people."""

from __future__ import annotations

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.plans import service as plans
from core.storage import Session
from core.strategy.themes import repository
from core.strategy.themes.causes import way_back
from core.strategy.themes.history import link_words, note_link
from core.strategy.themes.service import THEME_GONE
from core.strategy.themes.tables import ThemeLink

_GONE = Message("没有找到这条因果关系，它可能已被删除。")
_LONGEST_NOTE = 200


def link(db: Session, actor: Actor, plan_id: int, cause_id: int, effect_id: int, note: str = "") -> None:
    """Say that one theme carries another; a suggested link between them becomes a confirmed one.

    Raises `BadInput` for a theme with itself, twice the same, or a circle (and says by which themes it would close).
    """
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    names = {row.id: row.name for row in repository.themes(db, plan_id)}
    if not {cause_id, effect_id} <= set(names):
        raise NotFound(THEME_GONE)
    if cause_id == effect_id:
        raise BadInput(Message("一个主题不能支撑它自己。"))
    present = repository.links(db, plan_id)
    same = next((one for one in present if (one.cause_id, one.effect_id) == (cause_id, effect_id)), None)
    if same is not None and not same.suggested:
        raise BadInput(Message("“{cause}”支撑“{effect}”已经在图上了。", cause=names[cause_id], effect=names[effect_id]))
    standing = [(one.cause_id, one.effect_id) for one in present if one.cause_id in names and one.effect_id in names]
    circle = way_back(standing, cause_id, effect_id)
    if circle:
        way = " → ".join(names[theme_id] for theme_id in (*circle, effect_id))
        raise BadInput(Message("这样会绕成一圈：{way}。因果只能朝一个方向，请先去掉其中一条。", way=way))
    before = link_words(same) if same is not None else None
    if same is None:
        same = ThemeLink(plan_id=plan_id, cause_id=cause_id, effect_id=effect_id)
        db.add(same)
    same.note, same.suggested = note.strip()[:_LONGEST_NOTE] or same.note, False
    note_link(db, actor, "theme_linked", same, before)
    record(db, actor, "theme_linked", "theme", cause_id, effect=effect_id)


def confirm(db: Session, actor: Actor, link_ids: dict[int, int]) -> int:
    """Confirm suggested links; the values are the versions that the person saw. Returns how many. Raises `NotFound`, `Conflict`."""
    require(actor, Right.DECIDE_STRATEGY)
    for link_id, version in link_ids.items():
        row = _seen(db, actor, link_id, version)
        before = link_words(row)
        row.suggested = False
        note_link(db, actor, "theme_linked", row, before)
        record(db, actor, "theme_linked", "theme", row.cause_id, effect=row.effect_id)
    return len(link_ids)


def unlink(db: Session, actor: Actor, link_ids: dict[int, int]) -> int:
    """Take links away; the values are the versions that the person saw. Returns how many. Raises `NotFound`, `Conflict`."""
    require(actor, Right.DECIDE_STRATEGY)
    for link_id, version in link_ids.items():
        row = _seen(db, actor, link_id, version)
        record(db, actor, "theme_unlinked", "theme", row.cause_id, effect=row.effect_id)
        note_link(db, actor, "theme_unlinked", row, link_words(row), gone=True)
        db.delete(row)
    return len(link_ids)


def _seen(db: Session, actor: Actor, link_id: int, version: int) -> ThemeLink:
    row = repository.link(db, link_id)
    if row is None:
        raise NotFound(_GONE)
    plans.find(db, actor, row.plan_id)
    if row.version != version:
        raise Conflict(Message("这条因果关系刚被别人修改过，您的改动没有保存。"))
    return row
