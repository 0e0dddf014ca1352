"""Targets of single people: advised from assessments, confirmed by a person, of people in reach alone. On both databases."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.exports.targets import targets_workbook
from core.goals import service as goals
from core.goals.draft import Draft, of_goal
from core.goals.targets import service as targets
from core.goals.targets.formula import Level
from core.goals.targets.service import Entered, Sheet, weighed
from core.instance import Instance
from core.people.courses import service as courses
from core.people.importing.kinds import ImportKind
from core.people.remedies import arranging
from core.people.scope import give_charge
from core.projects.tables import Project
from tests.conftest import BOTH
from tests.core.goals.worked import WORKED
from tests.core.people.branch import RECENT, employee_ids, fill, unit_ids
from tests.core.people.tables import take
from tests.core.strategy.ideas_world import Ripe, accepted, standing
from tests.remembered import remembered

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)

PEOPLE = (
    ("01", "张敏", "望海支行", "客户经理"),
    ("02", "李强", "城南支行", "客户经理"),
    ("03", "赵云", "望海支行", "客户经理"),
    ("04", "孙丽", "望海支行", "柜员"),
)
NEEDS = (("客户经理", "上门敲门", 4, 50), ("客户经理", "算清账", 4, 50), ("柜员", "算清账", 2, 100))
TAKEN = (
    ("01", "上门敲门", 85, 100, "考核系统", RECENT),
    ("01", "算清账", 85, 100, "考核系统", RECENT),
    ("02", "上门敲门", 60, 100, "考核系统", RECENT),
    ("04", "算清账", 90, 100, "考核系统", RECENT),
)


@pytest.fixture
def world(house: Instance, leader: Actor) -> Ripe:
    return assessed(house, leader)


@remembered
def assessed(house: Instance, leader: Actor) -> Ripe:
    """The accepted ideas, and the people above."""
    made = accepted(house, leader)
    fill(house, leader, PEOPLE, NEEDS, TAKEN)
    return made


@pytest.fixture
def project(house: Instance, leader: Actor, world: Ripe) -> int:
    return prepared(house, leader, world)


def prepared(house: Instance, leader: Actor, world: Ripe, draft: Draft | None = None, **changes: Any) -> int:
    """The first project, about what the people above were assessed in, with a goal."""
    found = standing(house, leader, world.plan)[0].id
    with house.database.writing() as db:
        row = db.get(Project, found)
        assert row is not None
        row.post = "客户经理"
        row.competencies = ["上门敲门", "算清账"]
        for name, value in changes.items():
            setattr(row, name, value)
        view = goals.find(db, leader, found)
        goals.save(db, leader, found, view.version, draft or of_goal(WORKED))
    return found


def sheet(house: Instance, actor: Actor, project: int) -> Sheet:
    with house.database.reading() as db:
        return targets.sheet(db, actor, project)


def confirm(house: Instance, actor: Actor, project: int, entered: list[Entered]) -> int:
    with house.database.writing() as db:
        return targets.confirm(db, actor, project, entered)


def taken(seen: Sheet, name: str, **changes: Any) -> list[Entered]:
    rows = [row for row in weighed(seen, 0) if row.person.name == name]
    made = [Entered(row.person.id, row.target.indicator, row.version, row.advice.value, row.weight) for row in rows]
    return [replace(made[0], **changes), *made[1:]]


def test_each_person_is_advised_and_told_how(house: Instance, leader: Actor, project: int) -> None:
    seen = sheet(house, leader, project)
    assert seen.by_post == "客户经理" and not seen.unknown and not seen.left
    told = {(row.person.name, row.target.indicator): row for row in seen.rows}
    assert {name for name, _ in told} == {"张敏", "李强", "赵云"}
    above = told["张敏", "新增有效客户"]
    assert above.advice.value == 2.1 and "得分 85 超过要求 80" in above.advice.formula.render("zh") and above.post == "客户经理"
    assert told["李强", "新增有效客户"].advice.value == 2 and told["赵云", "新增有效客户"].level is None
    assert all(row.stands is None for row in seen.rows)


def test_nothing_is_anybodys_target_before_somebody_confirms_it(house: Instance, leader: Actor, project: int) -> None:
    seen = sheet(house, leader, project)
    assert confirm(house, leader, project, taken(seen, "张敏")) == 1
    rows = {row.person.name: row for row in sheet(house, leader, project).rows if row.target.indicator == "新增有效客户"}
    stands = rows["张敏"].stands
    assert stands is not None and rows["李强"].stands is None
    assert (stands.value, stands.advised, stands.of_post, stands.changed_by) == (2.1, 2.1, 2, leader.name)
    assert (stands.current, stands.required) == (4.25, 4)


def test_who_changed_a_target_and_when_is_kept(house: Instance, leader: Actor, manager: Actor, project: int) -> None:
    with house.database.writing() as db:
        give_charge(db, leader, manager.account_id or 0, [unit_ids(house)["望海支行"]])
    confirm(house, leader, project, taken(sheet(house, leader, project), "张敏"))
    confirm(house, manager, project, taken(sheet(house, manager, project), "张敏", value=2.5))
    with house.database.reading() as db:
        changes = targets.history(db, leader, project)
    last = next(one for one in changes if one.indicator == "新增有效客户")
    assert (last.person, last.by, last.value, last.before) == ("张敏", manager.name, 2.5, (2.1, 60))
    assert changes[-1].before is None


def test_two_who_confirm_the_same_person_never_overwrite_each_other(house: Instance, leader: Actor, project: int) -> None:
    seen = sheet(house, leader, project)
    confirm(house, leader, project, taken(seen, "张敏", value=3))
    with pytest.raises(Conflict, match="张敏"):
        confirm(house, leader, project, [*taken(seen, "李强"), *taken(seen, "张敏")])
    assert all(row.stands is None for row in sheet(house, leader, project).rows if row.person.name == "李强")


def test_weights_of_a_person_sum_to_100(house: Instance, leader: Actor, project: int) -> None:
    seen = sheet(house, leader, project)
    with pytest.raises(BadInput, match="张敏的权重合计应为 100，现在是 90"):
        confirm(house, leader, project, taken(seen, "张敏", weight=50))
    for wrong in ({"weight": None}, {"weight": 120}, {"value": None}, {"value": float("inf")}):
        with pytest.raises(BadInput):
            confirm(house, leader, project, taken(seen, "张敏", **wrong))
    assert seen.ways[0] == (60, 40)


def test_a_manager_sees_and_confirms_own_people_alone(
    house: Instance, leader: Actor, manager: Actor, executive: Actor, project: int
) -> None:
    whole = sheet(house, leader, project)
    assert not sheet(house, manager, project).rows
    with house.database.writing() as db:
        give_charge(db, leader, manager.account_id or 0, [unit_ids(house)["城南支行"]])
    own = sheet(house, manager, project)
    assert {row.person.name for row in own.rows} == {"李强"}
    assert [row.advice for row in own.rows] == [row.advice for row in whole.rows if row.person.name == "李强"]
    with pytest.raises(NotFound):
        confirm(house, manager, project, taken(whole, "张敏"))
    confirm(house, leader, project, taken(whole, "张敏"))
    with house.database.reading() as db:
        assert targets.history(db, manager, project) == []
    for act in (lambda: sheet(house, executive, project), lambda: confirm(house, executive, project, taken(whole, "李强"))):
        with pytest.raises(NotAllowed):
            act()


def test_a_goal_that_changes_leaves_what_was_confirmed_and_says_so(house: Instance, leader: Actor, world: Ripe, project: int) -> None:
    confirm(house, leader, project, taken(sheet(house, leader, project), "张敏"))
    results = (replace(WORKED.performance[0], value=90, per_head=3), WORKED.performance[1])
    prepared(house, leader, world, of_goal(replace(WORKED, performance=results)))
    row = next(row for row in sheet(house, leader, project).rows if row.person.name == "张敏")
    assert row.outdated and row.stands is not None and row.stands.value == 2.1 and row.target.value == 3


def test_what_the_model_lacks_is_named_and_a_post_that_nobody_holds_excludes_nobody(house: Instance, leader: Actor, world: Ripe) -> None:
    project = prepared(house, leader, world, competencies=["算清账", "飞天"], post="董事长")
    seen = sheet(house, leader, project)
    assert seen.unknown == ("飞天",) and seen.by_post == ""
    assert {row.person.name for row in seen.rows} == {"张敏", "李强", "赵云", "孙丽"}


def test_where_something_is_arranged_for_the_projects_competencies_those_people_take_part(
    house: Instance, leader: Actor, project: int
) -> None:
    assert {row.person.number for row in sheet(house, leader, project).rows} == {"01", "02", "03"}
    head = ("课程名称", "对应能力", "等级")
    take(house, leader, ImportKind.CATALOGUE, (head, ("敲门实训", "上门敲门", "L3-L4"), ("别的课", "带队伍", "L3-L4")))
    with house.database.writing() as db:
        ids = {one.facts.name: one.id for one in courses.courses(db, leader)}
        arranging.accept(db, leader, [ids["敲门实训"]], [employee_ids(house)["02"]])
        arranging.accept(db, leader, [ids["别的课"]], [employee_ids(house)["03"]])
    seen = sheet(house, leader, project)
    assert {row.person.number for row in seen.rows} == {"02"} and seen.arranged and seen.others == 2
    with house.database.reading() as db:
        whole = targets.sheet(db, leader, project, everybody=True)
    assert {row.person.number for row in whole.rows} == {"01", "02", "03"} and not whole.arranged
    # Whoever has a target stays in sight.
    confirm(house, leader, project, taken(whole, "张敏"))
    assert {row.person.number for row in sheet(house, leader, project).rows} == {"01", "02"}


def test_the_export_holds_the_given_rows_as_text(house: Instance, leader: Actor, project: int) -> None:
    rows = [row for row in sheet(house, leader, project).rows if row.person.name == "张敏"]
    rows = [replace(row, person=replace(row.person, name="=1+1"), level=Level(13 / 3, 4)) for row in rows]
    book = openpyxl.load_workbook(io.BytesIO(targets_workbook(rows, "zh"))).active
    assert book is not None
    cells = [cell for line in book.iter_rows() for cell in line]
    assert all(cell.data_type != "f" for cell in cells) and "李强" not in {cell.value for cell in cells}
    assert {cell.value for cell in cells} >= {86.67, 80}, "as the formula beside it says"
    assert any("得分 85 超过要求 80" in str(cell.value) for cell in cells) and employee_ids(house)
