"""The way in and out in a real browser: the one-time link, passwords, the lock, revoked sign-ins, signing out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core.access.actor import Role
from tests.browser.access_server import PASSWORD, Server, running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A fresh server."""
    with running(tmp_path_factory.mktemp("sign-in")) as started:
        yield started


@pytest.fixture
def someone(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that knows nothing yet."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    yield context
    context.close()


def enter(context: BrowserContext, server: Server, login: str, password: str = PASSWORD, path: str = "/") -> Page:
    """Fill in the sign-in page and send it."""
    page = context.new_page()
    page.goto(f"{server.address}{path}")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    return page


def inside(page: Page) -> None:
    """The page is shown to somebody who is signed in."""
    expect(page.get_by_role("button", name="退出").first).to_be_visible(timeout=20_000)


def test_the_printed_link_lets_a_newcomer_in_with_one_click_and_works_once(
    server: Server, someone: BrowserContext, chromium: Browser
) -> None:
    page, said = someone.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.goto(server.owner_link())
    page.get_by_role("button", name="创建并进入").click()
    inside(page)
    assert page.url == f"{server.address}/"
    assert [text for text in said if "Content Security Policy" in text] == []
    page.get_by_role("button", name="退出").first.click()
    page.wait_for_url("**/sign-in*")
    stranger = chromium.new_page()
    answer = stranger.goto(server.owner_link())
    assert answer is not None and answer.status == 404
    stranger.close()


def test_a_password_leads_to_the_page_that_was_wanted(server: Server, someone: BrowserContext) -> None:
    server.add("lin", Role.HR_LEADER)
    page = enter(someone, server, "lin", path="/accounts")
    inside(page)
    assert page.url == f"{server.address}/accounts"
    expect(page.get_by_role("heading", name="人员与权限")).to_be_visible()


def test_after_five_wrong_passwords_the_right_one_is_refused_too(server: Server, someone: BrowserContext) -> None:
    server.add("zhao", Role.UNIT_MANAGER)
    page = enter(someone, server, "zhao", "wrong password")
    for password in ["wrong password"] * 4 + [PASSWORD]:
        expect(page.get_by_role("alert")).to_be_visible()
        page.get_by_label("密码").fill(password)
        page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("15 分钟")
    assert page.url == f"{server.address}/sign-in"


def test_a_sign_in_that_is_revoked_elsewhere_is_out_without_a_click(server: Server, someone: BrowserContext, chromium: Browser) -> None:
    server.add("sun", Role.HR_LEADER)
    other = chromium.new_context(locale="zh-CN", user_agent="Mozilla/5.0 (Windows NT 10.0) Firefox/130.0")
    there = enter(other, server, "sun")
    inside(there)
    here = enter(someone, server, "sun", path="/security")
    inside(here)
    expect(here.get_by_text("Firefox · Windows")).to_be_visible()
    here.get_by_test_id("stMain").get_by_role("button", name="退出", exact=False).first.click()
    expect(here.get_by_text("Firefox · Windows")).to_have_count(0)
    expect(there.get_by_role("heading", name="请先登录")).to_be_visible(timeout=40_000)
    there.reload()
    assert there.url.startswith(f"{server.address}/sign-in")
    other.close()


def test_signing_out_leads_to_the_sign_in_page_and_back_leads_nowhere(server: Server, someone: BrowserContext) -> None:
    server.add("wu", Role.HR_LEADER)
    page = enter(someone, server, "wu")
    inside(page)
    page.get_by_role("button", name="退出").first.click()
    page.wait_for_url("**/sign-in*")
    page.goto(f"{server.address}/accounts")
    assert page.url.startswith(f"{server.address}/sign-in")


def test_a_manager_of_accounts_invites_somebody_who_comes_in_by_the_link(
    server: Server, someone: BrowserContext, chromium: Browser
) -> None:
    server.add("wei", Role.IT_ADMINISTRATOR)
    page = enter(someone, server, "wei", path="/accounts")
    form = page.get_by_test_id("stForm").filter(has_text="添加人员")
    form.get_by_label("姓名").fill("钱行长")
    form.get_by_label("登录名").fill("qian")
    form.get_by_role("button", name="添加并生成链接").click()
    link = page.get_by_text(f"{server.address}/welcome/")
    expect(link).to_be_visible()
    address = link.inner_text().strip()
    new = chromium.new_context(locale="zh-CN")
    guest = new.new_page()
    guest.goto(address)
    guest.get_by_label("新密码").fill("quiet forest lantern")
    guest.get_by_role("button", name="保存并进入").click()
    inside(guest)
    page.reload()
    expect(page.get_by_role("heading", name="人员与权限")).to_be_visible()
    expect(page.get_by_text("/welcome/")).to_have_count(0)
    new.close()
