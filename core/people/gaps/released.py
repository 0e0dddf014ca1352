"""The released states, as whoever reads sums is given them; kept by this process until something is released."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from core.people.gaps import repository
from core.people.gaps.measure import Cells
from core.people.gaps.state import State, unpacked
from core.storage import Session

_KEPT, _TABLES = 2, 24


@dataclass
class Released:
    """The state of each competency that is in force. Nothing in it may be changed."""

    states: Mapping[int, State]
    _derived: dict[Any, Any] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @cached_property
    def cells(self) -> Cells:
        """Each requirement of each person, with what was released of it."""
        states = [one for one in self.states.values() if len(one.employee)]
        if not states:
            none, zero, no = np.zeros(0, dtype=np.int32), np.zeros(0), np.zeros(0, dtype=np.bool_)
            return Cells(none, none, none, none, none, zero, none, zero, no)
        employee, unit, post, required, weight = (
            np.concatenate([getattr(one, name) for one in states]) for name in ("employee", "unit", "post", "required", "weight")
        )
        competency = np.concatenate([np.full(len(one.employee), name, np.int32) for name, one in self.states.items()])
        level = np.concatenate([one.levels[:, 0] for one in states])
        none, no = np.full(len(employee), -1, dtype=np.int32), np.zeros(len(employee), dtype=np.bool_)
        return Cells(employee, unit, post, competency, required, weight, none, level, no)

    def day_of(self, competency_id: int) -> date:
        """When the state of a competency was released."""
        return self.states[competency_id].day

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day on which something that is in force was released; None where nothing ever was."""
        found = [one.day for one in self.states.values() if len(one.employee)]
        return (min(found), max(found)) if found else None

    def derived(self, name: Any, make: Callable[[], Any]) -> Any:
        """What `make` works out of the states alone, worked out once under this name."""
        with self._lock:
            if name not in self._derived:
                while len(self._derived) >= _TABLES:
                    del self._derived[next(iter(self._derived))]
                self._derived[name] = make()
            return self._derived[name]


_released: dict[int, Released] = {}
_lock = threading.Lock()


def released(db: Session) -> Released:
    """The released states at the moment that `db` sees."""
    token = repository.released_token(db)
    if token is None:
        return Released({})
    with _lock:
        if token not in _released:
            while len(_released) >= _KEPT:
                del _released[next(iter(_released))]
            rows = sorted(repository.released(db).items())
            _released[token] = Released({name: unpacked(row.state, row.released_on) for name, row in rows})
        return _released[token]
