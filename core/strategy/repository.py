"""Queries on findings. The document ids that the actor may see come with every query: what nobody may see is never read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.documents.tables import Document
from core.strategy.findings import FindingKind
from core.strategy.tables import DecodedDocument, FindingRow, FindingState, ReviewAction, ReviewChange, SameMatter


@dataclass(frozen=True)
class Filter:
    """Which findings to show; None or empty means all. `documents` are those that the actor may see, or some of them.

    What was merged into a finding of a document that is in the bin counts as pending: nothing else would show it to anybody.
    """

    documents: tuple[int, ...]
    kinds: tuple[FindingKind, ...] = ()
    states: tuple[FindingState, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Outline:
    """What a finding is known by and what was decided about it, without its own words. `kind`, `quote`, `metric`: as decoding found them.

    `part` is what it is a part of or was changed from, where a person has parted or changed it.
    """

    id: int
    version: int
    document_id: int
    kind: FindingKind
    quote: str
    metric: str
    part: tuple[int, str] | None
    state: FindingState
    edited: bool
    merged_into: int | None
    decided_by: int | None


def _chosen(plan_id: int, wanted: Filter) -> list[sa.ColumnElement[bool]]:
    chosen = [col(FindingRow.plan_id) == plan_id, col(FindingRow.document_id).in_(wanted.documents)]
    if wanted.kinds:
        chosen.append(col(FindingRow.kind).in_(wanted.kinds))
    if wanted.states:
        chosen.append(_in_states(plan_id, wanted.states))
    for word in wanted.words.split():
        like = f"%{word.replace('/', '//').replace('%', '/%').replace('_', '/_')}%"
        chosen.append(sa.or_(col(FindingRow.text).ilike(like, escape="/"), col(FindingRow.quote).ilike(like, escape="/")))
    return chosen


def _in_states(plan_id: int, states: Collection[FindingState]) -> sa.ColumnElement[bool]:
    in_them = col(FindingRow.state).in_(states)
    if (FindingState.PENDING in states) is (FindingState.MERGED in states):
        return in_them
    left_alone = _left_alone(plan_id)
    return sa.or_(in_them, left_alone) if FindingState.PENDING in states else sa.and_(in_them, sa.not_(left_alone))


def _left_alone(plan_id: int) -> sa.ColumnElement[bool]:
    """That a finding was merged into one whose document is in the bin."""
    binned = select(FindingRow.id).join(Document, col(Document.id) == col(FindingRow.document_id))
    gone = binned.where(FindingRow.plan_id == plan_id, col(Document.removed_at).is_not(None)).correlate(None)
    merged = col(FindingRow.merged_into)
    return sa.and_(col(FindingRow.state) == FindingState.MERGED, merged.is_not(None), merged.in_(gone))


# Reading order.
_ORDER = (col(FindingRow.document_id), col(FindingRow.start), col(FindingRow.end), col(FindingRow.id))


def page(db: Session, plan_id: int, wanted: Filter, first: int, count: int) -> list[FindingRow]:
    """`count` findings from number `first` (from 0) on, in reading order."""
    return list(db.exec(select(FindingRow).where(*_chosen(plan_id, wanted)).order_by(*_ORDER).offset(first).limit(count)))


def before(db: Session, plan_id: int, wanted: Filter, row: FindingRow) -> int:
    """How many of the findings come before this one in reading order."""
    place = sa.tuple_(*(sa.literal(value) for value in (row.document_id, row.start, row.end, row.id)))
    return db.exec(select(sa.func.count()).select_from(FindingRow).where(*_chosen(plan_id, wanted), sa.tuple_(*_ORDER) < place)).one()


def outlines(db: Session, plan_id: int, documents: Collection[int], state: FindingState | None = None) -> list[Outline]:
    """The findings of a plan in these documents in reading order, of every state or of this one: many are looked at, few are changed."""
    columns = select(  # type: ignore[call-overload, misc]
        FindingRow.id,
        FindingRow.version,
        FindingRow.document_id,
        FindingRow.kind,
        FindingRow.quote,
        FindingRow.metric,
        FindingRow.found,
        FindingRow.state,
        FindingRow.edited,
        FindingRow.merged_into,
        FindingRow.decided_by,
    )
    chosen = columns.where(FindingRow.plan_id == plan_id, col(FindingRow.document_id).in_(documents))
    chosen = chosen.where(FindingRow.state == state) if state is not None else chosen
    return [_outline(*values) for values in db.exec(chosen.order_by(*_ORDER))]


def _outline(
    number: int, version: int, document: int, kind: FindingKind, quote: str, metric: str, found: dict[str, Any] | None, *decided: Any
) -> Outline:
    if found is None:
        return Outline(number, version, document, kind, quote, metric, None, *decided)
    part = (found["row"], found["quote"])
    return Outline(number, version, document, FindingKind(found["kind"]), found["quote"], found["metric"], part, *decided)


def versions(db: Session, plan_id: int, wanted: Filter) -> dict[int, int]:
    """The versions of the findings, by id."""
    chosen = select(FindingRow.id, FindingRow.version).where(*_chosen(plan_id, wanted))
    return {number or 0: version or 0 for number, version in db.exec(chosen)}


def count(db: Session, plan_id: int, wanted: Filter) -> int:
    """How many findings there are."""
    return db.exec(select(sa.func.count()).select_from(FindingRow).where(*_chosen(plan_id, wanted))).one()


def by_state(db: Session, plan_id: int, wanted: Filter) -> dict[FindingState, int]:
    """How many findings there are of each state."""
    counted = select(FindingRow.state, sa.func.count()).where(*_chosen(plan_id, wanted)).group_by(col(FindingRow.state))
    found = {FindingState(state): number for state, number in db.exec(counted)}
    if FindingState.MERGED in found:
        left_alone = select(sa.func.count()).select_from(FindingRow).where(*_chosen(plan_id, wanted), _left_alone(plan_id))
        if number := db.exec(left_alone).one():
            found[FindingState.PENDING] = found.get(FindingState.PENDING, 0) + number
            found[FindingState.MERGED] -= number
    return found


def findings(db: Session, plan_id: int, only: Collection[int] | None = None) -> list[FindingRow]:
    """The accepted findings of a plan in reading order, of those named by `only` where it is given: all that may flow on."""
    chosen = select(FindingRow).where(FindingRow.plan_id == plan_id, FindingRow.state == FindingState.ACCEPTED)
    if only is not None:
        chosen = chosen.where(col(FindingRow.id).in_(only))
    return list(db.exec(chosen.order_by(col(FindingRow.document_id), col(FindingRow.start), col(FindingRow.id))))


def anywhere_in(db: Session, document_id: int) -> list[FindingRow]:
    """All findings in a document, of every plan and state; for what is to be deleted with it."""
    return list(db.exec(select(FindingRow).where(FindingRow.document_id == document_id)))


def numbered(db: Session, ids: Collection[int]) -> dict[int, FindingRow]:
    """These findings, of whatever plan, by id; the caller knows that the person may see their documents."""
    return {row.id or 0: row for row in db.exec(select(FindingRow).where(col(FindingRow.id).in_(ids)))}


def deadlines(db: Session, ids: Collection[int]) -> dict[int, str]:
    """By when these findings, of whatever plan, are to be reached; those that say nothing of it are missing."""
    measured = db.exec(select(FindingRow.id, FindingRow.measure).where(col(FindingRow.id).in_(ids), FindingRow.kind == FindingKind.TARGET))
    return {number or 0: measure["deadline"] for number, measure in measured if measure and measure["deadline"]}


def documents_of(db: Session, ids: Collection[int]) -> dict[int, int]:
    """Which document each of these findings is in, whatever was decided about it. Their words are not read."""
    chosen = select(col(FindingRow.id), FindingRow.document_id).where(col(FindingRow.id).in_(ids))
    return {number: document for number, document in db.exec(chosen) if number is not None}


def of_document(db: Session, plan_id: int, document_ids: Sequence[int]) -> list[FindingRow]:
    """All findings of a plan in these documents."""
    return list(db.exec(select(FindingRow).where(FindingRow.plan_id == plan_id, col(FindingRow.document_id).in_(document_ids))))


def some(db: Session, plan_id: int, ids: Collection[int], documents: Collection[int]) -> list[FindingRow]:
    """Those of the findings `ids` that are in `documents`, in reading order."""
    chosen = select(FindingRow).where(
        FindingRow.plan_id == plan_id, col(FindingRow.id).in_(ids), col(FindingRow.document_id).in_(documents)
    )
    return list(db.exec(chosen.order_by(col(FindingRow.document_id), col(FindingRow.start), col(FindingRow.id))))


def wherever(db: Session, plan_id: int, ids: Collection[int]) -> list[FindingRow]:
    """The findings `ids` in reading order, also those whose document is in the bin; for what a person has done to them before."""
    chosen = select(FindingRow).where(FindingRow.plan_id == plan_id, col(FindingRow.id).in_(ids))
    return list(db.exec(chosen.order_by(*_ORDER)))


def merge_targets(db: Session, plan_id: int) -> frozenset[int]:
    """The findings that others were merged into."""
    chosen = select(FindingRow.merged_into).where(FindingRow.plan_id == plan_id, FindingRow.state == FindingState.MERGED).distinct()
    return frozenset(one for one in db.exec(chosen) if one is not None)


def merged_into(db: Session, plan_id: int, ids: Collection[int], documents: Collection[int]) -> list[FindingRow]:
    """The findings in `documents` that were merged into one of the findings `ids`, in reading order."""
    chosen = select(FindingRow).where(
        FindingRow.plan_id == plan_id,
        FindingRow.state == FindingState.MERGED,
        col(FindingRow.merged_into).in_(ids),
        col(FindingRow.document_id).in_(documents),
    )
    return list(db.exec(chosen.order_by(col(FindingRow.document_id), col(FindingRow.start), col(FindingRow.id))))


def left_alone(db: Session, plan_id: int, ids: Collection[int]) -> frozenset[int]:
    """Those of the findings `ids` that were merged into one whose document is in the bin."""
    chosen = select(FindingRow.id).where(FindingRow.plan_id == plan_id, col(FindingRow.id).in_(ids), _left_alone(plan_id))
    return frozenset(one for one in db.exec(chosen) if one is not None)


def all_merged_into(db: Session, ids: Collection[int]) -> list[FindingRow]:
    """The findings of every document and plan that were merged into one of the findings `ids`."""
    return list(db.exec(select(FindingRow).where(FindingRow.state == FindingState.MERGED, col(FindingRow.merged_into).in_(ids))))


def matters(db: Session, plan_id: int) -> list[SameMatter]:
    """What people said about pairs of findings of a talk and a document, the latest last."""
    return list(db.exec(select(SameMatter).where(SameMatter.plan_id == plan_id).order_by(col(SameMatter.set_at), col(SameMatter.id))))


def documents_with_findings(db: Session, plan_id: int) -> list[int]:
    """The documents that any finding of the plan is in."""
    return list(db.exec(select(FindingRow.document_id).where(FindingRow.plan_id == plan_id).distinct()))


def decoded(db: Session, plan_id: int) -> list[DecodedDocument]:
    """The documents that the plan has had decoded, or is having decoded."""
    return list(db.exec(select(DecodedDocument).where(DecodedDocument.plan_id == plan_id)))


def decoded_document(db: Session, decoded_id: int) -> DecodedDocument | None:
    """One of them."""
    return db.get(DecodedDocument, decoded_id)


def last_action(db: Session, plan_id: int, account_id: int | None) -> ReviewAction | None:
    """What this person did last on the plan's findings and has not undone."""
    chosen = select(ReviewAction).where(
        ReviewAction.plan_id == plan_id, ReviewAction.account_id == account_id, col(ReviewAction.undone).is_(False)
    )
    touched = chosen.where(sa.exists().where(col(ReviewChange.action_id) == col(ReviewAction.id)))
    return db.exec(touched.order_by(col(ReviewAction.id).desc()).limit(1)).first()


def standing_changes(db: Session, finding_ids: Collection[int]) -> list[ReviewChange]:
    """What actions that were not undone changed in these findings."""
    chosen = select(ReviewChange).join(ReviewAction, col(ReviewAction.id) == col(ReviewChange.action_id))
    return list(db.exec(chosen.where(col(ReviewChange.finding_id).in_(finding_ids), col(ReviewAction.undone).is_(False))))


def changes(db: Session, action_id: int) -> list[ReviewChange]:
    """What an action changed, as far as the findings are still there."""
    return list(db.exec(select(ReviewChange).where(ReviewChange.action_id == action_id)))


def is_kept(row: FindingRow) -> bool:
    """Whether a row that was loaded still stands in the database."""
    return bool(sa.inspect(row).persistent)
