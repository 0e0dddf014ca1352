"""The weights of its themes suggest a post's importance."""

from __future__ import annotations

import pytest

from core.strategy.focus.importance import suggested_importance


@pytest.mark.parametrize(
    ("weights", "heaviest", "level"),
    [([40.0], 40.0, 5), ([20.0], 40.0, 3), ([8.0], 40.0, 1), ([1.0], 40.0, 1), ([5.0, 33.0], 40.0, 5), ([9.0], 40.0, 2)],
)
def test_the_heaviest_of_its_themes_decides_in_proportion_to_the_heaviest_of_all(weights: list[float], heaviest: float, level: int) -> None:
    assert suggested_importance(weights, heaviest) == level


@pytest.mark.parametrize(("weights", "heaviest"), [([], 40.0), ([0.0], 40.0), ([0.0], 0.0)])
def test_without_a_weight_nothing_is_suggested(weights: list[float], heaviest: float) -> None:
    assert suggested_importance(weights, heaviest) is None
