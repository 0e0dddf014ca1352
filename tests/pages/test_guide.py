"""Help on a page, the guide, the first steps on the home page, and the keys: as people meet them."""

from __future__ import annotations

import ast

import pytest

from core.access.actor import Actor
from core.guide.texts import TOPICS
from core.instance import Instance
from pages.shared.shortcuts import SHORTCUTS
from pages.shared.sitemap import PAGES
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words
from tests.texts import source_files


@pytest.mark.parametrize(("language", "label", "said"), [("zh", "怎么用", "以此为依据"), ("en", "How to use this page", "Use as the fact")])
def test_a_pages_text_opens_on_the_page_with_ways_to_what_it_names(
    leader: Actor, visit: Visit, language: str, label: str, said: str
) -> None:
    at = visit(leader, "strategy/localise.py", language)
    assert said not in words(at)
    at = press(at, label)
    assert f"“{said}”" in words(at)
    assert PAGES["ideas"].title.render(language) in labels(at, "page_link")
    assert "F1" in words(at)


def test_a_page_left_with_its_text_open_comes_back_without_it(leader: Actor, visit: Visit) -> None:
    at = press(visit(leader, "delivery/venues.py"), "怎么用")
    at.switch_page("delivery/trainers.py").run()
    assert "先修" not in words(at)
    at.switch_page("delivery/venues.py").run()
    assert "“最近的操作”" not in words(at)


def test_links_of_a_text_lead_only_where_the_reader_may_go(administrator: Actor, leader: Actor, visit: Visit) -> None:
    inside = set(labels(press(visit(administrator, "settings/accounts.py"), "怎么用"), "page_link"))
    assert "权限一览" in inside and "人员与数据" not in inside
    assert "人员与数据" in labels(press(visit(leader, "settings/accounts.py"), "怎么用"), "page_link")


def test_the_guide_lists_what_the_reader_may_open(leader: Actor, administrator: Actor, visit: Visit) -> None:
    at = visit(administrator, "home/guide.py")
    main = [one.label for one in at.main.get("button")]
    assert "审计日志" in main and "能力短板" not in main and "从 Excel 导入" not in main
    at = visit(leader, "home/guide.py")
    main = [one.label for one in at.main.get("button")]
    assert "能力短板" in main and "从 Excel 导入" in main and "系统设置" not in main
    assert set(TOPICS) and len(main) > 50


def test_the_guide_is_searched_and_read(leader: Actor, visit: Visit) -> None:
    at = visit(leader, "home/guide.py")
    at.text_input(key="guide_words").set_value("Kaplan").run()
    assert "1 篇里有" in words(at) and "留存与首用" in [one.label for one in at.main.get("button")]
    at = visit(leader, "home/guide.py", text="topic_words")
    assert "柯氏四级" in words(at)
    assert "专题" in words(press(at, "回到目录"))


@pytest.mark.parametrize("asked", ["settings", "no_such_page", "../../README"])
def test_a_text_that_is_not_there_or_not_theirs_shows_the_contents(leader: Actor, visit: Visit, asked: str) -> None:
    assert "专题" in words(visit(leader, "home/guide.py", text=asked))


def test_first_steps_are_put_away_and_brought_back_by_each_for_themselves(
    house: Instance, leader: Actor, executive: Actor, plan: int, visit: Visit
) -> None:
    works_on(house, leader, plan)
    at = visit(leader)
    assert "人力资源负责人 · 已完成 1 / 7" in words(at) and "文件库里还缺" in words(at)
    at = press(at, "收起")
    assert "已完成 1 / 7" not in words(at) and "文件库里还缺" in words(at)
    assert "已收起" in words(visit(leader, "home/guide.py"))
    assert "高管 · 已完成 0 / 5" in words(visit(executive))
    assert "已完成 1 / 7" in words(press(visit(leader), "显示入门步骤"))


def test_everybody_has_first_steps_without_a_plan_too(leader: Actor, manager: Actor, administrator: Actor, visit: Visit) -> None:
    assert "人力资源负责人 · 已完成 0 / 7" in words(visit(leader)) and "载入示例分行" in labels(visit(leader), "button")
    assert "机构负责人 · 已完成 0 / 6" in words(visit(manager))
    assert "IT" not in words(visit(administrator)) and "系统管理员 · 已完成" in words(visit(administrator))


def test_every_key_comes_from_the_one_table_and_every_key_of_it_is_used() -> None:
    used: set[str] = set()
    for path in source_files("pages"):
        if path.name == "shortcuts.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "shortcut":
                assert isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "key_of", path
                used |= {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and one.value in SHORTCUTS}
    assert used == set(SHORTCUTS)


def test_no_two_keys_of_a_page_are_the_same() -> None:
    for page in PAGES:
        keys = [one.keys for one in SHORTCUTS.values() if one.page in ("", page)]
        assert len(keys) == len(set(keys)), page
