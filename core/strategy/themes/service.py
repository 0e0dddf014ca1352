"""The strategic themes of a plan: what is there, and what people change by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.people.nameless import owners_for
from core.plans import service as plans
from core.storage import Session, now
from core.strategy.findings import Perspective
from core.strategy.themes import repository
from core.strategy.themes.accepted import Accepted, accepted
from core.strategy.themes.grouping import FOUNDING, Reason
from core.strategy.themes.history import let_back, note_place, note_theme, place_words, theme_words
from core.strategy.themes.tables import Theme, ThemeLink, ThemeMember
from core.strategy.themes.tags import Layer, Lens
from core.strategy.themes.weights import to_hundred

LONGEST_NAME = 60

THEME_GONE = Message("没有找到这个主题，它可能已被删除。")
_TEXTS = {"name": LONGEST_NAME, "owner": 80, "indicator": 200}


@dataclass(frozen=True)
class Draft:
    """What a person can write about a theme."""

    name: str
    perspective: Perspective
    layer: Layer | None = None
    lenses: tuple[Lens, ...] = ()
    owner: str = ""
    indicator: str = ""
    weight: float = 0.0
    position: int = 0


@dataclass(frozen=True)
class Member:
    """A finding in a theme, and why it is there."""

    finding: Accepted
    reason: Reason
    score: float | None


@dataclass(frozen=True)
class ThemeView:
    """A theme with those of its findings that the reader may see."""

    theme: Theme
    members: tuple[Member, ...]

    @property
    def id(self) -> int:
        """The theme's number."""
        return self.theme.id or 0


@dataclass(frozen=True)
class Overview:
    """All themes of a plan. `ungrouped` are findings in no theme; `set_aside` those of them that a person took out of theirs."""

    themes: tuple[ThemeView, ...]
    links: tuple[ThemeLink, ...]
    ungrouped: tuple[Accepted, ...]
    set_aside: frozenset[int]
    removed: tuple[Theme, ...]

    @property
    def weight(self) -> float:
        """What the weights sum to."""
        return round(sum(view.theme.weight for view in self.themes), 2)

    @property
    def new(self) -> tuple[Accepted, ...]:
        """Ungrouped findings that a suggestion may place."""
        return tuple(one for one in self.ungrouped if one.id not in self.set_aside)

    def find(self, theme_id: int | None) -> ThemeView | None:
        """One of the themes."""
        return next((view for view in self.themes if view.id == theme_id), None)


def overview(db: Session, actor: Actor, plan_id: int) -> Overview:
    """The plan's themes with their findings and links. Raises `NotFound`."""
    plans.find(db, actor, plan_id)
    rows = _rows(db, actor, plan_id)
    findings = accepted(db, actor, plan_id)
    placed = {row.finding_id: row for row in repository.members(db, [one.id for one in findings])}
    standing = {row.id for row in rows}
    inside: dict[int, list[Member]] = {}
    ungrouped = []
    for one in findings:
        row = placed.get(one.id)
        if row is not None and row.theme_id in standing:
            inside.setdefault(row.theme_id or 0, []).append(Member(one, row.reason, row.score))
        else:
            ungrouped.append(one)
    return Overview(
        themes=tuple(ThemeView(row, tuple(inside.get(row.id or 0, ()))) for row in rows),
        links=tuple(link for link in repository.links(db, plan_id) if {link.cause_id, link.effect_id} <= standing),
        ungrouped=tuple(ungrouped),
        set_aside=frozenset(one.id for one in ungrouped if _is_set_aside(placed.get(one.id))),
        removed=() if actor.is_guest else tuple(repository.removed(db, plan_id)),
    )


def _rows(db: Session, actor: Actor, plan_id: int) -> list[Theme]:
    """A plan's themes; for a guest of a shared link copies that name no person."""
    rows = repository.themes(db, plan_id)
    if not actor.is_guest:
        return list(rows)
    shown = owners_for(db, actor)
    return [Theme(**{**row.model_dump(), "owner": shown(row.owner)}) for row in rows]


def draft_of(row: Theme) -> Draft:
    """What stands in a theme now."""
    lenses = tuple(Lens(lens) for lens in row.lenses)
    return Draft(row.name, row.perspective, row.layer, lenses, row.owner, row.indicator, row.weight, row.position)


def create(db: Session, actor: Actor, plan_id: int, draft: Draft, *, made_by: str = "") -> Theme:
    """A new theme, the last of its plan unless the draft says where. Raises `BadInput`, `NotFound`."""
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    row = Theme(plan_id=plan_id, name="", perspective=draft.perspective, made_by=made_by, created_by=actor.account_id)
    _write(row, _checked(draft))
    row.named_by = made_by
    row.position = draft.position or repository.last_position(db, plan_id) + 1
    db.add(row)
    db.flush()
    note_theme(db, actor, "theme_created", row)
    record(db, actor, "theme_created", "theme", row.id, plan=plan_id)
    return row


