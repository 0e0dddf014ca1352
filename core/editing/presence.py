"""Who has which record open right now: held in the memory of this process, forgotten a moment after they leave, written nowhere."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from time import monotonic

# A little less than two signs of life, which a page gives every so many seconds.
HEARTBEAT_SECONDS = 25
FORGOTTEN_SECONDS = 45.0
_MANY = 1000

Place = tuple[str, int]


class Presence:
    """People at records. A place is a record's kind and number; a person is an account with the name that others see."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._there: dict[Place, dict[int, tuple[str, float]]] = {}

    def sign(self, places: Iterable[Place], account_id: int, name: str) -> None:
        """A person is at these records now."""
        moment = self._clock()
        with self._lock:
            if len(self._there) > _MANY:
                self._sweep(moment - FORGOTTEN_SECONDS)
            for place in places:
                self._there.setdefault(place, {})[account_id] = (name, moment)

    def others(self, places: Iterable[Place], account_id: int) -> tuple[str, ...]:
        """The names of the others who were at any of these records a moment ago, by name."""
        oldest = self._clock() - FORGOTTEN_SECONDS
        found: dict[int, str] = {}
        with self._lock:
            for place in places:
                known = self._there.get(place, {})
                for gone in [one for one, (_name, at) in known.items() if at < oldest]:
                    del known[gone]
                if not known:
                    self._there.pop(place, None)
                found |= {one: name for one, (name, _at) in known.items() if one != account_id}
        return tuple(sorted(found.values()))

    def _sweep(self, oldest: float) -> None:
        self._there = {place: known for place, known in self._there.items() if any(at >= oldest for _name, at in known.values())}
