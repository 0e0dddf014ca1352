"""The audit log, to be looked through and taken away."""

from __future__ import annotations

from core.access import service as access
from core.access.service import EntryPage
from pages.settings.parts.log import Filter, download, entries_table, filters, pager
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import page_header

page_header("audit")
actor = state.present().actor
with reading() as db:
    known_actions, known_actors = access.actions(db, actor), access.actors(db, actor)

chosen = filters(known_actions, known_actors)


def load(wanted: Filter, offset: int, limit: int) -> EntryPage:
    """A stretch of the log."""
    with reading() as db:
        return access.entries(
            db,
            actor,
            since=wanted.since,
            until=wanted.until,
            account_id=wanted.account_id,
            action=wanted.action,
            offset=offset,
            limit=limit,
        )


total = load(chosen, 0, 0).total
offset, limit = pager(total)
entries_table(load(chosen, offset, limit).entries, total)
if total and download(lambda: load(chosen, 0, total).entries):
    with acting(rerun=False) as db:
        access.record(db, actor, "audit_exported", "audit", count=total)
