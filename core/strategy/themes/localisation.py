"""HQ's clauses made the branch's own: its version of each, and the branch fact that justifies the difference.

The method forbids teaching HQ's standard slides and calling it done: a theme on which the branch says nothing of its own is flagged.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.documents import service as library
from core.documents.answers.sentences import units
from core.documents.index import Index
from core.documents.reading import headings_at
from core.documents.search import search
from core.documents.tables import Document, DocumentKind, IndexState
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.plans import service as plans
from core.storage import Session, now
from core.strategy.localising import is_verbatim
from core.strategy.themes import repository
from core.strategy.themes.accepted import Accepted, accepted
from core.strategy.themes.likeness import Likeness
from core.strategy.themes.service import ThemeView, overview
from core.strategy.themes.tables import Localisation

# Where a branch speaks of itself. Everything else is HQ's.
BRANCH_KINDS = (DocumentKind.BRANCH, DocumentKind.INTERVIEW)
LONGEST_VERSION = 2000


class Lack(StrEnum):
    """What keeps a clause, or a whole theme, from being localised; the later one is the smaller lack."""

    NO_VERSION = "no_version"
    VERBATIM = "verbatim"
    NO_FACT = "no_fact"


LACK_NAMES = {
    Lack.NO_VERSION: Message("没有分行版本"),
    Lack.VERBATIM: Message("与总行原文一字不差"),
    Lack.NO_FACT: Message("没有分行事实支撑"),
}


@dataclass(frozen=True)
class Fact:
    """The branch's own words: `quote` is the text of the document from `start` to `end`."""

    document_id: int
    title: str
    sample: bool
    page: int
    heading: tuple[str, ...]
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Clause:
    """An HQ clause with what the branch made of it.

    `version` is None until somebody wrote; `hidden`: there is a fact, but this reader may not see its document.
    """

    finding: Accepted
    text: str
    fact: Fact | None
    hidden: bool
    version: int | None
    lack: Lack | None


@dataclass(frozen=True)
class LocalTheme:
    """A theme with its HQ clauses. `lack` None: localised, or the branch's own theme in which HQ has no clause."""

    view: ThemeView
    clauses: tuple[Clause, ...]
    lack: Lack | None


def local_themes(db: Session, actor: Actor, plan_id: int) -> tuple[LocalTheme, ...]:
    """The plan's themes with their HQ clauses and what was made of them. Raises `NotFound`."""
    seen = overview(db, actor, plan_id)
    rows = {row.finding_id: row for row in repository.localisations(db, plan_id)}
    cited = {row.fact_document_id for row in rows.values() if row.fact_document_id is not None}
    documents = {document_id: library.find(db, actor, document_id) for document_id in library.visible(db, actor, cited)}
    found = []
    for view in seen.themes:
        clauses = tuple(_clause(one.finding, rows.get(one.finding.id), documents) for one in view.members if _is_hq(one.finding))
        found.append(LocalTheme(view, clauses, _lack_of(view, clauses)))
    return tuple(found)


def unlocalised(db: Session, actor: Actor, plan_id: int) -> dict[int, Lack]:
    """The themes on which a project would only repeat HQ's standard, each with the reason; for the steps that build on themes."""
    return {one.view.id: one.lack for one in local_themes(db, actor, plan_id) if one.lack is not None}


def write(db: Session, actor: Actor, plan_id: int, finding_id: int, version: int | None, text: str) -> None:
    """Keep the branch's version of a clause. `version` is the one the person saw, None for the first.

    Raises `Conflict`, naming the other version, when somebody wrote in the meantime.
    """
    require(actor, Right.DECIDE_STRATEGY)
    if len(text) > LONGEST_VERSION:
        raise BadInput(Message("分行版本最多 {most} 个字。", most=LONGEST_VERSION))
    row = _row(db, actor, plan_id, finding_id, version)
    row.text = text.strip()
    record(db, actor, "clause_localised", "finding", finding_id)


