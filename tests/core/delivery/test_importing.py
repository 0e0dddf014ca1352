"""Trainers, venues and blackouts from messy tables in both languages: looked at, taken in, brought in again, undone."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from core.access.actor import Actor
from core.delivery.calendar import service as calendar
from core.delivery.faculty import service
from core.delivery.faculty.terms import TrainerRole, VenueKind
from core.delivery.halves import Half, Span
from core.delivery.importing.cells import days
from core.delivery.importing.kinds import RESOURCES, ResourceKind
from core.delivery.undo import service as undo
from core.errors import BadInput, Conflict, NotAllowed
from core.exports.templates import resource_template
from core.instance import Instance
from core.people import repository as people
from core.people.importing import service as people_imports
from core.people.importing.kinds import ImportKind
from core.sheets.opening import open_content
from tests.conftest import BOTH
from tests.core.delivery.world import branch, prepared, table, take
from tests.core.people.branch import competency_ids, unit_ids

both = pytest.mark.parametrize("house", BOTH, indirect=True)

TRAINERS = (
    ("2027年师资库", "", "", "", "", "", "", ""),
    ("讲师姓名", "工号", "类型", "所属单位", "擅长领域", "可讲能力", "课酬（元/半天）", "月上限"),
    ("张敏（内训师）", "2", "内部", "望海支行", "业务实操", "挖潜法（L4）、搭配法", "免费", "6"),
    ("周老师", "", "外部", "某商学院", "前沿理念、行业趋势", "数字化营销(L5)", "1.2万元", ""),
    ("吴老师", "", "外部", "", "业务", "挖潜法", "5000", ""),
    ("郑老师", "0099", "", "", "", "", "", ""),
    ("钱老师", "", "外聘", "某咨询", "占卜", "", "", ""),
)


def test_columns_are_guessed_in_both_languages(house: Instance, leader: Actor) -> None:
    plan_id = branch(house, leader)
    english = prepared(
        house, leader, plan_id, ResourceKind.TRAINERS, (("Trainer name", "Employee ID", "Company", "Skills", "Fee", "Specialty"), ("a",))
    )
    assert list(english.mapping.values()) == ["name", "employee_no", "organisation", "skills", "cost_per_slot", "roles"]
    rooms = prepared(house, leader, plan_id, ResourceKind.VENUES, (("教室", "可容纳人数", "设施", "场租", "位置"), ("a",)))
    assert list(rooms.mapping.values()) == ["name", "capacity", "equipment", "cost_per_slot", "address"]


@both
def test_trainers_come_in_each_error_by_row_and_column_and_are_undone_as_a_whole(house: Instance, leader: Actor) -> None:
    plan_id = branch(house, leader)
    made = take(house, leader, plan_id, ResourceKind.TRAINERS, TRAINERS)
    assert (made.rows, len(made.created), made.skipped) == (5, 2, 3)
    assert [(one.row, one.column) for one in made.problems] == [(5, "所属单位"), (6, "工号"), (7, "擅长领域")]
    assert made.competencies == ("数字化营销",)
    with house.database.reading() as db:
        found = {one.name: one for one in service.trainers(db, leader)}
    own, foreign = found["张敏"], found["周老师"]
    assert own.internal and own.unit == "望海支行" and own.cost_per_slot == 0.0 and own.max_slots_per_month == 6
    assert {one.by_hand for one in own.taught} == {4, None}
    assert foreign.cost_per_slot == 12_000 and foreign.roles == (TrainerRole.FRONTIER, TrainerRole.TRENDS)
    same = take(house, leader, plan_id, ResourceKind.TRAINERS, TRAINERS[:4])
    assert same.unchanged == 2 and not same.created and not same.updated
    dearer = (TRAINERS[1], (*TRAINERS[3][:6], "8000", "4"))
    assert len(take(house, leader, plan_id, ResourceKind.TRAINERS, dearer).updated) == 1
    for _ in range(3):
        with house.database.writing() as db:
            last = undo.last(db, leader, undo.FACULTY)
            assert last is not None
            undo.undo(db, leader, last.id)
    with house.database.reading() as db:
        assert not service.trainers(db, leader)
        assert "数字化营销" not in {row.name for row in people.competencies(db)}


@both
def test_absences_of_trainers_find_their_trainer(house: Instance, leader: Actor) -> None:
    plan_id = branch(house, leader)
    take(house, leader, plan_id, ResourceKind.TRAINERS, TRAINERS[:4])
    rows = (
        ("讲师", "开始", "结束", "时段", "事由"),
        ("张敏", "2027年3月1日", "2027-03-05", "", "出差"),
        ("周老师", "2027.4.2", "", "上午", ""),
        ("没有这人", "2027-04-02", "", "", ""),
        ("周老师", "2027-04-09", "2027-04-02", "", ""),
    )
    made = take(house, leader, plan_id, ResourceKind.ABSENCES, rows)
    assert len(made.created) == 2 and [one.row for one in made.problems] == [4, 5]
    with house.database.reading() as db:
        found = {one.name: one.absences for one in service.trainers(db, leader)}
    assert found["张敏"] == (Span(date(2027, 3, 1), date(2027, 3, 5), reason="出差"),)
    assert found["周老师"] == (Span(date(2027, 4, 2), date(2027, 4, 2), Half.MORNING, Half.MORNING),)


def test_a_whole_day_is_both_halves_and_a_name_is_the_same_with_a_blank_in_it(house: Instance, leader: Actor) -> None:
    plan_id = branch(house, leader)
    take(house, leader, plan_id, ResourceKind.TRAINERS, (("姓名", "单位"), ("王　磊", "某大学")))
    rows = (("讲师", "开始", "结束", "时段"), ("王 磊", "2027-04-02", "2027-04-02", "全天"), ("王磊", "2027-04-05", "2027-04-07", "整天"))
    assert not take(house, leader, plan_id, ResourceKind.ABSENCES, rows).problems
    with house.database.reading() as db:
        [found] = service.trainers(db, leader)
    assert found.name == "王磊"
    assert found.absences == (Span(date(2027, 4, 2), date(2027, 4, 2)), Span(date(2027, 4, 5), date(2027, 4, 7)))


def test_what_a_form_refuses_an_import_refuses_too(house: Instance, leader: Actor) -> None:
    plan_id = branch(house, leader)
    trainers = (("姓名", "单位", "课酬（万元/天）", "每月最多"), ("甲", "某大学", "3,000.00", ""), ("乙", "某大学", "0.6", "99"))
    made = prepared(house, leader, plan_id, ResourceKind.TRAINERS, trainers)
    found = made.plan(made.mapping)
    assert not found.created and [(one.row, one.column) for one in found.problems] == [(2, "课酬（万元/天）"), (3, "每月最多")]
    rooms = (("场地", "容量"), ("体育馆", 80000), ("多功能厅", "六十座左右"), ("小教室", "约30余人"))
    made = prepared(house, leader, plan_id, ResourceKind.VENUES, rooms)
    found = made.plan(made.mapping)
    assert [one.values["capacity"] for one in found.created] == [60, 30] and [one.row for one in found.problems] == [2]


def test_a_long_list_of_trainers_asks_the_database_no_more_than_a_short_one(house: Instance, leader: Actor) -> None:
    plan_id = branch(house, leader)
    asked: list[str] = []
    sa.event.listen(house.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    def questions(price: int, count: int) -> int:
        asked.clear()
        rows = [("姓名", "单位", "课酬", "能力"), *((f"讲师{n}", "某大学", price, "挖潜法") for n in range(count))]
        made = take(house, leader, plan_id, ResourceKind.TRAINERS, rows)
        assert len(made.created) + len(made.updated) == count
        return sum(one.startswith("SELECT") for one in asked)

    assert questions(100, 2) == questions(200, 60) == questions(300, 60)
    with house.database.reading() as db:
        assert all(len(one.skills) == 1 for one in service.trainers(db, leader))


@both
def test_venues_and_blackouts_come_in_and_are_updated_by_name(house: Instance, leader: Actor) -> None:
    plan_id = branch(house, leader)
    rooms = (
        ("场地名称", "容纳人数", "性质", "设备"),
        ("一号培训室", "40人", "自有", "投影、白板"),
        ("海景酒店", "120", "酒店", ""),
        ("无名", "", "", ""),
    )
    made = take(house, leader, plan_id, ResourceKind.VENUES, rooms)
    assert (len(made.created), len(made.problems)) == (2, 1)
    take(house, leader, plan_id, ResourceKind.VENUES, (("venue", "seats"), ("一号培训室", 50)))
    with house.database.reading() as db:
        first, second = service.venues(db, leader)
    assert (first.capacity, first.equipment, second.kind) == (50, ("投影", "白板"), VenueKind.EXTERNAL)
    closed = (
        ("名称", "开始日期", "结束日期", "适用机构", "条线"),
        ("开门红", "2027-01-04", "2027-02-26", "望海支行", "零售"),
        ("季末", "2027-03-25", "2027-03-31", "", ""),
        ("旧的", "2026-03-25", "2026-03-31", "", ""),
        ("别处", "2027-03-25", "", "火星支行", ""),
    )
    made = take(house, leader, plan_id, ResourceKind.BLACKOUTS, closed)
    assert len(made.created) == 2 and [(one.row, one.column) for one in made.problems] == [(4, "开始日期"), (5, "适用机构")]
    with house.database.reading() as db:
        found = calendar.blackouts(db, leader, plan_id)
    assert [(one.name, one.unit_ids) for one in found] == [("开门红", (unit_ids(house)["望海支行"],)), ("季末", ())]
    assert competency_ids(house)


def test_a_notice_is_read_in_ranges_and_not_for_a_year_that_is_published(house: Instance, leader: Actor) -> None:
    assert [day.isoformat() for day in days("2月5日（周五）至7日", 2027)] == ["2027-02-05", "2027-02-06", "2027-02-07"]
    assert len(days("2027-09-30 至 2027-10-01", 2027)) == 2 and days("1/31", 2027) == (date(2027, 1, 31),)
    assert days(date(2027, 5, 1), 2027) == (date(2027, 5, 1),)
    with pytest.raises(BadInput):
        days("2月30日", 2027)
    plan_id = branch(house, leader, 2026)
    looked = prepared(house, leader, plan_id, ResourceKind.NOTICE, (("日期", "休/班"), ("2026-02-20", "休")))
    assert "已经有公布的版本" in str(looked.plan(looked.mapping).problems[0].message)
    with house.database.writing() as db, pytest.raises(BadInput, match="没有一行"):
        from core.delivery.importing import service as importing

        importing.import_table(db, leader, plan_id, ResourceKind.NOTICE, "x", looked.table, looked.mapping)


@both
def test_an_import_of_people_is_not_undone_under_what_a_trainer_teaches(house: Instance, leader: Actor) -> None:
    plan_id = branch(house, leader)
    take(house, leader, plan_id, ResourceKind.TRAINERS, (("讲师姓名", "可讲能力"), ("张老师", "搭配法")))
    with house.database.reading() as db:
        matrix = next(run.row.id or 0 for run in people_imports.runs(db, leader) if run.row.kind is ImportKind.MATRIX)
        scores = next(run.row.id or 0 for run in people_imports.runs(db, leader) if run.row.kind is ImportKind.ASSESSMENTS)
    with house.database.writing() as db:
        people_imports.undo(db, leader, scores)
    with house.database.writing() as db, pytest.raises(Conflict, match="搭配法"):
        people_imports.undo(db, leader, matrix)


def test_only_who_plans_imports(house: Instance, leader: Actor, manager: Actor) -> None:
    plan_id = branch(house, leader)
    with pytest.raises(NotAllowed):
        prepared(house, manager, plan_id, ResourceKind.TRAINERS, TRAINERS)


@pytest.mark.parametrize("kind", list(ResourceKind))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_template_is_read_back_by_its_own_import(kind: ResourceKind, language: str) -> None:
    grids = open_content("template.xlsx", resource_template(kind, "zh" if language == "zh" else "en"))
    header = [str(cell) for cell in grids[0].rows[0].cells]
    from core.delivery.importing.planning import mapping_for

    found = mapping_for(kind, table((header, ["x"] * len(header))))
    assert list(found.values()) == [field.name for field in RESOURCES[kind].fields]


def test_a_price_for_a_whole_day_is_that_of_two_half_days(house: Instance, leader: Actor) -> None:
    plan_id = branch(house, leader)
    rows = (
        ("教室", "可容纳人数", "场租（元/天）"),
        ("一", "约60人", "1600"),
        ("二", "30", "800元/半天"),
        ("三", "可容纳３０人", "０.３万"),
    )
    made = take(house, leader, plan_id, ResourceKind.VENUES, rows)
    assert [(one.values["capacity"], one.values["cost_per_slot"]) for one in made.created] == [(60, 800.0), (30, 800.0), (30, 1500.0)]
    assert any("折成半天" in str(note) for note in made.notes)
    each = prepared(
        house, leader, plan_id, ResourceKind.VENUES, (("教室", "容量", "费用"), ("四", "20", "1,600元/天"), ("五", "20", "1600"))
    )
    found = each.plan(each.mapping)
    assert [one.values["cost_per_slot"] for one in found.created] == [800.0, 1600.0] and not found.notes
    much = prepared(
        house, leader, plan_id, ResourceKind.VENUES, (("教室", "容量", "费用（万元）"), ("六", "20", "0.08"), ("七", "20", "800元"))
    )
    assert [one.values["cost_per_slot"] for one in much.plan(much.mapping).created] == [800.0, 800.0]


def test_a_stretch_may_stand_in_one_cell_without_a_year_and_for_everybody(house: Instance, leader: Actor) -> None:
    plan_id = branch(house, leader)
    rows = (
        ("禁排期", "时间", "范围"),
        ("季末", "3月25日至31日", "全行"),
        ("开门红", "2027.1.4—2027.3.15", "全辖"),
        ("盘点", "６月３０日", "望海支行"),
    )
    made = take(house, leader, plan_id, ResourceKind.BLACKOUTS, rows)
    assert not made.problems
    with house.database.reading() as db:
        found = {one.name: one for one in calendar.blackouts(db, leader, plan_id)}
    assert (found["季末"].starts, found["季末"].ends, found["季末"].unit_ids) == (date(2027, 3, 25), date(2027, 3, 31), ())
    assert (found["开门红"].starts, found["开门红"].ends) == (date(2027, 1, 4), date(2027, 3, 15))
    assert (found["盘点"].starts, found["盘点"].ends) == (date(2027, 6, 30), date(2027, 6, 30)) and found["盘点"].unit_ids
