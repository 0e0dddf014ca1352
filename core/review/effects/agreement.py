"""Whether those who score practice agree: until they do, its scores show the scorer and not the one who is scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa, fleiss_kappa

from core.i18n import Message
from core.review.effects.evaluation import LEAST

ENOUGH = 0.6
"""Agreement from which scores are used (Landis and Koch 1977: substantial)."""


@dataclass(frozen=True)
class Agreement:
    """Kappa of so many works that each of so many scorers scored."""

    kappa: float
    works: int
    scorers: int

    @property
    def enough(self) -> bool:
        """Whether the scores may be used as a result."""
        return self.kappa >= ENOUGH

    @property
    def verdict(self) -> Message:
        """What may be done with the scores, in words."""
        values = {"kappa": f"{self.kappa:.2f}", "works": self.works, "scorers": self.scorers, "least": f"{ENOUGH:g}"}
        if self.enough:
            return Message(
                "{scorers} 位评分人在 {works} 份作品上的一致性 κ = {kappa}，够用（不低于 {least}）：评分可以作为结果。", **values
            )
        return Message(
            "{scorers} 位评分人在 {works} 份作品上的一致性 κ = {kappa}，不够（应不低于 {least}）：请先统一标准再重评，分数暂不算结果。",
            **values,
        )


def agreement(scores: Sequence[Sequence[int]]) -> Agreement | None:
    """Of works in rows and their scorers in columns: Cohen's kappa of two, Fleiss' of more; None of fewer than five works."""
    table = np.asarray(scores)
    if table.ndim != 2 or table.shape[0] < LEAST or table.shape[1] < 2:
        return None
    works, scorers = table.shape
    if len(np.unique(table)) == 1:
        return Agreement(1.0, works, scorers)
    if scorers == 2:
        values = np.unique(table)
        at = np.searchsorted(values, table)
        counts = np.zeros((len(values), len(values)))
        np.add.at(counts, (at[:, 0], at[:, 1]), 1)
        kappa = float(cohens_kappa(counts, return_results=False))
    else:
        kappa = float(fleiss_kappa(aggregate_raters(table)[0], method="fleiss"))
    return Agreement(kappa, works, scorers)
