"""The doors and the middleware around a stand-in for the pages that tells whom it was shown to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from core.access import service as access
from core.settings import Settings
from core.storage import Database
from core.web.desk import FAILURES
from core.web.headers import Headers
from core.web.identity import Identity
from core.web.routes import routes

ADDRESS = "http://cexun.example"
SOCKET = "ws://cexun.example/_stcore/stream"
# Fewer than in the product, where each costs a password hash.
TRIES = 6
OURS = {"origin": ADDRESS}
PAGE = {"accept": "text/html"}


@dataclass
class FakeHouse:
    """A database and settings, without index and background work."""

    database: Database
    settings: Settings

    def owner_link(self) -> str:
        """A link of the first start."""
        with self.database.writing() as db:
            token = access.owner_link(db)
        assert token is not None
        return f"/welcome/{token}"


def _whom(headers: object) -> dict[str, object]:
    return {name: value for name, value in headers.items() if name.startswith("x")}  # type: ignore[attr-defined]


async def _anything(request: Request) -> Response:
    whom = _whom(request.headers)
    return HTMLResponse(str(whom)) if "text/html" in request.headers.get("accept", "") else JSONResponse(whom)


async def _stream(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_json(_whom(websocket.headers))
    await websocket.close()


@pytest.fixture
def house(migrated: Path, tmp_path: Path) -> Iterator[FakeHouse]:
    """A house in which nobody lives yet."""
    shutil.copy(migrated, tmp_path / "cexun.db")
    database = Database(f"sqlite:///{(tmp_path / 'cexun.db').as_posix()}")
    yield FakeHouse(database, Settings(data=tmp_path))
    database.close()


@pytest.fixture
def client(house: FakeHouse) -> Iterator[TestClient]:
    """A browser at the door; it keeps cookies and does not follow redirects by itself."""
    app = Starlette(
        routes=[
            *routes(lambda: house, tries=TRIES),
            WebSocketRoute("/_stcore/stream", _stream),
            Route("/{rest:path}", _anything, methods=["GET", "PUT"]),
        ],
        middleware=[Middleware(Headers, instance=lambda: house), Middleware(Identity, instance=lambda: house)],
        exception_handlers=FAILURES,
    )
    with TestClient(app, base_url=ADDRESS, follow_redirects=False) as made:
        yield made


@pytest.fixture
def owner(client: TestClient, house: FakeHouse) -> TestClient:
    """The browser of an owner who has a password."""
    form = {"name": "管理员", "login": "admin", "password": "mountain river bridge"}
    assert client.post(house.owner_link(), data=form, headers=OURS).status_code == 303
    return client
