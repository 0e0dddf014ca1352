"""The labels of goals are well formed, and the check stays as good as it was on the goals that it may be tuned on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable

from core.goals.checking.behaviours import vague_behaviour
from core.goals.checking.check import RULES
from core.goals.checking.pain_points import no_pain_point, vague_pain_point
from core.goals.checking.verdict import Problem
from core.goals.goal import Goal
from tests.evals import goals


def test_labels_are_well_formed_and_their_rules_exist() -> None:
    labels = goals.labels()
    assert len({one.id for one in labels}) == len(labels)
    assert {rule for one in labels for rule in one.rules} == set(RULES)
    assert all(bool(one.field) == bool(one.rules) for one in labels)


def test_the_test_half_holds_every_rule_and_is_as_large_as_the_other() -> None:
    half = goals.labels("test")
    held = Counter(rule for one in half for rule in one.rules)
    assert len(half) >= len(goals.labels("dev"))
    assert set(held) == set(RULES) and min(held.values()) >= 3


def test_the_check_is_right_on_what_it_may_be_tuned_on() -> None:
    for split in ("dev", "own", "retired"):
        judged = goals.measure(split)
        wrong = goals.errors(judged)
        assert len(wrong) <= 0.05 * len(judged), wrong


def test_phrases_are_told_apart() -> None:
    phrases = json.loads((goals.FOLDER / "phrases.json").read_text(encoding="utf-8"))
    pains = {"none": no_pain_point, "vague": vague_pain_point}
    wrong = [text for kind, some in phrases["pain_point"].items() for text in some if _kind(text, pains) != kind]
    wrong += [
        text
        for kind, some in phrases["behaviour"].items()
        for text in some
        if bool(vague_behaviour(Goal(behaviour=text))) != (kind == "vague")
    ]
    assert len(wrong) <= 0.02 * sum(len(some) for kinds in phrases.values() for some in kinds.values()), wrong


def _kind(text: str, rules: dict[str, Callable[[Goal], Problem | None]]) -> str:
    return next((kind for kind, rule in rules.items() if rule(Goal(pain_point=text))), "fine")
