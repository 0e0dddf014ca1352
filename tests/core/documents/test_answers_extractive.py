"""What a reader gets to see without a model."""

from __future__ import annotations

import pytest

from tests.core.documents.answer_library import Library, document

STRATEGY = """
# 第一章 零售转型
坚持以客户分层经营为主线。2025年零售AUM较上年增长28%,年末达到6,820亿元。
表1 零售业务分年目标
| 指标 | 2025年基期 | 2026年目标 | 2027年目标 |
| 零售AUM（亿元） | 6,820 | 7,900 | 9,200 |
| 财富客户年流失率（%） | 9.3 | ≤8.5 | ≤7.6 |
| 财富客户（万户） | 42.6 | 48.0 | 54.5 |
# 第二章 基本原则
## 坚持客户导向
一切流程、产品、考核从客户需要出发。
## 坚持能力先行
业务目标与能力建设同步规划。
## 坚持守正合规
任何机构不得突破制度底线。
# 第三章 任务清单
表2 重点任务
| 序号 | 重点任务 | 牵头部门 | 完成时限 |
| 1 | 上线资产配置工作台 | 财富管理部 | 2026年9月 |
| 2 | 发布关键岗位能力标准 | 人力资源部 | 2026年12月 |
# 第四章 养老金融
养老规划师由总行统一认证,认证有效期两年。养老规划师应当掌握养老金测算、保险保障配置、老年客户沟通三项能力。
"""

RULES = """
# 培训管理办法
脱产培训连续超过五个工作日的,应当由分管领导审批。境外培训一律由董事长签批。
参训人员无故缺勤的,通报批评;累计三次的,取消当年评优资格。
转岗培训应当完成下列内容:
- 产品知识四十学时;
- 客户沟通二十学时;
- 合规销售二十学时。
培训结束后三十日内,组织部门应当完成效果评估并上传档案。
"""

REPORT = """
# 滨海分行经营报告
滨海分行现有营业网点38个,在岗员工1,216人。滨海分行2025年财富客户年流失率为10.4%。
核心系统于2024年11月完成切换,切换以来未发生重大运行事件。
"""


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(document("发展战略规划", STRATEGY), document("培训管理办法", RULES), document("经营报告", REPORT))


