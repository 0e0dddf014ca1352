"""What many guests open in the same moment is read once for all of them."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

Made = TypeVar("Made")

# So many seconds a guest may read what another guest was shown.
FRESH = 2.0
_MOST = 64


@dataclass
class _Kept:
    lock: threading.Lock = field(default_factory=threading.Lock)
    value: Any = None
    until: float = 0.0


class Together:
    """The last contents that were read, each for `FRESH` seconds from then. Who asks while it is being read waits for it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: Hashable, read: Callable[[], Made]) -> Made:
        """What `read` gives, or gave to another under this key a moment ago. What `read` raises is raised, and kept for nobody."""
        with self._lock:
            kept = self._kept.setdefault(key, _Kept())
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        with kept.lock:
            if kept.until <= self._clock():
                kept.value = read()
                kept.until = self._clock() + FRESH
            return cast(Made, kept.value)


TOGETHER = Together()
