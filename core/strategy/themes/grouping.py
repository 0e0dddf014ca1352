"""Suggested themes: which accepted findings belong together, and why.

The document that states most under headings that are themes gives the framework: its chapters are the groups. What another document
says under one heading joins, as a whole, the group that it reads most like: a section tells its subject far better than a sentence.
HQ's chapters that read like none found a group of their own; so do, by their headings, sections that no finding calls a theme. What is
left joins alone, or stays ungrouped. The same findings always give the same groups.

Vectors of the dense model were tried and left out: on the sample branch every finding lay within 0.91 to 0.95 of some theme, the
wrong one as often as the right; the words alone tell them apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from core.i18n import Message
from core.strategy.decoding.headings import unnumbered
from core.strategy.findings import FindingKind, Perspective
from core.strategy.themes.likeness import Blend, Likeness
from core.strategy.themes.outline import Chapter, Detail, Item, Section, chapters, opens, unnamed

RULE = "grouping 3"

# Measured on the sample branch, 247 findings in sections of three documents whose chapter of HQ's strategy was told by hand: above both
# bounds 198 of them went where they belong, 9 elsewhere, and 40 stayed free.
_ALIKE_SECTION = 0.08
_CLEARLY = 1.3
# For a finding alone: its likeness to the nearest finding of the group.
_ALIKE = 0.18
_SAME_THEME = 0.72
_SECTION_DEPTH = 2
_LONGEST_NAME = 40


class Reason(StrEnum):
    """Why a finding is in a theme."""

    SEED = "seed"
    HEADING = "heading"
    SECTION = "section"
    ALIKE_SECTION = "alike_section"
    WORDS = "words"
    PERSON = "person"
    MODEL = "model"


# Why a finding is in a theme that was made for it. When a person deletes the theme, it must not come back by these.
FOUNDING = frozenset({Reason.SEED, Reason.HEADING})

REASON_NAMES = {
    Reason.SEED: Message("主题来源"),
    Reason.HEADING: Message("以标题成主题"),
    Reason.SECTION: Message("同一章节"),
    Reason.ALIKE_SECTION: Message("章节内容相近"),
    Reason.WORDS: Message("用词相近"),
    Reason.PERSON: Message("人工归入"),
    Reason.MODEL: Message("模型归入"),
}


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


@dataclass
class _Forming:
    """A group while it is being formed: positions in the list of items. `core` is what newcomers are compared with.

    `heading` names a group without a seed.
    """

    theme_id: int | None
    seeds: list[int]
    core: list[int]
    heading: str = ""
    joined: list[tuple[int, Reason, float | None]] = field(default_factory=list)

    def take(self, places: Sequence[int], reason: Reason, score: float | None = None) -> None:
        self.joined += [(i, reason, score) for i in places]
        self.core += places


class _Work:
    """The state of one suggestion."""

    def __init__(self, items: Sequence[Item], held: Mapping[int, Sequence[int]]) -> None:
        self.items = sorted(items, key=lambda item: (item.document_id, item.start, item.id))
        self.likeness = Likeness([item.text for item in self.items])
        place = {item.id: i for i, item in enumerate(self.items)}
        self.groups = [self._held([place[i] for i in ids if i in place], theme_id) for theme_id, ids in sorted(held.items())]
        self.taken = {i for group in self.groups for i in group.core}

    def free(self, places: Sequence[int]) -> list[int]:
        """Those of `places` that are in no group yet."""
        return [i for i in places if i not in self.taken]

    def take(self, group: _Forming, places: Sequence[int], reason: Reason, score: float | None = None) -> None:
        group.take(places, reason, score)
        self.taken.update(places)

    def found(self, seed: int) -> _Forming:
        """A new group that begins with `seed`."""
        group = _Forming(None, [seed], [seed])
        self.groups.append(group)
        self.taken.add(seed)
        return group

    def found_under(self, heading: str) -> _Forming:
        """A new group that nothing is in yet."""
        group = _Forming(None, [], [], heading)
        self.groups.append(group)
        return group

    def _held(self, places: list[int], theme_id: int) -> _Forming:
        return _Forming(theme_id, [i for i in places if self.items[i].kind is FindingKind.THEME], places)


def suggest(items: Sequence[Item], *, held: Mapping[int, Sequence[int]] | None = None, detail: Detail = Detail.CHAPTERS) -> Grouping:
    """Groups for `items`, told apart as finely as `detail` says.

    `held` maps the plan's present themes to the ids of their findings (which are among `items` too): these stay, and newcomers may join
    them.
    """
    work = _Work(items, held or {})
    _join_sections(work, work.groups)
    outlines = {number: chapters(work.items, number, detail) for number in {item.document_id for item in items}}
    anybody = not any(item.leading for item in items)
    for number in _by_weight(work, outlines):
        may_found = anybody or work.items[_own(work, number)[0]].leading
        _place_chapters(work, outlines[number], may_found)
        if may_found and not outlines[number]:
            _place_seeds(work, number)
        _place_sections(work, number)
        if may_found:
            _place_unnamed(work, unnamed(work.items, number, outlines[number], work.free(_own(work, number))))
    _join_alone(work)
    groups = tuple(_group(work.items, one) for one in work.groups if one.theme_id is None or one.joined)
    return Grouping(groups, tuple(work.items[i].id for i in work.free(range(len(work.items)))))


def suggested_name(text: str) -> str:
    """A theme's name from the words of its seed: the first clause, short enough for a box of the map."""
    line = unnumbered(text)
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


