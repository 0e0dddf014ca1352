"""A link to a thing is opened by somebody who works on another plan, or may not see the thing."""

from __future__ import annotations

from datetime import date

import pytest

from core.access import repository as accounts
from core.access.actor import Actor, Role
from core.assistant import service as assistant
from core.comments.terms import PLACES
from core.instance import Instance
from core.plans import service as plans
from core.review.conclusions import service as conclusions
from core.review.conclusions.gathering import About
from core.review.conclusions.service import ConclusionDraft
from core.review.conclusions.terms import Choice
from core.workshops import service as workshops
from pages.shared.arriving import NAMED
from pages.shared.sitemap import PAGES
from tests.conftest import person
from tests.core.delivery.timetable_world import drafted, sessions
from tests.core.goals.needs.world import asking, file, in_charge
from tests.core.review.world import Review, review
from tests.core.strategy.ideas_world import ripe
from tests.core.workshops.room import Room
from tests.pages.conftest import Visit, works_on
from tests.pages.words import words

NOTHING = "这个地址里的内容没有找到"
FOLLOWED = "已转到这个地址所属的年度计划"


def other_plan(house: Instance, leader: Actor, *readers: Actor) -> int:
    """A plan with nothing in it, which the leader and the readers work on."""
    with house.database.writing() as db:
        plan_id = plans.create(db, leader, "海州分行", 2031).id or 0
    for one in (leader, *readers):
        works_on(house, one, plan_id)
    return plan_id


def chosen(house: Instance, actor: Actor) -> int | None:
    """The plan that somebody works on."""
    with house.database.reading() as db:
        account = accounts.account(db, actor.account_id or 0)
        assert account is not None
        return account.plan_id


@pytest.fixture
def world(house: Instance, leader: Actor) -> Review:
    return review(house, leader)


