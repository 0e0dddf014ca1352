"""Pieces of the page of annual plans."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core.access import service as access
from core.access.actor import Actor
from core.editing.comparing import Field
from core.flow import PlanColumn
from core.i18n import Message
from core.instance import instance
from core.plans import service as plans
from core.plans.tables import AnnualPlan
from pages.shared.database import acting
from pages.shared.record_form import record_form, record_of
from pages.shared.text import _, literal

_FIELDS = {"unit": Field(Message("机构名称")), "year": Field(Message("年份")), "note": Field(Message("备注"))}


def years_table(columns: list[PlanColumn], here: int | None) -> None:
    """One table a unit: a column a year, a row a fact, so that years can be compared."""
    for unit in dict.fromkeys(column.plan.unit for column in columns):
        years = sorted((column for column in columns if column.plan.unit == unit), key=lambda column: column.plan.year)
        st.subheader(literal(unit), anchor=False)
        rows = {
            _("状态"): [_plan_mark(column.plan, here) for column in years],
            _("留存依据（条）"): [str(column.evidence) for column in years],
            _("战略主题（个）"): [str(column.themes) for column in years],
            _("培训项目（个）"): [str(column.projects) for column in years],
            _("已提交的目标（个）"): [str(column.goals) for column in years],
            _("已发布的课次（次）"): [str(column.sessions) for column in years],
            _("有结果的指标（项）"): [f"{column.looked_back.measured} / {column.looked_back.measures}" for column in years],
            _("已确认的结论（条）"): [str(column.looked_back.confirmed) for column in years],
            _("我的提问（个）"): [str(column.questions) for column in years],
            _("备注"): [literal(column.plan.note) or "—" for column in years],
        }
        heads = [_("{year} 年", year=str(column.plan.year)) for column in years]
        st.table(pd.DataFrame.from_dict(rows, orient="index", columns=heads), alt=_("{unit}各年度计划对比", unit=unit))


def _plan_mark(plan: AnnualPlan, here: int | None) -> str:
    marks = [_("当前")] if plan.id == here else []
    if plan.sample:
        marks.append(_("示例"))
    return " · ".join(marks) or "—"


def create_form(actor: Actor, year: int) -> None:
    """A new plan."""
    with st.expander(_("新建年度计划"), icon=":material/add:"), st.form("new_plan", border=False, clear_on_submit=False):
        with st.container(horizontal=True):
            unit = st.text_input(_("机构名称"), value=instance().settings.branch_name, max_chars=60, placeholder=_("例如：滨海分行"))
            chosen = st.number_input(_("年份"), value=year, min_value=plans.FIRST_YEAR, max_value=plans.LAST_YEAR, step=1, format="%d")
        note = st.text_input(_("备注"), max_chars=500, placeholder=_("可不填"))
        if st.form_submit_button(_("创建计划"), type="primary"):
            with acting(done=_("已创建 {unit} {year} 年计划", unit=unit, year=str(chosen))) as db:
                plan = plans.create(db, actor, unit, int(chosen), note)
                access.prefer(db, actor.account_id or 0, plan_id=plan.id)


def change_form(actor: Actor, everything: list[AnnualPlan], here: int | None) -> None:
    """Rename a plan, move it to another year, or put it away."""
    by_id = {plan.id: plan for plan in everything}
    with st.expander(_("修改或归档"), icon=":material/edit:"):
        chosen = st.selectbox(
            _("计划"),
            list(by_id),
            index=list(by_id).index(here) if here in by_id else 0,
            format_func=lambda plan_id: f"{by_id[plan_id].unit} · {by_id[plan_id].year}",
            placeholder=_("请选择年度计划"),
        )
        plan = by_id[chosen]
        assert plan.id is not None
        stored: dict[str, Any] = {"unit": plan.unit, "year": plan.year, "note": plan.note}
        if written := record_form("plan", record_of(plan, "plan_changed", subject="plan"), stored, _FIELDS, _fields):
            with acting(done=written.done(_("已保存"))) as db:
                plans.change(db, actor, plan.id, written.version, **written.value)
        if st.button(_("归档"), key=f"archive_{plan.id}", help=_("归档后不再出现在选择中，内容都保留，可以取回。")):
            with acting(done=_("已归档 {unit} {year} 年计划", unit=plan.unit, year=str(plan.year))) as db:
                plans.archive(db, actor, plan.id)


def _fields(known: dict[str, Any], key: str) -> dict[str, Any] | None:
    with st.form(key, border=False):
        unit = st.text_input(
            _("机构名称"), value=known["unit"], max_chars=60, help=_("改了名称，这个机构其他年份的计划一起改名，各年之间的对照不会断开。")
        )
        year = st.number_input(_("年份"), value=known["year"], min_value=plans.FIRST_YEAR, max_value=plans.LAST_YEAR, step=1, format="%d")
        note = st.text_input(_("备注"), value=known["note"], max_chars=500, placeholder=_("可不填"))
        pressed = st.form_submit_button(_("保存"), type="primary", key=f"{key}_save")
    return {"unit": unit, "year": int(year), "note": note} if pressed else None


def archived_plans(actor: Actor, put_away: list[AnnualPlan]) -> None:
    """The plans that were put away, to take one back."""
    if not put_away:
        return
    with st.expander(_("已归档的计划（{n}）", n=len(put_away)), icon=":material/inventory_2:"):
        for plan in put_away:
            assert plan.id is not None
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(_("{unit} · {year} 年", unit=literal(plan.unit), year=str(plan.year)))
                if st.button(_("取回"), key=f"unarchive_{plan.id}", icon=":material/undo:"):
                    with acting(done=_("已取回")) as db:
                        plans.unarchive(db, actor, plan.id)
