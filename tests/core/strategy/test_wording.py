"""What the wording of labelled sentences adds to the rules, and takes from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.strategy.decoding import wording
from core.strategy.findings import FindingKind, Perspective
from tests.core.strategy.test_decoding import of_kind
from tests.core.strategy.test_decoding_belonging import in_a_year

ORDERED = "## 二、重点工作\n\n"


@pytest.mark.parametrize("sentence", ["新员工上半年跟着老师傅跑完30家企业。", "各分行每半年至少亲自登门访谈10家重点企业。"])
def test_a_task_in_words_that_no_rule_names_is_found_with_its_reason(tmp_path: Path, sentence: str) -> None:
    (found,) = of_kind(in_a_year(tmp_path, f"{ORDERED}{sentence}"), FindingKind.TASK)
    assert (found.quote, found.rule) == (sentence, "task_wording")
    assert found.cues and all(cue in sentence for cue in found.cues)
    assert found.perspective in Perspective


def test_a_rule_is_not_followed_where_the_wording_speaks_against_it(tmp_path: Path) -> None:
    # 处理 is a verb of orders, but this says what a rate is.
    assert not of_kind(in_a_year(tmp_path, "## 指标口径\n\n办结率：由作业中心处理的业务笔数占全部业务笔数的比例。"), FindingKind.TASK)


def test_the_wording_of_english_leaves_tasks_to_the_rules(tmp_path: Path) -> None:
    (found,) = of_kind(in_a_year(tmp_path, f"{ORDERED}The operations team will release the new desktop in May."), FindingKind.TASK)
    assert found.rule == "task_order"


def test_a_sentence_is_found_once_for_each_kind_and_the_same_again(tmp_path: Path) -> None:
    text = f"{ORDERED}新员工上半年跟着老师傅跑完30家企业。年内把柜面业务的六成迁到手机上。"
    once, again = (in_a_year(tmp_path, text) for _ in range(2))
    assert once == again
    places = [(finding.kind, finding.start, finding.end) for finding in once.findings if finding.kind is not FindingKind.TARGET]
    assert len(places) == len(set(places))


def test_the_weights_are_small_and_fit_the_model() -> None:
    assert wording.WEIGHTS.stat().st_size <= 600 * 1024
