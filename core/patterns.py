"""Regular expressions that are compiled when they are first used: the rules of language have hundreds, and few commands need them."""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._asked = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._asked)
        # From now on each is found without coming here: as fast as a pattern that was compiled at once.
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)


def lazily(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, put off until the pattern is used; a mistake in it shows only then. To be used by its methods, not given to `re.…`."""
    return cast("re.Pattern[str]", _Lazy(pattern, int(flags)))
