"""The branch's version of HQ's clauses, the facts behind it, and themes that lack either."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.documents.tables import DocumentKind
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.strategy.findings import FindingKind, Perspective
from core.strategy.themes import localisation, suggesting
from core.strategy.themes import service as themes
from core.strategy.themes.localisation import Clause, Fact, Lack
from core.strategy.themes.service import Draft
from tests.conftest import BOTH
from tests.core.strategy.world import BRANCH, GROWTH, INTERVIEW, World, accept, build
from tests.library import shelve

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)

VERSION = "滨海分行2027年零售AUM增长19%，新增部分以跨境电商客群为主"


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    """The world with its two suggested themes."""
    made = build(house, leader)
    with house.database.reading() as db:
        proposal = suggesting.propose(themes.overview(db, leader, made.plan))
    with house.database.writing() as db:
        suggesting.take_over(db, leader, made.plan, proposal)
    return made


def clause(house: Instance, actor: Actor, world: World, number: int = GROWTH) -> Clause:
    with house.database.reading() as db:
        found = localisation.local_themes(db, actor, world.plan)
    return next(one for theme in found for one in theme.clauses if one.finding.id == world.findings[number])


def write(house: Instance, actor: Actor, world: World, text: str, version: int | None = None) -> None:
    with house.database.writing() as db:
        localisation.write(db, actor, world.plan, world.findings[GROWTH], version, text)


def best_fact(house: Instance, actor: Actor, question: str) -> Fact:
    with house.database.reading() as db:
        return localisation.facts(db, house.index, actor, question)[0]


def justify(house: Instance, actor: Actor, world: World, place: tuple[int, int, int] | None) -> None:
    version = clause(house, actor, world).version
    with house.database.writing() as db:
        localisation.justify(db, actor, world.plan, world.findings[GROWTH], version, place)


def lacks(house: Instance, actor: Actor, world: World) -> list[Lack]:
    with house.database.reading() as db:
        return list(localisation.unlocalised(db, actor, world.plan).values())


def test_a_theme_is_flagged_until_it_has_a_version_and_a_fact(house: Instance, leader: Actor, world: World) -> None:
    assert lacks(house, leader, world) == [Lack.NO_VERSION, Lack.NO_VERSION]
    write(house, leader, world, "零售AUM年均增长15%以上。")
    assert lacks(house, leader, world)[0] is Lack.VERBATIM
    write(house, leader, world, VERSION, clause(house, leader, world).version)
    assert lacks(house, leader, world)[0] is Lack.NO_FACT
    fact = best_fact(house, leader, "跨境电商收款客户")
    justify(house, leader, world, (fact.document_id, fact.start, fact.end))
    assert lacks(house, leader, world) == [Lack.NO_VERSION]
    justify(house, leader, world, None)
    assert lacks(house, leader, world)[0] is Lack.NO_FACT


def test_a_fact_is_one_sentence_of_a_branch_document_to_the_letter(house: Instance, leader: Actor, world: World) -> None:
    fact = best_fact(house, leader, "汇率避险客户覆盖率")
    assert (fact.document_id == world.branch and fact.quote == BRANCH[fact.start : fact.end]) or "汇率避险" in fact.quote
    justify(house, leader, world, (fact.document_id, fact.start, fact.end))
    kept = clause(house, leader, world).fact
    assert kept is not None and kept.quote == fact.quote and kept.page == 1 and "跨境业务" in kept.heading


def test_hq_documents_and_broken_places_justify_nothing(house: Instance, leader: Actor, world: World) -> None:
    for place in ((world.hq, 10, 20), (world.branch, 10, 10), (world.branch, 0, 10**6)):
        with pytest.raises(BadInput):
            justify(house, leader, world, place)
    with house.database.reading() as db:
        assert all(fact.document_id == world.branch for fact in localisation.facts(db, house.index, leader, "零售AUM年均增长"))


def test_two_writers_never_overwrite_each_other(house: Instance, leader: Actor, world: World) -> None:
    write(house, leader, world, VERSION)
    with pytest.raises(Conflict) as refused:
        write(house, leader, world, "另一个版本")
    assert VERSION in str(refused.value.message)
    assert clause(house, leader, world).text == VERSION


def test_only_those_who_decide_write(house: Instance, leader: Actor, manager: Actor, world: World) -> None:
    with pytest.raises(NotAllowed):
        write(house, manager, world, VERSION)
    write(house, leader, world, VERSION)
    assert clause(house, manager, world).text == VERSION


def test_a_fact_from_a_closed_document_is_named_but_not_shown(house: Instance, leader: Actor, executive: Actor, world: World) -> None:
    shelve(house, leader, "行长访谈.md", INTERVIEW, DocumentKind.INTERVIEW)
    fact = best_fact(house, leader, "望海云岭两县财富客户分层")
    write(house, leader, world, VERSION)
    justify(house, leader, world, (fact.document_id, fact.start, fact.end))
    seen = clause(house, executive, world)
    assert seen.fact is None and seen.hidden and seen.lack is None
    assert lacks(house, executive, world) == lacks(house, leader, world)


def test_a_theme_of_the_branch_itself_needs_no_localising_and_an_empty_one_does(house: Instance, leader: Actor, world: World) -> None:
    quote = "跨境电商收款客户318户"
    own = accept(house, leader, world.plan, world.branch, BRANCH, quote, "跨境业务", FindingKind.TASK, None, "")
    with house.database.writing() as db:
        mine = themes.create(db, leader, world.plan, Draft("跨境金融", Perspective.CUSTOMER)).id or 0
    assert lacks(house, leader, world).count(Lack.NO_VERSION) == 3
    with house.database.writing() as db:
        themes.move(db, leader, world.plan, {own: None}, mine)
    assert lacks(house, leader, world).count(Lack.NO_VERSION) == 2
    with pytest.raises(NotFound), house.database.writing() as db:
        localisation.write(db, leader, world.plan, own, None, "改写自己")
