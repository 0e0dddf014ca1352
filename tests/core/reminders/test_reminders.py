"""What has become due is told once, to whom it concerns, by day, and of each unit's people only to those in charge of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from core.access.actor import Actor
from core.approvals import chain
from core.approvals import service as approvals
from core.approvals.tables import PlanSubmission
from core.delivery.attendance import repository as attendance
from core.delivery.attendance import standing as presence
from core.delivery.content import transfer
from core.delivery.content.tables import TransferAction
from core.delivery.faculty import editing as faculty
from core.delivery.halves import Span
from core.errors import BadInput, NotAllowed
from core.goals.needs import calls
from core.goals.needs.writing import today
from core.instance import Instance
from core.notices import inbox
from core.notices.inbox import Told
from core.notices.tables import Notice
from core.notices.terms import Kind
from core.people.scope import give_charge
from core.plans import service as plans
from core.reminders import service
from core.review.reviews import service as reviews
from core.review.reviews.service import Work
from core.review.surveys import service as surveys
from core.review.warnings.tables import WarningCase
from core.review.warnings.terms import Advice, Status
from core.storage import now
from tests.conftest import BOTH
from tests.core.delivery.timetable_world import furnish, published, sessions
from tests.core.goals.needs.world import asking, begin, file, in_charge, look
from tests.core.review.world import Review, review

both = pytest.mark.parametrize("house", BOTH, indirect=True)


def on(day: date, hour: int = 10) -> datetime:
    """An hour of a day at the bank."""
    return datetime(day.year, day.month, day.day, hour - 8, tzinfo=UTC)


def told(house: Instance, actor: Actor, kind: Kind) -> list[Told]:
    """What somebody was told of a kind, the newest first."""
    with house.database.reading() as db:
        return [one for one in inbox.inbox(db, actor, "zh").notices if one.kind is kind]


def charge(house: Instance, leader: Actor, manager: Actor, made: Review, *units: str) -> None:
    """These units of the branch are the manager's."""
    with house.database.writing() as db:
        give_charge(db, leader, manager.account_id or 0, [made.world.branch.units[one] for one in units])


@both
def test_units_that_are_silent_are_reminded_near_the_end_and_human_resources_after_it(
    house: Instance, leader: Actor, manager: Actor, executive: Actor
) -> None:
    world = asking(house, leader)
    in_charge(house, leader, manager, world.head)
    begin(house, leader, world)
    assert [one.subject for one in told(house, manager, Kind.NEEDS_ASKED)] == ["请填报培训需求：2027 年需求征集"]
    last = look(house, leader, world.plan).row.due_on
    for day in (last - timedelta(days=4), last - timedelta(days=2), last - timedelta(days=1), last):
        service.remind(house.database, on(day))
    (one,) = told(house, manager, Kind.NEEDS_SILENT)
    assert "望海支行" in one.text and "云岭支行" not in one.text and str(last) in one.text
    service.remind(house.database, on(last + timedelta(days=1)))
    service.remind(house.database, on(last + timedelta(days=2)))
    assert [one.subject for one in told(house, leader, Kind.NEEDS_ENDED)] == ["需求征集已截止，2 个机构没有报"]
    assert not told(house, executive, Kind.NEEDS_SILENT) and not told(house, manager, Kind.NEEDS_ENDED)


def test_who_has_answered_is_not_reminded_and_a_reminder_by_hand_says_whom_it_reached(
    house: Instance, leader: Actor, manager: Actor
) -> None:
    world = asking(house, leader)
    in_charge(house, leader, manager, world.head)
    begin(house, leader, world)
    call = look(house, leader, world.plan)
    for _ in range(2):
        with house.database.writing() as db:
            assert calls.nudge(db, leader, call.id, [one.id for one in call.units]) == {manager.account_id}
    assert len(told(house, manager, Kind.NEEDS_SILENT)) == 2
    file(house, manager, world.plan, "望海支行")
    service.remind(house.database, on(today() + timedelta(days=6)))
    assert len(told(house, manager, Kind.NEEDS_SILENT)) == 2


