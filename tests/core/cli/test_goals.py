"""`goal check`: one JSON document in, one out; a sentence that names the field when it cannot be read."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core.goals.reading import as_json
from tests.core.cli.conftest import Ran
from tests.core.goals.worked import WORKED

Call = Callable[..., Ran]


@pytest.fixture
def check(bare: Call, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """`goal check` with this on standard input: text, or anything as JSON."""

    def checked(given: Any, *options: str) -> Ran:
        text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode("utf-8"))))
        return bare("goal", "check", *options)

    return checked


def test_a_verdict_is_json_with_and_without_being_asked_for(check: Callable[..., Ran], tmp_path: Path) -> None:
    plain, asked = check(as_json(WORKED)), check(as_json(WORKED), "--json")
    assert plain.status == asked.status == 0
    assert plain.json == asked.json == {"acceptable": True, "problems": [], "suggestion": None}
    assert not (tmp_path / "data").exists()


def test_problems_and_the_rewrite_have_the_shape_of_the_contract(check: Callable[..., Ran]) -> None:
    said = check(as_json(replace(WORKED, behaviour="提升客户经理高质量拓客能力", due_days=None)), "--json").json
    assert [(one["field"], one["rule"]) for one in said["problems"]] == [("behaviour", "vague_behaviour"), ("due_days", "no_deadline")]
    assert all(set(one) == {"field", "rule", "message"} and one["message"] for one in said["problems"])
    assert set(said["suggestion"]) == set(as_json(WORKED)) and set(said["suggestion"]["performance"][0]) == set(
        as_json(WORKED)["process"][0]
    )
    assert check(said["suggestion"]).json["acceptable"]


def test_messages_are_in_the_goals_language(check: Callable[..., Ran]) -> None:
    assert "baseline" not in check({"language": "zh"}).out
    assert "There is no behaviour goal" in check({"language": "en"}).out


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("", "JSON"),
        ("{", "JSON"),
        ("[]", "JSON 对象"),
        ('{"due_days": NaN}', "NaN"),
        ('{"due_days": ' + "9" * 5000 + "}", "太长"),
        ('{"process": ' * 20000, "JSON"),
        ({"behaviour": 3}, "behaviour"),
        ({"process": {}}, "process"),
        ({"performance": ["x"]}, "performance[0]"),
        ({"performance": [{"value": "60"}]}, "performance[0].value"),
        ({"performance": [{}, {"operator": "~"}]}, "performance[1].operator"),
        ({"performance": [{"level": 5}]}, "performance[0].level"),
        ({"headcount": 2.5}, "headcount"),
        ({"due_days": True}, "due_days"),
        ({"language": "fr"}, "language"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_that_names_the_field(check: Callable[..., Ran], given: Any, named: str) -> None:
    said = check(given)
    assert said.status == 2 and said.out == "" and named in said.err
    assert len(said.err.strip().splitlines()) == 1
