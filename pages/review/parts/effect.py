"""An effect on the page: the figure with its interval and base, what can and cannot be said, what to know beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.charts.effects import Interval, interval_chart
from core.review.effects.evaluation import Effect, Evaluation, Level
from core.review.effects.service import MeasuredEffect
from core.review.effects.terms import FIGURE_NAMES, Unit
from core.review.effects.verdict import amount, between, span
from pages.shared import state
from pages.shared.charts import show_chart
from pages.shared.page import empty
from pages.shared.text import _, literal, wide


def show_effects(found: Sequence[MeasuredEffect]) -> MeasuredEffect | None:
    """All measures of a project in a table, and one of them in full: that one; None where there is none."""
    if not found:
        empty(_("这个项目的指标还没有按人的数据：至少要有参训者训前和训后的数。"), icon=":material/database:")
        return None
    if len(found) > 1:
        _table(found)
    # What has an effect comes first: it is what one has come for.
    ids = {one.measure.id: one for one in sorted(found, key=lambda one: one.evaluation.effect is None)}
    chosen = next(iter(ids))
    if len(found) > 1:
        asked = state.asked_number("measure")
        chosen = st.selectbox(
            _("看哪个指标"),
            list(ids),
            index=list(ids).index(asked) if asked in ids else 0,
            format_func=lambda one: ids[one].measure.name,
            key=f"effects_measure_{found[0].measure.project_id}",
        )
    one = ids.get(chosen, found[0])
    st.subheader(literal(one.measure.name), anchor=False)
    show_effect(one.evaluation, one.p, len([other for other in found if other.p is not None]))
    return one


def show_effect(found: Evaluation, p: float | None = None, together: int = 1) -> None:
    """One effect in full. `p`: corrected for so many measures together."""
    if found.effect is None:
        st.info(literal(_(found.can) + _("不能说：") + _(found.cannot)), icon=":material/visibility_off:")
    else:
        _headline(found, found.effect, found.p if p is None else p, together)
    if found.effect is not None:
        _words(found)
        _chart(found, found.effect)
    _cautions(found)


def _headline(found: Evaluation, effect: Effect, p: float | None, together: int) -> None:
    st.metric(_(FIGURE_NAMES[effect.figure]), _(amount(effect.value, effect.unit, literal(effect.called), signed=True)), width="content")
    n = found.n
    said = [_(between(effect))]
    if n.comparison:
        said.append(
            _(
                "参训 {trained} 人，对照 {comparison} 人，共 {attendances} 人次",
                trained=n.trained,
                comparison=n.comparison,
                attendances=n.attendances,
            )
        )
    else:
        said.append(_("参训 {trained} 人，共 {attendances} 人次", trained=n.trained, attendances=n.attendances))
    said += [_base(level, effect) for level in found.levels]
    if p is not None:
        shown = f"p = {p:.3f}" if p >= 0.001 else "p < 0.001"
        said.append(_("{p}（已按 {count} 个指标一起校正）", p=shown, count=together) if together > 1 else shown)
    st.caption(literal("　·　".join(said)))


def _base(level: Level, effect: Effect) -> str:
    unit = "%" if effect.unit is Unit.POINTS else f" {effect.called or _('分')}"
    after = f"{level.after:,.1f}{unit}"
    moved = after if level.before is None else f"{level.before:,.1f}{unit} → {after}"
    return _("参训者 {moved}", moved=moved) if level.trained else _("对照 {moved}", moved=moved)


def _words(found: Evaluation) -> None:
    can, cannot = st.columns(2, gap="medium")
    with can.container(border=True, height="stretch"):
        st.markdown(f":material/check_circle: **{_('可以说')}**\n\n{literal(_(found.can))}")
    with cannot.container(border=True, height="stretch"):
        st.markdown(f":material/block: **{_('不能说')}**\n\n{literal(_(found.cannot))}")


def _chart(found: Evaluation, effect: Effect) -> None:
    same = [one for one in (effect, *found.also) if one.unit is effect.unit and one.low is not None and one.high is not None]
    bars = [Interval(_(FIGURE_NAMES[one.figure]), one.value, one.low or 0.0, one.high or 0.0, one is effect, _said(one)) for one in same]
    unit = _("个百分点") if effect.unit is Unit.POINTS else effect.called or _("分")
    title = _("几种算法放在一起：按选人方式该看的是第一行") if len(bars) > 1 else _("效果和它的 95% 区间")
    show_chart(title, lambda look: interval_chart(bars, title, unit, look))
    others = [one for one in found.also if one.unit is not effect.unit]
    if others:
        st.caption(literal("　·　".join(_said(one) for one in others)))


def _said(one: Effect) -> str:
    size = amount(one.value, one.unit, one.called, signed=True)
    return _("{figure} {size}（{between}）", figure=FIGURE_NAMES[one.figure], size=size, between=between(one))


def _cautions(found: Evaluation) -> None:
    some = [one for one in found.warnings if found.effect is not None or one.rule != "fewer_than_five"]
    if some:
        with st.container(border=True):
            st.markdown(f":material/info: **{_('看这个数时要知道')}**\n\n" + "\n".join(f"- {literal(_(one.message))}" for one in some))


def _table(found: Sequence[MeasuredEffect]) -> None:
    rows: list[dict[str, Any]] = []
    for one in found:
        effect, n = one.evaluation.effect, one.evaluation.n
        rows.append(
            {
                "measure": one.measure.name,
                "effect": _(amount(effect.value, effect.unit, effect.called, signed=True)) if effect else _(one.evaluation.can),
                "between": _(span(effect)) if effect else "—",
                "people": "—" if n.trained is None else f"{n.trained} / {n.comparison}",
                "causal": "—" if effect is None else _(one.evaluation.standing),
                "p": "—" if one.p is None else f"{one.p:.3f}" if one.p >= 0.001 else "<0.001",
            }
        )
    text = st.column_config.TextColumn
    columns = {
        "measure": text(_("指标"), width=wide(200, 220)),
        "effect": text(_("效果")),
        "between": text(_("95% 区间"), width=wide(220, 240)),
        "people": text(_("参训 / 对照（人）")),
        "causal": text(_("性质")),
        "p": text(_("p（已校正）"), help=_("多个指标一起看，偶然也会有一个显得有效：按 Benjamini–Hochberg 校正。不足 30 人不给 p。")),
    }
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config=columns, alt=_("各指标的效果"))
