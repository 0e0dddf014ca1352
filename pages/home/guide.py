"""The guide: how each page is used, by step; the topics; the keys."""

from __future__ import annotations

import streamlit as st

from core.access import service as access
from pages.home.parts.guide import WORDS, chosen_text, contents, found
from pages.shared import state
from pages.shared.database import reading
from pages.shared.guide import keys_table, may_read
from pages.shared.page import MEASURE, page_header
from pages.shared.text import _

page_header("guide")
actor = state.present().actor
asked = state.asked("text")

with reading() as db:
    away = access.tour_away(db, actor)

with st.container(width=MEASURE):
    if asked is not None and may_read(actor, asked):
        chosen_text(actor, asked)
        st.stop()
    words = st.text_input(_("在使用说明里找"), placeholder=_("例如：重排、人次、导入"), icon=":material/search:", key=WORDS)
    if words.strip():
        found(actor, words)
        st.stop()
    contents(actor)
    keys_table()
    if away:
        st.caption(_("入门步骤已收起，在首页最下面可以重新显示。"))
