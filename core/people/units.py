"""What units are called. A unit that is renamed stays the same one, with its people and its manager."""

from __future__ import annotations

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.people import repository
from core.sheets.reading import folded
from core.storage import Session

LONGEST_NAME = 120


def own_name(name: str) -> str:
    """The last part of a unit's name: 营业部 of 望海支行/营业部."""
    return name.rpartition("/")[2]


def rename(db: Session, actor: Actor, unit_id: int, seen: str, name: str) -> None:
    """Call a unit otherwise; those below it go by its new name. `seen`: what the reader took it to be called. Needs `EDIT_PEOPLE`.

    Raises `BadInput` for a name that cannot be, `Conflict` for one that another unit has, and where somebody was faster.
    """
    require(actor, Right.EDIT_PEOPLE)
    rows = repository.units(db)
    unit = next((one for one in rows if one.id == unit_id), None)
    if unit is None:
        raise NotFound(Message("这个机构已经不在了，请刷新后再选。"))
    if unit.name != seen:
        raise Conflict(Message("“{old}”刚被别人改成了“{new}”，您的改动没有保存。请核对后再改。", old=seen, new=unit.name))
    above = seen.rpartition("/")
    wanted = "".join((*above[:2], _checked(name)))
    others = {folded(one.name) for one in rows if one.id != unit_id}
    below = [one for one in rows if one.name.startswith(f"{seen}/")]
    if folded(wanted) in others:
        raise Conflict(Message("已经有一个机构叫“{name}”，没有改名。", name=wanted))
    longest = max(len(wanted) + len(one.name) - len(seen) for one in (unit, *below))
    if longest > LONGEST_NAME:
        raise BadInput(Message("机构名称连同上下级最多 {limit} 个字，这样改会有 {length} 个。", limit=LONGEST_NAME, length=longest))
    for one in (unit, *below):
        one.name = wanted + one.name[len(seen) :]
        repository.call_in_needs(db, one.id or 0, one.name)
    db.flush()
    record(db, actor, "unit_renamed", "unit", unit_id, old=seen, new=wanted)


def _checked(name: str) -> str:
    clean = " ".join(name.split())
    if not clean or any(mark in clean for mark in "/\\>／"):
        raise BadInput(Message("请写机构自己的名称，不带上级，也不用“/”。"))
    return clean