@both
def test_whoever_decides_is_told_when_it_is_their_turn_and_again_when_they_wait_long(
    house: Instance, leader: Actor, executive: Actor
) -> None:
    plan = furnish(house, leader).plan
    with house.database.writing() as db:
        chain.save(db, leader, plan, 0, [("行长", [executive.account_id or 0])])
        approvals.submit(db, leader, plan, 0)
    (asked,) = told(house, executive, Kind.APPROVAL_ASKED)
    assert "Leader提交的" in asked.text and asked.page == "approval" and asked.plan_id == plan
    begun = now()
    for days in (1, 3, 4, 9, 10, 11):
        service.remind(house.database, on((begun + timedelta(days=days)).date()))
    assert len(told(house, executive, Kind.APPROVAL_SLOW)) == 2
    with house.database.writing() as db:
        db.connection().execute(sa.update(PlanSubmission).values(state="approved"))
    service.remind(house.database, on((begun + timedelta(days=40)).date()))
    assert len(told(house, executive, Kind.APPROVAL_SLOW)) == 2


@both
def test_managers_hear_of_the_sessions_surveys_and_actions_of_their_own_people(
    house: Instance, leader: Actor, manager: Actor, executive: Actor
) -> None:
    made = review(house, leader)
    charge(house, leader, manager, made, "望海支行")
    first = next(one for one in sessions(house, leader, made.plan) if one.project_id == made.project)
    with house.database.writing() as db:
        known = attendance.people(db, made.plan)
        own = {number for number, (one, _unit) in known.items() if one.unit_id == made.world.branch.units["望海支行"]}
        others = sorted(known.keys() - own)
        surveys.open_link(db, leader, made.plan, made.project, 2)
        for who in (*sorted(own)[:3], *others[:1]):
            db.add(TransferAction(project_id=made.project, employee_id=who, what="回访", due_on=date(2020, 1, 1), evidence="记录"))
    with house.database.reading() as db:
        silent = len(surveys.standing(db, manager, made.plan, made.project).waiting)
    assert first.day is not None and len(own) > 3 and others and silent
    service.remind(house.database, on(first.day - timedelta(days=1)))
    for _ in range(2):
        service.remind(house.database, on(today()))
    going = {who for one in sessions(house, leader, made.plan) if one.day == first.day for who in one.members} & own
    (near,) = told(house, manager, Kind.SESSIONS_NEAR)
    assert f"您管的机构里 {len(going)} 位参加" in near.text
    assert [one.subject for one in told(house, manager, Kind.SURVEY_WAITING)] == [f"问卷快要截止，您的人里 {silent} 位还没有答"]
    assert {one.subject for one in told(house, manager, Kind.ACTIONS_OVERDUE)} == {"3 条转化行动已过期"}
    for kind in (Kind.SESSIONS_NEAR, Kind.SURVEY_WAITING, Kind.ACTIONS_OVERDUE):
        assert not told(house, executive, kind) and not told(house, leader, kind)
    names = [one.name for one, _unit in known.values()]
    with house.database.reading() as db:
        said = "".join(str(row.words) for row in db.exec(sa.select(Notice)).scalars())  # type: ignore[call-overload]
    assert not [name for name in names if name in said]


@both
def test_the_owner_of_a_decision_is_told_and_where_nobody_bears_the_name_human_resources(
    house: Instance, leader: Actor, manager: Actor
) -> None:
    with house.database.writing() as db:
        plan = plans.create(db, leader, "海州分行", 2027).id or 0
        meeting = reviews.prepare(db, leader, plan, 1, date(2027, 3, 1))
        for owner, due in (("Manager", date(2027, 3, 10)), ("王教研", date(2027, 3, 10)), ("Manager", date(2027, 6, 1))):
            reviews.decide(db, leader, meeting, Work("换案例", owner, due))
    for day in (1, 8, 9, 10, 11, 12):
        service.remind(house.database, on(date(2027, 3, day)))
    assert [one.subject for one in told(house, manager, Kind.DECISION_DUE)] == ["复盘会议的决定 2027-03-10 到期"] * 2
    assert len(told(house, leader, Kind.DECISION_DUE)) == 2
    assert told(house, manager, Kind.DECISION_DUE)[0].page == "meetings"


