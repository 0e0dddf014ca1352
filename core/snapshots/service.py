"""Links to a page as it is now: what it shows is kept when the link is made, and is all that the link shows.

What the pages read comes through here: `link` is the link by which a guest reads, None for whoever is signed in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, NotFound
from core.i18n import Message
from core.people.gates import HIDE
from core.review.executive import service as executive_now
from core.review.executive.service import Executive
from core.review.levels import service as levels_now
from core.review.levels.service import Levels
from core.review.results import service as results_now
from core.review.results.service import Point
from core.shares import service as shares
from core.shares.terms import SHARED_PAGE_NAMES, SharedPage
from core.snapshots import contents, repository
from core.snapshots.contents import Content, LevelsContent, MapContent
from core.snapshots.plain import freeze, thaw
from core.snapshots.tables import ShareSnapshot
from core.snapshots.together import TOGETHER
from core.storage import Session

Kept = TypeVar("Kept", MapContent, LevelsContent, Executive)

CONTENTS: dict[SharedPage, Callable[[Session, Actor, int], Content]] = {
    SharedPage.STRATEGY_MAP: contents.map_content,
    SharedPage.LEVELS: contents.levels_content,
    SharedPage.EXECUTIVE: contents.executive_content,
}
"""The pages that can be kept as they are."""

_GONE = Message("这个链接定格的内容已经不在了：它引用的文件已被删除，或系统升级后不能再显示。请向发给您的人要一个新的链接。")

_NOT_KEPT = Message("“{page}”还不能定格，只能显示打开时的内容。能定格的是战略主题与地图、柯氏四级和一页看全年。")


@dataclass(frozen=True)
class Wanted:
    """A link that is wanted. `as_of_now`: it shows its page as it is now, whatever comes later."""

    page: SharedPage
    days: int
    password: str = ""
    note: str = ""
    as_of_now: bool = False


def create(db: Session, actor: Actor, plan_id: int, wanted: Wanted) -> str:
    """Make a link, with the content of its page where that is to stay as it is. Returns its token, never to be had again.

    Needs `SHARE_PAGES`. Raises `BadInput` for a page that cannot be kept and as `core.shares.service.create` does, `NotFound`.
    """
    if wanted.as_of_now and wanted.page not in CONTENTS:
        raise BadInput(Message(_NOT_KEPT.text, page=SHARED_PAGE_NAMES[wanted.page]))
    token = shares.create(db, actor, plan_id, wanted.page, days=wanted.days, password=wanted.password, note=wanted.note)
    row = shares.link_of(db, token)
    if wanted.as_of_now and row is not None and row.id is not None:
        content = CONTENTS[wanted.page](db, shares.visitor(), plan_id)
        kept = ShareSnapshot(link_id=row.id, gate=HIDE, documents=contents.documents_of(content), content=freeze(content))
        db.add(kept)
        record(db, actor, "share_snapshot_taken", "share_link", row.id, page=wanted.page.value, plan=plan_id)
    return token


def taken(db: Session, actor: Actor) -> dict[int, datetime]:
    """When the pages of links were kept, by link. Needs `SHARE_PAGES`."""
    require(actor, Right.SHARE_PAGES)
    return repository.taken(db)


def taken_at(db: Session, link_id: int) -> datetime | None:
    """When the page of a link was kept; None where it shows what there is when it is opened."""
    return repository.taken_at(db, link_id)


def strategy_map(db: Session, actor: Actor, plan_id: int, link: int | None) -> MapContent:
    """What the page of themes shows this reader. Raises `NotFound`."""
    kept = _kept(db, link, MapContent)
    if kept is not None:
        return contents.still_open(db, actor, kept)
    return contents.map_content(db, actor, plan_id)


def levels(db: Session, actor: Actor, plan_id: int, link: int | None, *, project: int | None = None, theme: int | None = None) -> Levels:
    """What the page of the four levels shows this reader of the plan, a project or a theme. Needs `SEE_REVIEW`. Raises `NotFound`."""
    require(actor, Right.SEE_REVIEW)
    kept = _kept(db, link, LevelsContent)
    if kept is None:
        return levels_now.overview(db, actor, plan_id, project_id=project, theme_id=theme)
    if project is not None:
        return kept.projects.get(project, kept.whole)
    return kept.themes.get(theme, kept.whole) if theme is not None else kept.whole


def months(db: Session, actor: Actor, measure_id: int, link: int | None) -> Sequence[Point]:
    """A measure month by month, as this reader is shown it. Needs `SEE_REVIEW`. Raises `NotFound`."""
    require(actor, Right.SEE_REVIEW)
    kept = _kept(db, link, LevelsContent)
    return results_now.series(db, actor, measure_id) if kept is None else kept.months.get(measure_id, ())


def executive(db: Session, actor: Actor, plan_id: int, link: int | None) -> Executive:
    """What the page of the year shows this reader. Needs `SEE_REVIEW`. Raises `NotFound`."""
    require(actor, Right.SEE_REVIEW)
    kept = _kept(db, link, Executive)
    if kept is not None:
        return kept
    if link is None:
        return executive_now.overview(db, actor, plan_id)
    return TOGETHER.of((str(db.get_bind().engine.url), plan_id), lambda: executive_now.overview(db, actor, plan_id))


def forget_document(db: Session, document_id: int) -> None:
    """A document is about to be deleted for good: what holds its words goes whole, for names and reasons may be made of them too."""
    for row in repository.quoting(db, document_id):
        row.content, row.documents = None, []


def forget_closed(db: Session) -> int:
    """Give up what is kept for links that open nothing any more (housekeeping). Returns how many."""
    closed = shares.closed(db, repository.full(db))
    for link_id in closed:
        row = repository.snapshot(db, link_id)
        if row is not None:
            row.content, row.documents = None, []
    return len(closed)


def _kept(db: Session, link: int | None, kind: type[Kept]) -> Kept | None:
    """What a link kept; None where it kept nothing and shows what there is now.

    Never what there is now in place of what was kept: what went, does not fit this version, or was given by a weaker gate, is refused.
    """
    row = repository.snapshot(db, link) if link is not None else None
    if row is None:
        return None
    if row.content is None or row.gate < HIDE:
        raise NotFound(_GONE)
    try:
        return thaw(kind, row.content)
    except ValueError as failure:
        raise NotFound(_GONE) from failure
