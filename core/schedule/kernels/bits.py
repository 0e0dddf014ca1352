"""Sets of slots as 64-bit words, and chance. Words are unsigned and mixed with nothing else: the compiler would make floats of both."""

from __future__ import annotations

import numpy as np
from numba.cpython.unsafe.numbers import trailing_zeros

from core.schedule.kernels.compiling import kernel
from core.schedule.kernels.facts import Bits, Floats

_ONE = np.uint64(1)
_WORD = np.uint64(64)
_MULTIPLIER = np.uint64(2685821657736338717)
_TWELVE, _TWENTY_FIVE, _TWENTY_SEVEN, _HIGH = np.uint64(12), np.uint64(25), np.uint64(27), np.uint64(33)
_SHARE = 1.0 / (1 << 31)


@kernel
def first(word: np.uint64) -> int:
    """The place of the lowest bit of a word that is not 0."""
    return int(np.int64(trailing_zeros(word)))


@kernel
def without_first(word: np.uint64) -> np.uint64:
    """The word without its lowest bit."""
    return word & (word - _ONE)


@kernel
def add(row: Bits, slot: int) -> None:
    """Put a slot into a set."""
    row[slot >> 6] |= _ONE << np.uint64(slot & 63)


@kernel
def drop(row: Bits, slot: int) -> None:
    """Take a slot out of a set."""
    row[slot >> 6] &= ~(_ONE << np.uint64(slot & 63))


@kernel
def has(row: Bits, slot: int) -> bool:
    """Whether a slot is in a set."""
    return ((row[slot >> 6] >> np.uint64(slot & 63)) & _ONE) == _ONE


@kernel
def is_empty(row: Bits, words: int) -> bool:
    """Whether a set is empty."""
    for at in range(words):
        if row[at]:
            return False
    return True


@kernel
def keep_window(row: Bits, words: int, low: int, high: int) -> None:
    """Keep only what is from `low` to `high`, both included."""
    for at in range(words):
        base = at << 6
        if base + 63 < low or base > high:
            row[at] = np.uint64(0)
            continue
        if base < low:
            row[at] &= ~np.uint64(0) << np.uint64(low - base)
        if base + 63 > high:
            row[at] &= ~np.uint64(0) >> np.uint64(base + 63 - high)


@kernel
def find_hits(busy: Bits, words: int, dur: int, hits: Bits) -> None:
    """Write to `hits` the slots from which on `dur` slots meet a busy one."""
    for at in range(words):
        hits[at] = busy[at]
    for shift in range(1, dur):
        skip, bit = shift >> 6, np.uint64(shift & 63)
        for at in range(words - skip):
            moved = busy[at + skip] >> bit
            if bit and at + skip + 1 < words:
                moved |= busy[at + skip + 1] << (_WORD - bit)
            hits[at] |= moved


@kernel
def chance(random: Bits) -> np.uint64:
    """31 random bits; `random` holds the state of the generator."""
    x = random[0]
    x ^= x >> _TWELVE
    x ^= x << _TWENTY_FIVE
    x ^= x >> _TWENTY_SEVEN
    random[0] = x
    return (x * _MULTIPLIER) >> _HIGH


@kernel
def pick(random: Bits, count: int) -> int:
    """A random whole number from 0 to below `count`."""
    return int(np.int64(chance(random)) % count)


@kernel
def share(random: Bits) -> float:
    """A random number from 0 to below 1."""
    return np.int64(chance(random)) * _SHARE


@kernel
def fill(row: Floats, slots: int, value: float) -> None:
    """Write the same number for every slot."""
    for t in range(slots):
        row[t] = value
