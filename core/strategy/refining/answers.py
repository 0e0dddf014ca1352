"""The shape of a model's answer about a batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, create_model

from core.llm.lenient import OrNone, Part, Word, chosen, several
from core.strategy.findings import FindingKind, Perspective

NONE = "none"
REASONS = ("achieved", "baseline", "threshold", "no_demand")
LONGEST_TEXT = 60
LONGEST_COMPETENCY = 16

_KINDS = [kind.value for kind in FindingKind]
_MOST = 200
_MOST_COMPETENCIES = 6

_Text = Annotated[Word, Field(json_schema_extra={"maxLength": LONGEST_TEXT})]
_Kind = Annotated[Word, Field(json_schema_extra={"enum": [*_KINDS]})]
_KindOrNone = Annotated[Word, Field(json_schema_extra={"enum": ["", *_KINDS, NONE]})]
_Reason = Annotated[Word, Field(json_schema_extra={"enum": ["", *REASONS]})]
_Perspective = Annotated[Word, Field(json_schema_extra={"enum": ["", *(one.value for one in Perspective)]})]
_Competency = Annotated[Word, Field(json_schema_extra={"maxLength": LONGEST_COMPETENCY})]
_Competencies = Annotated[list[_Competency], OrNone, Field(json_schema_extra={"maxItems": _MOST_COMPETENCIES})]


class Change(Part):
    """What a finding of the rules is really. Empty means: as it is. `reason` only where `kind` is none."""

    finding: str
    kind: _KindOrNone = ""
    reason: _Reason = ""
    text: _Text = ""
    perspective: _Perspective = ""
    competencies: _Competencies = []


class Missed(Part):
    """A sentence in which the rules missed a finding."""

    sentence: str
    kind: _Kind
    text: _Text = ""
    perspective: _Perspective = ""
    competencies: _Competencies = []


class Answer(Part):
    """What a model makes of one batch. Both lists may be empty."""

    changes: Annotated[list[Change], OrNone] = []
    missed: Annotated[list[Missed], OrNone] = []


def answer_about(findings: Sequence[str], sentences: Sequence[str]) -> type[Answer]:
    """The shape of an answer in which only these numbers can be chosen."""
    change = create_model("Change", __base__=Change, finding=(chosen(findings or [NONE]), ...))
    missed = create_model("Missed", __base__=Missed, sentence=(chosen(sentences), ...))
    return create_model("Answer", __base__=Answer, changes=(several(change, _MOST), []), missed=(several(missed, _MOST), []))
