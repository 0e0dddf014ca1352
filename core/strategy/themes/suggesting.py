"""Suggested themes and links for a plan: what the rules or a model propose, and taking a proposal over.

Proposing computes without a transaction; taking over writes, and checks that what was proposed is still free.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.documents.tables import DocumentKind
from core.errors import NotFound
from core.i18n import Message
from core.plans import service as plans
from core.storage import Session, now
from core.strategy.findings import FindingKind
from core.strategy.themes import causes, grouping, repository
from core.strategy.themes.accepted import Accepted
from core.strategy.themes.advice import Link, Name
from core.strategy.themes.causes import Pair, Side, way_back
from core.strategy.themes.grouping import FOUNDING, Grouping
from core.strategy.themes.history import begin, note_link, note_place, place_words
from core.strategy.themes.outline import Detail, Item
from core.strategy.themes.service import LONGEST_NAME, THEME_GONE, Draft, Overview, ThemeView, change, create, draft_of, overview
from core.strategy.themes.tables import ThemeLink, ThemeMember

_MOST_WORDS = 40


@dataclass(frozen=True)
class TakenOver:
    """How many themes were made, and how many findings found a place."""

    themes: int
    findings: int


def propose(seen: Overview, *, again: bool = False, detail: Detail = Detail.CHAPTERS) -> Grouping:
    """Groups for the findings that are in no theme, as fine as `detail` says; `again` also for those that a person took out of theirs."""
    free = seen.ungrouped if again else seen.new
    held = {view.id: [member.finding.id for member in view.members] for view in seen.themes}
    items = [_item(member.finding) for view in seen.themes for member in view.members] + [_item(one) for one in free]
    return grouping.suggest(items, held=held, detail=detail)


def take_over(db: Session, actor: Actor, plan_id: int, proposal: Grouping, *, again: bool = False) -> TakenOver:
    """Make the proposal true. Findings that have found a place since stay there, and no theme of a person is changed."""
    require(actor, Right.DECIDE_STRATEGY)
    seen = overview(db, actor, plan_id)
    free = {one.id for one in (seen.ungrouped if again else seen.new)}
    placed = {row.finding_id: row for row in repository.members(db, free)}
    themes = findings = 0
    for group in proposal.groups:
        members = [one for one in group.members if one.item_id in free]
        theme_id = group.theme_id
        if not members or (theme_id is not None and seen.find(theme_id) is None):
            continue
        if theme_id is None:
            if members[0].reason not in FOUNDING:
                continue
            begin(db, actor, plan_id, "themes_suggested")
            theme_id = create(db, actor, plan_id, Draft(group.name[:LONGEST_NAME], group.perspective), made_by=grouping.RULE).id
            themes += 1
        for one in members:
            row = placed.get(one.item_id)
            before = place_words(row)
            if row is None:
                row = ThemeMember(finding_id=one.item_id, reason=one.reason)
                db.add(row)
            row.theme_id, row.reason, row.score = theme_id, one.reason, one.score
            row.moved_by, row.moved_at = None, now()
            note_place(db, actor, "themes_suggested", plan_id, row, before)
        findings += len(members)
    record(db, actor, "themes_suggested", "plan", plan_id, themes=themes, findings=findings)
    return TakenOver(themes, findings)


def suggest_links(db: Session, actor: Actor, plan_id: int) -> int:
    """Add the links that the findings speak for, as suggestions, where none is; returns how many."""
    require(actor, Right.DECIDE_STRATEGY)
    seen = overview(db, actor, plan_id)
    found = causes.suggest_links([_side(view) for view in seen.themes], pairs(db, actor, plan_id))
    links = [ThemeLink(plan_id=plan_id, cause_id=one.cause, effect_id=one.effect, why=_why(one).to_json()) for one in found]
    return _suggest(db, actor, plan_id, links, causes.RULE)


def take_links(db: Session, actor: Actor, plan_id: int, advised: Sequence[Link]) -> int:
    """Add the links that a model advises, as suggestions, where none has come in between; returns how many."""
    require(actor, Right.DECIDE_STRATEGY)
    standing = {view.id for view in overview(db, actor, plan_id).themes}
    links = [
        ThemeLink(plan_id=plan_id, cause_id=one.cause, effect_id=one.effect, why=_models_why(one).to_json())
        for one in advised
        if {one.cause, one.effect} <= standing
    ]
    return _suggest(db, actor, plan_id, links, advised[0].made_by if advised else "")


def take_names(db: Session, actor: Actor, plan_id: int, names: Sequence[Name]) -> int:
    """Give themes the names that a person chose from a model's advice; returns how many. Raises `Conflict`, `NotFound`."""
    require(actor, Right.DECIDE_STRATEGY)
    seen = overview(db, actor, plan_id)
    for one in names:
        view = seen.find(one.theme_id)
        if view is None:
            raise NotFound(THEME_GONE)
        change(db, actor, one.theme_id, one.version, replace(draft_of(view.theme), name=one.name))
    return len(names)


def pairs(db: Session, actor: Actor, plan_id: int) -> list[Pair]:
    """The links that there are, suggested ones and those of deleted themes included: none of them is to be suggested again."""
    plans.find(db, actor, plan_id)
    return [(link.cause_id, link.effect_id) for link in repository.links(db, plan_id)]


def _suggest(db: Session, actor: Actor, plan_id: int, links: Sequence[ThemeLink], made_by: str) -> int:
    present = set(pairs(db, actor, plan_id))
    added = 0
    for link in links:
        pair = (link.cause_id, link.effect_id)
        if pair in present or way_back(present, *pair):
            continue
        present.add(pair)
        link.suggested, link.made_by = True, made_by
        db.add(link)
        note_link(db, actor, "links_suggested", link, None)
        added += 1
    record(db, actor, "links_suggested", "plan", plan_id, links=added)
    return added


def _models_why(link: Link) -> Message:
    if link.why:
        return Message("模型 {model}：{why}", model=link.model, why=link.why)
    return Message("模型 {model} 认为前者支撑后者", model=link.model)


def _why(link: causes.SuggestedLink) -> Message:
    if link.metrics:
        return Message("都衡量“{metrics}”", metrics=" / ".join(link.metrics))
    return Message("用词相近 {score}", score=f"{link.likeness:.2f}")


def _item(one: Accepted) -> Item:
    leading = one.document_kind is DocumentKind.HQ
    return Item(one.id, one.document_id, one.start, one.kind, one.text, one.heading, one.perspective, leading)


def _side(view: ThemeView) -> Side:
    texts = [view.theme.name, view.theme.indicator, *(member.finding.text for member in view.members[:_MOST_WORDS])]
    metrics = {member.finding.metric for member in view.members if member.finding.kind is FindingKind.TARGET and member.finding.metric}
    return Side(view.id, view.theme.perspective, " ".join(texts), frozenset(metrics))
