"""`Model`: a language model behind an OpenAI-compatible endpoint, through langchain."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import BaseModel

from core.errors import Unavailable
from core.llm import failures
from core.llm.reasoning import answer_part, without_reasoning
from core.llm.structure import FORMS, Form, Unreadable, asking, bound, read, repairing
from core.logs import logger
from core.settings import Settings

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk
    from langchain_openai import ChatOpenAI

Turn = tuple[Literal["system", "user", "assistant"], str]
Shape = TypeVar("Shape", bound=BaseModel)

_LONGEST_ANSWER = 12_000
# A server without a key still wants the header; a key in the environment must never reach an endpoint it was not meant for.
_NO_KEY = "none"

log = logger(__name__)

# What endpoints were found to take, by address and model name: kept for the life of the process and found out again after it.
_forms: dict[tuple[str, str], Form] = {}
_without_temperature: set[tuple[str, str]] = set()


class Model:
    """One model at one endpoint. Safe to use from several threads. All failures are raised as `Unavailable`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._place = (settings.model_url, settings.model_name)

    @property
    def name(self) -> str:
        """The model's name at its endpoint."""
        return self._settings.model_name

    def stream(self, messages: Sequence[Turn], longest: int = _LONGEST_ANSWER) -> Iterator[str]:
        """The model's answer as it comes, without its thinking, cut off after `longest` characters.

        Raises `Unavailable` at any moment of the iteration; also when nothing was written.
        """
        written = 0
        with closing(self._pieces(messages)) as pieces:
            for text in without_reasoning(pieces):
                written += len(text)
                yield text
                if written >= longest:
                    return
        if not written:
            raise Unavailable(failures.NOTHING_WRITTEN)

    def write(self, messages: Sequence[Turn], longest: int = _LONGEST_ANSWER) -> str:
        """The model's whole answer. Raises `Unavailable`."""
        return answer_part("".join(self.stream(messages, longest))).strip()

    def structured(self, messages: Sequence[Turn], shape: type[Shape]) -> Shape:
        """The model's answer in `shape`, whose strings and lists must all have a greatest length.

        Asked for as a JSON schema, then as a call of a function, then as any JSON, then in words alone, and at last by showing the model
        what was wrong with what it wrote. The way that worked is tried first the next time. Raises `Unavailable`, and `ValueError` for an
        unbounded shape.
        """
        bound(shape)
        known = _forms.get(self._place)
        problem: Unreadable | None = None
        for form in sorted(FORMS, key=lambda form: form != known):
            try:
                found = read(self._filled(messages, shape, form), shape)
            except Unreadable as unreadable:
                problem = unreadable
                if form == known:
                    break
            except _Refused:
                log.info("model_form_refused", form=form, model=self.name)
            else:
                _forms[self._place] = form
                return found
        return self._repaired(messages, shape, problem)

    def _repaired(self, messages: Sequence[Turn], shape: type[Shape], problem: Unreadable | None) -> Shape:
        # Asking in words cannot be refused for its form, so that here something was written.
        assert problem is not None
        try:
            return read(self.write(repairing(messages, shape, problem)), shape)
        except Unreadable as error:
            raise Unavailable(failures.WRONG_FORM) from error

    def _filled(self, messages: Sequence[Turn], shape: type[BaseModel], form: Form) -> str:
        """The text or the arguments in which the model gives `shape` when asked in `form`. Raises `_Refused` for a form not known there."""
        extra = asking(shape, form)
        turns = extra.pop("messages")
        arguments = ""
        text = ""
        for chunk in self._chunks([*messages, *turns], refusable=form != "words", **extra):
            text += str(chunk.content)
            arguments += "".join(part["args"] or "" for part in chunk.tool_call_chunks)
        return arguments or text

    def _pieces(self, messages: Sequence[Turn]) -> Generator[str]:
        for chunk in self._chunks(messages):
            if chunk.content:
                yield str(chunk.content)

    def _chunks(self, messages: Sequence[Turn], *, refusable: bool = False, **extra: Any) -> Iterator[AIMessageChunk]:
        """The chunks of an answer that came to its proper end; anything else is raised, in words for a person."""
        import openai
        from langchain_core.exceptions import LangChainException

        finish = ""
        try:
            for chunk in self._begun(messages, extra):
                finish = chunk.response_metadata.get("finish_reason") or finish
                yield chunk
        except (
            openai.OpenAIError,
            LangChainException,
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            IndexError,
        ) as error:
            if refusable and _refuses_the_form(error):
                raise _Refused from error
            failure = failures.explain(error, self._settings)
            log.warning("model_failed", model=self.name, error=type(error).__name__, status=getattr(error, "status_code", None))
            raise failure from error
        if finish == "content_filter":
            raise Unavailable(failures.FILTERED)
        if not finish:
            # A connection that ends without the protocol's own end was cut, even if politely.
            raise Unavailable(failures.BROKEN_OFF)

    def _begun(self, messages: Sequence[Turn], extra: dict[str, Any]) -> Iterator[AIMessageChunk]:
        """The stream; begun again without a temperature where the model takes none but its own."""
        import openai

        try:
            yield from self._streamed(messages, extra)
        except openai.BadRequestError as error:
            if "temperature" not in str(error) or self._place in _without_temperature:
                raise
            _without_temperature.add(self._place)
            yield from self._streamed(messages, extra)

    def _streamed(self, messages: Sequence[Turn], extra: dict[str, Any]) -> Iterator[AIMessageChunk]:
        options = extra if self._place in _without_temperature else {"temperature": 0, **extra}
        return self._chat.stream(list(messages), **options)

    @cached_property
    def _chat(self) -> ChatOpenAI:
        # Tracing would send documents to a third party; the switches are read when langchain is imported.
        os.environ["LANGSMITH_TRACING"] = os.environ["LANGCHAIN_TRACING_V2"] = "false"
        import httpx2
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        from core.llm.connection import Line, trusted

        return ChatOpenAI(
            model=self._settings.model_name,
            base_url=self._settings.model_url.rstrip("/"),
            api_key=SecretStr(self._settings.model_key or _NO_KEY),
            timeout=self._settings.model_timeout_seconds,
            max_retries=0,
            http_client=Line(self._settings.model_timeout_seconds),
            # Never used, but made all the same, with certificates of its own if it is given none.
            http_async_client=httpx2.AsyncClient(verify=trusted()),
            openai_proxy="",
            use_responses_api=False,
        )


class _Refused(Exception):
    """The endpoint does not know this way of asking for structure."""


def _refuses_the_form(error: Exception) -> bool:
    from langchain_core.exceptions import ContextOverflowError

    return getattr(error, "status_code", None) in (400, 415, 422, 501) and not isinstance(error, ContextOverflowError)


def model_of(settings: Settings) -> Model | None:
    """The configured model, the same object for the same settings; None when no endpoint is configured."""
    return _model(settings) if settings.has_model else None


@lru_cache(maxsize=4)
def _model(settings: Settings) -> Model:
    return Model(settings)
