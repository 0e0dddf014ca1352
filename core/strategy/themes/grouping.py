"""Suggested themes: which accepted findings belong together, and why.

Findings of kind THEME seed the groups; two seeds that say nearly the same are one. Every other finding joins the seed of its own section,
else the group that it reads most like, else none. The same findings always give the same groups.

Vectors of the dense model were tried and left out: on the sample branch every finding lay within 0.91 to 0.95 of some theme, the
wrong one as often as the right; the words alone tell them apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.i18n import Message
from core.strategy.findings import FindingKind, Perspective
from core.strategy.themes.likeness import Likeness

RULE = "grouping 1"

# On the sample branch (87 findings) four of the five that joined by words above this were right, and most below it wrong.
_ALIKE = 0.18
_SAME_THEME = 0.72
_LONGEST_NAME = 40
# What numbers a heading: 三、 （二） 第一章 4.2
_NUMBER = re.compile(r"^(?:第[一二三四五六七八九十百\d]+[章节条篇]\s*|\d+(?:\.\d+)+\s+|[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*)+")


class Reason(StrEnum):
    """Why a finding is in a theme."""

    SEED = "seed"
    SECTION = "section"
    WORDS = "words"
    PERSON = "person"
    MODEL = "model"


REASON_NAMES = {
    Reason.SEED: Message("主题来源"),
    Reason.SECTION: Message("同一章节"),
    Reason.WORDS: Message("用词相近"),
    Reason.PERSON: Message("人工归入"),
    Reason.MODEL: Message("模型归入"),
}


@dataclass(frozen=True)
class Item:
    """A finding as grouping sees it: `id` tells it apart, `heading` is the path it stands under in its document."""

    id: int
    document_id: int
    start: int
    kind: FindingKind
    text: str
    heading: tuple[str, ...]
    perspective: Perspective | None


@dataclass(frozen=True)
class Joined:
    """A finding's place in a group. `score` is the likeness where likeness decided, else None."""

    item_id: int
    reason: Reason
    score: float | None = None


@dataclass(frozen=True)
class Group:
    """A suggested theme. `theme_id` is the theme of the plan that it adds to, None where it would be a new one."""

    theme_id: int | None
    name: str
    perspective: Perspective
    members: tuple[Joined, ...]


@dataclass(frozen=True)
class Grouping:
    """What is suggested: the groups in reading order, and the findings that belong to none."""

    groups: tuple[Group, ...]
    ungrouped: tuple[int, ...]


class _Forming:
    """A group while it is being formed: positions in the list of items."""

    def __init__(self, seeds: Sequence[int], theme_id: int | None) -> None:
        self.theme_id = theme_id
        self.seeds = list(seeds)
        self.core = list(seeds)  # what newcomers are compared with: seeds, their sections, and what the theme held before
        self.joined: list[tuple[int, Reason, float | None]] = []


def suggest(items: Sequence[Item], *, held: Mapping[int, Sequence[int]] | None = None) -> Grouping:
    """Groups for `items`.

    `held` maps the plan's present themes to the ids of their findings (which are among `items` too): these stay, and newcomers may join
    them.
    """
    ordered = sorted(items, key=lambda item: (item.document_id, item.start, item.id))
    place = {item.id: i for i, item in enumerate(ordered)}
    likeness = Likeness([item.text for item in ordered])
    forming = [_held(ordered, [place[i] for i in ids if i in place], theme_id) for theme_id, ids in sorted((held or {}).items())]
    taken = {i for group in forming for i in group.core}
    for i, item in enumerate(ordered):
        if item.kind is FindingKind.THEME and i not in taken:
            _seed(forming, i, likeness)
            taken.add(i)
    free = [i for i in range(len(ordered)) if i not in taken]
    free = _join_sections(ordered, forming, free, likeness)
    free = _join_alike(forming, free, likeness)
    groups = tuple(_group(ordered, one) for one in forming if one.theme_id is None or one.joined)
    return Grouping(groups, tuple(ordered[i].id for i in free))


def suggested_name(text: str) -> str:
    """A theme's name from the words of its seed: the first clause, short enough for a box of the map."""
    line = _NUMBER.sub("", " ".join(text.split()))
    for mark in "。；;！!":
        line = line.split(mark)[0]
    if len(line) > _LONGEST_NAME:
        for mark in "，,、：:":
            head = line.split(mark)[0]
            if 4 <= len(head) <= _LONGEST_NAME:
                return head
    return line[:_LONGEST_NAME]


