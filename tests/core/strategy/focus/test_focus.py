"""The focus in the database: saved whole or not at all, never over somebody's change, decided by people of human resources."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.plans import service as plans
from core.strategy.findings import Perspective
from core.strategy.focus import service as focus
from core.strategy.focus.priority import Weights
from core.strategy.focus.service import Entered
from core.strategy.focus.starting import starting_list
from core.strategy.focus.tables import FocusRow
from core.strategy.themes import service as themes
from tests.conftest import BOTH

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def plan(house: Instance, leader: Actor) -> int:
    with house.database.writing() as db:
        return plans.create(db, leader, "海州分行", 2027).id or 0


def saved(house: Instance, actor: Actor, plan: int, *entered: Entered) -> list[FocusRow]:
    """Save and read again."""
    with house.database.writing() as db:
        focus.save(db, actor, plan, entered)
    with house.database.reading() as db:
        return focus.rows(db, actor, plan)


def test_rows_are_kept_as_entered_and_the_unknown_stays_unknown(house: Instance, leader: Actor, plan: int) -> None:
    one, other = saved(house, leader, plan, Entered(" 零售 ", "客户经理", 5, 0.4, 120), Entered("零售", "理财经理"))
    assert (one.line, one.importance, one.gap_estimate, one.people) == ("零售", 5, 0.4, 120)
    assert (other.importance, other.gap_estimate, other.people) == (None, None, None)


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        (Entered("", "客户经理"), "缺少业务线或岗位"),
        (Entered("零售", "  "), "缺少业务线或岗位"),
        (Entered("零", "岗" * 61), "60"),
        (Entered("零售", "客户经理", importance=6), "1 到 5"),
        (Entered("零售", "客户经理", importance=2.5), "1 到 5"),
        (Entered("零售", "客户经理", gap=1.2), "0% 到 100%"),
        (Entered("零售", "客户经理", people=-1), "涉及人数"),
    ],
)
def test_a_wrong_row_is_refused_and_nothing_of_the_table_is_saved(
    house: Instance, leader: Actor, plan: int, entered: Entered, said: str
) -> None:
    with pytest.raises(BadInput, match=said), house.database.writing() as db:
        focus.save(db, leader, plan, [Entered("公司", "客户经理"), entered])
    with house.database.reading() as db:
        assert focus.rows(db, leader, plan) == []


def test_a_post_stands_once_in_a_line(house: Instance, leader: Actor, plan: int) -> None:
    saved(house, leader, plan, Entered("零售", "客户经理"))
    with pytest.raises(BadInput, match="两次"):
        saved(house, leader, plan, Entered("零售", "客户经理 "))


def test_of_two_editors_the_second_is_shown_both_versions(house: Instance, leader: Actor, plan: int) -> None:
    (row,) = saved(house, leader, plan, Entered("零售", "客户经理", 3))
    saved(house, leader, plan, Entered("零售", "客户经理", 5, id=row.id, version=row.version))
    with pytest.raises(Conflict, match=r"重要性 5.*重要性 1"):
        saved(house, leader, plan, Entered("零售", "客户经理", 1, id=row.id, version=row.version))
    with pytest.raises(Conflict), house.database.writing() as db:
        focus.save(db, leader, plan, [], [(row.id or 0, row.version or 0)])


def test_what_is_removed_comes_back_unless_its_place_is_taken(house: Instance, leader: Actor, plan: int) -> None:
    one, other = saved(house, leader, plan, Entered("零售", "客户经理", 4), Entered("零售", "理财经理"))
    with house.database.writing() as db:
        focus.save(db, leader, plan, [Entered("零售", "理财经理", 2)], [(row.id or 0, row.version or 0) for row in (one, other)])
    with house.database.writing() as db:
        assert focus.restore(db, leader, plan, [one.id or 0, other.id or 0]) == 1
    with house.database.reading() as db:
        assert {(row.post, row.importance) for row in focus.rows(db, leader, plan)} == {("客户经理", 4), ("理财经理", 2)}


def test_weights_begin_alike_and_are_never_overwritten_unseen(house: Instance, leader: Actor, plan: int) -> None:
    with house.database.writing() as db:
        assert focus.weights(db, leader, plan) == (Weights(), 0)
        focus.set_weights(db, leader, plan, 0, Weights(1, 1, 2))
    with house.database.reading() as db:
        assert focus.weights(db, leader, plan) == (Weights(1, 1, 2), 1)
    with pytest.raises(Conflict, match="1 / 1 / 2"), house.database.writing() as db:
        focus.set_weights(db, leader, plan, 0, Weights(9, 1, 2))
    for wrong in (Weights(0, 0, 0), Weights(-1, 1, 1), Weights(float("nan"), 1, 1)):
        with pytest.raises(BadInput), house.database.writing() as db:
            focus.set_weights(db, leader, plan, 1, wrong)


def test_a_focus_is_anchored_by_a_person_with_a_reason_and_taken_back(house: Instance, leader: Actor, plan: int) -> None:
    (row,) = saved(house, leader, plan, Entered("零售", "客户经理", 5))
    with pytest.raises(BadInput, match="理由"), house.database.writing() as db:
        focus.anchor(db, leader, plan, row.id or 0, row.version or 0, "  ")
    with house.database.writing() as db:
        focus.anchor(db, leader, plan, row.id or 0, row.version or 0, "行长已确认")
    with house.database.reading() as db:
        (row_then,) = focus.rows(db, leader, plan)
    assert row_then.anchored_at and (row_then.anchored_by, row_then.anchor_reason) == ("Leader", "行长已确认")
    with pytest.raises(Conflict), house.database.writing() as db:
        focus.release(db, leader, plan, row.id or 0, row.version or 0)
    with house.database.writing() as db:
        focus.release(db, leader, plan, row.id or 0, row_then.version or 0)
    with house.database.reading() as db:
        assert focus.rows(db, leader, plan)[0].anchored_at is None


def test_executives_and_managers_read_and_it_administrators_do_not(
    house: Instance, leader: Actor, manager: Actor, executive: Actor, administrator: Actor, plan: int
) -> None:
    (row,) = saved(house, leader, plan, Entered("零售", "客户经理", 5))
    with house.database.writing() as db:
        for reader in (manager, executive):
            assert len(focus.rows(db, reader, plan)) == 1
            for act in (
                lambda who=reader: focus.save(db, who, plan, [Entered("x", "y")]),
                lambda who=reader: focus.restore(db, who, plan, [1]),
                lambda who=reader: focus.set_weights(db, who, plan, 0, Weights()),
                lambda who=reader: focus.anchor(db, who, plan, row.id or 0, 1, "x"),
                lambda who=reader: focus.release(db, who, plan, row.id or 0, 1),
            ):
                with pytest.raises(NotAllowed):
                    act()
        with pytest.raises(NotAllowed):
            focus.rows(db, administrator, plan)


def test_a_row_belongs_to_its_plan(house: Instance, leader: Actor, plan: int) -> None:
    (row,) = saved(house, leader, plan, Entered("零售", "客户经理", 5))
    with house.database.writing() as db:
        elsewhere = plans.create(db, leader, "海州分行", 2028).id or 0
        with pytest.raises(NotFound):
            focus.anchor(db, leader, elsewhere, row.id or 0, row.version or 0, "x")


def test_the_starting_list_holds_names_and_no_judgement(house: Instance, leader: Actor, plan: int) -> None:
    for language in ("zh", "en"):
        rows = saved(house, leader, plan, *starting_list(language))  # type: ignore[arg-type]
    assert len(rows) == 24 and all(row.importance is row.gap_estimate is row.people is None for row in rows)


def test_a_row_is_given_the_themes_that_a_person_says(house: Instance, leader: Actor, executive: Actor, plan: int) -> None:
    (row,) = saved(house, leader, plan, Entered("零售", "客户经理", 5))
    with house.database.writing() as db:
        theme = themes.create(db, leader, plan, themes.Draft("零售转型", Perspective.CUSTOMER)).id or 0
        gone = themes.create(db, leader, plan, themes.Draft("旧主题", Perspective.CUSTOMER)).id or 0
        themes.remove(db, leader, gone)
    with house.database.writing() as db:
        focus.link_themes(db, leader, plan, row.id or 0, row.version or 0, [theme, theme])
    with house.database.reading() as db:
        assert focus.rows(db, leader, plan)[0].theme_ids == [theme]
    with pytest.raises(Conflict), house.database.writing() as db:
        focus.link_themes(db, leader, plan, row.id or 0, row.version or 0, [])
    with pytest.raises(NotFound), house.database.writing() as db:
        focus.link_themes(db, leader, plan, row.id or 0, 2, [gone])
    with pytest.raises(NotAllowed), house.database.writing() as db:
        focus.link_themes(db, executive, plan, row.id or 0, 2, [])
