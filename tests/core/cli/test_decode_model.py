"""`decode` with a model: the same findings and the same JSON, with what the model made of them; the rules alone when it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.strategy.decoding.decode import MADE_BY
from tests.core.cli.conftest import Ran
from tests.core.strategy.refining.scripts import TEXT, answer, answering, change
from tests.endpoint import Endpoint, fails

Call = Callable[..., Ran]


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    with Endpoint() as running:
        monkeypatch.setenv("CEXUN_MODEL_URL", running.url)
        monkeypatch.setenv("CEXUN_MODEL_NAME", "stub-model")
        yield running


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "工作计划.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_model_refines_what_the_command_prints(call: Call, endpoint: Endpoint, plan: Path) -> None:
    endpoint.reply = answering(lambda request: answer(change(request, "组建跨境金融专家小组", "task", kind="theme")))
    ran = call("decode", plan, "--json")
    assert (ran.status, ran.json["made_by"]) == (0, f"{MADE_BY} + stub-model · strategy/decode v1"), ran.err
    found = next(one for one in ran.json["findings"] if one["quote"].startswith("组建跨境金融专家小组"))
    assert (found["kind"], found["rule"]) == ("theme", "model:was_task")
    assert "模型改动了 1 条" in ran.err


def test_when_the_model_fails_the_rules_findings_are_printed_and_the_reason_goes_to_stderr(
    call: Call, endpoint: Endpoint, plan: Path
) -> None:
    endpoint.reply = fails(500)
    ran = call("decode", plan, "--json")
    assert (ran.status, ran.json["made_by"]) == (0, MADE_BY)
    assert ran.json["findings"] and "只用规则解码" in ran.err
