"""How fast a long strategy document is decoded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import process_time

from core.documents.parsing.sandbox import parse_file
from core.documents.tables import DocumentKind
from core.strategy.decoding.decode import decode
from tests.bench.measuring import Figure

_PAGES = 100
_TIMES = 5


def measure(paths: list[Path]) -> Iterator[Figure]:
    """Decode generated documents of a hundred pages together: the processor's time, which other work on the machine does not add to."""
    parsed = []
    for path in paths:
        if sum(len(one.pages) for one in parsed) < _PAGES:
            parsed.append(parse_file(path, name=path.name))
    pages = sum(len(one.pages) for one in parsed)
    seconds, findings = [], 0
    for _ in range(_TIMES):
        began = process_time()
        findings = sum(len(decode(one, DocumentKind.HQ).findings) for one in parsed)
        seconds.append(process_time() - began)
    share = _PAGES / pages if pages else 0
    yield Figure("decode 100 pages", 1000 * min(seconds) * share, "ms", 2000, size=f"{pages} pages, {findings} findings")
