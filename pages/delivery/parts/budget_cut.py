"""What a cut would drop."""

from __future__ import annotations

import streamlit as st

from core.delivery.budget.service import Overview, what_a_cut_drops
from pages.delivery.parts.budget import yuan
from pages.shared.text import _, joined, literal

_DEFAULT, _MOST = 10, 50


def show_cut(found: Overview) -> None:
    """How much is to be saved, and which programmes of which themes go."""
    st.subheader(_("如果削减预算"), anchor=False)
    per_cent = st.slider(_("削减多少（%）"), 1, _MOST, _DEFAULT, key="budget_cut", width=420)
    chosen, dropped = what_a_cut_drops(found, per_cent / 100)
    if not dropped:
        st.info(_("没有还能省下的项目：计划的钱都已承诺或已发生，或者不属于单个项目。"))
        return
    said = _("要省 {asked}，取消 {n} 个项目可省 {saved}。", asked=yuan(chosen.asked), n=len(chosen.dropped), saved=yuan(chosen.saved))
    st.markdown(f"**{said}**")
    if not chosen.enough:
        st.warning(_("还没承诺的钱全部省下也不够。"), icon=":material/warning:")
    for one in dropped:
        theme = literal(one.theme) if one.theme else _("不属于任何主题")
        people = _("{n} 人次", n=one.people)
        mark = f" :red-badge[{_('这个主题再没有项目')}]" if one.nothing_left else ""
        st.markdown(f"- **{theme}**{mark} · {yuan(one.saved)} · {people}  \n  {literal(joined(one.programmes))}")
    st.caption(
        _(
            "算法：在能省够钱的各种取消办法里，选价值损失最小的一种；项目价值 = 优先级（1–5）× 人数，共损失全部价值的 {share}%。"
            "已承诺和已发生的钱省不下来，学员工时不是能省的钱。这只是建议，什么都不会自动取消。",
            share=f"{chosen.value_share * 100:.1f}",
        )
    )
