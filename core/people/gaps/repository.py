"""Queries of gaps: the columns that they are measured from, and the names of whom and what they concern."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.people.gaps.measure import NONE, Ints, People, Readings, Requirements, ascending
from core.people.gaps.proofs import Holding
from core.people.tables import (
    RELEASED,
    Assessment,
    CompetencyRow,
    Employee,
    HeldCertificate,
    PeopleRevision,
    Post,
    PostCompetency,
    ReleasedGaps,
    Unit,
    raised,
)

_BATCH = 10_000
# How many values go into one IN: far below what SQLite and PostgreSQL allow.
_CHUNK = 800


def revision(db: Session) -> dict[str, int] | None:
    """The token of each table that gaps are measured from; None inside a transaction that has itself written to one of them."""
    if raised(db.connection()):
        return None
    return dict(db.exec(select(PeopleRevision.name, PeopleRevision.token)).all())


def people(db: Session) -> People:
    """Everybody who has not left."""
    chosen = select(Employee.id, Employee.unit_id, Employee.post_id).where(col(Employee.left_at).is_(None)).order_by(col(Employee.id))
    rows = np.array([(one, unit or NONE, post or NONE) for one, unit, post in db.exec(chosen)], dtype=np.int32).reshape(-1, 3)
    return People(rows[:, 0].copy(), rows[:, 1].copy(), rows[:, 2].copy())


def requirements(db: Session) -> Requirements:
    """What posts require, archived competencies left out, with the share that each has of its post's weights."""
    columns = (PostCompetency.post_id, PostCompetency.competency_id, PostCompetency.required_level, PostCompetency.weight)
    chosen = select(*columns).join(CompetencyRow, col(CompetencyRow.id) == PostCompetency.competency_id)
    chosen = chosen.where(col(CompetencyRow.archived_at).is_(None)).order_by(col(PostCompetency.post_id), col(PostCompetency.id))
    rows = list(db.exec(chosen))
    post, competency, level = (np.array([row[at] for row in rows], dtype=np.int32) for at in range(3))
    weight = np.array([max(0.0, row[3]) for row in rows], dtype=np.float64)
    if len(rows):
        starts = np.flatnonzero(np.append(True, post[1:] != post[:-1]))
        counts = np.diff(np.append(starts, len(rows)))
        total = np.repeat(np.add.reduceat(weight, starts), counts)
        # Where a post weighs nothing, nothing weighs more than the rest.
        weight = np.where(total > 0, weight / np.where(total > 0, total, 1), 1 / np.repeat(counts, counts))
    return Requirements(post, competency, level, weight)


def readings(db: Session) -> Readings:
    """Every assessment, read a batch at a time: a million rows never stand in memory as objects."""
    row = sa.inspect(Assessment).local_table.c
    day = sa.type_coerce(row.assessed_on, sa.types.NullType())  # a date object for every row would take seconds
    chosen = sa.select(row.employee_id, row.competency_id, row.source, day, row.score, row.scale_max).where(row.scale_max > 0)
    found = db.connection().execute(chosen)
    sources, days = _Codes(str), _Codes(_ordinal)
    parts: list[tuple[np.ndarray[Any, Any], ...]] = []
    cursor: Any = found.cursor  # the driver's own rows: an object for each would take as long again
    while batch := cursor.fetchmany(_BATCH):
        employee, competency, source, on, score, scale = zip(*batch, strict=True)
        parts.append(
            (
                np.array(employee, dtype=np.int32),
                np.array(competency, dtype=np.int32),
                sources.column(source),
                days.column(on),
                np.array(score, dtype=np.float32),
                np.array(scale, dtype=np.float32),
            )
        )
    if not parts:
        nothing = np.zeros(0, dtype=np.int32)
        none = np.zeros(0, dtype=np.float32)
        return Readings(nothing, nothing, nothing, nothing.astype(np.int16), nothing, none, none, ())
    employee_, competency_, source_, day_, score_, scale_ = (np.concatenate(column) for column in zip(*parts, strict=True))
    found.close()
    parts.clear()
    day_ = np.array(days.values_, dtype=np.int32)[day_]
    order = ascending(employee_, competency_, source_, day_)
    employee_, competency_ = employee_[order], competency_[order]
    first = np.append(True, (employee_[1:] != employee_[:-1]) | (competency_[1:] != competency_[:-1]))
    pair = (np.cumsum(first) - 1).astype(np.int32)
    return Readings(
        employee_[first],
        competency_[first],
        pair,
        source_[order].astype(np.int16),
        day_[order],
        score_[order],
        scale_[order],
        tuple(sources.values_),
    )


