"""What was removed and can still come back."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor
from core.documents import service as library
from core.documents.service import Removed
from core.instance import instance
from pages.shared.database import acting
from pages.shared.text import _, day, literal, sample_mark

_SHOWN = 50


def trash(actor: Actor, removed: list[Removed]) -> None:
    """Restore a removed document, or delete it for good."""
    if not removed:
        return
    with st.expander(_("已移除的文件（{n}）", n=len(removed)), icon=":material/delete:"):
        for one in removed[:_SHOWN]:
            document = one.document
            assert document.id is not None
            with st.container(horizontal=True, vertical_alignment="center"):
                with st.container(width="stretch", gap=None):
                    st.markdown(literal(document.title) + sample_mark(document.sample))
                    st.caption(_("{day} 前可恢复", day=day(one.until.date())))
                if st.button(_("恢复"), key=f"restore_{document.id}", icon=":material/undo:"):
                    with acting(done=_("已恢复，正在重新建立索引")) as db:
                        library.restore(db, actor, document.id)
                with st.popover(_("彻底删除"), icon=":material/delete_forever:", type="tertiary"):
                    st.markdown(_("原文件、文本和索引都会删除，不能恢复。"))
                    if st.button(_("确认彻底删除"), key=f"forever_{document.id}", type="primary"):
                        with acting(done=_("已彻底删除")) as db:
                            library.remove_for_good(db, instance().settings, actor, document.id)
        if len(removed) > _SHOWN:
            st.caption(_("另有 {n} 份，先移除的排在后面。", n=len(removed) - _SHOWN))
