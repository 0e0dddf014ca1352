"""The bank's own sign-in (OpenID Connect), against a real provider on this machine and in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, expect

from core.access.actor import Role
from tests.browser.access_server import Server, free_port, running


@dataclass(frozen=True)
class Bank:
    """A server whose people sign in at the bank's provider, and a browser to do it with."""

    server: Server
    chromium: Browser

    def arrive(self, subject: str) -> Page:
        """Come to the server, choose the bank's sign-in and be `subject` there."""
        page = self.chromium.new_context(locale="zh-CN").new_page()
        page.set_default_timeout(20_000)
        page.goto(f"{self.server.address}/sign-in")
        page.get_by_role("link", name="行内统一身份登录").click()
        page.get_by_role("button", name="行内统一身份登录").click()
        page.get_by_role("button", name=subject, exact=True).click()
        page.wait_for_url(f"{self.server.address}/**")
        return page


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Bank]:
    """Lin and Zhao have accounts, Zhao's is disabled; a stranger has none; Sun's address is unverified."""
    people = [
        User(sub=name, claims={"email": f"{name}@bank.example", "email_verified": name != "sun", "name": name})
        for name in ("lin", "zhao", "stranger", "sun")
    ]
    port = free_port()
    with run_server_in_thread(user_claims=people) as provider:
        environment = {
            "CEXUN_OIDC_METADATA_URL": f"http://localhost:{provider.server_port}/.well-known/openid-configuration",
            "CEXUN_OIDC_CLIENT_ID": "cexun",
            "CEXUN_OIDC_CLIENT_SECRET": "of no importance here",
            "CEXUN_OIDC_LABEL": "行内统一身份登录",
            "CEXUN_PUBLIC_URL": f"http://localhost:{port}",
        }
        with running(tmp_path_factory.mktemp("oidc"), port, **environment) as server:
            for name in ("lin", "zhao", "sun"):
                account_id = server.add(name, Role.HR_LEADER, email=f"{name}@bank.example")
                if name == "zhao":
                    server.disable(account_id)
            yield Bank(server, chromium)


def test_somebody_with_an_account_is_inside_and_can_leave_again(bank: Bank) -> None:
    page = bank.arrive("lin")
    expect(page.get_by_role("button", name="退出").first).to_be_visible()
    page.goto(f"{bank.server.address}/security")
    expect(page.get_by_text("这个浏览器")).to_be_visible()
    copied = page.context.cookies(bank.server.address)
    page.get_by_role("button", name="退出").first.click()
    expect(page.get_by_role("button", name="退出")).to_have_count(0)
    # A copy of the cookie, made before, leads to the refusal and not inside.
    page.context.add_cookies(copied)  # type: ignore[arg-type]
    page.goto(f"{bank.server.address}/security")
    expect(page.get_by_role("heading", name="请先登录")).to_be_visible()


@pytest.mark.parametrize("name", ["stranger", "zhao", "sun"])
def test_whom_the_bank_knows_but_we_do_not_sees_a_refusal_and_nothing_else(bank: Bank, name: str) -> None:
    page = bank.arrive(name)
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("没有可用的账户")
    expect(refusal).to_contain_text(name)
    for path in ("", "accounts", "library"):
        page.goto(f"{bank.server.address}/{path}")
        expect(page.get_by_role("heading", name="请先登录")).to_be_visible()
        expect(page.get_by_role("button", name="退出")).to_have_count(0)
        expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
    page.get_by_role("button", name="换一个账户").click()
    expect(refusal).to_have_count(0)
