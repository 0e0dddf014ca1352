"""How fast a long strategy document is decoded, once and with the second reading."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter, process_time

from core.documents.embedding import wheel_model
from core.documents.parsed import ParsedDocument
from core.documents.parsing.sandbox import parse_file
from core.documents.tables import DocumentKind
from core.strategy.decoding.decode import decode
from core.strategy.decoding.reader import SentenceReader
from tests.bench.measuring import Figure

_PAGES = 100
_TIMES = 5


def measure(paths: list[Path]) -> Iterator[Figure]:
    """Decode generated documents of a hundred pages together: the processor's time, which other work on the machine does not add to. The
    second reading, which uses two threads, by the clock."""
    parsed: list[ParsedDocument] = []
    for path in paths:
        if sum(len(one.pages) for one in parsed) < _PAGES:
            parsed.append(parse_file(path, name=path.name))
    pages = sum(len(one.pages) for one in parsed)
    share = _PAGES / pages if pages else 0
    spent, findings = min((_decoded(parsed, None) for _ in range(_TIMES)), key=lambda one: one[0])
    yield Figure("decode 100 pages", spent * share, "ms", 2000, size=f"{pages} pages, {findings} findings")
    with tempfile.TemporaryDirectory(prefix="cexun-bench-graphs-") as graphs:
        wheel = wheel_model(Path(graphs))
        if wheel is None:
            return
        reader = SentenceReader(wheel, threads=2)
        _decoded(parsed[:1], reader)
        began = perf_counter()
        _, findings = _decoded(parsed, reader)
        took = 1000 * (perf_counter() - began)
        yield Figure("decode 100 pages, read twice", took * share, "ms", 2000, size=f"{pages} pages in {len(parsed)}, {findings} findings")


def _decoded(parsed: Sequence[ParsedDocument], reader: SentenceReader | None) -> tuple[float, int]:
    """Milliseconds of the processor, and how many findings."""
    began = process_time()
    findings = sum(len(decode(one, DocumentKind.HQ, reader).findings) for one in parsed)
    return 1000 * (process_time() - began), findings
