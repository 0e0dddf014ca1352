"""What is told beside an effect on the page: the months around the training, and whether the new way is no worse."""

from __future__ import annotations

import streamlit as st

from core.review.effects.equivalence import Equivalence
from core.review.effects.series import Segments
from core.review.effects.service import MeasuredEffect
from pages.shared.text import _, literal


def months(found: Segments | None) -> None:
    """How the months before and after differ, where nobody was compared with."""
    if found is None:
        return
    with st.container(border=True):
        st.markdown(f":material/show_chart: **{_('按月看训前训后的走势（分段回归）')}**\n\n{literal(_(found.verdict))}")


def margin(found: MeasuredEffect) -> float | None:
    """How much worse the new way may be at most, as the reader says; None where nobody is compared with, or they say nothing."""
    if found.evaluation.effect is None or not found.evaluation.n.comparison:
        return None
    with st.expander(_("新方式是不是不比原来差？"), icon=":material/compare_arrows:"):
        st.caption(
            _(
                "比如 AI 自学与面授相比：参训的是新方式，对照的是原来的方式。先约定最多能差多少，再看结果（双单侧检验）；"
                "抽签分组的比训后，其他的比训前到训后的提升。"
            )
        )
        value = st.number_input(_("最多差多少（指标的单位）"), 0.0, 1e9, None, key=f"effects_margin_{found.measure.id}", width=240)
    return value or None


def no_worse(found: Equivalence | None) -> None:
    """What can be said of it."""
    if found is None:
        st.info(_("两组要各有至少 5 人有训前和训后的数，才能比。"), icon=":material/visibility_off:")
    else:
        st.markdown(f":material/compare_arrows: {literal(_(found.verdict))}")
