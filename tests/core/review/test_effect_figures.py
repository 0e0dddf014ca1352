"""The figures behind effects against published values and against other programs."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from core.review.effects import clusters, paired, power, proportions, selection
from core.review.effects.agreement import agreement
from core.review.effects.equivalence import of_groups, of_pairs
from core.review.effects.regression import fit
from core.review.effects.series import segments
from core.review.effects.several import corrected


def test_a_change_is_standardised_by_two_deviations_that_are_named() -> None:
    pre, post = np.array([60.0, 70, 80, 90]), np.array([70.0, 78, 84, 96])
    average, change = paired.d_av(pre, post), paired.d_z(pre, post)
    assert average is not None and change is not None and (average.name, change.name) == ("d_av", "d_z")
    assert average.value == pytest.approx(7 / np.sqrt((pre.var(ddof=1) + post.var(ddof=1)) / 2))
    assert change.value == pytest.approx(7 / np.std([10, 8, 4, 6], ddof=1))
    assert average.low < average.value < average.high
    assert paired.d_z(pre, pre + 5) is None


def test_five_that_agree_cannot_reach_five_per_cent_and_six_can() -> None:
    assert paired.sign_p(5, 0) == 0.0625 and paired.sign_p(6, 0) == pytest.approx(0.031, abs=5e-4)
    assert paired.wilcoxon_p(np.array([1.0, 2, 3, 4, 5])) is None
    assert paired.wilcoxon_p(np.array([1.0, 2, 3, 4, 5, 6])) == pytest.approx(0.03125)


def test_the_typical_change_is_unmoved_by_an_extreme() -> None:
    change = np.array([1.0, 2, 2, 3, 3, 3, 4, 4, 5, 500])
    value, low, high = paired.typical(change)
    assert 2 <= low <= value <= high and value < 5 and paired.skewed(change)


def test_passes_of_the_same_people_are_mcnemars() -> None:
    assert proportions.mcnemar_exact(60, 7, 29, 4) == pytest.approx(0.00031, abs=5e-6)
    found = proportions.paired_difference(60, 7, 29, 4)
    assert found.value == pytest.approx(0.22) and 0.10 < found.low < found.high < 0.33


def test_newcombes_paired_interval_is_that_of_his_paper() -> None:
    # Newcombe 1998, table II, the data of 36, 12, 2, 0.
    found = proportions.paired_difference(36, 12, 2, 0)
    assert (-found.high, -found.low) == (pytest.approx(0.0569, abs=2e-3), pytest.approx(0.3404, abs=2e-3))


def test_a_share_has_wilsons_interval() -> None:
    found = proportions.share(15, 20)
    assert (round(100 * found.low), round(100 * found.high)) == (53, 89)


@pytest.mark.parametrize(("n", "points"), [(29, 15), (69, 10), (285, 5)])
def test_how_exact_a_share_of_so_many_is(n: int, points: int) -> None:
    assert round(100 * proportions.half_width(0.75, n)) == points


@pytest.mark.parametrize(("n", "low", "high"), [(12, -8, 53), (30, 2, 42), (100, 11, 33), (350, 16, 28)])
def test_a_difference_of_shares_has_newcombes_interval(n: int, low: int, high: int) -> None:
    found = proportions.difference(round(0.89 * n), n, round(0.67 * n), n)
    assert (round(100 * found.low), round(100 * found.high)) == (low, high)


def test_how_many_people_prove_how_much() -> None:
    assert [power.paired(d) for d in (0.2, 0.3, 0.5, 0.8)] == [199, 90, 34, 15]
    assert [power.two_arms(d) for d in (0.2, 0.3, 0.5, 0.8)] == [394, 176, 64, 26]
    assert power.shares(0.67, 0.89) == 53
    needed = power.for_share(60, 80, 100)
    assert needed is not None and needed.each == 81 and needed.enough and needed.clustered == 158
    assert power.for_share(60, 60) is None and power.for_share(60, 120) is None and power.for_share(0, 100).each == 5  # type: ignore[union-attr]
    assert power.provable(64, 64) == pytest.approx(0.5, abs=0.01)


def test_people_of_a_class_are_worth_fewer() -> None:
    assert clusters.design_effect(10, 0.1) == pytest.approx(1.9) and clusters.design_effect(20, 0.1) == pytest.approx(2.9)
    rng = np.random.default_rng(5)
    which = np.repeat(np.arange(200), 20)
    found = clusters.alike(rng.normal(0, 1, 200)[which] + rng.normal(0, 3, 4000), which)
    assert found is not None and found.icc == pytest.approx(0.1, abs=0.03) and found.effect == pytest.approx(2.9, abs=0.6)


@pytest.mark.parametrize(("r", "allowance"), [(0.5, 7.0), (0.7, 4.2), (0.8, 2.8), (0.9, 1.4)])
def test_what_the_choice_of_the_lowest_fifth_does_by_itself(r: float, allowance: float) -> None:
    assert selection.allowance(10, r, 0.2) == pytest.approx(allowance, abs=0.05)


def test_the_reliability_is_found_in_the_figures() -> None:
    rng = np.random.default_rng(3)
    ability = rng.normal(70, np.sqrt(70), 20_000)
    pre, post = ability + rng.normal(0, np.sqrt(30), 20_000), ability + rng.normal(0, np.sqrt(30), 20_000)
    low = selection.regression(pre, post, pre < np.quantile(pre, 0.2))
    high = selection.regression(pre, post, pre > np.quantile(pre, 0.8))
    assert low is not None and low.allowance == pytest.approx(4.2, abs=0.3) and low.r == pytest.approx(0.7, abs=0.03)
    assert high is not None and high.allowance == pytest.approx(-4.2, abs=0.3)


def _figures() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(11)
    which = np.repeat(np.arange(12), np.arange(5, 17))
    x = np.column_stack([np.ones(len(which)), rng.normal(0, 1, len(which)), (which < 5).astype(float)])
    return x, x @ np.array([2.0, 0.5, 3.0]) + rng.normal(0, 1, 12)[which] + rng.normal(0, 2, len(which)), which


def test_errors_of_people_who_stand_alone_are_hc2() -> None:
    x, y, _which = _figures()
    other = sm.OLS(y, x).fit(cov_type="HC2")
    found = fit(x, y)
    assert (found.value, found.error) == (pytest.approx(other.params[2]), pytest.approx(other.bse[2]))


def test_two_groups_alone_have_welchs_error() -> None:
    rng = np.random.default_rng(2)
    one, other = rng.normal(5, 1, 9), rng.normal(3, 4, 30)
    x = np.column_stack([np.ones(39), np.r_[np.ones(9), np.zeros(30)]])
    found, welch = fit(x, np.r_[one, other]), stats.ttest_ind(one, other, equal_var=False)
    assert found.value / found.error == pytest.approx(welch.statistic) and 5 < found.freedom < 37


def test_errors_of_clusters_are_cr2_with_the_degrees_of_bell_and_mccaffrey() -> None:
    """Against the definition, written out with whole matrices."""
    x, y, which = _figures()
    hat = x @ np.linalg.inv(x.T @ x) @ x.T
    rest, c = y - hat @ y, (x @ np.linalg.inv(x.T @ x))[:, 2]
    parts, score = [], 0.0
    for one in range(12):
        mine = which == one
        values, vectors = np.linalg.eigh(np.eye(mine.sum()) - hat[np.ix_(mine, mine)])
        v = vectors @ np.diag(values**-0.5) @ vectors.T @ c[mine]
        score += float(v @ rest[mine]) ** 2
        parts.append((np.eye(len(y)) - hat)[:, mine] @ v)
    spread = np.linalg.eigvalsh(np.array(parts) @ np.array(parts).T)
    found = fit(x, y, which)
    assert found.error == pytest.approx(np.sqrt(score)) and found.freedom == pytest.approx(spread.sum() ** 2 / (spread**2).sum())


def test_means_of_a_few_units_have_as_many_degrees_as_units_less_two() -> None:
    values, which = np.array([1.0, 3, 4, 6, 10, 12, 15, 17]), np.repeat(np.arange(4), 2)
    found = clusters.of_means(values, which >= 2, which)
    expected = stats.ttest_ind([11, 16], [2, 5])
    assert found is not None and (found.value, found.freedom, found.p) == (10, 2, pytest.approx(expected.pvalue))


def test_many_indicators_are_corrected_together() -> None:
    assert corrected([0.01, 0.04, 0.03, None]) == [pytest.approx(0.03), pytest.approx(0.04), pytest.approx(0.04), None]
    assert corrected([0.04, None]) == [0.04, None]


def test_no_worse_than_needs_a_margin_and_says_which() -> None:
    rng = np.random.default_rng(2)
    old = rng.normal(80, 5, 60)
    alike, worse = of_pairs(old + rng.normal(0, 2, 60), old, 2.0), of_pairs(old - 4 + rng.normal(0, 2, 60), old, 2.0)
    assert alike is not None and alike.same and alike.p < 0.05 and "2" in str(alike.verdict)
    assert worse is not None and not worse.no_worse and "不能说" in str(worse.verdict)
    better = of_groups(old + 9, old, 2.0)
    assert better is not None and better.no_worse and not better.same
    assert of_pairs(old[:4], old[:4], 2.0) is None


def test_scorers_who_do_not_agree_give_no_result() -> None:
    two = agreement([[1, 1]] * 20 + [[2, 2]] * 15 + [[1, 2]] * 5 + [[2, 1]] * 10)
    assert two is not None and two.kappa == pytest.approx(0.4) and not two.enough and "不算结果" in str(two.verdict)
    several = agreement([[1, 1, 1], [2, 2, 2], [1, 1, 1], [2, 2, 2], [1, 1, 2]])
    assert several is not None and several.scorers == 3 and several.enough
    assert agreement([[1, 1]] * 4) is None and agreement([[1]] * 9) is None


def test_a_series_needs_eight_points_on_each_side() -> None:
    rng = np.random.default_rng(1)
    long = segments(np.r_[rng.normal(10, 0.5, 12), rng.normal(14, 0.5, 12)], 12)
    assert long.level is not None and 2 < long.level.low < long.level.high < 6 and long.slope is not None
    short = segments(np.arange(15.0), 7)
    assert short.level is None and "8" in str(short.verdict) and "不能说" in str(short.verdict)
