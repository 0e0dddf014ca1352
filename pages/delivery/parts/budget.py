"""Money in figures, as a chart and as a table; how it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.charts.budget import MoneyBar, money_chart
from core.delivery.budget import service as budget
from core.delivery.budget.figures import Total, totals
from core.delivery.budget.service import Overview
from core.delivery.budget.terms import BY_NAMES, By
from core.delivery.timetable.rules import Rules
from core.exports.budget import budget_workbook, heading
from core.instance import instance
from pages.delivery.parts.cohort_rules import RULE_FIELDS
from pages.delivery.parts.timetable_acts import XLSX
from pages.shared import state
from pages.shared.charts import show_chart
from pages.shared.page import on_phone
from pages.shared.record_form import Record, Written, record_form
from pages.shared.table import tall
from pages.shared.text import _, literal

_MOST_BARS = 15


def yuan(money: float) -> str:
    """A sum as people read it."""
    return f"¥{money:,.0f}"


def metrics(found: Overview, total: Total) -> None:
    """The year in four figures, and what is to be said about them."""
    limit = found.limit()
    with st.container(horizontal=True):
        st.metric(_("计划"), yuan(total.planned), width=165)
        st.metric(_("已承诺"), yuan(total.committed), width=165)
        st.metric(_("已发生"), yuan(total.actual), width=165)
        st.metric(_("预算上限"), yuan(limit) if limit is not None else "—", width=165)
    if limit is not None and total.planned > limit:
        st.warning(_("计划超出预算上限 {money}。", money=yuan(total.planned - limit)), icon=":material/warning:")
    if found.draft:
        st.caption(_("还没有发布的排期，讲师费和场地费按最新一份草稿（{n} 个课次）计算。", n=found.placed))
    else:
        st.caption(_("讲师费、场地费 = 半天数 × 单价，按已发布的排期（{n} 个课次）计算；其余来自预算明细。", n=found.placed))
    if found.rules.wage_per_slot:
        source = literal(found.rules.wage_source) or "—"
        st.caption(_("已计学员工时：每人每半天 {money}，出处：{source}。", money=yuan(found.rules.wage_per_slot), source=source))


def choose_by() -> By:
    """What money is summed by."""
    chosen = st.segmented_control(
        _("按什么看"), list(By), default=By.PROGRAMME, format_func=lambda one: _(BY_NAMES[one]), required=True, key="budget_by"
    )
    return By(chosen or By.PROGRAMME)


def draw(found: Overview, by: By) -> None:
    """The largest headings as bars."""
    some = totals(found.entries, by)
    bars = [MoneyBar(name_of(found, by, one.key), one.planned, one.bound, _limit(found, by, one), _said(found, by, one)) for one in some]
    over = sum(one.over > 0 for one in some)
    title = _("{n} 项的承诺或支出已超过计划", n=over) if over else _("没有一项超过计划")
    shown, narrow = bars[:_MOST_BARS], on_phone()
    names = (_("计划"), _("已承诺或已发生"), _("超出计划"))
    show_chart(title, lambda look: money_chart(shown, title, _("万元"), names, look, narrow=narrow))
    if len(bars) > len(shown):
        st.caption(_("图中是计划最多的 {n} 项，全部在下表。", n=len(shown)))


def figures(found: Overview, by: By) -> None:
    """All headings as a table; of programmes also per head and per half day."""
    rows = [_row(found, by, one) for one in totals(found.entries, by)]
    money = st.column_config.NumberColumn
    columns: Mapping[str, Any] = {
        "name": st.column_config.TextColumn(_(BY_NAMES[by]), width=260),
        "planned": money(_("计划（元）"), format="localized"),
        "committed": money(_("已承诺（元）"), format="localized"),
        "actual": money(_("已发生（元）"), format="localized"),
        "left": money(_("计划余额（元）"), format="localized"),
        "limit": money(_("上限（元）"), format="localized"),
        "head": money(_("人均（元）"), format="localized", help=_("计划 ÷ 班次里的人数")),
        "slot": money(_("每半天（元）"), format="localized", help=_("计划 ÷ 课次的半天数")),
    }
    st.dataframe(pd.DataFrame(rows), hide_index=True, height=tall(len(rows), 15), placeholder="—", alt=_("费用"), column_config=columns)


def settings(plan_id: int, rules: Rules, version: int) -> Written[Rules] | None:
    """Limits, what they do, and what participants' time is counted as; the rules with those that were changed."""
    record = Record("timetable_rules", plan_id, version, actions=("timetable_rules_changed",), subject="plan")
    return record_form("budget_settings", record, rules, RULE_FIELDS, _settings)


