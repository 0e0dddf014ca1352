"""The page of documents for leaders: chosen, made, kept, deleted."""

from __future__ import annotations

from core.access.actor import Actor
from core.instance import Instance
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, words

PAGE = "home/papers.py"


def test_a_leader_makes_a_document_and_finds_it_in_the_list(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    at = visit(leader, PAGE)
    assert "还没有。生成的文件留在这里" in words(at)
    at.button(key="paper_make").click().run()
    assert not at.exception
    house.paper_worker.run()
    at = visit(leader, PAGE)
    assert "年度培训计划（Word）" in words(at) and "校验码" in words(at)
    at.button(key="paper_remove_1").click().run()
    assert "还没有。生成的文件留在这里" in words(visit(leader, PAGE))


def test_only_who_answers_for_the_plan_changes_templates(house: Instance, leader: Actor, executive: Actor, plan: int, visit: Visit) -> None:
    for actor, may in ((leader, True), (executive, False)):
        works_on(house, actor, plan)
        assert ("本行自己的模板" in labels(visit(actor, PAGE), "expander")) is may
