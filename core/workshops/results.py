"""What came of a round, counted from what its guests said: each figure is a count of voices, and says of how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.workshops.tables import Item, Voice
from core.workshops.terms import Reaction, RoundKind


@dataclass(frozen=True)
class Rewrite:
    """How a guest would write a goal."""

    voice_id: int
    text: str
    guest_id: int
    hidden: bool


@dataclass(frozen=True)
class Result:
    """An item with its voices. `score`: points, guests who say it too (its writer among them), guests who agree, guests who would pay.

    `share` is `score` of what all gave (points) or of those who took part (the rest), None where nobody has. `under` are the pain points
    that were put under this one.
    """

    item: Item
    score: int
    share: float | None
    voices: int
    agree: int = 0
    unclear: int = 0
    disagree: int = 0
    rewrites: tuple[Rewrite, ...] = ()
    under: tuple[Item, ...] = ()

    @property
    def id(self) -> int:
        """The item's number."""
        return self.item.id or 0


@dataclass(frozen=True)
class Outcome:
    """What came of a round: the results, the strongest first; `took_part` guests said something, `total` points were given."""

    results: tuple[Result, ...]
    took_part: int
    total: int


def outcome(kind: RoundKind, items: Sequence[Item], voices: Sequence[Voice]) -> Outcome:
    """Count a round. Hidden items count for nothing; one that stands under another counts for that one, once for each guest."""
    shown = {one.id or 0: one for one in items if not one.hidden}
    lead = {number: _lead(one, shown) for number, one in shown.items()}
    said: dict[int, dict[int, Voice]] = {}
    for voice in voices:
        if voice.item_id in shown and (voice.value or kind is RoundKind.REACT):
            said.setdefault(lead[voice.item_id], {}).setdefault(voice.guest_id, voice)
    writers: dict[int, set[int]] = {}
    for number, one in shown.items():
        if one.guest_id is not None:
            writers.setdefault(lead[number], set()).add(one.guest_id)
    took_part = {guest for heard in said.values() for guest in heard} | {guest for some in writers.values() for guest in some}
    total = sum(voice.value for heard in said.values() for voice in heard.values()) if kind is RoundKind.VOTE else 0
    whole = total if kind is RoundKind.VOTE else len(took_part)
    found = []
    for number, one in shown.items():
        if lead[number] == number:
            under = tuple(other for other_id, other in shown.items() if lead[other_id] == number and other_id != number)
            found.append(_result(kind, one, list(said.get(number, {}).values()), writers.get(number, set()), whole, under))
    order = {result.id: place for place, result in enumerate(found)}
    return Outcome(tuple(sorted(found, key=lambda result: (-result.score, order[result.id]))), len(took_part), total)


def _lead(one: Item, shown: dict[int, Item]) -> int:
    """The item that this one counts for. What it was put under may be hidden: then it stands alone."""
    return one.lead_id if one.lead_id in shown and one.lead_id is not None else one.id or 0


def _result(kind: RoundKind, one: Item, heard: Sequence[Voice], writers: set[int], whole: int, under: tuple[Item, ...]) -> Result:
    by_value = {reaction: sum(1 for voice in heard if voice.value == reaction) for reaction in Reaction}
    score = {
        RoundKind.VOTE: sum(voice.value for voice in heard),
        RoundKind.PAIN: len({voice.guest_id for voice in heard} | writers),
        RoundKind.REACT: by_value[Reaction.AGREE],
        RoundKind.RANK: len(heard),
    }[kind]
    rewrites = tuple(Rewrite(voice.id or 0, voice.text, voice.guest_id, voice.hidden) for voice in heard if voice.text)
    # A goal's share is that of those who judged this goal: they need not judge all.
    of = len(heard) if kind is RoundKind.REACT else whole
    reacts = kind is RoundKind.REACT
    return Result(
        one,
        score,
        score / of if of else None,
        len(heard),
        by_value[Reaction.AGREE] if reacts else 0,
        by_value[Reaction.UNCLEAR] if reacts else 0,
        by_value[Reaction.DISAGREE] if reacts else 0,
        rewrites,
        under,
    )
