"""What the wording of labelled sentences adds to the rules."""

from __future__ import annotations

from pathlib import Path

from core.strategy.decoding import wording
from core.strategy.findings import FindingKind, Perspective
from tests.core.strategy.test_decoding import of_kind
from tests.core.strategy.test_decoding_belonging import in_a_year

ORDERED = "## 二、重点工作\n\n"


def test_an_ability_in_words_that_no_rule_names_is_found_with_its_reason(tmp_path: Path) -> None:
    sentence = "这批人最需要补的是财务分析和行业研究。"
    (found,) = of_kind(in_a_year(tmp_path, f"{ORDERED}{sentence}"), FindingKind.CAPABILITY)
    assert (found.quote, found.rule) == (sentence, "capability_wording")
    assert found.competencies
    assert found.perspective is Perspective.LEARNING


def test_a_sentence_is_found_once_for_each_kind_and_the_same_again(tmp_path: Path) -> None:
    text = f"{ORDERED}新员工上半年跟着老师傅跑完30家企业。年内把柜面业务的六成迁到手机上。"
    once, again = (in_a_year(tmp_path, text) for _ in range(2))
    assert once == again
    places = [(finding.kind, finding.start, finding.end) for finding in once.findings if finding.kind is not FindingKind.TARGET]
    assert len(places) == len(set(places))


def test_the_weights_are_small() -> None:
    assert wording.WEIGHTS.stat().st_size <= 1400 * 1024
