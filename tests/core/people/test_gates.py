"""Nobody finds a small group behind the gates, by whatever adding and subtracting."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from core.people.gates import HIDE, SPLIT, Closed, closed

World = list[tuple[int, int]]


def counts(world: World) -> Counter[tuple[int, int]]:
    return Counter(world)


def published(world: World, shut: Closed) -> np.ndarray:
    """Which people each published sum adds up, a row each."""
    units, posts = sorted({unit for unit, _ in world}), sorted({post for _, post in world})
    rows = [[float(unit == one) for unit, _ in world] for one in units if not shut.unit(one)]
    rows += [[float(post == one) for _, post in world] for one in posts if not shut.post(one)]
    rows += [] if shut.total else [[1.0] * len(world)]
    return np.array(rows).reshape(-1, len(world))


def can_work_out(sums: np.ndarray, people: list[int]) -> bool:
    """Whether the sum of these people is some combination of the published ones."""
    return bool(worked_out(sums, [people])[0])


def worked_out(sums: np.ndarray, groups: list[list[int]]) -> np.ndarray:
    """Of which groups the sum is some combination of the published ones."""
    wanted = np.zeros((len(groups), sums.shape[1]))
    for row, people in enumerate(groups):
        wanted[row, people] = 1
    return np.abs(wanted @ (np.linalg.pinv(sums) @ sums) - wanted).max(axis=1) < 1e-7


def small_groups(world: World, least: int) -> list[list[int]]:
    """Everybody alone, and each unit, post and post in a unit with too few people; and some pairs that are none of these."""
    groups = [[person] for person in range(len(world))]
    for key in (lambda one: ("u", one[0]), lambda one: ("p", one[1]), lambda one: one):
        kinds: dict[object, list[int]] = {}
        for person, one in enumerate(world):
            kinds.setdefault(key(one), []).append(person)
        groups += [people for people in kinds.values() if len(people) < least]
    return groups + [list(pair) for pair in list(combinations(range(len(world)), 2))[:200]]


def test_few_people_are_hidden_and_a_second_unit_with_them() -> None:
    world = [(1, 9)] * 3 + [(2, 9)] * 6 + [(3, 9)] * 20
    assert closed([counts(world)], HIDE) == Closed(frozenset({1, 2}))


def test_where_nobody_is_alone_nothing_is_hidden() -> None:
    assert closed([counts([(unit, post) for unit in range(4) for post in range(3) for _ in range(5)])], HIDE) == Closed()


def test_too_few_in_all_are_not_counted_at_all() -> None:
    assert closed([counts([(1, 9), (2, 9), (2, 8)])], HIDE) == Closed(frozenset({1, 2}), frozenset({8, 9}), total=True)


def test_the_head_of_a_department_cannot_be_told_by_taking_away_the_posts_of_the_others() -> None:
    """Department 1 has eleven engineers, which only it has, and one head; heads are everywhere. Department less engineers is one person."""
    world = [(1, 50)] * 11 + [(1, 60)] + [(unit, 60) for unit in range(2, 9)] + [(unit, 70) for unit in range(2, 9) for _ in range(9)]
    shut = closed([counts(world)], HIDE)
    assert shut != Closed() and not can_work_out(published(world, shut), [11])
    assert can_work_out(published(world, Closed()), [11])


def test_a_unit_that_has_a_post_of_its_own_is_not_found_through_the_post() -> None:
    world = [(1, 1)] * 3 + [(2, 2)] * 8 + [(3, 3)] * 9 + [(4, 3)] * 9
    shut = closed([counts(world)], HIDE)
    assert {1} < shut.units and {1} < shut.posts
    assert not can_work_out(published(world, shut), [0, 1, 2])


def test_what_is_not_split_is_hidden_up_to_ten_people() -> None:
    world = [(1, 9)] * 7 + [(2, 9)] * 30 + [(3, 9)] * 40
    first = closed([counts(world)], HIDE)
    assert first == Closed() and closed([counts(world)], SPLIT, first).units == {1, 2}


def test_what_is_right_for_those_required_is_right_for_those_measured_too() -> None:
    required = [(1, 9)] * 8 + [(2, 9)] * 8 + [(3, 9)] * 30
    measured = [(1, 9)] * 2 + [(2, 9)] * 8 + [(3, 9)] * 30
    shut = closed([counts(required), counts(measured)], HIDE)
    assert shut.units == {1, 2}


@pytest.mark.parametrize("seed", range(150))
def test_no_small_group_is_recovered(seed: int) -> None:
    chance = random.Random(seed)
    units, posts = chance.randint(1, 7), chance.randint(1, 5)
    homes = {post: chance.sample(range(units), chance.randint(1, units)) for post in range(posts)}
    world = [(chance.choice(homes[post]), post) for post in (chance.randrange(posts) for _ in range(chance.randint(1, 60)))]
    known = [one for one in world if chance.random() < chance.choice((0.3, 0.7, 1.0))]
    hidden = closed([counts(world), counts(known)], HIDE)
    split = closed([counts(known)], SPLIT, hidden)
    assert hidden.units <= split.units and hidden.posts <= split.posts
    for people, least, shut in ((world, HIDE, hidden), (known, HIDE, hidden), (known, SPLIT, split)):
        groups = [group for group in small_groups(people, least) if len(group) < least]
        if groups:
            assert not worked_out(published(people, shut), groups).any()
