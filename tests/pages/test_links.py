"""Shared links as pages: made by human resources, read by a guest who sees one page and nothing else."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.delivery.timetable import publishing
from core.delivery.timetable import service as timetable
from core.instance import Instance
from core.shares import service as shares
from core.shares.terms import SharedPage
from core.snapshots import service as snapshots
from core.snapshots.service import Wanted
from core.snapshots.tables import ShareSnapshot
from core.strategy.findings import Perspective
from core.strategy.themes import service as themes
from core.strategy.themes.service import Draft
from pages.shared.sharing import SHARED_PAGES
from pages.shared.sitemap import PAGES
from tests.core.delivery.timetable_world import furnish, publish, schedule
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words
from tests.texts import ROOT

PAGE = "home/links.py"


@pytest.fixture(autouse=True)
def _chosen(house: Instance, leader: Actor, plan: int) -> None:
    works_on(house, leader, plan)


def come(language: str = "zh", link: int = 1) -> AppTest:
    """A browser that came by a link, on the link's page."""
    at = AppTest.from_file(str(ROOT / "pages" / "router.py"), default_timeout=30)
    at.context = {"locale": language, "timezone": "Asia/Shanghai", "theme": "light"}
    at.user = {"share": str(link)}
    return at.run()


def open_shared(at: AppTest, page: SharedPage) -> AppTest:
    return at.switch_page(PAGES[SHARED_PAGES[page]].script.removeprefix("pages/")).run()


def link(house: Instance, leader: Actor, plan: int, page: SharedPage) -> None:
    with house.database.writing() as db:
        shares.create(db, leader, plan, page, days=3)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_link_is_made_shown_once_listed_and_withdrawn(language: str, leader: Actor, visit: Visit) -> None:
    chinese = language == "zh"
    at = visit(leader, PAGE, language)
    at = press(at, "生成链接" if chinese else "Make the link")
    assert "/share/" in at.code[0].value
    at = press(at, "已保存，收起" if chinese else "Saved, put away")
    assert not at.code and ("还没有人打开过" if chinese else "not opened yet") in words(at)
    at = press(at, "作废" if chinese else "Withdraw")
    assert ("已作废或已过期（1）" if chinese else "Withdrawn or expired (1)") in labels(at, "expander")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", list(SharedPage))
def test_a_guest_reads_the_page_of_the_link_and_is_offered_no_other(
    page: SharedPage, language: str, house: Instance, leader: Actor, plan: int
) -> None:
    link(house, leader, plan, page)
    at = open_shared(come(language), page)
    assert at.title[0].value == PAGES[SHARED_PAGES[page]].title.render(language)
    assert ("共享页面" if language == "zh" else "Shared page") in words(at)
    assert not at.sidebar.children and not labels(at, "page_link")
    assert not {"怎么用", "How to use this page"} & set(labels(at, "button"))


def test_a_guest_whose_link_was_withdrawn_reads_nothing_more(house: Instance, leader: Actor, plan: int) -> None:
    link(house, leader, plan, SharedPage.CHAIN)
    at = open_shared(come(), SharedPage.CHAIN)
    with house.database.writing() as db:
        shares.revoke(db, leader, 1)
    at.run()
    assert at.title[0].value == "链接无效" and "对齐链" not in words(at)


def test_a_guest_reaches_no_page_but_that_of_the_link(house: Instance, leader: Actor, plan: int) -> None:
    link(house, leader, plan, SharedPage.CHAIN)
    at = come()
    for name in ("gaps", "roster", "audit", "home"):
        with pytest.raises(ValueError, match="Could not find a navigation page"):
            at.switch_page(PAGES[name].script.removeprefix("pages/"))
    assert "这个链接只能打开它自己的页面" in words(at)


def test_an_administrator_switches_links_off_and_human_resources_reads_that(
    house: Instance, leader: Actor, administrator: Actor, plan: int, visit: Visit
) -> None:
    link(house, leader, plan, SharedPage.CHAIN)
    at = visit(administrator, "settings/general.py")
    next(one for one in at.toggle if one.label.startswith("允许用共享链接")).set_value(False)
    form = next(one for one in at.button if one.key and "shares" in one.key)
    form.click().run()
    assert not house.settings.shares
    assert "已关闭共享链接" in words(visit(leader, PAGE))
    assert come().title[0].value == "请先登录"


