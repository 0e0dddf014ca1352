"""The robots of DingTalk and WeCom groups as a test wants them, over real HTTP.

`with Robot() as robot:` starts it on a free local port. It answers what `robot.reply` says, or checks the signature where `robot.secret` is
set, as DingTalk does. What came is in `robot.posts`: path with query, and the parsed body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

FINE = {"errcode": 0, "errmsg": "ok"}


class Robot:
    """The robot. `reply` is a status and a body; `wait` seconds pass before it answers."""

    def __init__(self, secret: str = "") -> None:
        self.secret = secret
        self.reply: tuple[int, Any] = (200, FINE)
        self.headers: dict[str, str] = {}
        self.wait = 0.0
        self.posts: list[tuple[str, dict[str, Any]]] = []
        self.closing = threading.Event()
        self._server = _Server(self)

    @property
    def url(self) -> str:
        """Its address, with a token as the real ones have."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/robot/send?access_token=SECRET-TOKEN"

    @property
    def texts(self) -> list[str]:
        """What was written into the group."""
        return [body["text"]["content"] for _path, body in self.posts]

    def __enter__(self) -> Robot:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, robot: Robot) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.robot = robot

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing on the test's output."""

    def do_POST(self) -> None:
        assert isinstance(self.server, _Server)
        robot = self.server.robot
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        robot.closing.wait(robot.wait)
        status, said = robot.reply
        if robot.secret and not self._is_signed(robot.secret):
            said = {"errcode": 310000, "errmsg": "sign not match, more: [https://example.com]"}
        else:
            robot.posts.append((self.path, body))
        content = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **robot.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _is_signed(self, secret: str) -> bool:
        query = parse_qs(urlsplit(self.path).query)
        moment, given = query.get("timestamp", [""])[0], query.get("sign", [""])[0]
        right = base64.b64encode(hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()).decode()
        return given == right and abs(time.time() - int(moment or 0) / 1000) < 3600
