"""The labels of goals are well formed, and the check stays as good as it was on the goals that it may be tuned on."""

from __future__ import annotations

from collections import Counter

from core.goals.checking.check import RULES
from tests.evals import goals


def test_labels_are_well_formed_and_their_rules_exist() -> None:
    labels = goals.labels()
    assert len({one.id for one in labels}) == len(labels)
    assert {rule for one in labels for rule in one.rules} == set(RULES)
    assert all(bool(one.field) == bool(one.rules) for one in labels)


def test_the_halves_are_alike() -> None:
    halves = {split: goals.labels(split) for split in ("dev", "test")}
    assert sum(map(len, halves.values())) >= 150
    mains = {split: Counter(one.rules[0] if one.rules else "" for one in some) for split, some in halves.items()}
    assert mains["dev"] == mains["test"]


def test_the_check_is_right_on_what_it_may_be_tuned_on() -> None:
    for split in ("dev", "own"):
        judged = goals.measure(split)
        wrong = goals.errors(judged)
        assert len(wrong) <= 0.05 * len(judged), wrong
