"""What can be done with several documents of the library at once."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor, Role
from core.documents import service as library
from core.documents import several
from core.documents.service import KIND_NAMES, Entry
from core.documents.tables import DocumentKind
from pages.shared.database import acting
from pages.shared.text import _, joined, literal
from pages.strategy.parts.upload import readers_choice

_NAMED = 5


def bulk_panel(actor: Actor, chosen: list[Entry]) -> None:
    """Change the kind or the readers of all chosen documents, read them again, or remove them; all of them or none."""
    ids = [entry.document.id or 0 for entry in chosen]
    key = hash(tuple(ids))
    with st.container(border=True):
        st.subheader(_("已选 {n} 份文件", n=len(chosen)), anchor=False)
        names = joined(literal(entry.document.title) for entry in chosen[:_NAMED])
        st.caption(names if len(chosen) <= _NAMED else _("{names} 等", names=names))
        with st.form(f"bulk_{key}", border=False, enter_to_submit=False):
            kind = st.segmented_control(
                _("改为类别"), list(DocumentKind), format_func=lambda k: _(KIND_NAMES[k]), key=f"bulk_kind_{key}", wrap=True
            )
            change_readers = st.checkbox(_("同时修改谁可以查看"), key=f"bulk_change_{key}")
            readers = readers_choice(frozenset(), key=f"bulk_readers_{key}")
            if st.form_submit_button(_("保存"), type="primary"):
                with acting(done=_("已修改 {n} 份文件", n=len(ids))) as db:
                    several.change_many(db, actor, ids, kind=kind, readers=[Role.HR_LEADER, *readers] if change_readers else None)
        with st.container(horizontal=True):
            if st.button(_("重新读取"), icon=":material/refresh:", key=f"bulk_again_{key}"):
                with acting(done=_("已重新排队")) as db:
                    library.index_again(db, actor, ids, from_file=True)
            if st.button(_("移除"), icon=":material/delete:", key=f"bulk_remove_{key}", help=_("30 天内可以恢复")):
                with acting(done=_("已移除 {n} 份文件，30 天内可以恢复", n=len(ids))) as db:
                    for document_id in ids:
                        library.remove(db, actor, document_id)
