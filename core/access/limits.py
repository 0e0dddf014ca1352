"""How often somebody may try something, counted in this process's memory."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable


class TryLimit:
    """At most `tries` in any `seconds` for one key (an address, an account).

    Of more than `keys` keys the stalest are forgotten.
    """

    def __init__(self, tries: int, seconds: float, keys: int = 10_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._tries, self._seconds, self._keys, self._clock = tries, seconds, keys, clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, key: str) -> bool:
        """Count one try of `key`; False when it has had its share. A refused try does not lengthen the wait."""
        with self._lock:
            tries = self._recent(key)
            if len(tries) >= self._tries:
                return False
            tries.append(self._clock())
            return True

    def has_left(self, key: str) -> bool:
        """Whether `key` may try once more. Counts nothing."""
        with self._lock:
            return len(self._recent(key)) < self._tries

    def give_back(self, key: str) -> None:
        """Take back the last counted try of `key`: it was a good one, and only the others count."""
        with self._lock:
            if tries := self._seen.get(key):
                tries.pop()

    def _recent(self, key: str) -> deque[float]:
        tries = self._seen.setdefault(key, deque())
        self._seen.move_to_end(key)
        while tries and tries[0] <= self._clock() - self._seconds:
            tries.popleft()
        while len(self._seen) > self._keys:
            self._seen.popitem(last=False)
        return tries