def justify(db: Session, actor: Actor, plan_id: int, finding_id: int, version: int | None, place: tuple[int, int, int] | None) -> None:
    """Let a passage (document, start, end) of a branch document justify the branch's version; None takes the fact away again.

    The quote is read from the document, so that it is verbatim whatever the caller held.
    """
    require(actor, Right.DECIDE_STRATEGY)
    row = _row(db, actor, plan_id, finding_id, version)
    record(db, actor, "clause_justified", "finding", finding_id, document=place[0] if place else None)
    if place is None:
        row.fact_document_id, row.fact_quote, row.fact_heading = None, "", []
        row.fact_start = row.fact_end = row.fact_page = 0
        return
    document_id, start, end = place
    opened = library.open_document(db, actor, document_id)
    if opened.document.kind not in BRANCH_KINDS:
        raise BadInput(Message("分行事实要出自分行文件或访谈，《{title}》不是。", title=opened.document.title))
    if opened.parsed is None or not 0 <= start < end <= len(opened.parsed.text) or not opened.parsed.text[start:end].strip():
        raise BadInput(Message("《{title}》的文本已经更新，请重新查找这条事实。", title=opened.document.title))
    row.fact_document_id, row.fact_start, row.fact_end = document_id, start, end
    row.fact_page = opened.parsed.page_at(start).number
    row.fact_heading = list(headings_at(opened.parsed, start))
    row.fact_quote = opened.parsed.text[start:end]


def facts(db: Session, index: Index, actor: Actor, question: str, count: int = 6) -> list[Fact]:
    """What the branch's documents say about `question`: of each of the best passages the sentence that comes closest, best first."""
    require(actor, Right.READ_LIBRARY)
    own = [
        entry.document
        for entry in library.entries(db, actor)
        if entry.document.kind in BRANCH_KINDS and entry.document.current and entry.document.state is IndexState.READY
    ]
    by_id = {document.id or 0: document for document in own}
    found = []
    for hit in search(db, index, actor, question, count, chosen=list(by_id)) if by_id else []:
        opened = library.open_document(db, actor, hit.document_id)
        sentences = units(hit, opened.parsed) if opened.parsed is not None else []
        if not sentences:
            continue
        likeness = Likeness([question, *(one.text for one in sentences)])
        best = max(range(len(sentences)), key=lambda i: (likeness.between(0, i + 1), -i))
        one = sentences[best]
        document = by_id[hit.document_id]
        page = opened.parsed.page_at(one.start).number if opened.parsed is not None else hit.page
        found.append(Fact(hit.document_id, document.title, document.sample, page, hit.heading, one.start, one.end, one.text))
    return found


def _row(db: Session, actor: Actor, plan_id: int, finding_id: int, version: int | None) -> Localisation:
    plans.find(db, actor, plan_id)
    if not any(_is_hq(one) for one in accepted(db, actor, plan_id, [finding_id])):
        raise NotFound(Message("这一条已不在采纳的总行条款之列。"))
    row = repository.localisation(db, finding_id)
    if row is None:
        row = Localisation(finding_id=finding_id, plan_id=plan_id)
        db.add(row)
    elif row.version != version:
        raise Conflict(Message("这一条刚被别人改过，您的改动没有保存。现在的分行版本：{theirs}", theirs=row.text or "—"))
    row.changed_by, row.changed_at = actor.account_id, now()
    return row


def _is_hq(one: Accepted) -> bool:
    return one.document_kind not in BRANCH_KINDS


def _clause(finding: Accepted, row: Localisation | None, documents: dict[int, Document]) -> Clause:
    if row is None:
        return Clause(finding, "", None, False, None, Lack.NO_VERSION)
    document = documents.get(row.fact_document_id or 0)
    fact = None
    if document is not None:
        heading = tuple(row.fact_heading)
        fact = Fact(document.id or 0, document.title, document.sample, row.fact_page, heading, row.fact_start, row.fact_end, row.fact_quote)
    hidden = row.fact_document_id is not None and fact is None
    return Clause(finding, row.text, fact, hidden, row.version, _lack(finding, row))


def _lack(finding: Accepted, row: Localisation) -> Lack | None:
    if not row.text:
        return Lack.NO_VERSION
    if is_verbatim(finding.quote, row.text) or is_verbatim(finding.text, row.text):
        return Lack.VERBATIM
    return Lack.NO_FACT if row.fact_document_id is None else None


def _lack_of(view: ThemeView, clauses: tuple[Clause, ...]) -> Lack | None:
    """One clause that is truly localised makes the theme the branch's own; otherwise the smallest lack says what comes next."""
    if not clauses:
        return None if view.members else Lack.NO_VERSION
    lacks = [clause.lack for clause in clauses]
    return None if None in lacks else max((lack for lack in lacks if lack is not None), key=list(Lack).index)
