"""Accepted ideas become projects, projects can be changed and withdrawn, and each follows the other. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NoReturn

import pytest
from sqlmodel import select

from core.access.actor import Actor
from core.documents import service as library
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.projects import carrying
from core.projects import service as projects
from core.projects.service import ProjectView
from core.projects.tables import Project
from core.strategy.checking import service as checking
from core.strategy.checking.tables import CheckItem
from core.strategy.findings import FindingKind
from core.strategy.ideas import service as ideas
from core.strategy.ideas.tables import IdeaChange, IdeaRow
from core.strategy.ideas.terms import Author, IdeaState, Urgency
from core.strategy.themes import service as themes
from core.strategy.themes.localisation import Lack
from core.strategy.themes.tables import Localisation, Theme, ThemeLink
from tests.conftest import BOTH
from tests.core.strategy.ideas_world import (
    Ripe,
    accept,
    close,
    draft,
    idea_of,
    localise,
    look,
    own,
    seen,
    standing,
    suggest,
    suggested,
    unaccept,
    undo,
)
from tests.core.strategy.world import CERTIFIED, TIERS
from tests.core.strategy.world import accept as accept_finding
from tests.library import shelve

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def world(house: Instance, leader: Actor) -> Ripe:
    return suggested(house, leader)


def test_an_accepted_idea_becomes_a_project_that_knows_where_it_comes_from(house: Instance, leader: Actor, world: Ripe) -> None:
    one = idea_of(house, leader, world.plan, world.retail)
    assert accept(house, leader, world.plan, one) == 1
    (project,) = standing(house, leader, world.plan)
    assert (project.row.idea_id, project.row.theme_id, project.row.purpose) == (one.id, world.retail, one.row.purpose)
    assert project.row.finding_ids == one.row.finding_ids and project.row.competencies == ["客户分层", "资产配置"]
    assert (project.row.origin, project.row.people, project.row.urgency) == (Author.RULE, 120, one.row.urgency)
    assert project.lack is Lack.NO_VERSION, "its theme is still HQ's standard version"
    assert idea_of(house, leader, world.plan, world.retail).row.state is IdeaState.ACCEPTED
    assert project.row.name == one.row.name


def test_the_clauses_that_came_with_the_themes_are_not_read_again(
    house: Instance, leader: Actor, world: Ripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(house, leader, world.plan, idea_of(house, leader, world.plan, world.retail))
    (before,) = standing(house, leader, world.plan)

    def again(*_: object) -> NoReturn:
        raise AssertionError("read twice")

    monkeypatch.setattr("core.strategy.ideas.citing.accepted", again)
    (project,) = standing(house, leader, world.plan)
    assert project.cited == before.cited and project.cited.clauses


def test_several_ideas_are_accepted_all_or_none(house: Instance, leader: Actor, world: Ripe) -> None:
    bare = own(world.world.findings[CERTIFIED], purpose="")
    with house.database.writing() as db:
        ideas.add(db, leader, world.plan, world.people, bare)
    everything = look(house, leader, world.plan).ideas
    with pytest.raises(BadInput, match="还没有写培训目的"):
        accept(house, leader, world.plan, *everything)
    assert standing(house, leader, world.plan) == []
    assert accept(house, leader, world.plan, *(one for one in everything if one.row.purpose)) == 2
    assert accept(house, leader, world.plan, idea_of(house, leader, world.plan, world.retail)) == 0, "once is enough"


def test_a_purpose_without_a_clause_is_not_accepted(house: Instance, leader: Actor, world: Ripe) -> None:
    with house.database.writing() as db:
        ideas.add(db, leader, world.plan, world.people, own(0, finding_ids=()))
    mine = next(one for one in look(house, leader, world.plan).ideas if one.row.origin is Author.PERSON)
    with pytest.raises(BadInput, match="至少选一条已采纳的条款"):
        accept(house, leader, world.plan, mine)


def test_a_clause_that_is_no_longer_accepted_or_a_deleted_theme_stops_the_acceptance(house: Instance, leader: Actor, world: Ripe) -> None:
    unaccept(house, leader, world.plan, world.world.findings[TIERS])
    with pytest.raises(BadInput, match="依据已不在采纳之列"):
        accept(house, leader, world.plan, idea_of(house, leader, world.plan, world.retail))
    with house.database.writing() as db:
        themes.remove(db, leader, world.people)
    with pytest.raises(BadInput, match="主题已被删除"):
        accept(house, leader, world.plan, idea_of(house, leader, world.plan, world.people))


def test_an_accepted_idea_is_changed_in_its_project(house: Instance, leader: Actor, world: Ripe) -> None:
    accept(house, leader, world.plan, idea_of(house, leader, world.plan, world.retail))
    one = idea_of(house, leader, world.plan, world.retail)
    with pytest.raises(BadInput, match="请在项目里修改"), house.database.writing() as db:
        ideas.edit(db, leader, world.plan, one.id, one.row.version or 0, draft(one, name="x"))
    with pytest.raises(BadInput, match="请先撤回项目"), house.database.writing() as db:
        ideas.reject(db, leader, world.plan, seen(one), "x")


def test_a_project_is_renamed_and_rewritten_and_never_loses_its_purpose(house: Instance, leader: Actor, world: Ripe) -> None:
    accept(house, leader, world.plan, idea_of(house, leader, world.plan, world.retail))
    (project,) = standing(house, leader, world.plan)
    with pytest.raises(BadInput, match="还没有写培训目的"), house.database.writing() as db:
        projects.change(db, leader, project.id, 1, draft(project, purpose=" "))
    with house.database.writing() as db:
        projects.change(db, leader, project.id, 1, draft(project, name="分层经营训练营", urgency=Urgency.LOW, purpose="新的目的"))
    (now,) = standing(house, leader, world.plan)
    assert (now.row.name, now.row.urgency, now.row.purpose_author) == ("分层经营训练营", Urgency.LOW, Author.PERSON)
    with pytest.raises(Conflict, match="分层经营训练营"), house.database.writing() as db:
        projects.change(db, leader, project.id, 1, draft(project, name="别的"))


def come_over(house: Instance, leader: Actor, world: Ripe) -> ProjectView:
    """A project as a review brings it into this plan: without a theme and without clauses."""
    accept(house, leader, world.plan, idea_of(house, leader, world.plan, world.retail))
    (source,) = standing(house, leader, world.plan)
    with house.database.writing() as db:
        made = carrying.copy(db, leader, source.id, world.plan, people=40, theme_id=None).id or 0
        return projects.find(db, leader, made)


def test_a_project_that_came_over_is_put_under_a_theme_and_then_rests_on_its_clauses(house: Instance, leader: Actor, world: Ripe) -> None:
    view = come_over(house, leader, world)
    assert view.theme is None and not view.row.finding_ids
    with house.database.writing() as db:
        projects.put_under(db, leader, view.id, view.row.version or 0, world.people)
    with house.database.reading() as db:
        now = projects.find(db, leader, view.id)
    assert now.theme is not None and now.theme.id == world.people and now.row.people == 40
    clause = now.theme.members[0].finding.id
    with house.database.writing() as db:
        projects.change(db, leader, view.id, now.row.version or 0, draft(now, finding_ids=(clause,)))
    with pytest.raises(Conflict), house.database.writing() as db:
        projects.put_under(db, leader, view.id, view.row.version or 0, world.retail)


def test_no_project_is_put_under_a_theme_of_elsewhere_or_by_somebody_who_only_reads(
    house: Instance, leader: Actor, executive: Actor, world: Ripe
) -> None:
    view = come_over(house, leader, world)
    with pytest.raises(NotFound), house.database.writing() as db:
        projects.put_under(db, leader, view.id, view.row.version or 0, 9999)
    with pytest.raises(NotAllowed), house.database.writing() as db:
        projects.put_under(db, executive, view.id, view.row.version or 0, world.people)


def test_withdrawing_a_project_puts_its_idea_back_and_can_be_undone(house: Instance, leader: Actor, world: Ripe) -> None:
    accept(house, leader, world.plan, idea_of(house, leader, world.plan, world.retail))
    (project,) = standing(house, leader, world.plan)
    with house.database.writing() as db:
        projects.withdraw(db, leader, project.id, project.row.version or 0)
    assert standing(house, leader, world.plan) == []
    assert idea_of(house, leader, world.plan, world.retail).row.state is IdeaState.PENDING
    with pytest.raises(NotFound), house.database.writing() as db:
        projects.withdraw(db, leader, project.id, project.row.version or 0)
    undo(house, leader, world.plan)
    assert [one.id for one in standing(house, leader, world.plan)] == [project.id]
    assert idea_of(house, leader, world.plan, world.retail).row.state is IdeaState.ACCEPTED


def test_undoing_an_acceptance_takes_its_projects_back(house: Instance, leader: Actor, world: Ripe) -> None:
    accept(house, leader, world.plan, *look(house, leader, world.plan).ideas)
    assert undo(house, leader, world.plan) == 2
    assert standing(house, leader, world.plan) == []
    assert {one.row.state for one in look(house, leader, world.plan).ideas} == {IdeaState.PENDING}


def test_a_project_that_somebody_worked_on_is_not_swept_away_by_an_undo(house: Instance, leader: Actor, world: Ripe) -> None:
    accept(house, leader, world.plan, idea_of(house, leader, world.plan, world.retail))
    (project,) = standing(house, leader, world.plan)
    with house.database.writing() as db:
        projects.change(db, leader, project.id, 1, draft(project, name="分层经营训练营"))
    with pytest.raises(Conflict, match="请在项目里撤回"):
        undo(house, leader, world.plan)
    assert [one.row.name for one in standing(house, leader, world.plan)] == ["分层经营训练营"]
    assert idea_of(house, leader, world.plan, world.retail).row.state is IdeaState.ACCEPTED


def test_suggesting_again_leaves_projects_alone(house: Instance, leader: Actor, world: Ripe) -> None:
    accept(house, leader, world.plan, *look(house, leader, world.plan).ideas)
    before = [(one.id, one.row.version) for one in standing(house, leader, world.plan)]
    suggest(house, leader, world.plan)
    assert [(one.id, one.row.version) for one in standing(house, leader, world.plan)] == before


def test_who_reads_and_who_decides(house: Instance, leader: Actor, executive: Actor, administrator: Actor, world: Ripe) -> None:
    accept(house, leader, world.plan, idea_of(house, leader, world.plan, world.retail))
    (project,) = standing(house, executive, world.plan)
    assert not project.cited.withheld
    close(house, leader, world.world.hq)
    assert standing(house, executive, world.plan)[0].cited.withheld
    for act in (
        lambda db: projects.accept(db, executive, world.plan, {}),
        lambda db: projects.change(db, executive, project.id, 1, draft(project)),
        lambda db: projects.withdraw(db, executive, project.id, 1),
        lambda db: projects.undo(db, executive, world.plan),
        lambda db: projects.projects(db, administrator, world.plan),
    ):
        with pytest.raises(NotAllowed), house.database.writing() as db:
            act(db)


def test_what_people_wrote_in_a_withdrawn_project_is_there_when_its_idea_is_accepted_again(
    house: Instance, leader: Actor, world: Ripe
) -> None:
    accept(house, leader, world.plan, idea_of(house, leader, world.plan, world.retail))
    (project,) = standing(house, leader, world.plan)
    with house.database.writing() as db:
        projects.change(db, leader, project.id, 1, draft(project, name="分层经营训练营"))
    with house.database.writing() as db:
        projects.withdraw(db, leader, project.id, 2)
    accept(house, leader, world.plan, idea_of(house, leader, world.plan, world.retail))
    assert [(one.id, one.row.name) for one in standing(house, leader, world.plan)] == [(project.id, "分层经营训练营")]


def test_nothing_of_a_deleted_document_outlives_it(house: Instance, leader: Actor, world: Ripe) -> None:
    accept(house, leader, world.plan, idea_of(house, leader, world.plan, world.retail))
    with house.database.writing() as db:
        library.remove(db, leader, world.world.hq)
    hidden = standing(house, leader, world.plan)[0].cited
    assert hidden.withheld and not hidden.clauses, "in the bin its words are not shown"
    with house.database.writing() as db:
        library.remove_for_good(db, house.settings, leader, world.world.hq)
    with house.database.reading() as db:
        rows = [*db.exec(select(Project)), *db.exec(select(IdeaRow))]
        assert rows and all(not row.purpose and not row.finding_ids and not row.rests_on for row in rows)
        assert not db.exec(select(IdeaChange)).all()
        assert all(not row.competencies for row in rows)
        names = [row.name for row in db.exec(select(Theme))]
        assert names and set(names) == {"待命名的主题"} and all("待命名的主题" in row.name for row in rows)
        assert not [link for link in db.exec(select(ThemeLink)) if link.why]


def test_what_a_person_wrote_outlives_the_document(house: Instance, leader: Actor, world: Ripe) -> None:
    with house.database.writing() as db:
        view = themes.overview(db, leader, world.plan).find(world.retail)
        assert view is not None
        themes.change(db, leader, view.id, view.theme.version or 0, replace(themes.draft_of(view.theme), name="做深财富客户经营"))
    localise(house, leader, world)
    one = idea_of(house, leader, world.plan, world.retail)
    with house.database.writing() as db:
        wanted = draft(one, competencies=("客户分层", "团队辅导"), name="分层经营训练营", purpose="行长要求先做这一件")
        ideas.edit(db, leader, world.plan, one.id, one.row.version or 0, wanted)
    accept(house, leader, world.plan, idea_of(house, leader, world.plan, world.retail))
    gone(house, leader, world.world.branch)
    with house.database.reading() as db:
        (local,) = db.exec(select(Localisation)).all()
    assert (local.text, local.fact_document_id, local.fact_quote) == ("两县财富客户先做分层", None, "")
    gone(house, leader, world.world.hq)
    (project,) = standing(house, leader, world.plan)
    assert (project.row.name, project.row.purpose) == ("分层经营训练营", "行长要求先做这一件")
    assert project.row.competencies == ["客户分层", "团队辅导"]
    with house.database.reading() as db:
        assert themes.overview(db, leader, world.plan).find(world.retail).theme.name == "做深财富客户经营"  # type: ignore[union-attr]


def test_a_theme_that_other_documents_speak_of_is_named_by_them(house: Instance, leader: Actor, world: Ripe) -> None:
    other = shelve(house, leader, "工作会议报告.md", "# 报告\n\n## 队伍\n\n抓好客户经理梯队。\n")
    text = "抓好客户经理梯队"
    finding = accept_finding(
        house, leader, world.plan, other, "# 报告\n\n## 队伍\n\n抓好客户经理梯队。\n", text, "队伍", FindingKind.THEME, None, ""
    )
    with house.database.writing() as db:
        themes.move(db, leader, world.plan, {finding: None}, world.people)
    accept(house, leader, world.plan, idea_of(house, leader, world.plan, world.people))
    unaccept(house, leader, world.plan, world.world.findings[CERTIFIED])
    with house.database.writing() as db:
        checking.begin(db, leader, world.plan, "2027Q1", date(2027, 3, 31))
    gone(house, leader, world.world.hq)
    with house.database.reading() as db:
        assert [view.theme.name for view in themes.overview(db, leader, world.plan).themes if view.id == world.people] == [text]
        assert {item.theme for item in db.exec(select(CheckItem)).all() if item.theme_id == world.people} == {text}
    assert [one.row.name for one in standing(house, leader, world.plan)] == [f"客户经理 · {text}"]


def gone(house: Instance, leader: Actor, document: int) -> None:
    with house.database.writing() as db:
        library.remove(db, leader, document)
        library.remove_for_good(db, house.settings, leader, document)
