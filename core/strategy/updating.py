"""Decoding again: the findings of a document's earlier text brought up to date with what is found in its present one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from core.documents.parsed import ParsedDocument
from core.documents.tables import Document
from core.storage import Session
from core.strategy import repository
from core.strategy.findings import Decoding, Finding, FindingKind
from core.strategy.history import PLACE, follow, standing
from core.strategy.locating import Text, headings_at
from core.strategy.reconciling import Known, reconcile
from core.strategy.refining.deference import defer
from core.strategy.refining.judging import WAS
from core.strategy.tables import FindingRow, FindingState, Origin

_DECIDED = (FindingState.ACCEPTED, FindingState.REJECTED, FindingState.MERGED)
_REASON = ("confidence", "rule", "cues")


def remember(row: FindingRow) -> None:
    """Before a person changes or parts a finding: keep what decoding found, so that it is known again. Parts share the first row's id."""
    if row.found is None and row.origin is not Origin.PERSON:
        row.found = {"row": row.id, "kind": row.kind.value, "metric": row.metric, "quote": row.quote}


def bring_up_to_date(
    db: Session, plan_id: int, document: Document, family: Sequence[int], parsed: ParsedDocument, decoding: Decoding
) -> None:
    """Findings of earlier editions (`family`: all editions' ids) move on to this one with what people decided about them."""
    before = sorted(repository.of_document(db, plan_id, family), key=lambda row: (row.document_id, row.start, row.end, row.id or 0))
    # A person's word rests on them: they stay as if they were decided.
    stood = standing(before)
    needed = repository.merge_targets(db, plan_id) | {
        one for row in repository.matters(db, plan_id) for one in (row.spoken_id, row.written_id)
    }
    work = _Update(document, parsed, decoding)
    groups = _groups(row for row in before if row.origin is not Origin.PERSON)
    known = [_as_found(rows, needed) for rows in groups.values()]
    fresh, lost = work.match(known, groups, defer(known, work.found))
    # What decoding no longer finds as it did may be what a person has made of it since.
    changed = {row.id or 0: [row] for row in lost}
    fresh, lost = work.match([_as_it_is(row, needed) for row in lost], changed, fresh, alone=True)
    for finding in fresh:
        db.add(work.made(plan_id, finding))
    for row in (*lost, *(row for row in before if row.origin is Origin.PERSON)):
        if _is_decided(row, needed):
            work.follow(row, row.start)
        else:
            db.delete(row)
    follow(db, before, stood, work.place)


