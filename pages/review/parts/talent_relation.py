"""What a score says about a result: the finding with its base, interval and lift, all cut-offs, and what cannot be said."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from core.charts.talent import CutMark, cut_chart
from core.review.effects.proportions import Share
from core.review.talent.relation import Group, Rule, chosen
from core.review.talent.service import Asked, Insight
from core.review.talent.terms import LEAST_FOR_P
from pages.shared import state
from pages.shared.charts import show_chart
from pages.shared.text import _

_WIDTH = 200


def relation(found: Insight, asked: Asked) -> Rule | None:
    """The relation at the cut-offs that the reader chose; returned is the one that is shown."""
    held = found.relation
    if held is None:
        return None
    if not held.rules:
        st.info(_(held.verdict), icon=":material/visibility_off:")
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        bar = _number(_("业绩算好的界线"), "talent_bar", held.bars, _bar_first(held.bars, asked), lambda one: bar_words(asked, one))
        first = chosen(held, bar, None)
        start = first.cut if first else held.cuts[0]
        cut = _number(_("分数界线（满分 100）"), "talent_cut", held.cuts, start, lambda one: f"≥ {one:g}")
    rule = chosen(held, bar, cut)
    if rule is None:
        return None
    _finding(found, asked, rule)
    _chart(found, asked, held.of_bar(bar), rule)
    _all_cuts(held.of_bar(bar), held.tried, held.people)
    return rule


def cautions(found: Insight, asked: Asked) -> None:
    """What cannot be said, in plain words."""
    said = [
        _("只看得到录用了、测评过又有业绩的人：没被录用、没测评的人不在里面，真实的关系通常比这里看到的更强，也可能不同。"),
        _("一起高不等于因为分数高才干得好：任务、区域、带教都可能同时影响两者。"),
        _("这里只供参考，不会自动用于录用、晋升、薪酬或参训名单；每个人都要有人看过、写明依据才算认定。"),
    ]
    held = found.relation
    if held is not None and found.assessed is not None and not asked.family and found.assessed > held.people:
        said.append(_("{all} 人有分数，其中 {n} 人没有业绩数据，没有算进来。", all=found.assessed, n=found.assessed - held.people))
    if found.gone:
        said.append(_("其中 {n} 人已经离职，算在关系里，不进名单。", n=found.gone))
    if found.late:
        said.append(_("{n} 人的分数是业绩期开始以后才测的：对他们来说不是预测。", n=found.late))
    if found.limited:
        said.append(_("人数都取到最近的 5 的倍数，占比由它们算出：免得前后两天一比，就认出新来的是谁。"))
    if not found.whole:
        said.append(_("只算您所管的机构，序列里的名次也只在这些人里排。"))
    with st.container(border=True):
        st.markdown("\n".join([f"**{_('不能说什么')}**", "", *(f"- {one}" for one in said)]))


def bar_words(asked: Asked, bar: float) -> str:
    """What counts as a good result."""
    sign = "≥" if asked.up else "≤"
    unit = asked.measure.shown_unit
    return f"{sign} {bar:g}{unit if unit == '%' else ' ' + unit if unit else ''}"


def interval(share: Share | None) -> str:
    """A share with its interval, in per cent."""
    if share is None:
        return _("不足 5 人")
    return f"{share.value:.0%} ({share.low:.0%}–{share.high:.0%})"


def finding(found: Insight, asked: Asked, rule: Rule) -> str:
    """The finding as one sentence, which is the chart's title."""
    words = {
        "skill": found.competencies[asked.competency_id],
        "cut": f"{rule.cut:g}",
        "measure": asked.measure.name,
        "bar": bar_words(asked, rule.bar),
        "above": f"{rule.above.share.value:.0%}" if rule.above.share else "—",
        "below": f"{rule.below.share.value:.0%}" if rule.below.share else "—",
    }
    gap = rule.gap
    if gap is not None and gap.low > 0 and (rule.p is None or rule.p < 0.05):
        return _("“{skill}”≥ {cut} 分的人里 {above} “{measure}”{bar}，不到的只有 {below}", **words)
    if gap is not None and gap.high < 0 and (rule.p is None or rule.p < 0.05):
        return _("“{skill}”≥ {cut} 分的人反而更少“{measure}”{bar}：{above}，不到的 {below}", **words)
    return _("看不出“{skill}”≥ {cut} 分的人更多“{measure}”{bar}：{above} 对 {below}，差别可能是偶然", **words)


