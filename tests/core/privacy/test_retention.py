"""What goes by itself when its time is over. On both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from core.access.actor import Actor
from core.access.audit import record
from core.access.tables import AuditEntry
from core.assistant.tables import Conversation
from core.errors import BadInput, Conflict, NotAllowed
from core.instance import Instance
from core.people.importing.kinds import ImportKind
from core.people.tables import Employee
from core.plans.tables import AnnualPlan
from core.privacy import retention
from core.privacy.terms import Kept
from tests.conftest import BOTH
from tests.core.people.tables import PEOPLE, take

both = pytest.mark.parametrize("house", BOTH, indirect=True)
TODAY = date(2026, 11, 26)


def decide(house: Instance, leader: Actor, kept: Kept, months: int | None, version: int = 0) -> None:
    with house.database.writing() as db:
        retention.decide(db, leader, kept, version, months)


def sweep(house: Instance) -> dict[Kept, int]:
    with house.database.writing() as db:
        return retention.sweep(db, TODAY)


def put_old(house: Instance, leader: Actor) -> None:
    """Somebody who left in 2024, a conversation of 2024, an entry of the log of 2024; one of each that is new."""
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    old = datetime(2024, 11, 25, tzinfo=UTC)
    with house.database.writing() as db:
        db.execute(sa.update(Employee).where(Employee.employee_no == "0002").values(left_at=date(2024, 11, 25)))
        db.execute(sa.update(Employee).where(Employee.employee_no == "0003").values(left_at=date(2026, 11, 1)))
        plan = AnnualPlan(unit="分行", year=2026)
        db.add(plan)
        db.flush()
        for title, moment in (("旧", old), ("新", datetime(2026, 11, 1, tzinfo=UTC))):
            made = {"account_id": leader.account_id, "plan_id": plan.id, "title": title}
            db.add(Conversation(**made, created_at=moment, updated_at=moment))
        record(db, leader, "roster_viewed", "roster")
        db.flush()
        first = sa.select(sa.func.min(AuditEntry.id)).scalar_subquery()
        db.execute(sa.update(AuditEntry).where(AuditEntry.id == first).values(at=old))  # type: ignore[arg-type]


@both
def test_nothing_goes_before_somebody_decides_and_then_only_what_is_over_its_time(house: Instance, leader: Actor) -> None:
    put_old(house, leader)
    assert sweep(house) == {}
    for kept in (Kept.LEFT, Kept.CONVERSATIONS, Kept.AUDIT):
        with house.database.reading() as db:
            assert retention.due(db, leader, kept, 24, TODAY) == 1, kept
        decide(house, leader, kept, 24)
    with house.database.reading() as db:
        assert {one.kept: one.due for one in retention.periods(db, leader, TODAY)} == {
            Kept.LEFT: 1,
            Kept.REMARKS: 0,
            Kept.CONVERSATIONS: 1,
            Kept.AUDIT: 1,
            Kept.NOTICES: 0,
        }
    assert sweep(house) == {Kept.LEFT: 1, Kept.CONVERSATIONS: 1, Kept.AUDIT: 1}
    with house.database.reading() as db:
        numbers = set(db.execute(sa.select(Employee.employee_no)).scalars())
        titles = list(db.execute(sa.select(Conversation.title)).scalars())
        swept = list(db.execute(sa.select(AuditEntry.subject).where(AuditEntry.action == "retention_swept")).scalars())  # type: ignore[arg-type]
    assert "0002" not in numbers and "0003" in numbers and titles == ["新"] and sorted(swept) == ["audit", "conversations", "left"]
    assert sweep(house) == {}


@both
def test_a_period_has_bounds_a_version_and_can_be_taken_back(house: Instance, leader: Actor, manager: Actor) -> None:
    for kept, months in ((Kept.AUDIT, 5), (Kept.LEFT, 0), (Kept.LEFT, 1000)):
        with pytest.raises(BadInput):
            decide(house, leader, kept, months)
    decide(house, leader, Kept.AUDIT, 6)
    with pytest.raises(Conflict):
        decide(house, leader, Kept.AUDIT, 12)
    with pytest.raises(NotAllowed):
        decide(house, manager, Kept.AUDIT, 12, 1)
    decide(house, leader, Kept.AUDIT, None, 1)
    with house.database.reading() as db:
        found = {one.kept: one for one in retention.periods(db, leader, TODAY)}
    assert (found[Kept.AUDIT].months, found[Kept.AUDIT].decided_by, found[Kept.AUDIT].version) == (None, leader.name, 2)


def test_a_running_house_sweeps_by_itself(house: Instance, leader: Actor) -> None:
    put_old(house, leader)
    decide(house, leader, Kept.CONVERSATIONS, 1)
    house.keep_house()
    with house.database.reading() as db:
        assert "旧" not in list(db.execute(sa.select(Conversation.title)).scalars())
