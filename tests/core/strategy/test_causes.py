"""Cause and effect: no circles, and suggestions in the scorecard's order."""

from __future__ import annotations

from core.strategy.findings import Perspective
from core.strategy.themes.causes import Side, chains, suggest_links, way_back

LEARNING, PROCESS, CUSTOMER, FINANCIAL = Perspective.LEARNING, Perspective.PROCESS, Perspective.CUSTOMER, Perspective.FINANCIAL


def side(number: int, perspective: Perspective, words: str = "", *metrics: str) -> Side:
    return Side(number, perspective, words, frozenset(metrics))


def test_a_link_that_would_close_a_circle_is_told_the_way_back() -> None:
    assert way_back([(1, 2), (2, 3)], 3, 1) == (1, 2, 3)
    assert way_back([(1, 2), (2, 3)], 1, 3) == ()
    assert way_back([(1, 2)], 2, 1) == (1, 2)


def test_a_shared_metric_suggests_a_link_upwards() -> None:
    found = suggest_links([side(1, CUSTOMER, "客群", "零售AUM"), side(2, FINANCIAL, "增收", "零售aum")])
    assert [(link.cause, link.effect, link.metrics) for link in found] == [(1, 2, ("零售AUM",))]


def test_alike_words_suggest_a_link_and_unlike_words_none() -> None:
    people, flow = side(1, LEARNING, "客户经理财富管理能力认证"), side(2, PROCESS, "客户经理财富管理流程重塑")
    other = side(3, PROCESS, "食堂改造")
    assert [(link.cause, link.effect) for link in suggest_links([people, flow, other])] == [(1, 2)]


def test_an_empty_perspective_is_stepped_over() -> None:
    found = suggest_links([side(1, LEARNING, "财富管理能力"), side(2, FINANCIAL, "财富管理收入")])
    assert [(link.cause, link.effect) for link in found] == [(1, 2)]


def test_what_is_linked_already_is_not_suggested_in_either_direction() -> None:
    sides = [side(1, CUSTOMER, "客群", "AUM"), side(2, FINANCIAL, "增收", "AUM")]
    assert not suggest_links(sides, [(1, 2)]) and not suggest_links(sides, [(2, 1)])


def test_a_theme_is_suggested_two_effects_at_most() -> None:
    found = suggest_links([side(1, CUSTOMER, "客群", "AUM"), *(side(n, FINANCIAL, "增收", "AUM") for n in range(2, 8))])
    assert len(found) == 2


def test_chains_count_the_starts_that_lead_all_the_way() -> None:
    links = [(1, 2), (2, 3), (3, 4), (5, 2), (6, 7)]
    assert chains(links, {1, 5, 6}, {4}) == 2
    assert chains([], {1}, {4}) == 0
