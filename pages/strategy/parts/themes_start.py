"""Where themes begin: an empty map, suggestions from the accepted findings, and what was deleted."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor, Right
from core.i18n import Message
from core.strategy.findings import Perspective
from core.strategy.themes import service as themes
from core.strategy.themes import suggesting
from core.strategy.themes.outline import Detail
from core.strategy.themes.service import LONGEST_NAME, Draft, Overview
from core.strategy.themes.tags import PERSPECTIVE_NAMES
from pages.shared.database import acting
from pages.shared.page import empty
from pages.shared.text import _, literal, moment

_DETAILS = {Detail.CHAPTERS: Message("粗：按章，一张地图放得下"), Detail.SECTIONS: Message("细：按节，主题更多")}


def begin(actor: Actor, plan_id: int, seen: Overview) -> None:
    """What the page says while the plan has no theme."""
    if not actor.may(Right.DECIDE_STRATEGY):
        empty(_("还没有战略主题。人力资源归好主题后，战略地图会显示在这里。"), icon=":material/account_tree:")
    elif not seen.ungrouped:
        empty(
            _("战略主题由已采纳的发现归成。先解码总行和分行的文件，采纳其中的要求，再回到这里。"),
            icon=":material/account_tree:",
            to="decode",
            label=_("去解码文件"),
        )
    else:
        with st.container(border=True):
            st.markdown(_("**已采纳 {n} 条发现，可以归成主题了**", n=len(seen.ungrouped)))
            st.caption(
                _("以总行文件的章节为框架，其他文件按章节内容、用词相近归入，每条都写明原因。归得不对可以随时移动，移过的不会再被改动。")
            )
            with st.container(horizontal=True, vertical_alignment="bottom"):
                detail = st.segmented_control(
                    _("主题分得多细"),
                    list(Detail),
                    default=Detail.CHAPTERS,
                    format_func=lambda one: _(_DETAILS[one]),
                    required=True,
                    key="detail",
                )
                _suggest_button(actor, plan_id, seen, primary=True, detail=detail)
    if actor.may(Right.DECIDE_STRATEGY):
        with st.expander(_("自己新建主题"), icon=":material/add:"):
            _new_theme(actor, plan_id)


def suggest_more(actor: Actor, plan_id: int, seen: Overview) -> None:
    """Offer to place what was accepted since."""
    if not seen.new:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(_("有 {n} 条已采纳的发现还没有归入主题", n=len(seen.new)), width="content")
        _suggest_button(actor, plan_id, seen, primary=False)


def taken_away(actor: Actor, seen: Overview) -> None:
    """What was deleted, to be taken back."""
    if not seen.removed:
        return
    with st.expander(_("已删除的主题（{n}）", n=len(seen.removed)), icon=":material/delete:"):
        for row in seen.removed:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"{literal(row.name)}　:gray[{moment(row.removed_at) if row.removed_at else ''}]", width="content")
                if st.button(_("恢复"), key=f"restore_theme_{row.id}", icon=":material/undo:", type="tertiary"):
                    with acting(done=_("已恢复主题")) as db:
                        themes.restore(db, actor, row.id or 0)


def _suggest_button(actor: Actor, plan_id: int, seen: Overview, *, primary: bool, detail: Detail = Detail.CHAPTERS) -> None:
    only_aside = not seen.new
    label = _("重新建议归类") if only_aside else _("建议归类")
    with st.container(width="content", horizontal=True, vertical_alignment="center"):
        pressed = st.button(label, key="suggest_themes", icon=":material/auto_awesome:", type="primary" if primary else "secondary")
    if not pressed:
        return
    proposal = suggesting.propose(seen, again=only_aside, detail=detail)
    if not proposal.groups:
        st.info(_("没有找到可以归类的发现：采纳的发现里没有战略主题，也没有与现有主题相近的。可以自己新建主题，再把发现移进去。"))
        return
    with acting(done=_("已归类 {n} 条发现", n=sum(len(group.members) for group in proposal.groups))) as db:
        suggesting.take_over(db, actor, plan_id, proposal, again=only_aside)


def _new_theme(actor: Actor, plan_id: int) -> None:
    with st.form("new_theme", border=False, clear_on_submit=True), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(_("主题名称"), max_chars=LONGEST_NAME, placeholder=_("例如：财富客户深度经营"), width=320)
        perspective = st.selectbox(_("维度"), list[Perspective](Perspective), format_func=lambda one: _(PERSPECTIVE_NAMES[one]), width=180)
        wanted = st.form_submit_button(_("新建"))
    if wanted:
        with acting(done=_("已新建主题")) as db:
            themes.create(db, actor, plan_id, Draft(name, perspective))
