"""What a score says about a result, and who stands out: the golden figures, the gates, the ties, and what cut-offs may be offered."""

from __future__ import annotations

import numpy as np
import pytest

from core.review.talent.gating import shown_families
from core.review.talent.potential import potentials, top
from core.review.talent.relation import chosen, group, relate


def people(*groups: tuple[int, float, float]) -> tuple[np.ndarray, np.ndarray]:
    """So many people each with this score and this result."""
    score = np.concatenate([np.full(count, score, dtype=float) for count, score, _result in groups])
    return score, np.concatenate([np.full(count, result, dtype=float) for count, _score, result in groups])


def test_the_share_above_a_cut_off_stands_beside_those_below_and_all_with_wilsons_interval() -> None:
    found = relate(*people((15, 85, 95), (5, 85, 60), (5, 60, 95), (15, 60, 60)), up=True, target=90)
    rule = found.rule(85, 90)
    assert rule is not None and rule.above.share is not None and rule.below.share is not None and rule.base.share is not None
    assert (rule.above.good, rule.above.people, rule.below.good, rule.below.people) == (15, 20, 5, 20)
    assert (round(rule.above.share.low, 2), round(rule.above.share.high, 2)) == (0.53, 0.89)
    assert rule.base.share.value == 0.5 and rule.lift == 1.5
    assert rule.gap is not None and rule.gap.value == pytest.approx(0.5) and rule.gap.low > 0
    assert rule.p is not None and rule.p < 0.01


def test_where_less_is_better_a_good_result_is_below_the_bar() -> None:
    found = relate(*people((15, 85, 2), (5, 85, 9), (5, 60, 2), (15, 60, 9)), up=False, target=2)
    rule = found.rule(85, 2)
    assert rule is not None and rule.above.good == 15 and rule.below.good == 5


@pytest.mark.parametrize(("count", "shown", "rules"), [(4, 0, False), (9, 9, False), (12, 12, True)])
def test_fewer_than_five_people_are_hidden_and_fewer_than_ten_not_split(count: int, shown: int, rules: bool) -> None:
    half = count // 2
    found = relate(*people((half, 80, 95), (count - half, 50, 40)), up=True, target=90)
    assert found.people == shown and bool(found.rules) is rules and bool(str(found.verdict)) is not rules


def test_below_thirty_people_there_is_an_interval_and_no_p() -> None:
    few = relate(*people((14, 80, 95), (15, 50, 40)), up=True, target=90)
    many = relate(*people((15, 80, 95), (15, 50, 40)), up=True, target=90)
    assert few.rules and all(one.p is None and one.gap is not None for one in few.rules)
    assert many.rules and all(one.p is not None for one in many.rules)


def test_a_side_of_fewer_than_five_is_never_offered() -> None:
    found = relate(*people((4, 95, 99), (20, 80, 90), (20, 50, 40)), up=True, target=None)
    assert max(found.cuts) == 80
    assert all(min(one.above.people, one.below.people) >= 5 for one in found.rules)
    assert group(1, 4).share is None


# One in ten may be false by chance; sixty worlds say it more surely than twenty.
@pytest.mark.parametrize("worlds", [20, pytest.param(60, marks=pytest.mark.thorough)])
def test_what_many_cut_offs_find_by_chance_is_corrected(worlds: int) -> None:
    random = np.random.default_rng(7)
    false = 0
    for _run in range(worlds):
        found = relate(random.uniform(0, 100, 200).round(), random.uniform(0, 100, 200).round(), up=True, target=None)
        assert found.tried > 20
        false += any(one.p is not None and one.p < 0.05 for one in found.rules)
    assert false <= worlds / 10


def test_the_cut_off_that_is_shown_first_does_not_look_at_the_result() -> None:
    score = np.repeat([30.0, 50.0, 70.0, 90.0], 20)
    one = relate(score, np.where(score > 80, 100.0, 10.0), up=True, target=100)
    other = relate(score, np.where(score > 40, 100.0, 10.0), up=True, target=100)
    first, second = chosen(one, 100, None), chosen(other, 100, None)
    assert first is not None and second is not None and first.cut == second.cut == 70


def test_moving_the_cut_off_singles_nobody_out_for_those_who_read_no_names() -> None:
    random = np.random.default_rng(3)
    score, result = random.integers(0, 101, 300).astype(float), random.integers(0, 101, 300).astype(float)
    found = relate(score, result, up=True, target=73, strangers=np.ones(300, dtype=bool))
    assert len(found.cuts) > 3 and len(found.bars) > 2
    for values, cuts in ((score, found.cuts), (result, found.bars)):
        sizes = np.diff([0, *((values < cut).sum() for cut in cuts), 300])
        assert sizes.min() >= 10


def test_those_level_with_the_last_place_are_in_and_said() -> None:
    found = top(np.array([9.0, 8, 8, 8, *[1.0] * 16]), 0.2)
    assert (found.places, found.border, int(found.inside.sum()), found.tied) == (4, 8, 4, 0)
    found = top(np.array([9.0, 8, 8, 8, 8, 8, *[1.0] * 14]), 0.2)
    assert (found.places, found.border, int(found.inside.sum()), found.tied, found.parts) == (4, 8, 6, 2, True)
    found = top(np.array([8.0] * 15 + [1.0] * 5), 0.2)
    assert not found.parts and not found.inside.any()


def test_high_potentials_are_in_the_best_fifth_and_the_best_tenth_of_at_least_twenty() -> None:
    score, result = np.arange(20.0), np.arange(20.0)
    found = potentials(score, result, up=True)
    assert list(np.flatnonzero(found.found)) == [18, 19]
    assert list(np.flatnonzero(potentials(score, result, up=False).found)) == []
    few = potentials(score[:19], result[:19], up=True)
    assert few.score is None and not few.found.any()


def test_a_hidden_family_cannot_be_found_by_subtraction() -> None:
    assert shown_families({"甲": 40, "乙": 20, "丙": 3}, 63) == {"甲"}
    assert shown_families({"甲": 40, "乙": 20}, 60) == {"甲", "乙"}
    assert shown_families({"甲": 40, "乙": 20}, 62) == {"甲"}
    assert shown_families({"甲": 40, "丙": 3, "丁": 4}, 47) == {"甲"}
