"""The evidence that a plan has kept."""

from __future__ import annotations

import streamlit as st

from core.assistant import service as assistant
from core.documents.grams import normalise
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _
from pages.strategy.parts.evidence import evidence_csv, show_kept

PER_PAGE = 20

page_header("evidence")
actor, plan_id = chosen_plan()

with reading() as db:
    kept = assistant.evidence(db, actor, plan_id)

if not kept:
    empty(
        _("向战略助手提问，把回答里的原文点“留作依据”，就会收集在这里，供解码战略时引用。"),
        icon=":material/bookmark:",
        to="assistant",
        label=_("去提问"),
    )
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    words = st.text_input(_("筛选"), placeholder=_("输入原文、问题或标题中的字"), key="evidence_words", live=True, width=320)
    st.download_button(
        _("导出 CSV"),
        data=lambda: evidence_csv(kept),
        file_name="evidence.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
wanted = normalise(words.strip())
shown = [one for one in kept if wanted in normalise(one.evidence.quote + one.evidence.question + one.document.title)]
st.caption(_("{shown} / {total} 条", shown=len(shown), total=len(kept)))
page = st.pagination(-(-len(shown) // PER_PAGE), key=f"evidence_page_{len(shown)}") if len(shown) > PER_PAGE else 1
dropped = [one for one in shown[(page - 1) * PER_PAGE : page * PER_PAGE] if show_kept(actor, one)]
for one in dropped:
    with acting(done=_("已取消留存")) as db:
        assistant.drop_evidence(db, actor, one.evidence.id or 0)
