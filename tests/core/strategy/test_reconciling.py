"""Decoding again: what people decided stays with its words."""

from __future__ import annotations

from dataclasses import replace

from core.strategy.findings import Finding, FindingKind
from core.strategy.reconciling import Known, reconcile

TASK = Finding(FindingKind.TASK, "建立分层经营机制", "建立分层经营机制", 1, 0, 8, (), None, (), None, 0.7, "task_order")


def known(number: int, quote: str, *, decided: bool, kind: FindingKind = FindingKind.TASK) -> Known:
    """A finding that is there."""
    return Known(number, kind, quote, "", decided)


def test_the_same_words_elsewhere_are_the_same_finding() -> None:
    moved = replace(TASK, start=90, end=98, page=4)
    result = reconcile([known(1, TASK.quote, decided=True)], [moved])
    assert result.kept == {1: moved} and not result.fresh and not result.lost


def test_words_that_were_touched_up_are_the_same_finding() -> None:
    reworded = replace(TASK, quote="建立财富客户分层经营新机制，年内落地。")
    result = reconcile([known(1, "建立财富客户分层经营机制，年内落地。", decided=True)], [reworded])
    assert result.kept == {1: reworded}


def test_what_was_decided_and_is_gone_stays_marked_and_what_was_not_goes() -> None:
    result = reconcile([known(1, "完成食堂改造", decided=True), known(2, "更换班车", decided=False)], [TASK])
    assert result.lost == (1,) and result.dropped == (2,) and result.fresh == (TASK,)


def test_another_kind_is_another_finding() -> None:
    result = reconcile([known(1, TASK.quote, decided=True, kind=FindingKind.THEME)], [TASK])
    assert result.lost == (1,) and result.fresh == (TASK,)


def test_a_changed_figure_is_another_demand_that_nobody_has_decided_on() -> None:
    raised = replace(TASK, quote="2027年零售存款新增54亿元，全年均衡推进。")
    result = reconcile([known(1, "2027年零售存款新增45亿元，全年均衡推进。", decided=True)], [raised])
    assert result.lost == (1,) and result.fresh == (raised,)
