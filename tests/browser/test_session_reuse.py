"""A session of Streamlit has a number that stands in addresses of uploads: whoever learns it gets nothing by it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from core.access.actor import Role
from tests.browser.access_server import PASSWORD, Server, forms_from, running
from tests.browser.page_socket import spoken


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("sessions")) as started:
        started.add("wang", Role.HR_LEADER)
        started.add("chen", Role.UNIT_MANAGER)
        yield started


def cookie(server: Server, login: str) -> dict[str, str]:
    """The header with which this person's browser comes."""
    form = {"login": login, "password": PASSWORD}
    answer = httpx.post(f"{server.address}/sign-in", data=form, headers=dict(forms_from(server.address)))
    assert answer.status_code == 303, answer.text
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in answer.cookies.items()), "Origin": server.address}


def test_a_session_goes_on_for_its_own_person_alone(server: Server) -> None:
    wang, chen = cookie(server, "wang"), cookie(server, "chen")
    first = spoken(server, wang)
    assert first.session and "Wang" in first.text
    # A reload of the same person does go on with it: the number is the right one.
    assert spoken(server, wang, first.session).session == first.session
    taken = spoken(server, chen, first.session)
    assert taken.session != first.session and "Chen" in taken.text and "Wang" not in taken.text
    strange = spoken(server, {"Origin": server.address}, first.session)
    assert strange.session != first.session and "请先登录" in strange.text and "Wang" not in strange.text
