"""The assessment in the database: who answered when, nothing overwritten unseen, and what goes into themes comes back out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.plans import service as plans
from core.strategy.findings import Perspective
from core.strategy.readiness import service as readiness
from core.strategy.readiness.service import Answer, Assessment
from core.strategy.themes import service as themes
from core.strategy.themes.service import Draft
from tests.conftest import BOTH

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)

WEAK = {"data_known": Answer(1, "没有目录"), "data_quality": Answer(0), "data_access": Answer(2)}


@pytest.fixture
def plan(house: Instance, leader: Actor) -> int:
    with house.database.writing() as db:
        return plans.create(db, leader, "海州分行", 2027).id or 0


def seen(house: Instance, actor: Actor, plan: int) -> Assessment:
    with house.database.reading() as db:
        return readiness.assessment(db, actor, plan)


def begun(house: Instance, leader: Actor, plan: int, period: str = "2027Q1") -> int:
    with house.database.writing() as db:
        return readiness.begin(db, leader, plan, period)


def answered(house: Instance, leader: Actor, plan: int, round_id: int, given: dict[str, Answer]) -> int:
    with house.database.writing() as db:
        return readiness.answer(db, leader, plan, round_id, given)


def test_answers_are_kept_with_who_and_when_and_can_be_taken_back(house: Instance, leader: Actor, plan: int) -> None:
    number = begun(house, leader, plan)
    assert answered(house, leader, plan, number, WEAK | {"risk_rules": Answer(None)}) == 3
    (one,) = seen(house, leader, plan).rounds
    assert one.answers == {"data_known": 1, "data_quality": 0, "data_access": 2}
    assert one.people == ("Leader",) and one.last_answered is not None and one.stored("data_known").note == "没有目录"
    answered(house, leader, plan, number, {"data_known": replace(one.stored("data_known"), step=None)})
    assert "data_known" not in seen(house, leader, plan).rounds[0].answers
    assert answered(house, leader, plan, number, {"data_quality": one.stored("data_quality")}) == 0


def test_of_two_who_answer_the_second_is_told(house: Instance, leader: Actor, plan: int) -> None:
    number = begun(house, leader, plan)
    answered(house, leader, plan, number, {"data_known": Answer(3)})
    with pytest.raises(Conflict, match="别人回答过"):
        answered(house, leader, plan, number, {"data_quality": Answer(2), "data_known": Answer(1)})
    assert seen(house, leader, plan).rounds[0].answers == {"data_known": 3}


@pytest.mark.parametrize(
    ("given", "said"),
    [({"data_known": Answer(5)}, "0 到 4"), ({"unheard_of": Answer(1)}, "没有这条"), ({"data_known": Answer(1, "据" * 301)}, "300")],
)
def test_a_wrong_answer_is_refused(house: Instance, leader: Actor, plan: int, given: dict[str, Answer], said: str) -> None:
    number = begun(house, leader, plan)
    with pytest.raises(BadInput, match=said):
        answered(house, leader, plan, number, given)


def test_a_new_round_is_later_begins_empty_and_freezes_the_one_before(house: Instance, leader: Actor, plan: int) -> None:
    first = begun(house, leader, plan)
    answered(house, leader, plan, first, WEAK)
    for wrong, said in (("2027Q1", "晚于"), ("2026H2", "晚于"), ("2027", "季度")):
        with pytest.raises(BadInput, match=said):
            begun(house, leader, plan, wrong)
    second = begun(house, leader, plan, "2027H1")
    state = seen(house, leader, plan)
    assert [one.row.period for one in state.rounds] == ["2027Q1", "2027H1"] and state.rounds[1].answers == {}
    assert state.before(state.rounds[1]) is state.rounds[0] and state.before(state.rounds[0]) is None
    with pytest.raises(BadInput, match="留作比较"):
        answered(house, leader, plan, first, {"risk_rules": Answer(1)})
    assert answered(house, leader, plan, second, {"risk_rules": Answer(1)}) == 1


def test_a_weak_dimension_becomes_a_theme_with_its_reason_and_goes_again(house: Instance, leader: Actor, plan: int) -> None:
    number = begun(house, leader, plan)
    answered(house, leader, plan, number, WEAK)
    with house.database.writing() as db:
        theme_id = readiness.take(db, leader, plan, number, "data", None, "zh")
    (taken,) = seen(house, leader, plan).taken
    assert taken.theme.id == theme_id and taken.theme.made_by == "" and taken.row.mean == 1.0
    assert taken.row.answers == {"data_known": 1, "data_quality": 0, "data_access": 2}
    with pytest.raises(BadInput, match="已经并入"), house.database.writing() as db:
        readiness.take(db, leader, plan, number, "data", None, "zh")
    with house.database.writing() as db:
        assert readiness.untake(db, leader, plan, taken.row.id or 0, taken.row.version or 0) is True
    with house.database.reading() as db:
        assert themes.overview(db, leader, plan).themes == ()
    assert seen(house, leader, plan).taken == ()


def test_a_theme_that_people_have_worked_on_stays(house: Instance, leader: Actor, plan: int) -> None:
    number = begun(house, leader, plan)
    answered(house, leader, plan, number, WEAK)
    with house.database.writing() as db:
        theme_id = readiness.take(db, leader, plan, number, "data", None, "en")
    with house.database.writing() as db:
        themes.change(db, leader, theme_id, 1, Draft("数据先行", Perspective.PROCESS))
    (taken,) = seen(house, leader, plan).taken
    with house.database.writing() as db:
        assert readiness.untake(db, leader, plan, taken.row.id or 0, taken.row.version or 0) is False
    with pytest.raises(NotFound), house.database.writing() as db:
        readiness.untake(db, leader, plan, taken.row.id or 0, taken.row.version or 0)
    with house.database.reading() as db:
        assert [view.theme.name for view in themes.overview(db, leader, plan).themes] == ["数据先行"]


def test_a_dimension_can_join_a_theme_that_is_there(house: Instance, leader: Actor, plan: int) -> None:
    number = begun(house, leader, plan)
    answered(house, leader, plan, number, WEAK)
    with house.database.writing() as db:
        theme_id = themes.create(db, leader, plan, Draft("数字化转型", Perspective.PROCESS)).id or 0
        readiness.take(db, leader, plan, number, "data", theme_id, "zh")
        with pytest.raises(BadInput, match="还没有回答"):
            readiness.take(db, leader, plan, number, "people", theme_id, "zh")
        with pytest.raises(NotFound):
            readiness.take(db, leader, plan, number + 1, "data", theme_id, "zh")
    (taken,) = seen(house, leader, plan).taken
    with house.database.writing() as db:
        assert readiness.untake(db, leader, plan, taken.row.id or 0, taken.row.version or 0) is False


def test_executives_read_and_change_nothing(house: Instance, leader: Actor, executive: Actor, administrator: Actor, plan: int) -> None:
    number = begun(house, leader, plan)
    assert len(seen(house, executive, plan).rounds) == 1
    with house.database.writing() as db:
        for act in (
            lambda: readiness.begin(db, executive, plan, "2027Q2"),
            lambda: readiness.answer(db, executive, plan, number, WEAK),
            lambda: readiness.take(db, executive, plan, number, "data", None, "zh"),
            lambda: readiness.untake(db, executive, plan, 1, 1),
        ):
            with pytest.raises(NotAllowed):
                act()
        with pytest.raises(NotAllowed):
            readiness.assessment(db, administrator, plan)
