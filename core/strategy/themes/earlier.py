"""An earlier year's themes, offered to a plan that accepted what they were made of, and taken over as one action.

With them come the confirmed links between them, and with the findings what the branch had made of HQ's clauses.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.documents import service as library
from core.documents.reading import headings_at
from core.errors import Conflict
from core.i18n import Message
from core.plans.tables import AnnualPlan
from core.storage import Session, now
from core.strategy import earlier
from core.strategy.locating import Text
from core.strategy.tables import FindingState
from core.strategy.themes import repository
from core.strategy.themes.causes import Pair, way_back
from core.strategy.themes.grouping import Reason
from core.strategy.themes.history import begin, note_place, note_version, place_words
from core.strategy.themes.linking import link
from core.strategy.themes.service import Draft, Overview, create, draft_of, overview
from core.strategy.themes.tables import Localisation, Theme, ThemeMember

ACTION = "themes_taken_over"


@dataclass(frozen=True)
class Placed:
    """A finding of this year and why its like was in the theme."""

    finding: int
    reason: Reason
    score: float | None


@dataclass(frozen=True)
class OfferedTheme:
    """An earlier theme as it would stand this year. `there` is this year's theme of that name, which the members would join."""

    id: int
    draft: Draft
    named_by: str
    there: int | None
    members: tuple[Placed, ...]


@dataclass(frozen=True)
class LeftOut:
    """An earlier theme that is not offered, and why."""

    name: str
    why: Message


@dataclass(frozen=True)
class OfferedLink:
    """That one earlier theme carries another, and what people wrote about it."""

    cause: int
    effect: int
    note: str


@dataclass(frozen=True)
class OfferedVersion:
    """A clause accepted this year, and the one of that year whose branch version it would get."""

    finding: int
    of: int
    version: int