QUESTIONS = (
    "2027年零售AUM的目标是多少?",
    "脱产培训超过五个工作日由谁审批?",
    "规划的基本原则有哪些?",
    "资产配置工作台由哪个部门牵头?",
    "转岗培训应当完成哪些内容?",
    "滨海分行现有营业网点多少个?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_is_the_documents_text_between_its_offsets(library: Library, question: str) -> None:
    found = library.ask(question)
    assert found.found
    for citation in found.citations:
        assert citation.quote == library.documents[citation.document_id].text[citation.start : citation.end]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_claim_rests_on_a_citation_of_the_answer(library: Library, question: str) -> None:
    found = library.ask(question)
    numbers = {citation.number for citation in found.citations}
    assert found.claims
    assert all(claim.citations and set(claim.citations) <= numbers for claim in found.claims)


def test_a_figure_comes_from_the_row_and_the_year_that_were_asked_for(library: Library) -> None:
    found = library.ask("2027年零售AUM的目标是多少?")
    assert found.claims[0].text == "零售AUM（2027年目标）：9,200亿元"
    assert found.citations[0].quote == "零售AUM（亿元） | 6,820 | 7,900 | 9,200"


TASKS = """
# 培训任务分解
表1 各支行任务
| 支行 | 客户经理人数 | 柜员人数 | 预算（万元） | 占比 |
| 城东支行 | 45 | 30 | 12.5 | 42% |
| 城西支行 | 38 | 22 | 10.0 | 34% |
| 临江支行 |  | 18 | 7.1 | 24% |
"""


@pytest.fixture(scope="module")
def tasks() -> Library:
    return Library(document("任务分解", TASKS), document("别的", "# 其他\n食堂早餐七点开始。绿色贷款余额稳步增长。"))


def test_rows_next_to_the_one_that_was_asked_for_are_no_answer(tasks: Library) -> None:
    assert tasks.claims("城西支行的预算是多少万元?") == ["城西支行（预算）：10.0万元"]
    assert tasks.claims("城西的客户经理人数是多少?") == ["城西支行（客户经理人数）：38"]
    assert len(tasks.claims("各支行的预算分别是多少万元?")) == 3


def test_an_empty_cell_is_told_as_empty_and_not_filled_from_the_next_column(tasks: Library) -> None:
    assert tasks.claims("临江支行的客户经理人数是多少?") == ["临江支行（客户经理人数）：—"]


def test_a_share_is_read_from_the_column_of_shares(tasks: Library) -> None:
    assert tasks.claims("城东支行的预算占多大比例?") == ["城东支行（占比）：42%"]


def test_a_bound_keeps_its_sign_and_its_unit(library: Library) -> None:
    assert library.claims("2027年财富客户年流失率的目标是多少?")[0] == "财富客户年流失率（2027年目标）：≤7.6%"


def test_a_result_reached_is_not_given_for_a_target(library: Library) -> None:
    assert "6,820" not in " ".join(library.claims("2026年零售AUM的目标是多少?"))


def test_who_leads_a_task_is_read_from_the_column_of_departments(library: Library) -> None:
    assert library.claims("资产配置工作台由哪个部门牵头?")[0] == "上线资产配置工作台（牵头部门）：财富管理部"


def test_a_sentence_is_claimed_to_the_letter(library: Library) -> None:
    assert library.claims("境外培训由谁签批?")[0] == "境外培训一律由董事长签批。"


def test_a_list_is_given_whole_with_its_introduction(library: Library) -> None:
    claims = library.claims("转岗培训应当完成哪些内容?")
    assert claims == ["转岗培训应当完成下列内容:", "产品知识四十学时;", "客户沟通二十学时;", "合规销售二十学时。"]


def test_a_list_of_headings_is_given_for_the_heading_above_them(library: Library) -> None:
    assert library.claims("规划的基本原则有哪些?") == ["坚持客户导向", "坚持能力先行", "坚持守正合规"]


def test_the_same_words_twice_are_claimed_once() -> None:
    twice = Library(document("甲", "# 规定\n境外培训一律由董事长签批。"), document("乙", "# 规定\n境外培训一律由董事长签批。"))
    assert len(twice.claims("境外培训由谁签批?")) == 1


def test_documents_that_disagree_are_both_cited() -> None:
    both = Library(
        document("规划", "# 目标\n2027年末智能陪练人均次数达到24次。"),
        document("报告", "# 安排\n2027年末智能陪练人均次数要达到30次以上。"),
        document("别的", "# 其他\n食堂早餐七点开始。绿色贷款余额稳步增长。"),
    )
    found = both.ask("2027年末智能陪练人均次数要达到多少次?")
    assert {citation.title for citation in found.citations} == {"规划", "报告"}


def test_a_question_in_a_record_is_not_an_answer() -> None:
    talk = Library(
        document("访谈", "# 访谈\n问:县域客户经理的名单拓客做得怎么样?\n答:县域客户经理名单拓客覆盖率只有四成。"),
        document("别的", "# 其他\n食堂早餐七点开始。"),
    )
    found = talk.ask("县域客户经理的名单拓客做得怎么样?")
    assert [claim.text for claim in found.claims] == ["县域客户经理名单拓客覆盖率只有四成。"]
    assert [citation.quote for citation in found.citations] == ["答:县域客户经理名单拓客覆盖率只有四成。"]


def test_an_empty_library_answers_nothing() -> None:
    assert not Library(document("空", "# 目录\n无。")).ask("2027年零售AUM的目标是多少?").found


TERMS = """
# 统计口径
| 口径 | 说明 |
| 有效客户 | 月日均金融资产5万元以上 |
| 贵宾客户 | 月日均金融资产50万元以上 |
# 客户分层
有效客户数要稳步增长，有效客户即将突破百万户。有效客户：3,200户。
本办法所称“合格学员”，是指课后测验不低于80分的学员。合格学员应当归档。
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("什么是有效客户？", ["有效客户（说明）：月日均金融资产5万元以上"]),
        ("有效客户怎么定义？", ["有效客户（说明）：月日均金融资产5万元以上"]),
        ("贵宾客户的口径是什么", ["贵宾客户（说明）：月日均金融资产50万元以上"]),
        ("什么叫合格学员？", ["本办法所称“合格学员”，是指课后测验不低于80分的学员。"]),
    ],
)
def test_the_meaning_of_a_word_is_what_a_document_says_it_means(question: str, expected: list[str]) -> None:
    assert Library(document("口径", TERMS), document("经营报告", REPORT)).claims(question) == expected


def test_a_label_that_repeats_the_word_does_not_say_what_it_means() -> None:
    assert Library(document("简报", "# 打法\n私行客户"), document("经营报告", REPORT)).claims("什么是私行客户？") == []


BRANCHES = """
# 2027年培训任务
2027年培训任务分解表（单位：人、万元）
| 支行 | 柜员 | 预算 | 完成时间 |
| 城西支行 | 22 | 8.5 | 2027年9月 |
| 合计 | =SUM(B2:B2) | 8.5 | |
"""


@pytest.mark.parametrize("question", ["城西支行的柜员,谁负责？", "2027年培训任务分解由谁负责？"])
def test_a_row_whose_label_is_a_branch_does_not_say_who_is_responsible(question: str) -> None:
    assert Library(document("任务分解", BRANCHES), document("经营报告", REPORT)).claims(question) == []


def test_a_formula_that_was_never_calculated_is_told_as_one() -> None:
    answer = Library(document("任务分解", BRANCHES), document("经营报告", REPORT)).ask("2027年培训任务柜员合计是多少？")
    assert [claim.text for claim in answer.claims] == ["合计（柜员）：=SUM(B2:B2)"]
    assert [note.render("zh") for note in answer.notes] == [
        "“=SUM(B2:B2)”是公式，文件里没有存它算出来的数。请用 Excel 打开、保存后重新上传。"
    ]
