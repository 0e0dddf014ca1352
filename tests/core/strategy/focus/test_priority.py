"""The priority: a sum that can be checked by hand, an honest interval for what is unknown, an order that says how firm it is."""

from __future__ import annotations

import random
import time

import pytest

from core.strategy.focus.priority import Candidate, Part, Weights, rank, sensitivity

WEIGHTS = Weights(40, 40, 20)


def places(candidates: list[Candidate], weights: Weights = WEIGHTS) -> list[int]:
    """The candidates' ids in their order."""
    return [one.candidate.id for one in rank(candidates, weights)]


def test_the_score_is_the_sum_that_the_formula_says() -> None:
    one, other = rank([Candidate(1, 4, 0.5, 30), Candidate(2, 2, 0.1, 60)], WEIGHTS)
    assert one.score == pytest.approx(40 * 4 / 5 + 40 * 0.5 + 20 * 30 / 60)
    assert other.score == pytest.approx(40 * 2 / 5 + 40 * 0.1 + 20 * 60 / 60)
    assert not one.open and one.low == one.score == one.high


def test_weights_are_brought_to_a_hundred_whatever_was_entered() -> None:
    assert [Weights(2, 2, 1).of(part) for part in Part] == [40, 40, 20]
    rows = [Candidate(1, 4, 0.5, 30), Candidate(2, 2, 0.1, 60)]
    assert [one.score for one in rank(rows, Weights(2, 2, 1))] == [one.score for one in rank(rows, WEIGHTS)]


def test_an_unknown_gap_is_not_a_zero_gap() -> None:
    unknown, zero = Candidate(1, 4, None, 60), Candidate(2, 4, 0.0, 60)
    first, second = rank([zero, unknown], WEIGHTS)
    assert (first.candidate, second.candidate) == (unknown, zero)
    assert first.score == pytest.approx(100 * (40 * 0.8 + 20) / 60)
    assert (first.low, first.high) == (pytest.approx(52), pytest.approx(92))


def test_a_row_without_importance_is_not_ranked_and_does_not_set_the_most_people() -> None:
    (one,) = rank([Candidate(1, 5, 1.0, 10), Candidate(2, None, 1.0, 1000)], WEIGHTS)
    assert one.score == 100


def test_a_row_of_which_nothing_that_counts_is_known_is_not_ranked() -> None:
    assert rank([Candidate(1, 5, None, 10)], Weights(0, 100, 0)) == []
    assert rank([], WEIGHTS) == []


def test_nobody_affected_anywhere_counts_nothing_and_divides_by_nothing() -> None:
    (one,) = rank([Candidate(1, 5, 0.5, 0)], WEIGHTS)
    assert one.score == pytest.approx(60)


def test_equal_scores_share_a_place() -> None:
    found = rank([Candidate(1, 3, 0.5, 10), Candidate(2, 3, 0.5, 10), Candidate(3, 1, 0.1, 1)], WEIGHTS)
    assert [one.place for one in found] == [1, 1, 3]


def test_the_unknown_says_which_places_are_open() -> None:
    found = {
        one.candidate.id: one for one in rank([Candidate(1, 5, 0.5, 10), Candidate(2, 4, None, 10), Candidate(3, 1, 0.1, 10)], WEIGHTS)
    }
    assert (found[2].best, found[2].worst) == (1, 2)
    assert (found[1].best, found[1].worst) == (1, 2)
    assert (found[3].best, found[3].worst) == (3, 3)


def test_the_score_always_lies_within_its_interval_and_the_place_within_its_places() -> None:
    chance = random.Random(1)
    for _ in range(300):
        rows = [
            Candidate(
                number,
                chance.randint(1, 5),
                chance.choice([None, chance.random()]),
                chance.choice([None, chance.randint(0, 99)]),
            )
            for number in range(chance.randint(1, 8))
        ]
        for one in rank(rows, Weights(chance.randint(1, 9), chance.randint(0, 9), chance.randint(0, 9))):
            assert -1e-6 <= one.low <= one.score + 1e-6 and one.score <= one.high + 1e-6 and one.high <= 100 + 1e-6
            assert one.best <= one.place <= one.worst