def _finding(found: Insight, asked: Asked, rule: Rule) -> None:
    with st.container(horizontal=True):
        _group(_("分数 ≥ {cut}", cut=f"{rule.cut:g}"), rule.above)
        _group(_("分数 < {cut}", cut=f"{rule.cut:g}"), rule.below)
        _group(_("全体（基准）"), rule.base)
        if rule.lift is not None:
            st.metric(_("提升度"), f"{rule.lift:.2f}", width=_WIDTH, help=_("分数达线的人里的占比 ÷ 全体里的占比；1 就是没有差别"))
    said = []
    if rule.gap is not None:
        low, value, high = (f"{one * 100:+.0f}" for one in (rule.gap.low, rule.gap.value, rule.gap.high))
        said.append(_("两组相差 {value} 个百分点（95% 区间 {low} 到 {high}，Newcombe）", value=value, low=low, high=high))
    if rule.p is not None:
        said.append(
            _(
                "校正后 p = {p}（Fisher 精确检验，试了 {n} 条界线，按 BH 一起校正）",
                p=_p(rule.p),
                n=found.relation.tried if found.relation else 0,
            )
        )
    else:
        said.append(_("不足 {least} 人，只给区间，不给 p 值", least=LEAST_FOR_P))
    st.caption("　·　".join(said))


def _group(label: str, one: Group) -> None:
    if one.share is None:
        st.metric(label, "—", width=_WIDTH, help=_("不足 5 人，不给任何数。"))
        return
    span = f"{one.share.low:.0%}–{one.share.high:.0%}"
    with st.container(width=_WIDTH):
        st.metric(label, f"{one.share.value:.0%}")
        st.caption(_("{good} / {n} 人，95% 区间 {span}（Wilson）", good=one.good, n=one.people, span=span))


def _chart(found: Insight, asked: Asked, rules: tuple[Rule, ...], rule: Rule) -> None:
    marks = [
        CutMark(
            cut=one.cut,
            above=one.above.share.value if one.above.share else None,
            low=one.above.share.low if one.above.share else None,
            high=one.above.share.high if one.above.share else None,
            below=one.below.share.value if one.below.share else None,
            chosen=one.cut == rule.cut,
            said=_(
                "≥ {cut} 分：{above}；不到：{below}", cut=f"{one.cut:g}", above=interval(one.above.share), below=interval(one.below.share)
            ),
        )
        for one in rules
    ]
    title = finding(found, asked, rule)
    base = rule.base.share.value if rule.base.share else 0.0
    axes = (_("分数界线（满分 100）"), _("业绩达线的占比"))
    names = (_("达到分数界线的人（竖条是 95% 区间）"), _("没达到的人"), _("全体（基准）"))
    show_chart(title, lambda look: cut_chart(marks, base, title, axes, names, look))


def _all_cuts(rules: tuple[Rule, ...], tried: int, people: int) -> None:
    with st.expander(_("所有分数界线"), icon=":material/table_rows:"):
        rows = [cells(one) for one in rules]
        st.dataframe(pd.DataFrame(rows, columns=headings()), hide_index=True, placeholder="—", alt=_("所有分数界线"))
        st.caption(
            _(
                "共 {n} 人。默认的界线把人分得最均匀，与结果无关；挑着看界线会碰巧看到差别，所以 p 值按全部 {tried} 条一起校正。",
                n=people,
                tried=tried,
            )
        )


def headings() -> list[str]:
    """The columns of the table of cut-offs."""
    return [_("分数界线"), _("达线人数"), _("达线者占比"), _("未达线人数"), _("未达线者占比"), _("提升度"), _("校正后 p")]


def cells(one: Rule) -> list[str | int | float | None]:
    """A row of it."""
    lift = round(one.lift, 2) if one.lift is not None else None
    p = _p(one.p) if one.p is not None else None
    return [f"≥ {one.cut:g}", one.above.people, interval(one.above.share), one.below.people, interval(one.below.share), lift, p]


def _number(label: str, key: str, options: tuple[float, ...], start: float, said: Callable[[float], str]) -> float:
    values = list(options)
    if state.get(key) not in values:
        state.drop(key)
    chosen_one = st.selectbox(label, values, index=values.index(start), format_func=said, key=key, width=_WIDTH)
    return float(chosen_one)


def _bar_first(bars: tuple[float, ...], asked: Asked) -> float:
    return asked.measure.reach if asked.measure.reach in bars else bars[len(bars) // 2]


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"{value:.3f}"
