"""The second year: what an earlier year's plan came to in step 1 is offered on the pages where it is to be done again."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.instance import Instance
from core.projects import service as projects
from core.strategy.findings import Perspective
from core.strategy.tables import FindingState
from core.strategy.themes import service as themes
from core.strategy.themes.service import Draft
from tests.core.projects.test_earlier_projects import come_over
from tests.core.strategy.focus.test_earlier_focus import Years as Focused
from tests.core.strategy.focus.test_earlier_focus import years as focused
from tests.core.strategy.test_earlier_themes import QUEUE
from tests.core.strategy.test_earlier_themes import Years as Themed
from tests.core.strategy.test_earlier_themes import years as themed
from tests.core.strategy.test_precedents import CERTIFIED, DEPOSITS, Years, years
from tests.pages.conftest import Visit, works_on
from tests.pages.test_decode import states
from tests.pages.words import labels, press, words

__all__ = ["focused", "themed", "years"]


@pytest.fixture
def second(house: Instance, leader: Actor, years: Years) -> Years:
    """The leader works on the second year."""
    works_on(house, leader, years.second)
    return years


@pytest.mark.parametrize(
    ("language", "said", "sure", "why"),
    [
        ("zh", "2027 年的计划已对其中 4 条作过决定", "沿用 4 条", "沿用 2027 年计划的决定"),
        ("en", "The plan for 2027 decided on 4 of these", "Take over 4", "As decided in the plan for 2027"),
    ],
)
def test_last_years_decisions_are_taken_over_from_the_board(
    house: Instance, leader: Actor, second: Years, visit: Visit, language: str, said: str, sure: str, why: str
) -> None:
    at = visit(leader, "strategy/decode.py", language)
    assert said in words(at) and ("请核对" if language == "zh" else "check it") in words(at), "one was due last year"
    press(at, sure)
    found = states(house, leader, second.second)
    assert (found[FindingState.ACCEPTED], found[FindingState.REJECTED], found[FindingState.MERGED]) == (2, 1, 1)
    at = visit(leader, "strategy/decode.py", language)
    assert said not in words(at)
    at.query_params["finding"] = str(second.number(leader, second.second, CERTIFIED))
    assert why in words(at.run())


def test_the_press_is_undone_as_one(house: Instance, leader: Actor, second: Years, visit: Visit) -> None:
    before = states(house, leader, second.second)
    press(visit(leader, "strategy/decode.py"), "沿用 4 条")
    press(visit(leader, "strategy/decode.py"), "撤销“沿用以前年度的决定”")
    assert states(house, leader, second.second) == before


def test_nothing_is_offered_where_nobody_decided_before(house: Instance, leader: Actor, manager: Actor, years: Years, visit: Visit) -> None:
    works_on(house, leader, years.first)
    assert "沿用 4 条" not in labels(visit(leader, "strategy/decode.py"), "button")
    works_on(house, manager, years.second)
    assert "沿用 4 条" not in labels(visit(manager, "strategy/decode.py"), "button"), "who may not decide is not asked"


def test_what_changed_meanwhile_is_not_taken_over_unseen(house: Instance, leader: Actor, second: Years, visit: Visit) -> None:
    at = visit(leader, "strategy/decode.py")
    second.decide(leader, second.first, DEPOSITS, FindingState.ACCEPTED)
    press(at, "沿用 4 条")
    assert FindingState.ACCEPTED not in states(house, leader, second.second) and "没有沿用" in words(at)


@pytest.fixture
def accepted(house: Instance, leader: Actor, themed: Themed) -> Themed:
    """The leader works on the second year, which accepted the same findings."""
    works_on(house, leader, themed.second)
    return themed


@pytest.mark.parametrize(
    ("language", "said", "left_out", "sure"),
    [
        ("zh", "2027 年的战略主题可以沿用到这份计划", "当时没有发现归入它", "沿用到这份计划"),
        ("en", "The themes of 2027 can be taken over", "No finding was in it then", "Take over to this plan"),
    ],
)
def test_last_years_themes_are_offered_on_the_empty_page_with_what_is_left_out(
    leader: Actor, accepted: Themed, visit: Visit, language: str, said: str, left_out: str, sure: str
) -> None:
    at = visit(leader, "strategy/themes.py", language)
    assert said in words(at) and left_out in words(at) and sure in labels(at, "button")


def test_themes_are_taken_over_at_one_press_and_undone_at_one(leader: Actor, accepted: Themed, visit: Visit) -> None:
    at = press(visit(leader, "strategy/themes.py"), "沿用到这份计划")
    assert len(accepted.look(leader, accepted.second).themes) == 2 and "可以沿用到这份计划" not in words(at)
    at = press(visit(leader, "strategy/themes.py"), "撤销上一步")
    assert not accepted.look(leader, accepted.second).themes and "可以沿用到这份计划" in words(at)


def test_a_plan_with_themes_of_its_own_is_offered_what_is_still_free(leader: Actor, accepted: Themed, visit: Visit) -> None:
    with accepted.house.database.writing() as db:
        themes.create(db, leader, accepted.second, Draft(QUEUE, Perspective.CUSTOMER))
    at = visit(leader, "strategy/themes.py")
    assert "补入同名主题" in str([frame.value.to_dict() for frame in at.dataframe])
    press(at, "沿用到这份计划")
    assert len(accepted.look(leader, accepted.second).themes) == 2


def test_who_may_not_decide_is_offered_no_themes(house: Instance, manager: Actor, themed: Themed, visit: Visit) -> None:
    works_on(house, manager, themed.second)
    assert "沿用到这份计划" not in labels(visit(manager, "strategy/themes.py"), "button")


@pytest.mark.parametrize(
    ("language", "said", "sure"),
    [("zh", "有 2 行这份计划还没有", "沿用 2 行"), ("en", "2 rows of 2026 are not in this plan yet", "Take over 2 rows")],
)
def test_last_years_posts_are_taken_over(
    house: Instance, leader: Actor, focused: Focused, visit: Visit, language: str, said: str, sure: str
) -> None:
    works_on(house, leader, focused.second)
    at = visit(leader, "strategy/focus.py", language)
    assert said in words(at)
    press(at, sure)
    assert len(focused.rows(leader, focused.second)) == 2 and said not in words(at)


def test_what_was_taken_over_is_taken_away_again(house: Instance, leader: Actor, focused: Focused, visit: Visit) -> None:
    works_on(house, leader, focused.second)
    at = press(press(visit(leader, "strategy/focus.py"), "沿用 2 行"), "撤销沿用（2 行）")
    assert focused.rows(leader, focused.second) == []
    assert "有 2 行这份计划还没有" in words(at) and "撤销沿用（2 行）" not in labels(at, "button")


def test_who_may_not_decide_is_offered_no_rows(house: Instance, manager: Actor, focused: Focused, visit: Visit) -> None:
    works_on(house, manager, focused.second)
    assert "沿用 2 行" not in labels(visit(manager, "strategy/focus.py"), "button")


def test_projects_that_came_over_are_put_under_their_themes_at_once(house: Instance, leader: Actor, themed: Themed, visit: Visit) -> None:
    works_on(house, leader, themed.second)
    came = come_over(house, leader, themed)
    assert "一起归入主题" not in labels(visit(leader, "strategy/ideas.py", part="projects"), "button")
    themed.take(leader)
    at = visit(leader, "strategy/ideas.py", part="projects")
    assert "结转来的 1 个项目还没有主题" in words(at)
    press(at, "归入 1 个项目")
    with house.database.reading() as db:
        view = projects.find(db, leader, came)
    assert view.theme is not None and view.theme.theme.name == QUEUE and len(view.row.finding_ids) == 2
    assert "还没有主题" not in words(visit(leader, "strategy/ideas.py", part="projects"))
