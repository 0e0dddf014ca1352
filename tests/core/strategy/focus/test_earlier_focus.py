"""The second year: last year's lines and posts come back with their importance and themes; what is measured does not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core.access.actor import Actor
from core.errors import Conflict, NotAllowed
from core.instance import Instance
from core.plans import service as plans
from core.strategy.findings import Perspective
from core.strategy.focus import earlier
from core.strategy.focus import service as focus
from core.strategy.focus.earlier import Offer
from core.strategy.focus.service import Entered
from core.strategy.focus.tables import FocusRow
from core.strategy.themes import service as themes
from core.strategy.themes.service import Draft
from tests.conftest import BOTH

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


@dataclass(frozen=True)
class Years:
    """Two plans of a unit; the first has a focus, and a theme of a name that the second has too."""

    house: Instance
    first: int
    second: int
    theme: int

    def rows(self, actor: Actor, plan: int) -> list[FocusRow]:
        """A plan's focus."""
        with self.house.database.reading() as db:
            return focus.rows(db, actor, plan)

    def offer(self, actor: Actor) -> Offer:
        """What the second plan is offered."""
        with self.house.database.reading() as db:
            return earlier.offer(db, actor, self.second)

    def take(self, actor: Actor) -> list[tuple[int, int]]:
        """Take it over."""
        stamp = self.offer(actor).stamp
        with self.house.database.writing() as db:
            return earlier.take_over(db, actor, self.second, stamp)


@pytest.fixture
def years(house: Instance, leader: Actor) -> Years:
    """2026: a row with everything, anchored, and one that nobody judged."""
    with house.database.writing() as db:
        first, second = (plans.create(db, leader, "海州分行", year).id or 0 for year in (2026, 2027))
        ours, gone = (themes.create(db, leader, first, Draft(name, Perspective.CUSTOMER)).id or 0 for name in ("零售", "旧主题"))
        theme = themes.create(db, leader, second, Draft("零售", Perspective.CUSTOMER)).id or 0
        focus.save(db, leader, first, [Entered("零售", "客户经理", 5, 0.4, 120), Entered("公司", "风险经理")])
        row = focus.rows(db, leader, first)[0]
        focus.link_themes(db, leader, first, row.id or 0, row.version or 0, [ours, gone])
        db.flush()
        focus.anchor(db, leader, first, row.id or 0, row.version or 0, "人数最多")
    return Years(house, first, second, theme)


def test_lines_posts_importance_and_themes_by_name_come_and_what_is_measured_does_not(years: Years, leader: Actor) -> None:
    years.take(leader)
    one, other = years.rows(leader, years.second)
    assert (one.line, one.post, one.importance, one.theme_ids) == ("零售", "客户经理", 5, [years.theme])
    assert (one.gap_estimate, one.people, one.anchored_at) == (None, None, None)
    assert (other.line, other.post, other.importance, other.theme_ids) == ("公司", "风险经理", None, [])


def test_only_the_rows_that_the_table_has_not_are_offered(years: Years, leader: Actor) -> None:
    with years.house.database.writing() as db:
        focus.save(db, leader, years.second, [Entered("零售", "客户经理", 3, 0.1, 8)])
    assert [row.line for row in years.offer(leader).rows] == ["公司"]
    years.take(leader)
    assert [(row.line, row.importance, row.people) for row in years.rows(leader, years.second)] == [("零售", 3, 8), ("公司", None, None)]
    assert years.offer(leader).rows == () and years.take(leader) == [], "a second time nothing is left"


def test_what_came_is_taken_away_again_unless_somebody_changed_it(years: Years, leader: Actor) -> None:
    made = years.take(leader)
    with years.house.database.writing() as db:
        focus.save(db, leader, years.second, [], made)
    assert years.rows(leader, years.second) == [] and len(years.offer(leader).rows) == 2
    made = years.take(leader)
    number, version = made[0]
    with years.house.database.writing() as db:
        focus.save(db, leader, years.second, [Entered("零售", "客户经理", 4, id=number, version=version)])
    with years.house.database.writing() as db, pytest.raises(Conflict):
        focus.save(db, leader, years.second, [], made)
    assert len(years.rows(leader, years.second)) == 2


def test_a_plan_that_was_put_away_counts_and_another_unit_does_not(years: Years, leader: Actor) -> None:
    with years.house.database.writing() as db:
        plans.archive(db, leader, years.first)
        elsewhere = plans.create(db, leader, "山城分行", 2027).id or 0
        assert earlier.offer(db, leader, elsewhere) == Offer()
    assert years.offer(leader).year == 2026


def test_only_who_decides_may_and_only_what_was_seen(years: Years, leader: Actor, manager: Actor) -> None:
    stamp = years.offer(leader).stamp
    with years.house.database.writing() as db, pytest.raises(NotAllowed):
        earlier.take_over(db, manager, years.second, stamp)
    with years.house.database.writing() as db:
        focus.save(db, leader, years.second, [Entered("公司", "风险经理")])
    with years.house.database.writing() as db, pytest.raises(Conflict):
        earlier.take_over(db, leader, years.second, stamp)
