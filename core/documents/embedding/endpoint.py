"""Embeddings from an OpenAI-compatible endpoint, for instance one inside the bank."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from core.documents.embedding.inprocess import Vector
from core.errors import BadInput, Unavailable
from core.i18n import Message

_BATCH = 10
"""Texts per request; several services refuse more than ten."""

_RETRIES = 1


class EndpointEmbedder:
    """Vectors from `{base_url}/embeddings`. Every failure of the endpoint is an `Unavailable` that says what to check.

    base_url: with its version path, as `http://host:8000/v1`; key: may be empty; model: the name that the endpoint
    knows. The prefixes are for models that want them (e5: "query: " and "passage: "); the seconds are how long one
    attempt of a request may take, of two. Raises `BadInput` for an address or key that cannot be one.
    """

    def __init__(
        self,
        base_url: str,
        key: str,
        model: str,
        *,
        query_prefix: str = "",
        passage_prefix: str = "",
        query_seconds: float = 10.0,
        passages_seconds: float = 60.0,
    ) -> None:
        self._address = _shown_address(base_url)
        if not key.isascii():
            raise BadInput(Message("端点密钥含有中文或全角字符，请重新复制密钥。"))
        self._base_url, self._key, self._model = base_url, key, model
        self._query_prefix, self._passage_prefix = query_prefix, passage_prefix
        self._query_seconds, self._passages_seconds = query_seconds, passages_seconds
        self._opening = threading.Lock()
        self._client: Any = None
        self._known_dimensions: int | None = None
        self.name = "-".join(filter(None, ("endpoint", self._address, model, query_prefix, passage_prefix)))

    @property
    def dimensions(self) -> int:
        """The length of the vectors; asks the endpoint if it has not answered yet."""
        if self._known_dimensions is None:
            self.query("ping")
        assert self._known_dimensions is not None
        return self._known_dimensions

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of passages to be found."""
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        return self._embed([self._passage_prefix + text for text in texts], self._passages_seconds)

    def query(self, text: str) -> Vector:
        """The vector of a question."""
        vector: Vector = self._embed([self._query_prefix + text], self._query_seconds)[0]
        return vector

    def answering(self, question: str, sentences: Sequence[str]) -> None:
        """An endpoint of vectors reads no two texts together."""

    def _embed(self, texts: list[str], seconds: float) -> NDArray[np.float32]:
        import openai

        try:
            answer = self._opened().embed_documents(texts, timeout=seconds)
            vectors = np.array(answer, np.float32)
        except openai.OpenAIError as error:
            raise Unavailable(self._explain(error)) from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            # What the client raises for an answer that is no embedding: a web page, an error, rows of unequal length.
            raise Unavailable(self._malformed()) from error
        return self._checked(vectors, len(texts))

    def _checked(self, vectors: NDArray[np.float32], count: int) -> NDArray[np.float32]:
        if vectors.ndim != 2 or len(vectors) != count or not np.isfinite(vectors).all():
            raise Unavailable(self._malformed())
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not lengths.all():
            raise Unavailable(self._malformed())
        known = self._known_dimensions = self._known_dimensions or vectors.shape[1]
        if vectors.shape[1] != known:
            message = Message(
                "端点 {address} 返回的向量由 {before} 维变成了 {after} 维，模型可能已被更换，请重建索引。",
                address=self._address,
                before=known,
                after=vectors.shape[1],
            )
            raise Unavailable(message)
        normalised: NDArray[np.float32] = vectors / lengths
        return normalised

    def _opened(self) -> Any:
        with self._opening:
            if self._client is None:
                from langchain_openai import OpenAIEmbeddings
                from pydantic import SecretStr

                self._client = OpenAIEmbeddings(
                    model=self._model,
                    base_url=self._base_url,
                    api_key=SecretStr(self._key or "none"),  # the client insists on a key, endpoints often do not
                    check_embedding_ctx_length=False,  # would send token numbers of another model instead of text
                    chunk_size=_BATCH,
                    max_retries=_RETRIES,
                    model_kwargs={"encoding_format": "float"},  # not every server knows the client's default, base64
                )
            return self._client

    def _explain(self, error: Exception) -> Message:
        import openai

        address = self._address
        match error:
            case openai.AuthenticationError() | openai.PermissionDeniedError():
                return Message("端点 {address} 不接受这个密钥，请检查密钥及其权限。", address=address)
            case openai.NotFoundError():
                return Message(
                    "端点 {address} 上没有语义模型“{model}”，请检查模型名称，以及地址是否以 /v1 结尾。",
                    address=address,
                    model=self._model,
                )
            case openai.APITimeoutError():
                return Message("端点 {address} 没有在规定时间内回答，请稍后再试。", address=address)
            case openai.APIConnectionError():
                return Message("连接不上端点 {address}，请检查地址、网络和证书。", address=address)
            case openai.RateLimitError():
                return Message("端点 {address} 请求过多或额度已用完，请稍后再试。", address=address)
            case openai.APIStatusError():
                return Message(
                    "端点 {address} 拒绝了请求（HTTP {status}），请查看端点的日志。",
                    address=address,
                    status=error.status_code,
                )
            case _:
                return self._malformed()

    def _malformed(self) -> Message:
        return Message(
            "端点 {address} 的回答不是语义向量，请检查地址是否以 /v1 结尾、模型“{model}”是否是语义模型。",
            address=self._address,
            model=self._model,
        )


def _shown_address(base_url: str) -> str:
    """The address without a password that may be in it. Raises `BadInput` if it is none."""
    try:
        parts = urlsplit(base_url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in ("http", "https"):
        raise BadInput(Message("端点地址应以 http:// 或 https:// 开头，例如 http://10.0.0.8:8000/v1。"))
    return f"{host}:{port}{parts.path}" if port else f"{host}{parts.path}"
