"""An interview, typed in or corrected."""

from __future__ import annotations

import streamlit as st

from core import clock
from core.documents import service as library
from core.documents.interviews import InterviewRecord
from core.documents.service import Opened
from core.editing.comparing import Field
from core.errors import CexunError
from core.i18n import Message
from core.instance import instance
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import MEASURE, empty, go, link, page_header
from pages.shared.record_form import Record, record_form
from pages.shared.text import _, literal

FIELDS = {
    "person": Field(Message("访谈对象")),
    "role": Field(Message("职务")),
    "held_on": Field(Message("访谈日期")),
    "notes": Field(Message("访谈纪要")),
    "quotes": Field(Message("原话（每行一句）")),
}

page_header("interview")
actor = state.present().actor
replaces = state.asked_number("id")
former: Opened | None = None
if replaces is not None:
    try:
        with reading() as db:
            former = library.open_newest(db, actor, replaces)
    except CexunError as failure:
        empty(literal(_(failure.message)), icon=":material/error:", to="library", label=_("返回文件库"))
        st.stop()


def fields(known: InterviewRecord, key: str) -> InterviewRecord | None:
    """The form."""
    with st.form(key, border=True, enter_to_submit=False):
        if former is not None:
            st.caption(_("正在修改已有的记录：保存后成为新版本，旧版本仍可阅读。"))
        who, what = st.columns(2)
        person = who.text_input(_("访谈对象"), value=known.person, max_chars=80, placeholder=_("例如：王行长"))
        role = what.text_input(_("职务"), value=known.role, max_chars=120, placeholder=_("例如：分管零售副行长"))
        held_on = st.date_input(
            _("访谈日期"), value=known.held_on, max_value=max(clock.today(), known.held_on), format="YYYY-MM-DD", width=220
        )
        notes = st.text_area(_("访谈纪要"), value=known.notes, height=240, placeholder=_("用您自己的话记录要点，可以分段"))
        quotes = st.text_area(
            _("原话（每行一句）"), value="\n".join(known.quotes), height=160, placeholder=_("逐字记录值得引用的话，每行一句")
        )
        st.caption(_("默认只有人力资源可以查看；保存后可在文件库中调整。"))
        saved = st.form_submit_button(_("保存访谈记录"), type="primary", icon=":material/save:", key=f"{key}_save")
    return InterviewRecord(person, role, held_on, notes, tuple(quotes.splitlines())) if saved else None


with st.container(width=MEASURE):
    if former is None or former.interview is None:
        interview = fields(InterviewRecord("", "", clock.today(), "", ()), f"interview_{replaces}")
    else:
        document = former.document
        record = Record(
            "interview", document.family, document.edition, actions=("document_added",), subject="document", subject_id=document.id
        )
        written = record_form("interview", record, former.interview, FIELDS, fields)
        interview = written.value if written else None
    refusal = st.container()
link("library", _("返回文件库"), icon=":material/arrow_back:")

if interview is not None:
    try:
        with instance().database.writing() as db:
            corrected = former.document.id if former and former.interview else None
            library.add_interview(db, instance().settings, actor, interview, replaces=corrected)
    except CexunError as failure:
        refusal.error(literal(_(failure.message)))
        st.stop()
    instance().worker.wake()
    state.say_next(_("访谈记录已保存，正在建立索引"))
    go("library")
