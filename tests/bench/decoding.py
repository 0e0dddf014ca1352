"""How fast a long strategy document is decoded, once and with the second reading."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter, process_time

from core.documents.embedding import wheel_model
from core.documents.parsed import ParsedDocument
from core.documents.parsing.sandbox import parse_file
from core.documents.tables import DocumentKind
from core.strategy.decoding.decode import decode
from core.strategy.decoding.reader import SentenceReader
from tests.bench import pages
from tests.bench.measuring import Figure

_PAGES = 100
_TIMES = 5
_LIMIT = 2000


def measure(folder: Path) -> Iterator[Figure]:
    """Decode a generated document of a hundred pages: the processor's time, which other work on the machine does not add to. The second
    reading, which uses two threads, by the clock; it reads so many sentences of each document, so two of half the length take longer."""
    whole, halves = _parsed(folder / "whole", _PAGES), _parsed(folder / "halves", _PAGES // 2)
    yield _figure("decode 100 pages", whole, None, process_time)
    with tempfile.TemporaryDirectory(prefix="cexun-bench-graphs-") as graphs:
        wheel = wheel_model(Path(graphs))
        if wheel is None:
            return
        reader = SentenceReader(wheel, threads=2)
        for parsed in (whole, halves):
            yield _figure("decode 100 pages, read twice", parsed, reader, perf_counter)


def _parsed(folder: Path, pages_a_file: int) -> list[ParsedDocument]:
    return [parse_file(path, name=path.name) for path in pages.write(folder, _PAGES, a_file=pages_a_file)]


def _figure(name: str, parsed: Sequence[ParsedDocument], reader: SentenceReader | None, clock: Callable[[], float]) -> Figure:
    """The least time of several that a hundred of the pages take."""
    count = sum(len(one.pages) for one in parsed)
    times = []
    for _ in range(_TIMES):
        began = clock()
        findings = sum(len(decode(one, DocumentKind.HQ, reader).findings) for one in parsed)
        times.append(1000 * (clock() - began))
    return Figure(name, min(times) * _PAGES / count, "ms", _LIMIT, size=f"{count} pages in {len(parsed)}, {findings} findings")
