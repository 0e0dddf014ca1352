"""Ideas in the database: suggested again without losing what people wrote, corrected, turned down, brought back. On both databases."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.strategy.focus import service as focus
from core.strategy.ideas import service as ideas
from core.strategy.ideas.service import Suggested
from core.strategy.ideas.terms import Author, IdeaState, Match, ProjectKind, Source, Urgency
from core.strategy.themes import service as themes
from core.strategy.themes.localisation import Lack
from tests.conftest import BOTH
from tests.core.strategy.ideas_world import POST, Ripe, close, draft, idea_of, localise, look, own, ripe, seen, suggest, unaccept, undo
from tests.core.strategy.world import CERTIFIED, GROWTH, TIERS

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def world(house: Instance, leader: Actor) -> Ripe:
    return ripe(house, leader)


def test_an_anchored_post_and_its_themes_become_ideas_with_their_clauses(house: Instance, leader: Actor, world: Ripe) -> None:
    assert suggest(house, leader, world.plan) == Suggested(2, 0, 0)
    one = idea_of(house, leader, world.plan, world.retail)
    assert (one.row.line, one.row.post, one.row.people) == ("零售", POST, 120)
    assert one.row.purpose.startswith("落实“建立财富客户分层经营机制”：让客户经理具备客户分层、资产配置")
    assert [clause.id for clause in one.cited.clauses][:2] == [world.world.findings[TIERS], world.world.findings[GROWTH]]
    assert (one.row.source, one.row.match, one.row.kind) == (Source.TASK, Match.ASSIGNED, ProjectKind.PROBLEM_DRIVEN)
    assert one.lack is Lack.NO_VERSION, "nothing of the theme has been localised"
    other = idea_of(house, leader, world.plan, world.people)
    assert (other.row.competencies, other.row.source) == ([], Source.NONE)
    assert len(look(house, leader, world.plan).anchored) == 1


def test_a_post_that_nobody_anchored_gives_no_idea(house: Instance, leader: Actor, world: Ripe) -> None:
    with house.database.writing() as db:
        row = focus.rows(db, leader, world.plan)[0]
        focus.release(db, leader, world.plan, row.id or 0, row.version or 0)
    assert suggest(house, leader, world.plan) == Suggested(0, 0, 0)


def test_suggesting_again_changes_nothing_that_has_not_changed(house: Instance, leader: Actor, world: Ripe) -> None:
    suggest(house, leader, world.plan)
    before = seen(*look(house, leader, world.plan).ideas)
    assert suggest(house, leader, world.plan) == Suggested(0, 0, 0)
    assert seen(*look(house, leader, world.plan).ideas) == before


def test_what_people_wrote_stays_and_the_rest_follows_the_material(house: Instance, leader: Actor, world: Ripe) -> None:
    suggest(house, leader, world.plan)
    one = idea_of(house, leader, world.plan, world.retail)
    with house.database.writing() as db:
        changed = draft(one, purpose="  让客户经理\n会做分层经营 ", urgency=Urgency.LOW)
        ideas.edit(db, leader, world.plan, one.id, one.row.version or 0, changed)
    with house.database.writing() as db:
        row = focus.rows(db, leader, world.plan)[0]
        row.people = 150
    assert suggest(house, leader, world.plan) == Suggested(0, 2, 0)
    row_now = idea_of(house, leader, world.plan, world.retail).row
    assert (row_now.purpose, row_now.purpose_author, row_now.urgency) == ("让客户经理 会做分层经营", Author.PERSON, Urgency.LOW)
    assert row_now.people == 150 and row_now.urgency_score


def test_an_idea_that_nothing_speaks_for_goes_unless_somebody_wrote_in_it(house: Instance, leader: Actor, world: Ripe) -> None:
    suggest(house, leader, world.plan)
    one = idea_of(house, leader, world.plan, world.retail)
    with house.database.writing() as db:
        ideas.edit(db, leader, world.plan, one.id, one.row.version or 0, draft(one, name="我的项目"))
        row = focus.rows(db, leader, world.plan)[0]
        focus.release(db, leader, world.plan, row.id or 0, row.version or 0)
    assert suggest(house, leader, world.plan) == Suggested(0, 1, 1)
    (left,) = look(house, leader, world.plan).ideas
    assert left.row.name == "我的项目" and left.row.outdated


def test_a_rejected_idea_has_its_reason_stays_rejected_and_can_be_brought_back(house: Instance, leader: Actor, world: Ripe) -> None:
    suggest(house, leader, world.plan)
    both = look(house, leader, world.plan).ideas
    with pytest.raises(BadInput, match="理由"), house.database.writing() as db:
        ideas.reject(db, leader, world.plan, seen(*both), "  ")
    with house.database.writing() as db:
        assert ideas.reject(db, leader, world.plan, seen(*both), "今年没有预算") == 2
    suggest(house, leader, world.plan)
    assert {one.row.reject_reason for one in look(house, leader, world.plan).ideas} == {"今年没有预算"}
    with house.database.writing() as db:
        assert ideas.bring_back(db, leader, world.plan, seen(look(house, leader, world.plan).ideas[0])) == 1
    with house.database.reading() as db:
        assert ideas.counts(db, leader, world.plan) == {IdeaState.PENDING: 1, IdeaState.REJECTED: 1}


def test_an_idea_of_ones_own_waits_like_the_others_and_is_undone_as_a_whole(house: Instance, leader: Actor, world: Ripe) -> None:
    with house.database.writing() as db:
        made = ideas.add(db, leader, world.plan, world.people, own(world.world.findings[CERTIFIED]))
    (one,) = look(house, leader, world.plan).ideas
    assert (one.id, one.row.origin, one.row.state, one.row.match) == (made, Author.PERSON, IdeaState.PENDING, Match.PERSON)
    suggest(house, leader, world.plan)
    assert len(look(house, leader, world.plan).ideas) == 3, "a suggestion neither drops nor doubles it"
    undo(house, leader, world.plan)
    assert made not in [one.id for one in look(house, leader, world.plan).ideas]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "项目名称"),
        ({"post": "", "line": " "}, "对象"),
        ({"people": 2.5}, "整数"),
        ({"purpose": "长" * 501}, "最多 500"),
        ({"finding_ids": (9999,)}, "依据"),
    ],
)
def test_an_idea_that_cannot_be_is_refused(house: Instance, leader: Actor, world: Ripe, changed: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput, match=said), house.database.writing() as db:
        ideas.add(db, leader, world.plan, world.people, own(world.world.findings[CERTIFIED], **changed))


def test_an_idea_needs_a_theme_that_stands(house: Instance, leader: Actor, world: Ripe) -> None:
    with house.database.writing() as db:
        themes.remove(db, leader, world.people)
    with pytest.raises(NotFound), house.database.writing() as db:
        ideas.add(db, leader, world.plan, world.people, own(world.world.findings[CERTIFIED]))


def test_of_two_editors_the_second_overwrites_nothing(house: Instance, leader: Actor, world: Ripe) -> None:
    suggest(house, leader, world.plan)
    one = idea_of(house, leader, world.plan, world.retail)
    with house.database.writing() as db:
        ideas.edit(db, leader, world.plan, one.id, one.row.version or 0, draft(one, name="甲"))
    for act in (
        lambda db: ideas.edit(db, leader, world.plan, one.id, one.row.version or 0, draft(one, name="乙")),
        lambda db: ideas.reject(db, leader, world.plan, seen(one), "不办"),
        lambda db: ideas.take_draft(db, leader, world.plan, one.id, one.row.version or 0, "乙", "m"),
    ):
        with pytest.raises(Conflict, match="甲"), house.database.writing() as db:
            act(db)
    assert idea_of(house, leader, world.plan, world.retail).row.name == "甲"


def test_the_last_action_is_taken_back_unless_somebody_has_changed_the_idea_since(house: Instance, leader: Actor, world: Ripe) -> None:
    suggest(house, leader, world.plan)
    one = idea_of(house, leader, world.plan, world.retail)
    with pytest.raises(BadInput, match="没有可以撤销"):
        undo(house, leader, world.plan)
    with house.database.writing() as db:
        ideas.edit(db, leader, world.plan, one.id, one.row.version or 0, draft(one, name="甲", people=None))
    assert undo(house, leader, world.plan) == 1
    back = idea_of(house, leader, world.plan, world.retail).row
    assert (back.name, back.people, back.edited) == (one.row.name, 120, [])
    with house.database.writing() as db:
        ideas.reject(db, leader, world.plan, {one.id: back.version or 0}, "不办")
    with house.database.writing() as db:
        again = idea_of(house, leader, world.plan, world.retail)
        ideas.chosen(db, leader, world.plan, seen(again))[0].people = 1
    with pytest.raises(Conflict):
        undo(house, leader, world.plan)


def test_a_models_draft_is_labelled_and_no_suggestion_replaces_it(house: Instance, leader: Actor, world: Ripe) -> None:
    suggest(house, leader, world.plan)
    one = idea_of(house, leader, world.plan, world.retail)
    with house.database.writing() as db:
        ideas.take_draft(db, leader, world.plan, one.id, one.row.version or 0, "模型写的目的", "strategy/purpose v1 · stub")
    suggest(house, leader, world.plan)
    row = idea_of(house, leader, world.plan, world.retail).row
    assert (row.purpose, row.purpose_author, row.purpose_by) == ("模型写的目的", Author.MODEL, "strategy/purpose v1 · stub")
    assert row.state is IdeaState.PENDING, "a person approves"


def test_words_that_rest_on_a_closed_document_are_withheld(house: Instance, leader: Actor, executive: Actor, world: Ripe) -> None:
    suggest(house, leader, world.plan)
    assert not any(one.cited.withheld for one in look(house, executive, world.plan).ideas)
    close(house, leader, world.world.hq)
    assert all(one.cited.withheld and not one.cited.clauses for one in look(house, executive, world.plan).ideas)
    assert not any(one.cited.withheld for one in look(house, leader, world.plan).ideas)


def test_a_clause_that_is_no_longer_accepted_is_counted_as_lost(house: Instance, leader: Actor, world: Ripe) -> None:
    suggest(house, leader, world.plan)
    unaccept(house, leader, world.plan, world.world.findings[TIERS])
    assert idea_of(house, leader, world.plan, world.retail).cited.lost == 1
    suggest(house, leader, world.plan)
    assert idea_of(house, leader, world.plan, world.retail).cited.lost == 0, "a suggestion finds another clause"


def test_the_branchs_version_of_a_clause_stands_in_the_purpose(house: Instance, leader: Actor, world: Ripe) -> None:
    localise(house, leader, world)
    suggest(house, leader, world.plan)
    one = idea_of(house, leader, world.plan, world.retail)
    assert "在本行就是“两县财富客户先做分层”" in one.row.purpose and one.lack is None


def test_executives_read_and_it_administrators_do_not(
    house: Instance, leader: Actor, executive: Actor, administrator: Actor, world: Ripe
) -> None:
    suggest(house, leader, world.plan)
    one = look(house, executive, world.plan).ideas[0]
    for act in (
        lambda db: ideas.suggest(db, executive, world.plan, "zh"),
        lambda db: ideas.add(db, executive, world.plan, world.people, own(1)),
        lambda db: ideas.edit(db, executive, world.plan, one.id, one.row.version or 0, draft(one)),
        lambda db: ideas.reject(db, executive, world.plan, seen(one), "x"),
        lambda db: ideas.bring_back(db, executive, world.plan, seen(one)),
        lambda db: ideas.undo(db, executive, world.plan),
        lambda db: ideas.board(db, administrator, world.plan),
    ):
        with pytest.raises(NotAllowed), house.database.writing() as db:
            act(db)


def test_words_stay_closed_to_who_may_not_see_what_they_were_written_from(
    house: Instance, leader: Actor, executive: Actor, world: Ripe
) -> None:
    suggest(house, leader, world.plan)
    secret = idea_of(house, leader, world.plan, world.retail)
    with house.database.writing() as db:
        ideas.take_draft(db, leader, world.plan, secret.id, secret.row.version or 0, "总行要求做深财富客户。", "purpose 1")
    close(house, leader, world.world.hq)
    unaccept(house, leader, world.plan, *secret.row.finding_ids)
    suggest(house, leader, world.plan)
    now = idea_of(house, executive, world.plan, world.retail)
    assert now.row.purpose == "总行要求做深财富客户。" and now.cited.withheld
