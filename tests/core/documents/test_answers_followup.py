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
        (["城东支行的客户经理参训人数"], "柜员呢？", "城东支行的柜员参训人数"),
        (["城东支行的客户经理参训人数", "那城西呢？"], "柜员呢？", "城西支行的柜员参训人数"),
        (["城东支行客户经理有多少人参训?"], "柜员呢?", "城东支行柜员有多少人参训?"),
        (["零售客户经理要持有什么证书?"], "风险经理呢?", "风险经理要持有什么证书?"),
        (["中级客户经理的考核权重?"], "高级呢?", "高级客户经理的考核权重?"),
        (["运营部正式员工有多少人"], "个金部呢?", "个金部正式员工有多少人"),
        (["城东支行的预算是多少?"], "参训人数呢?", "城东支行的参训人数是多少?"),
        (["普惠贷款余额2027年末要达到多少?"], "那增速呢?", "普惠贷款增速2027年末要达到多少?"),
        (["第1支行培训学时不少于多少?"], "那第52支行呢?", "第52支行培训学时不少于多少?"),
        (["第一批什么时候开始?"], "第二批呢?", "第二批什么时候开始?"),
        (["第1支行培训学时不少于多少?"], "谁负责?", "第1支行培训学时,谁负责?"),
        (["导师带教多长时间?"], "考核标准呢?", "导师带教的考核标准"),
        (["新员工培训由谁负责?"], "什么时候完成?", "新员工培训什么时候完成?"),
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
