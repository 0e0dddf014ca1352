"""How much training there is for the people of each unit, month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from core.charts.timetable import Load, load_map
from core.delivery.timetable.loads import UnitLoads, unit_loads
from core.delivery.timetable.rules import Rules
from core.delivery.timetable.service import SessionView
from pages.shared.charts import show_chart
from pages.shared.page import on_phone
from pages.shared.text import _, month_name


def people_load(views: Sequence[SessionView], unit_of: Mapping[int, int | None], names: Mapping[int, str], rules: Rules) -> None:
    """Units × months: the most half days that anybody there has, against what somebody may have."""
    found = unit_loads(views, unit_of, rules, names)
    if not found.rows:
        st.info(_("还没有名单，或者名单上的人不在您可以查看的范围里。"), icon=":material/group_off:")
        return
    show_chart(_title(found), lambda look: load_map([_cell(found, *one) for one in found.rows], look))
    st.caption(
        _(
            "格子里是当月最忙的一个人有几个半天，颜色越鲜明越接近上限（每人每月 {limit} 个半天）；框出来的超过上限。只算已有名单的班。",
            limit=found.limit,
        )
    )


def _title(found: UnitLoads) -> str:
    if found.over:
        return _("有 {n} 人次超过每月 {limit} 个半天", n=found.over, limit=found.limit)
    return _("没有人超过每月 {limit} 个半天，最忙的有 {most} 个", limit=found.limit, most=found.most)


def _cell(found: UnitLoads, unit: str, month: int, people: int, slots: int, most: int) -> Load:
    name = month_name(month)
    told = _("{unit} {month}：{n} 人上课，共 {slots} 个半天，最多的一人 {most} 个", unit=unit, month=name, n=people, slots=slots, most=most)
    return Load(
        unit,
        str(month) if on_phone() else name,
        most / found.limit,
        str(most) if most else "",
        told if most else f"{unit} {name}",
        most > found.limit,
    )
