"""Which manager is in charge of which units, and how many people that lets each of them read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.access.actor import Actor, Right, Role, require
from core.people import repository
from core.people.scope import below, charges
from core.storage import Session


@dataclass(frozen=True)
class Managed:
    """A unit manager's account, and the units in its charge."""

    account_id: int
    name: str
    login: str
    unit_ids: tuple[int, ...]


@dataclass(frozen=True)
class Overview:
    """All managers who may sign in; `units` by id; of each unit, it and all below it (`under`), and its own `people`."""

    managers: tuple[Managed, ...]
    units: dict[int, str]
    under: dict[int, frozenset[int]]
    people: dict[int | None, int]

    def readable(self, unit_ids: Iterable[int]) -> int:
        """How many people somebody reads who is in charge of these units."""
        seen = frozenset[int]().union(*(self.under.get(one, frozenset()) for one in unit_ids))
        return sum(self.people.get(one, 0) for one in seen)

    @property
    def nobodys(self) -> tuple[int, ...]:
        """Units with people whom no manager reads."""
        given = frozenset[int]().union(*(self.under.get(unit, frozenset()) for one in self.managers for unit in one.unit_ids))
        return tuple(unit for unit in self.units if self.people.get(unit) and unit not in given)


def overview(db: Session, actor: Actor) -> Overview:
    """Who is in charge of what. Needs `READ_PEOPLE`."""
    require(actor, Right.READ_PEOPLE)
    held = charges(db, actor)
    managers = tuple(
        Managed(row.id, row.name, row.login, held.get(row.id, ()))
        for row in repository.accounts(db)
        if row.id is not None and Role.UNIT_MANAGER in row.roles
    )
    rows = repository.units(db)
    under = {row.id: below(db, [row.id]) for row in rows if row.id is not None}
    return Overview(managers, {row.id or 0: row.name for row in rows}, under, repository.people_by_unit(db))
