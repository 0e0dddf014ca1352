"""What becomes of findings when a document is decoded again: nothing that people decided is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from core.strategy.findings import Finding, FindingKind
from core.strategy.locating import plain

_ALIKE = 0.85
"""How alike two quotes of one kind must be (0…1, Ratcliff & Obershelp) to be taken for the same words, reworded."""

_FIGURE = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百千万亿]+(?=[个%户人名元成倍年月])")


@dataclass(frozen=True)
class Known:
    """A finding that is there already, as decoding found it. `decided`: a person has accepted, rejected, merged, edited or parted it.
    `was`: what the rules had taken its words for, where a model made something else of them."""

    id: int
    kind: FindingKind
    quote: str
    metric: str
    decided: bool
    was: FindingKind | None = None


@dataclass(frozen=True)
class Reconciled:
    """`kept`: a new finding for each known one that it continues, by id. `fresh`: new ones. `lost`: decided ones whose words are gone;
    they stay, marked. `dropped`: undecided ones that were not found again."""

    kept: dict[int, Finding]
    fresh: tuple[Finding, ...]
    lost: tuple[int, ...]
    dropped: tuple[int, ...]


def reconcile(known: Sequence[Known], found: Sequence[Finding]) -> Reconciled:
    """Match known findings with new ones: the same kind, metric and words first, then the same kind and words that are alike."""
    open_finds = list(found)
    kept: dict[int, Finding] = {}
    for exact in (True, False):
        for one in known:
            if one.id not in kept and (match := _match(one, open_finds, exact=exact)) is not None:
                kept[one.id] = match
                open_finds.remove(match)
    gone = [one for one in known if one.id not in kept]
    return Reconciled(
        kept=kept,
        fresh=tuple(open_finds),
        lost=tuple(one.id for one in gone if one.decided),
        dropped=tuple(one.id for one in gone if not one.decided),
    )


def _match(one: Known, found: Sequence[Finding], *, exact: bool) -> Finding | None:
    same_kind = [other for other in found if other.kind is one.kind]
    if exact:
        words = plain(one.quote)
        return next((other for other in same_kind if plain(other.quote) == words and other.metric == one.metric), None)
    # A changed figure is another demand: nobody has decided on that.
    figures = _FIGURE.findall(one.quote)
    same_kind = [other for other in same_kind if _FIGURE.findall(other.quote) == figures]
    best = max(same_kind, key=lambda other: _likeness(one.quote, other.quote), default=None)
    return best if best is not None and _likeness(one.quote, best.quote) >= _ALIKE and best.metric == one.metric else None


def _likeness(first: str, second: str) -> float:
    matcher = SequenceMatcher(None, plain(first), plain(second), autojunk=False)
    # The two quick bounds spare the slow comparison for words that have little in common.
    return 0.0 if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE else matcher.ratio()
