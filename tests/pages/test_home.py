"""Home: the year on one page, and the annual plans."""

from __future__ import annotations

from core.access.actor import Actor
from core.assistant import service as memory
from core.demo import service as demo
from core.documents import service as library
from core.documents.tables import DocumentKind
from core.instance import Instance
from core.plans import service as plans
from tests.core.review.world import reviewed
from tests.library import NOTICE, STRATEGY, add, shelve
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words


def test_a_newcomer_is_offered_a_plan_of_their_own_or_the_sample(leader: Actor, house: Instance, visit: Visit) -> None:
    at = visit(leader)
    assert "为本机构建立计划" in words(at) and "先看示例分行" in words(at)
    at.text_input[0].set_value("海州分行")
    press(at, "创建计划")
    assert at.title[0].value.startswith("海州分行")
    with house.database.reading() as db:
        assert [one.unit for one in plans.plans(db, leader)] == ["海州分行"]


def test_a_refused_plan_keeps_what_was_typed_and_says_why(leader: Actor, visit: Visit) -> None:
    at = press(visit(leader), "创建计划")
    assert "请填写机构名称。" in [one.value for one in at.error]


def test_somebody_who_makes_no_plans_is_told_to_wait(executive: Actor, visit: Visit) -> None:
    at = visit(executive)
    assert "人力资源负责人创建后" in words(at)
    assert "创建计划" not in labels(at, "button")


def test_an_empty_library_makes_adding_documents_the_next_step(leader: Actor, plan: int, visit: Visit) -> None:
    at = visit(leader)
    assert "文件库里还缺：总行战略、分行文件、考核办法。" in words(at)
    assert "0 / 9 项就绪" in words(at)
    assert "添加文件" in labels(at, "button")


def test_a_list_in_a_sentence_is_written_as_the_language_writes_lists(leader: Actor, plan: int, visit: Visit) -> None:
    assert "HQ strategy, Branch document, Appraisal scheme" in words(visit(leader, "", "en"))


def test_a_document_on_its_way_makes_waiting_the_next_step(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    add(house, leader, "总行战略.md", STRATEGY)
    at = visit(leader)
    assert "1 份文件正在读入" in words(at)
    assert "查看进度" in labels(at, "button")


def test_completeness_is_counted_from_what_is_there(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    for name, text, kind in (("总行", STRATEGY, DocumentKind.HQ), ("分行", NOTICE, DocumentKind.BRANCH)):
        shelve(house, leader, f"{name}.md", text, kind)
    assert "2 / 9 项就绪" in words(visit(leader))
    answer = house.assistant.ask(leader, "客户经理持证上岗率是多少？")
    with house.database.writing() as db:
        memory.keep_answer(db, leader, plan, answer, "客户经理持证上岗率是多少？")
    at = visit(leader)
    assert "3 / 9 项就绪" in words(at)
    assert "客户经理持证上岗率不低于百分之九十五" in words(at)


def test_an_executive_is_told_what_waits_for_others_and_offered_no_repair(
    house: Instance, leader: Actor, executive: Actor, plan: int, visit: Visit
) -> None:
    shelve(house, leader, "总行.md", STRATEGY)
    at = visit(executive)
    assert "还缺：分行文件、考核办法。" in words(at)
    assert "添加文件" not in labels(at, "button") and "去提问" in labels(at, "button")


def test_home_shows_all_four_steps_and_the_years_what_came_of_them(house: Instance, leader: Actor, visit: Visit) -> None:
    made = reviewed(house, leader)
    works_on(house, leader, made.plan)
    at = visit(leader)
    assert [step for step in ("①", "②", "③", "④") if any(one.value.startswith(step) for one in at.subheader)] == ["①", "②", "③", "④"]
    assert "项指标已有结果" in words(at)
    years = visit(leader, "home/plans.py").table[0].value
    assert int(years.loc["培训项目（个）"].iloc[0]) == len(made.world.projects)
    assert int(years.loc["已发布的课次（次）"].iloc[0]) > 0 and not years.loc["有结果的指标（项）"].iloc[0].startswith("0")


def test_years_of_a_unit_stand_side_by_side_and_a_plan_can_be_put_away(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    with house.database.writing() as db:
        plans.create(db, leader, "海州分行", 2026)
    at = visit(leader, "home/plans.py")
    assert list(at.table[0].value.columns) == ["2026 年", "2027 年"]
    press(at, "归档")
    assert "已归档的计划（1）" in labels(at, "expander")
    press(at, "取回")
    assert list(at.table[0].value.columns) == ["2026 年", "2027 年"]


def test_a_second_plan_for_the_same_unit_and_year_is_refused_in_place(leader: Actor, plan: int, visit: Visit) -> None:
    at = visit(leader, "home/plans.py")
    at.text_input[0].set_value("海州分行")
    at.number_input[0].set_value(2027)
    press(at, "创建计划")
    assert "已有 2027 年的计划" in at.error[0].value
    assert at.text_input[0].value == "海州分行"


def test_the_sample_says_how_far_it_is_and_goes_with_one_click(house: Instance, leader: Actor, visit: Visit) -> None:
    add(house, leader, "海州.md", STRATEGY)
    with house.database.writing() as db:
        made = demo.load(db, house.settings, leader, demo.Sample((), ())).decoded.id or 0
    works_on(house, leader, made)
    at = visit(leader)
    assert "正在整理示例的已解码年度" in words(at)
    at = press(at, "一键移除示例")
    assert "载入示例分行" in labels(at, "button") and "一键移除示例" not in labels(at, "button")
    with house.database.reading() as db:
        assert [entry.document.title for entry in library.entries(db, leader)] == ["海州"]
