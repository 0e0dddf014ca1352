"""What can be done with one document of the library."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.access.actor import ROLE_NAMES, Actor, Right, Role
from core.documents import service as library
from core.documents.editions import likely_predecessor
from core.documents.service import KIND_NAMES, Entry
from core.documents.tables import DocumentKind, IndexState
from core.editing.comparing import Field
from core.i18n import Message
from pages.shared.database import acting
from pages.shared.page import link
from pages.shared.record_form import record_form, record_of
from pages.shared.text import _, literal, sample_mark, size
from pages.strategy.parts.upload import readers_choice

_FIELDS = {
    "title": Field(Message("标题")),
    "kind": Field(Message("类别"), KIND_NAMES),
    "readers": Field(Message("谁可以查看"), ROLE_NAMES),
    "dated": Field(Message("成文日期")),
}


def document_panel(actor: Actor, entry: Entry, entries: list[Entry]) -> None:
    """Open, change, supersede, index again, remove."""
    document = entry.document
    assert document.id is not None
    with st.container(border=True):
        st.subheader(literal(document.title) + sample_mark(document.sample), anchor=False)
        facts = [_(KIND_NAMES[document.kind]), literal(document.file_name), size(document.size)]
        if document.scanned_pages:
            facts.append(_("{n} 页由扫描件识别，请对照原件核对数字", n=document.scanned_pages))
        st.caption(" · ".join(facts))
        with st.container(horizontal=True):
            if document.state is IndexState.READY:
                link("document", _("打开阅读"), icon=":material/article:", id=document.id)
            if not actor.may(Right.EDIT_LIBRARY):
                return
            if document.kind is DocumentKind.INTERVIEW and document.state is IndexState.READY:
                link("interview", _("修改访谈记录"), icon=":material/edit:", id=document.id)
            if st.button(_("重新读取"), icon=":material/refresh:", key=f"again_{document.id}", help=_("重新从原文件提取文本并建立索引")):
                with acting(done=_("已重新排队")) as db:
                    library.index_again(db, actor, [document.id], from_file=True)
            if st.button(_("移除"), icon=":material/delete:", key=f"remove_{document.id}", help=_("30 天内可以恢复")):
                with acting(done=_("已移除《{title}》，30 天内可以恢复", title=document.title)) as db:
                    library.remove(db, actor, document.id)
        _change_form(actor, entry)
        _edition_form(actor, entry, entries)


def _change_form(actor: Actor, entry: Entry) -> None:
    document = entry.document
    assert document.id is not None
    stored: dict[str, Any] = {
        "title": document.title,
        "kind": document.kind,
        "readers": frozenset(entry.readers) - {Role.HR_LEADER},
        "dated": document.dated,
    }
    if written := record_form("change", record_of(document, "document_changed"), stored, _FIELDS, _fields):
        values = {**written.value, "readers": [Role.HR_LEADER, *written.value["readers"]]}
        with acting(done=written.done(_("已保存"))) as db:
            library.change(db, actor, document.id, written.version, **values)


def _fields(known: dict[str, Any], key: str) -> dict[str, Any] | None:
    with st.form(key, border=False):
        title = st.text_input(_("标题"), value=known["title"], max_chars=300, key=f"{key}_title")
        kind = st.segmented_control(
            _("类别"),
            list(DocumentKind),
            default=known["kind"],
            format_func=lambda k: _(KIND_NAMES[k]),
            required=True,
            wrap=True,
            key=f"{key}_kind",
        )
        readers = readers_choice(known["readers"], key=f"{key}_readers")
        dated = st.date_input(
            _("成文日期"),
            value=known["dated"],
            key=f"{key}_dated",
            help=_("文中的“今年”“明年”“年底”按这一天理解，改后请重新解码。不填时按正文写的日期。"),
        )
        pressed = st.form_submit_button(_("保存"), type="primary", key=f"{key}_save")
    return {"title": title, "kind": kind, "readers": frozenset(readers), "dated": dated} if pressed else None


def _edition_form(actor: Actor, entry: Entry, entries: list[Entry]) -> None:
    document = entry.document
    assert document.id is not None
    if entry.editions > 1:
        if st.button(_("与旧版本分开，作为独立文件"), key=f"separate_{document.id}", icon=":material/call_split:"):
            with acting(done=_("已分开")) as db:
                library.separate(db, actor, document.id)
        return
    others = {other.document.id: other.document.title for other in entries if other.document.id != document.id}
    if not others:
        return
    likely = likely_predecessor(document.title, others.items())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        older = st.selectbox(
            _("这份文件取代了"),
            list(others),
            index=list(others).index(likely) if likely else None,
            format_func=others.__getitem__,
            placeholder=_("选择旧版本"),
            key=f"older_{document.id}",
            help=_("旧版本仍可阅读，不再参与检索。标题只差版本标记或年份的文件会先选上，请核对。"),
        )
        if st.button(_("设为新版本"), key=f"supersede_{document.id}", disabled=older is None) and older is not None:
            with acting(done=_("旧版本仍可阅读，不再参与检索")) as db:
                library.set_predecessor(db, actor, document.id, older)
