"""Weights are brought to exactly 100."""

from __future__ import annotations

import pytest

from core.strategy.themes.weights import to_hundred


@pytest.mark.parametrize("weights", [[1, 1, 1], [30, 30, 10], [0.1] * 7, [5], [0, 0, 0], [99.9, 99.9, 3.3], [1 / 3] * 60])
def test_they_sum_to_exactly_100(weights: list[float]) -> None:
    assert round(sum(to_hundred(weights)), 6) == 100


def test_proportions_are_kept() -> None:
    assert to_hundred([30, 30, 10, 10]) == [37.5, 37.5, 12.5, 12.5]


def test_weights_that_are_all_zero_become_equal_shares() -> None:
    assert to_hundred([0, 0, 0]) == [33.4, 33.3, 33.3]
    assert to_hundred([]) == []
