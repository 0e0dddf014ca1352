"""When the honest answer is that the documents do not say."""

from __future__ import annotations

import pytest

from core.documents.answers.expected import fit
from core.documents.answers.question import understand
from core.documents.answers.sentences import units
from tests.core.documents.answer_library import Library, document
from tests.core.documents.test_answers_extractive import REPORT, RULES, STRATEGY


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(document("发展战略规划", STRATEGY), document("培训管理办法", RULES), document("经营报告", REPORT))


@pytest.mark.parametrize(
    "question",
    ["怎么做红烧肉?", "今天天气怎么样?", "How do I renew a passport?", "《红楼梦》的作者是谁", "产假有多少天?"],
)
def test_what_has_nothing_to_do_with_the_library_is_refused(library: Library, question: str) -> None:
    found = library.ask(question)
    assert not found.found
    assert not found.claims
    assert not found.citations


@pytest.mark.parametrize("question", ["2031年零售AUM的目标是多少?", "2019年财富客户年流失率是多少?"])
def test_the_right_figure_of_another_year_is_refused(library: Library, question: str) -> None:
    assert not library.ask(question).found


@pytest.mark.parametrize("question", ["苏州分行现有营业网点多少个?", "北辰分行2025年财富客户年流失率是多少?"])
def test_another_branch_is_refused(library: Library, question: str) -> None:
    assert not library.ask(question).found


@pytest.mark.parametrize("question", ["养老规划师的平均年龄是多少?", "核心系统切换花了多少钱?", "养老规划师的报名费是多少钱?"])
def test_the_right_subject_without_what_is_asked_of_it_is_refused(library: Library, question: str) -> None:
    assert not library.ask(question).found


def test_the_name_of_a_person_is_not_answered_with_an_office(library: Library) -> None:
    assert not library.ask("分管领导叫什么名字?").found


def test_a_question_of_asking_words_alone_is_refused(library: Library) -> None:
    assert not library.ask("是多少?").found


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("系统切换花了多少钱?", "系统于2024年11月完成切换。", 0.0),
        ("系统切换花了多少钱?", "系统切换投入412万元。", 1.0),
        ("平均年龄是多少?", "平均任职年限2.1年。", 0.0),
        ("平均年龄是多少?", "平均年龄36.8岁。", 1.0),
        ("什么时候完成?", "由人力资源部完成。", 0.0),
        ("什么时候完成?", "2026年9月末前完成。", 1.0),
        ("总部在哪个城市?", "全行共有支行四十六家。", 0.0),
        ("为什么下降?", "主要系拨备计提增加。", 0.5),
    ],
)
def test_an_answer_holds_the_kind_of_thing_that_is_asked_for(question: str, sentence: str, expected: float) -> None:
    parsed = document("文件", sentence)
    hit = Library(parsed).search(sentence)[0]
    assert fit(understand(question), units(hit, parsed)[0]) == expected
