"""Workshops on the pages of the plan: the way to a board from a step, and the way back to it from what it gave."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.goals import service as goals
from core.goals.draft import Draft
from core.instance import Instance
from core.strategy.ideas.terms import Urgency
from core.strategy.themes import service as themes
from core.workshops import taking, voices
from core.workshops.terms import BoardState, Reaction, RoundKind
from tests.core.strategy.ideas_world import accepted
from tests.core.workshops.room import Room
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, words


@pytest.fixture
def room(house: Instance, leader: Actor) -> Room:
    made = Room(house, leader)
    works_on(house, leader, made.plan)
    return made


def test_a_weight_says_which_workshop_gave_it_and_that_it_was_changed_since(room: Room, leader: Actor, visit: Visit) -> None:
    assert "请大家给主题投分" in labels(visit(leader, "strategy/themes.py"), "page_link")
    vote = room.round(RoundKind.VOTE)
    room.open()
    room.give(room.join("甲"), vote, 7, 3)
    room.go(BoardState.CLOSED)
    with room.house.database.writing() as db:
        seen = {one.theme_id: one.version for one in taking.weighings(db, leader, room.plan, room.board)[vote]}
        taking.take_weights(db, leader, room.plan, room.board, vote, seen)
    said = "的权重来自共创“年度共创”"
    assert any(said in one and "又改过" not in one for one in labels(visit(leader, "strategy/themes.py"), "page_link"))
    with room.house.database.writing() as db:
        view = themes.overview(db, leader, room.plan).themes[0]
        themes.change(db, leader, view.id, view.theme.version or 0, themes.Draft("客户经营", view.theme.perspective, weight=60))
    assert any(said in one and "其中 1 个之后又改过" in one for one in labels(visit(leader, "strategy/themes.py"), "page_link"))


def test_a_goal_and_an_urgency_say_which_workshop_they_come_from(house: Instance, leader: Actor, visit: Visit) -> None:
    room = Room(house, leader, accepted(house, leader).plan)
    works_on(house, leader, room.plan)
    project = room.projects[0]
    with room.house.database.writing() as db:
        goals.save(db, leader, project, 0, Draft(behaviour="提升拓客能力"))
    react, rank = room.round(RoundKind.REACT), room.ranking()
    room.open()
    one = room.join("甲")
    with room.house.database.writing() as db:
        voices.react(db, one, react, room.ids(react)[0], Reaction.DISAGREE, "每周上门拜访 3 户")
    room.lead_to(rank)
    with room.house.database.writing() as db:
        voices.choose(db, one, rank, room.ids(rank)[:1])
    room.go(BoardState.CLOSED)
    with room.house.database.writing() as db:
        taking.take_goal(db, leader, room.plan, room.board, room.ids(react)[0], project, 1, "每周上门拜访 3 户")
        versions = {each.project_id: (each.version, Urgency.HIGH) for each in taking.rankings(db, leader, room.plan, room.board)[rank]}
        taking.take_urgency(db, leader, room.plan, room.board, rank, versions)
    for page, parameters in (("goals/goals.py", {"project": project}), ("strategy/ideas.py", {"part": "projects", "project": project})):
        assert any("来自共创“年度共创”" in one for one in labels(visit(leader, page, **parameters), "page_link")), page


def test_a_step_leads_to_a_new_board_of_its_own_kind(room: Room, leader: Actor, visit: Visit) -> None:
    at = visit(leader, "workshops/workshops.py", kind="rank")
    assert "“在预算内选项目”这个环节" in words(at)
    assert "这个环节" not in words(visit(leader, "workshops/workshops.py", kind="nothing"))
