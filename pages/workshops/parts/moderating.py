"""What guests wrote, tidied up: put together, hidden, taken back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.workshops import moderating as service
from core.workshops.snapshot import RoundView, Snapshot
from core.workshops.terms import LONGEST_TEXT, BoardState, RoundKind
from pages.shared.database import acting
from pages.shared.picking import picked_rows
from pages.shared.text import _


def moderating(actor: Actor, plan_id: int, found: Snapshot, view: RoundView) -> None:
    """The table of what guests wrote in this round, with what can be done with it. Nothing for rounds in which they write nothing."""
    if view.row.kind is RoundKind.PAIN and view.items:
        _pains(actor, plan_id, found, view)
    elif view.row.kind is RoundKind.REACT and any(one.rewrites for one in view.outcome.results):
        _rewrites(actor, plan_id, found, view)
    else:
        return
    if st.button(_("撤销上一步整理"), key="workshop_undo", icon=":material/undo:", type="tertiary"):
        with acting(_("已撤销")) as db:
            service.undo(db, actor, plan_id, found.id, found.board.version or 0)


def _pains(actor: Actor, plan_id: int, found: Snapshot, view: RoundView) -> None:
    under = {other.id: one.item.text for one in view.outcome.results for other in one.under}
    score = {one.id: one.score for one in view.outcome.results}
    table = pd.DataFrame(
        {
            "text": [one.text for one in view.items],
            "score": [score.get(one.id or 0) for one in view.items],
            "under": [under.get(one.id, "") for one in view.items],
            "hidden": [one.hidden for one in view.items],
        }
    )
    st.caption(_("在表里选几条，再归并或隐藏；归并到最先选的一条，写过或附议过的人只算一次。"))
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key="workshop_pains",
        alt=_("来宾写的痛点"),
        column_config={
            "text": st.column_config.TextColumn(_("痛点"), width=320),
            "score": st.column_config.NumberColumn(_("人数"), width=60),
            "under": st.column_config.TextColumn(_("归并到"), width=180),
            "hidden": st.column_config.CheckboxColumn(_("已隐藏"), width=70),
        },
    )
    picked = [view.items[place].id or 0 for place in picked_rows(event) if place < len(view.items)]
    words = st.text_input(_("归并后的说法（可不填，用最先选的一条）"), max_chars=LONGEST_TEXT, key="workshop_words")
    version, asked = found.board.version or 0, ""
    with st.container(horizontal=True):
        for name, label, icon in (
            ("group", _("归并"), ":material/merge:"),
            ("ungroup", _("拆开"), ":material/call_split:"),
            ("hide", _("隐藏"), ":material/visibility_off:"),
            ("show", _("恢复显示"), ":material/visibility:"),
        ):
            if st.button(label, key=f"workshop_{name}_pains", icon=icon, disabled=not picked):
                asked = name
    if asked:
        with acting(_("已整理，可以撤销")) as db:
            if asked == "group":
                service.group(db, actor, plan_id, found.id, version, picked, words)
            elif asked == "ungroup":
                service.ungroup(db, actor, plan_id, found.id, version, picked)
            else:
                service.hide(db, actor, plan_id, found.id, version, picked, hidden=asked == "hide")


def _rewrites(actor: Actor, plan_id: int, found: Snapshot, view: RoundView) -> None:
    if found.board.state is BoardState.CLOSED:
        return
    offered = {
        other.voice_id: f"{one.item.text}：{other.text}" for one in view.outcome.results for other in one.rewrites if not other.hidden
    }
    if not offered:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("不宜上墙的改写"),
            list(offered),
            index=None,
            format_func=lambda number: offered.get(number, ""),
            placeholder=_("选一条"),
            key="workshop_rewrite",
        )
        pressed = st.button(_("隐藏"), key="workshop_hide_rewrite", icon=":material/visibility_off:", disabled=chosen is None)
    if pressed and chosen is not None:
        with acting(_("已整理，可以撤销")) as db:
            service.hide_rewrite(db, actor, plan_id, found.id, found.board.version or 0, chosen)
