"""Projects of an earlier year that have no theme here: where they would be put, and the press that puts them there."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.projects import earlier
from pages.shared import identity
from pages.shared.database import acting_first, reading
from pages.shared.table import tall
from pages.shared.text import _


def offer_grounds(actor: Actor, plan_id: int) -> None:
    """One line and a button, where projects that came over can be put under this year's themes with their clauses."""
    if not actor.may(Right.DECIDE_STRATEGY):
        return
    with reading() as db:
        offered = earlier.offer(db, actor, plan_id)
    number = len(offered.grounds)
    if not number:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(_("结转来的 {n} 个项目还没有主题，它们去年依据的条款今年已经采纳", n=number), width="content")
        with st.popover(_("一起归入主题"), icon=":material/history:"):
            rows = [{_("项目"): one.name, _("归入主题"): one.theme_name, _("依据的条款"): len(one.clauses)} for one in offered.grounds]
            st.dataframe(pd.DataFrame(rows), hide_index=True, height=tall(number, 8), alt=_("将归入主题的项目"))
            st.caption(_("依据换成今年的同样条款，条款分在几个主题里的归入最多的那一个；之后可以逐个改。"))
            args = (plan_id, offered.stamp, _("已归入 {n} 个项目", n=number))
            st.button(
                _("归入 {n} 个项目", n=number), type="primary", key="take_grounds", icon=":material/check:", on_click=_take, args=args
            )


def _take(plan_id: int, stamp: str, said: str) -> None:
    """Put the projects where the person saw that they would be."""
    person = identity.present()
    if person is None:
        return
    with acting_first(done=said) as db:
        earlier.take_over(db, person.actor, plan_id, stamp)
