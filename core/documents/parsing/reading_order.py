"""The order in which people read boxes on a slide: rows from the top, but columns that stand side by side one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in any unit; `index` is the caller's own number for it."""

    index: int
    left: float
    top: float
    right: float
    bottom: float


def reading_order(boxes: Sequence[Box]) -> list[int]:
    """The indices of `boxes` in reading order.

    The boxes are cut into bands by horizontal gaps. Neighbouring bands that one vertical gap runs through are read column by column
    (a card's heading with the card's text), all others from the top down.
    """
    bands = _groups(boxes, lambda box: (box.top, box.bottom))
    order: list[int] = []
    first = 0
    while first < len(bands):
        last = first + 1
        columns = _columns(bands[first])
        while len(columns) > 1 and last < len(bands):
            wider = _columns([box for band in bands[first : last + 1] for box in band])
            if len(wider) < len(columns):
                break
            last += 1
            columns = wider
        if len(columns) > 1:
            order.extend(index for column in columns for index in reading_order(column))
        else:
            order.extend(box.index for box in sorted(bands[first], key=lambda box: (box.top, box.left, box.index)))
        first = last
    return order


def _columns(boxes: Sequence[Box]) -> list[list[Box]]:
    return _groups(boxes, lambda box: (box.left, box.right))


def _groups(boxes: Sequence[Box], side: Callable[[Box], tuple[float, float]]) -> list[list[Box]]:
    """The boxes parted where no box lies along one axis; overlaps of a few percent count as none."""
    groups: list[list[Box]] = []
    reach = float("-inf")
    for box in sorted(boxes, key=lambda box: (*side(box), box.index)):
        start, end = side(box)
        slack = (end - start) * 0.08
        if start + slack < reach and groups:
            groups[-1].append(box)
        else:
            groups.append([box])
        reach = max(reach, end)
    return groups