def test_a_moved_weight_takes_from_the_others_in_proportion() -> None:
    moved = WEIGHTS.moved(Part.IMPORTANCE, 0.2)
    assert moved.of(Part.IMPORTANCE) == pytest.approx(48) and moved.total == pytest.approx(100)
    assert moved.of(Part.GAP) / moved.of(Part.PEOPLE) == pytest.approx(2)
    assert Weights(90, 5, 5).moved(Part.IMPORTANCE, 0.2).of(Part.IMPORTANCE) == 100


def test_a_weight_that_is_zero_or_alone_cannot_be_moved() -> None:
    rows = [Candidate(1, 5, 0.1, 1), Candidate(2, 4, 0.2, 2)]
    assert sensitivity(rows, Weights(100, 0, 0)) == []
    assert {shift.part for shift in sensitivity(rows, Weights(50, 50, 0))} == {Part.IMPORTANCE, Part.GAP}


def test_an_order_that_stands_says_that_nothing_swaps() -> None:
    rows = [Candidate(1, 5, 0.9, 100), Candidate(2, 3, 0.5, 50), Candidate(3, 1, 0.1, 10)]
    shifts = sensitivity(rows, WEIGHTS)
    assert len(shifts) == 6 and not any(shift.swaps for shift in shifts)


def test_a_close_call_names_the_places_that_swap_and_the_weight_that_does_it() -> None:
    rows = [Candidate(1, 5, 0.9, 100), Candidate(2, 4, 0.30, 10), Candidate(3, 2, 0.68, 10)]
    assert places(rows) == [1, 2, 3]
    swaps = {(shift.part, shift.after > shift.before): shift.swaps for shift in sensitivity(rows, WEIGHTS)}
    assert swaps[Part.GAP, True] == ((2, 3),) and swaps[Part.IMPORTANCE, False] == ((2, 3),)
    assert not swaps[Part.IMPORTANCE, True]
    assert next(shift.first for shift in sensitivity(rows, WEIGHTS) if shift.swaps) == (1, 3, 2)


def test_a_swap_behind_the_first_rows_is_not_told() -> None:
    rows = [Candidate(9, 5, 1.0, 100), Candidate(1, 5, 0.9, 100), Candidate(2, 4, 0.30, 10), Candidate(3, 2, 0.68, 10)]
    assert not any(shift.swaps for shift in sensitivity(rows, WEIGHTS, first=2))
    assert any(shift.swaps for shift in sensitivity(rows, WEIGHTS, first=3))


def test_one_row_has_no_order_to_test() -> None:
    assert sensitivity([Candidate(1, 5, 0.9, 100)], WEIGHTS) == []


def test_places_and_swaps_are_those_that_counting_row_by_row_gives() -> None:
    dice = random.Random(4)
    unsure = [None, 0.0, 0.3, 0.6, 0.9]
    rows = [Candidate(n, dice.choice([2, 3, 5]), dice.choice(unsure), dice.choice([None, 10, 40])) for n in range(30)]
    ranked = rank(rows, WEIGHTS)
    for one in ranked:
        assert one.place == 1 + sum(other.score > one.score for other in ranked)
        assert one.best == 1 + sum(other.low > one.high for other in ranked)
        assert one.worst == 1 + sum(other.high > one.low for other in ranked if other is not one)
    before = places(rows)
    for shift in sensitivity(rows, WEIGHTS):
        after = places(rows, WEIGHTS.moved(shift.part, 0.2 if shift.after > shift.before else -0.2))
        swapped = [(n, m) for n in range(30) for m in range(n + 1, 30) if after.index(before[n]) > after.index(before[m])]
        told = [(n + 1, m + 1) for n, m in swapped if n < 3 or min(after.index(before[n]), after.index(before[m])) < 3]
        assert list(shift.swaps) == told


def test_a_thousand_rows_are_ordered_while_one_waits() -> None:
    rows = [Candidate(n, 1 + n % 5, n % 90 / 100, n % 200) for n in range(3_000)]
    started = time.process_time()
    assert len(sensitivity(rows, WEIGHTS)) == 6 and time.process_time() - started < 10
