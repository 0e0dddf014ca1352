"""What stays and when it is first used."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest

from core.review.retention.curve import Point, curve, half_life, rate_of
from core.review.retention.first_use import first_use


@pytest.mark.parametrize(("kept", "days"), [(0.85, 384), (0.62, 130)])
def test_what_is_left_after_ninety_days_tells_the_half_life(kept: float, days: int) -> None:
    assert round(half_life(rate_of(kept, 90))) == days


def test_three_measurements_make_a_curve_and_two_do_not() -> None:
    points = [Point(days, exp(-0.0018 * days), 40) for days in (30, 60, 90)]
    found = curve(points)
    assert found.rate == pytest.approx(0.0018) and found.half_life == pytest.approx(385, abs=1)
    assert curve(points[:2]).half_life is None and "不算半衰期" in str(curve(points[:2]).verdict)
    assert curve([*points[:2], Point(90, 0.8, 4)]).half_life is None


def test_nothing_forgotten_has_no_half_life() -> None:
    found = curve([Point(days, 1.02, 40) for days in (30, 60, 90)])
    assert found.half_life is None and "看不出遗忘" in str(found.verdict)
    assert "还没有" in str(curve([]).verdict)


def test_who_never_used_it_is_counted_and_not_dropped() -> None:
    days, used = [5.0] * 10 + [20.0] * 20 + [90.0] * 30, [True] * 30 + [False] * 30
    found = first_use(days, used)
    assert found is not None and (found.people, found.used, found.never) == (60, 30, 30) and found.median == 20
    assert found.steps[0].used == pytest.approx(1 / 6) and found.steps[-1].used == pytest.approx(0.5)
    naive = float(np.median(days[:30]))
    more = first_use(days + [90.0] * 10, used + [False] * 10)
    assert more is not None and more.median is None and naive == 20 and "不到一半" in str(more.verdict)


def test_time_runs_out_for_some_before_the_others() -> None:
    """The worked example of Kaplan and Meier's curve: 6-MP in leukaemia (Freireich 1963), median 23 weeks."""
    weeks = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    found = first_use([float(week) for week in weeks], [True] * 9 + [False] * 12)
    assert found is not None and found.median == 23 and found.low == 13 and found.high is None
    assert [round(1 - step.used, 3) for step in found.steps[:3]] == [0.857, 0.807, 0.753]


def test_nobody_and_few() -> None:
    assert first_use([3.0] * 4, [True] * 4) is None
    nobody = first_use([30.0] * 9, [False] * 9)
    assert nobody is not None and nobody.never == 9 and nobody.median is None
    everybody = first_use([3.0] * 9, [True] * 9)
    assert everybody is not None and everybody.median == 3 and everybody.never == 0 and str(everybody.verdict)