def majority(perspectives: Sequence[Perspective | None], fallback: Perspective = Perspective.PROCESS) -> Perspective:
    """The perspective that most findings name; the earlier one on a tie, `fallback` where none names any."""
    named = Counter(one for one in perspectives if one is not None)
    return named.most_common(1)[0][0] if named else fallback


def _held(ordered: Sequence[Item], places: list[int], theme_id: int) -> _Forming:
    group = _Forming([i for i in places if ordered[i].kind is FindingKind.THEME], theme_id)
    group.core = places
    return group


def _seed(forming: list[_Forming], i: int, likeness: Likeness) -> None:
    best = max(((likeness.between(i, seed), -n) for n, group in enumerate(forming) for seed in group.seeds), default=None)
    if best is None or best[0] < _SAME_THEME:
        forming.append(_Forming([i], None))
        return
    group = forming[-best[1]]
    group.joined.append((i, Reason.WORDS, best[0]))
    group.seeds.append(i)
    group.core.append(i)


def _join_sections(ordered: Sequence[Item], forming: list[_Forming], free: list[int], likeness: Likeness) -> list[int]:
    seeds = [(n, seed) for n, group in enumerate(forming) for seed in group.seeds]
    openers = {seed for _, seed in seeds if any(_opens(ordered[seed], item) for item in ordered)}
    inside = Counter((ordered[seed].document_id, ordered[seed].heading) for _, seed in seeds if seed not in openers)
    left = []
    for i in free:
        found = []
        for n, seed in seeds:
            depth = _shared(ordered[seed], ordered[i], opens=seed in openers, alone=inside[_section(ordered[seed])] == 1)
            if depth:
                found.append((depth, likeness.between(i, seed), -n))
        if not found:
            left.append(i)
            continue
        group = forming[-max(found)[2]]
        group.joined.append((i, Reason.SECTION, None))
        group.core.append(i)
    return left


def _section(item: Item) -> tuple[int, tuple[str, ...]]:
    return item.document_id, item.heading


def _shared(seed: Item, item: Item, *, opens: bool, alone: bool) -> int:
    """How deep the section is that makes `item` the seed's; 0 where none does.

    A seed that is a heading owns what stands under it. One in running text owns its section, and the sections below where it is `alone`
    in it: of several, nobody could say whose they are.
    """
    if opens:
        return len(seed.heading) + 1 if _opens(seed, item) else 0
    if seed.document_id != item.document_id or not seed.heading:
        return 0
    same = item.heading == seed.heading or (alone and item.heading[: len(seed.heading)] == seed.heading)
    return len(seed.heading) if same else 0


def _opens(seed: Item, item: Item) -> bool:
    depth = len(seed.heading)
    if seed.document_id != item.document_id or item.heading[:depth] != seed.heading or len(item.heading) <= depth:
        return False
    return _NUMBER.sub("", item.heading[depth]) == _NUMBER.sub("", seed.text)


def _join_alike(forming: list[_Forming], free: list[int], likeness: Likeness) -> list[int]:
    cores = [list(group.core) for group in forming]
    left = []
    for i in free:
        best = max(((likeness.between(i, other), -n) for n, core in enumerate(cores) for other in core), default=None)
        if best is None or best[0] < _ALIKE:
            left.append(i)
        else:
            forming[-best[1]].joined.append((i, Reason.WORDS, best[0]))
    return left


def _group(ordered: Sequence[Item], group: _Forming) -> Group:
    # A new theme names its seed first; a theme of the plan only what would be added to it.
    first = [(group.seeds[0], Reason.SEED, None)] if group.theme_id is None else []
    members = [*first, *group.joined]
    seed = ordered[group.seeds[0]] if group.seeds else None
    perspectives = [ordered[i].perspective for i, _, _ in members]
    return Group(
        theme_id=group.theme_id,
        name=suggested_name(seed.text) if seed else "",
        perspective=majority(perspectives),
        members=tuple(Joined(ordered[i].id, reason, None if score is None else round(score, 2)) for i, reason, score in members),
    )