def holdings(db: Session) -> list[Holding]:
    """Every certificate that somebody holds, in the order in which they came."""
    choose: Any = select
    columns = (HeldCertificate.employee_id, HeldCertificate.certificate, HeldCertificate.held_on, HeldCertificate.expires_on)
    chosen = choose(*columns).where(col(HeldCertificate.removed_at).is_(None)).order_by(col(HeldCertificate.id))
    return [Holding(employee, key, _ordinal(on), _ordinal(until)) for employee, key, on, until in db.exec(chosen)]


def competency_ids(db: Session) -> dict[str, int]:
    """The row of each competency of the model, by its key."""
    rows = db.exec(select(CompetencyRow.id, CompetencyRow.code))
    return {code or f"own-{row_id}": row_id for row_id, code in rows if row_id is not None}


def unit_names(db: Session) -> dict[int, str]:
    """The name of each unit."""
    return {row_id or 0: name for row_id, name in db.exec(select(Unit.id, Unit.name).order_by(col(Unit.id)))}


def posts(db: Session) -> dict[int, Post]:
    """Each post."""
    return {row.id or 0: row for row in db.exec(select(Post).order_by(col(Post.id)))}


def employees(db: Session, ids: Sequence[int]) -> dict[int, Employee]:
    """The people with these ids."""
    found: dict[int, Employee] = {}
    for some in _chunks(ids):
        found |= {row.id or 0: row for row in db.exec(select(Employee).where(col(Employee.id).in_(some)))}
    return found


def employee_ids(db: Session) -> set[int]:
    """Everybody of whom there is a row, those who left too."""
    return {row_id for row_id in db.exec(select(Employee.id)) if row_id is not None}


def released_token(db: Session) -> int | None:
    """Another number whenever something was released."""
    return db.exec(select(PeopleRevision.token).where(PeopleRevision.name == RELEASED)).first()


def released(db: Session) -> dict[int, ReleasedGaps]:
    """What is in force of each competency."""
    last = select(sa.func.max(ReleasedGaps.id)).group_by(col(ReleasedGaps.competency_id))
    return {row.competency_id: row for row in db.exec(select(ReleasedGaps).where(col(ReleasedGaps.id).in_(last)))}


def released_before(db: Session, competency_id: int) -> list[ReleasedGaps]:
    """All that is kept of what was released of a competency, oldest first."""
    chosen = select(ReleasedGaps).where(ReleasedGaps.competency_id == competency_id)
    return list(db.exec(chosen.order_by(col(ReleasedGaps.id))))


def put_released(db: Session, added: Sequence[ReleasedGaps], rewritten: Mapping[int, bytes], dropped: Collection[int]) -> None:
    """Release states, with another token; write some of those that are kept anew, and keep some no more."""
    for row_id, state in rewritten.items():
        db.execute(sa.update(ReleasedGaps).where(col(ReleasedGaps.id) == row_id).values(state=state))
    db.execute(sa.delete(ReleasedGaps).where(col(ReleasedGaps.id).in_(dropped)))
    db.add_all(added)
    db.execute(sa.update(PeopleRevision).where(col(PeopleRevision.name) == RELEASED).values(token=secrets.randbits(62)))


class _Codes(dict[Any, int]):
    """A number for each value that a column holds, in the order in which they came; each is worked out once."""

    def __init__(self, of: Callable[[Any], Any]) -> None:
        super().__init__()
        self.values_: list[Any] = []
        self._of = of

    def __missing__(self, value: Any) -> int:
        self.values_.append(self._of(value))
        self[value] = len(self.values_) - 1
        return self[value]

    def column(self, values: Sequence[Any]) -> Ints:
        """The numbers of a column."""
        return np.fromiter(map(self.__getitem__, values), dtype=np.int32, count=len(values))


def _ordinal(stored: date | str | None) -> int:
    """A day as SQLite or PostgreSQL hands it over; 0 is none."""
    if stored is None:
        return 0
    return (date.fromisoformat(stored) if isinstance(stored, str) else stored).toordinal()


def _chunks(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