def _own(work: _Work, document_id: int) -> list[int]:
    return [i for i, item in enumerate(work.items) if item.document_id == document_id]


def _by_weight(work: _Work, outlines: Mapping[int, Sequence[Chapter]]) -> list[int]:
    """The documents: those that may found themes first, then by how much stands in their chapters."""
    leading = {item.document_id for item in work.items if item.leading}
    return sorted(outlines, key=lambda number: (number not in leading, -sum(len(one.places) for one in outlines[number]), number))


def _place_chapters(work: _Work, found: Sequence[Chapter], may_found: bool) -> None:
    """A chapter joins the group of another document that it reads clearly like, or founds one where it reads like none."""
    before = _blends(work)
    for chapter in found:
        free = work.free(chapter.places)
        if not free:
            continue
        group, score, nearest = _like(work, free, before)
        if group is not None:
            work.take(group, free, Reason.ALIKE_SECTION, score)
        elif may_found and nearest < _ALIKE_SECTION and free[0] == chapter.seed:
            work.take(work.found(chapter.seed), free[1:], Reason.SECTION)


def _place_unnamed(work: _Work, found: Sequence[Section]) -> None:
    """A section that reads like no group founds one by its heading."""
    before = _blends(work)
    for section in found:
        _, _, nearest = _like(work, section.places, before)
        if nearest < _ALIKE_SECTION:
            work.take(work.found_under(section.path[-1]), section.places, Reason.HEADING)


def _place_sections(work: _Work, document_id: int) -> None:
    """What stands under one heading joins the group that it reads clearly like, as a whole."""
    sections: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in work.free(_own(work, document_id)):
        if work.items[i].heading:
            sections[work.items[i].heading[:_SECTION_DEPTH]].append(i)
    blends = _blends(work)
    for places in sections.values():
        group, score, _ = _like(work, places, blends) if len(places) > 1 else (None, 0.0, 0.0)
        if group is not None:
            work.take(group, places, Reason.ALIKE_SECTION, score)


def _blends(work: _Work) -> list[tuple[_Forming, Blend]]:
    return [(group, work.likeness.together(group.core)) for group in work.groups if group.core]


