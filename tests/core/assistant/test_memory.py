"""Conversations are one's own, evidence is verbatim, and neither outlives the right to see its document. On both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.access.actor import Actor, Role
from core.assistant import service as assistant
from core.assistant.asking import LONGEST_QUESTION
from core.documents import service as library
from core.documents.answers.answer import Answer, Citation, Claim, cite
from core.documents.search import search
from core.documents.tables import DocumentKind
from core.errors import BadInput, NotAllowed, NotFound
from core.flow import plan_state, side_by_side
from core.instance import Instance
from core.plans import service as plans
from tests.conftest import BOTH, person
from tests.library import NOTICE, SECRET, STRATEGY, shelve

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def plan_id(house: Instance, leader: Actor) -> int:
    """The plan that everything hangs on."""
    with house.database.writing() as db:
        return plans.create(db, leader, "滨海分行", 2027).id or 0


def citation(house: Instance, actor: Actor, question: str) -> Citation:
    """The best passage for a question, cited."""
    with house.database.reading() as db:
        hit = search(db, house.index, actor, question, 1)[0]
    return cite(1, hit, hit.start, hit.end)


def answer(*citations: Citation) -> Answer:
    """An answer with one claim for each citation."""
    numbered = tuple(replace(one, number=number) for number, one in enumerate(citations, 1))
    claims = tuple(Claim(one.quote, (one.number,)) for one in numbered)
    return Answer(found=bool(claims), engine="extractive", claims=claims, citations=numbered, notes=(), made_by="rules 1")


def say(house: Instance, actor: Actor, plan_id: int, given: Answer, conversation: int | None = None) -> int:
    """Keep a question with this answer; returns the conversation."""
    with house.database.writing() as db:
        return assistant.keep_exchange(db, actor, plan_id, conversation, "目标\n是什么？" * 10, "目标是什么？", given)


def keep(house: Instance, actor: Actor, plan_id: int, one: Citation) -> bool:
    """Keep a passage as evidence."""
    with house.database.writing() as db:
        return assistant.keep(db, actor, plan_id, one, question="问", statement="述", made_by="rules 1")


# Conversations


def test_a_question_stands_in_its_conversation_before_it_is_answered(house: Instance, leader: Actor, plan_id: int) -> None:
    with house.database.writing() as db:
        begun = assistant.begin(db, leader, plan_id, None, " 目标是什么？ ")
        assert assistant.unanswered(db, leader, begun.conversation_id) == [begun] and begun.question == "目标是什么？"
        assert assistant.exchanges(db, leader, begun.conversation_id) == [] and not assistant.is_answered(db, leader, begun)
    with house.database.writing() as db:
        assistant.finish(db, leader, begun, "目标是什么？", answer())
        # The page that was left and the one in which it was asked again both come to an end.
        assistant.finish(db, leader, begun, "又一次", answer())
        assistant.let_go(db, leader, begun)
    with house.database.reading() as db:
        assert [one.full_question for one in assistant.exchanges(db, leader, begun.conversation_id)] == ["目标是什么？"]
        assert assistant.is_answered(db, leader, begun) and assistant.unanswered(db, leader, begun.conversation_id) == []


def test_what_was_let_go_leaves_no_empty_conversation(house: Instance, leader: Actor, plan_id: int) -> None:
    colleague = person(house, "colleague", Role.HR_LEADER)
    with house.database.writing() as db:
        begun = assistant.begin(db, leader, plan_id, None, "目标是什么？")
        with pytest.raises(NotFound):
            assistant.let_go(db, colleague, begun)
        assistant.let_go(db, leader, begun)
        assert assistant.conversations(db, leader, plan_id) == []
        with pytest.raises(NotFound):
            assistant.finish(db, leader, begun, "", answer())


def test_a_conversation_is_kept_named_continued_renamed_and_deleted(house: Instance, leader: Actor, plan_id: int) -> None:
    shelve(house, leader, "战略.md", STRATEGY)
    given = answer(citation(house, leader, "财富管理"))
    conversation = say(house, leader, plan_id, given)
    assert say(house, leader, plan_id, answer(), conversation) == conversation
    with house.database.writing() as db:
        listed = assistant.conversations(db, leader, plan_id)
        assert [one.id for one in listed] == [conversation]
        assert "\n" not in listed[0].title and len(listed[0].title) <= 31
        assert [exchange.answer for exchange in assistant.exchanges(db, leader, conversation)] == [given, answer()]
        with pytest.raises(BadInput):
            assistant.rename(db, leader, conversation, "  ")
        assistant.rename(db, leader, conversation, "战略目标")
    with house.database.writing() as db:
        assert assistant.conversations(db, leader, plan_id)[0].title == "战略目标"
        assistant.delete(db, leader, conversation)
    with house.database.reading() as db:
        assert assistant.conversations(db, leader, plan_id) == []
        with pytest.raises(NotFound):
            assistant.exchanges(db, leader, conversation)


def test_nobody_reads_continues_renames_or_deletes_the_conversation_of_another(house: Instance, leader: Actor, plan_id: int) -> None:
    conversation = say(house, leader, plan_id, answer())
    colleague = person(house, "colleague", Role.HR_LEADER)
    with house.database.writing() as db:
        assert assistant.conversations(db, colleague, plan_id) == []
        for act in (
            lambda: assistant.exchanges(db, colleague, conversation),
            lambda: assistant.rename(db, colleague, conversation, "我的"),
            lambda: assistant.delete(db, colleague, conversation),
            lambda: assistant.keep_exchange(db, colleague, plan_id, conversation, "问", "问", answer()),
        ):
            with pytest.raises(NotFound):
                act()


def test_a_conversation_stays_within_its_plan(house: Instance, leader: Actor, plan_id: int) -> None:
    conversation = say(house, leader, plan_id, answer())
    with house.database.writing() as db:
        other = plans.create(db, leader, "滨海分行", 2028).id or 0
        assert assistant.conversations(db, leader, other) == []
        with pytest.raises(NotFound):
            assistant.keep_exchange(db, leader, other, conversation, "问", "问", answer())


def test_what_rests_on_a_document_that_one_may_no_longer_see_is_withheld(
    house: Instance, leader: Actor, manager: Actor, plan_id: int
) -> None:
    talk = shelve(house, leader, "访谈.md", SECRET, DocumentKind.INTERVIEW, readers=[Role.UNIT_MANAGER])
    strategy = shelve(house, leader, "战略.md", STRATEGY)
    given = answer(citation(house, manager, "班子搭配短板"), citation(house, manager, "财富管理客户资产规模"))
    assert [one.document_id for one in given.citations] == [talk, strategy]
    conversation = say(house, manager, plan_id, given)
    with house.database.writing() as db:
        version = library.find(db, leader, talk).version or 0
        library.change(db, leader, talk, version, title="访谈", kind=DocumentKind.INTERVIEW, readers=[Role.HR_LEADER], dated=None)
    with house.database.reading() as db:
        left = assistant.exchanges(db, manager, conversation)[0].answer
    assert [one.document_id for one in left.citations] == [strategy] and "班子" not in str(left) and left.notes
    assert left.found and left.claims == given.claims[1:]
    with house.database.writing() as db:
        library.remove(db, leader, strategy)
    with house.database.reading() as db:
        left = assistant.exchanges(db, manager, conversation)[0].answer
    assert (left.claims, left.citations) == ((), ())


def test_an_it_administrator_has_no_conversations(house: Instance, administrator: Actor, plan_id: int) -> None:
    with house.database.writing() as db:
        for act in (
            lambda: assistant.conversations(db, administrator, plan_id),
            lambda: assistant.evidence(db, administrator, plan_id),
            lambda: assistant.keep_exchange(db, administrator, plan_id, None, "问", "问", answer()),
        ):
            with pytest.raises(NotAllowed):
                act()


# Evidence


def test_a_passage_is_kept_once_seen_and_dropped(house: Instance, leader: Actor, plan_id: int) -> None:
    shelve(house, leader, "战略.md", STRATEGY)
    passage = citation(house, leader, "财富管理")
    assert keep(house, leader, plan_id, passage) and not keep(house, leader, plan_id, passage)
    with house.database.writing() as db:
        kept = assistant.evidence(db, leader, plan_id)
        assert [one.evidence.quote for one in kept] == [passage.quote]
        assert (kept[0].evidence.question, kept[0].evidence.statement, kept[0].evidence.made_by) == ("问", "述", "rules 1")
        assistant.drop_evidence(db, leader, kept[0].evidence.id or 0)
    with house.database.writing() as db:
        assert assistant.evidence(db, leader, plan_id) == []
        with pytest.raises(NotFound):
            assistant.drop_evidence(db, leader, kept[0].evidence.id or 0)


@pytest.mark.parametrize(
    "forged", [{"quote": "财富管理客户资产规模达到九万亿元"}, {"start": 0}, {"quote": "", "start": 5, "end": 5}, {"end": 10**9}]
)
def test_a_quote_that_is_not_to_the_letter_is_no_evidence(house: Instance, leader: Actor, plan_id: int, forged: dict[str, object]) -> None:
    shelve(house, leader, "战略.md", STRATEGY)
    passage = citation(house, leader, "持证上岗率")
    with pytest.raises(BadInput):
        keep(house, leader, plan_id, replace(passage, **forged))  # type: ignore[arg-type]


def test_evidence_shows_and_counts_only_what_one_may_see(house: Instance, leader: Actor, manager: Actor, plan_id: int) -> None:
    shelve(house, leader, "访谈.md", SECRET, DocumentKind.INTERVIEW)
    strategy = shelve(house, leader, "战略.md", STRATEGY)
    for question in ("班子搭配短板", "财富管理客户资产规模"):
        assert keep(house, leader, plan_id, citation(house, leader, question))

    def seen(actor: Actor) -> tuple[int, int, int]:
        with house.database.reading() as db:
            plan = plans.find(db, actor, plan_id)
            listed = len(assistant.evidence(db, actor, plan_id))
            return listed, plan_state(db, actor, plan_id).evidence, side_by_side(db, actor, [plan])[0].evidence

    assert (seen(leader), seen(manager)) == ((2, 2, 2), (1, 1, 1))
    with house.database.writing() as db:
        library.remove(db, leader, strategy)
    assert (seen(leader), seen(manager)) == ((1, 1, 1), (0, 0, 0))


def test_a_manager_keeps_no_evidence_and_nobody_keeps_what_they_cannot_see(
    house: Instance, leader: Actor, manager: Actor, plan_id: int
) -> None:
    shelve(house, leader, "战略.md", STRATEGY)
    with pytest.raises(NotAllowed):
        keep(house, manager, plan_id, citation(house, manager, "财富管理"))
    passage = citation(house, leader, "财富管理")
    with pytest.raises(NotFound):
        keep(house, leader, plan_id, replace(passage, document_id=999))
    with pytest.raises(NotFound):
        keep(house, leader, 999, passage)


def test_an_archived_plan_takes_no_evidence(house: Instance, leader: Actor, plan_id: int) -> None:
    shelve(house, leader, "战略.md", STRATEGY)
    passage = citation(house, leader, "财富管理")
    with house.database.writing() as db:
        plans.archive(db, leader, plan_id)
    with pytest.raises(NotFound):
        keep(house, leader, plan_id, passage)


# Asking


def test_an_answer_cites_to_the_letter_and_only_what_one_may_see(house: Instance, leader: Actor, manager: Actor) -> None:
    shelve(house, leader, "战略.md", STRATEGY)
    shelve(house, leader, "办法.md", NOTICE, DocumentKind.POLICY)
    shelve(house, leader, "访谈.md", SECRET, DocumentKind.INTERVIEW)
    given = house.assistant.ask(leader, "培训经费按人均每年多少元安排？")
    assert given.found and given.engine == "extractive" and given.citations
    with house.database.reading() as db:
        for one in given.citations:
            opened = library.open_document(db, leader, one.document_id)
            assert opened.parsed is not None and opened.parsed.text[one.start : one.end] == one.quote
    assert "六千" in str(given)
    told = house.assistant.ask(manager, "滨海新区三家支行的班子搭配有什么短板？")
    assert "班子" not in "".join(one.quote for one in told.citations)


def test_an_answer_follows_a_text_that_was_extracted_again(house: Instance, leader: Actor) -> None:
    first = shelve(house, leader, "办法.md", NOTICE)
    assert "六千" in str(house.assistant.ask(leader, "培训经费按人均每年多少元安排？"))
    with house.database.writing() as db:
        library.index_again(db, leader, [first], from_file=True)
    from tests.library import read, settle

    read(house, first, "办法.md", NOTICE.replace("# ", "# 修订后的").replace("六千", "八千").encode())
    settle(house)
    again = house.assistant.ask(leader, "培训经费按人均每年多少元安排？")
    assert "八千" in str(again) and "六千" not in str(again)


def test_what_the_documents_do_not_hold_is_said_to_be_missing(house: Instance, leader: Actor) -> None:
    shelve(house, leader, "战略.md", STRATEGY)
    given = house.assistant.ask(leader, "食堂的菜单什么时候更新？")
    assert (given.found, given.citations, given.claims) == (False, (), ())
    assert "没有找到" in given.text("zh") and given.text("en") != given.text("zh")


@pytest.mark.parametrize("question", ["", "   ", "问" * (LONGEST_QUESTION + 1)])
def test_no_question_and_far_too_much_of_one_are_refused(house: Instance, leader: Actor, question: str) -> None:
    with pytest.raises(BadInput):
        house.assistant.ask(leader, question)
