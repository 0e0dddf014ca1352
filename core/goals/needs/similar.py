"""Which needs ask for the same: groups that read alike, suggested to a person who decides. The same needs always give the same groups.

How alike two needs are is 0 to 1: the cosine of the grams of their problem and behaviour (as themes compare demands), moved by what people
named: towards 1 where both name the same competency or the same post, down where they name different ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.documents.grams import grams
from core.sheets.reading import folded
from core.strategy.themes.likeness import Likeness

RULE = "needs 1"

# Set on one list of needs, measured on the one of tests/core/goals/needs/test_similar.py: where no pair was
# wrong and none missing (on the first list 2 of 13 were).
ENOUGH = 0.13
_WORDS, _COMPETENCY, _POST = 0.6, 0.25, 0.15
_OTHER_COMPETENCY, _OTHER_POST = 0.6, 0.8
_SHARED = 5
_PARTICLES = "的了和与及在并不能会要做"


@dataclass(frozen=True)
class Said:
    """A need as far as its likeness goes."""

    id: int
    problem: str
    behaviour: str = ""
    competency: str = ""
    post: str = ""


@dataclass(frozen=True)
class Group:
    """Needs that read alike, the first filed first. `likeness` is the mean of all pairs, `shared` are words that most of them use,
    `competency` and `post` what all that name one name."""

    ids: tuple[int, ...]
    likeness: float
    shared: tuple[str, ...]
    competency: str
    post: str


def groups(needs: Sequence[Said]) -> list[Group]:
    """Groups of two and more, the largest first; a need is in one of them at most."""
    pairs = _pairs(needs)
    members: dict[int, list[int]] = {place: [place] for place in range(len(needs))}
    sums: dict[int, dict[int, float]] = {place: {} for place in range(len(needs))}
    for (one, other), near in pairs.items():
        sums[one][other] = sums[other][one] = near
    home = list(range(len(needs)))
    for (one, other), _ in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0])):
        left, right = home[one], home[other]
        # On average, all of one group must read like all of the other: chains of neighbours are no group.
        if left != right and sums[left][right] >= ENOUGH * len(members[left]) * len(members[right]):
            for place in members[right]:
                home[place] = left
            members[left].extend(members.pop(right))
            _join(sums, left, right)
    usual = _uses([f"{one.problem} {one.behaviour} {one.competency} {one.post}" for one in needs])
    found = [_group(needs, sorted(some), pairs, usual) for some in members.values() if len(some) > 1]
    return sorted(found, key=lambda one: (-len(one.ids), -one.likeness, one.ids))


def likeness(one: Said, other: Said, words: float) -> float:
    """How alike two needs are, when their words are `words` alike."""
    score = words
    if one.competency and other.competency:
        same = folded(one.competency) == folded(other.competency)
        score = score * (1 - _COMPETENCY) + _COMPETENCY if same else score * _OTHER_COMPETENCY
    if one.post and other.post:
        same = folded(one.post) == folded(other.post)
        score = score * (1 - _POST) + _POST if same else score * _OTHER_POST
    return score


def _pairs(needs: Sequence[Said]) -> dict[tuple[int, int], float]:
    """The likeness of all pairs that come near enough to matter."""
    texts = Likeness([f"{one.problem} {one.behaviour}" for one in needs])
    found = {}
    for place, one in enumerate(needs):
        words = texts.to_others(place)
        for other, near in words.items():
            if other > place:
                found[place, other] = likeness(one, needs[other], near)
    return found


def _join(sums: dict[int, dict[int, float]], left: int, right: int) -> None:
    """Two groups become one: what each is like to a third adds up."""
    for third, near in sums.pop(right).items():
        del sums[third][right]
        if third != left:
            sums[left][third] = sums[third][left] = sums[left].get(third, 0.0) + near


def _group(needs: Sequence[Said], places: Sequence[int], pairs: dict[tuple[int, int], float], usual: Mapping[str, int]) -> Group:
    all_pairs = [(a, b) for n, a in enumerate(places) for b in places[n + 1 :]]
    mean = sum(pairs.get(pair, 0.0) for pair in all_pairs) / len(all_pairs)
    some = [needs[place] for place in places]
    return Group(
        ids=tuple(one.id for one in some),
        likeness=round(mean, 2),
        shared=_shared([f"{one.problem} {one.behaviour}" for one in some], usual),
        competency=_one({one.competency for one in some if one.competency}),
        post=_one({one.post for one in some if one.post}),
    )


def _one(names: set[str]) -> str:
    return next(iter(names)) if len(names) == 1 else ""


def _shared(texts: Sequence[str], usual: Mapping[str, int]) -> tuple[str, ...]:
    """Words that more than half of the texts use: pairs of characters that overlap are joined to words, the longest first.

    `usual` says how many of all needs use a pair: a run that begins or ends amid a word is cut where that word ends.
    """
    uses = _uses(texts)
    common = {gram for gram, number in uses.items() if number * 2 > len(texts)}
    words: list[str] = []
    run: list[str] = []
    before = ""
    for gram in [*(one for one in grams(texts[0]) if len(one) > 1), ""]:
        joins = bool(run) and gram != "" and run[-1][-1] == gram[0] and not gram[0].isascii()
        if run and not (joins and gram in common):
            words.append(_whole(run, before, gram if joins else "", usual))
            before, run = run[-1], []
        if gram in common:
            run.append(gram)
        else:
            before = gram
    found: list[str] = []
    for word in sorted(dict.fromkeys(one.strip(_PARTICLES) for one in words), key=lambda one: -len(one)):
        if len(word) > 1 and not any(word in longer for longer in found):
            found.append(word)
    return tuple(found[:_SHARED])


def _whole(run: Sequence[str], before: str, after: str, usual: Mapping[str, int]) -> str:
    """The word of a run of pairs, without a first or last character that belongs to the word `before` or `after` rather."""
    left, right = 0, len(run)
    if before and before[-1] == run[0][0] and usual.get(before, 0) > usual.get(run[0], 0):
        left = 1
    if after and usual.get(after, 0) > usual.get(run[-1], 0):
        right -= 1
    return "".join(pair if place == 0 else pair[1:] for place, pair in enumerate(run[left:right]))


def _uses(texts: Sequence[str]) -> Counter[str]:
    """How many of the texts use each pair of characters, and each word that is written in letters."""
    return Counter(gram for text in texts for gram in {one for one in grams(text) if len(one) > 1})
