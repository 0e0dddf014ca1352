"""Where the chain is broken and what to do next; how much of each theme is followed up."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.exports.alignment import COVERAGE_FORMULA
from core.goals.chain.orphans import ORPHAN_NAMES, Broken, Orphan
from core.goals.chain.service import LARGE_PEOPLE, MOST_LARGE, Alignment
from core.i18n import Message
from core.strategy.ideas.judging import GREAT_GAP
from pages.shared.page import link
from pages.shared.table import tall
from pages.shared.text import _, bracketed, literal, wide

# What to do about each, and on which page.
_NEXT: dict[Orphan, tuple[Message, str]] = {
    Orphan.PROJECT_WITHOUT_ORIGIN: (Message("去给项目接上短板"), "ideas"),
    Orphan.PROJECT_WITHOUT_THEME: (Message("去看这个项目"), "ideas"),
    Orphan.PROJECT_WITHOUT_GAP: (Message("去给项目接上短板"), "ideas"),
    Orphan.THEME_WITHOUT_PROJECT: (Message("去看主题，再提项目想法"), "themes"),
    Orphan.GAP_UNANSWERED: (Message("去短板排行立项"), "gaps"),
    Orphan.SATISFACTION_ONLY: (Message("去补一个业务结果"), "goals"),
    Orphan.PROJECT_WITHOUT_GOAL: (Message("去写目标"), "goals"),
    Orphan.GOAL_NOT_SUBMITTED: (Message("去改好并提交"), "goals"),
}


@st.fragment
def breaks(actor: Actor, found: Alignment) -> None:
    """The table of breaks, and the next action for the chosen one. Choosing here draws nothing again above."""
    st.subheader(_("链断在哪里（{n}）", n=len(found.broken)), anchor=False)
    if not found.broken:
        st.success(_("没有断点：每个主题有项目，每个项目有短板和已提交的目标。"), icon=":material/check_circle:")
        return
    counts = Counter(one.orphan for one in found.broken)
    names = {one: f"{_(ORPHAN_NAMES[one])} {counts[one]}" for one in Orphan if counts[one]}
    wanted = st.pills(_("只看"), list(names), selection_mode="multi", format_func=names.__getitem__, key="chain_kinds")
    shown = [one for one in found.broken if not wanted or one.orphan in wanted]
    frame = pd.DataFrame({"what": [_(ORPHAN_NAMES[one.orphan]) for one in shown], "name": [_name(found, one) for one in shown]})
    event = st.dataframe(
        frame,
        hide_index=True,
        height=tall(len(shown)),
        on_select="rerun",
        selection_mode="single-row",
        key=f"chain_breaks_{len(shown)}_{shown[0].node}",
        placeholder="—",
        alt=_("链断在哪里"),
        column_config={
            "what": st.column_config.TextColumn(_("断在哪里"), width=wide(190, 250)),
            "name": st.column_config.TextColumn(_("哪一项")),
        },
    )
    _next(actor, next((shown[place] for place in event.selection.rows if place < len(shown)), shown[0]))
    said = _(
        "大短板：岗位上至少 {people} 人低于要求，且占已测的 {share} 以上；只列最重的 {most} 条。",
        people=LARGE_PEOPLE,
        share=f"{GREAT_GAP:.0%}",
        most=MOST_LARGE,
    )
    st.caption(said)


def coverage_table(found: Alignment) -> None:
    """How far each theme is followed up, with the formula."""
    st.subheader(_("主题覆盖率"), anchor=False)
    if not found.coverage:
        st.caption(_("还没有主题。"))
        return
    frame = pd.DataFrame(
        {
            "name": [one.name for one in found.coverage],
            # Whole percents, as the export has them.
            "share": [None if one.share is None else round(100 * one.share) for one in found.coverage],
            "count": [f"{len(one.covered)} / {len(one.capabilities)}" for one in found.coverage],
        }
    )
    st.dataframe(
        frame,
        hide_index=True,
        height=tall(len(frame)),
        placeholder="—",
        alt=_("主题覆盖率"),
        column_config={
            "name": st.column_config.TextColumn(_("战略主题")),
            "share": st.column_config.ProgressColumn(_("覆盖率"), min_value=0, max_value=100, format="%.0f%%", width=100),
            "count": st.column_config.TextColumn(_("能力项"), width=wide(60, 100)),
        },
    )
    st.caption(_(COVERAGE_FORMULA))


def _name(found: Alignment, one: Broken) -> str:
    node = found.chain.node(one.node)
    return bracketed(one.name, node.note) if one.orphan is Orphan.GAP_UNANSWERED and node is not None and node.note else one.name


def _next(actor: Actor, one: Broken) -> None:
    label, page = _NEXT[one.orphan]
    if not actor.may(Right.DECIDE_STRATEGY):
        label = Message("去看看")
    by_page: dict[str, dict[str, Any]] = {
        "ideas": {"part": "projects", "project": one.subject},
        "goals": {"project": one.subject},
        "themes": {"theme": one.subject},
    }
    parameters = by_page.get(page, {})
    with st.container(horizontal=True, vertical_alignment="center"):
        link(page, _("{name}：{value}", name=_(label), value=literal(one.name)), icon=":material/arrow_forward:", **parameters)
        link("chain", _("在图上看"), icon=":material/conversion_path:", node=one.node)
