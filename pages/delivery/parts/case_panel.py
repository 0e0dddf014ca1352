"""One case: read, rewritten, given a file, taken away."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.delivery.cases import service as library
from core.delivery.cases.service import CaseFacts, CaseView
from core.delivery.cases.terms import KIND_NAMES, MOST_BYTES
from core.instance import instance
from pages.delivery.parts.case_forms import CASE_FIELDS, fields
from pages.settings.parts.wish import Wish
from pages.shared.record_form import record_form, record_of
from pages.shared.text import _, joined, literal


def panel(one: CaseView, actor: Actor, *, may_edit: bool) -> Wish | None:
    """What it says and where it is used; what the reader wants of it."""
    row = one.row
    with st.container(border=True):
        st.subheader(literal(row.title), anchor=False)
        facts = (_(KIND_NAMES[row.kind]), row.competency, row.scene, row.source, *row.tags)
        st.caption(" · ".join(literal(each) for each in facts if each))
        if row.text:
            st.text(row.text)
        used = joined(literal(each) for each in one.used_in)
        st.caption(_("用在 {n} 个项目：{names}", n=len(one.used_in), names=used) if used else _("还没有项目用到它。"))
        if one.file:
            st.download_button(
                literal(one.file),
                data=lambda: _content(actor, one.id),
                file_name=one.file,
                icon=":material/attach_file:",
                on_click="ignore",
                key=f"case_file_{one.id}",
            )
        return _editing(one) if may_edit else None


def _content(actor: Actor, case_id: int) -> bytes:
    with instance().database.reading() as db:
        return library.content(db, actor, case_id)


def _editing(one: CaseView) -> Wish | None:
    version = one.row.version or 0
    written = record_form("case", record_of(one.row), one.facts, CASE_FIELDS, _rewritten)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        limit = MOST_BYTES // 1024**2
        file = st.file_uploader(_("附件，不超过 {limit} MB", limit=limit), max_upload_size=limit, key=f"case_upload_{one.id}_{one.file}")
        attached = file is not None and st.button(_("保存附件"), icon=":material/attach_file:", key=f"case_attach_{one.id}")
        removed = st.button(_("从案例库取下"), icon=":material/delete:", type="tertiary", key=f"case_remove_{one.id}")
    if written is not None:
        done, facts = written.done(_("已保存")), written.value
        return Wish(done, lambda db, actor: library.change(db, actor, one.id, version, facts))
    if attached and file is not None:
        return Wish(_("已保存"), _attaching(one.id, file.name, file.getvalue()))
    if removed:
        return Wish(_("已取下，可以在“最近的操作”里撤销"), lambda db, actor: library.remove(db, actor, one.id, version))
    return None


def _rewritten(known: CaseFacts, key: str) -> CaseFacts | None:
    with st.expander(_("改写"), icon=":material/edit:"), st.form(key, border=False):
        facts = fields(known, key)
        return facts if st.form_submit_button(_("保存改写"), icon=":material/save:", key=f"{key}_save") else None


def _attaching(case_id: int, name: str, content: bytes) -> Any:
    return lambda db, actor: library.attach(db, actor, case_id, name, content)
