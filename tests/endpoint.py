"""An OpenAI-compatible model server that says what a test tells it to, over real HTTP.

`with Endpoint() as endpoint:` starts it on a free local port. What it answers to chat completions comes from `endpoint.queue`, one reply
a request, and when that is empty from `endpoint.reply`, a reply or a function of the request. Every request is kept in
`endpoint.requests`. It knows streaming and whole replies, response formats, tools, the list of models, embeddings, and the ways in which
real servers fail.
"""

from __future__ import annotations

import base64
import hashlib
import json
import ssl
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Features = frozenset[str]
EVERYTHING: Features = frozenset({"json_schema", "json_object", "tools"})


@dataclass(frozen=True)
class Request:
    """One request as it arrived. `body` is the parsed JSON, empty for a GET."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        """All messages' contents, one after another."""
        return "\n".join(str(message["content"]) for message in self.body.get("messages", ()))

    @property
    def asked_form(self) -> str:
        """How structured output was asked for: json_schema, json_object, tools or nothing."""
        if self.body.get("tools"):
            return "tools"
        return str(self.body.get("response_format", {}).get("type", ""))


@dataclass(frozen=True)
class Reply:
    """What the server does with one chat request.

    `text` comes in pieces of `piece` characters, `pause` seconds between them. `drop_after` pieces the connection is cut (`politely`: with
    a proper end of the body but no end of the answer). `status` other than 200 is an error with `text` as its message. `raw` is a body
    sent as it is, of `content_type`. `wait` seconds pass before anything is sent. `comments` keeps the line alive without content.
    """

    text: str = ""
    status: int = 200
    piece: int = 3
    pause: float = 0.0
    wait: float = 0.0
    drop_after: int | None = None
    politely: bool = False
    finish: str = "stop"
    refusal: str = ""
    reasoning: str = ""
    raw: bytes | None = None
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    comments: float = 0.0
    stream_error: str = ""


def says(text: str, **how: Any) -> Reply:
    """The model answers `text`; also the arguments of a tool call when a tool was asked for."""
    return Reply(text=text, **how)


def fails(status: int, message: str = "went wrong", **headers: str) -> Reply:
    """An HTTP error. `Retry_After="0"` and the like become headers."""
    return Reply(text=message, status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})


def hangs(seconds: float = 30.0) -> Reply:
    """Nothing comes for `seconds`, unless the server is closed before."""
    return Reply(text="太迟了", wait=seconds)


def drops(text: str, after: int, *, politely: bool = False) -> Reply:
    """The connection is cut after so many pieces of `text`."""
    return Reply(text=text, drop_after=after, politely=politely)


def garbage(body: bytes = b"<html><body>It works!</body></html>", content_type: str = "text/html") -> Reply:
    """Something that is no model answer, with status 200."""
    return Reply(raw=body, content_type=content_type)


def refuses(words: str = "I can't help with that.") -> Reply:
    """The refusal field of the protocol, instead of content."""
    return Reply(refusal=words)


def filtered(text: str = "") -> Reply:
    """The service's content filter ends the answer after `text`."""
    return Reply(text=text, finish="content_filter")


