"""The alignment chain: from the clause of a document to the goal of a project, and back; what is broken in it."""

from __future__ import annotations

import streamlit as st

from core.goals.chain import service as chains
from pages.goals.parts.chain_breaks import breaks, coverage_table
from pages.goals.parts.chain_files import files
from pages.goals.parts.chain_map import chain_map, chosen_node, pick
from pages.goals.parts.chain_path import show_path
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _

page_header("chain")
actor, plan_id = chosen_plan()

with reading() as db:
    found = chains.alignment(db, actor, plan_id, state.language())

if not found.chain.nodes:
    empty(
        _("这里把条款、主题、能力、短板、项目和目标连成一条链。先把采纳的发现归成战略主题，链就从那里开始。"),
        icon=":material/conversion_path:",
        to="themes",
        label=_("去归主题"),
    )
    st.stop()

chosen = chosen_node(found.chain)
pick(found.chain, chosen)
if chosen is not None:
    show_path(actor, found, chosen)
chain_map(found.chain, chosen)
files(found, chosen)
if found.withheld_gaps:
    st.caption(_("有 {n} 条短板在您可以查看的范围之外，这里不显示。", n=found.withheld_gaps))
if found.withheld_projects:
    st.caption(_("有 {n} 个项目的依据出自不对您开放的文件，这里不显示。", n=found.withheld_projects))
left, right = st.columns([3, 2], gap="large")
with left:
    breaks(actor, found)
with right:
    coverage_table(found)
