"""The reader: a document's text, its outline, search inside, and a cited passage marked where it stands."""

from __future__ import annotations

import streamlit as st

from core.documents import reading as reader
from core.documents import service as library
from core.errors import CexunError
from core.instance import instance
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import MEASURE, empty, on_phone, page_header
from pages.shared.text import _, literal, page_name
from pages.strategy.parts.blocks import show_screen
from pages.strategy.parts.own_finding import offer_own_finding
from pages.strategy.parts.reader import begin_near, document_facts, document_head, search_inside, show_outline, turn_page

document_id = state.asked_number("id")
if document_id is None:
    page_header("document")
    empty(_("从文件库或引文打开一份文件，原文会显示在这里。"), icon=":material/article:", to="library", label=_("打开文件库"))
    st.stop()

person = state.present()
actor = person.actor
try:
    with reading() as db:
        opened = library.open_document(db, actor, document_id)
except CexunError as failure:
    page_header("document")
    empty(literal(_(failure.message)), icon=":material/error:", to="library", label=_("打开文件库"))
    st.stop()

if state.get("reading") != document_id:
    with instance().database.writing() as db:
        library.note_reading(db, actor, document_id)
    state.put("reading", document_id)

document_head(opened)
parsed = opened.parsed
if parsed is None or not parsed.text.strip():
    document_facts(person, opened)
    st.info(_("这份文件还没有可阅读的文本。"), icon=":material/hourglass_empty:")
    st.stop()

start, end = state.asked_number("start"), state.asked_number("end")
mark = (start, end) if start is not None and end is not None and start < end <= len(parsed.text) else None
all_screens = reader.screens(parsed)
if on_phone() and mark:
    # Whoever comes for a passage sees it at once.
    main, facts, aside = st.container(), st.container(), st.container()
else:
    facts, (aside, main) = st.container(), st.columns([1, 3], gap="large")
with facts:
    document_facts(person, opened)
with main:
    screen = turn_page(document_id, all_screens, mark)
    path = " › ".join(reader.headings_at(parsed, mark[0] if mark and screen.start <= mark[0] < screen.end else screen.start))
    st.caption(literal(" · ".join(part for part in (page_name(screen.label), path) if part)))
    if parsed.page_at(screen.start).ocr:
        st.caption(_(":orange[:material/document_scanner:] 本页由扫描件识别，数字请对照原件。"))
    shown = begin_near(parsed, screen, mark)
    offer_own_finding(person, document_id, parsed, screen, mark)
    with st.container(width=MEASURE + 60):
        show_screen(parsed, shown, mark)
with aside:
    search_inside(document_id, parsed, all_screens)
    show_outline(document_id, reader.outline(parsed, all_screens), mark[0] if mark and shown.start <= mark[0] < shown.end else shown.start)
