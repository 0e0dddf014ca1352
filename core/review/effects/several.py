"""Several indicators at once: of twenty without any effect one looks like one by chance alone (Benjamini and Hochberg 1995)."""

from __future__ import annotations

from collections.abc import Sequence

from statsmodels.stats.multitest import multipletests


def corrected(ps: Sequence[float | None]) -> list[float | None]:
    """Each p as it is when all are looked at together; None where there is none. Alone or none with it: unchanged."""
    places = [place for place, one in enumerate(ps) if one is not None]
    found: list[float | None] = list(ps)
    if len(places) < 2:
        return found
    for place, value in zip(places, multipletests([ps[at] for at in places], method="fdr_bh")[1], strict=True):
        found[place] = float(value)
    return found