def test_a_guest_takes_nothing_away_that_holds_more_than_the_page(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    with house.database.writing() as db:
        themes.create(db, leader, plan, Draft("零售转型", Perspective.CUSTOMER))
    link(house, leader, plan, SharedPage.STRATEGY_MAP)
    assert "导出 Word 章节" in labels(visit(leader, "strategy/themes.py"), "download_button")
    assert "导出 Word 章节" not in labels(open_shared(come(), SharedPage.STRATEGY_MAP), "download_button")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_link_that_keeps_its_page_says_of_when_it_is_and_shows_nothing_later(
    language: str, house: Instance, leader: Actor, plan: int, visit: Visit
) -> None:
    chinese = language == "zh"
    with house.database.writing() as db:
        themes.create(db, leader, plan, Draft("零售转型", Perspective.CUSTOMER, owner=f"零售金融部、{leader.name}"))
    at = visit(leader, PAGE, language)
    at.checkbox(key="share_kept").check()
    at = press(at, "生成链接" if chinese else "Make the link")
    assert ("截至" if chinese else "as of") in words(at)
    with house.database.writing() as db:
        themes.create(db, leader, plan, Draft("后来的主题", Perspective.PROCESS))
    at = open_shared(come(language), SharedPage.STRATEGY_MAP)
    assert ("以后的改动不在内" if chinese else "without later changes") in words(at)
    shown = at.dataframe[0].value
    assert list(shown["name"]) == ["零售转型"] and list(shown["owner"]) == ["零售金融部、***"]


@pytest.mark.parametrize("page", [SharedPage.LEVELS, SharedPage.EXECUTIVE])
def test_the_other_pages_that_can_be_kept_open_from_what_was_kept(page: SharedPage, house: Instance, leader: Actor, plan: int) -> None:
    with house.database.writing() as db:
        snapshots.create(db, leader, plan, Wanted(page, 3, as_of_now=True))
    at = open_shared(come(), page)
    assert at.title[0].value == str(PAGES[SHARED_PAGES[page]].title) and "以后的改动不在内" in words(at)


def test_a_page_that_cannot_be_kept_is_refused_in_words(leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.selectbox(key="share_page").set_value(SharedPage.CHAIN)
    at.checkbox(key="share_kept").check()
    at = press(at, "生成链接")
    assert "“对齐链”还不能定格" in words(at) and not at.code


def test_nothing_stands_in_for_what_was_kept_and_is_gone(house: Instance, leader: Actor, plan: int) -> None:
    with house.database.writing() as db:
        themes.create(db, leader, plan, Draft("零售转型", Perspective.CUSTOMER))
        snapshots.create(db, leader, plan, Wanted(SharedPage.STRATEGY_MAP, 3, as_of_now=True))
        row = db.get(ShareSnapshot, 1)
        assert row is not None
        row.content = None
    at = open_shared(come(), SharedPage.STRATEGY_MAP)
    # What a refusal says is shown by the server's own hook (pages/shared/identity.py), which AppTest does not run.
    assert at.exception and not at.dataframe


def test_a_guest_of_the_timetable_reads_no_trainer(house: Instance, leader: Actor) -> None:
    made = furnish(house, leader)
    publish(house, leader, made, schedule(house, leader, made.plan))
    works_on(house, leader, made.plan)
    with house.database.reading() as db:
        inside, outside = (timetable.sessions(db, who, made.plan) for who in (leader, shares.visitor()))
        versions = publishing.versions(db, shares.visitor(), made.plan)
    trainers = {one.trainer for one in inside if one.trainer}
    assert trainers and not any(one.trainer or one.members or one.changed_by or one.breaks for one in outside)
    assert [one.day for one in outside] == [one.day for one in inside] and not any(one.by or one.lines for one in versions)
    link(house, leader, made.plan, SharedPage.TIMETABLE)
    at = open_shared(come(), SharedPage.TIMETABLE)
    text = words(at) + "".join(str(one.value) for one in at.dataframe)
    assert "按项目" in str(at.get("button_group")) and "按讲师" not in str(at.get("button_group"))
    assert leader.name not in text and not any(name in text for name in trainers)
