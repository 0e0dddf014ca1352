"""The shape of a model's answer. What it may choose from is written into the schema; what it writes all the same is checked one by one.

Reading is lenient on purpose: a number that does not exist or a name that is too long costs the model that one proposal, not the batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from core.strategy.findings import FindingKind, Perspective

NONE = "none"
REASONS = ("achieved", "baseline", "threshold", "no_demand")
LONGEST_TEXT = 60
LONGEST_COMPETENCY = 16

_KINDS = [kind.value for kind in FindingKind]
_MOST = 200
_MOST_COMPETENCIES = 6

_Word = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
_Text = Annotated[_Word, Field(json_schema_extra={"maxLength": LONGEST_TEXT})]
_Kind = Annotated[_Word, Field(json_schema_extra={"enum": [*_KINDS]})]
_KindOrNone = Annotated[_Word, Field(json_schema_extra={"enum": ["", *_KINDS, NONE]})]
_Reason = Annotated[_Word, Field(json_schema_extra={"enum": ["", *REASONS]})]
_Perspective = Annotated[_Word, Field(json_schema_extra={"enum": ["", *(one.value for one in Perspective)]})]
_Competency = Annotated[_Word, Field(json_schema_extra={"maxLength": LONGEST_COMPETENCY})]
_OrNone = BeforeValidator(lambda value: [] if value is None else value)
_Competencies = Annotated[list[_Competency], _OrNone, Field(json_schema_extra={"maxItems": _MOST_COMPETENCIES})]


def _all_required(schema: dict[str, Any]) -> None:
    """Asked for in full, as strict endpoints want it, though what is left out does no harm."""
    schema["required"] = list(schema["properties"])
    for part in schema["properties"].values():
        part.pop("default", None)


class _Part(BaseModel):
    model_config = ConfigDict(json_schema_extra=_all_required)


class Change(_Part):
    """What a finding of the rules is really. Empty means: as it is. `reason` only where `kind` is none."""

    finding: str
    kind: _KindOrNone = ""
    reason: _Reason = ""
    text: _Text = ""
    perspective: _Perspective = ""
    competencies: _Competencies = []


class Missed(_Part):
    """A sentence in which the rules missed a finding."""

    sentence: str
    kind: _Kind
    text: _Text = ""
    perspective: _Perspective = ""
    competencies: _Competencies = []


class Answer(_Part):
    """What a model makes of one batch. Both lists may be empty."""

    changes: Annotated[list[Change], _OrNone] = []
    missed: Annotated[list[Missed], _OrNone] = []


def answer_about(findings: Sequence[str], sentences: Sequence[str]) -> type[Answer]:
    """The shape of an answer in which only these numbers can be chosen."""
    change = create_model("Change", __base__=Change, finding=(_chosen(findings or [NONE]), ...))
    missed = create_model("Missed", __base__=Missed, sentence=(_chosen(sentences), ...))
    return create_model("Answer", __base__=Answer, changes=(_several(change), []), missed=(_several(missed), []))


def _chosen(ids: Sequence[str]) -> Any:
    return Annotated[str, Field(json_schema_extra={"enum": [*ids]})]


def _several(of: type[BaseModel]) -> Any:
    return Annotated[list[of], _OrNone, Field(json_schema_extra={"maxItems": _MOST})]  # type: ignore[valid-type]
