"""The interviews of a plan, and what they say held against what its documents say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from core.access.actor import Actor
from core.documents import repository as document_rows
from core.documents import service as library
from core.documents.tables import Document, DocumentKind, IndexState, Interview
from core.plans import service as plans
from core.storage import Session
from core.strategy import repository
from core.strategy.contrast import Contrast, Demand, Pair, contrast, is_question
from core.strategy.findings import FindingKind
from core.strategy.repository import Filter
from core.strategy.tables import FindingRow, FindingState, SameMatter

_MANY = 20_000


@dataclass(frozen=True)
class Talk:
    """An interview of the library and how far the plan has taken it in. A file that was filed as an interview has no person."""

    document: Document
    record: Interview | None
    decoded: bool
    accepted: int
    waiting: int

    @property
    def id(self) -> int:
        """The document's number."""
        return self.document.id or 0

    @property
    def person(self) -> str:
        """Who spoke; the record's title where nobody has said."""
        return self.record.person if self.record else self.document.title

    @property
    def role(self) -> str:
        """What they are, "" where unknown."""
        return self.record.role if self.record else ""

    @property
    def held_on(self) -> date | None:
        """When they spoke."""
        return self.record.held_on if self.record else None


@dataclass(frozen=True)
class Held:
    """Interviews held against documents: the contrast, the rows and documents that it names, and what people said about pairs."""

    contrast: Contrast
    rows: dict[int, FindingRow]
    documents: dict[int, Document]
    people: dict[int, Talk]
    matters: dict[Pair, SameMatter]

    def said_by(self, finding_id: int) -> Talk | None:
        """The talk that a finding is from; None for one of a document."""
        return self.people.get(self.rows[finding_id].document_id)

    def set_between(self, spoken: Collection[int], written: Collection[int]) -> SameMatter | None:
        """The latest that a person said about two lines, by the findings of each."""
        return next((row for pair, row in reversed(self.matters.items()) if pair[0] in spoken and pair[1] in written), None)


@dataclass(frozen=True)
class Stress:
    """What one person stresses: how many things they say, how many of these documents say too, and which abilities they name most."""

    person: str
    role: str
    talks: int
    both: int
    alone: int
    accepted: int
    abilities: tuple[str, ...]

    @property
    def lines(self) -> int:
        """How many different things they say."""
        return self.both + self.alone


def talks(db: Session, actor: Actor, plan_id: int) -> list[Talk]:
    """The interviews that the actor may see, the latest first. Raises `NotFound`."""
    plans.find(db, actor, plan_id)
    entries = [entry.document for entry in library.entries(db, actor)]
    documents = {one.id or 0: one for one in entries if one.kind is DocumentKind.INTERVIEW and one.state is IndexState.READY}
    records = {row.document_id: row for row in document_rows.interviews(db, list(documents))}
    decoded = {row.document_id for row in repository.decoded(db, plan_id) if row.decoded_at is not None}
    rows = repository.page(db, plan_id, Filter(tuple(documents), states=(FindingState.ACCEPTED, FindingState.PENDING)), 0, _MANY)
    found = [
        Talk(
            document=document,
            record=records.get(document_id),
            decoded=document_id in decoded,
            accepted=sum(row.document_id == document_id and row.state is FindingState.ACCEPTED for row in rows),
            waiting=sum(row.document_id == document_id and row.state is not FindingState.ACCEPTED for row in rows),
        )
        for document_id, document in documents.items()
    ]
    return sorted(found, key=lambda talk: (talk.held_on or date.min, talk.id), reverse=True)


def hold(db: Session, actor: Actor, plan_id: int, people: Collection[str] = (), roles: Collection[str] = ()) -> Held:
    """What the interviews say against what the documents say, accepted or still to be decided. Raises `NotFound`.

    `people` and `roles` narrow whose words count; empty means everybody's. What was rejected, merged or set aside is left out, and so is
    what cannot be somebody's stress: the record's own title and the interviewer's questions.
    """
    chosen = {
        talk.id: talk for talk in talks(db, actor, plan_id) if (not people or talk.person in people) and (not roles or talk.role in roles)
    }
    ids = library.visible(db, actor, repository.documents_with_findings(db, plan_id))
    documents = {row.id or 0: row for row in (document_rows.by_id(db, one) for one in sorted(ids)) if row is not None}
    wanted = tuple(one for one, row in documents.items() if row.kind is not DocumentKind.INTERVIEW or one in chosen)
    rows = repository.page(db, plan_id, Filter(wanted, states=(FindingState.ACCEPTED, FindingState.PENDING)), 0, _MANY)
    counted = [row for row in rows if row.document_id not in chosen or _is_stress(row, chosen[row.document_id])]
    demands = [_demand(row, documents[row.document_id], chosen.get(row.document_id)) for row in counted]
    matters = {(row.spoken_id, row.written_id): row for row in repository.matters(db, plan_id)}
    seen = contrast(demands, {pair: row.same for pair, row in matters.items()})
    return Held(seen, {row.id or 0: row for row in counted}, documents, chosen, matters)


def stress(held: Held) -> list[Stress]:
    """What each person stresses, who says most that no document says first."""
    found = []
    for person in dict.fromkeys(talk.person for talk in held.people.values()):
        own = [talk for talk in held.people.values() if talk.person == person]
        both = [line for line in held.contrast.both if person in line.sources]
        alone = [line for line in held.contrast.spoken if person in line.sources]
        rows = [row for row in held.rows.values() if row.document_id in {talk.id for talk in own}]
        found.append(
            Stress(
                person=person,
                role=own[0].role,
                talks=len(own),
                both=len(both),
                alone=len(alone),
                accepted=sum(row.state is FindingState.ACCEPTED for row in rows),
                abilities=_most_named(rows),
            )
        )
    return sorted(found, key=lambda one: -one.alone)


def _is_stress(row: FindingRow, talk: Talk) -> bool:
    return not is_question(row.quote) and not (row.kind is FindingKind.THEME and row.quote.strip("# ") == talk.document.title)


def _most_named(rows: Collection[FindingRow]) -> tuple[str, ...]:
    counted: dict[str, int] = {}
    for name in (name for row in rows for name in row.competencies):
        counted[name] = counted.get(name, 0) + 1
    return tuple(sorted(counted, key=lambda name: -counted[name])[:3])


def _demand(row: FindingRow, document: Document, talk: Talk | None) -> Demand:
    measure = row.measure or {}
    return Demand(
        id=row.id or 0,
        spoken=talk is not None,
        source=talk.person if talk else document.title,
        kind=row.kind,
        text=row.text,
        metric=row.metric,
        value=measure.get("value"),
        unit=measure.get("unit", ""),
        change=measure.get("operator") in ("+", "-"),
        competencies=tuple(row.competencies),
    )