class _Update:
    """What one document's rows are brought up to date with."""

    def __init__(self, document: Document, parsed: ParsedDocument, decoding: Decoding) -> None:
        self._document = document.id or 0
        self._parsed = parsed
        self._text = Text(parsed.text)
        self._decoding = decoding
        self._aside = {id(one.candidate): one for one in decoding.set_aside}
        self.found = [*decoding.findings, *(one.candidate for one in decoding.set_aside)]

    def match(
        self, known: Sequence[Known], rows: dict[int, list[FindingRow]], found: Sequence[Finding], *, alone: bool = False
    ) -> tuple[list[Finding], list[FindingRow]]:
        """Move on the rows (by known finding) that are found again; returns the findings that are new, and the rows that are lost.

        `alone`: what a row was part of is gone; from now on it is known by what it says itself.
        """
        result = reconcile(known, found)
        for number, finding in result.kept.items():
            for row in rows[number]:
                if alone and row.found is not None:
                    row.found = {"row": row.id, "kind": row.kind.value, "metric": row.metric, "quote": row.quote}
                self._move_on(row, finding)
        return list(result.fresh), [row for number in (*result.lost, *result.dropped) for row in rows[number]]

    def made(self, plan_id: int, finding: Finding) -> FindingRow:
        """A new row."""
        row = FindingRow(plan_id=plan_id, document_id=self._document, **columns(finding))
        self._label(row, finding)
        self._judge(row, finding)
        return row

    def follow(self, row: FindingRow, near: int) -> bool:
        """Move a row to where its words stand now; where they are gone it stays, marked. Whether they are there."""
        place = self.place(row.quote, near)
        row.moved = place is None
        if place is not None:
            row.document_id = self._document
            for name in PLACE:
                setattr(row, name, place[name])
        return place is not None

    def place(self, quote: str, near: int) -> dict[str, Any] | None:
        """Where these words stand now, as the columns of a row; None where they are gone."""
        found = self._text.find(quote, near)
        if found is None:
            return None
        start, end = found
        heading = list(headings_at(self._parsed, start))
        page = self._parsed.page_at(start).number
        return {"quote": self._parsed.text[start:end], "page": page, "start": start, "end": end, "heading": heading}

    def _move_on(self, row: FindingRow, finding: Finding) -> None:
        """The finding's new place; what people wrote or parted stays."""
        parted = row.found is not None and row.found["quote"] != row.quote
        if row.found is not None:
            row.found = {**row.found, "kind": finding.kind.value, "metric": finding.metric, "quote": finding.quote}
        if parted:
            if self.follow(row, finding.start) and row.origin is not Origin.MODEL:
                row.made_by = self._decoding.made(finding)
            return
        row.document_id, row.moved = self._document, False
        fresh = columns(finding)
        # What was accepted in a model's words stays in those; nobody has accepted the words of the rules.
        settled = row.origin is Origin.MODEL and (row.edited or row.state in _DECIDED)
        for name in PLACE if settled else (*PLACE, *_REASON) if row.edited else fresh:
            setattr(row, name, fresh[name])
        if not settled:
            self._label(row, finding)
            self._judge(row, finding)

    def _label(self, row: FindingRow, finding: Finding) -> None:
        """What made it, and why it was found or set aside."""
        by = self._aside.get(id(finding), finding)
        row.rule, row.cues, row.made_by = by.rule, list(by.cues), self._decoding.made(by)
        row.origin = Origin.MODEL if by.by_model else Origin.RULE

    def _judge(self, row: FindingRow, finding: Finding) -> None:
        """Whether it is set aside: a person's decision stands above that."""
        if row.decided_by is None and not row.edited and row.state in (FindingState.PENDING, FindingState.ASIDE):
            row.state = FindingState.ASIDE if id(finding) in self._aside else FindingState.PENDING


def _groups(rows: Iterable[FindingRow]) -> dict[int, list[FindingRow]]:
    """The rows by the finding that they are, or are parts of; its number is the id of the first of them."""
    groups: dict[tuple[int, str], list[FindingRow]] = {}
    for row in rows:
        key = (row.found["row"], row.found["quote"]) if row.found else (row.id or 0, row.quote)
        groups.setdefault(key, []).append(row)
    return {members[0].id or 0: members for members in groups.values()}


def _as_found(rows: Sequence[FindingRow], needed: frozenset[int]) -> Known:
    first = rows[0]
    found = first.found or {"kind": first.kind, "quote": first.quote, "metric": first.metric}
    decided = any(_is_decided(row, needed) for row in rows)
    return Known(first.id or 0, FindingKind(found["kind"]), found["quote"], found["metric"], decided, _was(first))


def _as_it_is(row: FindingRow, needed: frozenset[int]) -> Known:
    return Known(row.id or 0, row.kind, row.quote, row.metric, _is_decided(row, needed))


def _was(row: FindingRow) -> FindingKind | None:
    """What the rules had taken a finding's words for, where a model made something else of them."""
    kind = row.rule.removeprefix(WAS) if row.rule.startswith(WAS) else ""
    return FindingKind(kind) if kind in frozenset(FindingKind) else None


def _is_decided(row: FindingRow, needed: frozenset[int]) -> bool:
    return row.origin is Origin.PERSON or row.edited or row.state in _DECIDED or row.id in needed


def columns(finding: Finding) -> dict[str, Any]:
    """A finding as the columns of its row."""
    return {
        "kind": finding.kind,
        "text": finding.text,
        "quote": finding.quote,
        "page": finding.page,
        "start": finding.start,
        "end": finding.end,
        "heading": list(finding.heading),
        "perspective": finding.perspective,
        "competencies": list(finding.competencies),
        "metric": finding.metric,
        "measure": asdict(finding.measure) if finding.measure else None,
        "confidence": finding.confidence,
        "rule": finding.rule,
        "cues": list(finding.cues),
    }
