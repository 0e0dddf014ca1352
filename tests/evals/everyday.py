"""`python -m tests.evals.everyday [--data DIR]`: everyday questions of two hands on which nothing was fitted, asked of their own papers.

How many of those that can be answered are answered, how many of the others are refused, and how often search finds the passage.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from time import perf_counter

import numpy as np

from core.access.actor import LOCAL_ADMINISTRATOR
from core.documents import service as library_of
from core.documents.answers.extractive import answer
from core.documents.search import search
from tests.evals import training
from tests.evals.matching import plain
from tests.evals.measures import Estimate, estimate
from tests.evals.report import Report, Table

_DEPTH = 12


def measure(folder: Path | None) -> Table:
    """The shares by type, and how long a question takes."""
    asked = [one for one in training.read() if one.hand in training.BLIND]
    seen: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    seconds = []
    with training.opened(folder, training.BLIND) as instance:
        parsed, index = training.documents(instance), instance.index
        with instance.database.reading() as db:
            ids = {entry.document.file_name: entry.document.id or 0 for entry in library_of.entries(db, LOCAL_ADMINISTRATOR)}
        own = {hand: sorted({ids[one.document] for one in asked if one.hand == hand}) for hand in training.BLIND}
        for one in asked:
            began = perf_counter()
            with instance.database.reading() as db:
                hits = search(db, index, LOCAL_ADMINISTRATOR, one.query, _DEPTH, chosen=own[one.hand])
            made = answer(one.query, hits, index.lexical, index.embedder, parsed.__getitem__, index.sentence_vectors)
            seconds.append(perf_counter() - began)
            for name in (one.type, "all that can be answered") if one.answerable else (one.type,):
                if not one.answerable:
                    seen[name]["refused"].append(float(not made.found))
                    continue
                right = [hit.document == one.document and plain(one.quote) in plain(hit.text) for hit in hits]
                cited = [plain(citation.quote) for citation in made.citations]
                seen[name]["answered"].append(float(made.found))
                seen[name]["R@1"].append(float(any(right[:1])))
                seen[name]["R@5"].append(float(any(right[:5])))
                if made.found:
                    seen[name]["right place"].append(float(any(_same(plain(one.quote), quote) for quote in cited)))
    rows: dict[str, dict[str, Estimate]] = {
        name: {column: estimate(values) for column, values in columns.items()} for name, columns in sorted(seen.items())
    }
    p50, p95 = (1000 * float(np.percentile(seconds, at)) for at in (50, 95))
    return Table("everyday questions", rows, (f"search and answer p50 {p50:.0f} ms, p95 {p95:.0f} ms",))


def _same(wanted: str, quoted: str) -> bool:
    return wanted in quoted or (len(quoted) > 6 and quoted in wanted)


def main() -> int:
    """The program."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.everyday")
    parser.add_argument("--data", type=Path, help="keep the library in this folder and use it again (default: a temporary one)")
    options = parser.parse_args()
    Report().add(measure(options.data))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
