"""Whose data an actor may read: the rule that every query on people takes with it (docs/decisions/0013-scope.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.access.actor import Actor, Right, Role, require
from core.access.audit import record
from core.errors import BadInput, NotFound
from core.i18n import Message
from core.people import repository
from core.people.tables import UnitCharge
from core.storage import Session


class Reach(StrEnum):
    """Of whom a role reads data on people."""

    EVERYBODY = "everybody"
    OWN_UNITS = "own_units"
    SUMS = "sums"


REACH = {Role.HR_LEADER: Reach.EVERYBODY, Role.UNIT_MANAGER: Reach.OWN_UNITS, Role.EXECUTIVE: Reach.SUMS}
"""By role: human resources read everybody by name; a unit manager the units in their charge with all below; an executive sums of all
units, through the gates of small groups. A role that is missing here reads nobody."""


@dataclass(frozen=True)
class Scope:
    """Of which units an actor may read people by name (`named`), and of which only sums (`counted`). None is every unit.

    Sums of people whom the actor may not read by name pass through the gates of small groups (`core/people/gates.py`).
    """

    named: frozenset[int] | None
    counted: frozenset[int] | None

    @property
    def everyone(self) -> bool:
        """Whether the actor reads everybody by name, those without a unit too."""
        return self.named is None

    def may_name(self, unit_id: int | None) -> bool:
        """Whether people of this unit may be read by name; only who reads everybody reads people without a unit."""
        return self.named is None or unit_id in self.named

    def may_count(self, unit_id: int | None) -> bool:
        """Whether people of this unit may be counted."""
        return self.counted is None or unit_id in self.counted


def scope(db: Session, actor: Actor) -> Scope:
    """What the actor's roles reach, taken together. Raises `NotAllowed` for whoever may not see gaps."""
    require(actor, Right.SEE_GAPS)
    reaches = {REACH[role] for role in actor.roles if role in REACH}
    if Reach.EVERYBODY in reaches:
        return Scope(None, None)
    own = below(db, repository.charges_of(db, actor.account_id)) if Reach.OWN_UNITS in reaches else frozenset()
    return Scope(own, None if Reach.SUMS in reaches else own)


def charges(db: Session, actor: Actor) -> dict[int, tuple[int, ...]]:
    """The units in each account's charge. Needs `READ_PEOPLE`."""
    require(actor, Right.READ_PEOPLE)
    found: dict[int, tuple[int, ...]] = {}
    for row in repository.charges(db):
        found[row.account_id] = (*found.get(row.account_id, ()), row.unit_id)
    return found


def give_charge(db: Session, actor: Actor, account_id: int, unit_ids: Iterable[int]) -> None:
    """Put these units and no others in the charge of a unit manager's account. Needs `EDIT_PEOPLE`. Raises `BadInput`, `NotFound`."""
    require(actor, Right.EDIT_PEOPLE)
    account = repository.account(db, account_id)
    if account is None:
        raise NotFound(Message("没有找到这个账号，它可能已被删除。"))
    if Role.UNIT_MANAGER not in account.roles:
        raise BadInput(Message("“{name}”不是机构负责人，不能管机构。请先在账号页面给这个账号加上角色。", name=account.name))
    wanted = set(unit_ids)
    if wanted - {row.id for row in repository.units(db)}:
        raise NotFound(Message("有的机构已经不在了，请刷新后再选。"))
    held = {row.unit_id: row for row in repository.charges(db) if row.account_id == account_id}
    for unit_id in held.keys() - wanted:
        db.delete(held[unit_id])
    db.add_all(UnitCharge(account_id=account_id, unit_id=unit_id) for unit_id in wanted - held.keys())
    db.flush()
    record(db, actor, "units_given", "account", account_id, units=sorted(wanted))


def managers_of(db: Session, actor: Actor, unit_ids: Iterable[int]) -> dict[int, dict[int, str]]:
    """Who is in charge of each of these units, or of one above it: names by account. Needs `READ_PEOPLE`."""
    require(actor, Right.READ_PEOPLE)
    parents = {row.id or 0: row.parent_id for row in repository.units(db)}
    in_charge: dict[int, dict[int, str]] = {}
    for row in repository.charges(db):
        account = repository.account(db, row.account_id)
        if account is not None and account.enabled and Role.UNIT_MANAGER in account.roles:
            in_charge.setdefault(row.unit_id, {})[row.account_id] = account.name
    return {one: _up(one, parents, in_charge) for one in unit_ids}


def counts_in_charge(db: Session, actor: Actor, unit_ids: Iterable[int | None]) -> dict[int, int]:
    """Of people of these units, one unit for each of them: how many are in the charge of each account. Needs `READ_PEOPLE`."""
    units = [one for one in unit_ids if one is not None]
    in_charge = managers_of(db, actor, set(units))
    return dict(Counter(account for one in units for account in in_charge[one]))


def _up(unit_id: int, parents: Mapping[int, int | None], in_charge: Mapping[int, dict[int, str]]) -> dict[int, str]:
    found: dict[int, str] = {}
    at: int | None = unit_id
    passed = set[int]()
    while at is not None and at not in passed:
        found.update(in_charge.get(at, {}))
        passed.add(at)
        at = parents.get(at)
    return found


def below(db: Session, unit_ids: Iterable[int]) -> frozenset[int]:
    """Units with all that hang below them, by id."""
    children: dict[int | None, list[int]] = {}
    for row in repository.units(db):
        children.setdefault(row.parent_id, []).append(row.id or 0)
    found, waiting = set[int](), list(unit_ids)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(children.get(one, ()))
    return frozenset(found)
