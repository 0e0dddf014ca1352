"""Titles of editions: what differs only in a version mark is one document."""

from __future__ import annotations

import pytest

from core.documents.editions import likely_predecessor


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("示例银行2026—2028年发展战略规划", "示例银行2026—2028年发展战略规划（征求意见稿）"),
        ("滨海分行培训管理办法（2024年修订）", "滨海分行培训管理办法（2021年修订）"),
        ("滨海分行培训管理办法（2024年修订）", "滨海分行培训管理办法(试行)"),
        ("零售行动方案V2.1", "零售行动方案 v2"),
        ("2027年工作会议报告", "2026年度工作会议报告"),
        ("考核指标表_第二版", "考核指标表 第一版"),
        ("Retail strategy final", "Retail Strategy (draft)"),
    ],
)
def test_titles_that_differ_in_marks_alone_belong_together(newer: str, older: str) -> None:
    assert likely_predecessor(newer, [(1, "完全无关的文件"), (2, older)]) == 2


@pytest.mark.parametrize(
    ("newer", "other"),
    [
        ("零售条线三年行动方案", "公司条线三年行动方案"),
        ("滨海分行培训管理办法", "滨海分行培训考核办法"),
        ("2026年报告", "2025年报告"),
        ("2026", "2025"),
        ("修订版", "征求意见稿"),
        ("Vision 2030 programme", "Mission 2030 programme"),
    ],
)
def test_other_titles_do_not(newer: str, other: str) -> None:
    assert likely_predecessor(newer, [(1, other)]) is None


def test_the_newest_of_several_editions_is_proposed() -> None:
    assert likely_predecessor("办法汇编（修订）", [(3, "办法汇编"), (1, "办法汇编（试行）")]) == 3
