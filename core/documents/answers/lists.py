"""Whole enumerations: the items that belong to a sentence, or that stand under a heading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from core.documents.answers.question import Question
from core.documents.answers.support import Weighed, layer, support
from core.documents.hits import Hit
from core.documents.parsed import Block, ParsedDocument
from core.patterns import lazily

_INTRODUCES = lazily(r"[:：]\s*$|如下[。.]?\s*$|以下.{0,12}[。.]?\s*$|下列.{0,12}[。.]?\s*$|following.{0,20}[:.]?\s*$")
_NAMED = 0.8
"""How much of a question's weight a heading must hold for its items to be the answer."""
_MOST = 12

Range = tuple[int, int]


def block_at(parsed: ParsedDocument, offset: int) -> int:
    """The number of the block that holds `offset`, or of the last one before it (-1: there is none)."""
    return bisect_right([block.start for block in parsed.blocks], offset) - 1


def items_around(parsed: ParsedDocument, start: int) -> list[Range]:
    """The list that the sentence at `start` introduces or is part of, its introduction first; empty when it is in no list."""
    blocks = parsed.blocks
    at = block_at(parsed, start)
    if at < 0:
        return []
    first = at
    if blocks[at].kind == "list":
        while first > 0 and blocks[first - 1].kind == "list":
            first -= 1
        if first > 0 and _introduces(parsed, blocks[first - 1]):
            first -= 1
    elif not _introduces(parsed, blocks[at]):
        return []
    last = first + 1
    while last < len(blocks) and blocks[last].kind == "list":
        last += 1
    found = [(block.start, block.end) for block in blocks[first:last]]
    return found[: _MOST + 1] if len(found) > 1 else []


def _introduces(parsed: ParsedDocument, block: Block) -> bool:
    return block.kind == "paragraph" and _INTRODUCES.search(parsed.text[block.start : block.end]) is not None


def items_under_heading(question: Question, weighed: Sequence[Weighed], hit: Hit, parsed: ParsedDocument) -> list[Range]:
    """The items under the heading of a hit that the question names: the headings below it, else its list; empty when it names none."""
    at = block_at(parsed, hit.start)
    wanted = _path(parsed, at)
    for number in wanted:
        block = parsed.blocks[number]
        words = parsed.text[block.start : block.end]
        held = support(question, weighed, (layer(1.0, words), layer(0.9, *hit.heading[:1], hit.title)))
        own = support(question, weighed, (layer(1.0, words),))
        if held.coverage >= _NAMED and own.coverage >= _NAMED / 2:
            return _below(parsed, number)
    return []


def _path(parsed: ParsedDocument, at: int) -> list[int]:
    """The headings above a block, innermost first."""
    found = []
    level = 99
    for number in range(at, -1, -1):
        block = parsed.blocks[number]
        if block.kind == "heading" and block.level < level:
            found.append(number)
            level = block.level
            if level <= 1:
                break
    return found


def _below(parsed: ParsedDocument, heading: int) -> list[Range]:
    level = parsed.blocks[heading].level
    section: list[Block] = []
    for block in parsed.blocks[heading + 1 :]:
        if block.kind == "heading" and block.level <= level:
            break
        section.append(block)
    headings = [block for block in section if block.kind == "heading"]
    if headings:
        nearest = min(block.level for block in headings)
        items = [block for block in headings if block.level == nearest]
    else:
        items = [block for block in section if block.kind == "list"]
    return [(block.start, block.end) for block in items[:_MOST]] if len(items) > 1 else []
