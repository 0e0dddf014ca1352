"""The second year: an earlier year's themes, their links and the branch's versions come with the findings that were accepted again."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core.access.actor import Actor
from core.documents import service as library
from core.errors import Conflict, NotAllowed
from core.instance import Instance
from core.plans import service as plans
from core.strategy import review
from core.strategy.findings import Perspective
from core.strategy.tables import FindingRow, FindingState
from core.strategy.themes import earlier, history, linking, localisation, repository, suggesting
from core.strategy.themes import service as themes
from core.strategy.themes.earlier import Offer
from core.strategy.themes.service import Draft, Overview, draft_of
from core.strategy.themes.tags import Layer, Lens
from tests.conftest import BOTH
from tests.core.strategy.world import BRANCH, CANTEEN, CERTIFIED, GROWTH, PEOPLE, RETAIL, TIERS, build

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)

QUEUE = "财富客户经营"
STAFF = "建设专业过硬的客户经理队伍"
VERSION = "滨海分行零售AUM增长19%，新增部分以跨境电商客群为主"
FACT = "专职跨境产品经理9人，其中取得总行跨境业务资质的5人。"


@dataclass(frozen=True)
class Years:
    """Two plans of a unit on the same documents: `first` has themes, `second` accepted the same findings: `again`, by their place."""

    house: Instance
    first: int
    second: int
    branch: int
    was: tuple[int, ...]
    again: dict[int, int]

    def look(self, actor: Actor, plan: int) -> Overview:
        """A plan's themes."""
        with self.house.database.reading() as db:
            return themes.overview(db, actor, plan)

    def offer(self, actor: Actor) -> Offer:
        """What the second plan is offered."""
        with self.house.database.reading() as db:
            return earlier.offer(db, actor, self.second)

    def take(self, actor: Actor) -> Offer:
        """Take all of it over."""
        stamp = self.offer(actor).stamp
        with self.house.database.writing() as db:
            return earlier.take_over(db, actor, self.second, stamp)

    def places(self, actor: Actor) -> dict[str, set[int]]:
        """The findings of the second plan's themes, by their place in the world."""
        order = {finding: n for n, finding in self.again.items()}
        return {view.theme.name: {order[one.finding.id] for one in view.members} for view in self.look(actor, self.second).themes}

    def undo(self, actor: Actor) -> None:
        """Take the last action on the second plan's themes back."""
        with self.house.database.writing() as db:
            done = history.last(db, actor, self.second)
            assert done is not None and done.action == earlier.ACTION
            history.undo(db, actor, done.id)


def accept_again(house: Instance, plan: int, was: tuple[int, ...]) -> dict[int, int]:
    """The same findings, accepted in another plan."""
    made = {}
    with house.database.writing() as db:
        for n, number in enumerate(was):
            known = db.get(FindingRow, number)
            assert known is not None
            row = FindingRow(**known.model_dump(exclude={"id", "version", "plan_id"}), plan_id=plan)
            db.add(row)
            db.flush()
            made[n] = row.id or 0
    return made


@pytest.fixture
def years(house: Instance, leader: Actor) -> Years:
    """2027: two themes, the first written anew by a person, a link between them, one branch version with a fact, an empty theme."""
    world = build(house, leader)
    with house.database.reading() as db:
        proposal = suggesting.propose(themes.overview(db, leader, world.plan))
    with house.database.writing() as db:
        suggesting.take_over(db, leader, world.plan, proposal)
    with house.database.writing() as db:
        retail, people = themes.overview(db, leader, world.plan).themes
        better = Draft(QUEUE, Perspective.CUSTOMER, Layer.BUSINESS, (Lens.CHANNELS,), "零售金融部", "零售AUM", 60, retail.theme.position)
        themes.change(db, leader, retail.id, retail.theme.version or 0, better)
        linking.link(db, leader, world.plan, people.id, retail.id, "持证后流失下降")
        themes.create(db, leader, world.plan, Draft("没有发现的主题", Perspective.PROCESS))
        localisation.write(db, leader, world.plan, world.findings[GROWTH], None, VERSION)
    with house.database.writing() as db:
        text = library.open_document(db, leader, world.branch).parsed
        assert text is not None
        start = text.text.index(FACT)
        localisation.justify(db, leader, world.plan, world.findings[GROWTH], 1, (world.branch, start, start + len(FACT)))
        second = plans.create(db, leader, "滨海分行", 2028).id or 0
    return Years(house, world.plan, second, world.branch, world.findings, accept_again(house, second, world.findings))


