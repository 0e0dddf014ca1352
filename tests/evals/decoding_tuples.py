"""Whether two targets are the same, and in which parts they are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import isclose

from tests.evals.decoding_units import Target
from tests.evals.matching import plain

PARTS = ("metric", "operator", "value", "unit", "deadline")
_METRIC = 2 / 3
_UNITS = {"percent": "%", "percentagepoints": "个百分点", "百分点": "个百分点", "pp": "个百分点"}
_UNITS |= dict.fromkeys(("个基点", "基点", "basispoints", "bps"), "bp")
# With so many parts amiss two targets are not the same one misread.
_TOO_MANY = 4


def differences(wanted: Target, found: Target) -> tuple[str, ...]:
    """The parts in which the target found is not the one that was wanted; none for a hit."""
    right = (
        same_metric(wanted.metric, found.metric),
        wanted.operator == found.operator,
        isclose(wanted.value, found.value, rel_tol=1e-6),
        _unit(wanted.unit) == _unit(found.unit),
        plain(wanted.deadline) == plain(found.deadline),
    )
    return tuple(part for part, same in zip(PARTS, right, strict=True) if not same)


def same_amount(wanted: Target, found: Target) -> bool:
    """Whether value and unit are the same."""
    return not {"value", "unit"} & set(differences(wanted, found))


def same_metric(wanted: str, found: str) -> bool:
    """Equal without blanks and punctuation, or one holds the other and is not more than half as long again."""
    short, long = sorted((plain(wanted), plain(found)), key=len)
    return bool(short) and short in long and len(short) >= _METRIC * len(long)


def failures(units: Iterable[tuple[Sequence[Target], Sequence[Target]]]) -> Counter[str]:
    """How often each part fails in the targets wanted and found of each unit, how many were misread at all, missed, and found beside them.

    What is wanted is held against what was found that differs least; a target may fail in several parts."""
    counted: Counter[str] = Counter()
    for wanted, found in units:
        left, unread = list(found), list(wanted)
        pairs = sorted(((len(differences(a, b)), i, j) for i, a in enumerate(wanted) for j, b in enumerate(found)))
        for amiss, i, j in pairs:
            a, b = wanted[i], found[j]
            if amiss >= _TOO_MANY or not any(a is one for one in unread) or not any(b is one for one in left):
                continue
            unread = [one for one in unread if one is not a]
            left = [one for one in left if one is not b]
            counted.update(differences(a, b))
            counted["misread"] += bool(amiss)
        counted["missed"] += len(unread)
        counted["extra"] += len(left)
    return counted


def _unit(unit: str) -> str:
    written = plain(unit)
    return _UNITS.get(written, written)
