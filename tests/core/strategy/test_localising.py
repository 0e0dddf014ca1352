"""The difference between HQ's clause and the branch's version."""

from __future__ import annotations

import pytest

from core.strategy.localising import Change, Run, difference, is_verbatim

HQ = "到2028年末，财富客户达到60万户，客户经理持证上岗率不低于95%。"
BRANCH = "到2028年末，滨海分行财富客户达到4.2万户，其中跨境电商客群新增3,000户，客户经理持证上岗率不低于95%。"


def read(runs: tuple[Run, ...], *changes: Change) -> str:
    return "".join(run.text for run in runs if run.change in changes)


@pytest.mark.parametrize(
    ("original", "version"), [(HQ, BRANCH), (HQ, HQ), (HQ, ""), ("", BRANCH), ("", ""), ("A b", "a  b"), ("ＡＢ", "AB")]
)
def test_nothing_is_lost(original: str, version: str) -> None:
    runs = difference(original, version)
    assert read(runs, Change.KEPT, Change.REMOVED) == original
    assert read(runs, Change.KEPT, Change.ADDED) == version


def test_a_number_changes_as_a_whole() -> None:
    runs = difference("达到60万户", "达到4.2万户")
    assert runs == (Run(Change.KEPT, "达到"), Run(Change.REMOVED, "60"), Run(Change.ADDED, "4.2"), Run(Change.KEPT, "万户"))


def test_what_the_branch_added_stands_out() -> None:
    added = [run.text for run in difference(HQ, BRANCH) if run.change is Change.ADDED]
    assert "滨海分行" in added and any("跨境电商客群" in text for text in added)


def test_a_single_shared_character_amid_changes_is_no_island() -> None:
    runs = difference("推进网点转型工作", "做好的客群扩面作法")
    assert all(run.change is not Change.KEPT or len(run.text) > 1 for run in runs)


def test_removed_stands_before_added() -> None:
    changes = [run.change for run in difference("全行推进甲", "分行推进乙")]
    assert changes == [Change.REMOVED, Change.ADDED, Change.KEPT, Change.REMOVED, Change.ADDED]


@pytest.mark.parametrize("version", [HQ, HQ.replace("，", ","), f" {HQ} ", HQ.rstrip("。")])
def test_hq_words_with_other_punctuation_are_still_hq_words(version: str) -> None:
    assert is_verbatim(HQ, version)


def test_one_other_number_is_a_version_of_its_own() -> None:
    assert not is_verbatim(HQ, HQ.replace("60", "4.2"))
