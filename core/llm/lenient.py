"""Parts of shapes that ask strictly and read leniently.

The schema restricts a model to what it may choose and how much it may write; what it writes all the same is for the caller to check, so
that one wrong choice costs that choice and not the whole answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Word = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
"""A text that may be missing; it needs a bound in the schema."""

OrNone = BeforeValidator(lambda value: [] if value is None else value)
"""For a list that may be missing."""


def _all_required(schema: dict[str, Any]) -> None:
    """Asked for in full, as strict endpoints want it, though what is left out does no harm."""
    schema["required"] = list(schema["properties"])
    for part in schema["properties"].values():
        part.pop("default", None)


class Part(BaseModel):
    """An object of an answer. Fields with a default are asked for and may be missing."""

    model_config = ConfigDict(json_schema_extra=_all_required)


def chosen(values: Sequence[str]) -> Any:
    """The type of a text that the schema restricts to `values`."""
    return Annotated[Word, Field(json_schema_extra={"enum": [*values]})]


def several(of: Any, most: int) -> Any:
    """The type of a list that the schema restricts to `most` entries."""
    return Annotated[list[of], OrNone, Field(json_schema_extra={"maxItems": most})]