def change(db: Session, actor: Actor, theme_id: int, version: int, draft: Draft) -> None:
    """Write a theme anew. `version` is the one the person saw; raises `Conflict`, naming both, when somebody changed it since."""
    require(actor, Right.DECIDE_STRATEGY)
    row = _standing(db, actor, theme_id)
    draft = _checked(draft)
    if row.version != version:
        raise Conflict(
            Message(
                "“{theirs}”刚被别人修改过，您的改动没有覆盖它。现在：{now}；您填的：{yours}。",
                theirs=row.name,
                now=_said(row.name, row.owner, row.indicator, row.weight),
                yours=_said(draft.name, draft.owner, draft.indicator, draft.weight),
            )
        )
    before = theme_words(row)
    _write(row, draft)
    note_theme(db, actor, "theme_changed", row, before)
    record(db, actor, "theme_changed", "theme", theme_id)


def remove(db: Session, actor: Actor, theme_id: int) -> None:
    """Delete a theme: its findings become ungrouped, its links disappear. `restore` takes it back."""
    require(actor, Right.DECIDE_STRATEGY)
    row = _standing(db, actor, theme_id)
    before = theme_words(row)
    row.removed_at = now()
    note_theme(db, actor, "theme_removed", row, before)
    record(db, actor, "theme_removed", "theme", theme_id)


def restore(db: Session, actor: Actor, theme_id: int) -> None:
    """Take a deleted theme back, with those of its findings that went nowhere else and those of its links that still close no circle."""
    require(actor, Right.DECIDE_STRATEGY)
    row = repository.theme(db, theme_id)
    if row is None or row.removed_at is None:
        raise NotFound(THEME_GONE)
    plans.find(db, actor, row.plan_id)
    before = theme_words(row)
    let_back(db, row)
    note_theme(db, actor, "theme_restored", row, before)
    record(db, actor, "theme_restored", "theme", theme_id)


def weigh_to_hundred(db: Session, actor: Actor, plan_id: int, versions: Mapping[int, int]) -> None:
    """Bring the weights to 100 in their proportions. `versions` are those of the themes that the person saw; raises `Conflict`."""
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    rows = repository.themes(db, plan_id)
    if {row.id: row.version for row in rows} != dict(versions):
        raise Conflict(Message("主题刚被别人修改过，权重没有改动。请看过最新内容再归一。"))
    for row, weight in zip(rows, to_hundred([row.weight for row in rows]), strict=True):
        before = theme_words(row)
        row.weight = weight
        note_theme(db, actor, "weights_normalised", row, before)
    record(db, actor, "weights_normalised", "plan", plan_id)


def move(db: Session, actor: Actor, plan_id: int, came_from: Mapping[int, int | None], theme_id: int | None) -> int:
    """Put findings into a theme, or (None) out of all themes, where no suggestion touches them again; returns how many moved.

    `came_from` gives for each finding the theme in which the person saw it. Raises `Conflict` when one of them is elsewhere by now.
    """
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    if theme_id is not None and _standing(db, actor, theme_id).plan_id != plan_id:
        raise NotFound(THEME_GONE)
    standing = {row.id for row in repository.themes(db, plan_id)}
    known = {one.id for one in accepted(db, actor, plan_id)}
    placed = {row.finding_id: row for row in repository.members(db, came_from)}
    for finding_id, seen in came_from.items():
        if finding_id not in known:
            raise NotFound(Message("有一条发现已不在采纳之列，没有移动任何一条。"))
        row = placed.get(finding_id)
        if (row.theme_id if row is not None and row.theme_id in standing else None) != seen:
            raise Conflict(Message("有一条发现刚被别人移到别的主题，没有移动任何一条。请看过最新内容再移。"))
        before = place_words(row)
        if row is None:
            row = ThemeMember(finding_id=finding_id, reason=Reason.PERSON)
            db.add(row)
        row.theme_id, row.reason, row.score = theme_id, Reason.PERSON, None
        row.moved_by, row.moved_at = actor.account_id, now()
        note_place(db, actor, "findings_moved", plan_id, row, before)
    record(db, actor, "findings_moved", "theme", theme_id, count=len(came_from))
    return len(came_from)


def _is_set_aside(row: ThemeMember | None) -> bool:
    """Taken out by a person; or what a deleted theme was made of, which would bring the theme back."""
    return row is not None and (row.theme_id is None or row.reason in FOUNDING)


def _standing(db: Session, actor: Actor, theme_id: int) -> Theme:
    row = repository.theme(db, theme_id)
    if row is None or row.removed_at is not None:
        raise NotFound(THEME_GONE)
    plans.find(db, actor, row.plan_id)
    return row


def _checked(draft: Draft) -> Draft:
    texts = {field: " ".join(str(getattr(draft, field)).split()) for field in _TEXTS}
    if not texts["name"]:
        raise BadInput(Message("请填写主题名称。"))
    for field, most in _TEXTS.items():
        if len(texts[field]) > most:
            raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=texts[field][:12], most=most))
    if not 0 <= draft.weight <= 100:
        raise BadInput(Message("权重应在 0 到 100 之间。"))
    return replace(draft, name=texts["name"], owner=texts["owner"], indicator=texts["indicator"])


def _write(row: Theme, draft: Draft) -> None:
    if draft.name != row.name:
        row.named_by = ""
    row.name, row.perspective, row.layer = draft.name, draft.perspective, draft.layer
    row.lenses = [lens.value for lens in draft.lenses]
    row.owner, row.indicator, row.weight, row.position = draft.owner, draft.indicator, draft.weight, draft.position


def _said(name: str, owner: str, indicator: str, weight: float) -> str:
    return " / ".join([name, owner or "—", indicator or "—", f"{weight:g}"])
