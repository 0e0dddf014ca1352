"""From one released state to the next: in steps of so many people that nobody is found by taking the sums of one day from another's.

Think of three groups of people: those who changed, where they stood before; those who changed, where they stand now; and those who stayed
where they were. Whatever is worked out of the sums of both days is a cut of one of them (docs/decisions/0014-gaps.md), so no cut of any may
be of fewer people than the gate. Whoever stands across such a cut keeps what was last released of them, until others come to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from core.people.gaps.measure import Flags, Floats, Ints
from core.people.gaps.state import State
from core.people.gates import HIDE, Closed, Counts, Cut, closed, small_cut

Units = frozenset[int]
"""The units whose people a reader of sums reads by name: of those, nothing is to be found out."""

_HIDDEN = -1
_FACTS = ("unit", "post", "required", "weight")


def step(old: State, new: State, readers: Sequence[Units] = (frozenset(),)) -> State:
    """The next state: of the changes those that may be released together to each of the readers."""
    change = _Change(old, new)
    take = change.changed.copy()
    views = [_View(one, _shut(old, one), _shut(new, one)) for one in readers]
    while True:
        _hold_back(change, take, views)
        found = change.mixed(take)
        after = [replace(one, new=_both(one.new, _shut(found, one.named))) for one in views]
        if after == views:
            return found
        views = after


def follows(old: State, new: State, readers: Sequence[Units] = (frozenset(),)) -> bool:
    """Whether a reader who kept the old sums may be given the new ones."""
    return step(old, new, readers).same(new)


def without_returns(old: State, new: State, earlier: Sequence[State]) -> State:
    """The new state without those of whom it says again what an earlier one has said."""
    change = _Change(old, new)
    take = change.changed.copy()
    for one in earlier:
        back = _Change(one, new)
        take &= ~np.isin(change.people, back.people[~back.changed])
    return change.mixed(take)


@dataclass(frozen=True)
class _Side:
    """A state, with a row for each of the people of two."""

    there: Flags
    unit: Ints
    post: Ints
    required: Ints
    weight: Floats
    levels: Floats


@dataclass(frozen=True)
class _Layer:
    """People who are counted in some sum before and after; whether what they add is the same, and whether sums are by unit and post."""

    before: Flags
    after: Flags
    same: Flags
    placed: bool


@dataclass
class _View:
    """A reader of sums, and what is hidden from them before and after; all of it where nothing is given."""

    named: Units
    old: Closed
    new: Closed

    @property
    def blind(self) -> bool:
        """Whether on one of the days nothing at all is given: then there is nothing to compare."""
        return self.old.total or self.new.total


@dataclass(frozen=True)
class _Change:
    """Two states, person by person."""

    old: State
    new: State
    people: Ints = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", np.union1d(self.old.employee, self.new.employee))

    @cached_property
    def before(self) -> _Side:
        """The people in the old state."""
        return self._side(self.old)

    @cached_property
    def after(self) -> _Side:
        """The people in the new state."""
        return self._side(self.new)

    @cached_property
    def stayed(self) -> Flags:
        """Who is in both, in the same place."""
        one, other = self.before, self.after
        stayed: Flags = one.there & other.there & (one.unit == other.unit) & (one.post == other.post)
        return stayed

    @cached_property
    def ruled(self) -> Flags:
        """Of whom something else is required in the same place."""
        one, other = self.before, self.after
        ruled: Flags = self.stayed & ((one.required != other.required) | (one.weight != other.weight))
        return ruled

    @cached_property
    def changed(self) -> Flags:
        """Of whom the states differ in anything."""
        return ~self.stayed | self.ruled | ~_alike(self.before.levels, self.after.levels).all(axis=1)

    @cached_property
    def layers(self) -> list[_Layer]:
        """Those of whom it is required; those of whom it is known now, and was known at each year's end (which is only given in all)."""
        one, other = self.before, self.after
        found = [_Layer(one.there, other.there, self.stayed, placed=True)]
        for column in range(one.levels.shape[1]):
            then, now = one.levels[:, column], other.levels[:, column]
            found.append(_Layer(~np.isnan(then), ~np.isnan(now), self.stayed & _alike(then, now), placed=column == 0))
        return found

    def mixed(self, take: Flags) -> State:
        """The state in which these have changed, and of the others nothing has."""
        fresh = take | ~self.changed
        one, other = self._side(self.old, self.new.years), self._side(self.new, self.new.years)
        # The end of a year of which nothing was released yet is not held back: it is given beside the sums of now, and gated with them.
        added = [1 + at for at, year in enumerate(self.new.years) if year not in self.old.years]
        one.levels[:, added] = np.where(one.there[:, None], other.levels[:, added], np.nan)
        chosen = np.where(fresh, other.there, one.there)
        columns = {name: np.where(fresh, getattr(other, name), getattr(one, name)) for name in _FACTS}
        levels = np.where(fresh[:, None], other.levels, one.levels)
        return State(employee=self.people, **columns, levels=levels, years=self.new.years, day=self.new.day).where(chosen)

    def _side(self, state: State, years: Sequence[int] | None = None) -> _Side:
        place = np.searchsorted(self.people, state.employee)
        there = np.zeros(len(self.people), dtype=np.bool_)
        there[place] = True
        wanted = [year for year in self.old.years if year in self.new.years] if years is None else years
        levels = np.full((len(self.people), 1 + len(wanted)), np.nan)
        levels[place, 0] = state.levels[:, 0]
        for at, year in enumerate(wanted, 1):
            if year in state.years:
                levels[place, at] = state.levels[:, 1 + state.years.index(year)]
        columns = {}
        for name in _FACTS:
            values = getattr(state, name)
            columns[name] = np.zeros(len(self.people), dtype=values.dtype)
            columns[name][place] = values
        return _Side(there, **columns, levels=levels)


