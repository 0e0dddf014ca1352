"""An earlier year's themes, offered to this year's plan: what would come, what would not and why, and the press that brings them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.strategy.themes import earlier
from core.strategy.themes.earlier import Offer
from core.strategy.themes.tags import PERSPECTIVE_NAMES
from pages.shared import identity
from pages.shared.database import acting_first, reading
from pages.shared.table import tall
from pages.shared.text import _, joined, literal


def offer_themes(actor: Actor, plan_id: int) -> None:
    """One line and a button, where an earlier year's themes fit what this year accepted."""
    if not actor.may(Right.DECIDE_STRATEGY):
        return
    with reading() as db:
        offered = earlier.offer(db, actor, plan_id)
    if not offered.anything:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        told = _("{year} 年的战略主题可以沿用到这份计划", year=str(offered.year))
        st.markdown(f"{told}　:gray[{_counts(offered)}]", width="content")
        with st.popover(_("沿用这些主题"), icon=":material/history:"):
            _preview(plan_id, offered)


def _preview(plan_id: int, offered: Offer) -> None:
    """Theme by theme what would come, and the press that brings it."""
    if offered.themes:
        st.dataframe(_by_theme(offered), hide_index=True, height=tall(len(offered.themes), 8), placeholder="—", alt=_("将沿用的战略主题"))
        st.caption(
            _("名称、维度、层面、视角、负责人、指标和权重照当时的带来，这份计划里的同名主题只补入发现。带来之后都可以改，也可以一次撤销。")
        )
    if offered.versions:
        st.caption(_("分行版本连同分行事实一起带来；那份文件已不在或您看不到的，只带文字，要另选事实。"))
    if offered.left_out:
        st.caption(_("没有列入的 {n} 个主题：", n=len(offered.left_out)))
        st.markdown("\n".join(f"- {literal(one.name)}　:gray[{_(one.why)}]" for one in offered.left_out))
    said = _("已沿用 {year} 年的战略主题：{what}", year=str(offered.year), what=_counts(offered))
    args = (plan_id, offered.stamp, said)
    st.button(_("沿用到这份计划"), type="primary", key="take_themes", icon=":material/check:", on_click=_take, args=args)


def _take(plan_id: int, stamp: str, said: str) -> None:
    """Take over what the person saw."""
    person = identity.present()
    if person is None:
        return
    with acting_first(done=said) as db:
        earlier.take_over(db, person.actor, plan_id, stamp)


def _by_theme(offered: Offer) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                _("主题"): one.draft.name,
                _("维度"): _(PERSPECTIVE_NAMES[one.draft.perspective]),
                _("发现"): len(one.members),
                _("在这份计划里"): _("补入同名主题") if one.there is not None else _("新建主题"),
            }
            for one in offered.themes
        ]
    )


def _counts(offered: Offer) -> str:
    said = (
        (len(offered.themes), _("主题 {n} 个", n=len(offered.themes))),
        (offered.findings, _("发现 {n} 条", n=offered.findings)),
        (len(offered.links), _("因果关系 {n} 条", n=len(offered.links))),
        (len(offered.versions), _("分行版本 {n} 条", n=len(offered.versions))),
    )
    return joined(words for number, words in said if number)
