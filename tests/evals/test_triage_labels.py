"""The labels of content are well formed, and triage stays as good as it was on what it may be tuned on."""

from __future__ import annotations

from collections import Counter

from core.delivery.content.terms import Way
from tests.evals import triage


def test_labels_are_well_formed_and_each_half_holds_both_ways() -> None:
    labels = triage.labels()
    assert len({one.id for one in labels}) == len(labels) >= 80
    assert set(Counter((one.split, one.way) for one in labels).values()) == {28}


def test_triage_is_right_on_what_it_may_be_tuned_on() -> None:
    wrong = triage.errors(triage.measure(triage.labels("dev")))
    assert len(wrong) <= 0.05 * len(triage.labels("dev")), wrong
    for source, least in ((triage.courses, 0.85), (triage.levels, 0.88)):
        judged = triage.measure(source("dev"), with_level=False)
        assert sum(said is one.way for one, said in judged) >= least * len(judged)


def test_a_practical_test_is_no_test_that_a_machine_gives() -> None:
    assert {one.way for one in triage.levels() if "-2-" in one.id} == {Way.FACE_TO_FACE}
