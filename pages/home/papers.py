"""Documents for leaders: chosen, made in the background, kept; the templates that they are made in."""

from __future__ import annotations

import streamlit as st

from core.exports.leadership import service as papers
from pages.home.parts.paper_templates import template_panel
from pages.home.parts.papers import other_files, paper_form, paper_list, working
from pages.shared.database import acting, reading
from pages.shared.page import MEASURE, chosen_plan, page_header, passing
from pages.shared.text import _

page_header("papers")
actor, plan_id = chosen_plan()
with reading() as db:
    found = papers.board(db, actor, plan_id)

with st.container(width=MEASURE):
    wanted = paper_form(found)
    with passing():
        if found.working:
            working(plan_id)
    gone = paper_list(actor, found)
    other_files()
    change = template_panel(actor, found)

if wanted is not None:
    with acting(_("已开始生成，可以离开本页")) as db:
        papers.make(db, actor, plan_id, wanted.wanted, own_template=wanted.own_template)
if gone is not None:
    with acting(_("文件已删除")) as db:
        papers.remove(db, actor, gone)
if change is not None:
    with acting(_("模板已保存，从下一份文件起使用")) as db:
        change(db)
