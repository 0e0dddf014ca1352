"""Venues as a table: searched, exported, one chosen; and the same table to be changed in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.delivery.faculty import editing
from core.delivery.faculty.facts import LONGEST_ADDRESS, MOST_CAPACITY, MOST_COST, Seen
from core.delivery.faculty.faculty import VenueView
from core.delivery.faculty.listing import matching_venues
from core.delivery.faculty.terms import VENUE_KIND_NAMES
from core.exports.workbook import workbook
from pages.settings.parts.wish import Wish
from pages.shared.picking import stay_with
from pages.shared.table import tall
from pages.shared.text import _, joined
from pages.strategy.parts.cells_at_once import changed_cells, editor_key
from pages.strategy.parts.sheet import Merging

_NAME = "venue_table"


def venue_list(venues: Sequence[VenueView]) -> VenueView | None:
    """The table; the venue that the reader chose."""
    kit = sorted({name for one in venues for name in one.equipment})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(_("搜索"), placeholder=_("名称、地址或设备中的字"), key="venue_words", live=True, width=240)
        people = st.number_input(_("至少坐几人"), 1, MOST_CAPACITY, None, key="venue_people", placeholder=_("不填就不限"), width=190)
        wanted = st.multiselect(_("要有的设备"), kit, key="venue_kit", placeholder=_("不填就不限"), width=260)
        archived = st.toggle(_("已归档"), key="venue_archived") if any(one.archived for one in venues) else False
    here = [one for one in venues if one.archived == archived]
    shown = matching_venues(here, words, people, wanted)
    st.caption(_("{shown} / {total} 个场地。点一行查看。", shown=len(shown), total=len(here)))
    headings = [_("场地名称"), _("自有或外租"), _("容纳人数"), _("设备"), _("每半天费用（元）"), _("地址"), _("不可用时间")]
    rows = [_cells(one) for one in shown]
    key = f"venues_{archived}_{len(shown)}_{shown[0].id if shown else ''}"
    picked = st.dataframe(
        pd.DataFrame(rows, columns=headings),
        hide_index=True,
        height=tall(len(rows), 15),
        column_config={headings[0]: st.column_config.TextColumn(width="medium", pinned=True)},
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt=_("场地"),
        key=key,
    )
    st.download_button(
        _("导出 Excel"),
        data=lambda: workbook(_("场地"), headings, rows),
        file_name="venues.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key="venues_export",
    )
    chosen = stay_with("venue_list", key, [one.id for one in shown], picked)
    return next((one for one in shown if one.id == chosen), None)


def venue_table(venues: Sequence[VenueView]) -> Wish | None:
    """Capacities, costs and addresses in one table; what was changed in it, saved at once."""
    with st.expander(_("在表中修改容量、费用和地址"), icon=":material/table_edit:"):
        column = st.column_config
        columns = {
            "name": column.TextColumn(_("场地名称"), pinned=True),
            "capacity": column.NumberColumn(_("容纳人数"), min_value=1, max_value=MOST_CAPACITY, step=1, required=True, width="small"),
            "cost_per_slot": column.NumberColumn(_("每半天费用（元）"), min_value=0, max_value=MOST_COST, width="small"),
            "address": column.TextColumn(_("地址"), max_chars=LONGEST_ADDRESS),
        }
        changed = changed_cells(_NAME, venues, Merging(lambda one: one.id, _written, columns))
        st.data_editor(
            pd.DataFrame(
                {
                    "name": [one.name for one in venues],
                    "capacity": [one.capacity for one in venues],
                    "cost_per_slot": pd.array([one.cost_per_slot for one in venues], dtype="Float64"),
                    "address": [one.address or None for one in venues],
                }
            ),
            hide_index=True,
            num_rows="fixed",
            disabled=["name"],
            height=tall(len(venues), 15),
            column_config=columns,
            placeholder="—",
            alt=_("场地的容量、费用和地址"),
            key=editor_key(_NAME),
        )
        st.caption(_("改完一格就保存，可以撤销；也可以从 Excel 复制一列粘贴进来。"))
    if not changed:
        return None

    def act(db: Any, actor: Actor) -> None:
        editing.change_venues(db, actor, [(Seen(one.id, one.version), _values(cells)) for one, cells in changed])

    return Wish(_("已保存"), act)


def _written(one: VenueView) -> dict[str, Any]:
    return {"name": one.name, "capacity": one.capacity, "cost_per_slot": one.cost_per_slot, "address": one.address}


def _values(cells: dict[str, Any]) -> dict[str, Any]:
    found = dict(cells)
    if "address" in found:
        found["address"] = str(found["address"] or "").strip()
    return found


def _cells(one: VenueView) -> list[Any]:
    kit = joined(one.equipment) or None
    away = len(one.absences) or None
    return [one.name, _(VENUE_KIND_NAMES[one.kind]), one.capacity, kit, one.cost_per_slot, one.address or None, away]
