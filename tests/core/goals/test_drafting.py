"""A model rewrites a goal: words of its own, figures of the goal alone, judged by the rules. The model is a scripted server over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from core.errors import Unavailable
from core.goals.checking.check import problems
from core.goals.drafting import Rewritten, rewrite
from core.goals.goal import Goal
from core.llm import Model
from core.settings import Settings
from core.strategy.environment.indicators import seeds
from tests.core.goals.worked import WORKED
from tests.endpoint import Endpoint, fails, says

KNOWN = seeds("zh")
VAGUE = replace(WORKED, behaviour="提升客户经理高质量拓客能力")
AS_IT_WAS = [
    {"part": kind.value, "origin": str(number), "name": one.name, "operator": one.operator, "unit": one.unit, "source": one.source}
    for number, (kind, _, one) in enumerate(WORKED.indicators(), 1)
]


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as running:
        yield running


@pytest.fixture
def model(endpoint: Endpoint) -> Model:
    return Model(Settings(model_url=endpoint.url, model_name="stub-model", model_timeout_seconds=5))


def answer(endpoint: Endpoint, **changes: Any) -> None:
    said = {"pain_point": VAGUE.pain_point, "behaviour": WORKED.behaviour, "indicators": AS_IT_WAS, **changes}
    endpoint.script(says(json.dumps(said, ensure_ascii=False)))


def rewritten(model: Model, goal: Goal = VAGUE) -> Rewritten:
    return rewrite(model, goal, problems(goal, KNOWN), KNOWN, "县域拓客")


def test_a_rewrite_that_passes_more_rules_is_offered_with_what_made_it(endpoint: Endpoint, model: Model) -> None:
    answer(endpoint)
    made = rewritten(model)
    assert made.goal == WORKED and made.mended == ("vague_behaviour",) and made.made_by == "goals/rewrite v1 · stub-model"
    asked = endpoint.requests[0].prompt
    assert "县域拓客" in asked and "新增有效客户" in asked and "只说要提高什么" in asked


def test_a_rewrite_that_is_no_better_is_refused(endpoint: Endpoint, model: Model) -> None:
    answer(endpoint, behaviour="增强拓客意识，树立担当精神")
    with pytest.raises(Unavailable, match="没有比原来多通过"):
        rewritten(model)
    answer(endpoint, indicators=[{"part": "performance", "origin": "0", "name": "整体水平"}])
    with pytest.raises(Unavailable, match="没有比原来多通过"):
        rewritten(model)


@pytest.mark.parametrize("field", ["behaviour", "pain_point"])
def test_a_figure_that_the_goal_does_not_have_is_refused_and_named(endpoint: Endpoint, model: Model, field: str) -> None:
    answer(endpoint, **{field: "每周逐户上门拜访 8 户，当日录入CRM"})
    with pytest.raises(Unavailable, match="没有的数字（8"):
        rewritten(model)


def test_figures_stay_those_of_the_goal_and_what_is_new_has_none(endpoint: Endpoint, model: Model) -> None:
    own = [{**AS_IT_WAS[3], "name": "新增有效客户", "operator": "-", "unit": "万户", "value": 900, "baseline": 3}]
    answer(
        endpoint, indicators=[*own, {"part": "performance", "origin": "0", "name": "客户流失率", "operator": "<=", "unit": "%", "value": 5}]
    )
    made = rewritten(model).goal.performance
    assert made[0] == WORKED.performance[0]
    assert (made[1].value, made[1].baseline, made[1].per_head) == (None, None, None)


def test_an_indicator_is_never_taken_twice_nor_from_nowhere(endpoint: Endpoint, model: Model) -> None:
    answer(endpoint, indicators=[*AS_IT_WAS, {**AS_IT_WAS[3], "name": "又一个"}, {"part": "performance", "origin": "9", "name": "不存在"}])
    assert rewritten(model).goal == WORKED


def test_pictures_and_links_do_not_come_through(endpoint: Endpoint, model: Model) -> None:
    answer(endpoint, behaviour=f"![x](http://bad.example/?d=1){WORKED.behaviour}")
    assert "http" not in rewritten(model).goal.behaviour


def test_a_failing_model_leaves_the_goal_alone(endpoint: Endpoint, model: Model) -> None:
    endpoint.script(fails(500, "kaputt"))
    with pytest.raises(Unavailable):
        rewritten(model)
