"""A catalogue of courses comes in from a messy file, is changed, undone, and measured against what posts require."""

from __future__ import annotations

from datetime import date

import pytest

from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed
from core.instance import Instance
from core.people import repository
from core.people.courses import service as courses
from core.people.courses.course import Course, CourseFacts, Serving
from core.people.courses.coverage import Requirement, coverage
from core.people.courses.starters import starters
from core.people.courses.terms import CourseForm, CourseMethod
from core.people.importing import service
from core.people.importing.kinds import ImportKind
from core.people.importing.plan import Known, Plan
from core.people.importing.planning import mapping_for, plan
from core.people.terms import Dimension
from tests.conftest import BOTH
from tests.core.people.tables import TODAY, look, table, take

both = pytest.mark.parametrize("house", BOTH, indirect=True)

HEADER = ("课程编号", "课程名称", "培训类型", "授课方式", "课时", "费用（元）", "讲师", "对应能力", "等级", "先修课程")
MESSY = (
    HEADER,
    (
        "C01",
        "资产配置进阶",
        "培训课程",
        "线上＋线下",
        "6学时",
        "1,200元",
        "总行学院",
        "资产配置（L2-L3）；需求挖掘",
        "L1→L2",
        "资产配置入门",
    ),
    ("C02", "资产配置入门", "", "直播", "90分钟", "免费", "", "资产配置", "Ｌ２", ""),
    ("", "师带徒", "导师带教", "", "", "", "", "需求挖掘、反洗钱\n客户投诉处理", "1-3", ""),
    ("C01", "资产配置进阶", "培训课程", "", "", "", "", "团队协作", "", "C02"),
)


def planned(*rows: tuple[object, ...]) -> Plan:
    given = table((HEADER, *rows))
    return plan(ImportKind.CATALOGUE, given, mapping_for(ImportKind.CATALOGUE, given, None, {}), Known(), TODAY)


def row(name: str, **cells: object) -> tuple[object, ...]:
    """A row of the file with this course and nothing but these cells, by heading."""
    return tuple(name if heading == "课程名称" else cells.get(heading, "") for heading in HEADER)


def catalogue(house: Instance, actor: Actor) -> dict[str, Course]:
    with house.database.reading() as db:
        return {one.facts.name: one for one in courses.courses(db, actor)}


def served(house: Instance, actor: Actor, name: str) -> dict[str, tuple[int | None, int | None]]:
    with house.database.reading() as db:
        names = {row.id: row.name for row in repository.competencies(db)}
    return {names[one.competency_id]: (one.from_level, one.to_level) for one in catalogue(house, actor)[name].facts.servings}


def test_columns_are_guessed_in_both_languages() -> None:
    english = table((("Course name", "Course code", "Delivery method", "Duration", "Fee", "Skills", "Level", "Prerequisites"), ("a",)))
    found = mapping_for(ImportKind.CATALOGUE, english, None, {})
    assert list(found.values()) == ["course", "code", "method", "hours", "cost", "competency", "levels", "prerequisite"]
    chinese = table((HEADER, ("a",)))
    assert list(mapping_for(ImportKind.CATALOGUE, chinese, None, {}).values()) == [
        *("code", "course", "form", "method", "hours", "cost", "provider", "competency", "levels", "prerequisite"),
    ]


def test_a_cell_holds_several_competencies_each_with_its_own_level_or_the_rows() -> None:
    [one] = planned(row("课", 对应能力="甲（L2-L3）；乙、丙", 等级="L1-L2")).created
    assert dict(zip(one.values["competency"], one.values["levels"], strict=True)) == {"甲": (2, 3), "乙": (1, 2), "丙": (1, 2)}
    [each] = planned(row("课", 对应能力="甲、乙", 等级="L1-L2；3")).created
    assert dict(zip(each.values["competency"], each.values["levels"], strict=True)) == {"甲": (1, 2), "乙": (None, 3)}


def test_levels_that_excel_took_for_a_day_are_levels_again() -> None:
    assert planned(row("课", 对应能力="甲", 等级=date(2026, 2, 3))).created[0].values["levels"] == ((2, 3),)