def test_the_address_of_the_review_board_of_a_plan_opens_it_in_that_plan(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    other = other_plan(house, leader)
    at = visit(leader, "strategy/decode.py", plan=plan)
    assert NOTHING not in words(at) and chosen(house, leader) == plan
    with house.database.writing() as db:
        plans.archive(db, leader, other)
    assert NOTHING in words(visit(leader, "strategy/decode.py", plan=other)) and chosen(house, leader) == plan


@pytest.mark.parametrize("page", ["projector", "workshop", "workshop_results"])
def test_a_board_is_shown_in_its_plan_which_the_top_of_the_page_follows(page: str, house: Instance, leader: Actor, visit: Visit) -> None:
    room = Room(house, leader)
    other_plan(house, leader)
    at = visit(leader, f"workshops/{page}.py", id=room.board)
    assert "年度共创" in words(at) and NOTHING not in words(at)
    assert chosen(house, leader) == room.plan and any("滨海分行 · 2027" in one.value for one in at.toast)
    if page != "projector":
        assert next(one for one in at.sidebar.selectbox if one.label == "年度计划").value == room.plan


def test_a_board_that_is_not_there_is_told_on_all_its_pages_alike(house: Instance, leader: Actor, visit: Visit) -> None:
    room = Room(house, leader)
    other = other_plan(house, leader)
    for page in ("projector", "workshop", "workshop_results"):
        assert NOTHING in words(visit(leader, f"workshops/{page}.py", id=999))
        assert NOTHING in words(visit(leader, f"workshops/{page}.py", id="x"))
    with house.database.writing() as db:
        plans.archive(db, leader, room.plan)
    assert NOTHING in words(visit(leader, "workshops/projector.py", id=room.board))
    assert chosen(house, leader) == other


def test_the_things_of_a_held_year_are_shown_in_their_plan(house: Instance, leader: Actor, world: Review, visit: Visit) -> None:
    with house.database.writing() as db:
        draft = ConclusionDraft(About(world.project), 4, Choice.KEEP, "陪访照旧")
        conclusion = conclusions.save(db, leader, world.plan, draft, today=date(2027, 12, 1))
    one = sessions(house, leader, world.plan)[0]
    theirs = [
        ("goals/goals.py", "project", world.project, "目标"),
        ("delivery/content.py", "project", world.project, "课程"),
        ("delivery/session.py", "id", one.id, "这节课"),
        ("delivery/attendance.py", "session", one.id, "课次"),
        ("review/conclusions.py", "conclusion", conclusion, "陪访照旧"),
        ("review/warnings.py", "programme", one.programme_id, "预警"),
        ("goals/chain.py", "node", f"project-{world.project}", "项目"),
    ]
    for page, name, value, said in theirs:
        other_year = works_on_another(house, leader)
        at = visit(leader, page, **{name: value})
        assert said in words(at) and NOTHING not in words(at), page
        assert chosen(house, leader) == world.plan != other_year, page


def test_a_conclusion_of_a_year_that_was_put_away_is_read_beside_the_plan_that_is_chosen(
    house: Instance, leader: Actor, world: Review, visit: Visit
) -> None:
    with house.database.writing() as db:
        draft = ConclusionDraft(About(world.project), 4, Choice.KEEP, "陪访照旧")
        conclusion = conclusions.save(db, leader, world.plan, draft, today=date(2027, 12, 1))
        plans.archive(db, leader, world.plan)
    other = other_plan(house, leader)
    at = visit(leader, "review/conclusions.py", conclusion=conclusion)
    assert "陪访照旧" in words(at) and NOTHING not in words(at)
    assert chosen(house, leader) == other
    assert NOTHING in words(visit(leader, "review/conclusions.py", conclusion=999))


def works_on_another(house: Instance, leader: Actor) -> int:
    with house.database.reading() as db:
        known = next((one.id for one in plans.plans(db, leader) if one.year == 2031), None)
    if known is None:
        return other_plan(house, leader)
    works_on(house, leader, known)
    return known


def test_an_ability_in_the_chain_is_of_no_plan_and_leads_to_none(house: Instance, leader: Actor, visit: Visit) -> None:
    made = ripe(house, leader)
    works_on(house, leader, made.plan)
    assert NOTHING not in words(visit(leader, "goals/chain.py", node="capability-资产配置"))
    assert NOTHING in words(visit(leader, "goals/chain.py", node="theme-999"))


def test_a_need_of_units_in_others_charge_is_told_as_one_that_is_not_there(
    house: Instance, leader: Actor, manager: Actor, visit: Visit
) -> None:
    world = asking(house, leader)
    in_charge(house, leader, manager, world.branch)
    mine, theirs = (file(house, leader, world.plan, unit).id for unit in ("望海支行", "云岭支行"))
    other = other_plan(house, leader, manager)
    for number in (theirs, 999):
        assert NOTHING in words(visit(manager, "goals/needs.py", need=number))
        assert chosen(house, manager) == other
    assert NOTHING not in words(visit(manager, "goals/needs.py", need=mine))
    assert chosen(house, manager) == world.plan


def test_a_draft_of_the_timetable_is_nothing_to_those_who_do_not_plan(
    house: Instance, leader: Actor, executive: Actor, visit: Visit
) -> None:
    world, draft = drafted(house, leader)
    other = other_plan(house, leader, executive)
    assert NOTHING in words(visit(executive, "delivery/schedule.py", timetable=draft))
    assert chosen(house, executive) == other
    assert NOTHING not in words(visit(leader, "delivery/schedule.py", timetable=draft))
    assert chosen(house, leader) == world.plan


def test_a_conversation_opens_for_whoever_leads_it_alone(house: Instance, leader: Actor, executive: Actor, visit: Visit) -> None:
    made = ripe(house, leader)
    with house.database.writing() as db:
        begun = assistant.begin(db, leader, made.plan, None, "今年做什么？")
    other = other_plan(house, leader, executive)
    at = visit(executive, "strategy/assistant.py", conversation=begun.conversation_id)
    assert NOTHING in words(at) and chosen(house, executive) == other
    assert "今年做什么" in words(visit(leader, "strategy/assistant.py", conversation=begun.conversation_id))
    assert chosen(house, leader) == made.plan


def test_a_page_that_is_closed_to_somebody_tells_nothing_of_what_it_would_show(house: Instance, leader: Actor, visit: Visit) -> None:
    room = Room(house, leader)
    executive = person(house, "guest", Role.EXECUTIVE)
    other = other_plan(house, leader, executive)
    there, gone = (words(visit(executive, "workshops/workshop.py", id=number)) for number in (room.board, 999))
    assert there == gone and "不对您开放" in there and chosen(house, executive) == other


def test_another_plan_can_be_chosen_at_the_address_of_a_thing(house: Instance, leader: Actor, world: Review, visit: Visit) -> None:
    other = other_plan(house, leader)
    at = visit(leader, "goals/goals.py", project=world.project)
    assert chosen(house, leader) == world.plan
    next(one for one in at.sidebar.selectbox if one.label == "年度计划").set_value(other).run()
    assert chosen(house, leader) == other and "project" not in at.query_params and NOTHING not in words(at)


def test_what_somebody_puts_away_on_its_own_page_is_not_told_as_a_wrong_address(house: Instance, leader: Actor, visit: Visit) -> None:
    room = Room(house, leader)
    works_on(house, leader, room.plan)
    at = visit(leader, "workshops/workshop.py", id=room.board)
    with house.database.writing() as db:
        workshops.put_away(db, leader, room.plan, room.board, room.version)
    assert NOTHING not in words(at.run()) and "已被移走" in words(at)


def test_every_item_that_comments_and_notices_lead_to_is_among_the_named() -> None:
    assert set(NAMED) <= {spec.url_path for spec in PAGES.values()}
    for subject, (page, parameter) in PLACES.items():
        assert not parameter or parameter in NAMED[PAGES[page].url_path], subject
