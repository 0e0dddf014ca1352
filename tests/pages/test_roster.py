"""The roster's page: found, corrected, undone by human resources; read by managers of their own units; closed to everybody else."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.access import audit
from core.access.actor import Actor
from core.instance import Instance
from core.people import repository
from core.people.importing.kinds import ImportKind
from core.people.roster import service as roster
from core.people.roster.listing import Person, Presence, Wanted
from core.people.scope import give_charge
from tests.core.people.tables import PEOPLE, take
from tests.pages.conftest import Visit
from tests.pages.words import labels, press, words

PAGE = "people/roster.py"


@pytest.fixture
def people(house: Instance, leader: Actor) -> dict[str, int]:
    """Three people in three units; the units' ids."""
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    with house.database.reading() as db:
        return {row.name: row.id or 0 for row in repository.units(db)}


def table(at: AppTest) -> list[str]:
    """Who is in the table."""
    return list(at.dataframe[0].value["name"])


def somebody(house: Instance, leader: Actor, number: str) -> Person:
    with house.database.reading() as db:
        return roster.listing(db, leader, Wanted(words=number, presence=Presence.ALL), 0, 1).people[0]


def actions(house: Instance, leader: Actor) -> list[str]:
    with house.database.reading() as db:
        return [one.action for one in audit.entries(db, leader).entries]


def test_an_empty_roster_leads_to_the_import(leader: Actor, visit: Visit) -> None:
    assert "花名册还是空的" in words(visit(leader, PAGE)) and "去导入员工名单" in labels(visit(leader, PAGE), "button")
    assert "The roster is still empty" in words(visit(leader, PAGE, "en"))
    # Nothing is there to be narrowed down or counted.
    assert not list(visit(leader, PAGE).selectbox) and "共 0 人" not in words(visit(leader, PAGE))


def test_people_are_searched_and_one_opening_is_written_down_once(
    house: Instance, leader: Actor, people: dict[str, int], visit: Visit
) -> None:
    at = visit(leader, PAGE)
    assert "共 3 人" in words(at) and table(at) == ["王行长", "张敏", "李强"]
    next(one for one in at.text_input if one.label == "搜索").input("张").run()
    assert "共 1 人" in words(at) and table(at) == ["张敏"]
    next(one for one in at.text_input if one.label == "搜索").input("没有这个人").run()
    assert "没有符合条件的人" in words(at)
    assert actions(house, leader).count("roster_viewed") == 1
    assert "3 people" in words(visit(leader, PAGE, "en"))
    assert actions(house, leader).count("roster_viewed") == 2


def test_a_cell_is_corrected_at_once_and_undone(house: Instance, leader: Actor, people: dict[str, int], visit: Visit) -> None:
    at = visit(leader, PAGE)
    edit(at, 1, {"unit_id": people["滨海分行"], "left_at": "2026-03-01"})
    assert somebody(house, leader, "0002").left_at == date(2026, 3, 1) and "共 2 人" in words(at)
    # The way back is not this tab's: it is there in another one, and days later.
    at = press(visit(leader, PAGE), "撤销上一步")
    back = somebody(house, leader, "0002")
    assert (back.unit, back.left_at) == ("望海支行/营业部", None) and "共 3 人" in words(at)
    edit(at, 1, {"manager_no": "0002"})
    assert "本人或其下属" in at.error[0].value and somebody(house, leader, "0002").manager_no == "0003"


def edit(at: AppTest, row: int, cells: dict[str, object]) -> AppTest:
    number = at.session_state["roster_table_number"]
    at.session_state[f"roster_table_{number}"] = {"edited_rows": {row: cells}, "added_rows": [], "deleted_rows": []}
    return at.run()


def test_a_conflict_is_shown_and_nothing_overwritten(house: Instance, leader: Actor, people: dict[str, int], visit: Visit) -> None:
    at = visit(leader, PAGE)
    seen = somebody(house, leader, "0002")
    with house.database.writing() as db:
        roster.save(db, leader, [roster.Change(seen.id, seen.version, {"line": "公司"})], date(2026, 10, 1))
    edit(at, 1, {"line": "小微", "unit_id": people["滨海分行"]})
    assert "有 1 处您和别人都改了" in words(at) and "公司" in words(at)
    assert (somebody(house, leader, "0002").line, somebody(house, leader, "0002").unit) == ("公司", "滨海分行")
    next(one for one in at.get("button_group") if (one.key or "").endswith("_side")).set_value("mine")
    press(at.run(), "保存选好的")
    assert somebody(house, leader, "0002").line == "小微" and "都改了" not in words(at)


def test_a_manager_reads_own_people_and_changes_nothing(
    house: Instance, leader: Actor, manager: Actor, people: dict[str, int], visit: Visit
) -> None:
    assert "还没有机构由您负责" in words(visit(manager, PAGE))
    with house.database.writing() as db:
        give_charge(db, leader, manager.account_id or 0, [people["望海支行"]])
    at = visit(manager, PAGE)
    assert table(at) == ["张敏", "李强"] and "可以直接在表中修改" not in words(at)
    assert "滨海分行" not in words(at) and "王行长" not in str(at.dataframe[0].value.to_dict())


@pytest.mark.parametrize("role", ["executive", "administrator"])
def test_the_page_is_offered_to_nobody_else(role: str, people: dict[str, int], visit: Visit, request: pytest.FixtureRequest) -> None:
    at = visit(request.getfixturevalue(role))
    assert "花名册" not in labels(at, "page_link") and "张敏" not in words(at)
