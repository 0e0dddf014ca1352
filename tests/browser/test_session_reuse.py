"""A session of Streamlit has a number that stands in addresses of uploads: whoever learns it gets nothing by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import httpx
import pytest
from websockets.sync.client import connect

from core.access.actor import Role
from tests.browser.access_server import PASSWORD, Server, forms_from, running


@dataclass(frozen=True)
class Heard:
    """What a page's socket said until its run ended, and under which session."""

    session: str
    text: str


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


def spoken(server: Server, headers: Mapping[str, str], session: str = "") -> Heard:
    """Open a page's socket, asking to go on with a session, and run home."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    request = BackMsg()
    request.rerun_script.query_string = ""
    url = f"{server.address.replace('http', 'ws')}/_stcore/stream"
    protocols = ["streamlit", "nothing", session] if session else ["streamlit"]
    with connect(url, subprotocols=protocols, additional_headers=dict(headers), open_timeout=20) as stream:  # type: ignore[arg-type]
        stream.send(request.SerializeToString())
        found, heard = "", b""
        while True:
            piece = stream.recv(timeout=30)
            assert isinstance(piece, bytes)
            heard += piece
            message = ForwardMsg.FromString(piece)
            if message.WhichOneof("type") == "new_session":
                found = message.new_session.initialize.session_id
            if message.WhichOneof("type") == "script_finished":
                return Heard(found, heard.decode("utf-8", "replace"))


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
