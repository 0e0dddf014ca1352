"""The needs in figures: what was filed, the two queues, what each unit filed, which layer of posts."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.goals.needs.calls import CallView
from core.goals.needs.service import Board
from core.goals.needs.terms import LAYER_NAMES, Layer
from core.people.terms import LEVELS
from core.strategy.ideas.terms import KIND_NAMES, ProjectKind
from pages.shared.table import tall
from pages.shared.text import _


def figures(board: Board, call: CallView | None) -> None:
    """The few figures that everybody who opens the page sees."""
    with st.grid(5, min_column_width=120):
        if call is not None:
            answered = len(call.units) - len(call.silent)
            st.metric(_("已回答的机构"), f"{answered} / {len(call.units)}")
        st.metric(_("收到的需求"), f"{board.filed:,}")
        st.metric(_(KIND_NAMES[ProjectKind.PROBLEM_DRIVEN]), f"{board.kind(ProjectKind.PROBLEM_DRIVEN):,}")
        st.metric(_(KIND_NAMES[ProjectKind.PRE_EMPTIVE]), f"{board.kind(ProjectKind.PRE_EMPTIVE):,}")
        st.metric(_("待归并"), f"{board.waiting:,}")


def counts(board: Board) -> None:
    """How many needs each unit filed, for readers who do not read their words."""
    st.subheader(_("各机构报了多少"), anchor=False)
    if not board.tallies:
        st.info(_("还没有机构报需求。"), icon=":material/inbox:")
        return
    frame = pd.DataFrame(
        {
            "unit": [one.unit for one in board.tallies],
            "filed": [one.filed for one in board.tallies],
            **{kind.value: [one.kinds.get(kind, 0) for one in board.tallies] for kind in ProjectKind},
            "waiting": [one.waiting for one in board.tallies],
            "merged": [one.merged for one in board.tallies],
        }
    )
    columns = {"unit": _("机构"), "filed": _("收到的需求"), "waiting": _("待归并"), "merged": _("已并入项目")}
    columns |= {kind.value: _(KIND_NAMES[kind]) for kind in ProjectKind}
    st.dataframe(
        frame,
        hide_index=True,
        height=tall(len(frame), 14),
        column_config={name: st.column_config.Column(title) for name, title in columns.items()},
        alt=_("各机构报的需求数"),
    )
    st.caption(_("需求的原话只给人力资源和机构自己的负责人看，这里只有数目。"))


def layers(board: Board) -> None:
    """Needs by layer of posts and by what people can do today."""
    if not any(layer or level for layer, level in board.layers):
        return
    levels = [*LEVELS, None]
    rows: list[Layer | None] = [*Layer, None]
    table = pd.DataFrame(
        {
            _("岗位层次"): [_(LAYER_NAMES[row]) if row else _("没有写") for row in rows],
            **{(f"L{level}" if level else _("没有写水平")): [board.layers.get((row, level), 0) for row in rows] for level in levels},
        }
    )
    with st.expander(_("按岗位层次和现在的水平看"), icon=":material/grid_on:"):
        st.dataframe(table, hide_index=True, alt=_("需求按岗位层次和水平的数目"))
        st.caption(_("数的是待归并和已并入项目的需求；层次和水平由填报人写，没有核对。"))
