"""The second year: what an earlier year's plan decided on the same words is taken over, and only that."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest

from core.access.actor import Actor, Role
from core.documents import service as library
from core.documents.tables import DocumentKind
from core.errors import Conflict, NotAllowed
from core.instance import Instance
from core.plans import service as plans
from core.strategy import decoding_job, precedents, repository, review
from core.strategy.findings import FindingKind, Measure
from core.strategy.precedents import Offer
from core.strategy.review import Draft, Wanted
from core.strategy.tables import FindingRow, FindingState
from tests.conftest import BOTH, person
from tests.core.strategy.test_review import TEXT
from tests.library import settle, shelve

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)

ACCEPTED, REJECTED, MERGED, PENDING = (
    FindingState.ACCEPTED,
    FindingState.REJECTED,
    FindingState.MERGED,
    FindingState.PENDING,
)
CERTIFIED, EXPERTS, TIERS, DEPOSITS = "2027年客户经理", "组建跨境", "建立财富", "2027年零售存款"


@dataclass(frozen=True)
class Years:
    """Two plans of a unit that have the same document decoded; in the first, people decided."""

    house: Instance
    first: int
    second: int
    document: int

    def rows(self, actor: Actor, plan: int) -> dict[str, FindingRow]:
        """The findings of a plan by their words in the document."""
        with self.house.database.reading() as db:
            states = tuple(FindingState)
            return {row.quote: row for row in review.board(db, actor, plan, Wanted(states=states), 0, 100).rows}

    def one(self, actor: Actor, plan: int, quote: str) -> FindingRow:
        """The finding whose words begin like this."""
        return next(row for words, row in self.rows(actor, plan).items() if words.startswith(quote))

    def number(self, actor: Actor, plan: int, quote: str) -> int:
        """Its number."""
        return self.one(actor, plan, quote).id or 0

    def decide(self, actor: Actor, plan: int, quote: str, state: FindingState) -> None:
        """Decide on one."""
        number = self.number(actor, plan, quote)
        with self.house.database.writing() as db:
            review.decide(db, actor, plan, [number], state)

    def offer(self, actor: Actor) -> Offer:
        """What the second plan is offered."""
        with self.house.database.reading() as db:
            return precedents.offer(db, actor, self.second)

    def take(self, actor: Actor) -> int:
        """Take all that over."""
        stamp = self.offer(actor).stamp
        with self.house.database.writing() as db:
            return precedents.take_over(db, actor, self.second, stamp)

    def decode(self, actor: Actor, plan: int, document: int) -> None:
        """Have a document decoded for a plan."""
        with self.house.database.writing() as db:
            decoding_job.start(db, actor, plan, [document])
        settle(self.house)


@pytest.fixture
def years(house: Instance, leader: Actor) -> Years:
    """2027: one accepted, one corrected and accepted, one rejected, one merged into the first; the others wait. 2028: nothing decided."""
    document = shelve(house, leader, "三年战略.md", TEXT)
    with house.database.writing() as db:
        first, second = (plans.create(db, leader, "海城分行", year).id or 0 for year in (2027, 2028))
    years = Years(house, first, second, document)
    for plan in (first, second):
        years.decode(leader, plan, document)
    years.decide(leader, first, DEPOSITS, REJECTED)
    row = years.one(leader, first, CERTIFIED)
    better = Draft(FindingKind.TARGET, "持证率到95%", None, ("合规",), Measure("持证率", ">=", 95, "%", "%", "2027-12-31"))
    with house.database.writing() as db:
        review.edit(db, leader, first, row.id or 0, row.version or 0, better, accept=True)
    into, other = years.number(leader, first, EXPERTS), years.number(leader, first, TIERS)
    with house.database.writing() as db:
        review.merge(db, leader, first, [into, other], into)
    return years


def test_what_last_year_decided_on_the_same_words_is_taken_over_as_it_stood(years: Years, leader: Actor) -> None:
    offered = years.offer(leader)
    assert offered.years == (2027,) and offered.states == {ACCEPTED: 2, REJECTED: 1, MERGED: 1} and offered.edited == 1
    assert offered.of(FindingKind.TARGET) == {ACCEPTED: 1, REJECTED: 1}
    assert years.take(leader) == 4
    rows = years.rows(leader, years.second)
    by_hand = {words: row.state for words, row in years.rows(leader, years.first).items()}
    assert {words: row.state for words, row in rows.items()} == by_hand, "what nobody had decided waits"
    corrected = years.one(leader, years.second, CERTIFIED)
    assert (corrected.text, corrected.competencies, corrected.metric) == ("持证率到95%", ["合规"], "持证率")
    assert (corrected.measure or {})["value"] == 95 and corrected.edited
    assert years.one(leader, years.second, TIERS).merged_into == years.number(leader, years.second, EXPERTS)


def test_targets_that_were_due_before_this_year_are_counted(years: Years, leader: Actor) -> None:
    offered = years.offer(leader)
    assert (offered.due_before(2027), offered.due_before(2028)) == (0, 1), "of the two of 2027 one is accepted"


def test_it_is_one_action_that_undo_takes_back_whole(years: Years, leader: Actor) -> None:
    before = {words: row.model_dump(exclude={"version"}) for words, row in years.rows(leader, years.second).items()}
    years.take(leader)
    with years.house.database.writing() as db:
        assert len(review.undo(db, leader, years.second)) == 4
    assert {words: row.model_dump(exclude={"version"}) for words, row in years.rows(leader, years.second).items()} == before
    assert len(years.offer(leader).lines) == 4


def test_a_second_time_changes_nothing(years: Years, leader: Actor) -> None:
    years.take(leader)
    versions = {words: row.version for words, row in years.rows(leader, years.second).items()}
    assert years.offer(leader).lines == () and years.take(leader) == 0
    assert {words: row.version for words, row in years.rows(leader, years.second).items()} == versions


def test_why_says_in_which_year_and_by_whom_until_somebody_decides_here(years: Years, leader: Actor) -> None:
    other = person(years.house, "second", Role.HR_LEADER)
    years.take(other)
    row = years.one(leader, years.second, DEPOSITS)
    with years.house.database.reading() as db:
        told = precedents.behind(db, leader, row)
        assert told is not None and (told.year, told.by) == (2027, leader.name) and row.decided_by == other.account_id
    years.decide(leader, years.second, DEPOSITS, ACCEPTED)
    with years.house.database.reading() as db:
        assert precedents.behind(db, leader, years.one(leader, years.second, DEPOSITS)) is None


def test_what_a_person_touched_this_year_stays_theirs(years: Years, leader: Actor) -> None:
    row = years.one(leader, years.second, CERTIFIED)
    own = Draft(FindingKind.TARGET, "今年另说", measure=Measure("持证率", ">=", 98, "%", "%", "2028-12-31"))
    with years.house.database.writing() as db:
        review.edit(db, leader, years.second, row.id or 0, row.version or 0, own)
    years.decide(leader, years.second, DEPOSITS, ACCEPTED)
    years.decide(leader, years.second, DEPOSITS, PENDING)
    years.take(leader)
    assert years.one(leader, years.second, CERTIFIED).text == "今年另说"
    assert years.one(leader, years.second, DEPOSITS).state is PENDING


def test_a_changed_figure_in_a_new_edition_waits_and_the_rest_is_taken_over(years: Years, leader: Actor) -> None:
    newer = shelve(years.house, leader, "三年战略.md", TEXT.replace("45亿元", "50亿元").replace("，覆盖全部", ", 覆盖全部"))
    with years.house.database.reading() as db:
        assert library.find(db, leader, newer).family == library.find(db, leader, years.document).family
    years.decode(leader, years.second, newer)
    years.take(leader)
    assert years.one(leader, years.second, "2027年零售存款新增50亿元").state is PENDING
    assert years.one(leader, years.second, "组建跨境金融专家小组").state is ACCEPTED, "a comma is no other demand"


def test_what_was_merged_waits_where_this_year_does_not_accept_what_it_went_into(years: Years, leader: Actor) -> None:
    years.decide(leader, years.second, EXPERTS, REJECTED)
    years.take(leader)
    assert years.one(leader, years.second, TIERS).state is PENDING
    with years.house.database.writing() as db:
        review.undo(db, leader, years.second)
        review.undo(db, leader, years.second)
    years.decide(leader, years.second, EXPERTS, ACCEPTED)
    years.take(leader)
    assert years.one(leader, years.second, TIERS).merged_into == years.number(leader, years.second, EXPERTS)


def test_what_was_parted_waits_as_a_whole(years: Years, leader: Actor) -> None:
    row = years.one(leader, years.first, "深化零售转型")
    with years.house.database.writing() as db:
        parts = review.split(db, leader, years.first, row.id or 0, row.version or 0, 2)
        review.decide(db, leader, years.first, parts, ACCEPTED)
    years.take(leader)
    assert years.one(leader, years.second, "深化零售转型").state is PENDING


def test_the_nearest_year_counts_and_a_plan_that_was_put_away_counts_too(years: Years, leader: Actor) -> None:
    with years.house.database.writing() as db:
        third = plans.create(db, leader, "海城分行", 2029).id or 0
    years.decode(leader, third, years.document)
    years.decide(leader, years.second, DEPOSITS, ACCEPTED)
    with years.house.database.writing() as db:
        plans.archive(db, leader, years.second)
        offered = precedents.offer(db, leader, third)
        precedents.take_over(db, leader, third, offered.stamp)
    assert offered.years == (2028, 2027)
    assert years.one(leader, third, DEPOSITS).state is ACCEPTED
    assert years.one(leader, third, CERTIFIED).text == "持证率到95%"


def test_other_units_later_years_and_other_documents_are_no_precedent(years: Years, leader: Actor) -> None:
    other = shelve(years.house, leader, "另一份.md", TEXT + "\n\n另有说明。\n")
    with years.house.database.writing() as db:
        elsewhere = plans.create(db, leader, "山城分行", 2028).id or 0
        sooner = plans.create(db, leader, "海城分行", 2026).id or 0
        later = plans.create(db, leader, "海城分行", 2030).id or 0
    for plan, document in ((elsewhere, years.document), (sooner, years.document), (later, other)):
        years.decode(leader, plan, document)
        with years.house.database.reading() as db:
            assert precedents.offer(db, leader, plan).lines == ()


def test_nothing_is_taken_from_a_document_that_the_person_may_not_see(years: Years, leader: Actor) -> None:
    newer = shelve(years.house, leader, "三年战略.md", TEXT + "\n\n另有说明。\n")
    years.decode(leader, years.second, newer)
    assert years.offer(leader).lines
    with years.house.database.writing() as db:
        library.remove(db, leader, years.document)
    assert years.rows(leader, years.second) and years.offer(leader).lines == ()


def test_only_who_decides_may_take_over_and_only_what_was_seen(years: Years, leader: Actor, manager: Actor) -> None:
    stamp = years.offer(leader).stamp
    with years.house.database.writing() as db, pytest.raises(NotAllowed):
        precedents.take_over(db, manager, years.second, stamp)
    years.decide(leader, years.first, DEPOSITS, ACCEPTED)
    with years.house.database.writing() as db, pytest.raises(Conflict):
        precedents.take_over(db, leader, years.second, stamp)
    assert all(row.state in (PENDING, FindingState.ASIDE) for row in years.rows(leader, years.second).values())


def test_nothing_that_was_not_approved_flows_on(years: Years, leader: Actor) -> None:
    years.take(leader)
    with years.house.database.reading() as db:
        flowing = {row.quote for row in repository.findings(db, years.second)}
    assert flowing == {row.quote for row in years.rows(leader, years.first).values() if row.state is ACCEPTED}


def test_two_thousand_findings_are_matched_and_taken_over_at_once(house: Instance, leader: Actor) -> None:
    document = shelve(house, leader, "大文件.md", "# 战略\n\n推进落实。\n", DocumentKind.HQ)
    with house.database.writing() as db:
        first, second = (plans.create(db, leader, "海城分行", year).id or 0 for year in (2027, 2028))
        for plan, state in ((first, ACCEPTED), (second, PENDING)):
            for n in range(2000):
                words = f"推进第{n}项重点任务落实到位，由分管行领导牵头，各部门按季度报送进展"
                db.add(
                    FindingRow(
                        plan_id=plan, document_id=document, kind=FindingKind.TASK, text=words, quote=words, start=n, end=n + 1, state=state
                    )
                )
    with house.database.writing() as db:
        started = time.process_time()
        offered = precedents.offer(db, leader, second)
        seen = time.process_time() - started
        assert precedents.take_over(db, leader, second, offered.stamp) == 2000
        taken = time.process_time() - started - seen
    # Measured 0.2 and 0.9 seconds of a slow processor; a square would be minutes.
    assert seen < 2 and taken < 5
