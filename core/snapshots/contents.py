"""What each page holds that can be kept: read as a guest of its link reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from core.access.actor import Actor
from core.documents import service as library
from core.review.executive import service as executive
from core.review.executive.service import Executive
from core.review.levels import service as levels
from core.review.levels.service import Levels
from core.review.results import service as results
from core.review.results.service import Point
from core.storage import Session
from core.strategy.readiness import service as readiness
from core.strategy.readiness.service import Assessment
from core.strategy.readiness.tables import ReadinessRound, ReadinessTaken
from core.strategy.themes import service as themes
from core.strategy.themes.accepted import Accepted
from core.strategy.themes.service import Overview


@dataclass(frozen=True)
class MapContent:
    """What the page of themes shows."""

    seen: Overview
    assessment: Assessment


@dataclass(frozen=True)
class LevelsContent:
    """What the page of the four levels shows: of the plan, of each project and theme, and the months of each measure with results."""

    whole: Levels
    projects: Mapping[int, Levels]
    themes: Mapping[int, Levels]
    months: Mapping[int, tuple[Point, ...]]


Content = MapContent | LevelsContent | Executive


def map_content(db: Session, guest: Actor, plan_id: int) -> MapContent:
    """What a guest reads of the themes now, without who opened rounds and took what."""
    return MapContent(themes.overview(db, guest, plan_id), _unsigned(readiness.assessment(db, guest, plan_id)))


def levels_content(db: Session, guest: Actor, plan_id: int) -> LevelsContent:
    """What a guest reads of the four levels now."""
    whole = levels.overview(db, guest, plan_id)
    measured = [line.measure.id for one in whole.levels for line in one.lines if line.actual.attendances]
    by_project, by_theme = levels.parts(db, guest, plan_id)
    return LevelsContent(
        whole=whole,
        projects=by_project,
        themes=by_theme,
        months={one: tuple(results.series(db, guest, one)) for one in measured},
    )


def executive_content(db: Session, guest: Actor, plan_id: int) -> Executive:
    """What a guest reads of the year now."""
    return executive.overview(db, guest, plan_id)


def documents_of(content: Content) -> list[int]:
    """The documents whose words stand in a content."""
    return sorted({one.document_id for one in _findings(content.seen)}) if isinstance(content, MapContent) else []


def still_open(db: Session, guest: Actor, content: MapContent) -> MapContent:
    """The content without the words of documents that were removed, or closed to guests, since."""
    seen = content.seen
    open_now = library.visible(db, guest, documents_of(content))
    views = [replace(view, members=tuple(one for one in view.members if one.finding.document_id in open_now)) for view in seen.themes]
    ungrouped = tuple(one for one in seen.ungrouped if one.document_id in open_now)
    return replace(content, seen=replace(seen, themes=tuple(views), ungrouped=ungrouped))


def _findings(seen: Overview) -> Iterable[Accepted]:
    yield from seen.ungrouped
    for view in seen.themes:
        yield from (one.finding for one in view.members)


def _unsigned(found: Assessment) -> Assessment:
    rounds = tuple(replace(one, row=ReadinessRound(**{**one.row.model_dump(), "opened_by": ""})) for one in found.rounds)
    taken = tuple(replace(one, row=ReadinessTaken(**{**one.row.model_dump(), "taken_by": ""})) for one in found.taken)
    return replace(found, rounds=rounds, taken=taken)