def test_themes_come_with_all_that_people_wrote_about_them_and_their_findings(years: Years, leader: Actor) -> None:
    offered = years.offer(leader)
    assert (offered.year, len(offered.themes), offered.findings, len(offered.links), len(offered.versions)) == (2027, 2, 5, 1, 1)
    years.take(leader)
    assert years.places(leader) == {QUEUE: {RETAIL, GROWTH, TIERS}, STAFF: {PEOPLE, CERTIFIED}}
    before, after = years.look(leader, years.first), years.look(leader, years.second)
    for was, now in zip(before.themes[:2], after.themes, strict=True):
        assert draft_of(now.theme) == draft_of(was.theme) and now.theme.named_by == was.theme.named_by
        assert [one.reason for one in now.members] == [one.reason for one in was.members]
    (link,) = after.links
    assert (link.cause_id, link.effect_id, link.note, link.suggested) == (after.themes[1].id, after.themes[0].id, "持证后流失下降", False)


def test_a_theme_none_of_whose_findings_is_there_is_named_with_the_reason(years: Years, leader: Actor) -> None:
    with years.house.database.writing() as db:
        review.decide(db, leader, years.second, [years.again[PEOPLE], years.again[CERTIFIED]], FindingState.REJECTED)
    offered = years.offer(leader)
    assert [one.draft.name for one in offered.themes] == [QUEUE] and offered.links == ()
    assert {one.name: one.why.render("zh") for one in offered.left_out} == {
        STAFF: "它的 2 条发现，这份计划一条也没有采纳",
        "没有发现的主题": "当时没有发现归入它",
    }
    years.take(leader)
    assert set(years.places(leader)) == {QUEUE}


def test_the_branch_version_comes_with_its_fact_and_without_it_where_its_document_is_gone(years: Years, leader: Actor) -> None:
    years.take(leader)

    def clause() -> localisation.Clause:
        with years.house.database.reading() as db:
            found = localisation.local_themes(db, leader, years.second)
        return next(one for theme in found for one in theme.clauses if one.finding.id == years.again[GROWTH])

    assert clause().text == VERSION and clause().lack is None
    fact = clause().fact
    assert fact is not None and fact.document_id == years.branch and fact.quote == FACT
    years.undo(leader)
    with years.house.database.writing() as db:
        library.remove(db, leader, years.branch)
    years.take(leader)
    assert clause().text == VERSION and clause().fact is None and not clause().hidden


def test_it_is_one_action_that_undo_takes_back_whole(years: Years, leader: Actor) -> None:
    years.take(leader)
    years.undo(leader)
    seen = years.look(leader, years.second)
    assert seen.themes == () and seen.links == () and len(seen.new) == 6
    with years.house.database.reading() as db:
        assert repository.localisations(db, years.second) == []
    assert years.take(leader).findings == 5, "and it can be done again"


def test_a_version_that_somebody_wrote_on_keeps_the_whole_from_being_undone(years: Years, leader: Actor) -> None:
    years.take(leader)
    with years.house.database.writing() as db:
        localisation.write(db, leader, years.second, years.again[GROWTH], 1, "今年另写")
    with pytest.raises(Conflict):
        years.undo(leader)
    assert len(years.look(leader, years.second).themes) == 2


def test_a_second_time_changes_nothing(years: Years, leader: Actor) -> None:
    years.take(leader)
    assert not years.offer(leader).anything and not years.take(leader).anything
    assert len(years.look(leader, years.second).themes) == 2


