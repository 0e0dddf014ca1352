"""An earlier year's focus, offered to this year's: its rows, the press that brings them, and the way back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.strategy.focus import earlier
from core.strategy.focus.earlier import Offer
from pages.shared import identity, state
from pages.shared.database import acting_first, reading
from pages.shared.table import tall
from pages.shared.text import _, joined

_TAKEN = "focus_taken_over_"


def taken_lately(plan_id: int) -> list[tuple[int, int]]:
    """The offer to take away what was just taken over; the rows' numbers and versions when it is taken."""
    made: list[tuple[int, int]] = state.get(_TAKEN + str(plan_id)) or []
    if made and st.button(_("撤销沿用（{n} 行）", n=len(made)), icon=":material/undo:", key="focus_untake"):
        state.drop(_TAKEN + str(plan_id))
        return made
    return []


def offer_rows(actor: Actor, plan_id: int) -> None:
    """One line and a button, where an earlier year has rows that this year has not."""
    with reading() as db:
        offered = earlier.offer(db, actor, plan_id)
    if not offered.rows:
        return
    number = len(offered.rows)
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(_("{year} 年的业务线和岗位里，有 {n} 行这份计划还没有", year=str(offered.year), n=number), width="content")
        with st.popover(_("沿用这些行"), icon=":material/history:"):
            st.dataframe(_frame(offered), hide_index=True, height=tall(number, 8), placeholder="—", alt=_("将沿用的业务线和岗位"))
            st.caption(_("带来重要性和同名的主题；短板、人数和锚定不带，要按现在的情况另测、另定。"))
            args = (plan_id, offered.stamp, _("已沿用 {n} 行", n=number))
            st.button(_("沿用 {n} 行", n=number), type="primary", key="take_focus", icon=":material/check:", on_click=_take, args=args)


def _take(plan_id: int, stamp: str, said: str) -> None:
    """Take over what the person saw."""
    person = identity.present()
    if person is None:
        return
    with acting_first(done=said) as db:
        state.put(_TAKEN + str(plan_id), earlier.take_over(db, person.actor, plan_id, stamp))


def _frame(offered: Offer) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                _("业务线"): one.line,
                _("岗位"): one.post,
                _("重要性 1–5"): one.importance,
                _("主题"): joined(name for number, name in one.themes) or None,
            }
            for one in offered.rows
        ]
    )
