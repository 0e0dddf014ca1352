"""What services return, as JSON and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import IntEnum, StrEnum
from typing import Any

import pytest

from core.i18n import Message
from core.shares.tables import ShareLink
from core.shares.terms import SharedPage
from core.snapshots.plain import freeze, thaw


class Step(IntEnum):
    """A number with a name."""

    FIRST = 1


class Kind(StrEnum):
    """A word with a name."""

    A = "a"


@dataclass(frozen=True)
class Inner:
    """A part."""

    name: str | Message
    share: float | None


@dataclass(frozen=True)
class Outer:
    """All that can stand in what services return."""

    parts: tuple[Inner, ...]
    pair: tuple[Kind, int]
    scores: Mapping[Step, float | None]
    facts: Mapping[str, Any] | None
    ids: frozenset[int]
    on: date | None
    at: datetime
    row: ShareLink
    said: tuple[Message, ...]


WHOLE = Outer(
    parts=(Inner("甲", 1.0), Inner(Message("{n}班", n=2), None)),
    pair=(Kind.A, 3),
    scores={Step.FIRST: 2.5},
    facts={"value": {"low": 1, "high": [2, 3]}},
    ids=frozenset({4, 5}),
    on=date(2026, 11, 26),
    at=datetime(2026, 11, 26, 14, 5, tzinfo=UTC),
    row=ShareLink(id=1, plan_id=2, page=SharedPage.CHAIN, token_hash="x", expires_at=datetime(2027, 1, 1, tzinfo=UTC)),
    said=(Message("{level}：{name}", level=Message("行为"), name="乙"),),
)


def test_whatever_is_kept_comes_back_as_it_was() -> None:
    assert thaw(Outer, json.loads(json.dumps(freeze(WHOLE)))) == WHOLE


@pytest.mark.parametrize(
    "change", [{"ids": None}, {"pair": ["b", 3]}, {"pair": ["a"]}, {"more": 1}, {"on": "soon"}, {"scores": [[1, "x"]]}, {"parts": [{}]}]
)
def test_what_has_another_shape_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        thaw(Outer, {**freeze(WHOLE), **change})


@dataclass(frozen=True)
class Grown:
    """Something that got a field after it had been kept."""

    name: str
    noted: int | None = None


def test_what_was_kept_before_a_field_came_has_its_default() -> None:
    assert thaw(Grown, {"name": "a"}) == Grown("a") and thaw(Grown, freeze(Grown("a", 3))) == Grown("a", 3)
    with pytest.raises(ValueError, match="other fields"):
        thaw(Grown, {"noted": 3})


def test_a_field_that_came_later_is_not_made_up() -> None:
    kept = freeze(WHOLE)
    del kept["said"]
    with pytest.raises(ValueError, match="other fields"):
        thaw(Outer, kept)


def test_what_cannot_be_kept_is_said_when_it_is_kept() -> None:
    with pytest.raises(TypeError, match="cannot be kept"):
        freeze(object())
