"""The indicator library: what comes with the product, in the reader's language, and how a search goes through it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from core.documents.grams import normalise
from core.i18n import Language, Message
from core.strategy.findings import Perspective

_SEED = Path(__file__).parents[3] / "data" / "seed" / "indicators.toml"

PERSPECTIVE_NAMES = {
    Perspective.FINANCIAL: Message("财务"),
    Perspective.CUSTOMER: Message("客户"),
    Perspective.PROCESS: Message("内部流程"),
    Perspective.LEARNING: Message("学习与成长"),
}


class Frequency(StrEnum):
    """How often an indicator is usually read."""

    DAILY = "daily"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    PER_TRAINING = "per_training"


FREQUENCY_NAMES = {
    Frequency.DAILY: Message("每日"),
    Frequency.MONTHLY: Message("每月"),
    Frequency.QUARTERLY: Message("每季"),
    Frequency.YEARLY: Message("每年"),
    Frequency.PER_TRAINING: Message("每次培训"),
}


@dataclass(frozen=True)
class Facts:
    """What an indicator is. `low` and `high` bound what a value can be, None where nothing does; `level` is Kirkpatrick's, 1 … 4."""

    name: str
    perspective: Perspective
    unit: str
    higher_is_better: bool
    level: int
    frequency: Frequency
    source: str
    definition: str
    competencies: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Indicator:
    """An indicator of the library. `code` names one that came with the product, "" is the bank's own.

    `row_id` and `version` are those of the stored row, None and 0 for one of the product's that nobody has changed.
    """

    code: str
    facts: Facts
    row_id: int | None = None
    version: int = 0
    archived: bool = False

    @property
    def key(self) -> str:
        """What tells it from all others, for good."""
        return self.code or f"own-{self.row_id}"


@cache
def seeds(language: Language) -> tuple[Indicator, ...]:
    """The indicators that come with the product, named in `language`."""
    seed = tomllib.loads(_SEED.read_text(encoding="utf-8"))
    spoken = 0 if language == "zh" else 1
    return tuple(
        Indicator(
            one["code"],
            Facts(
                name=one["name"][spoken],
                perspective=Perspective(one["perspective"]),
                unit=seed["units"][one["unit"]][spoken],
                higher_is_better=one["better"] == "higher",
                level=one["level"],
                frequency=Frequency(one["frequency"]),
                source=seed["sources"][one["source"]][spoken],
                definition=one["definition"][spoken],
                competencies=tuple(seed["competencies"][name][spoken] for name in one["competencies"]),
                low=one.get("low"),
                high=one.get("high"),
            ),
        )
        for one in seed["indicators"]
    )


def matching(
    library: Iterable[Indicator], words: str = "", perspectives: Collection[Perspective] = (), levels: Collection[int] = ()
) -> list[Indicator]:
    """Those that hold all of `words` in their name, definition, source or competencies, of these perspectives and levels; empty is all."""
    wanted = normalise(words).split()
    return [
        one
        for one in library
        if (not perspectives or one.facts.perspective in perspectives)
        and (not levels or one.facts.level in levels)
        and all(word in _text(one.facts) for word in wanted)
    ]


def _text(facts: Facts) -> str:
    return normalise(" ".join((facts.name, facts.definition, facts.source, *facts.competencies)))
