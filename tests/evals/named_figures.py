"""Which tokens of a labelled sentence are the name of what each of its figures measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose

import torch

from core.strategy.decoding import targets
from core.strategy.decoding.in_context import Laid, Place
from core.strategy.decoding.naming import figure_of
from core.strategy.findings import Finding
from tests.evals.labelled_sentences import Given

_MOST_PIECES = 3
_APART = 0.002
_NOWHERE = 1e9


@dataclass(frozen=True)
class Named:
    """A figure at a place of its sentence's text, and for each token of that 1.0 where it belongs to the name, else 0.0."""

    figure: Place
    belongs: torch.Tensor


def named(given: Given, laid: Laid) -> list[Named]:
    """The figures of a labelled sentence that are targets by its label and whose name stands in it."""
    if given.label is None or not given.label.targets:
        return []
    found = []
    for finding in _figures(given):
        measure, figure = finding.measure, figure_of(finding, given.sentence)
        assert measure is not None
        alike = [one for one in given.label.targets if isclose(one.value, measure.value, rel_tol=1e-6) and one.unit == measure.unit]
        if len(alike) != 1 or not laid.within(figure):
            continue
        pieces = place(alike[0].metric, given.sentence.text, figure[0])
        if pieces:
            belongs = torch.tensor([float(_most_of(token, pieces)) for token in laid.places])
            found.append(Named(figure, belongs))
    return found


def place(name: str, text: str, near: int) -> list[Place]:
    """Where a name stands in a text: whole, or in few pieces in its order, rather near than far from `near`; empty where it does not."""
    letters = [(character.lower(), at) for at, character in enumerate(text) if not character.isspace()]
    wanted = [character.lower() for character in name if not character.isspace()]
    if not wanted or not letters:
        return []
    # best[j]: the least cost of the letters so far, the last of them at j; came[i][j]: where the one before it stands.
    best = [1 + _APART * abs(at - near) if one == wanted[0] else _NOWHERE for one, at in letters]
    came: list[list[int]] = []
    for character in wanted[1:]:
        here, back = [_NOWHERE] * len(letters), [-1] * len(letters)
        least, at_least = _NOWHERE, -1
        for j, (one, at) in enumerate(letters):
            if one == character:
                joined = best[j - 1] if j else _NOWHERE
                jumped = least + 1 + _APART * abs(at - near)
                here[j], back[j] = min((joined, j - 1), (jumped, at_least))
            if j and best[j - 1] < least:
                least, at_least = best[j - 1], j - 1
        came.append(back)
        best = here
    last = min(range(len(letters)), key=best.__getitem__)
    if best[last] >= _NOWHERE or int(best[last]) > _MOST_PIECES:
        return []
    path = [last]
    for back in reversed(came):
        path.append(back[path[-1]])
    path.reverse()
    pieces: list[list[int]] = []
    for before, j in zip([-2, *path], path, strict=False):
        at = letters[j][1]
        if before == j - 1:
            pieces[-1][1] = at + 1
        else:
            pieces.append([at, at + 1])
    return [(start, stop) for start, stop in pieces]


def _figures(given: Given) -> list[Finding]:
    """The figures that the rules read in a sentence."""
    read = targets.read(given.sentence, given.profile, ordered=True)
    return [*read.targets, *(one.candidate for one in read.aside)]


def _most_of(token: Place, pieces: Sequence[Place]) -> bool:
    start, stop = token
    return stop > start and 2 * sum(max(0, min(stop, end) - max(start, first)) for first, end in pieces) > stop - start