def _like(work: _Work, places: Sequence[int], blends: Sequence[tuple[_Forming, Blend]]) -> tuple[_Forming | None, float, float]:
    """The group that these findings together read clearly like, with the likeness; then the likeness to the nearest, clear or not."""
    own = work.likeness.together(places)
    return _clearly([(blend.alike(own), group) for group, blend in blends], _ALIKE_SECTION)


def _clearly(scored: Sequence[tuple[float, _Forming]], bound: float) -> tuple[_Forming | None, float, float]:
    ranked = sorted(scored, key=lambda one: -one[0])
    if not ranked:
        return None, 0.0, 0.0
    best, second = ranked[0][0], ranked[1][0] if len(ranked) > 1 else 0.0
    clear = best >= bound and best >= _CLEARLY * second
    return (ranked[0][1] if clear else None), best, best


def _place_seeds(work: _Work, document_id: int) -> None:
    """In a document without chapters each theme founds a group, unless one says nearly the same, and gathers its section."""
    founded = []
    for i in work.free(_own(work, document_id)):
        if work.items[i].kind is not FindingKind.THEME:
            continue
        scored = [(work.likeness.between(i, seed), group) for group in work.groups for seed in group.seeds]
        score, group = max(scored, key=lambda one: one[0], default=(0.0, None))
        if group is None or score < _SAME_THEME:
            founded.append(work.found(i))
            continue
        work.take(group, [i], Reason.WORDS, score)
        group.seeds.append(i)
        founded.append(group)
    _join_sections(work, founded)


def _join_sections(work: _Work, groups: Sequence[_Forming]) -> None:
    """What stands in the section of a seed joins it; of several sections the deepest, then the one that reads most alike, counts."""
    items = work.items
    seeds = [(n, seed) for n, group in enumerate(groups) for seed in group.seeds]
    openers = {seed for _, seed in seeds if any(opens(items[seed], item) for item in items)}
    inside = Counter((items[seed].document_id, items[seed].heading) for _, seed in seeds if seed not in openers)
    for i in work.free(range(len(items))) if seeds else ():
        found = []
        for n, seed in seeds:
            alone = inside[items[seed].document_id, items[seed].heading] == 1
            depth = _shared(items[seed], items[i], heading=seed in openers, alone=alone)
            if depth:
                found.append((depth, work.likeness.between(i, seed), -n))
        if found:
            work.take(groups[-max(found)[2]], [i], Reason.SECTION)


def _shared(seed: Item, item: Item, *, heading: bool, alone: bool) -> int:
    """How deep the section is that makes `item` the seed's; 0 where none does.

    A seed that is a heading owns what stands under it. One in running text owns its section, and the sections below where it is `alone`
    in it: of several, nobody could say whose they are.
    """
    if heading:
        return len(seed.heading) + 1 if opens(seed, item) else 0
    if seed.document_id != item.document_id or not seed.heading:
        return 0
    same = item.heading == seed.heading or (alone and item.heading[: len(seed.heading)] == seed.heading)
    return len(seed.heading) if same else 0


def _join_alone(work: _Work) -> None:
    cores = [(group, list(group.core)) for group in work.groups]
    for i in work.free(range(len(work.items))):
        scored = [(max((work.likeness.between(i, other) for other in core), default=0.0), group) for group, core in cores]
        group, score, _ = _clearly(scored, _ALIKE)
        if group is not None:
            work.take(group, [i], Reason.WORDS, score)


def _group(items: Sequence[Item], group: _Forming) -> Group:
    # A new theme names its seed first; a theme of the plan only what would be added to it.
    first = [(group.seeds[0], Reason.SEED, None)] if group.theme_id is None and group.seeds else []
    members = [*first, *group.joined]
    return Group(
        theme_id=group.theme_id,
        name=suggested_name(items[group.seeds[0]].text if group.seeds else group.heading),
        perspective=majority([items[i].perspective for i, _, _ in members]),
        members=tuple(Joined(items[i].id, reason, None if score is None else round(score, 2)) for i, reason, score in members),
    )
