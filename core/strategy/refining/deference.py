"""Where people have decided, a model has no say: their decisions meet the findings as they were when decided on."""

from __future__ import annotations

from collections.abc import Sequence

from core.strategy.findings import Finding
from core.strategy.reconciling import Known, reconcile


def defer(known: Sequence[Known], found: Sequence[Finding]) -> list[Finding]:
    """`found` without the model's changes to what people have decided about, and without what a model had made into something else
    that they then decided about."""
    decided = [one for one in known if one.decided]
    kept = reconcile(decided, [one.refined_from or one for one in found]).kept.values()
    settled = {id(one) for one in kept}
    standing = [one.refined_from if one.refined_from is not None and id(one.refined_from) in settled else one for one in found]
    turned = {(one.was, one.quote) for one in decided if one.was is not None}
    return [one for one in standing if one.by_model or (one.kind, one.quote) not in turned]
