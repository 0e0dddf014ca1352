"""Which findings of kind THEME are headings, and what stands under them: the chapters of a document as its findings show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.strategy.decoding.headings import names_a_part, unnumbered
from core.strategy.findings import FindingKind, Perspective

# A heading with fewer findings than this (itself among them) is no chapter.
_FEW = 3
Path = tuple[str, ...]


class Detail(StrEnum):
    """How finely themes are told apart: by the outermost headings that are themes, or by each of them."""

    CHAPTERS = "chapters"
    SECTIONS = "sections"


@dataclass(frozen=True)
class Item:
    """A finding as grouping sees it: `id` tells it apart, `heading` is the path it stands under in its document.

    `leading`: the document may found themes (HQ does, a branch's report or a talk only adds to them).
    """

    id: int
    document_id: int
    start: int
    kind: FindingKind
    text: str
    heading: Path
    perspective: Perspective | None
    leading: bool = True


@dataclass(frozen=True)
class Section:
    """A heading with the path to it, and what stands under it: positions in the list of items."""

    path: Path
    places: tuple[int, ...]


@dataclass(frozen=True)
class Chapter(Section):
    """A section whose heading is a theme: `seed`, the first of its places."""

    seed: int


def opens(seed: Item, item: Item) -> bool:
    """Whether `seed` is the heading of a section that `item` stands in."""
    depth = len(seed.heading)
    if seed.document_id != item.document_id or item.heading[:depth] != seed.heading or len(item.heading) <= depth:
        return False
    return unnumbered(item.heading[depth]) == unnumbered(seed.text)


def chapters(items: Sequence[Item], document_id: int, detail: Detail) -> list[Chapter]:
    """The chapters of a document in reading order, none inside another: each finding is in one at most.

    A heading that opens everything is the document's title; its subheadings are the chapters then. What stands beside a chapter is one,
    however little stands under it.
    """
    own = [i for i, item in enumerate(items) if item.document_id == document_id]
    opened = [chapter for i in own if (chapter := _opened(items, own, i)) is not None]
    found = [chapter for chapter in opened if len(chapter.places) >= _FEW]
    if detail is Detail.SECTIONS:
        return _each_its_own(found)
    outermost = _outermost(found)
    while len(outermost) == 1:
        inner = _outermost([one for one in found if len(one.path) > len(outermost[0].path)])
        if len(inner) < 2:
            break
        outermost = inner
    beside = {one.path[:-1] for one in outermost}
    return [one for one in opened if one in outermost or (one not in found and one.path[:-1] in beside)]


def unnamed(items: Sequence[Item], document_id: int, beside: Sequence[Chapter], free: Sequence[int]) -> list[Section]:
    """Headings beside the chapters (the outermost ones where there are none) that no finding calls a theme, with what is `free` under them.

    Only where enough is, and where people are asked to do or to be able to do something: a section of figures, or one that is called
    目标 or 保障措施, says nothing of a direction.
    """
    own = [i for i, item in enumerate(items) if item.document_id == document_id]
    known = {one.path for one in beside}
    parents = {path[:-1] for path in known} or {_title([items[i].heading for i in own if items[i].heading])}
    sections: dict[Path, list[int]] = {}
    for i in own:
        for depth in {len(parent) for parent in parents if items[i].heading[: len(parent)] == parent}:
            # The heading itself may be a finding, of another kind than theme.
            path = items[i].heading[: depth + 1] if len(items[i].heading) > depth else (*items[i].heading, " ".join(items[i].text.split()))
            sections.setdefault(path, []).append(i)
    found = [Section(path, tuple(i for i in places if i in free)) for path, places in sections.items() if path not in known]
    return [one for one in found if len(one.places) >= _FEW and _demands(items, one) and not names_a_part(one.path[-1])]


def _title(headings: Sequence[Path]) -> Path:
    """The headings that open everything."""
    common: Path = ()
    while headings and all(len(one) > len(common) + 1 and one[: len(common) + 1] == headings[0][: len(common) + 1] for one in headings):
        common = headings[0][: len(common) + 1]
    return common


def _demands(items: Sequence[Item], section: Section) -> bool:
    return any(items[i].kind in (FindingKind.TASK, FindingKind.CAPABILITY) for i in section.places)


def _opened(items: Sequence[Item], own: Sequence[int], i: int) -> Chapter | None:
    if items[i].kind is not FindingKind.THEME:
        return None
    depth = len(items[i].heading)
    path = next((items[j].heading[: depth + 1] for j in own if opens(items[i], items[j])), None)
    if path is None:
        return None
    under = tuple(j for j in own if j != i and items[j].heading[: len(path)] == path)
    return Chapter(path, (i, *under), i)


def _outermost(found: Sequence[Chapter]) -> list[Chapter]:
    paths = {one.path for one in found}
    return [one for one in found if not any(one.path[:depth] in paths for depth in range(1, len(one.path)))]


def _each_its_own(found: Sequence[Chapter]) -> list[Chapter]:
    """Each chapter without what stands under a deeper one."""
    deepest: dict[int, Chapter] = {}
    for chapter in sorted(found, key=lambda one: len(one.path)):
        deepest |= dict.fromkeys(chapter.places, chapter)
    shares = [Chapter(one.path, tuple(i for i in one.places if deepest[i] is one), one.seed) for one in found]
    return [one for one in shares if one.seed in one.places and len(one.places) >= _FEW]
