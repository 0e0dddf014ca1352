"""The second year: projects that came over are put under this year's themes, on the clauses that were accepted again."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.errors import Conflict, NotAllowed
from core.instance import Instance
from core.projects import carrying, earlier
from core.projects import service as projects
from core.projects.service import ProjectView
from core.strategy.ideas.draft import Draft
from core.strategy.ideas.terms import ProjectKind, Urgency
from tests.core.strategy.test_earlier_themes import QUEUE, Years, years
from tests.core.strategy.world import GROWTH, RETAIL

__all__ = ["years"]


@pytest.fixture
def came(house: Instance, leader: Actor, years: Years) -> int:
    """A project of the first year on two of its clauses, come over to the second, which has no theme yet."""
    return come_over(house, leader, years)


def come_over(house: Instance, leader: Actor, years: Years) -> int:
    """The number of such a project."""
    view = next(one for one in years.look(leader, years.first).themes if one.theme.name == QUEUE)
    with house.database.writing() as db:
        draft = drafted("跨境客户经营", years.was[GROWTH], years.was[RETAIL])
        source = projects.create(db, leader, years.first, draft, view.id)
        return carrying.copy(db, leader, source, years.second, people=40, theme_id=None).id or 0


def drafted(name: str, *clauses: int) -> Draft:
    return Draft(name, "让客户经理会做跨境客户", clauses, "零售", "客户经理", 40, (), Urgency.HIGH, ProjectKind.PRE_EMPTIVE)


def seen(house: Instance, leader: Actor, number: int) -> ProjectView:
    with house.database.reading() as db:
        return projects.find(db, leader, number)


def stamp(house: Instance, leader: Actor, years: Years) -> str:
    with house.database.reading() as db:
        return earlier.offer(db, leader, years.second).stamp


def take(house: Instance, leader: Actor, years: Years, told: str) -> int:
    with house.database.writing() as db:
        return earlier.take_over(db, leader, years.second, told)


def test_it_comes_under_the_theme_of_its_clauses_once_that_is_there(house: Instance, leader: Actor, years: Years, came: int) -> None:
    with house.database.reading() as db:
        assert earlier.offer(db, leader, years.second).grounds == (), "no theme yet"
    years.take(leader)
    told = stamp(house, leader, years)
    with house.database.reading() as db:
        (ground,) = earlier.offer(db, leader, years.second).grounds
    assert (ground.project, ground.theme_name) == (came, QUEUE)
    assert take(house, leader, years, told) == 1
    now = seen(house, leader, came)
    assert now.theme is not None and now.theme.theme.name == QUEUE
    assert {one.id for one in now.cited.clauses} == {years.again[GROWTH], years.again[RETAIL]}
    assert take(house, leader, years, told) == 0


def test_what_changed_since_the_preview_is_looked_at_again(house: Instance, leader: Actor, years: Years, came: int) -> None:
    years.take(leader)
    told = stamp(house, leader, years)
    view = seen(house, leader, came)
    with house.database.writing() as db:
        draft = drafted("改了名的项目", years.again[GROWTH])
        projects.change(db, leader, came, view.row.version or 0, draft)
    with pytest.raises(Conflict):
        take(house, leader, years, told)
    assert seen(house, leader, came).theme is None


def test_a_project_whose_clauses_nobody_accepted_again_and_one_that_has_a_theme_are_left_alone(
    house: Instance, leader: Actor, executive: Actor, years: Years, came: int
) -> None:
    years.take(leader)
    theme = next(one for one in years.look(leader, years.second).themes if one.theme.name != QUEUE)
    view = seen(house, leader, came)
    with house.database.writing() as db:
        projects.put_under(db, leader, came, view.row.version or 0, theme.id)
    with house.database.reading() as db:
        assert earlier.offer(db, leader, years.second).grounds == ()
        with pytest.raises(NotAllowed):
            earlier.offer(db, executive, years.second)
