"""What the wording of labelled sentences adds to the rules."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from core.documents.tables import DocumentKind
from core.strategy.decoding import wording
from core.strategy.decoding.clauses import Sentence
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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("## 三、贷款要投给肯干活的人\n\n有关安排另行说明。", FindingKind.THEME),
        ("## 二、重点工作\n\n对6类异常账户逐户过筛。", FindingKind.TASK),
        ("## 二、重点工作\n\n在城东园区建作业中心，设席位200个；", FindingKind.TASK),
    ],
)
def test_a_direction_and_a_task_in_words_of_their_own_are_found(tmp_path: Path, text: str, kind: FindingKind) -> None:
    (found,) = of_kind(in_a_year(tmp_path, text), kind)
    assert found.rule == f"{kind}_wording" and 0.5 < found.confidence < 1


def test_what_reads_as_reached_is_set_aside_with_the_reason_though_its_figure_looks_like_an_aim(tmp_path: Path) -> None:
    made = in_a_year(tmp_path, f"{ORDERED}人均产能站上1,200万元，队伍的底子打牢了。")
    assert not of_kind(made, FindingKind.TARGET)
    assert [(one.candidate.metric, one.rule) for one in made.set_aside] == [("人均产能", "wording")]


def test_a_part_of_a_document_is_no_direction_whatever_its_wording(tmp_path: Path) -> None:
    assert not of_kind(in_a_year(tmp_path, "## 五、加强组织领导\n\n有关安排另行说明。"), FindingKind.THEME)


def test_evidence_is_the_same_whatever_else_is_read_with_it() -> None:
    texts = (("", (), ""), ("建成二十个样板网点。", ("二、重点工作",), "去年做得不够。"), ("Train 40 lenders.", (), "好" * 200))
    given = [Sentence(text, 0, len(text), 1, "paragraph", 0, path, before=before) for text, path, before in texts]
    together = wording.evidence(given, DocumentKind.BRANCH)
    assert len(together) == 3 and wording.evidence([], DocumentKind.BRANCH) == []
    for one, said in zip(given, together, strict=True):
        (alone,) = wording.evidence([one], DocumentKind.BRANCH)
        assert list(alone.kinds.values()) == pytest.approx(list(said.kinds.values()), abs=1e-3)
        assert sum(math.exp(view) for view in said.views.values()) == pytest.approx(1.0, abs=1e-4)


def test_a_sentence_is_found_once_for_each_kind_and_the_same_again(tmp_path: Path) -> None:
    text = f"{ORDERED}新员工上半年跟着老师傅跑完30家企业。年内把柜面业务的六成迁到手机上。"
    once, again = (in_a_year(tmp_path, text) for _ in range(2))
    assert once == again
    places = [(finding.kind, finding.start, finding.end) for finding in once.findings if finding.kind is not FindingKind.TARGET]
    assert len(places) == len(set(places))


def test_the_weights_are_small() -> None:
    assert wording.WEIGHTS.stat().st_size <= 1400 * 1024
