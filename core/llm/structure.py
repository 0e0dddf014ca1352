"""Answers in a given shape: the ways to ask for them, and how to read what comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from core.llm import prompts
from core.llm.reasoning import answer_part, without_reasoning

Form = Literal["json_schema", "function", "json", "words"]
FORMS: tuple[Form, ...] = get_args(Form)
Shape = TypeVar("Shape", bound=BaseModel)

_LONGEST_SHOWN = 6000


class Unreadable(Exception):
    """What a model wrote is not in the shape asked for. `written` is its text, `problem` says what is wrong, for the model to read."""

    def __init__(self, written: str, problem: str) -> None:
        super().__init__(problem)
        self.written = written
        self.problem = problem


def bound(shape: type[BaseModel]) -> None:
    """Raise `ValueError` when a string or a list of `shape` has no greatest length: an unbounded one lets a model run on for ever."""
    for path, part in _parts(shape.model_json_schema(), shape.__name__):
        kind = part.get("type")
        if kind == "string" and not part.keys() & {"maxLength", "enum", "const", "format", "pattern"}:
            raise ValueError(f"{path} needs a max_length")
        if kind == "array" and "maxItems" not in part:
            raise ValueError(f"{path} needs a max_length")


def asking(shape: type[BaseModel], form: Form) -> dict[str, Any]:
    """What to add to a request to have `shape` in `form`: under "messages" turns of the conversation, the rest arguments of the call."""
    from langchain_core.utils.function_calling import convert_to_openai_tool

    tool = convert_to_openai_tool(shape, strict=form == "json_schema" or None)
    function = tool["function"]
    if form == "function":
        choice = {"type": "function", "function": {"name": function["name"]}}
        return {"messages": [], "tools": [tool], "tool_choice": choice}
    if form == "json_schema":
        schema = {"name": function["name"], "strict": True, "schema": function["parameters"]}
        return {"messages": [], "extra_body": {"response_format": {"type": "json_schema", "json_schema": schema}}}
    words = prompts.load("llm/shape").fill(schema=json.dumps(function["parameters"], ensure_ascii=False))
    if form == "words":
        return {"messages": words}
    return {"messages": words, "extra_body": {"response_format": {"type": "json_object"}}}


def repairing(messages: Sequence[prompts.Turn], shape: type[BaseModel], problem: Unreadable) -> list[prompts.Turn]:
    """The conversation that shows a model what it wrote, what is wrong with it and which schema it must follow."""
    words = prompts.load("llm/repair").fill(
        schema=json.dumps(shape.model_json_schema(), ensure_ascii=False), problem=problem.problem[:_LONGEST_SHOWN]
    )
    return [*messages, ("assistant", problem.written[:_LONGEST_SHOWN] or "{}"), *words]


def read(text: str, shape: type[Shape]) -> Shape:
    """`text` as `shape`; thinking, code fences and words around the object are passed over. Raises `Unreadable`."""
    plain = answer_part("".join(without_reasoning([text])))
    start, end = plain.find("{"), plain.rfind("}")
    if start < 0 or end < start:
        raise Unreadable(plain, "There is no JSON object.")
    try:
        return shape.model_validate_json(plain[start : end + 1])
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}" for detail in error.errors(include_url=False)]
        raise Unreadable(plain, "\n".join(problems)) from error


def _parts(schema: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        yield path, schema
        for name, part in schema.items():
            yield from _parts(part, f"{path}.{name}")
    elif isinstance(schema, list):
        for part in schema:
            yield from _parts(part, path)
