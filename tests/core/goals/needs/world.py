"""Units with somebody in charge, and needs of theirs, for tests of needs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from core.access.actor import Actor
from core.goals.needs import calls, merging
from core.goals.needs import service as needs
from core.goals.needs.calls import CallView
from core.goals.needs.draft import NeedDraft
from core.goals.needs.service import Board, NeedView
from core.goals.needs.writing import today
from core.instance import Instance
from core.people.scope import give_charge
from core.people.tables import Unit
from tests.core.strategy.ideas_world import Ripe, ripe
from tests.remembered import remembered

SWINGS = NeedDraft("理财经理讲不清净值波动，投诉12起", "理财经理", 20, "能解释净值波动并做资产配置", "资产配置")
AFTERCARE = NeedDraft("净值回撤后没人联系客户，理财经理不会售后", "理财经理", 15, "净值波动时主动联系客户做资产配置", "资产配置")
LAUNDERING = NeedDraft("可疑交易漏报两起，被人行通报", "运营主管", 6, "按要点识别并上报可疑交易", "反洗钱")


@dataclass(frozen=True)
class Asking:
    """A ripe plan; `head` is above `branch`, `other` stands alone."""

    ripe: Ripe
    head: int
    branch: int
    other: int

    @property
    def plan(self) -> int:
        """The plan's number."""
        return self.ripe.plan


@remembered
def asking(house: Instance, leader: Actor) -> Asking:
    """A plan with themes and three units; nobody is asked yet."""
    made = ripe(house, leader)
    with house.database.writing() as db:
        head = Unit(name="滨海分行")
        other = Unit(name="云岭支行")
        db.add_all([head, other])
        db.flush()
        branch = Unit(name="望海支行", parent_id=head.id)
        db.add(branch)
        db.flush()
        return Asking(made, head.id or 0, branch.id or 0, other.id or 0)


def in_charge(house: Instance, leader: Actor, manager: Actor, *units: int) -> None:
    """These units are the manager's."""
    with house.database.writing() as db:
        give_charge(db, leader, manager.account_id or 0, units)


def begin(house: Instance, leader: Actor, world: Asking, *others: str, days: int = 7) -> int:
    """A round that asks the two sub-branches and `others`."""
    due = today() + timedelta(days=days)
    with house.database.writing() as db:
        return calls.open_call(db, leader, world.plan, "2027 年需求征集", due, "请先和团队商量", [world.branch, world.other], others)


def look(house: Instance, actor: Actor, plan: int) -> CallView:
    """The plan's round."""
    with house.database.reading() as db:
        found = calls.current(db, actor, plan)
    assert found is not None
    return found


def link(house: Instance, leader: Actor, plan: int, unit: str) -> str:
    """A new link of a unit."""
    call = look(house, leader, plan)
    asked = next(one for one in call.units if one.row.unit == unit)
    with house.database.writing() as db:
        return calls.issue(db, leader, call.id, [asked.id])[asked.id]


def file(house: Instance, actor: Actor, plan: int, unit: str, draft: NeedDraft = SWINGS, *, filing: bool = True) -> NeedView:
    """File a need; it as it stands then."""
    with house.database.writing() as db:
        need_id = needs.add(db, actor, plan, unit, draft, filing=filing)
    return next(view for view in board(house, actor, plan).needs if view.id == need_id)


def board(house: Instance, actor: Actor, plan: int) -> Board:
    """The plan's needs."""
    with house.database.reading() as db:
        return needs.board(db, actor, plan)


def seen(views: Collection[NeedView]) -> dict[int, int]:
    """Needs with the versions that somebody saw."""
    return {view.id: view.row.version or 0 for view in views}


def undo(house: Instance, actor: Actor, plan: int) -> int:
    """Take back the last action."""
    with house.database.writing() as db:
        return merging.undo(db, actor, plan)
