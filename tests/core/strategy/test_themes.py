"""Themes in the database: suggested, changed by hand, linked, weighed, deleted and taken back. On both databases."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from core.access.actor import Actor
from core.documents import service as library
from core.errors import BadInput, CexunError, Conflict, NotAllowed, NotFound
from core.exports.themes import workbook
from core.instance import Instance
from core.plans import service as plans
from core.strategy.findings import FindingKind, Perspective
from core.strategy.themes import history, linking, repository, suggesting
from core.strategy.themes import service as themes
from core.strategy.themes.grouping import Reason
from core.strategy.themes.service import Draft, Overview
from core.strategy.themes.tags import Layer, Lens
from tests.conftest import BOTH
from tests.core.strategy.world import CANTEEN, CERTIFIED, GROWTH, RETAIL, TIERS, World, accept, build
from tests.library import shelve

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    return build(house, leader)


def look(house: Instance, actor: Actor, world: World) -> Overview:
    with house.database.reading() as db:
        return themes.overview(db, actor, world.plan)


def suggest(house: Instance, actor: Actor, world: World, *, again: bool = False) -> tuple[int, int]:
    proposal = suggesting.propose(look(house, actor, world), again=again)
    with house.database.writing() as db:
        made = suggesting.take_over(db, actor, world.plan, proposal, again=again)
    return made.themes, made.findings


def create(house: Instance, actor: Actor, world: World, name: str, perspective: Perspective = Perspective.PROCESS) -> int:
    with house.database.writing() as db:
        return themes.create(db, actor, world.plan, Draft(name, perspective)).id or 0


def places(house: Instance, actor: Actor, world: World) -> dict[int, str]:
    """The name of the theme that each placed finding is in, by its place in the world."""
    order = {finding: n for n, finding in enumerate(world.findings)}
    return {order[one.finding.id]: view.theme.name for view in look(house, actor, world).themes for one in view.members}


# Suggesting


def test_accepted_findings_become_themes(house: Instance, leader: Actor, world: World) -> None:
    assert suggest(house, leader, world) == (2, 5)
    retail, people = look(house, leader, world).themes
    assert retail.theme.name == "以零售转型为主体，做深财富客户经营" and retail.theme.perspective is Perspective.CUSTOMER
    assert people.theme.perspective is Perspective.LEARNING
    assert [one.reason for one in retail.members] == [Reason.SEED, Reason.SECTION, Reason.SECTION]
    assert [one.id for one in look(house, leader, world).ungrouped] == [world.findings[CANTEEN]]


def test_suggesting_again_changes_nothing(house: Instance, leader: Actor, world: World) -> None:
    suggest(house, leader, world)
    before = places(house, leader, world)
    assert suggest(house, leader, world) == (0, 0)
    assert places(house, leader, world) == before


def test_what_people_moved_stays_where_they_put_it(house: Instance, leader: Actor, world: World) -> None:
    suggest(house, leader, world)
    retail, people = look(house, leader, world).themes
    with house.database.writing() as db:
        themes.move(db, leader, world.plan, {world.findings[GROWTH]: retail.id, world.findings[TIERS]: retail.id}, people.id)
        themes.move(db, leader, world.plan, {world.findings[CERTIFIED]: people.id}, None)
    suggest(house, leader, world)
    now = places(house, leader, world)
    assert now[GROWTH] == now[TIERS] == people.theme.name and CERTIFIED not in now
    assert look(house, leader, world).set_aside == {world.findings[CERTIFIED]}


def test_what_people_took_out_comes_back_only_when_asked_for(house: Instance, leader: Actor, world: World) -> None:
    suggest(house, leader, world)
    people = look(house, leader, world).themes[1]
    with house.database.writing() as db:
        themes.move(db, leader, world.plan, {world.findings[CERTIFIED]: people.id}, None)
    assert suggest(house, leader, world, again=True) == (0, 1)
    assert places(house, leader, world)[CERTIFIED] == people.theme.name


def test_a_finding_that_found_a_place_since_the_proposal_stays_there(house: Instance, leader: Actor, world: World) -> None:
    proposal = suggesting.propose(look(house, leader, world))
    mine = create(house, leader, world, "我的主题")
    with house.database.writing() as db:
        themes.move(db, leader, world.plan, {world.findings[GROWTH]: None}, mine)
        suggesting.take_over(db, leader, world.plan, proposal)
    assert places(house, leader, world)[GROWTH] == "我的主题"


# By hand


def test_a_theme_is_written_whole(house: Instance, leader: Actor, world: World) -> None:
    made = create(house, leader, world, "  财富客户\n深度经营 ")
    draft = Draft("县域扩面", Perspective.CUSTOMER, Layer.BUSINESS, (Lens.TEAMS, Lens.CHANNELS), "普惠金融部", "新增有效客户60户", 12.5, 3)
    with house.database.writing() as db:
        themes.change(db, leader, made, 1, draft)
    row = look(house, leader, world).themes[0].theme
    assert (row.name, row.layer, row.lenses, row.weight) == ("县域扩面", Layer.BUSINESS, ["teams", "channels"], 12.5)


@pytest.mark.parametrize(
    "draft", [Draft(" ", Perspective.PROCESS), Draft("长" * 61, Perspective.PROCESS), Draft("重", Perspective.PROCESS, weight=101)]
)
def test_a_theme_that_cannot_be_is_refused(house: Instance, leader: Actor, world: World, draft: Draft) -> None:
    with pytest.raises(BadInput), house.database.writing() as db:
        themes.create(db, leader, world.plan, draft)


def test_the_second_editor_is_shown_both_versions(house: Instance, leader: Actor, world: World) -> None:
    made = create(house, leader, world, "甲")
    with house.database.writing() as db:
        themes.change(db, leader, made, 1, Draft("乙", Perspective.PROCESS))
    with pytest.raises(Conflict) as refused, house.database.writing() as db:
        themes.change(db, leader, made, 1, Draft("丙", Perspective.PROCESS))
    assert "乙" in str(refused.value.message) and "丙" in str(refused.value.message)
    assert look(house, leader, world).themes[0].theme.name == "乙"


def test_a_deleted_theme_leaves_its_findings_ungrouped_and_comes_back_with_them(house: Instance, leader: Actor, world: World) -> None:
    suggest(house, leader, world)
    retail, people = look(house, leader, world).themes
    with house.database.writing() as db:
        linking.link(db, leader, world.plan, people.id, retail.id)
        themes.remove(db, leader, retail.id)
    seen = look(house, leader, world)
    assert len(seen.ungrouped) == 4 and not seen.links and [row.id for row in seen.removed] == [retail.id]
    assert suggest(house, leader, world)[0] == 0, "a deleted theme is not suggested again"
    with house.database.writing() as db:
        themes.restore(db, leader, retail.id)
    seen = look(house, leader, world)
    assert world.findings[RETAIL] in {one.finding.id for one in seen.themes[0].members} and len(seen.links) == 1


def test_a_deleted_theme_that_was_made_of_a_heading_is_not_suggested_again(house: Instance, leader: Actor, world: World) -> None:
    letter = "# 总行战略\n\n## 渠道\n\n新设轻型网点。撤并低效网点。开通早晚服务。\n"
    document = shelve(house, leader, "致同仁的信.md", letter)
    for words in ("新设轻型网点", "撤并低效网点", "开通早晚服务"):
        accept(house, leader, world.plan, document, letter, words, "渠道", FindingKind.TASK, Perspective.PROCESS, "")
    suggest(house, leader, world)
    channels = next(one for one in look(house, leader, world).themes if one.theme.name == "渠道")
    assert {member.reason for member in channels.members} == {Reason.HEADING}
    with house.database.writing() as db:
        themes.remove(db, leader, channels.id)
    assert suggest(house, leader, world)[0] == 0


def test_a_finding_that_is_elsewhere_by_now_is_not_moved(house: Instance, leader: Actor, world: World) -> None:
    suggest(house, leader, world)
    retail, people = look(house, leader, world).themes
    with pytest.raises(Conflict), house.database.writing() as db:
        themes.move(db, leader, world.plan, {world.findings[GROWTH]: people.id}, None)
    with pytest.raises(NotFound), house.database.writing() as db:
        themes.move(db, leader, world.plan, {99_999: None}, retail.id)
    assert places(house, leader, world)[GROWTH] == retail.theme.name


def test_a_theme_of_another_plan_takes_no_finding(house: Instance, leader: Actor, world: World) -> None:
    with house.database.writing() as db:
        other = themes.create(db, leader, plans.create(db, leader, "云岭支行", 2027).id or 0, Draft("别处", Perspective.PROCESS))
    with pytest.raises(NotFound), house.database.writing() as db:
        themes.move(db, leader, world.plan, {world.findings[GROWTH]: None}, other.id)


def test_weights_are_brought_to_a_hundred_unless_somebody_changed_them(house: Instance, leader: Actor, world: World) -> None:
    for name in "甲乙丙":
        create(house, leader, world, name)
    versions = {view.id: view.theme.version or 0 for view in look(house, leader, world).themes}
    with house.database.writing() as db:
        themes.weigh_to_hundred(db, leader, world.plan, versions)
    assert look(house, leader, world).weight == 100
    with pytest.raises(Conflict), house.database.writing() as db:
        themes.weigh_to_hundred(db, leader, world.plan, versions)


# Links


def test_links_refuse_themselves_twice_the_same_and_circles(house: Instance, leader: Actor, world: World) -> None:
    one, two, three = (create(house, leader, world, name) for name in ("甲", "乙", "丙"))

    def link(cause: int, effect: int) -> None:
        with house.database.writing() as db:
            linking.link(db, leader, world.plan, cause, effect)

    link(one, two)
    link(two, three)
    for cause, effect, said in ((one, one, "它自己"), (one, two, "已经在图上"), (three, one, "甲 → 乙 → 丙 → 甲")):
        with pytest.raises(BadInput) as refused:
            link(cause, effect)
        assert said in str(refused.value.message)


def test_suggested_links_wait_for_a_person(house: Instance, leader: Actor, world: World) -> None:
    create(house, leader, world, "零售AUM增长与财富客户收入", Perspective.FINANCIAL)
    suggest(house, leader, world)
    with house.database.writing() as db:
        assert suggesting.suggest_links(db, leader, world.plan) > 0
        assert suggesting.suggest_links(db, leader, world.plan) == 0
    link = look(house, leader, world).links[0]
    assert link.suggested and link.why
    with house.database.writing() as db:
        linking.confirm(db, leader, {link.id or 0: link.version or 0})
    assert not look(house, leader, world).links[0].suggested
    with pytest.raises(Conflict), house.database.writing() as db:
        linking.unlink(db, leader, {link.id or 0: link.version or 0})
    again = look(house, leader, world).links[0]
    with house.database.writing() as db:
        linking.unlink(db, leader, {again.id or 0: again.version or 0})
    assert again.id not in {one.id for one in look(house, leader, world).links}


def test_a_theme_that_comes_back_closes_no_circle(house: Instance, leader: Actor, world: World) -> None:
    one, two = create(house, leader, world, "甲"), create(house, leader, world, "乙")
    three = create(house, leader, world, "丙")
    with house.database.writing() as db:
        linking.link(db, leader, world.plan, one, two)
        linking.link(db, leader, world.plan, two, three)
        themes.remove(db, leader, two)
    with house.database.writing() as db:
        linking.link(db, leader, world.plan, three, one)
        themes.restore(db, leader, two)
    pairs = {(link.cause_id, link.effect_id) for link in look(house, leader, world).links}
    assert pairs == {(three, one), (one, two)}


# Who may


def test_only_those_who_decide_change_themes(house: Instance, leader: Actor, manager: Actor, executive: Actor, world: World) -> None:
    made, other = create(house, leader, world, "甲"), create(house, leader, world, "乙")
    for actor in (manager, executive):
        assert len(look(house, actor, world).themes) == 2
        acts = (
            lambda db, who=actor: themes.create(db, who, world.plan, Draft("丙", Perspective.PROCESS)),
            lambda db, who=actor: themes.change(db, who, made, 1, Draft("丙", Perspective.PROCESS)),
            lambda db, who=actor: themes.remove(db, who, made),
            lambda db, who=actor: themes.move(db, who, world.plan, {world.findings[0]: None}, made),
            lambda db, who=actor: themes.weigh_to_hundred(db, who, world.plan, {}),
            lambda db, who=actor: linking.link(db, who, world.plan, made, other),
            lambda db, who=actor: suggesting.suggest_links(db, who, world.plan),
        )
        for act in acts:
            with pytest.raises(NotAllowed), house.database.writing() as db:
                act(db)


def test_the_administrator_reads_no_theme(house: Instance, administrator: Actor, world: World) -> None:
    with pytest.raises(CexunError):
        look(house, administrator, world)


def test_findings_of_a_document_that_is_gone_are_not_shown(house: Instance, leader: Actor, world: World) -> None:
    suggest(house, leader, world)
    with house.database.writing() as db:
        library.remove(db, leader, world.hq)
    assert not any(view.members for view in look(house, leader, world).themes)


def test_the_workbook_holds_everything_and_no_formula(house: Instance, leader: Actor, world: World) -> None:
    suggest(house, leader, world)
    retail = look(house, leader, world).themes[0]
    with house.database.writing() as db:
        themes.change(db, leader, retail.id, retail.theme.version or 0, replace(Draft("=1+1", Perspective.CUSTOMER), owner="@甲"))
    book = openpyxl.load_workbook(io.BytesIO(workbook(look(house, leader, world), "zh")))
    assert book.sheetnames == ["主题表", "发现", "因果关系"]
    assert book["主题表"]["A2"].value == "=1+1" and book["主题表"]["A2"].data_type == "s"
    assert book["发现"].max_row == 7
    assert openpyxl.load_workbook(io.BytesIO(workbook(look(house, leader, world), "en"))).sheetnames[0] == "Themes"


# Taking back


def undo_last(house: Instance, actor: Actor, world: World) -> None:
    with house.database.writing() as db:
        mine = history.last(db, actor, world.plan)
        assert mine is not None
        history.undo(db, actor, mine.id)


def test_what_was_done_is_taken_back_step_by_step_long_after(house: Instance, leader: Actor, world: World) -> None:
    made = create(house, leader, world, "财富客户")
    after = Draft("县域扩面", Perspective.CUSTOMER, Layer.BUSINESS, (Lens.TEAMS,), "零售部", "户数", 30, 1)
    with house.database.writing() as db:
        themes.change(db, leader, made, 1, after)
    with house.database.writing() as db:
        themes.move(db, leader, world.plan, {world.findings[GROWTH]: None, world.findings[TIERS]: None}, made)
    with house.database.writing() as db:
        themes.remove(db, leader, made)
    with house.database.reading() as db:
        done = history.history(db, leader, world.plan)
    assert [one.action for one in done] == ["theme_removed", "findings_moved", "theme_changed", "theme_created"]
    assert {one.title for one in done} == {"县域扩面"}
    undo_last(house, leader, world)
    assert places(house, leader, world) == {GROWTH: "县域扩面", TIERS: "县域扩面"}
    undo_last(house, leader, world)
    assert places(house, leader, world) == {}
    undo_last(house, leader, world)
    row = look(house, leader, world).themes[0].theme
    assert themes.draft_of(row) == Draft("财富客户", Perspective.PROCESS, position=1)
    undo_last(house, leader, world)
    seen = look(house, leader, world)
    assert not seen.themes and [one.name for one in seen.removed] == ["财富客户"]
    with house.database.reading() as db:
        assert history.last(db, leader, world.plan) is None


def test_what_somebody_changed_since_is_not_written_over(house: Instance, leader: Actor, world: World) -> None:
    suggest(house, leader, world)
    retail, people = look(house, leader, world).themes
    with house.database.writing() as db:
        themes.change(db, leader, people.id, people.theme.version or 0, replace(themes.draft_of(people.theme), name="队伍"))
        themes.move(db, leader, world.plan, {world.findings[GROWTH]: retail.id}, people.id)
    with house.database.reading() as db:
        mine = history.last(db, leader, world.plan)
    assert mine is not None
    with house.database.writing() as db:
        themes.move(db, leader, world.plan, {world.findings[GROWTH]: people.id}, None)
    with pytest.raises(Conflict), house.database.writing() as db:
        history.undo(db, leader, mine.id)
    assert look(house, leader, world).themes[1].theme.name == "队伍", "half of an action is not taken back"


def test_themes_that_were_suggested_go_together_and_can_be_suggested_again(house: Instance, leader: Actor, world: World) -> None:
    suggest(house, leader, world)
    before = places(house, leader, world)
    undo_last(house, leader, world)
    assert places(house, leader, world) == {}
    assert suggest(house, leader, world) == (2, 5)
    assert places(house, leader, world) == before


def test_a_theme_that_is_let_back_closes_no_circle(house: Instance, leader: Actor, world: World) -> None:
    one, two = create(house, leader, world, "甲"), create(house, leader, world, "乙")
    with house.database.writing() as db:
        linking.link(db, leader, world.plan, one, two)
    with house.database.writing() as db:
        themes.remove(db, leader, two)
    three = create(house, leader, world, "丙")
    with house.database.reading() as db:
        removal = next(done for done in history.history(db, leader, world.plan) if done.action == "theme_removed")
    with house.database.writing() as db:
        linking.link(db, leader, world.plan, three, one)
        history.undo(db, leader, removal.id)
    assert [(link.cause_id, link.effect_id) for link in look(house, leader, world).links] == [(one, two), (three, one)]


def test_links_are_taken_back_like_themes(house: Instance, leader: Actor, world: World) -> None:
    one, two = create(house, leader, world, "甲"), create(house, leader, world, "乙")

    def links() -> list[tuple[int, int, str, bool]]:
        return [(link.cause_id, link.effect_id, link.note, link.suggested) for link in look(house, leader, world).links]

    with house.database.writing() as db:
        linking.link(db, leader, world.plan, one, two, "持证后流失率下降")
    drawn = look(house, leader, world).links[0]
    with house.database.writing() as db:
        linking.unlink(db, leader, {drawn.id or 0: drawn.version or 0})
    with house.database.reading() as db:
        done = history.history(db, leader, world.plan)[:2]
    assert [(row.action, row.title) for row in done] == [("theme_unlinked", "甲、乙"), ("theme_linked", "甲、乙")]
    undo_last(house, leader, world)
    assert links() == [(one, two, "持证后流失率下降", False)]
    undo_last(house, leader, world)
    assert links() == []


def test_a_link_that_was_drawn_anew_since_stays(house: Instance, leader: Actor, world: World) -> None:
    one, two = create(house, leader, world, "甲"), create(house, leader, world, "乙")
    with house.database.writing() as db:
        linking.link(db, leader, world.plan, one, two, "先这样写")
    with house.database.reading() as db:
        mine = history.last(db, leader, world.plan)
    assert mine is not None
    drawn = look(house, leader, world).links[0]
    with house.database.writing() as db:
        linking.unlink(db, leader, {drawn.id or 0: drawn.version or 0})
    with house.database.writing() as db:
        linking.link(db, leader, world.plan, one, two, "后来这样写")
    with pytest.raises(Conflict), house.database.writing() as db:
        history.undo(db, leader, mine.id)
    assert [link.note for link in look(house, leader, world).links] == ["后来这样写"]


def test_a_link_is_not_let_back_where_it_would_close_a_circle(house: Instance, leader: Actor, world: World) -> None:
    one, two = create(house, leader, world, "甲"), create(house, leader, world, "乙")
    with house.database.writing() as db:
        linking.link(db, leader, world.plan, one, two)
    drawn = look(house, leader, world).links[0]
    with house.database.writing() as db:
        linking.unlink(db, leader, {drawn.id or 0: drawn.version or 0})
    with house.database.reading() as db:
        mine = history.last(db, leader, world.plan)
    assert mine is not None
    with house.database.writing() as db:
        linking.link(db, leader, world.plan, two, one)
    with pytest.raises(Conflict, match="绕成一圈"), house.database.writing() as db:
        history.undo(db, leader, mine.id)
    assert [(link.cause_id, link.effect_id) for link in look(house, leader, world).links] == [(two, one)]


def test_suggested_links_go_together_and_confirming_is_taken_back(house: Instance, leader: Actor, world: World) -> None:
    create(house, leader, world, "零售AUM增长与财富客户收入", Perspective.FINANCIAL)
    suggest(house, leader, world)
    with house.database.writing() as db:
        count = suggesting.suggest_links(db, leader, world.plan)
    waiting = look(house, leader, world).links
    with house.database.writing() as db:
        linking.confirm(db, leader, {link.id or 0: link.version or 0 for link in waiting})
    undo_last(house, leader, world)
    assert [link.suggested for link in look(house, leader, world).links] == [True] * count
    assert [link.why for link in look(house, leader, world).links] == [link.why for link in waiting]
    undo_last(house, leader, world)
    assert not look(house, leader, world).links


def test_why_a_link_was_suggested_goes_from_its_history_too(house: Instance, leader: Actor, world: World) -> None:
    create(house, leader, world, "零售AUM增长与财富客户收入", Perspective.FINANCIAL)
    suggest(house, leader, world)
    with house.database.writing() as db:
        suggesting.suggest_links(db, leader, world.plan)
    whys = [link.why for link in look(house, leader, world).links]
    assert any(whys)
    with house.database.writing() as db:
        library.remove(db, leader, world.hq)
        library.remove_for_good(db, house.settings, leader, world.hq)
    with house.database.reading() as db:
        kept = [one.after["why"] for one in repository.changes_of_themes(db, world.plan) if one.effect_id is not None]
        now = [link.why for link in repository.links(db, world.plan)]
    assert kept == now


def test_a_name_that_went_with_its_document_is_not_brought_back(house: Instance, leader: Actor, world: World) -> None:
    suggest(house, leader, world)
    retail = look(house, leader, world).themes[0]
    with house.database.writing() as db:
        themes.change(db, leader, retail.id, retail.theme.version or 0, replace(themes.draft_of(retail.theme), name="零售"))
    with house.database.writing() as db:
        themes.remove(db, leader, retail.id)
    with house.database.writing() as db:
        library.remove(db, leader, world.hq)
        library.remove_for_good(db, house.settings, leader, world.hq)
    with house.database.reading() as db:
        kept = [
            words
            for one in repository.changes_of_themes(db, world.plan)
            if one.effect_id is None
            for words in (one.before, one.after)
            if words
        ]
    assert all(retail.theme.name != words["name"] for words in kept)
    undo_last(house, leader, world)
    assert look(house, leader, world).themes[0].theme.name == "零售"


def test_only_who_decides_takes_back(house: Instance, leader: Actor, executive: Actor, world: World) -> None:
    create(house, leader, world, "甲")
    with house.database.reading() as db:
        mine = history.last(db, leader, world.plan)
        assert mine is not None
        for ask in (history.last, history.history):
            with pytest.raises(NotAllowed):
                ask(db, executive, world.plan)
    with house.database.writing() as db, pytest.raises(NotAllowed):
        history.undo(db, executive, mine.id)
    undo_last(house, leader, world)
    with house.database.writing() as db, pytest.raises(BadInput):
        history.undo(db, leader, mine.id)
