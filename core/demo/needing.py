"""The sample's needs in its decoded year, through the same services as the pages: asked for, filed, merged into projects, put aside."""

from __future__ import annotations

from datetime import timedelta

from core.access.actor import Actor
from core.demo.needs import needs as sources
from core.demo.people import people
from core.goals.needs import calls, merging
from core.goals.needs import service as needs
from core.goals.needs.writing import today
from core.projects import service as projects
from core.storage import Session


def collect(db: Session, actor: Actor, plan_id: int) -> None:
    """Ask the sample's units, file what they need, and make it part of the plan's projects or put it aside; the rest waits."""
    source = sources()
    asked = source.call
    units = [unit.name for unit in people().units]
    call_id = calls.open_call(db, actor, plan_id, asked.title, today() + timedelta(asked.days), asked.note, (), units)
    needs.add_many(db, actor, plan_id, [(one.unit, one.draft) for one in source.needs])
    db.flush()
    made = {one.row.name: one.id for one in projects.projects(db, actor, plan_id)}
    by_words = {(one.unit, one.draft.problem): one for one in source.needs}
    into: dict[int, dict[int, int]] = {}
    aside: dict[str, dict[int, int]] = {}
    for view in needs.board(db, actor, plan_id).needs:
        one = by_words.get((view.row.unit, view.row.problem))
        if one is None:
            continue
        view.row.filer, view.row.via = one.filer, one.via
        db.flush()
        seen = {view.row.id or 0: view.row.version or 0}
        if one.into in made:
            into.setdefault(made[one.into], {}).update(seen)
        elif one.aside:
            aside.setdefault(one.aside, {}).update(seen)
    for project_id, versions in into.items():
        merging.into(db, actor, plan_id, versions, project_id)
    for reason, versions in aside.items():
        needs.put_aside(db, actor, plan_id, versions, reason)
    found = calls.current(db, actor, plan_id)
    for unit in found.units if found is not None and found.id == call_id else ():
        if unit.row.unit in asked.none:
            calls.say_none(db, actor, unit.id, none=True)
