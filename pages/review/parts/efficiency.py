"""People, hours and money, and money for each of them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core.delivery.budget.terms import COST_NAMES, CostType
from core.review.returns.efficiency import Efficiency
from core.review.returns.service import ReturnsOverview
from core.review.returns.terms import BASIS_NAMES, PER_NAMES, Basis, Per
from pages.delivery.parts.budget import yuan
from pages.shared.table import tall
from pages.shared.text import _, literal


def choose() -> tuple[Basis, Per]:
    """Which money counts, and what it is looked at by."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        basis = st.segmented_control(
            _("金额口径"),
            list(Basis),
            default=Basis.ACTUAL,
            format_func=lambda one: _(BASIS_NAMES[one]),
            required=True,
            key="returns_basis",
        )
        per = st.segmented_control(
            _("按什么看"), list(Per), default=Per.PROGRAMME, format_func=lambda one: _(PER_NAMES[one]), required=True, key="returns_per"
        )
    return Basis(basis or Basis.ACTUAL), Per(per or Per.PROGRAMME)


def inputs(found: ReturnsOverview, basis: Basis) -> None:
    """The year in figures, and what is to be said about them."""
    one = found.efficiency(basis)
    with st.container(horizontal=True):
        counted = _("来过至少一次的人，每人只算一次；只登记了人数的班，按来得最多的一次算")
        st.metric(_("培训人数"), _known(one, one.count.people), width=130, help=counted)
        st.metric(_("培训人次"), _known(one, one.count.attendances), width=130, help=_("到课次数之和，一人来三次算三人次"))
        st.metric(_("学习小时"), _known(one, one.count.learnt_hours), width=130, help=_("课次时长 × 到课人数"))
        st.metric(_("成本"), yuan(one.cost), width=170)
        st.metric(_("人均成本"), _each(one.per_head), width=150)
        st.metric(_("每学时成本"), _each(one.per_hour), width=150)
    if one.count.unnoted:
        st.caption(_("还有 {n} 人次没有登记到课，没有计入。", n=one.count.unnoted))
    if basis is Basis.PLANNED and found.over < found.placed:
        words = _(
            "全年 {placed} 节课上完了 {held} 节：计划金额是全年的，人数、人次、学时是已上完的，人均和每学时因此偏高。",
            placed=found.placed,
            held=found.over,
        )
        st.caption(words)
    if found.wage:
        words = _("成本含学员工时 {money}：每人每半天 {wage}，出处：{source}。", **_wage(found, one))
    else:
        words = _("成本不含学员工时；要计入，请在预算页填写每半天的单价。")
    st.caption(words)


def efficiency_table(found: ReturnsOverview, basis: Basis, per: Per) -> None:
    """A row for each heading."""
    rows = [_row(name, one) for name, one in _headings(found, basis, per)]
    if not rows:
        st.info(_("还没有上完的课，也没有登记费用。"))
        return
    number = st.column_config.NumberColumn
    columns: dict[str, Any] = {
        "name": st.column_config.TextColumn(_(PER_NAMES[per]), width=240),
        "cost": number(_("成本（元）"), format="localized"),
        "noted": st.column_config.TextColumn(_("到课登记"), help=_("上过课、一个人都没有登记：有没有人来不知道，不是没有人来")),
        "people": number(_("人数"), format="localized"),
        "attendances": number(_("人次"), format="localized"),
        "hours": number(_("学习小时"), format="localized"),
        "head": number(_("人均（元）"), format="localized"),
        "hour": number(_("每学时（元）"), format="localized"),
        "pass": number(_("每次通过（元）"), format="localized", help=_("成本 ÷ 学习层达标次数；只计有测验结果的项目")),
        "result": st.column_config.TextColumn(_("每单位结果"), help=_("成本 ÷ 结果层指标的合计；只计有这项结果的项目"), width=220),
    }
    frame = pd.DataFrame(rows)
    if all(row["noted"] is None for row in rows):
        frame = frame.drop(columns="noted")
    st.dataframe(frame, hide_index=True, height=tall(len(rows), 15), placeholder="—", alt=_("效率"), column_config=columns)
    if per is Per.TYPE:
        st.caption(_("人数、人次、学习小时是全年的，各费用类型共用，不能相加。"))


def _headings(found: ReturnsOverview, basis: Basis, per: Per) -> list[tuple[str, Efficiency]]:
    if per is Per.PLAN:
        return [(_("全年"), found.efficiency(basis))]
    if per is Per.TYPE:
        kinds = [(_(COST_NAMES[kind]), found.of_type(kind, basis)) for kind in CostType]
        return [one for one in kinds if one[1].cost]
    each = [(name, found.efficiency(basis, {number})) for number, name in found.programmes.items()]
    return sorted((one for one in each if one[1].cost or one[1].count.sessions), key=lambda one: -one[1].cost)


def _row(name: str, one: Efficiency) -> dict[str, Any]:
    results = _("；").join(
        _("{name} {money}/{unit}", name=key, money=yuan(money), unit=unit) for key, (money, unit) in one.per_result.items()
    )
    return {
        "name": name,
        "cost": round(one.cost),
        "noted": _("未登记") if one.count.unknown else None,
        "people": None if one.count.unknown else one.count.people,
        "attendances": None if one.count.unknown else one.count.attendances,
        "hours": None if one.count.unknown else round(one.count.learnt_hours),
        "head": _rounded(one.per_head),
        "hour": _rounded(one.per_hour),
        "pass": _rounded(one.per_pass),
        "result": results or None,
    }


def _wage(found: ReturnsOverview, one: Efficiency) -> dict[str, str]:
    return {"money": yuan(one.time), "wage": yuan(found.wage or 0.0), "source": literal(found.wage_source) or "—"}


def _known(one: Efficiency, figure: float) -> str:
    return _("未登记") if one.count.unknown else f"{figure:,.0f}"


def _each(money: float | None) -> str:
    return yuan(money) if money is not None else "—"


def _rounded(money: float | None) -> float | None:
    return round(money) if money is not None else None
