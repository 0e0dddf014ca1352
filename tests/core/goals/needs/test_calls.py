"""Rounds of asking: who has not answered, links that are revoked at once, reminders, and what a link may do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from core.access import tokens
from core.access.actor import Actor
from core.access.tables import AuditEntry
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.goals.needs import calls, link
from core.goals.needs import service as needs
from core.goals.needs.tables import AskedUnit, NeedsCall
from core.goals.needs.terms import Answer, NeedState, Via
from core.goals.needs.writing import today
from core.instance import Instance
from core.people.tables import Unit
from core.plans import service as plans
from tests.conftest import BOTH
from tests.core.goals.needs import world as made
from tests.core.goals.needs.world import AFTERCARE, SWINGS, Asking, asking, begin, board, file, in_charge, look

both = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def world(house: Instance, leader: Actor) -> Asking:
    return asking(house, leader)


def answers(house: Instance, actor: Actor, world: Asking) -> dict[str, Answer]:
    return {one.row.unit: one.answer for one in look(house, actor, world.plan).units}


def by_link(house: Instance, token: str, draft: object = SWINGS, filer: str = "王芳", **more: object) -> int:
    with house.database.writing() as db:
        return link.file(db, token, filer, draft, more.pop("seen", None), "10.0.0.9", **more)  # type: ignore[arg-type]


def opened(house: Instance, token: str) -> link.Desk:
    with house.database.reading() as db:
        found = link.desk(db, token)
    assert found is not None
    return found


@both
def test_a_round_tells_who_has_not_answered_whichever_way_they_answer(
    house: Instance, leader: Actor, manager: Actor, executive: Actor, world: Asking
) -> None:
    in_charge(house, leader, manager, world.head)
    begin(house, leader, world, "金融市场部", "云岭支行", " ")
    assert answers(house, leader, world) == dict.fromkeys(("望海支行", "云岭支行", "金融市场部"), Answer.SILENT)
    file(house, manager, world.plan, "望海支行")
    by_link(house, made.link(house, leader, world.plan, "金融市场部"))
    token = made.link(house, leader, world.plan, "云岭支行")
    with house.database.writing() as db:
        link.opened(db, token)
    assert answers(house, leader, world) == {"望海支行": Answer.ANSWERED, "金融市场部": Answer.ANSWERED, "云岭支行": Answer.OPENED}
    with house.database.writing() as db:
        link.say_none(db, token, "李强", "")
    assert not look(house, leader, world.plan).silent
    assert set(answers(house, executive, world)) == {"望海支行", "云岭支行", "金融市场部"}
    assert set(answers(house, manager, world)) == {"望海支行"}, "a manager sees the units in their charge"
    first = next(one for one in look(house, leader, world.plan).units if one.row.unit == "望海支行")
    assert first.needs == 1 and first.last is not None and first.managers == (manager.name,)


@both
def test_a_link_shows_and_changes_only_what_came_through_it(house: Instance, leader: Actor, world: Asking) -> None:
    begin(house, leader, world)
    file(house, leader, world.plan, "望海支行", AFTERCARE)
    token, other = (made.link(house, leader, world.plan, unit) for unit in ("望海支行", "云岭支行"))
    need_id = by_link(house, token)
    (view,) = opened(house, token).needs
    assert view.row.via is Via.LINK and view.row.filer == "王芳" and view.row.unit_id == world.branch and view.row.account_id is None
    assert not opened(house, other).needs
    with pytest.raises(Conflict):
        by_link(house, other, seen=(need_id, view.row.version))
    page = next(view for view in board(house, leader, world.plan).needs if view.row.via is Via.PAGE)
    with pytest.raises(Conflict):
        by_link(house, token, seen=(page.id, page.row.version))
    by_link(house, token, replace(SWINGS, people=25), filer="赵敏", seen=(need_id, view.row.version))
    with pytest.raises(Conflict):
        by_link(house, token, seen=(need_id, view.row.version))
    (changed,) = opened(house, token).needs
    assert changed.row.people == 25 and changed.row.filer == "赵敏"
    with house.database.writing() as db:
        link.take_back(db, token, "赵敏", need_id, changed.row.version or 0, "")
    assert opened(house, token).needs[0].state is NeedState.PUT_ASIDE and opened(house, token).need(need_id) is None


@both
def test_unknown_revoked_replaced_and_expired_links_are_all_the_same_nothing(house: Instance, leader: Actor, world: Asking) -> None:
    begin(house, leader, world)
    first = made.link(house, leader, world.plan, "望海支行")
    second = made.link(house, leader, world.plan, "望海支行")

    def holds(token: str) -> bool:
        with house.database.reading() as db:
            return link.desk(db, token) is not None

    assert not holds(first) and holds(second) and not holds("unknown")
    call = look(house, leader, world.plan)
    with house.database.writing() as db:
        assert calls.revoke(db, leader, call.id, [one.id for one in call.units]) == 1
    assert not holds(second)
    with pytest.raises(NotFound):
        by_link(house, second)
    third = made.link(house, leader, world.plan, "望海支行")
    with house.database.writing() as db:
        db.get_one(NeedsCall, call.id).due_on = today() - timedelta(days=1)
    assert not holds(third)
    with pytest.raises(BadInput, match="已经结束"):
        made.link(house, leader, world.plan, "望海支行")
    call = look(house, leader, world.plan)
    with house.database.writing() as db:
        calls.change_call(db, leader, call.id, call.row.version or 0, "征集", today(), "")
    assert holds(third), "a later last day opens the round again"
    with house.database.writing() as db:
        plans.archive(db, leader, world.plan)
    assert not holds(third)


def test_only_the_hash_of_a_link_is_kept_and_nothing_of_it_is_logged(house: Instance, leader: Actor, world: Asking) -> None:
    begin(house, leader, world)
    token = made.link(house, leader, world.plan, "望海支行")
    by_link(house, token)
    with house.database.reading() as db:
        kept = db.exec(select(AskedUnit).where(AskedUnit.unit == "望海支行")).one()
        assert kept.token_hash == tokens.digest(token) and token not in str(kept)
        entries = list(db.exec(select(AuditEntry)))
        assert not any(token in str(entry.detail) for entry in entries)
        filed = next(entry for entry in entries if entry.action == "need_filed")
        assert filed.actor == "王芳" and filed.address == "10.0.0.9" and filed.account_id is None


def test_a_new_round_ends_the_earlier_one_and_keeps_what_was_filed(house: Instance, leader: Actor, world: Asking) -> None:
    begin(house, leader, world)
    earlier = look(house, leader, world.plan)
    token = made.link(house, leader, world.plan, "望海支行")
    by_link(house, token)
    begin(house, leader, world)
    with house.database.reading() as db:
        assert link.desk(db, token) is None
    assert len(board(house, leader, world.plan).needs) == 1 and len(look(house, leader, world.plan).silent) == 2
    with pytest.raises(Conflict), house.database.writing() as db:
        row = db.get_one(NeedsCall, earlier.id)
        calls.change_call(db, leader, earlier.id, row.version or 0, "旧的", today(), "")


def test_a_reminder_reaches_whoever_is_in_charge_and_is_noted(
    house: Instance, leader: Actor, manager: Actor, executive: Actor, world: Asking
) -> None:
    in_charge(house, leader, manager, world.head)
    begin(house, leader, world)
    call = look(house, leader, world.plan)
    with house.database.reading() as db:
        before = calls.standing(db, manager, world.plan)
    assert before.own_silent == ("望海支行",) and before.reminded_at is None
    with house.database.writing() as db:
        assert calls.nudge(db, leader, call.id, [one.id for one in call.units]) == {manager.account_id}
    with house.database.reading() as db:
        after, above = calls.standing(db, manager, world.plan), calls.standing(db, executive, world.plan)
    assert after.reminded_at is not None and after.due_on == call.row.due_on
    assert above.own_silent == () and (above.silent, above.asked) == (2, 2) and above.waiting == 0
    nudges = {one.row.unit: [nudge.account_ids for nudge in one.nudges] for one in look(house, leader, world.plan).units}
    assert nudges == {"望海支行": [[manager.account_id]], "云岭支行": [[]]}
    file(house, manager, world.plan, "望海支行")
    with house.database.writing() as db:
        calls.nudge(db, leader, call.id, [one.id for one in call.units])
    assert [len(one.nudges) for one in look(house, leader, world.plan).units] == [1, 2], "who has answered is not reminded"
    with house.database.reading() as db:
        assert calls.standing(db, manager, world.plan).own_silent == ()
        assert calls.standing(db, leader, world.plan).waiting == 1


def test_a_manager_says_that_a_unit_needs_nothing_and_takes_it_back(house: Instance, leader: Actor, manager: Actor, world: Asking) -> None:
    in_charge(house, leader, manager, world.branch)
    begin(house, leader, world)
    own, other = look(house, leader, world.plan).units
    with house.database.writing() as db:
        calls.say_none(db, manager, own.id, none=True)
    with pytest.raises(NotAllowed), house.database.writing() as db:
        calls.say_none(db, manager, other.id, none=True)
    assert answers(house, leader, world)["望海支行"] is Answer.NONE_NEEDED
    file(house, manager, world.plan, "望海支行")
    assert answers(house, leader, world)["望海支行"] is Answer.ANSWERED
    with pytest.raises(BadInput, match="已经报了需求"), house.database.writing() as db:
        calls.say_none(db, manager, own.id, none=True)


def test_only_human_resources_runs_rounds(house: Instance, leader: Actor, manager: Actor, executive: Actor, world: Asking) -> None:
    call_id = begin(house, leader, world)
    for actor in (manager, executive):
        for act in (
            lambda db, who: calls.open_call(db, who, world.plan, "征集", today(), "", [world.branch]),
            lambda db, who: calls.issue(db, who, call_id, []),
            lambda db, who: calls.revoke(db, who, call_id, []),
            lambda db, who: calls.nudge(db, who, call_id, []),
            lambda db, who: calls.close_call(db, who, call_id, 1),
        ):
            with pytest.raises(NotAllowed), house.database.writing() as db:
                act(db, actor)


@pytest.mark.parametrize(
    ("title", "days", "units", "said"), [(" ", 1, 1, "名称"), ("征集", -1, 1, "已经过去"), ("征集", 1, 0, "至少选一个机构")]
)
def test_a_round_without_name_future_or_units_is_refused(
    house: Instance, leader: Actor, world: Asking, title: str, days: int, units: int, said: str
) -> None:
    with pytest.raises(BadInput, match=said), house.database.writing() as db:
        calls.open_call(db, leader, world.plan, title, today() + timedelta(days=days), "", [world.branch][:units])


def test_a_link_takes_no_flood_and_no_nameless_filer(
    house: Instance, leader: Actor, world: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "MOST_NEEDS", 2)
    begin(house, leader, world)
    token = made.link(house, leader, world.plan, "望海支行")
    with pytest.raises(BadInput, match="姓名"):
        by_link(house, token, filer="  ")
    by_link(house, token)
    by_link(house, token)
    with pytest.raises(BadInput, match="最多报 2 条"):
        by_link(house, token)


def test_what_came_through_a_link_is_no_accounts_to_undo_and_a_lost_unit_keeps_its_needs(
    house: Instance, leader: Actor, world: Asking
) -> None:
    begin(house, leader, world)
    by_link(house, made.link(house, leader, world.plan, "望海支行"))
    assert board(house, leader, world.plan).undoable is None
    with house.database.writing() as db:
        db.delete(db.get_one(Unit, world.branch))
    (view,) = board(house, leader, world.plan).needs
    assert view.row.unit == "望海支行" and view.row.unit_id is None
    with house.database.reading() as db:
        assert [one.action for one in needs.history(db, leader, view.id)] == ["added"]
