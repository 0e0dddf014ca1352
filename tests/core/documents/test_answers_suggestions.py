"""Questions to begin with."""

from __future__ import annotations

from core.documents.answers.suggestions import suggested_questions

HEADINGS = [
    ("第一章 规划背景", "一、上一规划期回顾"),
    ("第三章 零售转型与财富管理", "二、扩大客群基础"),
    ("第五章 公司金融", "三、跨境金融", "（一）发展目标"),
    ("第六章 数字化转型", "二、重点任务"),
    ("附件", "填表说明"),
    ("目录",),
]


def test_headings_become_questions_a_person_would_ask() -> None:
    found = suggested_questions(HEADINGS, [], "zh", 9)
    assert found == ["如何扩大客群基础？", "跨境金融的发展目标是什么？", "数字化转型的重点任务有哪些？"]


def test_headings_that_name_no_matter_make_no_question() -> None:
    assert suggested_questions([("目录",), ("附件 表格",), ("总则",), ("访谈纪要",)], [], "zh", 5) == []


def test_titles_fill_up_when_headings_are_too_few() -> None:
    assert suggested_questions([], ["发展战略规划"], "zh", 3) == ["《发展战略规划》的主要内容是什么？"]


def test_no_more_are_suggested_than_asked_for_and_none_twice() -> None:
    many = [("正文", f"推进{name}建设") for name in "甲乙丙丁戊己庚辛"] * 2
    found = suggested_questions(many, [], "zh", 4)
    assert len(found) == len(set(found)) == 4
    assert found[-1] != "如何推进丁建设？"
