"""The words by which content is triaged (`data/seed/triage.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_SEED = Path(__file__).parents[3] / "data" / "seed" / "triage.toml"


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The words of a list, the longest first."""
    words = tomllib.loads(_SEED.read_text(encoding="utf-8"))[name].split()
    return re.compile("|".join(sorted((word.replace("_", " ") for word in words), key=len, reverse=True)))


def told(name: str, text: str) -> list[str]:
    """Which words of a list a text holds, each once, in their order."""
    return list(dict.fromkeys(match[0].strip() for match in pattern(name).finditer(text.lower())))
