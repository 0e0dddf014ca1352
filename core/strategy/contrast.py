"""What leaders stress in interviews and documents do not say, what documents say and nobody stresses, and what both say.

Findings of interviews are held against findings of documents: by what they measure, by the ability they demand, by their words. The same
findings always give the same contrast.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.i18n import Message
from core.strategy.findings import FindingKind
from core.strategy.themes.likeness import Likeness

# On the sample branch (three interviews, 38 things said) 11 of 15 first pairs above these were on the same matter, and hardly one below.
_ALIKE = 0.25
_SAME_METRIC = 0.68
_NOT_LETTERS = re.compile(r"[\W_]+")
# How a record marks who speaks: 问：… 答：…
_SPEAKER = re.compile(r"^\W*(?:[问答QA]|Question|Answer)\s*:", re.IGNORECASE)
_QUESTION = re.compile(r"^\W*(?:[问Q]|Question)\s*[:：]", re.IGNORECASE)


class By(StrEnum):
    """Why two findings are held to be on the same matter."""

    METRIC = "metric"
    ABILITY = "ability"
    WORDS = "words"


BY_NAMES = {By.METRIC: Message("同一指标"), By.ABILITY: Message("同一能力"), By.WORDS: Message("用词相近")}


@dataclass(frozen=True)
class Demand:
    """A finding as the contrast sees it. `source` is who says it: a person for a talk, a document else.

    `value` and `unit` are a target's, `change` whether it is an increase or decrease rather than a level.
    """

    id: int
    spoken: bool
    source: str
    kind: FindingKind
    text: str
    metric: str = ""
    value: float | None = None
    unit: str = ""
    change: bool = False
    competencies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """A finding of a document on the same matter. `agrees` says, for a target on the same metric, whether the values are the same."""

    id: int
    by: By
    likeness: float
    agrees: bool | None = None


@dataclass(frozen=True)
class Line:
    """One thing that is said: the findings that say it (the first stands for them), who says it, and its matches, best first."""

    ids: tuple[int, ...]
    sources: tuple[str, ...]
    matches: tuple[Match, ...] = ()

    @property
    def id(self) -> int:
        """The finding that stands for the line."""
        return self.ids[0]

    @property
    def agrees(self) -> bool | None:
        """False where the talk and every document name another value for the same metric, True where one names the same."""
        known = [match.agrees for match in self.matches if match.agrees is not None]
        return any(known) if known else None


@dataclass(frozen=True)
class Contrast:
    """What both say, what only interviews say, what only documents say: in each, what most sources say comes first."""

    both: tuple[Line, ...]
    spoken: tuple[Line, ...]
    written: tuple[Line, ...]


def is_question(quote: str) -> bool:
    """Whether these are the interviewer's words, which nobody stressed by answering them."""
    return bool(_QUESTION.match(quote))


def contrast(demands: Sequence[Demand]) -> Contrast:
    """Hold what was spoken against what is written. Demands come in reading order."""
    held = _held(demands)
    spoken = [place for place, one in enumerate(demands) if one.spoken]
    written = [place for place, one in enumerate(demands) if not one.spoken]
    matches = {place: _matches(demands, place, held) for place in spoken}
    both: list[Line] = []
    alone: list[Line] = []
    for group in _said_alike(demands, spoken):
        found = _best(match for place in group for match in matches[place])
        (both if found else alone).append(_line(demands, group, found))
    met = {match.id for line in both for match in line.matches}
    unsaid = [_line(demands, group) for group in _said_alike(demands, [place for place in written if demands[place].id not in met])]
    return Contrast(_by_stress(both), _by_stress(alone), _by_stress(unsaid))


@dataclass(frozen=True)
class _Held:
    """What findings are held against: how alike all of them read and measure, and who demands which ability in writing."""

    words: Likeness
    metrics: Likeness
    abilities: Mapping[str, frozenset[int]]


def _held(demands: Sequence[Demand]) -> _Held:
    abilities: dict[str, set[int]] = {}
    for place, one in enumerate(demands):
        for name in () if one.spoken else _abilities(one):
            abilities.setdefault(name, set()).add(place)
    return _Held(
        Likeness([one.text for one in demands]),
        Likeness([one.metric for one in demands]),
        {name: frozenset(places) for name, places in abilities.items()},
    )


def _matches(demands: Sequence[Demand], place: int, held: _Held) -> list[Match]:
    one, found = demands[place], []
    words, measured = held.words.to_others(place), held.metrics.to_others(place)
    same_ability = frozenset[int]().union(*(held.abilities.get(name, frozenset()) for name in _abilities(one)))
    for other_place in words.keys() | measured.keys() | same_ability:
        other = demands[other_place]
        if other.spoken:
            continue
        match = _match(one, other, words.get(other_place, 0.0), measured.get(other_place, 0.0))
        if match is not None:
            found.append(match)
    return found


def _match(one: Demand, other: Demand, words: float, measured: float) -> Match | None:
    if one.metric and other.metric and (measured >= _SAME_METRIC or (measured and _plain(one.metric) == _plain(other.metric))):
        return Match(other.id, By.METRIC, round(max(words, measured), 2), _agrees(one, other))
    if words >= _ALIKE:
        return Match(other.id, By.WORDS, round(words, 2))
    if _abilities(one) & _abilities(other):
        return Match(other.id, By.ABILITY, round(words, 2))
    return None


def _agrees(one: Demand, other: Demand) -> bool | None:
    """Whether two targets name the same value; None where their values cannot be compared."""
    if one.value is None or other.value is None or (one.unit, one.change) != (other.unit, other.change):
        return None
    return one.value == other.value


def _abilities(one: Demand) -> set[str]:
    """What ability a finding demands; a target or a task that only mentions one does not."""
    return {_plain(name) for name in one.competencies} if one.kind is FindingKind.CAPABILITY else set()


def _best(matches: Iterable[Match]) -> tuple[Match, ...]:
    best: dict[int, Match] = {}
    for match in matches:
        if match.id not in best or _rank(match) > _rank(best[match.id]):
            best[match.id] = match
    return tuple(sorted(best.values(), key=_rank, reverse=True))


def _rank(match: Match) -> tuple[bool, bool, float, int]:
    return match.agrees is True, match.by is By.METRIC, match.likeness, -match.id


def _said_alike(demands: Sequence[Demand], places: Sequence[int]) -> list[list[int]]:
    """The places in groups that say the same: the same thing measured, or the same words. Each in reading order."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for place in places:
        one = demands[place]
        key = ("metric", _plain(one.metric), one.unit, str(one.change)) if one.metric else (one.kind.value, _plain(one.text))
        groups.setdefault(key, []).append(place)
    return list(groups.values())


def _line(demands: Sequence[Demand], group: Sequence[int], matches: tuple[Match, ...] = ()) -> Line:
    said = [demands[place] for place in group]
    return Line(tuple(one.id for one in said), tuple(dict.fromkeys(one.source for one in said)), matches)


def _by_stress(lines: Sequence[Line]) -> tuple[Line, ...]:
    """What most say first; reading order among equals."""
    return tuple(sorted(lines, key=lambda line: (-len(line.sources), -len(line.ids))))


def _plain(text: str) -> str:
    return _NOT_LETTERS.sub("", _SPEAKER.sub("", unicodedata.normalize("NFKC", text)).lower())
