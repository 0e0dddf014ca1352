"""Knowledge over time and first use, each with its curve, its base and what can be said."""

from __future__ import annotations

import streamlit as st

from core.charts.effects import Mark, first_use_chart, retention_chart
from core.review.retention.curve import Point
from core.review.retention.first_use import Step
from core.review.retention.service import Retained, Used
from pages.shared.charts import show_chart
from pages.shared.text import _, literal

_STEPS = 60


def show_retained(found: Retained) -> None:
    """One measure of knowledge: points, the curve where there are enough of them, and the target."""
    curve = found.curve
    st.markdown(f"**{literal(found.measure.name)}**")
    if not curve.points:
        st.caption(_(curve.verdict))
        return
    marks = [Mark(one.days, one.kept, None, None, _point(one)) for one in curve.points]
    most = max(one.days for one in curve.points)
    line = [(most * at / _STEPS, share) for at in range(_STEPS + 1) if (share := curve.at(most * at / _STEPS)) is not None]
    axes = (_("训后天数"), _("留住的比例"))
    title = _(curve.verdict)
    show_chart(title, lambda look: retention_chart(marks, line, found.target, title, axes, look))
    said = [_("留住的比例 = 同一批人后来的成绩 ÷ 训后第一次的成绩")]
    if curve.rate is not None:
        said.append(_("曲线 R = e^(−λt)，λ = {rate} / 天", rate=f"{curve.rate:.4f}"))
    if found.target is not None:
        said.append(_("虚线：要守住指标的目标，须留住 {share}%", share=round(100 * found.target)))
    st.caption("　·　".join(said))


def show_used(found: Used) -> None:
    """One behaviour: how many had used it by each day."""
    st.markdown(f"**{literal(found.measure.name)}**")
    if found.use is None:
        few = _("有数据的参训者不足 5 人，不给任何数。")
        st.caption(few if found.ends else _("排期还没有发布，不知道每个班哪天结束，算不出多少天后用上。"))
        return
    title = _(found.use.verdict)
    if not found.use.steps:
        st.caption(title)
        return
    marks = [Mark(one.day, one.used, one.low, one.high, _step(one)) for one in found.use.steps]
    axes = (_("训后天数"), _("已经用过的比例"))
    show_chart(title, lambda look: first_use_chart(marks, title, axes, look))
    st.caption(_("按 Kaplan–Meier 计算：没用过的人按“到现在还没用”计入，不剔除；色带是 95% 区间。"))


def _point(one: Point) -> str:
    return _("训后 {days} 天：留住 {share}%（{people} 人）", days=round(one.days), share=round(100 * one.kept), people=one.people)


def _step(one: Step) -> str:
    return _(
        "{days} 天内用过 {share}%（{low}%–{high}%）",
        days=round(one.day),
        share=round(100 * one.used),
        low=round(100 * one.low),
        high=round(100 * one.high),
    )
