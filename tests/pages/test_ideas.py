"""The page of project ideas: what is missing, the idea with its clause and reasons, deciding, the projects and their flags."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.instance import Instance
from core.projects import carrying
from core.projects import service as projects
from core.strategy.focus import service as focus
from core.strategy.ideas import service as ideas
from core.strategy.ideas.service import IdeaView
from core.strategy.ideas.terms import Author, IdeaState
from pages.strategy.parts.ideas_export import ideas_workbook, projects_workbook
from tests.core.strategy.ideas_world import Ripe, accept, close, idea_of, look, own, ripe, seen, standing, suggest
from tests.core.strategy.world import CERTIFIED, World, build
from tests.endpoint import Endpoint, says
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "strategy/ideas.py"


@pytest.fixture
def ready(house: Instance, leader: Actor) -> Ripe:
    """Ripe for ideas, and the leader works on it."""
    made = ripe(house, leader)
    works_on(house, leader, made.plan)
    return made


@pytest.fixture
def suggested(house: Instance, leader: Actor, ready: Ripe) -> Ripe:
    """With its two ideas."""
    suggest(house, leader, ready.plan)
    return ready


def part_of(at: AppTest) -> object:
    return next(one for one in at.get("button_group") if one.label == "查看")


def test_without_themes_the_page_leads_to_them(leader: Actor, plan: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "先把采纳的发现归成主题" in words(at) and "去归主题" in labels(at, "button")


def test_without_an_anchored_post_it_leads_to_the_focus(house: Instance, leader: Actor, visit: Visit) -> None:
    from core.strategy.findings import Perspective
    from core.strategy.themes import service as themes

    world: World = build(house, leader)
    works_on(house, leader, world.plan)
    with house.database.writing() as db:
        themes.create(db, leader, world.plan, themes.Draft("零售转型", Perspective.CUSTOMER))
    at = visit(leader, PAGE)
    assert "项目要落到人" in words(at) and "去锚定重点" in labels(at, "button")


def test_ideas_are_suggested_with_their_purpose_audience_and_reasons(house: Instance, leader: Actor, ready: Ripe, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "2 个战略主题、1 个已锚定的岗位" in words(at)
    at = press(at, "提出项目想法")
    said = words(at)
    assert at.text_area[0].value.startswith("落实“建设专业过硬的客户经理队伍”：让客户经理能够承担这项任务")
    assert "40 × 1" in said and "在计划年上半年" in said and "岗位短板 40%" in said
    assert "零售 · 客户经理 · 120 人" in said and "总行标准版" in said and "去本地化" in labels(at, "page_link")
    assert "还没有能力要求：采纳的能力要求和任务都没有点名。" in said
    assert "打开原文" in labels(at, "button")
    assert [view.row.state for view in look(house, leader, ready.plan).ideas] == [IdeaState.PENDING] * 2


def test_a_post_that_no_theme_speaks_of_is_named_and_led_to_its_themes(house: Instance, leader: Actor, ready: Ripe, visit: Visit) -> None:
    with house.database.writing() as db:
        row = focus.rows(db, leader, ready.plan)[1]
        focus.anchor(db, leader, ready.plan, row.id or 0, row.version or 0, "行长已确认")
    at = press(visit(leader, PAGE), "提出项目想法")
    assert "没有为“产品经理”提出想法" in words(at) and "去指定所属主题" in labels(at, "page_link")


def test_it_reads_in_english_too(leader: Actor, ready: Ripe, visit: Visit) -> None:
    at = press(visit(leader, PAGE, "en"), "Suggest project ideas")
    said = words(at)
    assert at.text_area[0].value.startswith("Carry out “") and "in the first half of the plan’s year" in said and "HQ standard" in said


def test_a_purpose_is_rewritten_and_the_idea_accepted_and_all_of_it_undone(
    house: Instance, leader: Actor, suggested: Ripe, visit: Visit
) -> None:
    at = visit(leader, PAGE)
    at.text_area[0].set_value("让客户经理持证上岗，队伍才接得住零售转型")
    press(at, "保存")
    first = look(house, leader, suggested.plan).ideas[0]
    assert (first.row.purpose, first.row.purpose_author) == ("让客户经理持证上岗，队伍才接得住零售转型", Author.PERSON)
    press(at, "采纳为项目")
    assert [view.row.purpose for view in standing(house, leader, suggested.plan)] == ["让客户经理持证上岗，队伍才接得住零售转型"]
    assert "1 个项目的主题还没有本地化" in words(at)
    press(at, "撤销上一步")
    press(at, "撤销上一步")
    assert standing(house, leader, suggested.plan) == []
    assert look(house, leader, suggested.plan).ideas[0].row.purpose_author is Author.RULE
    assert "撤销上一步" not in labels(at, "button")


def test_an_idea_is_turned_down_with_a_reason_and_brought_back(house: Instance, leader: Actor, suggested: Ripe, visit: Visit) -> None:
    at = press(visit(leader, PAGE), "确定不采纳")
    assert "请写明不采纳的理由" in at.error[0].value
    next(one for one in at.text_input if one.label == "不采纳的理由").set_value("今年没有预算")
    press(at, "确定不采纳")
    at.selectbox(key="ideas_state_zh").set_value(IdeaState.REJECTED).run()
    assert "不采纳的理由：今年没有预算" in words(at)
    press(at, "取回")
    assert {view.row.state for view in look(house, leader, suggested.plan).ideas} == {IdeaState.PENDING}


def test_an_idea_of_ones_own_is_added(house: Instance, leader: Actor, ready: Ripe, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.selectbox(key="own_idea_theme").set_value(ready.people).run()
    at.text_area(key=f"own_{ready.people}_purpose").set_value("支行行长先行，队伍建设才落得下去")
    at.multiselect(key=f"own_{ready.people}_clauses").set_value([ready.world.findings[CERTIFIED]])
    at.text_input(key=f"own_{ready.people}_name").set_value("支行行长轮训")
    press(at, "加入想法")
    assert "请写明对象" in at.error[0].value, "and what was typed is still there"
    at.text_input(key=f"own_{ready.people}_post").set_value("支行行长")
    press(at, "加入想法")
    (one,) = look(house, leader, ready.plan).ideas
    assert (one.row.name, one.row.post, one.row.origin) == ("支行行长轮训", "支行行长", Author.PERSON)


def test_the_list_is_filtered_and_says_so_when_nothing_is_left(house: Instance, leader: Actor, suggested: Ripe, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert len(at.dataframe[0].value) == 2
    at.selectbox(key="ideas_theme").set_value(suggested.retail).run()
    assert list(at.dataframe[0].value["name"]) == [idea_of(house, leader, suggested.plan, suggested.retail).row.name]
    at.selectbox(key="ideas_state_zh").set_value(IdeaState.ACCEPTED).run()
    assert "没有符合筛选条件的想法。" in words(at)


def chosen(at: AppTest, views: Sequence[IdeaView], *rows: int) -> AppTest:
    """Select rows of the list."""
    key = f"ideas_{'_'.join(f'{view.id}' for view in views[:3])}_{len(views)}"
    at.session_state[key] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return at.run()


def test_several_ideas_are_rejected_brought_back_and_accepted_together(
    house: Instance, leader: Actor, suggested: Ripe, visit: Visit
) -> None:
    at = chosen(visit(leader, PAGE), look(house, leader, suggested.plan).ideas, 0, 1)
    at.text_input(key="several_reason").set_value("今年没有预算")
    at.button(key="reject_ideas").click().run()
    assert {view.row.reject_reason for view in look(house, leader, suggested.plan).ideas} == {"今年没有预算"}
    at.selectbox(key="ideas_state_zh").set_value(IdeaState.REJECTED).run()
    press(chosen(at, look(house, leader, suggested.plan).ideas, 0, 1), "取回这 2 个")
    at.selectbox(key="ideas_state_zh").set_value(IdeaState.PENDING).run()
    press(chosen(at, look(house, leader, suggested.plan).ideas, 0, 1), "采纳这 2 个")
    assert len(standing(house, leader, suggested.plan)) == 2
    at.selectbox(key="ideas_state_zh").set_value(IdeaState.ACCEPTED).run()
    at = chosen(at, look(house, leader, suggested.plan).ideas, 0, 1)
    assert "请只选同一状态的想法" in words(at) and "采纳这 2 个" not in labels(at, "button")


def test_projects_are_listed_with_their_flags_changed_and_withdrawn(house: Instance, leader: Actor, suggested: Ripe, visit: Visit) -> None:
    accept(house, leader, suggested.plan, *look(house, leader, suggested.plan).ideas)
    at = visit(leader, PAGE)
    part_of(at).set_value("projects").run()  # type: ignore[attr-defined]
    assert list(at.dataframe[0].value["flag"]) == ["总行标准版"] * 2
    (name,) = [one for one in at.text_input if one.label == "项目名称"]
    name.set_value("持证上岗冲刺班")
    press(at, "保存")
    assert "持证上岗冲刺班" in [view.row.name for view in standing(house, leader, suggested.plan)]
    press(at, "撤回项目")
    assert len(standing(house, leader, suggested.plan)) == 1
    press(at, "撤销上一步")
    assert len(standing(house, leader, suggested.plan)) == 2


def test_a_project_of_last_year_is_put_under_a_theme_of_this_year_and_can_then_be_written(
    house: Instance, leader: Actor, suggested: Ripe, visit: Visit
) -> None:
    accept(house, leader, suggested.plan, *look(house, leader, suggested.plan).ideas)
    source = standing(house, leader, suggested.plan)[0]
    with house.database.writing() as db:
        made = carrying.copy(db, leader, source.id, suggested.plan, people=40, theme_id=None).id or 0
    at = visit(leader, PAGE, part="projects", project=made)
    assert "还没有归入本年度的战略主题" in words(at) and "已被删除" not in words(at)
    at.selectbox(key=f"put_under_{made}").select(suggested.people).run()
    press(at, "归入")
    with house.database.reading() as db:
        view = projects.find(db, leader, made)
    assert view.theme is not None and view.theme.id == suggested.people
    (clauses,) = [one for one in at.multiselect if one.label == "依据的条款"]
    assert clauses.options, "the theme's clauses are offered"


def test_an_executive_reads_and_changes_nothing(house: Instance, leader: Actor, executive: Actor, suggested: Ripe, visit: Visit) -> None:
    works_on(house, executive, suggested.plan)
    accept(house, leader, suggested.plan, idea_of(house, leader, suggested.plan, suggested.retail))
    at = visit(executive, PAGE)
    assert "落实“" in words(at)
    part_of(at).set_value("projects").run()  # type: ignore[attr-defined]
    assert "建立财富客户分层经营机制" in words(at)
    assert set(labels(at, "button")) == {"怎么用", "退出（Executive）", "打开原文"}


def test_words_of_a_closed_document_reach_neither_page_nor_workbook(
    house: Instance, leader: Actor, executive: Actor, suggested: Ripe, visit: Visit
) -> None:
    works_on(house, executive, suggested.plan)
    accept(house, leader, suggested.plan, idea_of(house, leader, suggested.plan, suggested.retail))
    close(house, leader, suggested.world.hq)
    at = visit(executive, PAGE)
    said = words(at)
    part_of(at).set_value("projects").run()  # type: ignore[attr-defined]
    said += words(at)
    assert "不对您开放" in said and "分层经营机制" not in said and "持证上岗率" not in said
    at = visit(executive, PAGE)
    board, made = look(house, executive, suggested.plan), standing(house, executive, suggested.plan)
    for content in _workbooks(at, board.ideas, made):
        cells = [str(cell.value) for row in _sheet(content).iter_rows() for cell in row]
        assert not any("分层" in cell or "持证" in cell for cell in cells if not cell.startswith("客户经理 · "))


def test_the_workbooks_hold_the_clauses_verbatim_and_no_formula(house: Instance, leader: Actor, suggested: Ripe, visit: Visit) -> None:
    with house.database.writing() as db:
        ideas.add(db, leader, suggested.plan, suggested.people, own(suggested.world.findings[CERTIFIED], name="=1+1"))
    mine = next(view for view in look(house, leader, suggested.plan).ideas if view.row.name == "=1+1")
    accept(house, leader, suggested.plan, mine)
    board, made = look(house, leader, suggested.plan), standing(house, leader, suggested.plan)
    for content in _workbooks(visit(leader, PAGE), board.ideas, made):
        cells = [cell for row in _sheet(content).iter_rows() for cell in row]
        assert next(cell for cell in cells if cell.value == "=1+1").data_type == "s"
        assert any("“客户经理持证上岗率不低于95%”（总行战略 · 第 1 页）" in str(cell.value) for cell in cells)


class TestModel:
    """A model drafts a purpose when an endpoint is configured, and only then."""

    @pytest.fixture
    def endpoint(self, monkeypatch: pytest.MonkeyPatch, house: Instance) -> Iterator[Endpoint]:
        with Endpoint() as running:
            monkeypatch.setattr(house, "settings", house.settings.model_copy(update={"model_url": running.url, "model_name": "stub-model"}))
            yield running

    def test_without_an_endpoint_nothing_is_offered(self, leader: Actor, suggested: Ripe, visit: Visit) -> None:
        assert "请模型起草目的" not in labels(visit(leader, PAGE), "button")

    def test_a_draft_is_labelled_until_a_person_writes(
        self, house: Instance, leader: Actor, suggested: Ripe, endpoint: Endpoint, visit: Visit
    ) -> None:
        endpoint.script(says("让客户经理持证上岗，支撑零售转型。"))
        at = press(visit(leader, PAGE), "请模型起草目的")
        said = words(at)
        assert (
            at.text_area[0].value == "让客户经理持证上岗，支撑零售转型。" and "目的由模型起草（strategy/purpose v1 · stub-model）" in said
        )
        assert look(house, leader, suggested.plan).ideas[0].row.state is IdeaState.PENDING
        press(at, "撤销上一步")
        assert look(house, leader, suggested.plan).ideas[0].row.purpose_author is Author.RULE

    def test_an_invented_number_changes_nothing_and_is_told(
        self, house: Instance, leader: Actor, suggested: Ripe, endpoint: Endpoint, visit: Visit
    ) -> None:
        before = seen(*look(house, leader, suggested.plan).ideas)
        endpoint.script(says("到2030年持证率99%。"))
        at = press(visit(leader, PAGE), "请模型起草目的")
        assert "条款中没有的数字" in at.error[0].value
        assert seen(*look(house, leader, suggested.plan).ideas) == before


def _workbooks(at: AppTest, board: object, made: object) -> list[bytes]:
    """Both workbooks, made while a page's language is known."""
    assert at.title
    return [ideas_workbook(board), projects_workbook(made)]  # type: ignore[arg-type]


def _sheet(content: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return sheet
