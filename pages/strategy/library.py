"""The document library."""

from __future__ import annotations

from core.access.actor import Right
from core.documents import service as library
from core.documents import several
from core.instance import instance
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import page_header, passing
from pages.strategy.parts.bulk import bulk_panel
from pages.strategy.parts.documents import documents_table, filtered
from pages.strategy.parts.panel import document_panel
from pages.strategy.parts.passages import passage_search
from pages.strategy.parts.sample import nothing_yet, sample_note, sample_offer
from pages.strategy.parts.trash import trash
from pages.strategy.parts.upload import upload_form, upload_report
from pages.strategy.parts.working import failures, read_before, working

page_header("library")
actor = state.present().actor
with passing():
    upload_report(actor)
may_edit = actor.may(Right.EDIT_LIBRARY)

with reading() as db:
    entries = library.entries(db, actor)
    removed = library.removed(db, actor) if may_edit else []
    before = several.read_before(db, actor) if may_edit else []

if may_edit:
    upload_form(actor, instance().settings, entries, expanded=not entries)
if not entries:
    sample_offer(actor) if may_edit else nothing_yet()
with passing():
    working(actor, entries)
    failures(actor, entries)
    read_before(actor, before)
if entries and not passage_search(actor):
    chosen = documents_table(filtered(entries), several=may_edit)
    if len(chosen) == 1:
        document_panel(actor, chosen[0], entries)
    elif chosen:
        bulk_panel(actor, chosen)
if may_edit:
    sample_note(actor, entries)
trash(actor, removed)
