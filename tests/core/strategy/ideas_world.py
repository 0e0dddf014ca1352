"""A plan that is ripe for project ideas: themes with accepted findings, one of them with abilities, and an anchored post."""

from __future__ import annotations

from dataclasses import dataclass

from core.access.actor import Actor, Role
from core.documents import service as library
from core.instance import Instance
from core.projects import service as projects
from core.projects.service import ProjectView
from core.strategy import repository, review
from core.strategy.focus import service as focus
from core.strategy.focus.service import Entered
from core.strategy.ideas import service as ideas
from core.strategy.ideas.draft import Draft
from core.strategy.ideas.service import Board, IdeaView, Suggested
from core.strategy.ideas.terms import ProjectKind, Urgency
from core.strategy.tables import FindingState
from core.strategy.themes import localisation, suggesting
from core.strategy.themes import service as themes
from tests.core.strategy.world import CERTIFIED, GROWTH, TIERS, World, build
from tests.remembered import remembered

POST = "客户经理"


@dataclass(frozen=True)
class Ripe:
    """The world, its two themes, and the post that is anchored."""

    world: World
    retail: int
    people: int
    focus: int

    @property
    def plan(self) -> int:
        """The plan's number."""
        return self.world.plan


@remembered
def ripe(house: Instance, leader: Actor) -> Ripe:
    """Themes made, `POST` anchored for both of them, another post listed and not anchored; no idea yet."""
    world = build(house, leader)
    with house.database.writing() as db:
        rows = {row.id: row for row in repository.findings(db, world.plan)}
        rows[world.findings[TIERS]].competencies = ["客户分层", "资产配置"]
        for place, deadline in ((GROWTH, "2028-12-31"), (CERTIFIED, "2027-06-30")):
            row = rows[world.findings[place]]
            row.measure = {"metric": row.metric, "operator": ">=", "value": 1.0, "unit": "%", "deadline": deadline}
    with house.database.reading() as db:
        proposal = suggesting.propose(themes.overview(db, leader, world.plan))
    with house.database.writing() as db:
        suggesting.take_over(db, leader, world.plan, proposal)
    with house.database.writing() as db:
        focus.save(db, leader, world.plan, [Entered("零售", POST, 5, 0.4, 120), Entered("公司", "产品经理", 3)])
    with house.database.reading() as db:
        retail, people = (view.id for view in themes.overview(db, leader, world.plan).themes)
        row, _ = focus.rows(db, leader, world.plan)
    with house.database.writing() as db:
        focus.link_themes(db, leader, world.plan, row.id or 0, row.version or 0, [retail, people])
    with house.database.writing() as db:
        row = focus.rows(db, leader, world.plan)[0]
        focus.anchor(db, leader, world.plan, row.id or 0, row.version or 0, "行长已确认")
    return Ripe(world, retail, people, row.id or 0)


@remembered
def suggested(house: Instance, leader: Actor) -> Ripe:
    """The same, with the ideas of its themes."""
    made = ripe(house, leader)
    suggest(house, leader, made.plan)
    return made


@remembered
def accepted(house: Instance, leader: Actor) -> Ripe:
    """The same, with all its ideas made projects."""
    made = suggested(house, leader)
    accept(house, leader, made.plan, *look(house, leader, made.plan).ideas)
    return made


def suggest(house: Instance, actor: Actor, plan: int) -> Suggested:
    """Bring the ideas up to date."""
    with house.database.writing() as db:
        return ideas.suggest(db, actor, plan, "zh")


def look(house: Instance, actor: Actor, plan: int) -> Board:
    """The plan's ideas."""
    with house.database.reading() as db:
        return ideas.board(db, actor, plan)


def idea_of(house: Instance, actor: Actor, plan: int, theme: int) -> IdeaView:
    """The idea in a theme."""
    return next(one for one in look(house, actor, plan).ideas if one.row.theme_id == theme)


def accept(house: Instance, actor: Actor, plan: int, *views: IdeaView) -> int:
    """Make projects of ideas."""
    with house.database.writing() as db:
        return projects.accept(db, actor, plan, seen(*views))


def standing(house: Instance, actor: Actor, plan: int) -> list[ProjectView]:
    """The plan's projects."""
    with house.database.reading() as db:
        return projects.projects(db, actor, plan)


def undo(house: Instance, actor: Actor, plan: int) -> int:
    """Take back this person's last action."""
    with house.database.writing() as db:
        return projects.undo(db, actor, plan)


def seen(*views: IdeaView) -> dict[int, int]:
    """Ideas with the versions that somebody saw."""
    return {view.id: view.row.version or 0 for view in views}


def draft(view: IdeaView | ProjectView, **changed: object) -> Draft:
    """What is written in an idea or a project, with some of it changed."""
    row = view.row
    values: dict[str, object] = {
        "name": row.name,
        "purpose": row.purpose,
        "finding_ids": tuple(row.finding_ids),
        "line": row.line,
        "post": row.post,
        "people": row.people,
        "competencies": tuple(row.competencies),
        "urgency": row.urgency,
        "kind": row.kind,
    }
    return Draft(**{**values, **changed})  # type: ignore[arg-type]


def own(finding: int, **changed: object) -> Draft:
    """An idea as somebody writes it."""
    values: dict[str, object] = {
        "name": "县域支行行长轮训",
        "purpose": "总行要求建设专业队伍，支行行长先行。",
        "finding_ids": (finding,),
        "line": "",
        "post": "支行行长",
        "people": 12,
        "competencies": ("团队辅导",),
        "urgency": Urgency.MEDIUM,
        "kind": ProjectKind.PRE_EMPTIVE,
    }
    return Draft(**{**values, **changed})  # type: ignore[arg-type]


def unaccept(house: Instance, actor: Actor, plan: int, *findings: int) -> None:
    """Somebody takes back that these findings were accepted."""
    with house.database.writing() as db:
        review.decide(db, actor, plan, findings, FindingState.PENDING)


def localise(house: Instance, actor: Actor, made: Ripe) -> None:
    """The branch's version of a clause of the retail theme, with a fact of the branch."""
    finding = made.world.findings[GROWTH]
    with house.database.reading() as db:
        parsed = library.open_document(db, actor, made.world.branch).parsed
    assert parsed is not None
    start = parsed.text.index("年末零售AUM")
    with house.database.writing() as db:
        localisation.write(db, actor, made.plan, finding, None, "两县财富客户先做分层")
    with house.database.writing() as db:
        localisation.justify(db, actor, made.plan, finding, 1, (made.world.branch, start, start + 20))


def close(house: Instance, actor: Actor, document: int) -> None:
    """A document becomes human resources' own."""
    with house.database.writing() as db:
        row = library.find(db, actor, document)
        library.change(db, actor, document, row.version or 0, title=row.title, kind=row.kind, readers=[Role.HR_LEADER], dated=None)
