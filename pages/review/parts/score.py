"""The weighted score of the fourth level, with its formula and its numbers put in."""

from __future__ import annotations

import streamlit as st

from core.goals.goal import KirkpatrickLevel
from core.review.levels.service import Levels, Line
from pages.review.parts.words import share
from pages.shared.text import _, literal


def formula(found: Levels) -> None:
    """How the results' score comes about, for people who want to reckon it themselves."""
    top = found.level(KirkpatrickLevel.RESULTS)
    with st.expander(_("得分怎么算"), icon=":material/function:"):
        st.markdown(_("**层级得分** = {formula}。", formula=top.together.formula))
        st.caption(_("达成率：要求“≥”按 实际 ÷ 目标；“≤”不高于目标记 100%，否则 目标 ÷ 实际；“+”“−”按相对基线的变化量 ÷ 目标变化量。"))
        st.caption(_("每项最多计 100%：一项超额不能掩盖另一项欠账。没有结果的指标列为缺失，不当作 0。训前数据不计入实际。"))
        parts = [one for one in top.lines if one.achieved is not None]
        if parts and top.together.score is not None:
            terms = " + ".join(_term(one) for one in parts)
            st.markdown(_("**绩效数据加权赋分**：{terms} → **{score} 分**", terms=terms, score=f"{top.together.score:.1f}"))


def _term(line: Line) -> str:
    weight = line.measure.weight
    said = f"{weight:g}" if weight else _("平均")
    return _("{name} {part}（权重 {weight}）", name=literal(line.measure.name), part=share(min(1.0, line.achieved or 0)), weight=said)
