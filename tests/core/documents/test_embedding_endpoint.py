"""The embedder that asks an OpenAI-compatible endpoint, over real HTTP."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from core.documents.embedding import EndpointEmbedder
from core.errors import BadInput, Unavailable


class _Service:
    """An embedding service on a local port that does what the test says."""

    def __init__(self) -> None:
        self.status = 200
        self.body: bytes | None = None
        self.seconds = 0.0
        self.dimensions = 4
        self.requests: list[tuple[str, dict[str, Any]]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                service.requests.append((self.headers["Authorization"], request))
                time.sleep(service.seconds)
                answer = service.body if service.body is not None else service.answer(request["input"])
                self.send_response(service.status)
                self.send_header("Content-Type", "text/html" if answer.startswith(b"<") else "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                except ConnectionError:  # the client has given up, as a test wants
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def answer(self, texts: list[str]) -> bytes:
        data = [{"object": "embedding", "index": i, "embedding": [float(len(text))] * self.dimensions} for i, text in enumerate(texts)]
        return json.dumps({"object": "list", "data": data, "model": "m", "usage": {"prompt_tokens": 1, "total_tokens": 1}}).encode()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def service() -> Iterator[_Service]:
    running = _Service()
    yield running
    running.close()


def test_an_endpoint_gets_whole_texts_in_small_requests_with_prefixes_and_key(service: _Service) -> None:
    embedder = EndpointEmbedder(service.address, "sk-1", "bge-m3", query_prefix="问：", passage_prefix="答：")
    vectors = embedder.passages([f"段落{number}" for number in range(23)])
    assert vectors.shape == (23, 4)
    assert np.allclose(vectors, 0.5)
    assert [len(request["input"]) for _, request in service.requests] == [10, 10, 3]
    assert service.requests[2][1]["input"][-1] == "答：段落22"
    assert service.requests[0][0] == "Bearer sk-1"
    assert service.requests[0][1]["model"] == "bge-m3"
    embedder.query("谁")
    assert service.requests[-1][1]["input"] == ["问：谁"]


def test_an_endpoint_tells_its_dimensions(service: _Service) -> None:
    embedder = EndpointEmbedder(service.address, "", "m")
    assert embedder.passages([]).shape == (0, 4)
    assert embedder.dimensions == 4
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(401, "密钥"), (403, "密钥"), (404, "没有语义模型“m”"), (429, "额度"), (400, "HTTP 400"), (500, "HTTP 500")],
)
def test_a_refusal_of_the_endpoint_is_a_sentence_without_the_key(status: int, sentence: str, service: _Service) -> None:
    service.status, service.body = status, b'{"error": {"message": "no: sk-secret"}}'
    with pytest.raises(Unavailable, match=sentence) as failure:
        EndpointEmbedder(service.address, "sk-secret", "m").query("客户")
    assert "sk-secret" not in str(failure.value)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>welcome</html>",
        b"{}",
        b"[]",
        b"not json",
        b'{"object": "list", "data": [], "model": "m"}',
        b'{"data": [{"embedding": [0, 0]}]}',
        b'{"data": [{"embedding": [NaN, 1]}]}',
        b'{"data": [{"embedding": [1, 0]}, {"embedding": [1, 0]}]}',
        b'{"data": [{"embedding": "x"}]}',
    ],
)
def test_an_answer_that_is_no_vector_is_refused(body: bytes, service: _Service) -> None:
    service.body = body
    with pytest.raises(Unavailable, match="不是语义向量"):
        EndpointEmbedder(service.address, "k", "m").query("客户")


def test_vectors_of_another_length_than_before_are_refused(service: _Service) -> None:
    embedder = EndpointEmbedder(service.address, "k", "m")
    embedder.query("客户")
    service.dimensions = 6
    with pytest.raises(Unavailable, match="4 维变成了 6 维"):
        embedder.query("客户")


def test_an_endpoint_that_does_not_answer_in_time_is_given_up(service: _Service) -> None:
    service.seconds = 1.5
    with pytest.raises(Unavailable, match="规定时间"):
        EndpointEmbedder(service.address, "k", "m", query_seconds=0.2).query("客户")


def test_an_endpoint_that_is_not_there_is_unavailable(service: _Service) -> None:
    service.close()
    with pytest.raises(Unavailable, match="连接不上"):
        EndpointEmbedder(service.address, "k", "m").query("客户")


@pytest.mark.parametrize("address", ["", "10.0.0.8:8000/v1", "ftp://host/v1", "http://", "http://host:port/v1"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match="http"):
        EndpointEmbedder(address, "k", "m")


def test_a_key_that_no_request_can_carry_is_refused() -> None:
    with pytest.raises(BadInput, match="密钥"):
        EndpointEmbedder("http://host/v1", "ｓｋ－１", "m")


def test_the_name_of_an_endpoint_tells_model_and_address_but_no_password() -> None:
    name = EndpointEmbedder("https://user:secret@host:8443/v1", "key-1", "bge-m3").name
    assert name == "endpoint-host:8443/v1-bge-m3"
