"""Results and the four levels as people read them."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.i18n import LANGUAGES, Language, translate
from core.instance import Instance
from tests.core.review.world import review, reviewed
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, words


def test_levels_begin_with_the_way_to_results(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    at = visit(leader, "review/levels.py")
    assert not at.exception and "先把目标里的指标变成评估指标" in words(at)


@pytest.mark.parametrize(("language", "learning", "missing"), [("zh", "学习层", "还缺的结果"), ("en", "Learning", "Results still missing")])
def test_a_year_is_read_in_four_levels(
    language: str, learning: str, missing: str, house: Instance, leader: Actor, executive: Actor, visit: Visit
) -> None:
    made = reviewed(house, leader)
    for actor in (leader, executive):
        works_on(house, actor, made.plan)
        at = visit(actor, "review/levels.py", language)
        assert not at.exception
        assert learning in " ".join(one.label for one in at.metric) and missing in [one.value for one in at.subheader]
        at = visit(actor, "review/results.py", language)
        assert not at.exception and missing in [one.value for one in at.subheader]
        assert "员工100" not in words(at)


@pytest.mark.parametrize(("language", "button"), [("zh", "生成问卷二维码"), ("en", "Make a survey QR code")])
def test_a_leader_opens_a_survey_and_an_executive_does_not(
    language: str, button: str, house: Instance, leader: Actor, executive: Actor, visit: Visit
) -> None:
    made = review(house, leader)
    works_on(house, leader, made.plan)
    works_on(house, executive, made.plan)
    assert button not in [one.label for one in visit(executive, "review/results.py", language).button]
    at = visit(leader, "review/results.py", language)
    next(one for one in at.button if one.label == button).click().run()
    assert not at.exception and any("/survey/" in one.value for one in at.code)


def test_a_file_of_results_comes_in_in_the_background_and_a_refusal_is_said(house: Instance, leader: Actor, visit: Visit) -> None:
    made = review(house, leader)
    works_on(house, leader, made.plan)
    rows = "".join(f"{no},2027-11-01,话术得分,80\n" for no in made.near)
    at = visit(leader, "review/results.py")
    at.file_uploader[0].upload("成绩.csv", f"工号,日期,指标,得分\n{rows}".encode())
    at.run()
    next(one for one in at.button if one.label == f"导入 {len(made.near)} 个结果").click().run()
    assert not at.exception and "排队等候" in str([one.proto for one in at.main.children.values()]) + words(at)
    house.worker.run()
    at = visit(leader, "review/results.py")
    assert not at.exception and "导入记录（1 次）" in str([one.label for one in at.expander])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_level_that_fell_since_last_year_is_said_with_its_sign_first(language: Language) -> None:
    # Streamlit draws the arrow and its colour by the first character.
    assert translate("{points} 分，比上年", language, points="-3").startswith("-3")


@pytest.mark.parametrize(("language", "ways"), [("zh", ["看排期", "看到课", "看预算", "看投入与回报"]), ("en", ["To the timetable"])])
def test_each_figure_of_the_year_leads_to_where_it_is_looked_into(
    language: str, ways: list[str], house: Instance, plan: int, leader: Actor, visit: Visit
) -> None:
    works_on(house, leader, plan)
    found = labels(visit(leader, "review/executive.py", language), "page_link")
    assert [one for one in found if one in ways] == ways