def _settings(rules: Rules, key: str) -> Rules | None:
    with st.expander(_("预算上限和口径"), icon=":material/tune:"), st.form(key, border=False):
        year = st.number_input(
            _("全年上限（元，不设就留空）"), 0.0, value=rules.budget_year, step=10_000.0, format="%.0f", key=f"{key}_year"
        )
        with st.container(horizontal=True):
            quarters = tuple(
                st.number_input(
                    _("{number} 季度上限（元）", number=str(number)),
                    0.0,
                    value=limit,
                    step=10_000.0,
                    format="%.0f",
                    key=f"{key}_q{number}",
                    width=190,
                )
                for number, limit in enumerate(rules.budget_quarters, 1)
            )
        binds = st.toggle(_("上限是硬约束：排期时讲师费和场地费不得超出"), rules.budget_binds, key=f"{key}_binds")
        with st.container(horizontal=True):
            wage = st.number_input(
                _("学员工时每半天（元，不计就留空）"),
                0.0,
                value=rules.wage_per_slot,
                step=50.0,
                format="%.0f",
                key=f"{key}_wage",
                width=260,
            )
            source = st.text_input(_("工时单价的出处"), rules.wage_source, max_chars=120, key=f"{key}_wage_source", width=320)
        if not st.form_submit_button(_("保存口径"), icon=":material/save:", key=f"{key}_save"):
            return None
    first, second, third, fourth = quarters
    limits = (first, second, third, fourth)
    return replace(
        rules, budget_year=year, budget_quarters=limits, budget_binds=binds, wage_per_slot=wage or None, wage_source=source.strip()
    )


def name_of(found: Overview, by: By, key: Any) -> str:
    """What a heading is called."""
    return _(heading(found, by, key))


def export(actor: Actor, plan_id: int, found: Overview) -> None:
    """The button that hands all of it over."""
    language = state.language()

    def content() -> bytes:
        with instance().database.writing() as db:
            budget.note_exported(db, actor, plan_id)
        return budget_workbook(found, language)

    name = _("预算.xlsx")
    st.download_button(
        _("导出 Excel"), content, file_name=name, mime=XLSX, icon=":material/download:", on_click="ignore", key="budget_file"
    )


def _limit(found: Overview, by: By, one: Total) -> float | None:
    return found.limit(int(one.key)) if by is By.QUARTER else None


def _said(found: Overview, by: By, one: Total) -> str:
    words = {
        "name": name_of(found, by, one.key),
        "planned": yuan(one.planned),
        "committed": yuan(one.committed),
        "actual": yuan(one.actual),
    }
    return _("{name}：计划 {planned}，已承诺 {committed}，已发生 {actual}", **words)


def _row(found: Overview, by: By, one: Total) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": name_of(found, by, one.key),
        "planned": round(one.planned),
        "committed": round(one.committed),
        "actual": round(one.actual),
        "left": round(one.planned - one.bound),
    }
    if by is By.QUARTER:
        row["limit"] = _limit(found, by, one)
    if by is By.PROGRAMME:
        people, slots = found.people.get(int(one.key), 0), found.slots.get(int(one.key), 0)
        row |= {"head": round(one.planned / people) if people else None, "slot": round(one.planned / slots) if slots else None}
    return row