class Endpoint:
    """The server. `url` is what goes into the settings page; `key` is demanded when it is not empty."""

    def __init__(self, *, features: Features = EVERYTHING, key: str = "", certificate: Path | None = None) -> None:
        self.features = features
        self.key = key
        self.models: tuple[str, ...] | None = ("stub-model",)
        self.dimensions = 8
        self.queue: deque[Reply] = deque()
        self.reply: Reply | Callable[[Request], Reply] = fails(500, "the script has ended")
        self.requests: list[Request] = []
        self.closing = threading.Event()
        self._server = _Server(self)
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._scheme = "http" if certificate is None else "https"

    def __enter__(self) -> Endpoint:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def root(self) -> str:
        """The address without /v1."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """The address of the API."""
        return f"{self.root}/v1"

    @property
    def chats(self) -> list[Request]:
        """The chat requests so far."""
        return [request for request in self.requests if request.path.endswith("/chat/completions")]

    def script(self, *replies: Reply) -> None:
        """Answer the next requests with these replies, in this order."""
        self.queue.extend(replies)

    def next_reply(self, request: Request) -> Reply:
        """The reply for a chat request."""
        form = request.asked_form
        if form and form not in self.features:
            return fails(400, f"This response_format type is unavailable now: {form}")
        if self.queue:
            return self.queue.popleft()
        return self.reply if isinstance(self.reply, Reply) else self.reply(request)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.endpoint = endpoint

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def endpoint(self) -> Endpoint:
        assert isinstance(self.server, _Server)
        return self.server.endpoint

    def log_message(self, *_: object) -> None:
        """Nothing on the test's output."""

    def do_GET(self) -> None:
        self._serve("GET", {})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self._serve("POST", json.loads(self.rfile.read(length) or b"{}"))

    def _serve(self, method: str, body: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(method, self.path, headers, body)
        self.endpoint.requests.append(request)
        if not self.path.startswith("/v1/"):
            self._send(404, b"<html><body>404 page not found</body></html>", "text/html")
        elif self.endpoint.key and headers.get("authorization") != f"Bearer {self.endpoint.key}":
            self._error(401, "Incorrect API key provided")
        elif self.path == "/v1/models" and self.endpoint.models is not None:
            self._json({"object": "list", "data": [{"id": name, "object": "model"} for name in self.endpoint.models]})
        elif self.path == "/v1/embeddings":
            self._json(_embeddings(request.body, self.endpoint.dimensions))
        elif self.path == "/v1/chat/completions":
            self._chat(request)
        else:
            self._error(404, "no such route")

    def _chat(self, request: Request) -> None:
        if self.endpoint.models is not None and request.body["model"] not in self.endpoint.models:
            self._error(404, f"The model `{request.body['model']}` does not exist")
            return
        reply = self.endpoint.next_reply(request)
        if self.endpoint.closing.wait(reply.wait):
            self.close_connection = True
        elif reply.raw is not None:
            self._send(200, reply.raw, reply.content_type)
        elif reply.status != 200:
            self._error(reply.status, reply.text, reply.headers)
        elif request.body.get("stream"):
            self._stream(request, reply)
        else:
            self._json(_completion(request, reply))

    def _stream(self, request: Request, reply: Reply) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            self._events(request, reply)
        except OSError:
            # The reader left, which is what some tests are about.
            self.close_connection = True

    def _events(self, request: Request, reply: Reply) -> None:
        until = time.monotonic() + reply.comments
        while time.monotonic() < until and not self.endpoint.closing.wait(0.05):
            self._chunk(b": keep-alive\n\n")
        for count, event in enumerate(_deltas(request, reply)):
            if reply.drop_after is not None and count >= reply.drop_after:
                if reply.politely:
                    self._chunk(b"")
                self.close_connection = True
                return
            self._chunk(b"data: " + json.dumps(event, ensure_ascii=False).encode() + b"\n\n")
            self.endpoint.closing.wait(reply.pause)
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _json(self, data: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(data, ensure_ascii=False).encode(), "application/json", headers)

    def _error(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        self._json({"error": {"message": message, "type": "stub", "code": None}}, status, headers)

    def _send(self, status: int, body: bytes, content_type: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": content_type,
            "Content-Length": str(len(body)),
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _completion(request: Request, reply: Reply) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text}
    finish = reply.finish
    if reply.refusal:
        message |= {"content": None, "refusal": reply.refusal}
    elif request.asked_form == "tools":
        message |= {"content": None, "tool_calls": [_tool_call(request, reply.text)]}
        finish = "tool_calls"
    choice = {"index": 0, "message": message, "finish_reason": finish}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return _head(request, "chat.completion") | {"choices": [choice], "usage": usage}


def _deltas(request: Request, reply: Reply) -> Iterator[dict[str, Any]]:
    head = _head(request, "chat.completion.chunk")

    def event(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        return head | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}

    if reply.reasoning:
        yield event({"role": "assistant", "reasoning_content": reply.reasoning})
    if reply.refusal:
        yield event({"role": "assistant", "refusal": reply.refusal})
    called = request.asked_form == "tools"
    for start in range(0, len(reply.text), reply.piece):
        part = reply.text[start : start + reply.piece]
        yield event({"tool_calls": [_tool_call(request, part, first=start == 0)]} if called else {"role": "assistant", "content": part})
    if reply.stream_error:
        yield {"error": {"message": reply.stream_error, "type": "server_error", "code": None}}
    yield event({}, "tool_calls" if called else reply.finish)


def _head(request: Request, kind: str) -> dict[str, Any]:
    return {"id": "stub-1", "object": kind, "created": 1, "model": request.body["model"]}


def _tool_call(request: Request, arguments: str, *, first: bool = True) -> dict[str, Any]:
    if not first:
        return {"index": 0, "function": {"arguments": arguments}}
    name = request.body["tools"][0]["function"]["name"]
    return {"index": 0, "id": "call-1", "type": "function", "function": {"name": name, "arguments": arguments}}


def _embeddings(body: dict[str, Any], dimensions: int) -> dict[str, Any]:
    texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
    vectors = [_vector(str(text), dimensions) for text in texts]
    shown: list[Any] = list(vectors)
    if body.get("encoding_format") == "base64":
        shown = [base64.b64encode(struct.pack(f"<{dimensions}f", *vector)).decode() for vector in vectors]
    data = [{"object": "embedding", "index": i, "embedding": vector} for i, vector in enumerate(shown)]
    return {"object": "list", "data": data, "model": body["model"], "usage": {"prompt_tokens": 1, "total_tokens": 1}}


def _vector(text: str, dimensions: int) -> list[float]:
    digest = hashlib.shake_128(text.encode()).digest(dimensions)
    return [byte / 255 - 0.5 for byte in digest]
