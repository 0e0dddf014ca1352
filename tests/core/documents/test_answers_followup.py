"""Follow-ups become questions that can be searched."""

from __future__ import annotations

import pytest

from core.documents.answers.followup import full_question

AUM = "2026年零售AUM的目标是多少?"


@pytest.mark.parametrize(
    ("earlier", "question", "expected"),
    [
        ([AUM], "那2027年呢?", "2027年零售AUM的目标是多少?"),
        ([AUM], "它的考核权重是多少?", "2026年零售AUM的考核权重是多少?"),
        ([AUM, "那2027年呢?"], "2028年呢", "2028年零售AUM的目标是多少?"),
        (["养老规划师2028年要有多少人?"], "跨境产品经理呢?", "跨境产品经理2028年要有多少人?"),
        (["2027年财富客户目标是多少"], "那私人银行客户呢", "2027年私人银行客户目标是多少"),
        (["财富客户流失率为什么上升?"], "为什么?", "财富客户流失率上升,为什么?"),
        (["计划外的培训项目怎么办?"], "由谁审批", "计划外的培训项目,由谁审批"),
        (["What is the retail AUM target for 2026?"], "and in 2027?", "What is the retail AUM target for 2027?"),
    ],
)
def test_what_is_left_unsaid_is_filled_in(earlier: list[str], question: str, expected: str) -> None:
    assert full_question(question, earlier) == expected


@pytest.mark.parametrize(
    "question",
    [
        "县域支行行长的任期是几年?",
        "How many phishing drills are held every year?",
        "智能陪练平台什么时候覆盖全部客户经理?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(question: str) -> None:
    assert full_question(question, [AUM]) == question


def test_the_first_question_of_a_conversation_is_left_as_it_is() -> None:
    assert full_question("那2027年呢?", []) == "那2027年呢?"
