"""The starting list: typical business lines × posts of a branch, to be edited. It holds names only; what counts is for people to judge."""

from __future__ import annotations

import tomllib
from pathlib import Path

from core.i18n import Language
from core.strategy.focus.service import Entered

_SEED = Path(__file__).parents[3] / "data" / "seed" / "focus.toml"


def starting_list(language: Language) -> list[Entered]:
    """Rows with everything but their names unknown, named in `language`."""
    suffix = "" if language == "zh" else f"_{language}"
    listed = tomllib.loads(_SEED.read_text(encoding="utf-8"))["posts"]
    return [Entered(line=one[f"line{suffix}"], post=one[f"post{suffix}"]) for one in listed]
