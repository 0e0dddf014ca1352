"""Imports on a real database: what comes in, what is updated, what undoing brings back, who may."""

from __future__ import annotations

from datetime import date

import pytest

from core.access import audit
from core.access.actor import Actor
from core.errors import Conflict, NotAllowed
from core.instance import Instance
from core.people import service as people
from core.people.importing import repository, service
from core.people.importing.kinds import ImportKind
from tests.conftest import BOTH
from tests.core.people.tables import PEOPLE, ROSTER, SCORES, TODAY, look, table, take

both = pytest.mark.parametrize("house", BOTH, indirect=True)


def roster(house: Instance) -> dict[str, tuple[object, ...]]:
    """Everybody with their unit, post and manager."""
    with house.database.reading() as db:
        managers = repository.managers(db)
        return {number: (name, unit, post, managers[number], line) for number, name, unit, post, _, line, _left in repository.roster(db)}


def counted(house: Instance, leader: Actor) -> people.Standing:
    with house.database.reading() as db:
        return people.standing(db, leader)


def undo(house: Instance, actor: Actor, run_id: int) -> int:
    with house.database.writing() as db:
        return service.undo(db, actor, run_id)


@both
def test_a_roster_comes_in_with_its_tree_and_its_managers(house: Instance, leader: Actor) -> None:
    run_id, plan = take(house, leader, ImportKind.ROSTER, PEOPLE)
    assert len(plan.created) == 3
    assert roster(house)["0002"] == ("张敏", "望海支行/营业部", "客户经理", "0003", "零售")
    with house.database.reading() as db:
        units = {row.name: row for row in repository.units(db)}
        run = service.runs(db, leader)[0]
        actions = [entry.action for entry in audit.entries(db, leader).entries]
    assert units["望海支行/营业部"].parent_id == units["望海支行"].id
    assert (run.row.id, run.row.created, run.row.done_by) == (run_id, 3, "Leader") and actions[0] == "people_imported"


