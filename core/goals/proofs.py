"""The library of competencies and indicators: which indicators show that a competency works, and what a competency moves.

Either side may tell it: a competency carries indicators, an indicator carries names of competencies. One that is told is enough.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from core.access.actor import Actor, Right, require
from core.errors import BadInput, Conflict
from core.i18n import Language, Message
from core.people import service as people
from core.people.competencies import Competency
from core.sheets.reading import folded
from core.storage import Session
from core.strategy.environment import service as environment
from core.strategy.environment.indicators import Indicator


@dataclass(frozen=True)
class Proof:
    """An indicator that shows a competency, and which of the two say so."""

    competency: Competency
    indicator: Indicator
    by_competency: bool
    by_indicator: bool


@dataclass(frozen=True)
class Proofs:
    """All of them. `lost_indicators`: what competencies name and the indicator library lacks; `lost_competencies`: the other way round."""

    all: tuple[Proof, ...] = ()
    lost_indicators: tuple[tuple[Competency, str], ...] = ()
    lost_competencies: tuple[tuple[Indicator, str], ...] = ()

    def of(self, competency: Competency) -> list[Proof]:
        """The indicators that show a competency."""
        return [one for one in self.all if one.competency.key == competency.key]

    def by(self, indicator: Indicator) -> list[Proof]:
        """The competencies that an indicator shows."""
        return [one for one in self.all if one.indicator.key == indicator.key]

    def lost_of(self, competency: Competency) -> list[str]:
        """What a competency names and the indicator library lacks."""
        return [name for one, name in self.lost_indicators if one.key == competency.key]

    def lost_by(self, indicator: Indicator) -> list[str]:
        """What an indicator names and the capability model lacks."""
        return [name for one, name in self.lost_competencies if one.key == indicator.key]

    def showing(self, names: Iterable[str]) -> dict[str, list[str]]:
        """The indicators that show competencies of these names (or aliases), by key, each with the competencies as they were asked for."""
        asked = {folded(name): name for name in names}
        found: dict[str, list[str]] = {}
        for one in self.all:
            name = next((asked[way] for way in _ways(one.competency) if way in asked), None)
            if name is not None and name not in found.setdefault(one.indicator.key, []):
                found[one.indicator.key].append(name)
        # What an indicator says of an ability that the model lacks counts all the same.
        for indicator, lost in self.lost_competencies:
            if folded(lost) in asked and asked[folded(lost)] not in found.setdefault(indicator.key, []):
                found[indicator.key].append(asked[folded(lost)])
        return {key: some for key, some in found.items() if some}


def link(competencies: Sequence[Competency], indicators: Sequence[Indicator]) -> Proofs:
    """What competencies and indicators say of each other, matched by key, else by name or alias."""
    by_key = {one.key: one for one in indicators}
    by_name = {folded(one.facts.name): one for one in reversed(indicators)}
    by_way = {way: one for one in reversed(competencies) for way in _ways(one)}
    told: dict[tuple[str, str], Proof] = {}
    lost_indicators, lost_competencies = [], []
    for competency in competencies:
        for name in competency.facts.indicators:
            indicator = by_key.get(name) or by_name.get(folded(name))
            if indicator is None:
                lost_indicators.append((competency, name))
            else:
                told[competency.key, indicator.key] = Proof(competency, indicator, by_competency=True, by_indicator=False)
    for indicator in indicators:
        for name in indicator.facts.competencies:
            known = by_way.get(folded(name))
            if known is None:
                lost_competencies.append((indicator, name))
                continue
            key = known.key, indicator.key
            told[key] = Proof(known, indicator, by_competency=key in told and told[key].by_competency, by_indicator=True)
    return Proofs(tuple(told.values()), tuple(lost_indicators), tuple(lost_competencies))


def first(library: Iterable[Indicator], showing: Collection[str]) -> list[Indicator]:
    """The library with the indicators whose keys are in `showing` first, each part in its order."""
    return sorted(library, key=lambda one: one.key not in showing)


def proofs(db: Session, actor: Actor, language: Language) -> Proofs:
    """The library of what is not put away, the starter library's competencies included. Needs `READ_PLANS`.

    Who may not read the capability model is told what the indicators say themselves.
    """
    if not actor.may(Right.READ_PEOPLE):
        return link([], [one for one in environment.indicators(db, actor, language) if not one.archived])
    return whole(db, actor, language)


def whole(db: Session, actor: Actor, language: Language) -> Proofs:
    """The same for services that ask for a right of their own."""
    indicators = [one for one in environment.indicators(db, actor, language) if not one.archived]
    return link([one for one in people.model(db, language) if not one.archived], indicators)


def set_indicators(db: Session, actor: Actor, seen: Competency, keys: Collection[str], language: Language) -> None:
    """Say which indicators show a competency of the model, these and no others, whichever side said so before.

    What the competency names and the library lacks stays named. Raises `BadInput`, `Conflict`.
    """
    require(actor, Right.EDIT_PEOPLE)
    require(actor, Right.DECIDE_STRATEGY)
    if not seen.taken:
        raise BadInput(Message("这项能力还没有采用，请先采用。"))
    known = proofs(db, actor, language)
    indicators = {one.key for one in environment.indicators(db, actor, language) if not one.archived}
    if lost := set(keys) - indicators:
        raise Conflict(Message("有 {n} 个指标已被归档，请刷新后再选。", n=len(lost)))
    facts = replace(seen.facts, indicators=(*keys, *known.lost_of(seen)))
    people.save_competency(db, actor, seen, facts)
    for one in known.of(seen):
        if one.by_indicator and one.indicator.key not in keys:
            said = one.indicator.facts
            left = tuple(name for name in said.competencies if folded(name) not in _ways(seen))
            environment.save_indicator(db, actor, one.indicator, replace(said, competencies=left))


def _ways(competency: Competency) -> list[str]:
    return [folded(name) for name in (competency.facts.name, *competency.facts.aliases)]
