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
from core.strategy.letters import letters
from core.strategy.themes.likeness import Likeness

# On the sample branch (three interviews, 38 things said) 11 of 15 first pairs above these were on the same matter, and hardly one below.
_ALIKE = 0.25
_SAME_METRIC = 0.68
# How a record marks who speaks: 问：… 答：…
_SPEAKER = re.compile(r"^\W*(?:[问答QA]|Question|Answer)\s*:", re.IGNORECASE)
_QUESTION = re.compile(r"^\W*(?:[问Q]|Question)\s*[:：]", re.IGNORECASE)


class By(StrEnum):
    """Why two findings are held to be on the same matter."""

    METRIC = "metric"
    ABILITY = "ability"
    WORDS = "words"
    PERSON = "person"


BY_NAMES = {By.METRIC: Message("同一指标"), By.ABILITY: Message("同一能力"), By.WORDS: Message("用词相近"), By.PERSON: Message("人工认定")}

Pair = tuple[int, int]
"""A finding of a talk and one of a document, by id."""


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
    """One thing that is said: the findings that say it (the first stands for them), who says it, and its matches, best first.

    `parted` are lines of the other side that a person says are on another matter, each by the finding that stands for it.
    """

    ids: tuple[int, ...]
    sources: tuple[str, ...]
    matches: tuple[Match, ...] = ()
    parted: tuple[int, ...] = ()

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
    """What both say, what only interviews say, what only documents say: in each, what most sources say comes first.

    `clauses` is everything that documents say, whoever else says it too.
    """

    both: tuple[Line, ...]
    spoken: tuple[Line, ...]
    written: tuple[Line, ...]
    clauses: tuple[Line, ...] = ()

    @property
    def raised(self) -> tuple[Line, ...]:
        """Everything that interviews say, whoever else says it too."""
        return (*self.spoken, *self.both)

    def whole(self, finding_id: int) -> Line:
        """All that is said with a finding: the line of its own side that it belongs to."""
        return next(line for line in (*self.raised, *self.clauses) if finding_id in line.ids)


def is_question(quote: str) -> bool:
    """Whether these are the interviewer's words, which nobody stressed by answering them."""
    return bool(_QUESTION.match(quote))


def contrast(demands: Sequence[Demand], verdicts: Mapping[Pair, bool] | None = None) -> Contrast:
    """Hold what was spoken against what is written. Demands come in reading order.

    `verdicts` are what people said about pairs, the latest last: they hold for all that is said with either, and stand above the rules.
    """
    held = _held(demands)
    spoken = _said_alike(demands, [place for place, one in enumerate(demands) if one.spoken])
    written = _said_alike(demands, [place for place, one in enumerate(demands) if not one.spoken])
    known = _Verdicts(demands, spoken, written, verdicts or {})
    both: list[Line] = []
    alone: list[Line] = []
    for number, group in enumerate(spoken):
        found = [match for place in group for match in _matches(demands, place, held) if known.of(number, match.id) is None]
        found += [_by_hand(demands, group, place, held) for other in known.linked(number) for place in written[other]]
        line = _line(demands, group, _best(found), known.parted_from(number))
        (both if found else alone).append(line)
    met = {match.id for line in both for match in line.matches}
    left = _said_alike(demands, [place for group in written for place in group if demands[place].id not in met])
    unsaid = [_line(demands, group, (), known.parted_to(demands[group[0]].id)) for group in left]
    return Contrast(_by_stress(both), _by_stress(alone), _by_stress(unsaid), tuple(_line(demands, group) for group in written))


class _Verdicts:
    """What people said about pairs, as it holds for groups that say the same: by the groups' numbers."""

    def __init__(
        self, demands: Sequence[Demand], spoken: Sequence[Sequence[int]], written: Sequence[Sequence[int]], given: Mapping[Pair, bool]
    ) -> None:
        self._spoken = {demands[place].id: number for number, group in enumerate(spoken) for place in group}
        self._written = {demands[place].id: number for number, group in enumerate(written) for place in group}
        self._first_spoken = [demands[group[0]].id for group in spoken]
        self._first_written = [demands[group[0]].id for group in written]
        self._given: dict[Pair, bool] = {}
        for (said, clause), same in given.items():
            if said in self._spoken and clause in self._written:
                self._given[self._spoken[said], self._written[clause]] = same

    def of(self, spoken: int, written_id: int) -> bool | None:
        """What was said about a spoken group and the group of a written finding; None where nobody said anything."""
        return self._given.get((spoken, self._written[written_id]))

    def linked(self, spoken: int) -> list[int]:
        """The written groups that are on the same matter."""
        return [other for (one, other), same in self._given.items() if one == spoken and same]

    def parted_from(self, spoken: int) -> tuple[int, ...]:
        """The written findings that stand for what a spoken group is not about."""
        return tuple(self._first_written[other] for (one, other), same in self._given.items() if one == spoken and not same)

    def parted_to(self, written_id: int) -> tuple[int, ...]:
        """The spoken findings that stand for what a written finding is not about."""
        number = self._written[written_id]
        return tuple(self._first_spoken[one] for (one, other), same in self._given.items() if other == number and not same)


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


def _by_hand(demands: Sequence[Demand], group: Sequence[int], place: int, held: _Held) -> Match:
    """A match that a person made: with it stands what can be said of its values and words."""
    other = demands[place]
    compared = [_agrees(demands[one], other) for one in group]
    alike = max(held.words.between(one, place) for one in group)
    return Match(other.id, By.PERSON, round(alike, 2), next((one for one in compared if one is not None), None))


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


def _rank(match: Match) -> tuple[bool, bool, bool, float, int]:
    return match.by is By.PERSON, match.agrees is True, match.by is By.METRIC, match.likeness, -match.id


def _said_alike(demands: Sequence[Demand], places: Sequence[int]) -> list[list[int]]:
    """The places in groups that say the same: the same thing measured, or the same words. Each in reading order."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for place in places:
        one = demands[place]
        key = ("metric", _plain(one.metric), one.unit, str(one.change)) if one.metric else (one.kind.value, _plain(one.text))
        groups.setdefault(key, []).append(place)
    return list(groups.values())


def _line(demands: Sequence[Demand], group: Sequence[int], matches: tuple[Match, ...] = (), parted: tuple[int, ...] = ()) -> Line:
    said = [demands[place] for place in group]
    return Line(tuple(one.id for one in said), tuple(dict.fromkeys(one.source for one in said)), matches, parted)


def _by_stress(lines: Sequence[Line]) -> tuple[Line, ...]:
    """What most say first; reading order among equals."""
    return tuple(sorted(lines, key=lambda line: (-len(line.sources), -len(line.ids))))


def _plain(text: str) -> str:
    return letters(_SPEAKER.sub("", unicodedata.normalize("NFKC", text)))
