"""The socket of a page, spoken to as a browser does, by whoever the headers say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from websockets.sync.client import connect

from tests.browser.access_server import Server


@dataclass(frozen=True)
class Heard:
    """What a page's socket said until its run ended, and under which session."""

    session: str
    text: str


def spoken(server: Server, headers: Mapping[str, str], session: str = "", page: str = "") -> Heard:
    """Open the socket, asking to go on with a session, and run a page."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    request = BackMsg()
    request.rerun_script.query_string = ""
    request.rerun_script.page_name = page
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