def test_a_theme_of_the_same_name_gets_the_findings_that_are_in_none(years: Years, leader: Actor) -> None:
    with years.house.database.writing() as db:
        own = themes.create(db, leader, years.second, Draft(QUEUE, Perspective.FINANCIAL, weight=25)).id or 0
        other = themes.create(db, leader, years.second, Draft("今年的主题", Perspective.PROCESS)).id or 0
        themes.move(db, leader, years.second, {years.again[TIERS]: None}, other)
        themes.move(db, leader, years.second, {years.again[CANTEEN]: None}, None)
    years.take(leader)
    assert years.places(leader) == {QUEUE: {RETAIL, GROWTH}, "今年的主题": {TIERS}, STAFF: {PEOPLE, CERTIFIED}}
    view = years.look(leader, years.second).find(own)
    assert view is not None and (view.theme.perspective, view.theme.weight) == (Perspective.FINANCIAL, 25), "what stands is not rewritten"


def test_a_link_that_would_close_a_circle_with_this_years_own_stays_away(years: Years, leader: Actor) -> None:
    retail, people, _ = years.look(leader, years.first).themes
    with years.house.database.writing() as db:
        between = themes.create(db, leader, years.first, Draft("后勤保障", Perspective.PROCESS)).id or 0
        themes.move(db, leader, years.first, {years.was[CANTEEN]: None}, between)
        linking.link(db, leader, years.first, people.id, between)
        linking.link(db, leader, years.first, between, retail.id)
        own, staff = (themes.create(db, leader, years.second, Draft(name, Perspective.CUSTOMER)).id or 0 for name in (QUEUE, STAFF))
        linking.link(db, leader, years.second, own, staff)
    years.take(leader)
    seen = years.look(leader, years.second)
    names = {view.id: view.theme.name for view in seen.themes}
    drawn = [(names[link.cause_id], names[link.effect_id]) for link in seen.links]
    assert drawn == [(QUEUE, STAFF), (STAFF, "后勤保障")], "the third would lead from this year's QUEUE back to itself"


def test_a_version_written_this_year_stays_and_what_was_suggested_only_does_not_come(years: Years, leader: Actor) -> None:
    with years.house.database.writing() as db:
        localisation.write(db, leader, years.second, years.again[GROWTH], None, "今年写的")
        for link in repository.links(db, years.first):
            link.suggested = True
    offered = years.offer(leader)
    assert offered.versions == () and offered.links == ()


def test_a_plan_that_was_put_away_counts_and_another_unit_does_not(years: Years, leader: Actor) -> None:
    with years.house.database.writing() as db:
        plans.archive(db, leader, years.first)
        elsewhere = plans.create(db, leader, "山城分行", 2028).id or 0
    accept_again(years.house, elsewhere, years.was)
    assert len(years.offer(leader).themes) == 2
    with years.house.database.reading() as db:
        assert earlier.offer(db, leader, elsewhere) == Offer()


def test_only_who_decides_may_and_only_what_was_seen(years: Years, leader: Actor, manager: Actor) -> None:
    stamp = years.offer(leader).stamp
    with years.house.database.writing() as db, pytest.raises(NotAllowed):
        earlier.take_over(db, manager, years.second, stamp)
    with years.house.database.writing() as db:
        review.decide(db, leader, years.second, [years.again[TIERS]], FindingState.REJECTED)
    with years.house.database.writing() as db, pytest.raises(Conflict):
        earlier.take_over(db, leader, years.second, stamp)
    assert years.look(leader, years.second).themes == ()


def test_what_is_kept_to_undo_holds_no_words_of_the_facts_document(years: Years, leader: Actor) -> None:
    years.take(leader)
    with years.house.database.reading() as db:
        done = history.last(db, leader, years.second)
        assert done is not None
        kept = str([(change.before, change.after) for change in repository.changes(db, [done.id])])
    assert FACT in BRANCH and FACT not in kept and VERSION not in kept
