"""The scenarios to choose from, what stands out of one's talks, and the talks as a table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.delivery.practice.agreement import ENOUGH, LEAST
from core.delivery.practice.service import AttemptView, Practised, ScenarioView
from core.exports.practice import practice_workbook
from pages.delivery.parts.timetable_acts import XLSX
from pages.settings.parts.places import zone
from pages.shared import state
from pages.shared.page import on_phone
from pages.shared.picking import stay_with
from pages.shared.table import tall
from pages.shared.text import _, literal


def chosen_scenario(scenarios: Sequence[ScenarioView]) -> ScenarioView:
    """The scenario that the reader looks at."""
    names = {one.id: one.facts.title for one in scenarios}
    number = st.selectbox(_("情境"), list(names), format_func=names.__getitem__, key="practice_scenario", width=420)
    return next(one for one in scenarios if one.id == number)


def figures(one: ScenarioView, found: Practised) -> None:
    """How many practised and passed, what waits for a person, whether the score agrees with those who checked."""
    open_ones = [each for each in found.attempts if not each.waits]
    passed = sum(each.scoring.passed for each in open_ones)
    with st.container(horizontal=True):
        st.metric(_("练了"), _("{n} 次", n=len(found.attempts)), width=120)
        st.metric(
            _("合格"), f"{passed} / {len(open_ones)}", width=120, help=_("合格线 {mark} 分，且没有碰红线。", mark=one.facts.pass_mark)
        )
        st.metric(_("等人复核"), _("{n} 次", n=len(found.attempts) - len(open_ones)), width=120)
        kappa = found.agreement.kappa
        st.metric(_("与人工一致性 κ"), "—" if kappa is None else f"{kappa:.2f}", width=170)
    st.caption(_said(found))


def _said(found: Practised) -> str:
    agreed = found.agreement
    counted = _("人工复核了 {n} 个要点，{alike} 个与打分一致。", n=agreed.points, alike=agreed.alike)
    if agreed.kappa is None:
        return f"{counted}  \n" + _("不足 {least} 个要点，或者双方的判断全都一样时，不算 κ。", least=LEAST)
    if agreed.enough:
        return f"{counted}  \n" + _("κ 不低于 {least}，打分可用。", least=f"{ENOUGH:g}")
    return f"{counted}  \n" + _("κ 低于 {least}，请先补全要点的说法，分数暂不作为依据。", least=f"{ENOUGH:g}")


def chosen_talk(one: ScenarioView, found: Practised) -> AttemptView | None:
    """The talks as a table; the one that the reader chose."""
    talks = found.attempts
    rows = [
        {
            "name": each.name,
            "state": _("等人复核") if each.waits else _("合格") if each.scoring.passed else _("不合格"),
            "total": None if each.waits else each.scoring.total,
            "red": None if each.waits else sum(said.red_line for said in each.scoring.said) or None,
            "unit": each.unit or None,
            "at": each.at,
        }
        for each in talks
    ]
    st.caption(_("点一行，看对话和每一条的理由。"))
    column = st.column_config
    key = f"practice_talks_{one.id}_{len(rows)}_{sum(each.version for each in talks)}"
    event = st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=tall(len(rows)),
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        placeholder="—",
        alt=_("陪练记录"),
        column_config={
            "name": column.TextColumn(_("姓名"), width=80 if on_phone() else 120),
            "state": column.TextColumn(_("结果"), width=90),
            "total": column.NumberColumn(_("得分"), width=70, format="%.1f"),
            "red": column.NumberColumn(_("红线"), width=60),
            "unit": column.TextColumn(_("机构"), width=200),
            "at": column.DatetimeColumn(_("记录时间"), format="YYYY-MM-DD HH:mm", width=150),
        },
    )
    chosen = stay_with("practice_list", key, [one.id for one in talks], event)
    return next((one for one in talks if one.id == chosen), None)


def export(one: ScenarioView, found: Practised) -> None:
    """The talks as a file."""
    language, here = state.language(), zone()
    st.download_button(
        _("导出 Excel"),
        data=lambda: practice_workbook(one, found, language, here),
        file_name=f"{literal(one.facts.title)}.xlsx",
        mime=XLSX,
        icon=":material/download:",
        on_click="ignore",
        key="practice_file",
    )
