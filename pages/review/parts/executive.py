"""The pieces of the executive page: the verdict, four figures, the four levels, warnings, and what waits for a decision."""

from __future__ import annotations

import streamlit as st

from core.charts.executive import LevelBar, level_bars
from core.goals.goal import LEVEL_NAMES
from core.review.executive.judging import BEHIND, VERDICT_NAMES, Verdict
from core.review.executive.service import Executive, LevelTile, owed_by
from core.review.warnings.terms import ADVICE_NAMES, LINK_NAMES, STATUS_NAMES, Status
from pages.delivery.parts.budget import yuan
from pages.review.parts.return_figures import percent
from pages.shared import state
from pages.shared.charts import show_chart
from pages.shared.page import link
from pages.shared.text import _, literal

_FEW = 3
_ICONS = {
    Verdict.OFF: ":red[:material/error:]",
    Verdict.WATCH: ":orange[:material/visibility:]",
    Verdict.ON_TRACK: ":green[:material/check_circle:]",
    Verdict.UNKNOWN: ":gray[:material/help:]",
}
# One sheet of A4: what leads elsewhere stays on the screen.
_PAPER = """<style>@page { size: A4 portrait; margin: 12mm; } @media print {
[data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stExpander"], [data-testid="stPageLink"],
[data-testid="stButtonGroup"], [data-testid="stToastContainer"] { display: none !important; }
[data-testid="stMain"], [data-testid="stAppViewContainer"], [data-testid="stApp"] {
position: static !important; overflow: visible !important; height: auto !important; }
[data-testid="stMainBlockContainer"] { padding: 0 !important; max-width: none !important; zoom: 0.8; }
}</style>"""


def paper() -> None:
    """How the page is printed."""
    st.html(_PAPER)


def verdict(found: Executive) -> None:
    """Whether the year is on track, and why."""
    with st.container(border=True):
        st.markdown(f"### {_ICONS[found.verdict]} {_(VERDICT_NAMES[found.verdict])}")
        for one in found.reasons:
            st.markdown(f"- {_(one.text)}")
        if not found.reasons and found.verdict is Verdict.ON_TRACK:
            st.markdown(_("没有预警，没有超支，已有结果的层级都达到 {least} 分。", least=round(BEHIND)))


def tiles(found: Executive) -> None:
    """Sessions, people, money and return, each with what it rests on."""
    with st.grid(4, min_column_width=150):
        _sessions(found)
        _people(found)
        _money(found)
        _return(found)


def four_levels(found: Executive) -> None:
    """Kirkpatrick's four levels against their targets."""
    measured = [one for one in found.levels if one.score is not None]
    if not measured:
        st.markdown(f"**{_('四级评估还没有结果')}**")
        link("results", _("录入结果"), icon=":material/upload_file:")
        return
    behind = [one for one in measured if one.score is not None and one.score < BEHIND]
    if behind:
        names = "、".join(_(LEVEL_NAMES[one.level]) for one in behind)
        title = _("四级达成：{levels}不到 {least} 分", levels=names, least=round(BEHIND))
    else:
        title = _("四级达成：有结果的 {n} 级都在 {least} 分以上", n=len(measured), least=round(BEHIND))
    bars = [_bar(one) for one in found.levels]
    show_chart(title, lambda look: level_bars(bars, title, look), key="executive_levels")
    last = _("；竖线是 {year} 年", year=str(found.before_year)) if found.before_year else ""
    st.caption(_("满分 100：各指标达成率按权重平均，每项最多计 100%{last}。", last=last))
    link("levels", _("看四级指标"), icon=":material/stacked_bar_chart:")


def warned(found: Executive) -> None:
    """The projects that are warned of, the most urgent first."""
    if not found.warnings:
        words = _("{n} 个能判断的项目都没有预警", n=found.judged) if found.judged else _("还没有项目能判断，暂无预警")
        st.markdown(f"**{words}**")
    else:
        st.markdown(f"**{_('{n} 个项目有预警', n=len(found.warnings))}**")
        for one in found.warnings[:_FEW]:
            colour = "red" if one.status is Status.STOP else "orange"
            weak = _("弱在{link}", link=LINK_NAMES[one.weak]) if one.weak else ""
            done = _("已有人在处理") if one.decided else _("建议：{advice}", advice=ADVICE_NAMES[one.advice])
            words = " · ".join(part for part in (weak, done) if part)
            st.markdown(f":{colour}-badge[{_(STATUS_NAMES[one.status])}] {literal(one.name)}  \n:small[{words}]")
        if len(found.warnings) > _FEW:
            st.caption(_("另有 {n} 个。", n=len(found.warnings) - _FEW))
    if found.watched:
        st.caption(_("还有 {n} 个项目在关注，可能是偶然。", n=found.watched))
    link("warnings", _("看早期预警"), icon=":material/crisis_alert:")


