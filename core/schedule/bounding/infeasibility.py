"""Proof that not all sessions fit: the same relaxation with nothing to pay but for sessions left out.

If prices of what is scarce show that more than no session must be left out, there is no complete schedule (a certificate in the sense of
Farkas' lemma: the prices weigh the rules so that together they contradict each other).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from core.schedule.bounding.ascent import ascend
from core.schedule.bounding.dual import Dual, dual_of
from core.schedule.bounding.relaxation import NEVER, Relaxation, relax
from core.schedule.entities import Id, Problem

_ENOUGH = 1e-4


@dataclass(frozen=True)
class Shortfall:
    """At least `sessions` sessions do not fit together. `alone`: those that fit nowhere even by themselves."""

    sessions: int
    alone: tuple[Id, ...] = ()


def proved_shortfall(problem: Problem, *, seconds: float) -> Shortfall | None:
    """How many sessions cannot be placed whatever one does, or None where nothing was proved in time (which proves nothing)."""
    relaxation = relax(problem)
    alone = tuple(one.id for at, one in enumerate(problem.sessions) if relaxation.high[at] < relaxation.low[at])
    if alone:
        return Shortfall(len(alone), alone)
    dual = _counting(dual_of(problem, _free(relaxation)))
    found = ascend(dual, seconds, watch=lambda value: value <= _ENOUGH).value
    return Shortfall(math.ceil(found - _ENOUGH)) if found > _ENOUGH else None


def _free(relaxation: Relaxation) -> Relaxation:
    """The relaxation in which only leaving out costs: 1 a session."""
    drop = np.ones(len(relaxation.dur))
    for at in relaxation.order[::-1]:
        if relaxation.parent[at] >= 0:
            drop[relaxation.parent[at]] += drop[at]
    trainers = replace(relaxation.trainers, extra=np.zeros_like(relaxation.trainers.extra))
    return replace(relaxation, base=np.where(relaxation.base < NEVER, 0.0, NEVER), drop=drop, trainers=trainers)


def _counting(dual: Dual) -> Dual:
    """Without what money and soft limits cost."""
    dual.cost_weight = 0.0
    dual.most = np.where(np.isfinite(dual.most), 0.0, dual.most)
    return dual
