"""The permission matrix: who may see and do what, read from the rules that services ask (`RIGHTS`, `REACH`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.access import service as access
from core.access.actor import OF_WHOM, RIGHT_NAMES, RIGHTS, ROLE_NAMES, Actor, Right, Role, require
from core.exports.workbook import Sheet, of_sheets
from core.i18n import Language, Message
from core.people import repository as people
from core.people.scope import REACH, Reach
from core.storage import Session


class Extent(StrEnum):
    """How far a role's right goes."""

    NONE = "none"
    FULL = "full"
    OWN_UNITS = "own_units"
    SUMS = "sums"


EXTENT_NAMES = {
    Extent.NONE: Message("—"),
    Extent.FULL: Message("可以"),
    Extent.OWN_UNITS: Message("仅限所管机构"),
    Extent.SUMS: Message("仅汇总，少于 5 人不显示"),
}
_OF_REACH = {Reach.EVERYBODY: Extent.FULL, Reach.OWN_UNITS: Extent.OWN_UNITS, Reach.SUMS: Extent.SUMS}


@dataclass(frozen=True)
class Holder:
    """An account with its roles and, for a unit manager, the units in its charge."""

    name: str
    login: str
    enabled: bool
    roles: frozenset[Role]
    units: tuple[str, ...]


def extent(right: Right, role: Role) -> Extent:
    """How far a right goes for a role."""
    if role not in RIGHTS[right]:
        return Extent.NONE
    return _OF_REACH[REACH[role]] if right in OF_WHOM else Extent.FULL


def matrix() -> dict[Right, dict[Role, Extent]]:
    """Every right of every role."""
    return {right: {role: extent(right, role) for role in Role} for right in Right}


def holders(db: Session, actor: Actor) -> list[Holder]:
    """Who has which roles, and whose units. Needs `MANAGE_ACCOUNTS`."""
    require(actor, Right.MANAGE_ACCOUNTS)
    units = {row.id: row.name for row in people.units(db)}
    charges: dict[int, list[str]] = {}
    for row in people.charges(db):
        charges.setdefault(row.account_id, []).append(units.get(row.unit_id, ""))
    return [
        Holder(one.name, one.login, one.enabled, frozenset(one.roles), tuple(sorted(charges.get(one.id, []))))
        for one in access.people(db, actor)
    ]


def as_workbook(pages: Mapping[str, frozenset[Role]], language: Language) -> bytes:
    """The matrix and the `pages`, by title, as an Excel file for auditors."""
    roles = [ROLE_NAMES[role].render(language) for role in Role]
    rights = [
        [RIGHT_NAMES[right].render(language), *(EXTENT_NAMES[known[role]].render(language) for role in Role)]
        for right, known in matrix().items()
    ]
    yes, no = EXTENT_NAMES[Extent.FULL].render(language), EXTENT_NAMES[Extent.NONE].render(language)
    shown = [[title, *(yes if role in who else no for role in Role)] for title, who in pages.items()]
    by_right, by_page = (one.render(language) for one in (Message("权限"), Message("页面")))
    return of_sheets([Sheet(by_right, [by_right, *roles], rights), Sheet(by_page, [by_page, *roles], shown)])
