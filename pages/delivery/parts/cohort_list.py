"""What is to be held, as a table: one of its rows is looked at more closely."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.delivery.timetable.people import ProgrammeView
from pages.shared.table import tall
from pages.shared.text import _


def overview(actor: Actor, plan_id: int, found: Sequence[ProgrammeView]) -> ProgrammeView | None:
    """The table of programmes; returns the chosen one, the first where none is chosen."""
    frame = pd.DataFrame(
        {
            "name": [one.row.name for one in found],
            "people": [one.people for one in found],
            "cohorts": [len(one.cohorts) for one in found],
            "sessions": [one.sessions for one in found],
            "slots": [one.slots for one in found],
            "source": [_(one.source) if one.source else "" for one in found],
            "linked": ["" if one.row.project_id is not None else _("清单，不在对齐链上") for one in found],
        }
    )
    totals = [sum(frame[name]) for name in ("people", "cohorts", "sessions", "slots")]
    st.markdown(
        _(
            "{n} 个项目，{people} 人次，{cohorts} 个班，{sessions} 节课，共 {slots} 个半天",
            n=len(found),
            people=totals[0],
            cohorts=totals[1],
            sessions=totals[2],
            slots=totals[3],
        )
    )
    column = st.column_config
    event = st.dataframe(
        frame,
        hide_index=True,
        height=tall(len(found)),
        on_select="rerun",
        selection_mode="single-row",
        key=f"programmes_{plan_id}_{len(found)}",
        placeholder="—",
        alt=_("要开的项目"),
        column_config={
            "name": column.TextColumn(_("项目"), width=230),
            "people": column.NumberColumn(_("人数"), width=60),
            "cohorts": column.NumberColumn(_("班数"), width=60),
            "sessions": column.NumberColumn(_("课次"), width=60),
            "slots": column.NumberColumn(_("半天数"), width=70),
            "source": column.TextColumn(_("名单从哪来"), width=260),
            "linked": column.TextColumn(_("来源"), width=140),
        },
    )
    st.caption(_("选一行看它的班和人。"))
    place = next(iter(event.selection.rows), 0)
    return found[place] if place < len(found) else None