def test_what_cannot_be_read_says_where_and_what_would_be_right() -> None:
    found = planned(
        row("一", 对应能力="甲、乙、丙", 等级="L1；L2"),
        row("二", 课时="两天"),
        row("三", 对应能力="甲", 等级="L3-L2"),
        row("四", **{"费用（元）": "面议"}),
        row("五", 先修课程="没有的课"),
        row("六", 培训类型="团建"),
        row("七", 先修课程="八"),
        row("八", 先修课程="七"),
        row("九", 课程编号="C9"),
        row("十", 课程编号="c9"),
    )
    assert [(one.row, one.column) for one in found.problems] == [
        *((2, "等级"), (3, "课时"), (4, "等级"), (5, "费用（元）"), (6, "先修课程"), (7, "培训类型")),
        *((8, "先修课程"), (9, "先修课程"), (11, "课程编号")),
    ]
    assert "对不上" in str(found.problems[0].message) and "没有的课" in str(found.problems[4].message)
    assert [one.values["course"] for one in found.created] == ["九"]


@both
def test_a_messy_catalogue_comes_in(house: Instance, leader: Actor) -> None:
    _, done = take(house, leader, ImportKind.CATALOGUE, MESSY)
    assert not done.problems and len(done.created) == 3 and any("1 行与前面同一门课" in str(note) for note in done.notes)
    found = catalogue(house, leader)
    facts = found["资产配置进阶"].facts
    assert (facts.code, facts.form, facts.method, facts.hours, facts.cost) == ("C01", CourseForm.COURSE, CourseMethod.BLENDED, 6, 1200)
    assert facts.needs == (found["资产配置入门"].id,)
    assert served(house, leader, "资产配置进阶") == {"资产配置": (2, 3), "需求挖掘与产品匹配": (1, 2), "团队协作": (None, None)}
    entry = found["资产配置入门"].facts
    assert (entry.method, entry.hours, entry.cost) == (CourseMethod.ONLINE, 1.5, 0) and entry.servings[0].to_level == 2
    mentor = served(house, leader, "师带徒")
    assert found["师带徒"].facts.form is CourseForm.MENTOR and len(mentor) == 3 and set(mentor.values()) == {(1, 3)}


@both
def test_importing_again_changes_what_the_file_says_and_undoing_brings_it_back(house: Instance, leader: Actor) -> None:
    first, _ = take(house, leader, ImportKind.CATALOGUE, MESSY)
    assert look(house, leader, ImportKind.CATALOGUE, MESSY).unchanged == 3
    before = catalogue(house, leader)["资产配置进阶"].facts
    later, done = take(
        house,
        leader,
        ImportKind.CATALOGUE,
        (HEADER, row("资产配置进阶", 对应能力="资产配置", 等级="L2-L4", 课时=8), row("新课", 对应能力="本行独有能力", 先修课程="C01")),
    )
    assert (len(done.created), len(done.updated)) == (1, 1)
    assert served(house, leader, "资产配置进阶")["资产配置"] == (2, 4) and len(served(house, leader, "资产配置进阶")) == 3
    with house.database.writing() as db, pytest.raises(Conflict):
        service.undo(db, leader, first)
    with house.database.writing() as db:
        service.undo(db, leader, later)
    assert catalogue(house, leader)["资产配置进阶"].facts == before and "新课" not in catalogue(house, leader)
    with house.database.writing() as db:
        service.undo(db, leader, first)
    assert not catalogue(house, leader)


@both
def test_a_course_is_added_changed_and_put_away_by_one_person_at_a_time(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.CATALOGUE, MESSY)
    seen = catalogue(house, leader)["资产配置入门"]
    ability = seen.facts.servings[0].competency_id
    with house.database.writing() as db:
        facts = CourseFacts("资产配置入门", code="C02", hours=2, servings=(Serving(ability, 1, 3),))
        courses.save(db, leader, seen, facts)
    with house.database.writing() as db, pytest.raises(Conflict):
        courses.archive(db, leader, seen, archived=True)
    again = catalogue(house, leader)["资产配置入门"]
    assert again.facts.servings == (Serving(ability, 1, 3),)
    with house.database.writing() as db:
        courses.archive(db, leader, again, archived=True)
    assert catalogue(house, leader)["资产配置入门"].archived


def test_a_course_has_a_name_of_its_own_and_comes_after_none_that_comes_after_it(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.CATALOGUE, MESSY)
    found = catalogue(house, leader)
    begin, further = found["资产配置入门"], found["资产配置进阶"]
    with house.database.writing() as db:
        for facts in (
            CourseFacts(""),
            CourseFacts("师 带 徒"),
            CourseFacts("别的", code="C01"),
            CourseFacts("别的", hours=-1),
            CourseFacts("别的", servings=(Serving(1, 3, 2),)),
        ):
            with pytest.raises(BadInput):
                courses.save(db, leader, None, facts)
        with pytest.raises(BadInput, match="先修关系成了圈"):
            courses.save(db, leader, begin, CourseFacts("资产配置入门", needs=(further.id,)))


