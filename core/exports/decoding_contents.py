"""What the chapter on decoding holds: what was accepted in a plan, and what was counted. What is pending gets in as a number only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.access.actor import Actor
from core.documents import service as library
from core.documents.tables import Document
from core.plans import service as plans
from core.plans.tables import AnnualPlan
from core.storage import Session
from core.strategy import decoding_job, review
from core.strategy.conflicts import Disagreement, disagreements
from core.strategy.findings import FindingKind
from core.strategy.focus import service as focus
from core.strategy.focus.priority import Ranked, Weights, rank
from core.strategy.focus.tables import FocusRow
from core.strategy.review import Wanted
from core.strategy.tables import FindingRow, FindingState
from core.strategy.themes import localisation
from core.strategy.themes import service as themes
from core.strategy.themes.localisation import LocalTheme
from core.strategy.themes.service import Overview

Counts = Mapping[FindingState, int]

_ALL = 100_000


@dataclass(frozen=True)
class SourceRead:
    """A document that was decoded for the plan, and how many of its findings are in which state."""

    document: Document
    counts: Counts


@dataclass(frozen=True)
class Contents:
    """The chapter's matter. `rows` are the accepted findings by id; `also` the findings merged into each of them,
    `documents` those that either stand in, and those of the branch's facts.

    `conflicts` are among accepted targets alone. `focus` holds the rows in their order, those that nobody judged left out.
    """

    plan: AnnualPlan
    sources: tuple[SourceRead, ...]
    counts: Counts
    seen: Overview
    rows: Mapping[int, FindingRow]
    also: Mapping[int, tuple[FindingRow, ...]]
    documents: Mapping[int, Document]
    local: tuple[LocalTheme, ...]
    conflicts: tuple[Disagreement, ...]
    focus: tuple[tuple[FocusRow, Ranked], ...]
    weights: Weights

    def accepted(self, kind: FindingKind) -> int:
        """How many accepted findings there are of a kind."""
        return sum(row.kind is kind for row in self.rows.values())

    def number(self, *states: FindingState) -> int:
        """How many findings are in one of these states."""
        return sum(self.counts.get(state, 0) for state in states)


def gather(db: Session, actor: Actor, plan_id: int) -> Contents:
    """The chapter's matter, as far as the actor may see the documents behind it. Raises `NotFound`."""
    plan = plans.find(db, actor, plan_id)
    accepted = review.board(db, actor, plan_id, Wanted(states=(FindingState.ACCEPTED,)), 0, _ALL)
    merged = review.board(db, actor, plan_id, Wanted(states=(FindingState.MERGED,)), 0, _ALL)
    also: dict[int, list[FindingRow]] = {}
    for row in merged.rows:
        also.setdefault(row.merged_into or 0, []).append(row)
    weights, _ = focus.weights(db, actor, plan_id)
    judged = {row.id or 0: row for row in focus.rows(db, actor, plan_id)}
    targets = [row for row in accepted.rows if row.kind is FindingKind.TARGET]
    local = localisation.local_themes(db, actor, plan_id)
    cited = {clause.fact.document_id for one in local for clause in one.clauses if clause.fact is not None}
    return Contents(
        plan=plan,
        sources=_sources(db, actor, plan_id, accepted.documents),
        counts=accepted.counts,
        seen=themes.overview(db, actor, plan_id),
        rows={row.id or 0: row for row in accepted.rows},
        also={into: tuple(rows) for into, rows in also.items()},
        documents={**accepted.documents, **{one: library.find(db, actor, one) for one in cited}},
        local=local,
        conflicts=tuple(disagreements(targets, accepted.documents)),
        focus=tuple((judged[one.candidate.id], one) for one in rank([focus.candidate(row) for row in judged.values()], weights)),
        weights=weights,
    )


def _sources(db: Session, actor: Actor, plan_id: int, documents: Mapping[int, Document]) -> tuple[SourceRead, ...]:
    """The decoded documents, also those in which nothing was found, in the order in which they came into the library."""
    decoded = {one.id: one.document for one in decoding_job.sources(db, actor, plan_id) if one.decoded is not None}
    found = []
    for document_id, document in sorted({**documents, **decoded}.items()):
        counts = review.board(db, actor, plan_id, Wanted(document=document_id), count=1).counts if document_id in documents else {}
        found.append(SourceRead(document, counts))
    return tuple(found)
