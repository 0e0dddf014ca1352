"""The sessions as a table: edited in place where the timetable is a draft, under the policy of the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.delivery.faculty import service as faculty
from core.delivery.halves import HALF_NAMES
from core.delivery.timetable import editing
from core.delivery.timetable.editing import LONGEST_REASON
from core.delivery.timetable.rules import Rules
from core.delivery.timetable.service import SessionView, TimetableView
from core.delivery.timetable.table import edited
from core.delivery.timetable.terms import POLICY_NAMES, Policy, TimetableState
from pages.delivery.parts.timetable_words import cohort
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.table import tall
from pages.shared.text import _
from pages.strategy.parts.sheet import Merging, Sheet, editor, sheet

_WRITTEN = ("day", "half", "trainer", "venue", "pinned")


def table(actor: Actor, plan_id: int, chosen: TimetableView, views: Sequence[SessionView], rules: Rules) -> None:
    """All sessions, in the order of time."""
    if not views:
        st.info(_("没有符合条件的课次。"), icon=":material/filter_alt:")
        return
    with reading() as db:
        trainers = {one.id: one.name for one in faculty.trainers(db, actor)}
        venues = {one.id: one.name for one in faculty.venues(db, actor)}
    editable = actor.may(Right.PLAN_DELIVERY) and chosen.row.state is TimetableState.DRAFT
    frame, columns = _frame(views), _columns(trainers, venues)
    if state.is_guest():
        frame = frame.drop(columns=["trainer", "pinned", "breaks"])
    if not editable:
        st.dataframe(frame, hide_index=True, height=tall(len(views), 14), placeholder="—", column_config=columns, alt=_("课次表"))
        return
    held = _sheet(chosen.id, views, columns)
    fixed = {name: {"disabled": True} for name in frame.columns if name not in _WRITTEN}
    columns = {name: {**config, **fixed.get(name, {})} for name, config in columns.items()}
    editor(held, _frame(held.rows), columns, editable=True, alt=_("课次表"), grows=False)
    st.caption(
        _("可以直接改日期、上下午、讲师、场地和是否固定；清空日期就是取下。违反规则时：{policy}。", policy=_(POLICY_NAMES[rules.policy]))
    )
    wanted = edited(held.rows, held.changed, trainers, venues)
    if not wanted:
        return
    reason = ""
    if rules.policy is Policy.REASON:
        reason = st.text_input(_("理由（违反规则时必填）"), max_chars=LONGEST_REASON, key=f"{held.key}_why")
    if st.button(_("保存 {n} 处改动", n=len(wanted)), key=f"{held.key}_save", type="primary", icon=":material/save:"):
        held.handed_over()
        with acting(done=_("已保存")) as db:
            editing.change(db, actor, plan_id, chosen.id, wanted, reason)
        held.refused()


def _sheet(timetable: int, views: Sequence[SessionView], columns: Mapping[str, Any]) -> Sheet[SessionView]:
    """The sessions with what is typed over them. Other filters show other sessions: then one begins anew."""
    name = f"sessions_{timetable}"
    shown = [one.id for one in views]
    if state.get(f"{name}_shown") != shown:
        state.drop(f"{name}_sheet")
        state.put(f"{name}_shown", shown)
    return sheet(name, views, f"{len(views)}_{sum(one.version for one in views)}", Merging(lambda one: one.id, _cells, columns))


def _cells(one: SessionView) -> dict[str, Any]:
    told = {"name": f"{one.programme} · {one.name}", "day": one.day, "half": _(HALF_NAMES[one.half]), "trainer": one.trainer}
    return {**told, "venue": one.venue or (_("线上") if one.online else None), "pinned": bool(one.pinned)}


def _frame(views: Sequence[SessionView]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "day": [one.day for one in views],
            "half": [_(HALF_NAMES[one.half]) for one in views],
            "programme": [one.programme for one in views],
            "cohort": [cohort(one) for one in views],
            "name": [one.name for one in views],
            "trainer": [one.trainer or None for one in views],
            "venue": [one.venue or (_("线上") if one.online else None) for one in views],
            "slots": [one.slots for one in views],
            "people": [one.headcount for one in views],
            "pinned": [bool(one.pinned) for one in views],
            "late": [one.late or None for one in views],
            "cost": [one.cost for one in views],
            "breaks": [_("；").join(_(each) for each in one.breaks) for one in views],
        }
    )


def _columns(trainers: Mapping[int, str], venues: Mapping[int, str]) -> dict[str, Any]:
    column = st.column_config
    return {
        "day": column.DateColumn(_("日期"), format="YYYY-MM-DD", width=110),
        "half": column.SelectboxColumn(_("上下午"), options=[_(name) for name in HALF_NAMES.values()], width=75),
        "programme": column.TextColumn(_("项目"), width=200),
        "cohort": column.TextColumn(_("班次"), width=70),
        "name": column.TextColumn(_("课次"), width=130),
        "trainer": column.SelectboxColumn(_("讲师"), options=sorted(set(trainers.values())), width=110),
        "venue": column.SelectboxColumn(_("场地"), options=[*sorted(venues.values()), _("线上")], width=130),
        "slots": column.NumberColumn(_("半天数"), width=70),
        "people": column.NumberColumn(_("人数"), width=60),
        "pinned": column.CheckboxColumn(_("固定时间"), width=80),
        "late": column.NumberColumn(_("迟几天"), width=70),
        "cost": column.NumberColumn(_("费用（元）"), format="localized", width=90),
        "breaks": column.TextColumn(_("例外"), width=220),
    }
