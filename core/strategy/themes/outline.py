"""Which findings of kind THEME are headings, and what stands under them: the chapters of a document as its findings show them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.strategy.findings import FindingKind, Perspective

# A heading with fewer findings than this (itself among them) is no chapter.
_FEW = 3
# What numbers a heading: 三、 （二） 第一章 4.2
_NUMBER = re.compile(r"^(?:第[一二三四五六七八九十百\d]+[章节条篇]\s*|\d+(?:\.\d+)+\s+|[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*)+")

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
class Chapter:
    """A heading that is a theme, and what stands under it: positions in the list of items, the heading's own first."""

    seed: int
    path: Path
    places: tuple[int, ...]


def unnumbered(text: str) -> str:
    """A heading without what numbers it: 第三章 零售转型 → 零售转型."""
    return _NUMBER.sub("", " ".join(text.split()))


def opens(seed: Item, item: Item) -> bool:
    """Whether `seed` is the heading of a section that `item` stands in."""
    depth = len(seed.heading)
    if seed.document_id != item.document_id or item.heading[:depth] != seed.heading or len(item.heading) <= depth:
        return False
    return unnumbered(item.heading[depth]) == unnumbered(seed.text)


def chapters(items: Sequence[Item], document_id: int, detail: Detail) -> list[Chapter]:
    """The chapters of a document in reading order, none inside another: each finding is in one at most.

    A heading that opens everything is the document's title; its subheadings are the chapters then.
    """
    own = [i for i, item in enumerate(items) if item.document_id == document_id]
    found = [chapter for i in own if (chapter := _opened(items, own, i)) is not None]
    if detail is Detail.SECTIONS:
        return _each_its_own(found)
    outermost = _outermost(found)
    while len(outermost) == 1:
        inner = _outermost([one for one in found if len(one.path) > len(outermost[0].path)])
        if len(inner) < 2:
            break
        outermost = inner
    return outermost


def _opened(items: Sequence[Item], own: Sequence[int], i: int) -> Chapter | None:
    if items[i].kind is not FindingKind.THEME:
        return None
    depth = len(items[i].heading)
    path = next((items[j].heading[: depth + 1] for j in own if opens(items[i], items[j])), None)
    if path is None:
        return None
    under = tuple(j for j in own if j != i and items[j].heading[: len(path)] == path)
    return Chapter(i, path, (i, *under)) if len(under) + 1 >= _FEW else None


def _outermost(found: Sequence[Chapter]) -> list[Chapter]:
    paths = {one.path for one in found}
    return [one for one in found if not any(one.path[:depth] in paths for depth in range(1, len(one.path)))]


def _each_its_own(found: Sequence[Chapter]) -> list[Chapter]:
    """Each chapter without what stands under a deeper one."""
    deepest: dict[int, Chapter] = {}
    for chapter in sorted(found, key=lambda one: len(one.path)):
        deepest |= dict.fromkeys(chapter.places, chapter)
    shares = [Chapter(one.seed, one.path, tuple(i for i in one.places if deepest[i] is one)) for one in found]
    return [one for one in shares if one.seed in one.places and len(one.places) >= _FEW]