def decisions(found: Executive) -> None:
    """What waits for somebody to decide."""
    wanted = [_("“{name}”要不要{advice}？", name=literal(one.name), advice=ADVICE_NAMES[one.advice]) for one in found.undecided[:_FEW]]
    if found.overdue_decisions:
        wanted.append(_("{n} 项预警处理过了期限，要催办还是改期？", n=found.overdue_decisions))
    if found.overdue_meeting:
        wanted.append(_("{n} 项复盘会决定过了期限，要催办还是改期？", n=found.overdue_meeting))
    wanted += [_("{owner}还欠 {n} 项到期的结果，由谁去要？", owner=literal(_(owed_by(who))), n=n) for who, n in found.owed[:_FEW]]
    st.markdown(f"**{_('需要决定的事')}**")
    st.markdown("\n".join(f"- {one}" for one in wanted) if wanted else _("没有。"))


def how(found: Executive) -> None:
    """How the figures come about."""
    with st.expander(_("这些数怎么来的"), icon=":material/functions:"):
        st.markdown(
            _(
                "- **课次**：已发布排期里有时间的课；上完的是结束日期在今天以前的。\n"
                "- **人数和人次**：到课登记里来过的人，每人只数一次；人次是每节课一次。少于 5 人不显示。\n"
                "- **钱**：预算页的计划、已承诺、已发生；同一笔取已承诺和已发生中大的。\n"
                "- **回报**：隔离后收益减成本再除以成本；没有隔离系数的收益不算。\n"
                "- **判断**：有超出预算上限（限制性）或应当止损的项目是偏离；有预警、层级不到 {least} 分、欠登记、欠结果是要盯；"
                "没有这些、又有上完的课或结果，才是按计划。",
                least=round(BEHIND),
            )
        )
    link("returns", _("看投入与回报"), icon=":material/savings:")


def _sessions(found: Executive) -> None:
    with st.container(border=True, height="stretch"):
        st.metric(_("课次进度"), f"{found.over} / {found.placed}")
        st.caption(_("已上完 / 全年已排") + (_("；{n} 节欠登记", n=found.unnoted) if found.unnoted else ""))


def _people(found: Executive) -> None:
    with st.container(border=True, height="stretch"):
        st.metric(_("参训人数"), "—" if found.people is None else f"{found.people:,}")
        st.caption(_("不足 5 人，不显示") if found.attendances is None else _("{count} 人次", count=f"{found.attendances:,}"))


def _money(found: Executive) -> None:
    money = found.money
    with st.container(border=True, height="stretch"):
        st.metric(_("已花和已承诺"), _short(money.bound))
        if not money.planned:
            st.caption(_("还没有预算"))
            return
        st.caption(_("预算 {money} 的 {share}", money=_short(money.planned), share=percent(money.bound / money.planned)))


def _return(found: Executive) -> None:
    made = found.returned
    with st.container(border=True, height="stretch"):
        if made is None:
            st.metric(_("回报"), "—")
            st.caption(_("还没有写明收益，或还没有花钱"))
            return
        st.metric(_("回报（已归因隔离）"), percent(made.roi))
        spread = made.low is not None and made.high is not None
        words = _("收益 {low}–{high}", low=_short(made.low or 0), high=_short(made.high or 0)) if spread else _("没有区间")
        st.caption(_("{words}；不隔离的粗算 {naive}，不能当结论", words=words, naive=percent(made.naive_roi)))


def _short(yuan_: float) -> str:
    """Money as each language says it shortly."""
    return f"{yuan_ / 1e4:,.1f} {_('万元')}" if state.language() == "zh" and abs(yuan_) >= 1e4 else yuan(yuan_)


def _bar(one: LevelTile) -> LevelBar:
    name, behind = _(LEVEL_NAMES[one.level]), one.score is not None and one.score < BEHIND
    if one.score is None:
        words = _("没有结果") if one.wanted else _("没有指标")
        return LevelBar(name, None, one.before, False, words, f"{name}: {words}")
    label = _("{score} · {measured}/{wanted} 项", score=round(one.score), measured=one.measured, wanted=one.wanted)
    counts = _("{results} 条结果，单项最多 {people} 人", results=f"{one.attendances:,}", people=f"{one.people:,}")
    return LevelBar(name, one.score, one.before, behind, label, f"{name}: {label} · {counts}")
