"""The interviews as a list, whose words count, and what each person stresses."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.charts.stress import StressBar, stress_chart
from core.strategy.interviews import Stress, Talk
from pages.shared.charts import show_chart
from pages.shared.text import _, joined

CHART_ROWS = 12


def talks_table(talks: Sequence[Talk]) -> None:
    """Who spoke, when, and how far their words have been taken in."""
    frame = pd.DataFrame(
        [
            {
                "person": talk.person + (_("（示例）") if talk.document.sample else ""),
                "role": talk.role or "—",
                "held_on": talk.held_on,
                "findings": talk.accepted + talk.waiting if talk.decoded else None,
                "accepted": talk.accepted if talk.decoded else None,
                "waiting": talk.waiting if talk.decoded else None,
                "state": _state(talk),
                "open": f"document?id={talk.id}",
            }
            for talk in talks
        ]
    ).astype({"findings": "Int64", "accepted": "Int64", "waiting": "Int64"})
    column = st.column_config
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="—",
        alt=_("访谈列表"),
        column_config={
            "person": column.TextColumn(_("访谈对象"), width="medium"),
            "role": column.TextColumn(_("职务"), width="medium"),
            "held_on": column.DateColumn(_("访谈日期"), format="YYYY-MM-DD"),
            "findings": column.NumberColumn(_("发现")),
            "accepted": column.NumberColumn(_("已采纳")),
            "waiting": column.NumberColumn(_("待确认")),
            "state": column.TextColumn(_("状态")),
            "open": column.LinkColumn(_("原文"), display_text=":material/article:", width="small"),
        },
    )


def choose_voices(talks: Sequence[Talk]) -> tuple[list[str], list[str]]:
    """Whose words count: people and roles; empty means everybody's."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        people = st.multiselect(
            _("访谈对象"), list(dict.fromkeys(talk.person for talk in talks)), placeholder=_("全部"), key="voices_people", width=340
        )
        roles = st.multiselect(
            _("职务"), list(dict.fromkeys(talk.role for talk in talks if talk.role)), placeholder=_("全部"), key="voices_roles", width=340
        )
    return people, roles


def show_stress(people: Sequence[Stress]) -> None:
    """What each person stresses: a chart whose title is what it shows, and the numbers behind it."""
    told = [one for one in people if one.lines]
    if not told:
        return
    bars = [StressBar(one.person, one.both, one.alone) for one in told[:CHART_ROWS]]
    title = _finding(told)
    show_chart(title, lambda look: stress_chart(bars, title, _("说到的事（件）"), (_("文件也写了"), _("只在访谈里")), look))
    st.caption(_("同一个人说两遍的算一件；待确认的也计入，不采纳的不计。"))
    with st.expander(_("每个人强调什么"), icon=":material/person:"):
        st.dataframe(
            pd.DataFrame(
                [
                    {
                        _("访谈对象"): one.person,
                        _("职务"): one.role or "—",
                        _("说到的事（件）"): one.lines,
                        _("文件也写了"): one.both,
                        _("只在访谈里"): one.alone,
                        _("已采纳"): one.accepted,
                        _("提得最多的能力"): joined(one.abilities) or "—",
                    }
                    for one in people
                ]
            ),
            hide_index=True,
            alt=_("每个人强调什么"),
        )


def _finding(told: Sequence[Stress]) -> str:
    most = told[0]
    if not most.alone:
        return _("访谈说到的 {n} 件事，文件里都有", n=sum(one.lines for one in told))
    if not most.both:
        return _("{person}说到的 {n} 件事，文件里都没有", person=most.person, n=most.lines)
    return _("{person}说到的 {n} 件事里，{alone} 件文件里没有", person=most.person, n=most.lines, alone=most.alone)


def _state(talk: Talk) -> str:
    if not talk.decoded:
        return _("未解码")
    return _("待确认") if talk.waiting else _("已核对")
