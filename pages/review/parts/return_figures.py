"""What training returns: the isolated figure with its interval, the naive one beside it, what moves it, where it just pays."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor
from core.charts.returns import ReturnBar, SwingBar, returns_chart, tornado_chart
from core.exports.returns import returns_workbook
from core.review.returns import service as returns
from core.review.returns.roi import Return
from core.review.returns.service import ReturnsOverview
from core.review.returns.terms import FACTOR_NAMES, Basis
from pages.delivery.parts.budget import yuan
from pages.shared import state
from pages.shared.charts import show_chart
from pages.shared.database import acting
from pages.shared.text import _, joined, literal

_MOST_BARS, _FEW = 15, 3


def headline(found: ReturnsOverview, basis: Basis) -> int | None:
    """Of what the return is shown (a programme, None: the whole plan), and what it is."""
    valued = [number for number in found.programmes if found.returned(basis, number) is not None]
    chosen: int | None = st.selectbox(
        _("看哪个项目"),
        valued,
        index=None,
        format_func=lambda one: found.programmes[one],
        placeholder=_("全年"),
        key="returns_of",
        width=360,
    )
    made = found.returned(basis, chosen)
    if made is None:
        st.info(_why(found))
        return chosen
    with st.container(horizontal=True):
        st.metric(_("投资回报率 ROI"), percent(made.roi), width=170, help=_("（隔离后收益 − 成本）÷ 成本"))
        st.metric(_("收益成本比 BCR"), f"{made.bcr:.2f}", width=150)
        st.metric(_("隔离后收益"), yuan(made.credited), width=190)
        st.metric(_("成本"), yuan(made.cost), width=190)
        even = found.break_even(basis, chosen)
        st.metric(_("盈亏平衡的隔离系数"), percent(even) if even is not None else "—", width=190, help=_("归因隔离系数低于它就亏"))
    st.markdown(_sentence(made))
    uncosted = found.uncosted(basis) if chosen is None else []
    if uncosted:
        names = joined(found.programmes[one] for one in uncosted[:_FEW])
        said = _("{n} 个项目写了收益、没有登记成本（{names}）：收益算进了全年，成本没有，全年回报偏高。", n=len(uncosted), names=names)
        st.warning(literal(said), icon=":material/warning:")
    if even is not None and even > 1:
        st.warning(_("即使全部变化都算培训的功劳，也收不回成本。"), icon=":material/warning:")
    return chosen


def drawn(found: ReturnsOverview, basis: Basis) -> None:
    """Cost and credited money of each programme that is valued."""
    some = [(found.programmes[number], made) for number in found.programmes if (made := found.returned(basis, number)) is not None]
    if not some:
        return
    some.sort(key=lambda one: -one[1].cost)
    paying = sum(made.net > 0 for _name, made in some)
    title = _("{n} 个估了收益、有成本的项目里，{paying} 个收回了成本", n=len(some), paying=paying)
    bars = [ReturnBar(name, made.cost, made.credited, made.low, made.high, _said(name, made)) for name, made in some[:_MOST_BARS]]
    show_chart(title, lambda look: returns_chart(bars, title, _("万元"), (_("成本"), _("隔离后收益")), look))


def sensitivity(found: ReturnsOverview, basis: Basis, programme: int | None) -> None:
    """How the return moves when a factor is a fifth lower or higher."""
    made, moved = found.returned(basis, programme), found.swings(basis, programme)
    if made is None or not moved:
        return
    title = _("{factor}变动两成，ROI 变动最大", factor=_(FACTOR_NAMES[moved[0].factor]))
    bars = []
    for one in moved:
        name = _(FACTOR_NAMES[one.factor])
        said = _("{name} ±20%：ROI {low} 到 {high}", name=name, low=percent(one.down), high=percent(one.up))
        bars.append(SwingBar(name, one.down * 100, one.up * 100, said))
    show_chart(title, lambda look: tornado_chart(bars, made.roi * 100, title, _("ROI（%）"), (_("变差"), _("变好")), look))
    if any(one.capped for one in moved):
        st.caption(_("隔离系数和置信系数最高到 100%，所以两边不对称。"))


def formula(found: ReturnsOverview) -> None:
    """How it is worked out, and what it can and cannot say."""
    with st.expander(_("怎么算的，能说什么、不能说什么"), icon=":material/calculate:"):
        st.markdown(
            _(
                "- 收益 B = Σ 变化量 × 单位价值 × 归因隔离系数 × 置信系数；ROI =（B − C）÷ C；BCR = B ÷ C（Phillips）。\n"
                "- 区间只来自变化量的区间；几项收益的误差按平方和合并。单位价值和两个系数的不确定看敏感性图。\n"
                "- 可以说：在写明的系数下，收益大约是多少、哪个假设最要紧。\n"
                "- 不能说：培训一定带来这笔钱。系数是人估的，谁估的、为什么，逐行写在收益明细里。\n"
                "- 全年的成本包含没有估收益的项目，所以全年 ROI 偏保守。"
            )
        )
        if found.lines:
            st.caption(_("共 {n} 行收益。", n=len(found.lines)))


def export(actor: Actor, plan_id: int, found: ReturnsOverview, basis: Basis) -> None:
    """The figures as an Excel file."""

    def taken() -> None:
        with acting(rerun=False) as db:
            returns.note_exported(db, actor, plan_id)

    st.download_button(
        _("导出 Excel"),
        lambda: returns_workbook(found, basis, state.language()),
        file_name=_("投入与回报") + ".xlsx",
        icon=":material/download:",
        on_click=taken,
        key="returns_export",
    )


def percent(share: float) -> str:
    """A share as people read it."""
    return f"{share * 100:,.0f}%"


def _why(found: ReturnsOverview) -> str:
    if not found.lines:
        return _("还没有写收益：哪个指标变了多少、一个单位值多少钱、其中多少是培训的功劳。写了才算回报。")
    return _("还没有登记成本，算不出回报。可以改看“计划”口径，或在预算页登记已发生的费用。")


def _sentence(made: Return) -> str:
    said = {"roi": percent(made.roi), "naive": percent(made.naive_roi)}
    if made.interval is None:
        words = _("隔离他因后 ROI 为 **{roi}**，变化量没有区间，只是点估计；不隔离会写成 {naive}，那不是培训的效果。", **said)
    else:
        low, high = (percent(one) for one in made.interval)
        words = _(
            "隔离他因后 ROI 为 **{roi}**（区间 {low} 到 {high}）；不隔离会写成 {naive}，那不是培训的效果。", low=low, high=high, **said
        )
    return words + (_("其中 {n} 行收益没有区间。", n=made.open) if made.open and made.interval is not None else "")


def _said(name: str, made: Return) -> str:
    return _("{name}：成本 {cost}，隔离后收益 {credited}", name=name, cost=yuan(made.cost), credited=yuan(made.credited))