def test_ways_to_learn_that_come_with_the_product_are_taken_by_choice(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.MATRIX, (("岗位", "能力", "要求等级"), ("客户经理", "资产配置", 3)))
    assert {one.form for one in starters("zh")} == set(CourseForm) - {CourseForm.COURSE}
    assert [one.code for one in starters("en")] == [one.code for one in starters("zh")]
    with house.database.writing() as db:
        ability = repository.competencies(db)[0].id or 0
        with pytest.raises(BadInput):
            courses.take_starter(db, leader, "shadowing", [], "zh")
        courses.take_starter(db, leader, "shadowing", [ability], "zh")
    with house.database.reading() as db:
        assert courses.coverage(db, leader).overall.coverage == 1.0


def test_managers_read_the_catalogue_and_only_human_resources_change_it(
    house: Instance, manager: Actor, executive: Actor, administrator: Actor
) -> None:
    with house.database.writing() as db:
        assert courses.courses(db, manager) == [] and courses.coverage(db, executive).overall.coverage is None
        for actor in (manager, executive, administrator):
            with pytest.raises(NotAllowed):
                courses.save(db, actor, None, CourseFacts("课"))
        with pytest.raises(NotAllowed):
            courses.courses(db, administrator)


# ---- Coverage and relevance, told without a database ----


def needs(post: int, ability: int, level: int, weight: float = 1.0, dimension: Dimension = Dimension.CORE) -> Requirement:
    return Requirement(post, f"岗位{post}", ability, dimension, level, weight)


def offers(course: int, *servings: Serving, form: CourseForm = CourseForm.COURSE) -> Course:
    return Course(course, 1, CourseFacts(f"课{course}", form=form, servings=servings))


OF = {1: Dimension.CORE, 2: Dimension.PROFESSIONAL, 3: Dimension.GENERAL}


def test_coverage_is_the_weighted_share_of_requirements_that_a_course_reaches_and_every_post_counts_alike() -> None:
    wanted = [needs(1, 1, 3, 60), needs(1, 2, 3, 40, Dimension.PROFESSIONAL), needs(2, 1, 4, 1), needs(2, 2, 2, 1, Dimension.PROFESSIONAL)]
    found = coverage(wanted, [offers(1, Serving(1, 1, 3)), offers(2, Serving(2, 1, 2), form=CourseForm.TASK)], OF)
    assert found.overall.coverage == pytest.approx((0.6 + 0.5) / 2) and found.overall.by_courses == pytest.approx(0.3)
    assert found.posts["岗位1"].coverage == pytest.approx(0.6) and found.dimensions[Dimension.CORE].coverage == pytest.approx(0.6 / 1.1)
    assert [(one.requirement.post_id, one.requirement.competency_id) for one in found.uncovered] == [(2, 1), (1, 2)]
    assert found.uncovered[0].near == (1,)


def test_relevance_is_the_share_of_courses_that_serve_a_requirement() -> None:
    wanted = [needs(1, 1, 3)]
    found = coverage(wanted, [offers(1, Serving(1, 1, 2)), offers(2, Serving(1, 3, 4)), offers(3, Serving(3, 1, 5)), offers(4)], OF)
    assert found.overall.relevance == 0.25 and found.unused == (2, 3, 4)
    assert found.dimensions[Dimension.CORE].relevance == 0.5 and found.dimensions[Dimension.GENERAL].relevance == 0.0
    assert found.dimensions[Dimension.GENERAL].coverage is None


def test_a_level_that_nobody_wrote_down_reaches_nothing_and_is_counted() -> None:
    found = coverage([needs(1, 1, 1)], [offers(1, Serving(1))], OF)
    assert found.overall.coverage == 0.0 and found.unlevelled == 1 and found.overall.relevance == 1.0


def test_without_requirements_or_courses_there_is_no_share() -> None:
    nothing = coverage([], [], OF)
    assert nothing.overall.coverage is None and nothing.overall.relevance is None
    assert coverage([needs(1, 1, 3)], [], OF).overall.coverage == 0.0