@dataclass(frozen=True)
class Offer:
    """What a year's themes come to this year; `year` 0: no earlier year has any."""

    year: int = 0
    themes: tuple[OfferedTheme, ...] = ()
    links: tuple[OfferedLink, ...] = ()
    versions: tuple[OfferedVersion, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is anything to take over."""
        return bool(self.themes or self.versions)

    @property
    def findings(self) -> int:
        """How many findings would find a place."""
        return sum(len(one.members) for one in self.themes)

    @property
    def stamp(self) -> str:
        """What says whether it is still what a person saw."""
        return sha256(repr(self).encode()).hexdigest()


def offer(db: Session, actor: Actor, plan_id: int) -> Offer:
    """What the nearest earlier year that has themes offers to this year's accepted findings. Nothing else is looked at.

    Needs `DECIDE_STRATEGY`. Raises `NotFound`.
    """
    require(actor, Right.DECIDE_STRATEGY)
    for plan in earlier.years_before(db, actor, plan_id):
        themes = repository.themes(db, plan.id or 0)
        if themes:
            return _offer(db, actor, plan_id, plan, themes)
    return Offer()


def take_over(db: Session, actor: Actor, plan_id: int, stamp: str) -> Offer:
    """Make what the person saw offered true, as one action on the themes. Returns what was done; nothing the second time.

    Needs `DECIDE_STRATEGY`. Raises `Conflict` when it is not any more what the person saw: then nothing changes; `NotFound`.
    """
    wanted = offer(db, actor, plan_id)
    if not wanted.anything:
        return Offer()
    if wanted.stamp != stamp:
        raise Conflict(Message("这些主题或发现刚有变化，没有沿用。请看过新的预览再沿用。"))
    begin(db, actor, plan_id, ACTION)
    became = _themes(db, actor, plan_id, wanted)
    _links(db, actor, plan_id, [(became[one.cause], became[one.effect], one.note) for one in wanted.links])
    for one in wanted.versions:
        model = repository.localisation(db, one.of)
        if model is not None:
            row = _version(db, actor, plan_id, one.finding, model)
            db.add(row)
            note_version(db, actor, ACTION, row)
    counts = {"themes": len(wanted.themes), "findings": wanted.findings, "versions": len(wanted.versions)}
    record(db, actor, ACTION, "plan", plan_id, year=wanted.year, **counts)
    return wanted


def _offer(db: Session, actor: Actor, plan_id: int, plan: AnnualPlan, themes: Sequence[Theme]) -> Offer:
    seen = overview(db, actor, plan_id)
    mine = earlier.held(db, actor, plan_id, state=FindingState.ACCEPTED)
    then = earlier.held(db, actor, plan.id or 0, mine.families.values(), FindingState.ACCEPTED)
    here = {one.id: number for number, one in earlier.same(mine, then).items()}
    held = _members(db, plan, themes)
    offered, left_out = [], []
    for theme in themes:
        one = _theme(theme, held.get(theme.id or 0, []), here, seen)
        if isinstance(one, LeftOut):
            left_out.append(one)
        elif one is not None:
            offered.append(one)
    return Offer(plan.year, tuple(offered), _linked(db, plan, offered), _versions(db, plan_id, plan, here), tuple(left_out))


def _members(db: Session, plan: AnnualPlan, themes: Sequence[Theme]) -> dict[int, list[ThemeMember]]:
    held: dict[int, list[ThemeMember]] = {}
    for row in repository.members_of(db, [theme.id or 0 for theme in themes]):
        held.setdefault(row.theme_id or 0, []).append(row)
    return held


def _theme(theme: Theme, members: Sequence[ThemeMember], here: Mapping[int, int], seen: Overview) -> OfferedTheme | LeftOut | None:
    """What becomes of an earlier theme; None where this year has it already with all that it would get."""
    free = {one.id for one in seen.new}
    found = [(here[row.finding_id], row) for row in members if row.finding_id in here]
    placed = tuple(Placed(number, row.reason, row.score) for number, row in found if number in free)
    there = next((view.id for view in seen.themes if view.theme.name == theme.name), None)
    if placed:
        return OfferedTheme(theme.id or 0, replace(draft_of(theme), position=0), theme.named_by, there, placed)
    if there is not None:
        return None
    if not members:
        return LeftOut(theme.name, Message("当时没有发现归入它"))
    if not found:
        return LeftOut(theme.name, Message("它的 {n} 条发现，这份计划一条也没有采纳", n=len(members)))
    return LeftOut(theme.name, Message("它的发现已归入别的主题，或被人移出了主题"))


def _linked(db: Session, plan: AnnualPlan, offered: Collection[OfferedTheme]) -> tuple[OfferedLink, ...]:
    """The confirmed links between themes that are offered. Those between two that are there already are this year's matter."""
    names = {one.id for one in offered}
    new = {one.id for one in offered if one.there is None}
    return tuple(
        OfferedLink(row.cause_id, row.effect_id, row.note)
        for row in repository.links(db, plan.id or 0)
        if not row.suggested and {row.cause_id, row.effect_id} <= names and new & {row.cause_id, row.effect_id}
    )


def _versions(db: Session, plan_id: int, plan: AnnualPlan, here: Mapping[int, int]) -> tuple[OfferedVersion, ...]:
    written = {row.finding_id for row in repository.localisations(db, plan_id)}
    return tuple(
        OfferedVersion(here[row.finding_id], row.finding_id, row.version or 0)
        for row in repository.localisations(db, plan.id or 0)
        if row.text and row.finding_id in here and here[row.finding_id] not in written
    )


def _themes(db: Session, actor: Actor, plan_id: int, wanted: Offer) -> dict[int, int]:
    """This year's themes by those that they come from, each with its findings."""
    became: dict[int, int] = {}
    by_name: dict[str, int] = {}
    placed = {row.finding_id: row for row in repository.members(db, [one.finding for theme in wanted.themes for one in theme.members])}
    for theme in wanted.themes:
        number = theme.there or by_name.get(theme.draft.name)
        if number is None:
            number = create(db, actor, plan_id, theme.draft, made_by=theme.named_by).id or 0
        became[theme.id] = by_name[theme.draft.name] = number
        for one in theme.members:
            row = placed.get(one.finding)
            before = place_words(row)
            if row is None:
                row = ThemeMember(finding_id=one.finding, reason=one.reason)
                db.add(row)
            row.theme_id, row.reason, row.score = number, one.reason, one.score
            row.moved_by, row.moved_at = actor.account_id, now()
            note_place(db, actor, ACTION, plan_id, row, before)
    return became


def _links(db: Session, actor: Actor, plan_id: int, wanted: Sequence[tuple[int, int, str]]) -> None:
    """Draw the links, but for those that are there or would close a circle with this year's own."""
    present: set[Pair] = {(row.cause_id, row.effect_id) for row in repository.links(db, plan_id)}
    for cause, effect, note in wanted:
        if cause != effect and (cause, effect) not in present and not way_back(present, cause, effect):
            link(db, actor, plan_id, cause, effect, note)
            present.add((cause, effect))


def _version(db: Session, actor: Actor, plan_id: int, finding_id: int, model: Localisation) -> Localisation:
    """What the branch made of the clause; with the fact behind it where its document still holds the words and the person may read it."""
    row = Localisation(finding_id=finding_id, plan_id=plan_id, text=model.text, changed_by=actor.account_id, changed_at=now())
    document = model.fact_document_id
    parsed = library.text_of(db, actor, document) if document is not None and library.visible(db, actor, [document]) else None
    place = Text(parsed.text).find(model.fact_quote, model.fact_start) if parsed is not None else None
    if parsed is not None and place is not None:
        row.fact_document_id, (row.fact_start, row.fact_end) = document, place
        row.fact_page, row.fact_quote = parsed.page_at(place[0]).number, parsed.text[place[0] : place[1]]
        row.fact_heading = list(headings_at(parsed, place[0]))
    return row
