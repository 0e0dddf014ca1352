"""Which themes a competency belongs to: those whose accepted findings ask for it, by name or by words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from core.documents.grams import normalise
from core.i18n import Message
from core.strategy.findings import FindingKind
from core.strategy.ideas.material import Demand, ThemeGiven
from core.strategy.themes.likeness import Likeness

# A part of a name this long tells one competency from others.
_TELLING = 4
# Below this, two texts share hardly more than the words that every bank uses (measured on the sample branch, as for ideas).
_NEAR = 0.12
_MOST = 5


class Ground(IntEnum):
    """Why a competency belongs to a theme, the weightiest last."""

    WORDS = 1
    MENTIONED = 2
    TASK = 3
    CAPABILITY = 4


_WHY = {
    Ground.CAPABILITY: Message("能力要求点名“{name}”：{text}"),
    Ground.TASK: Message("任务或目标点名“{name}”：{text}"),
    Ground.MENTIONED: Message("条款里说到“{name}”：{text}"),
    Ground.WORDS: Message("用词相近（{name}），请核对：{text}"),
}
_LONGEST_QUOTED = 60


@dataclass(frozen=True)
class Fit:
    """A theme that a competency fits, by which of its findings and why."""

    theme_id: int
    ground: Ground
    finding_id: int
    why: Message
    likeness: float = 0.0


def same_ability(one: str, other: str) -> bool:
    """Whether two names are of the same ability: alike but for blanks, width and case, or one a telling part of the other."""
    left, right = _plain(one), _plain(other)
    if not left or not right:
        return False
    short, long = sorted((left, right), key=len)
    return left == right or (len(short) >= _TELLING and short in long)


def is_among(name: str, names: Iterable[str]) -> bool:
    """Whether an ability is one of those named."""
    return any(same_ability(name, one) for one in names)


def fitting(names: Sequence[str], definition: str, themes: Sequence[ThemeGiven]) -> list[Fit]:
    """The themes that a competency called `names` fits, the best first, each with the finding that speaks for it most.

    Where no finding names it, the themes whose words come nearest to its definition.
    """
    found = [fit for theme in themes if (fit := _named(names, theme)) is not None]
    found = found or _like(names, definition, themes)
    return sorted(found, key=lambda fit: (-fit.ground, -fit.likeness))[:_MOST]


def _named(names: Sequence[str], theme: ThemeGiven) -> Fit | None:
    best: Fit | None = None
    for demand in theme.demands:
        ground, called = _ground(names, demand)
        if ground is not None and (best is None or ground > best.ground):
            best = Fit(theme.id, ground, demand.id, _because(ground, called, demand.text))
    return best


def _ground(names: Sequence[str], demand: Demand) -> tuple[Ground | None, str]:
    asked = next((one for one in demand.competencies if is_among(one, names)), None)
    if asked is not None:
        return (Ground.CAPABILITY if demand.kind is FindingKind.CAPABILITY else Ground.TASK), asked
    text = _plain(demand.text)
    said = next((name for name in names if len(_plain(name)) >= _TELLING and _plain(name) in text), None)
    return (Ground.MENTIONED, said) if said is not None else (None, "")


def _like(names: Sequence[str], definition: str, themes: Sequence[ThemeGiven]) -> list[Fit]:
    demands = [(theme, one) for theme in themes for one in theme.demands]
    if not demands:
        return []
    likeness = Likeness([f"{' '.join(names)} {definition}", *(f"{theme.name} {one.text}" for theme, one in demands)])
    best: dict[int, Fit] = {}
    for number, score in likeness.to_others(0).items():
        theme, one = demands[number - 1]
        if score >= _NEAR and (theme.id not in best or score > best[theme.id].likeness):
            why = _because(Ground.WORDS, f"{score:.2f}", one.text)
            best[theme.id] = Fit(theme.id, Ground.WORDS, one.id, why, round(score, 3))
    return list(best.values())


def _because(ground: Ground, name: str, text: str) -> Message:
    line = " ".join(text.split())
    return Message(_WHY[ground].text, name=name, text=line if len(line) <= _LONGEST_QUOTED else line[:_LONGEST_QUOTED] + "…")


@lru_cache(maxsize=4096)  # the same names are compared with each other over and over
def _plain(text: str) -> str:
    return "".join(normalise(text).split())
