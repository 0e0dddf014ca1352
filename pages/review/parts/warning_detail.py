"""One project: its three signals against its own plan and comparable projects, the forecast, what is still to be saved and gained."""

from __future__ import annotations

import streamlit as st

from core.charts.warnings import SignalEnd, SignalWeek, signal_chart
from core.goals.chain.chain import project_id
from core.review.warnings.rule import LinkFacts, SunkCostWarning
from core.review.warnings.service import Board
from core.review.warnings.terms import LINK_NAMES, STANDING_NAMES, STATUS_NAMES, Advice, Standing, Status
from pages.delivery.parts.budget import yuan
from pages.review.parts.warning_list import share
from pages.shared import state
from pages.shared.charts import show_chart
from pages.shared.page import link
from pages.shared.text import _, day, literal

_COLOURS = {Status.STOP: "red", Status.WARN: "orange", Status.WATCH: "yellow", Status.ON_TRACK: "green", Status.NO_JUDGEMENT: "gray"}


def choose(board: Board) -> SunkCostWarning:
    """Which project is looked at: the one that the address names, otherwise the most urgent."""
    by_id = {one.project.id: one for one in board.warnings}
    asked = state.asked_number("programme")
    start = list(by_id).index(asked) if asked in by_id else 0
    chosen = st.selectbox(
        _("看哪个项目"), list(by_id), index=start, format_func=lambda one: by_id[one].project.name, key="warnings_of", width=420
    )
    return by_id[chosen]


def facts(one: SunkCostWarning, board: Board) -> None:
    """What is to be said about it, in words."""
    badge = f":{_COLOURS[one.status]}-badge[{_(STATUS_NAMES[one.status])}]"
    st.subheader(f"{literal(one.project.name)} {badge}", anchor=False)
    st.markdown(_why(one, board))
    weeks = _("第 {week} 周，共 {weeks} 周；结束于 {end}。", week=str(one.week), weeks=str(one.project.weeks), end=day(one.project.end))
    st.caption(weeks + _earliest(one))
    if one.project.project_id is not None:
        with st.container(horizontal=True):
            link("chain", _("在对齐链里看"), icon=":material/conversion_path:", node=project_id(one.project.project_id))
            link("goals", _("看它的目标"), icon=":material/flag:", project=one.project.project_id)


def signals(one: SunkCostWarning, board: Board) -> None:
    """The three links as small charts."""
    told = board.history(one.project)
    with st.grid(3, min_column_width=300, gap="medium"):
        for each in one.links:
            with st.container(border=True):
                _chart(each, one, told, board)


def money(one: SunkCostWarning) -> None:
    """What stopping would still save, against what going on is still expected to bring; what is spent is only reported."""
    prospect = one.prospect
    with st.container(horizontal=True):
        st.metric(_("还能省下"), yuan(prospect.remaining), width=170, help=_("没开的课的讲师费和场地费，加上没有承诺的其他预算"))
        if prospect.benefit is not None:
            gain = prospect.benefit
            st.metric(_("预计还能带来"), yuan(gain.value), width=170, help=_("从现在到结束，隔离他因后的收益"))
            st.metric(_("区间"), f"{yuan(gain.low)} – {yuan(gain.high)}", width=260)
    if prospect.benefit is None:
        st.caption(_("还没有写这个项目的收益，或业务转化还不能判断，比不了“还要花的”和“还能带来的”。"))
    st.caption(_("已经花掉的 {money} 收不回来，只报告，不作为继续的理由。", money=yuan(prospect.spent)))


def _why(one: SunkCostWarning, board: Board) -> str:
    weak = one.facts(one.weak) if one.weak else None
    if one.status is Status.NO_JUDGEMENT:
        return _("人数、次数或到期的部分还太少，说什么都为时过早。")
    if weak is None or weak.outlook is None:
        return _("能判断的环节都跟得上自己的计划。")
    name, end, floor = _(LINK_NAMES[weak.link]), weak.outlook.end, board.numbers.floor(weak.link)
    said = {"name": name, "value": share(end.value), "low": share(end.low), "high": share(end.high), "floor": share(floor)}
    words = _("弱在**{name}**：预计到结束只达到计划的 {value}（区间 {low} 到 {high}），下限是 {floor}。", **said)
    if weak.common:
        words += _("同类项目也一样低，先找共同的原因。")
    elif one.status is Status.WATCH and one.raw is not Status.WATCH:
        words += _("还没有连续 {n} 周，先关注。", n=board.numbers.weeks)
    elif one.status is Status.WATCH:
        words += _("可能是偶然，或后面的环节还跟得上，先关注。")
    return words + _advice(one, board)


def _advice(one: SunkCostWarning, board: Board) -> str:
    if one.advice is Advice.STOP and one.prospect.benefit is not None:
        high, rest = yuan(one.prospect.benefit.high), yuan(one.prospect.remaining)
        return _("建议止损：往好里算，还能带来的（{high}）也不如还要花的（{rest}）。", high=high, rest=rest)
    if one.advice is Advice.STOP and one.nearest is not None and one.nearest.outlook is not None:
        best, line = share(one.nearest.outlook.end.high), share(board.numbers.stop)
        return _("建议止损：{link}往好里算也只到 {best}，止损线是 {line}。", link=LINK_NAMES[one.nearest.link], best=best, line=line)
    if one.advice is Advice.REPAIR and one.prospect.remaining <= 0:
        return _("建议补救：停下来已省不下钱。")
    if one.advice is Advice.REPAIR:
        return _("建议补救：先修弱的一环，再看后面。")
    return _("建议继续。")


def _earliest(one: SunkCostWarning) -> str:
    if one.earliest is None:
        return _("人数或次数太少，这个项目到结束也下不了判断。")
    return _("按计划最早 {day} 起才能下判断。", day=day(one.earliest))


def _chart(each: LinkFacts, one: SunkCostWarning, told: list[SunkCostWarning], board: Board) -> None:
    weeks = []
    for week in told:
        fact = week.facts(each.link)
        now = fact.outlook.now if fact and fact.outlook else None
        peers = fact.peers if fact else None
        weeks.append(
            SignalWeek(
                week.week,
                *((_shown(now.value), _shown(now.low), _shown(now.high)) if now else (None, None, None)),
                *((_shown(peers.low), _shown(peers.high)) if peers else (None, None)),
            )
        )
    outlook = each.outlook if each.standing is not Standing.UNKNOWN else None
    end = SignalEnd(one.project.weeks, *(_shown(part) for part in vars(outlook.end).values())) if outlook else None
    title = _("{name}：{value}", name=LINK_NAMES[each.link], value=STANDING_NAMES[each.standing])
    floor = board.numbers.floor(each.link) * 100
    names = (_("本项目"), _("同类项目（中间一半）"), _("计划与下限"), _("预计"))
    axes = (_("周"), _("占计划（%）"))
    show_chart(title, lambda look: signal_chart(weeks, end, floor, one.project.weeks, title, axes, names, look))
    st.caption(_under(each))


def _under(each: LinkFacts) -> str:
    track = each.outlook
    if track is None:
        return _("还没有数据，或读数太少。")
    n = _("{people} 人，{n} 次，计划到期 {share}。", people=track.people, n=track.n, share=share(track.elapsed))
    peers = (
        _("同类项目 {n} 个，中位数 {middle}。", n=each.peers.n, middle=share(each.peers.middle)) if each.peers else _("同类项目不足 3 个。")
    )
    return n + peers


def _shown(value: float) -> float:
    return max(0.0, value) * 100