def _hold_back(change: _Change, take: Flags, views: Sequence[_View]) -> None:
    """Leave away from `take` whoever would be found, until nobody is."""
    left = -1
    while left != int(take.sum()):
        left = int(take.sum())
        for view in views:
            if not view.blind:
                for layer in change.layers:
                    _hold_changed(change, take, view, layer)
                    _hold_movers(change, take, view, layer)


def _hold_changed(change: _Change, take: Flags, view: _View, layer: _Layer) -> None:
    """Those who changed are so many, where they stood and where they stand; what is required of people does not hide that their level
    changed."""
    own = (layer.before | layer.after) & ~layer.same
    for changed in (own, own | change.ruled) if change.ruled.any() else (own,):
        for counted, side in ((layer.before, change.before), (layer.after, change.after)):
            places = _Places(change, view, layer, side)
            among = changed & counted & ~np.isin(side.unit, list(view.named))
            while (cut := places.cut(take & among)) is not None:
                take &= ~(among & places.across(cut))


def _hold_movers(change: _Change, take: Flags, view: _View, layer: _Layer) -> None:
    """Those who stayed are so many wherever others came or went."""
    still = change.stayed & layer.before & layer.after
    outside = ~np.isin(change.before.unit, list(view.named))
    before, after = _Places(change, view, layer, change.before), _Places(change, view, layer, change.after)
    while (take & (layer.before | layer.after) & ~still).any():
        cut = before.cut(layer.before & (~take | still) & outside)
        if cut is None:
            return
        movers = take & ~still
        touching = movers & ((layer.before & before.across(cut)) | (layer.after & after.across(cut)))
        if touching.any():
            take &= ~touching
        elif cut.together or cut.units | cut.posts == {_HIDDEN}:
            # Other groups were hidden with these before than are afterwards: nobody moves.
            take &= ~movers
        else:
            # So few people whom nothing touches are hidden before and after.
            before.hide(cut)
            after.hide(cut)


class _Places:
    """Where people stand for a reader: what is hidden before and after counts as one unit, and as one post."""

    def __init__(self, change: _Change, view: _View, layer: _Layer, side: _Side) -> None:
        one = change.before
        self.unit, self.post = side.unit.copy(), side.post.copy()
        if not layer.placed:
            self.unit[:], self.post[:] = 0, 0
            return
        for column, theirs, old, new in (
            (self.unit, one.unit, view.old.units, view.new.units),
            (self.post, one.post, view.old.posts, view.new.posts),
        ):
            told = np.setdiff1d(np.unique(theirs[layer.before]), list(old))
            column[np.isin(column, np.setdiff1d(np.array(list(new), dtype=np.int32), told))] = _HIDDEN

    def cut(self, those: Flags) -> Cut | None:
        """A cut of too few of these people."""
        return small_cut(_counts(self.unit[those], self.post[those]), HIDE)

    def across(self, cut: Cut) -> Flags:
        """Who stands across a cut."""
        return cut.crosses(self.unit, self.post)

    def hide(self, cut: Cut) -> None:
        """Count the units and posts of a cut among the hidden ones."""
        self.unit[np.isin(self.unit, list(cut.units))] = _HIDDEN
        self.post[np.isin(self.post, list(cut.posts))] = _HIDDEN


def _shut(state: State, named: Units) -> Closed:
    """What of a state is hidden from whoever reads the people of these units by name."""
    outside = ~np.isin(state.unit, list(named))
    known = outside & ~np.isnan(state.levels[:, 0])
    first = closed([_counts(state.unit[outside], state.post[outside])], HIDE)
    return closed([_counts(state.unit[known], state.post[known])], HIDE, first)


def _both(one: Closed, other: Closed) -> Closed:
    return Closed(one.units & other.units, one.posts & other.posts, one.total and other.total)


def _counts(unit: Ints, post: Ints) -> Counts:
    places, sizes = np.unique(np.stack([unit, post]), axis=1, return_counts=True)
    return dict(zip(_pairs(places), sizes.tolist(), strict=True))


def _pairs(places: Ints) -> Iterator[tuple[int, int]]:
    yield from zip(places[0].tolist(), places[1].tolist(), strict=True)


def _alike(one: Floats, other: Floats) -> Flags:
    same: Flags = (one == other) | (np.isnan(one) & np.isnan(other))
    return same
