"""Certificates that people hold, as readings: each proves that its holder can do at least what it grants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from core.people.certificates.naming import Naming
from core.people.gaps.measure import Ints, Readings, ascending

_TOP = 5.0


@dataclass(frozen=True)
class Holding:
    """Who holds which certificate, by its key, since which day (0: nobody knows) until which (0: nobody said)."""

    employee_id: int
    certificate: str
    on: int
    until: int


def with_proofs(
    readings: Readings, holdings: Iterable[Holding], certificates: Mapping[str, Naming], competency_ids: Mapping[str, int]
) -> Readings:
    """The readings with those that follow from certificates in use; `competency_ids` gives the row of each competency by its key."""
    rows, names = list[tuple[int, int, int, int, int, int]](), dict[str, int]()
    for one in holdings:
        known = certificates.get(one.certificate)
        if known is not None and not known.archived:
            source = names.setdefault(known.name, len(readings.sources) + len(names))
            granted = ((competency_ids[key], level) for key, level in known.grants.items() if key in competency_ids)
            rows += [(one.employee_id, competency, source, one.on, one.until, level) for competency, level in granted]
    if not rows:
        return readings
    table = np.array(rows, dtype=np.int32)
    employee = np.concatenate((readings.employee[readings.pair], table[:, 0]))
    competency = np.concatenate((readings.competency[readings.pair], table[:, 1]))
    sources, days = np.concatenate((readings.source.astype(np.int32), table[:, 2])), np.concatenate((readings.day, table[:, 3]))
    order = ascending(employee, competency, sources, days)
    return replace(
        readings,
        **_pairs(employee[order], competency[order]),
        source=sources[order].astype(np.int16),
        day=days[order],
        score=np.concatenate((readings.score, table[:, 5].astype(np.float32)))[order],
        scale=np.concatenate((readings.scale, np.full(len(rows), _TOP, dtype=np.float32)))[order],
        sources=(*readings.sources, *names),
        proofs=len(names),
        until=np.concatenate((np.zeros(len(readings.day), dtype=np.int32), table[:, 4]))[order],
    )


def _pairs(employee: Ints, competency: Ints) -> dict[str, Ints]:
    first = np.append(True, (employee[1:] != employee[:-1]) | (competency[1:] != competency[:-1]))
    return {"employee": employee[first], "competency": competency[first], "pair": (np.cumsum(first) - 1).astype(np.int32)}