def test_the_owner_of_a_warning_is_told(house: Instance, leader: Actor, manager: Actor) -> None:
    made = review(house, leader)
    programme = sessions(house, leader, made.plan)[0].programme_id
    with house.database.writing() as db:
        db.add(
            WarningCase(
                plan_id=made.plan,
                programme_id=programme,
                status=next(iter(Status)),
                week=3,
                advice=next(iter(Advice)),
                action=next(iter(Advice)),
                owner="Manager",
                due=date(2027, 5, 1),
            )
        )
    for _ in range(2):
        service.remind(house.database, on(date(2027, 4, 1)))
    assert len(told(house, manager, Kind.WARNING_OWNED)) == 1


def test_nobody_is_told_at_night(house: Instance, leader: Actor, manager: Actor) -> None:
    world = asking(house, leader)
    in_charge(house, leader, manager, world.head)
    begin(house, leader, world, days=1)
    night = datetime.combine(today(), datetime.min.time(), UTC) + timedelta(hours=15)
    assert service.remind(house.database, night) == 0
    assert not told(house, manager, Kind.NEEDS_SILENT)


def test_the_server_looks_for_it_by_itself(house: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[datetime] = []
    monkeypatch.setattr(service, "remind", lambda _database, moment: looked.append(moment))
    for _ in range(2):
        house.keep_house()
    assert len(looked) == 1 and abs(looked[0] - now()) < timedelta(minutes=1)


def test_what_human_resources_reminds_of_by_hand_reaches_those_in_charge(house: Instance, leader: Actor, manager: Actor) -> None:
    made = review(house, leader)
    charge(house, leader, manager, made, "望海支行")
    one = next(each for each in sessions(house, leader, made.plan) if each.project_id == made.project)
    with house.database.writing() as db:
        with pytest.raises(BadInput):
            surveys.remind(db, leader, made.plan, made.project)
        with pytest.raises(BadInput):
            transfer.remind(db, leader, made.plan, date(2027, 1, 1))
        own = [
            number
            for number, (each, _unit) in attendance.people(db, made.plan).items()
            if each.unit_id == made.world.branch.units["望海支行"] and number in one.members
        ]
        surveys.open_link(db, leader, made.plan, made.project)
        db.add(TransferAction(project_id=made.project, employee_id=own[0], what="回访", due_on=date(2020, 1, 1), evidence="记录"))
    with house.database.writing() as db:
        reached = {manager.account_id}
        assert surveys.remind(db, leader, made.plan, made.project) == reached
        assert transfer.remind(db, leader, made.plan, date(2027, 1, 1)) == reached
        assert presence.remind(db, leader, made.plan, [(one.programme_id, who) for who in own[:2]]) == reached
        for act in (surveys.remind, transfer.remind):
            with pytest.raises(NotAllowed):
                act(db, manager, made.plan, made.project if act is surveys.remind else date(2027, 1, 1))  # type: ignore[arg-type]
    assert [each.subject for each in told(house, manager, Kind.ACTIONS_OVERDUE)] == ["1 条转化行动已过期"]
    assert [each.subject for each in told(house, manager, Kind.SESSIONS_MISSED)] == ["您的人里 2 位有课没有上完"]
    assert len(told(house, manager, Kind.SURVEY_WAITING)) == 1


def test_whoever_plans_is_told_once_a_week_that_the_published_timetable_holds_no_more(
    house: Instance, leader: Actor, manager: Actor
) -> None:
    world = published(house, leader)
    one = next(each for each in sessions(house, leader, world.plan) if each.trainer_id is not None)
    assert one.day is not None and one.trainer_id is not None
    monday = one.day - timedelta(days=14 + one.day.weekday())
    service.remind(house.database, on(monday))
    assert told(house, leader, Kind.SESSIONS_BROKEN) == []
    with house.database.writing() as db:
        faculty.add_absence(db, leader, one.trainer_id, Span(one.day, one.day))
    for day in (0, 1, 7):
        service.remind(house.database, on(monday + timedelta(days=day)))
    found = told(house, leader, Kind.SESSIONS_BROKEN)
    assert [each.subject for each in found] == ["已发布的排期里有 1 次课现在违反规则"] * 2 and "滨海分行 2027" in found[0].text
    assert told(house, manager, Kind.SESSIONS_BROKEN) == []
    service.remind(house.database, on(one.day + timedelta(days=7)))
    assert len(told(house, leader, Kind.SESSIONS_BROKEN)) == 2
