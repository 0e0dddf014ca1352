"""Those in charge of units are told that these are asked what they need, and which of them have not answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.goals.needs.tables import AskedUnit, NeedsCall
from core.i18n import Message
from core.notices.outbox import About, Due, Value
from core.notices.terms import Kind
from core.plans import repository as plans
from core.storage import Session

InCharge = Mapping[int, Mapping[int, str]]
_SHOWN = 3


def asked(db: Session, call: NeedsCall, rows: Sequence[AskedUnit], in_charge: InCharge) -> list[Due]:
    """These units were put on the list of a round: who is to be told of it. Each reads of the units in their charge alone."""
    return _dues(db, Kind.NEEDS_ASKED, call, rows, in_charge, f"{call.id}:{max(row.id or 0 for row in rows)}")


def silent(db: Session, call: NeedsCall, rows: Sequence[AskedUnit], in_charge: InCharge, cause: str) -> list[Due]:
    """These units have not answered: who is to be told of it."""
    return _dues(db, Kind.NEEDS_SILENT, call, rows, in_charge, cause)


def _dues(db: Session, kind: Kind, call: NeedsCall, rows: Sequence[AskedUnit], in_charge: InCharge, cause: str) -> list[Due]:
    plan = plans.plan(db, call.plan_id)
    title = f"{plan.unit} {plan.year}" if plan else ""
    of_account: dict[int, list[str]] = {}
    for row in rows:
        for account in in_charge.get(row.unit_id or 0, {}):
            of_account.setdefault(account, []).append(row.unit)
    found = [Due(About(kind, cause, call.plan_id), count=len(rows))]
    for account, units in of_account.items():
        values: dict[str, Value] = {"plan": title, "round": call.title, "units": _listed(units), "due": call.due_on}
        found.append(Due(About(kind, cause, call.plan_id, values=values), (account,)))
    return found


def _listed(units: Sequence[str]) -> Message:
    shown = units if len(units) <= _SHOWN else [*units[: _SHOWN - 1], f"{units[_SHOWN - 1]} … ({len(units)})"]
    return Message.listed(shown)
