"""The columns of the facts, kept by this process for as long as nobody has written to their tables.

Every writer raises a token in its own transaction (`core/people/tables.py`), and a reader compares the tokens of the moment that it sees:
what another server process or the command line has written is never overlooked, and nothing that was undone is ever kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from core.people.certificates.naming import every
from core.people.gaps import repository
from core.people.gaps.measure import Cells, People, Readings, Requirements, cells, current
from core.people.gaps.proofs import with_proofs
from core.people.tables import MEASURED
from core.storage import Session

# Two databases, or one before and after a change, while readers of the earlier moment are still at it.
_KEPT = 2
# The days that gaps are asked for: today, yesterday around midnight, and the ends of some years.
_DAYS = 12
# What many readers ask for alike: tables of all people, and the gates.
_TABLES = 24


@dataclass
class Facts:
    """What gaps are measured from, and what has been worked out of it. Nothing in it may be changed."""

    people: People
    readings: Readings
    requirements: Requirements
    _measured: dict[tuple[date, bool], Cells] = field(default_factory=dict)
    _derived: dict[Any, Any] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def measured(self, as_of: date, *, undated: bool = True) -> Cells:
        """Each requirement of each person beside what was known on that day."""
        with self._lock:
            if (as_of, undated) not in self._measured:
                _bound(self._measured, _DAYS)
                self._measured[as_of, undated] = self._cells.known_by(current(self.readings, as_of, undated=undated))
            return self._measured[as_of, undated]

    def derived(self, name: Any, make: Callable[[], Any]) -> Any:
        """What `make` works out of the facts alone, worked out once under this name."""
        with self._lock:
            if name not in self._derived:
                _bound(self._derived, _TABLES)
                self._derived[name] = make()
            return self._derived[name]

    @cached_property
    def _cells(self) -> Cells:
        return cells(self.people, self.requirements, self.readings)


_readings: dict[int, Readings] = {}
_facts: dict[tuple[int, ...], Facts] = {}
_lock = threading.Lock()


def facts(db: Session) -> Facts:
    """The facts as they are at the moment that `db` sees, read anew only when they have changed."""
    tokens = repository.revision(db)
    if tokens is None or len(tokens) < len(MEASURED):
        return _read(db, repository.readings(db))
    key = tuple(tokens[name] for name in MEASURED)
    found = _facts.get(key)
    if found is not None:
        return found
    with _lock:  # whoever comes meanwhile waits for the same columns
        if key not in _facts:
            read = _kept(_readings, tokens["assessment"], lambda: repository.readings(db))
            _kept(_facts, key, lambda: _read(db, read))
        return _facts[key]


def forget() -> None:
    """Give the memory back; what is asked for next is read again."""
    with _lock:
        _readings.clear()
        _facts.clear()


def _read(db: Session, measured: Readings) -> Facts:
    read = with_proofs(measured, repository.holdings(db), every(db), repository.competency_ids(db))
    return Facts(repository.people(db), read, repository.requirements(db))


def _kept(where: dict[Any, Any], key: Any, make: Callable[[], Any]) -> Any:
    if key not in where:
        _bound(where, _KEPT)
        where[key] = make()
    return where[key]


def _bound(where: dict[Any, Any], most: int) -> None:
    while len(where) >= most:
        del where[next(iter(where))]
