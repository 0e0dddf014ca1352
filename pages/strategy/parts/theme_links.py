"""The links of cause and effect: drawn, suggested, confirmed, taken away."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.i18n import Message
from core.strategy.themes import linking, suggesting
from core.strategy.themes.service import Overview
from core.strategy.themes.tables import ThemeLink
from core.strategy.themes.tags import PERSPECTIVE_NAMES
from pages.shared.database import acting
from pages.shared.picking import picked_rows
from pages.shared.table import tall
from pages.shared.text import _


def theme_links(actor: Actor, plan_id: int, seen: Overview) -> None:
    """The list of links, and the form for another."""
    may_edit = actor.may(Right.DECIDE_STRATEGY)
    if may_edit:
        _new_link(actor, plan_id, seen)
    if not seen.links:
        st.info(_("还没有因果关系。平衡计分卡的次序是：学习与成长 → 内部流程 → 客户 → 财务。"), icon=":material/timeline:")
        return
    event = st.dataframe(
        _frame(seen),
        hide_index=True,
        height=tall(len(seen.links)),
        on_select="rerun" if may_edit else "ignore",
        selection_mode="multi-row",
        key=f"theme_links_{len(seen.links)}",
        placeholder="—",
        alt=_("因果关系列表"),
        column_config={
            "cause": st.column_config.TextColumn(_("原因"), width="medium"),
            "effect": st.column_config.TextColumn(_("带来的结果"), width="medium"),
            "state": st.column_config.TextColumn(_("状态")),
            "note": st.column_config.TextColumn(_("说明"), width="large"),
        },
    )
    if may_edit:
        _act_on(actor, [seen.links[i] for i in picked_rows(event) if i < len(seen.links)])


def _new_link(actor: Actor, plan_id: int, seen: Overview) -> None:
    names = {view.id: f"{view.theme.name}　·　{_(PERSPECTIVE_NAMES[view.theme.perspective])}" for view in seen.themes}
    with st.form("new_link", border=True):
        left, right = st.columns(2)
        cause = left.selectbox(_("原因：哪个主题"), list(names), index=None, format_func=names.__getitem__, placeholder=_("选择主题"))
        effect = right.selectbox(_("结果：支撑哪个主题"), list(names), index=None, format_func=names.__getitem__, placeholder=_("选择主题"))
        note = st.text_input(_("为什么（可不填）"), max_chars=200, placeholder=_("例如：顾问持证后，财富客户流失率下降"))
        with st.container(horizontal=True, vertical_alignment="center"):
            add = st.form_submit_button(_("加入地图"), type="primary", icon=":material/add_link:")
            suggest = st.form_submit_button(_("建议因果关系"), icon=":material/auto_awesome:")
    if add and cause is not None and effect is not None:
        with acting(done=_("已加入地图")) as db:
            linking.link(db, actor, plan_id, cause, effect, note)
    elif add:
        st.warning(_("请选择原因和结果两个主题。"))
    if suggest:
        _suggest(actor, plan_id)


def _suggest(actor: Actor, plan_id: int) -> None:
    added = 0
    with acting(rerun=False) as db:
        added = suggesting.suggest_links(db, actor, plan_id)
    if added:
        with acting(done=_("已建议 {n} 条因果关系，等待确认", n=added)):
            pass
    else:
        st.info(_("没有新的建议：相邻维度的主题之间没有共同的指标，用词也不相近。"))


def _act_on(actor: Actor, picked: list[ThemeLink]) -> None:
    waiting = [link for link in picked if link.suggested]
    if not picked:
        st.caption(_("选中一行或多行，可以确认建议或删除。"))
        return
    with st.container(horizontal=True):
        if st.button(_("确认 {n} 条建议", n=len(waiting)), key="confirm_links", icon=":material/check:", disabled=not waiting):
            with acting(done=_("已确认")) as db:
                linking.confirm(db, actor, _versions(waiting))
        if st.button(_("删除 {n} 条", n=len(picked)), key="unlink", icon=":material/link_off:"):
            with acting(done=_("已删除因果关系")) as db:
                linking.unlink(db, actor, _versions(picked))


def _versions(links: list[ThemeLink]) -> dict[int, int]:
    return {link.id or 0: link.version or 0 for link in links}


def _frame(seen: Overview) -> pd.DataFrame:
    names = {view.id: view.theme.name for view in seen.themes}
    confirmed, suggested = _("已确认"), _("建议")
    return pd.DataFrame(
        {
            "cause": [names[link.cause_id] for link in seen.links],
            "effect": [names[link.effect_id] for link in seen.links],
            "state": [suggested if link.suggested else confirmed for link in seen.links],
            "note": [link.note or (_(Message.from_json(link.why)) if link.why else "") for link in seen.links],
        }
    )
