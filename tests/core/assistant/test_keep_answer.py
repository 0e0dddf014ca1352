"""Keeping a whole answer, or some of its citations, as evidence."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.assistant import service as memory
from core.documents.answers.answer import Answer, Claim, cite
from core.documents.search import search
from core.errors import NotAllowed
from core.instance import Instance
from core.plans import service as plans
from tests.library import STRATEGY, shelve

QUESTION = "财富管理客户资产规模和客户经理持证上岗率的目标分别是什么？"


@pytest.fixture
def answer(house: Instance, leader: Actor) -> Answer:
    """An answer of two claims, each resting on a passage."""
    shelve(house, leader, "战略.md", STRATEGY)
    with house.database.reading() as db:
        hits = search(db, house.index, leader, QUESTION, 2)
    citations = tuple(cite(number, hit, hit.start, hit.end) for number, hit in enumerate(hits, 1))
    claims = tuple(Claim(citation.quote, (citation.number,)) for citation in citations)
    assert len(citations) == 2
    return Answer(True, "extractive", claims, citations, (), "extractive 1")


@pytest.fixture
def plan(house: Instance, leader: Actor) -> int:
    """A plan."""
    with house.database.writing() as db:
        return plans.create(db, leader, "海州分行", 2027).id or 0


def test_all_citations_are_kept_each_with_the_claims_that_rest_on_it(house: Instance, leader: Actor, plan: int, answer: Answer) -> None:
    with house.database.writing() as db:
        assert memory.keep_answer(db, leader, plan, answer, QUESTION) == (2, 0)
    with house.database.reading() as db:
        kept = {one.evidence.quote: one.evidence.statement for one in memory.evidence(db, leader, plan)}
        places = memory.kept_places(db, leader, plan)
    assert set(kept) == {citation.quote for citation in answer.citations} and all(kept.values())
    assert places == {memory.place_of(citation) for citation in answer.citations}


def test_keeping_some_and_then_all_keeps_nothing_twice(house: Instance, leader: Actor, plan: int, answer: Answer) -> None:
    with house.database.writing() as db:
        assert memory.keep_answer(db, leader, plan, answer, QUESTION, {2}) == (1, 0)
        assert memory.keep_answer(db, leader, plan, answer, QUESTION) == (1, 1)


def test_the_latest_evidence_can_be_asked_for_alone(house: Instance, leader: Actor, plan: int, answer: Answer) -> None:
    with house.database.writing() as db:
        memory.keep_answer(db, leader, plan, answer, QUESTION)
    with house.database.reading() as db:
        assert len(memory.evidence(db, leader, plan, 1)) == 1


def test_who_may_not_keep_evidence_keeps_none(house: Instance, executive: Actor, plan: int, answer: Answer) -> None:
    with pytest.raises(NotAllowed), house.database.writing() as db:
        memory.keep_answer(db, executive, plan, answer, QUESTION)
