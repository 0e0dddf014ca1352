"""Why a theme is there besides its findings: the readiness answers that were taken into it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.strategy import periods
from core.strategy.readiness.checklist import checklist
from core.strategy.readiness.service import Assessment, Taken
from pages.shared import state
from pages.shared.page import link
from pages.shared.text import _, literal
from pages.strategy.parts.readiness import reason


def theme_reasons(assessment: Assessment) -> None:
    """The dimensions that were taken into themes, each with the answers that spoke for it then."""
    if not assessment.taken:
        return
    with st.expander(_("来自 AI 就绪度自评的理由（{n}）", n=len(assessment.taken)), icon=":material/lightbulb:"):
        _reasons(assessment, assessment.taken)
        link("environment", _("打开自评"), icon=":material/travel_explore:")


def _reasons(assessment: Assessment, taken: Sequence[Taken]) -> None:
    listed = checklist(state.language())
    quarters = {one.id: one.row.period for one in assessment.rounds}
    for item in taken:
        dimension = listed.dimension(item.row.dimension)
        if dimension is None or item.row.round_id not in quarters:
            continue
        period = periods.name(quarters[item.row.round_id])
        st.markdown(f"**{literal(item.theme.name)}**")
        st.caption(_("{period}自评，{name}平均 {mean}：", period=period, name=dimension.name, mean=f"{item.row.mean:.1f}"))
        st.markdown(reason(dimension, item.row.answers, listed))
