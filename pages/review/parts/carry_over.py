"""What a carry-over would do, before it is done; and what was done, with the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.i18n import Message
from core.review.conclusions import carrying
from core.review.conclusions.carrying import CarryView
from core.review.conclusions.proposing import Proposal
from core.review.conclusions.terms import CARRY_NAMES, CHOICE_NAMES
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.page import link
from pages.shared.text import _, joined, literal, moment, person


def preview(plan_id: int, wanted: Proposal) -> Wish | None:
    """Every thing that would be made or left out, as it was and as it becomes; whether the person wants it done."""
    st.subheader(_("结转到 {year} 年计划草案", year=str(wanted.to_year)), anchor=False)
    if wanted.silent:
        with st.expander(_("{n} 个项目没有已确认的结论，不会结转", n=len(wanted.silent)), icon=":material/pending:"):
            st.markdown(joined(literal(name) for name in wanted.silent))
    if not wanted.anything:
        st.info(_("没有待结转的结论：先确认结论；已结转的不会再做一次。"), icon=":material/info:")
        return None
    rows = [
        {
            _("类别"): _(CARRY_NAMES[one.kind]),
            _("名称"): one.name,
            _("结论"): _(CHOICE_NAMES[one.choice]) if one.choice else None,
            _("原来"): _(one.before) if one.before is not None else None,
            _("结转后"): _(one.after),
        }
        for one in wanted.lines
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="—", alt=_("结转预览"))
    st.caption(_("一次写入，全部成功或全部不写；写入的内容没人改过之前，可以整体撤销。"))
    if wanted.put_away:
        st.warning(_(carrying.put_away(wanted.to_year)), icon=":material/inventory_2:")
        return None
    language, stamp = state.language(), wanted.stamp
    if not st.button(_("结转 {n} 项", n=len(wanted.lines)), type="primary", icon=":material/autorenew:", key="carry_apply"):
        return None

    def act(db: Any, actor: Actor) -> None:
        carrying.apply(db, actor, plan_id, stamp, language)

    return Wish(_("已结转到 {year} 年计划草案", year=str(wanted.to_year)), act)


def carried_list(done: Sequence[CarryView], keeps: bool) -> Wish | None:
    """What was carried over, the newest first."""
    wish = None
    for one in done:
        row = one.row
        state_ = "" if one.standing else " · " + _("已撤销")
        title = _("{year} 年：{n} 项", year=str(row.to_year), n=len(one.items))
        with st.expander(f"{_('已结转')} {title}{state_}", icon=":material/history:"):
            st.dataframe(pd.DataFrame([_cells(item) for item in one.items]), hide_index=True, placeholder="—", alt=_("结转的内容"))
            st.caption(f"{literal(person(row.done_by))} · {moment(row.done_at)}")
            if one.standing and keeps and st.button(_("整体撤销"), icon=":material/undo:", key=f"carry_undo_{row.id}"):
                wish = _undoing(row.id or 0)
    return wish


def step_one(actor: Actor, done: Sequence[CarryView]) -> None:
    """That step 1 of the next year need not be begun anew either, and the way there; once a carry-over stands."""
    row = next((one.row for one in done if one.standing and one.row.to_plan_id is not None), None)
    if row is None or not actor.may(Right.DECIDE_STRATEGY):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            _("第一步也不必重做：对发现的决定、战略主题和锚定的候选，可以在 {year} 年的计划里沿用。", year=str(row.to_year)),
            width="content",
        )
        link("decode", _("去 {year} 年的战略解码", year=str(row.to_year)), icon=":material/history:", plan=row.to_plan_id)


def _undoing(carry_over_id: int) -> Wish:
    def act(db: Any, actor: Actor) -> None:
        carrying.undo(db, actor, carry_over_id)

    return Wish(_("结转已整体撤销"), act)


def _cells(item: Any) -> dict[str, Any]:
    return {
        _("类别"): _(CARRY_NAMES[item.kind]),
        _("名称"): item.name,
        _("原来"): _(Message.from_json(item.before)) if item.before else None,
        _("结转后"): _(Message.from_json(item.after)) if item.after else None,
    }
