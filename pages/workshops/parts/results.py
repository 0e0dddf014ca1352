"""What came of a round, on the facilitator's page and on the wall."""

from __future__ import annotations

import streamlit as st

from core.charts.workshop import Bar, bar_chart
from core.workshops.results import Result
from core.workshops.snapshot import RoundView, Snapshot
from core.workshops.terms import REACTION_NAMES, ROUND_QUESTIONS, Reaction, RoundKind
from pages.shared.charts import show_chart
from pages.shared.text import _, joined, literal

_MOST_ON_THE_WALL = 10


def question(view: RoundView) -> str:
    """What a round asks."""
    return view.row.question or _(ROUND_QUESTIONS[view.row.kind])


# So many that lead together are named.
_MOST_EVEN = 3


def took_part(found: Snapshot, view: RoundView) -> str:
    """How many said something, of how many who joined."""
    return _("{joined} 人加入，{n} 人已参与", joined=len(found.guests), n=view.outcome.took_part)


def results(found: Snapshot, view: RoundView, *, big: bool = False) -> None:
    """The results of a round, the strongest first; words of guests do nothing."""
    shown = view.outcome.results
    if not view.outcome.took_part:
        st.markdown(_("### 还没有人参与，结果会自己出现") if big else _("还没有人参与，结果会自己出现在这里。"))
        return
    if view.row.kind is RoundKind.PAIN:
        _pains(found, shown, big=big)
    elif view.row.kind is RoundKind.REACT:
        _reactions(shown, big=big)
    else:
        _scores(view, shown, big=big)


def said(kind: RoundKind, one: Result) -> str:
    """The numbers of a result."""
    percent = f"{100 * (one.share or 0):.0f}"
    if kind is RoundKind.VOTE:
        return _("{n} 分，占 {percent}%", n=one.score, percent=percent)
    if kind is RoundKind.REACT:
        return _("同意 {yes}，不清楚 {unclear}，不同意 {no}", yes=one.agree, unclear=one.unclear, no=one.disagree)
    return _("{n} 人，占参与者的 {percent}%", n=one.score, percent=percent)


def _scores(view: RoundView, shown: tuple[Result, ...], *, big: bool) -> None:
    kind, first = view.row.kind, shown[0]
    even = [one for one in shown if one.score == first.score]
    names = joined(f"“{one.item.text}”" for one in even[:_MOST_EVEN])
    title = _("“{name}”领先：{said}", name=first.item.text, said=said(kind, first))
    if len(even) > 1:
        title = _("{n} 项并列领先（{names}）：{said}", n=len(even), names=names, said=said(kind, first))
    axis = _("得分") if kind is RoundKind.VOTE else _("愿意办的人数")
    bars = [Bar(_named(one), axis, float(one.score), said(kind, one)) for one in shown]
    show_chart(title, lambda look: bar_chart(bars, [axis], title, axis, look, big=big))


def _named(one: Result) -> str:
    cost = _("（{cost} 元）", cost=f"{one.item.cost:,.0f}") if one.item.cost else ""
    return f"{one.item.text[:24]}{cost}  {one.score}"


def _reactions(shown: tuple[Result, ...], *, big: bool) -> None:
    parts = [_(REACTION_NAMES[one]) for one in (Reaction.AGREE, Reaction.UNCLEAR, Reaction.DISAGREE)]
    least = min((one for one in shown if one.share is not None), key=lambda one: one.share or 0.0)
    title = _("“{name}”最需要再谈：{said}", name=least.item.text, said=said(RoundKind.REACT, least))
    bars = [
        Bar(one.item.text[:24], part, float(value), said(RoundKind.REACT, one))
        for one in shown
        for part, value in zip(parts, (one.agree, one.unclear, one.disagree), strict=True)
    ]
    show_chart(title, lambda look: bar_chart(bars, parts, title, _("人数"), look, big=big))
    for one in shown:
        texts = [other.text for other in one.rewrites if not other.hidden]
        if texts:
            st.markdown("\n".join([f"**{literal(one.item.text)}**", "", *(f"- {literal(text)}" for text in texts[:_MOST_ON_THE_WALL])]))


def _pains(found: Snapshot, shown: tuple[Result, ...], *, big: bool) -> None:
    for one in shown[:_MOST_ON_THE_WALL] if big else shown:
        writer = "" if found.board.hide_names else found.guests.get(one.item.guest_id or 0, "")
        name = f" :gray[{literal(writer)}]" if writer else ""
        number = _("{n} 人", n=one.score)
        st.markdown(f"{'## ' if big else ''}:primary[**{number}**] {literal(one.item.text)}{name}")
        if one.under and not big:
            st.caption(" · ".join(literal(other.text) for other in one.under))
    if big and len(shown) > _MOST_ON_THE_WALL:
        st.caption(_("另有 {n} 条", n=len(shown) - _MOST_ON_THE_WALL))
