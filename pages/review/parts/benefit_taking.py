"""An effect taken over into the returns: what somebody has to say of it first, and the way to where it went."""

from __future__ import annotations

import streamlit as st

from core.review.effects.service import MeasuredEffect
from core.review.returns.service import LONGEST_REASON, LONGEST_SOURCE, LONGEST_WHO
from core.review.returns.taking import Worth, change_of
from core.review.returns.terms import ISOLATION_NAMES, Isolation
from pages.shared.page import link
from pages.shared.text import _, literal


def taking_over(found: MeasuredEffect, taken: str | None, *, may: bool) -> Worth | None:
    """The way to the benefit `taken` from this effect; else, for those who `may`, what it is worth, and the wish that it be taken over."""
    if taken is not None:
        link("returns", _("已带入投入回报：{name}", name=literal(taken)), icon=":material/savings:")
        return None
    change = change_of(found)
    if change is None or not may:
        return None
    with st.expander(_("带入投入回报"), icon=":material/savings:"):
        unit = literal(change.unit if isinstance(change.unit, str) else _(change.unit))
        between = (
            "" if change.low is None or change.high is None else _("（{low} 到 {high}）", low=_said(change.low), high=_said(change.high))
        )
        st.caption(
            _(
                "变化量 {delta} {unit}{between} 和它的来历照原样带过去；一个单位值多少、其中多少是培训的功劳，要有人说明。",
                delta=_said(change.delta),
                unit=unit,
                between=between,
            )
        )
        return _form(found)


def _said(value: float) -> str:
    return f"{value:+,.1f}"


def _form(found: MeasuredEffect) -> Worth | None:
    causal = found.evaluation.causal
    with st.form(f"taking_{found.measure.id}", border=False):
        left, right = st.columns(2, gap="medium")
        with left:
            value = st.number_input(_("单位价值（元）"), 0.0, 1e12, 0.0)
            source = st.text_input(_("价值出处"), max_chars=LONGEST_SOURCE)
            value_by = st.text_input(_("价值确认人"), max_chars=LONGEST_WHO)
            confidence = st.number_input(_("置信系数（%）"), 0, 100, 80)
        with right:
            # A comparison group has taken off what is not the training's; without one somebody has to estimate it.
            isolation = st.number_input(_("归因隔离系数（%）"), 0, 100, 100 if causal else 50)
            names = {one: _(name) for one, name in ISOLATION_NAMES.items()}
            at = list(names).index(Isolation.CONTROL if causal else Isolation.MANAGERS)
            method = st.selectbox(_("估计方法"), list(names), index=at, format_func=names.__getitem__)
            reason = st.text_input(_("理由"), max_chars=LONGEST_REASON)
            by = st.text_input(_("估计人"), max_chars=LONGEST_WHO)
        if not st.form_submit_button(_("带入投入回报"), type="primary"):
            return None
    return Worth(value, source, value_by, isolation / 100, Isolation(method or Isolation.MANAGERS), reason, by, confidence / 100)