@both
def test_importing_again_changes_nothing_and_a_correction_changes_what_it_says(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    assert look(house, leader, ImportKind.ROSTER, PEOPLE).unchanged == 3
    _, plan = take(house, leader, ImportKind.ROSTER, (("工号", "岗位"), ("0002", "理财经理"), ("0003", "")))
    assert (len(plan.updated), plan.unchanged) == (1, 1)
    assert roster(house)["0002"] == ("张敏", "望海支行/营业部", "理财经理", "0003", "零售")


@both
def test_undoing_brings_back_what_was_before(house: Instance, leader: Actor) -> None:
    first, _ = take(house, leader, ImportKind.ROSTER, PEOPLE)
    before = roster(house)
    changed = (
        ROSTER,
        ("0002", "张敏敏", "云岭支行", "理财经理", "0001", "2020-01-01", "财富"),
        ("0009", "新人", "云岭支行", "柜员", "0002", "", ""),
    )
    second, _ = take(house, leader, ImportKind.ROSTER, changed)
    assert counted(house, leader).employees == 4
    undo(house, leader, second)
    assert roster(house) == before
    undo(house, leader, first)
    standing = counted(house, leader)
    assert (standing.employees, standing.units, standing.posts) == (0, 0, 0)
    with pytest.raises(Conflict, match="已经由 Leader 撤销过"):
        undo(house, leader, first)


def left(house: Instance) -> dict[str, object]:
    """The day on which each of those who left did."""
    with house.database.reading() as db:
        return {row[0]: row[-1] for row in repository.roster(db) if row[-1] is not None}


@both
def test_who_left_is_no_longer_here_and_undoing_brings_them_back(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    gone, plan = take(
        house, leader, ImportKind.ROSTER, (("工号", "在岗状态", "离职日期"), ("0002", "离职", "2026-09-30"), ("0003", "在岗", ""))
    )
    assert (len(plan.updated), plan.unchanged) == (1, 1)
    assert left(house) == {"0002": date(2026, 9, 30)} and counted(house, leader).employees == 2
    back, _ = take(house, leader, ImportKind.ROSTER, (("工号", "在职状态"), ("0002", "在职")))
    assert not left(house)
    undo(house, leader, back)
    assert left(house) == {"0002": date(2026, 9, 30)}
    undo(house, leader, gone)
    assert not left(house) and counted(house, leader).employees == 3


def test_what_was_kept_before_a_day_of_leaving_could_be_imported_is_still_undone(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    run_id, _ = take(house, leader, ImportKind.ROSTER, (("工号", "岗位"), ("0002", "理财经理")))
    with house.database.writing() as db:
        for change in repository.changes(db, run_id):
            change.before = {name: value for name, value in (change.before or {}).items() if name != "left_at"} if change.before else None
    undo(house, leader, run_id)
    assert roster(house)["0002"][2] == "客户经理"


@both
def test_undoing_refuses_to_lose_what_came_later(house: Instance, leader: Actor) -> None:
    first, _ = take(house, leader, ImportKind.ROSTER, PEOPLE)
    later, _ = take(house, leader, ImportKind.ROSTER, (("工号", "岗位"), ("0002", "理财经理")))
    with pytest.raises(Conflict, match="“张敏 0002”在这次导入之后又改过"):
        undo(house, leader, first)
    undo(house, leader, later)
    scores, _ = take(house, leader, ImportKind.ASSESSMENTS, SCORES)
    with pytest.raises(Conflict, match="又被用到"):
        undo(house, leader, first)
    assert counted(house, leader).employees == 3
    undo(house, leader, scores)


@both
def test_assessments_find_the_starter_librarys_competencies_by_any_of_their_names(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    rows = (
        SCORES[0],
        ("0002", "Asset allocation", 80, 100, "AI面试", "2026-03-01"),
        ("0002", "本行独有能力", 60, 100, "AI面试", "2026-03-01"),
    )
    run_id, plan = take(house, leader, ImportKind.ASSESSMENTS, (*SCORES, *rows[1:]))
    assert len(plan.created) == 4 and not plan.problems
    with house.database.reading() as db:
        model = {one.facts.name: one for one in people.competencies(db, leader, "zh") if one.taken}
    assert model["资产配置"].code == "asset_allocation" and not model["本行独有能力"].code
    assert model["需求挖掘与产品匹配"].code == "needs_discovery"
    corrected = (SCORES[0], ("0002", "资产配置", 85, 100, "AI面试", "2026-03-01"), ("0002", "资产配置", 85, 100, "复试", "2026-03-01"))
    again, plan = take(house, leader, ImportKind.ASSESSMENTS, corrected)
    assert (len(plan.created), len(plan.updated)) == (1, 1)
    undo(house, leader, again)
    with house.database.reading() as db:
        assert sorted(row[4] for row in repository.assessments(db)) == [3, 60, 70, 80]
    undo(house, leader, run_id)
    assert (counted(house, leader).assessments, counted(house, leader).competencies) == (0, 0)


@both
def test_posts_and_matrix_come_in_and_are_undone(house: Instance, leader: Actor) -> None:
    posts = (("岗位", "序列", "类别", "条线"), ("客户经理", "营销序列", "业务", "零售"))
    matrix = (("岗位", "能力", "要求等级", "权重"), ("客户经理", "资产配置", "L3", 40), ("柜员", "反洗钱", 2, ""))
    first, _ = take(house, leader, ImportKind.POSTS, posts)
    second, plan = take(house, leader, ImportKind.MATRIX, matrix)
    assert (len(plan.created), plan.posts) == (2, ("柜员",))
    assert look(house, leader, ImportKind.MATRIX, matrix).unchanged == 2
    third, _ = take(house, leader, ImportKind.POSTS, (("岗位", "类别"), ("客户经理", "管理")))
    undo(house, leader, third)
    assert look(house, leader, ImportKind.POSTS, posts).unchanged == 1
    with pytest.raises(Conflict, match="“客户经理”在这次导入之后又被用到"):
        undo(house, leader, first)
    undo(house, leader, second)
    undo(house, leader, first)
    assert counted(house, leader).posts == 0


@both
def test_columns_are_remembered_with_those_that_were_left_out(house: Instance, leader: Actor) -> None:
    given = table((("代码", "姓名", "部门"), ("1", "张敏", "营业部")))
    with house.database.writing() as db:
        chosen = service.mapping(db, leader, ImportKind.ROSTER, given, {"代码": "employee_no", "姓名": "name"})
        service.import_table(db, leader, ImportKind.ROSTER, "a.xlsx", given, chosen, TODAY)
    with house.database.reading() as db:
        assert service.mapping(db, leader, ImportKind.ROSTER, given) == {"代码": "employee_no", "姓名": "name"}
        assert service.mapping(db, leader, ImportKind.POSTS, given) != {"代码": "employee_no", "姓名": "name"}


def test_what_is_missing_is_counted_and_never_taken_for_zero(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    take(house, leader, ImportKind.ASSESSMENTS, SCORES)
    found = counted(house, leader)
    assert (found.without_manager, found.without_assessment, found.without_unit, found.posts_without_requirement) == (1, 1, 0, 3)


@pytest.mark.parametrize("who", ["manager", "executive", "administrator"])
def test_people_are_human_resources_alone(house: Instance, who: str, request: pytest.FixtureRequest) -> None:
    actor = request.getfixturevalue(who)
    given = table(PEOPLE)
    with house.database.writing() as db:
        for act in (
            lambda: service.mapping(db, actor, ImportKind.ROSTER, given),
            lambda: service.preview(db, actor, ImportKind.ROSTER, given, {}, TODAY),
            lambda: service.import_table(db, actor, ImportKind.ROSTER, "a", given, {}, TODAY),
            lambda: service.runs(db, actor),
            lambda: service.undo(db, actor, 1),
            lambda: people.standing(db, actor),
            lambda: people.competencies(db, actor, "zh"),
            lambda: people.take_in(db, actor),
        ):
            with pytest.raises(NotAllowed):
                act()


@both
def test_what_was_planned_before_is_written_as_it_was_and_planned_anew_where_something_was_written_since(
    house: Instance, leader: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = table(PEOPLE)

    def looked() -> service.Looked:
        with house.database.reading() as db:
            return service.look(db, leader, ImportKind.ROSTER, given, service.mapping(db, leader, ImportKind.ROSTER, given), TODAY)

    def written(before: service.Looked) -> service.Imported:
        with house.database.writing() as db:
            chosen = service.mapping(db, leader, ImportKind.ROSTER, given)
            return service.import_table(db, leader, ImportKind.ROSTER, "a.xlsx", given, chosen, TODAY, looked=before)

    early = looked()
    with monkeypatch.context() as patch:
        patch.setattr(service, "preview", None)  # nothing is planned while others wait
        assert len(written(early).plan.created) == 3
    again = written(early)
    assert (len(again.plan.created), again.plan.unchanged) == (0, 3)
