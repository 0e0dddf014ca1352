"""The cohorts of a programme: who is in them, of which units, and moving people by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.delivery.timetable import people as attending
from core.delivery.timetable.people import CohortView, ProgrammeView
from core.goals.chain.chain import project_id
from pages.shared.database import acting
from pages.shared.page import link
from pages.shared.picking import picked_rows
from pages.shared.table import tall
from pages.shared.text import _, joined, literal

_MOST_UNITS = 4


def cohorts(actor: Actor, plan_id: int, one: ProgrammeView) -> None:
    """All cohorts of a programme, each to be opened."""
    st.subheader(literal(one.row.name), anchor=False)
    if one.row.project_id is not None:
        link("chain", _("从条款到目标的整条链"), icon=":material/conversion_path:", node=project_id(one.row.project_id))
    for cohort in one.cohorts:
        _cohort(actor, plan_id, one, cohort)


def _cohort(actor: Actor, plan_id: int, programme: ProgrammeView, cohort: CohortView) -> None:
    units = list(cohort.units.items())
    mix = joined(f"{name or _('没有机构')} {number}" for name, number in units[:_MOST_UNITS])
    more = _("等 {n} 个机构", n=len(units)) if len(units) > _MOST_UNITS else ""
    title = _("{cohort}：{n} 人", cohort=name_of(cohort), n=cohort.size)
    with st.expander(literal(f"{title}　{mix}{more}")):
        if not cohort.named:
            st.caption(_("还没有名单，只有人数。"))
        elif not cohort.members:
            st.caption(_("名单上的人不在您可以查看的范围里。"))
        else:
            _members(actor, plan_id, programme, cohort)
        if actor.may(Right.PLAN_DELIVERY):
            _whole(actor, plan_id, programme, cohort)


def name_of(cohort: CohortView) -> str:
    """What a cohort is called."""
    return cohort.name if isinstance(cohort.name, str) else _(cohort.name)


def _members(actor: Actor, plan_id: int, programme: ProgrammeView, cohort: CohortView) -> None:
    frame = pd.DataFrame(
        {
            "number": [one.number for one in cohort.members],
            "name": [one.name for one in cohort.members],
            "unit": [one.unit for one in cohort.members],
            "hand": [_("手工安排") if one.by_hand else "" for one in cohort.members],
        }
    )
    column = st.column_config
    edits = actor.may(Right.PLAN_DELIVERY) and len(programme.cohorts) > 1
    event = st.dataframe(
        frame,
        hide_index=True,
        height=tall(len(frame)),
        on_select="rerun" if edits else "ignore",
        selection_mode="single-row",
        key=f"members_{cohort.id}_{len(frame)}",
        placeholder="—",
        alt=_("班里的人"),
        column_config={
            "number": column.TextColumn(_("工号"), width=90),
            "name": column.TextColumn(_("姓名"), width=100),
            "unit": column.TextColumn(_("机构"), width=180),
            "hand": column.TextColumn(_("安排"), width=100),
        },
    )
    if edits:
        _move(actor, plan_id, programme, cohort, picked_rows(event))


def _move(actor: Actor, plan_id: int, programme: ProgrammeView, cohort: CohortView, rows: Sequence[int]) -> None:
    place = next(iter(rows), None)
    if place is None or place >= len(cohort.members):
        st.caption(_("选一个人，可以调到别的班。"))
        return
    member = cohort.members[place]
    others = {one.id: name_of(one) for one in programme.cohorts if one.id != cohort.id}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        target = st.selectbox(
            _("把{name}调到", name=member.name), list(others), format_func=others.__getitem__, key=f"move_{cohort.id}", width=220
        )
        if st.button(_("调班"), key=f"move_go_{cohort.id}", icon=":material/swap_horiz:"):
            with acting(done=_("已调班，重新整理时不会调回去")) as db:
                attending.move(db, actor, plan_id, member.employee_id, cohort.id, target)


def _whole(actor: Actor, plan_id: int, programme: ProgrammeView, cohort: CohortView) -> None:
    others = {one.id: name_of(one) for one in programme.cohorts if one.id != cohort.id}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(cohort.members) > 1 and st.button(_("拆成两个班"), key=f"split_{cohort.id}", icon=":material/call_split:", type="tertiary"):
            with acting(done=_("已拆成两个班")) as db:
                attending.split(db, actor, plan_id, cohort.id)
        if others:
            with st.popover(_("并入"), icon=":material/call_merge:", type="tertiary"):
                target = st.selectbox(_("并入哪个班"), list(others), format_func=others.__getitem__, key=f"merge_{cohort.id}")
                if st.button(_("合并"), key=f"merge_go_{cohort.id}", icon=":material/call_merge:"):
                    with acting(done=_("已合并")) as db:
                        attending.merge(db, actor, plan_id, cohort.id, target)
