"""A document as a model is shown it: numbered sentences and table rows, each with what the rules found in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.documents.parsed import ParsedDocument
from core.strategy.decoding.clauses import Sentence, sentences
from core.strategy.findings import Decoding, Finding, SetAside


@dataclass(frozen=True)
class Proposal:
    """What the rules made of some words, to be judged under the number `id` (F1, F2, …). `aside`: they took it for no target."""

    id: str
    finding: Finding
    aside: SetAside | None = None


@dataclass(frozen=True)
class Unit:
    """A sentence or a table row under the number `id` (S1, S2, …): `text` is the document's `[start, end)`.

    `lead` is the paragraph up to the sentence, or the row's column headings. `sentence` None for a row.
    """

    id: str
    text: str
    start: int
    end: int
    page: int
    path: tuple[str, ...]
    lead: str
    sentence: Sentence | None
    proposals: tuple[Proposal, ...]

    @property
    def around(self) -> str:
        """What a reader of it has before them above it."""
        return "\n".join((*self.path, self.lead))


@dataclass
class _Stretch:
    start: int
    end: int
    page: int
    path: tuple[str, ...]
    lead: str
    sentence: Sentence | None
    found: list[Finding | SetAside]


def units(parsed: ParsedDocument, decoding: Decoding) -> list[Unit]:
    """The sentences of a document in reading order, and those rows of its tables in which the rules found something."""
    stretches = [_Stretch(one.start, one.end, one.page, one.path, one.lead, one, []) for one in sentences(parsed)]
    found: list[Finding | SetAside] = [*decoding.findings, *decoding.set_aside]
    rows: dict[tuple[int, int], _Stretch] = {}
    starts = [one.start for one in stretches]
    for one in sorted(found, key=_place):
        start, end = _place(one)
        before = stretches[bisect_right(starts, start) - 1] if starts and starts[0] <= start else None
        if before is None or before.end < end:
            finding = _finding(one)
            before = rows.setdefault((start, end), _Stretch(start, end, finding.page, finding.heading, _columns(parsed, start), None, []))
        before.found.append(one)
    ordered = sorted([*stretches, *rows.values()], key=lambda one: (one.start, one.end))
    return list(_numbered(parsed, ordered))


def _numbered(parsed: ParsedDocument, stretches: Sequence[_Stretch]) -> Iterator[Unit]:
    proposals = 0
    for number, one in enumerate(stretches, start=1):
        inside = []
        for found in one.found:
            proposals += 1
            inside.append(Proposal(f"F{proposals}", _finding(found), found if isinstance(found, SetAside) else None))
        text = parsed.text[one.start : one.end]
        yield Unit(f"S{number}", text, one.start, one.end, one.page, one.path, one.lead, one.sentence, tuple(inside))


def _columns(parsed: ParsedDocument, start: int) -> str:
    """The column headings of the table that holds the row at `start`; "" where it has none."""
    table = next((one for one in parsed.tables if one.start <= start < one.end), None)
    if table is None or not table.header_rows:
        return ""
    header = [cell for row in table.rows[: table.header_rows] for cell in row]
    return parsed.text[min(cell.start for cell in header) : max(cell.end for cell in header)]


def _finding(found: Finding | SetAside) -> Finding:
    return found.candidate if isinstance(found, SetAside) else found


def _place(found: Finding | SetAside) -> tuple[int, int]:
    finding = _finding(found)
    return finding.start, finding.end
