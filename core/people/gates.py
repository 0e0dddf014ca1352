"""The gates of small groups: which sums somebody may read who may not read the people in them by name.

Sums of the same people are published by unit, by post, and in all. Think of every person as an edge between their unit and
their post: all that can be worked out of the published sums, by whatever adding and subtracting, is then a cut of this graph,
in which hidden units count as one unit and hidden posts as one post. So the rule is one sentence: **no cut may be of fewer
people than the gate**. A small unit is the cut around it; what has to be hidden beside it, so that it cannot be found by
subtraction, follows from the same sentence, and so does the one head of a department whose other people all hold posts that
nobody else holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

# Sums of fewer people are hidden (statistics of people: fewer than five are recognised).
HIDE = 5
# Sums of fewer people are given as a whole and never split, for instance into those below and those not.
SPLIT = 10

Node = tuple[str, int]
_UNIT, _POST = "unit", "post"


@dataclass(frozen=True)
class Closed:
    """The sums that are not given: of these units, of these posts, in all."""

    units: frozenset[int] = frozenset()
    posts: frozenset[int] = frozenset()
    total: bool = False

    def unit(self, unit_id: int) -> bool:
        """Whether a unit's sum is not given."""
        return unit_id in self.units

    def post(self, post_id: int) -> bool:
        """Whether a post's sum is not given."""
        return post_id in self.posts


Counts = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Cut:
    """What parts a few people from all others: around each of these units and posts, or (`together`) around all of them as one."""

    units: frozenset[int]
    posts: frozenset[int]
    together: bool

    def crosses(self, unit: NDArray[np.int32], post: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Which of the people at these places stand across it."""
        inside, within = np.isin(unit, list(self.units)), np.isin(post, list(self.posts))
        crossing: NDArray[np.bool_] = inside ^ within if self.together else inside | within
        return crossing


def small_cut(counts: Counts, least: int) -> Cut | None:
    """A cut of fewer than `least` people, None where there is none. What counts as one unit or post has one number in `counts`."""
    size = _sizes(counts)
    few = {node for node, people in size.items() if 0 < people < least}
    side = few or _small_side(counts, _Held(set(), set()), least)
    if not side:
        return None
    units, posts = (frozenset(name for kind, name in side if kind == one) for one in (_UNIT, _POST))
    return Cut(units, posts, together=not few)


def closed(people: Iterable[Counts], least: int, already: Closed | None = None) -> Closed:
    """Which sums to hide so that nothing can be worked out about fewer than `least` people.

    Each of `people` says how many of them there are by unit and post; where there are several (those of whom something is
    required, those of whom it is known), what is hidden is right for each of them. `already` is hidden in any case.
    """
    shown = already or Closed()
    counts = [{place: count for place, count in one.items() if count > 0} for one in people]
    if any(0 < sum(one.values()) < least for one in counts):
        return _all(counts, shown, total=True)
    held = _Held(set(shown.units), set(shown.posts))
    for one in counts:
        while (side := _small_side(one, held, least)) is not None:
            if not held.hide(side, _sizes(one)):
                return _all(counts, shown, total=shown.total)
    # What was hidden for the sake of the later counts leaves the earlier ones as safe: merging never makes a new cut.
    return Closed(frozenset(held.units), frozenset(held.posts), shown.total)


@dataclass
class _Held:
    """What is hidden so far."""

    units: set[int]
    posts: set[int]
    by: dict[str, set[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.by = {_UNIT: self.units, _POST: self.posts}

    def node(self, kind: str, name: int) -> Node:
        """Where somebody of this unit or post stands in the graph: all hidden ones of a kind stand together."""
        return (kind, -1) if name in self.by[kind] else (kind, name)

    def hide(self, side: set[Node], size: Mapping[Node, int]) -> bool:
        """Hide what is least missed and makes this side of a cut one with the other; whether there is anything."""
        ways = []
        for kind, gone in self.by.items():
            inside = _least({node for node in side if node[0] == kind}, size)
            others = {node for node in size if node[0] == kind and node[1] not in gone and node not in side}
            outside = _least(others | ({(kind, -1)} if gone and (kind, -1) not in side else set()), size)
            if inside is not None and outside is not None:
                ways.append((size.get(inside, 0) + size.get(outside, 0), kind, inside, outside))
        if not ways:
            return False
        _cost, kind, inside, outside = min(ways)
        self.by[kind].update(name for _kind, name in (inside, outside) if name != -1)
        return True


def _least(nodes: set[Node], size: Mapping[Node, int]) -> Node | None:
    """What costs the fewest people to hide: what is hidden already, else the smallest."""
    return min(nodes, key=lambda node: (node[1] != -1, size.get(node, 0), node[1]), default=None)


def _sizes(counts: Counts) -> dict[Node, int]:
    found: dict[Node, int] = {}
    for (unit, post), count in counts.items():
        for node in ((_UNIT, unit), (_POST, post)):
            found[node] = found.get(node, 0) + count
    return found


def _all(counts: Iterable[Counts], already: Closed, *, total: bool) -> Closed:
    """Every unit and every post hidden."""
    places = {place for one in counts for place in one}
    units, posts = ({place[at] for place in places} for at in range(2))
    return Closed(already.units | units, already.posts | posts, total)


def _small_side(counts: Counts, held: _Held, least: int) -> set[Node] | None:
    """One side of a cut of fewer than `least` people, None where there is none (Nagamochi and Ibaraki 1992)."""
    ends = [(held.node(_UNIT, unit), held.node(_POST, post)) for unit, post in counts]
    nodes = sorted({node for pair in ends for node in pair})
    place = {node: at for at, node in enumerate(nodes)}
    people = np.zeros((len(nodes), len(nodes)), dtype=np.int64)
    np.add.at(people, ([place[one] for one, _other in ends], [place[other] for _one, other in ends]), list(counts.values()))
    people += people.T
    merged = np.arange(len(nodes))
    while len(people) > 1:
        small, leads = _walk(people, least)
        if small is not None:
            return {nodes[at] for at in np.flatnonzero(merged == small)}
        fewer, row = np.unique(leads, return_inverse=True)
        if len(fewer) == len(people):
            return None
        together = np.zeros((len(fewer), len(fewer)), dtype=np.int64)
        np.add.at(together, (row[:, None], row[None, :]), people)
        np.fill_diagonal(together, 0)
        people, merged = together, row[merged]
    return None


def _walk(people: NDArray[np.int64], least: int) -> tuple[int | None, NDArray[np.int64]]:
    """Go through the graph, always on to the node that hangs most on those that were seen.

    Returns a node that hangs on all others by fewer than `least` people, if the walk comes to an end at one; and for each node, one with
    which it can be merged, because no smaller cut parts them.
    """
    count = len(people)
    hangs, waiting = np.zeros(count, dtype=np.int64), np.ones(count, dtype=np.bool_)
    leads = np.arange(count)
    last: int | None = None
    for _step in range(count + 1):
        at = int(np.argmax(np.where(waiting, hangs, -1)))
        done = not waiting.any()
        if last is not None and (done or hangs[at] == 0) and 0 < hangs[last] < least:
            return last, leads
        if done:
            break
        waiting[at], last = False, at
        hangs += np.where(waiting, people[at], 0)
        near = np.flatnonzero(waiting & (people[at] > 0) & (hangs >= least))
        if len(near):
            leads[np.isin(leads, leads[near])] = leads[at]
    return None, leads
