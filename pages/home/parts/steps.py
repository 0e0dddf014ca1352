"""The steps of the method with what is there so far."""

from __future__ import annotations

import streamlit as st

from core import flow
from core.access.actor import Actor
from core.documents.service import KIND_NAMES
from core.flow import NextStep, Part, PlanState
from pages.shared.page import link, way
from pages.shared.text import _, joined


def next_action(actor: Actor, standing: PlanState) -> None:
    """The one thing to do next."""
    library = standing.library
    match flow.next_step(actor, standing):
        case NextStep.SEE_FAILED:
            words = _("{n} 份文件没有读进来，请查看原因并重试。", n=library.failed)
            to, label, icon = "library", _("查看原因"), ":material/error:"
        case NextStep.WAIT:
            words = _("{n} 份文件正在读入，可以离开本页，完成后即可提问。", n=library.working)
            to, label, icon = "library", _("查看进度"), ":material/progress_activity:"
        case NextStep.ADD_DOCUMENTS:
            words = _("文件库里还缺：{kinds}。", kinds=joined(_(KIND_NAMES[kind]) for kind in library.missing))
            to, label, icon = "library", _("添加文件"), ":material/upload_file:"
        case NextStep.DECODE:
            words = _("文件已齐，可以解码成主题、任务、目标和能力要求了。")
            to, label, icon = "decode", _("去解码文件"), ":material/checklist:"
        case NextStep.REVIEW:
            words = _("还有 {n} 条发现待确认，采纳后才会流到后面的步骤。", n=standing.waiting)
            to, label, icon = "decode", _("去确认"), ":material/checklist:"
        case NextStep.KEEP_EVIDENCE:
            words = _("向战略助手提问，把关键原文留作本年度的依据。")
            to, label, icon = "assistant", _("去提问"), ":material/forum:"
        case NextStep.ASK:
            words = _("文件已就绪，可以随时提问并核对原文。")
            to, label, icon = "assistant", _("去提问"), ":material/forum:"
    with (
        st.container(border=True, key="next_action"),
        st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"),
    ):
        st.markdown(f"**{_('下一步')}**　{words}", width="content")
        way(to, label, icon=icon, key="next_way")


def step_card(standing: PlanState) -> None:
    """Step 1 with its parts and figures. Later steps join when they work."""
    library = standing.library
    with st.container(border=True, height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.subheader(_(flow.STEP_NAMES[0]), anchor=False, width="content")
            st.caption(_("{done} / {expected} 项就绪", done=standing.done, expected=standing.expected), width="content")
        st.progress(standing.done / standing.expected)
        with st.grid(2, min_column_width=180, gap="xsmall"):
            for part in standing.parts:
                st.markdown(_part(part))
        st.space("small")
        with st.grid(4, min_column_width=110):
            st.metric(_("可检索文件"), f"{library.ready:,}")
            st.metric(_("可引用段落"), f"{library.passages:,}")
            st.metric(_("留存依据"), f"{standing.evidence:,}")
            st.metric(_("已采纳发现"), f"{standing.accepted:,}")
        more = [f"{_(KIND_NAMES[kind])} {library.by_kind[kind]:,}" for kind in library.by_kind if kind not in flow.NEEDED]
        if more:
            st.caption(_("另有：{kinds}", kinds=joined(more)))
        st.space("stretch")
        with st.container(horizontal=True):
            link("library", _("文件库"), icon=":material/library_books:")
            link("assistant", _("战略助手"), icon=":material/forum:")
            link("decode", _("战略解码"), icon=":material/checklist:")
            link("themes", _("战略主题与地图"), icon=":material/account_tree:")


def _part(part: Part) -> str:
    name = _(KIND_NAMES[part.kind]) if part.kind else _("本年度依据")
    if not part.count:
        return f":gray[:material/radio_button_unchecked:] {name}　:gray[{_('还没有')}]"
    number = _("{n} 份", n=part.count) if part.kind else _("{n} 条", n=part.count)
    return f":green[:material/check_circle:] {name}　:gray[{number}]"


def warnings(actor: Actor, standing: PlanState) -> None:
    """What else needs somebody's attention, beyond the next action."""
    library, step = standing.library, flow.next_step(actor, standing)
    said = []
    if library.failed and step is not NextStep.SEE_FAILED:
        said.append(_("{n} 份文件没有读进来，等人力资源处理。", n=library.failed))
    if library.working and step is not NextStep.WAIT:
        said.append(_("{n} 份文件还在读入。", n=library.working))
    if library.missing and step is not NextStep.ADD_DOCUMENTS:
        said.append(_("还缺：{kinds}。", kinds=joined(_(KIND_NAMES[kind]) for kind in library.missing)))
    for one in said:
        st.markdown(f":orange[:material/warning:] {one}")
