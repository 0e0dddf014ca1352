"""The readiness assessment: what the answers come to, what they suggest, and when it was answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core import clock
from core.access.actor import Actor
from core.charts.readiness import ReadinessBar, readiness_chart
from core.exports.workbook import Cell, workbook
from core.strategy import periods
from core.strategy.readiness import service as readiness
from core.strategy.readiness.checklist import Checklist, Dimension, checklist
from core.strategy.readiness.scoring import Score, overall, scores, shift, weakest
from core.strategy.readiness.service import Assessment, Round, Taken
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.charts import show_chart
from pages.shared.page import link
from pages.shared.text import _, joined, literal, moment, person
from pages.strategy.parts.readiness_form import questions


def readiness_part(seen: Assessment, plan_id: int, year: int, may_decide: bool) -> Wish | None:
    """The whole section; what the reader wants done."""
    listed = checklist(state.language())
    st.caption(_("{n} 条陈述，六个维度，由本行自己判断。没有回答的就是没有回答，不当作 0 分，也不计入平均。", n=len(listed.codes)))
    if not seen.rounds:
        return _first(plan_id, year, may_decide)
    one = _chosen(seen)
    answered = len(one.answers)
    st.progress(answered / len(listed.codes), _("已答 {n} / {total} 条", n=answered, total=len(listed.codes)))
    wish = _results(seen, one, listed, plan_id, may_decide) if answered else None
    if may_decide and one.open:
        wish = questions(one, listed, plan_id) or wish
    elif not answered:
        st.info(_("这一轮还没有回答。"), icon=":material/hourglass_empty:")
    _history(seen, listed)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _export(one, listed)
        return (_next(seen, plan_id, year) if may_decide else None) or wish


def _first(plan_id: int, year: int, may_decide: bool) -> Wish | None:
    with st.container(border=True):
        st.markdown(_("本行用得起来人工智能吗？逐条回答就绪度自评，薄弱的维度可以并入战略主题；每季度或半年再答一次，看看有没有进步。"))
        if not may_decide:
            st.caption(_("人力资源负责人填写后，就会显示在这里。"))
            return None
        return _begin(periods.next_periods(year, (), clock.today()), plan_id, primary=True)


def _next(seen: Assessment, plan_id: int, year: int) -> Wish | None:
    offered = periods.next_periods(year, [one.row.period for one in seen.rounds], clock.today())
    return _begin(offered, plan_id, primary=False) if offered else None


def _begin(offered: Sequence[str], plan_id: int, *, primary: bool) -> Wish | None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        period = st.selectbox(
            _("哪一期"), offered, format_func=lambda code: _(periods.name(code)), key=f"readiness_period_{plan_id}_{offered[0]}", width=220
        )
        pressed = st.button(
            _("开始自评") if primary else _("开始新一轮"),
            type="primary" if primary else "secondary",
            icon=":material/playlist_add_check:",
            key="readiness_begin",
        )
    if not pressed:
        return None

    def act(db: Any, actor: Actor) -> None:
        readiness.begin(db, actor, plan_id, period)

    return Wish(_("已开始{period}的自评", period=periods.name(period)), act)


def _chosen(seen: Assessment) -> Round:
    if len(seen.rounds) == 1:
        return seen.rounds[0]
    by_id = {one.id: one for one in reversed(seen.rounds)}
    chosen = st.selectbox(
        _("哪一轮"), list(by_id), format_func=lambda one: _(periods.name(by_id[one].row.period)), key="readiness_round", width=260
    )
    return by_id[chosen]


def _results(seen: Assessment, one: Round, listed: Checklist, plan_id: int, may_decide: bool) -> Wish | None:
    found = scores(listed.dimensions, one.answers)
    weak = weakest(found)
    before = seen.before(one)
    earlier = {score.dimension.code: score.mean for score in scores(listed.dimensions, before.answers)} if before else {}
    bars = [
        ReadinessBar(score.dimension.name, score.mean, earlier.get(score.dimension.code), _beside(score), score in weak) for score in found
    ]
    title = _finding(found, weak)
    show_chart(title, lambda look: readiness_chart(bars, title, _("平均（0 未开始 – 4 持续改进）"), look))
    total = overall(listed.dimensions, one.answers)
    notes = [_("全部已答题目平均 {mean}（n = {n}）", mean=f"{total.mean or 0:.1f}", n=total.answered)]
    if before and earlier:
        notes.append(_("灰色短线为{period}", period=periods.name(before.row.period)))
    st.caption(" · ".join(notes))
    with st.expander(_("看数字"), icon=":material/table:"):
        _numbers(found, one, before)
    return _suggestions(seen, one, weak, plan_id, may_decide)


def _beside(score: Score) -> str:
    if score.mean is None:
        return _("未回答")
    return _("{mean}　已答 {n}/{asked}", mean=f"{score.mean:.1f}", n=score.answered, asked=score.asked)


def _finding(found: Sequence[Score], weak: Sequence[Score]) -> str:
    known = [score for score in found if score.mean is not None]
    if weak:
        names = joined(score.dimension.name for score in weak)
        return _("先补{names}：平均不到 2", names=names)
    lowest = min(known, key=lambda score: score.mean or 0.0)
    if len(known) < len(found):
        return _("已答的维度里，{name}最低：{mean}", name=lowest.dimension.name, mean=f"{lowest.mean:.1f}")
    return _("各维度都在 2 以上，{name}最低：{mean}", name=lowest.dimension.name, mean=f"{lowest.mean:.1f}")


def _numbers(found: Sequence[Score], one: Round, before: Round | None) -> None:
    rows = []
    for score in found:
        moved = shift(score.dimension, one.answers, before.answers) if before else None
        rows.append(
            {
                _("维度"): score.dimension.name,
                _("平均"): score.mean,
                _("已答"): f"{score.answered} / {score.asked}",
                _("比上一轮"): moved.change if moved else None,
                _("同题数"): moved.compared if moved else None,
            }
        )
    number = st.column_config.NumberColumn
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        placeholder="—",
        alt=_("各维度的平均和变化"),
        column_config={_("平均"): number(format="%.2f"), _("比上一轮"): number(format="%+.2f")},
    )
    st.caption(_("平均 = 已答题目的分数之和 ÷ 已答题数。比上一轮只比两轮都答了的题。"))


def _suggestions(seen: Assessment, one: Round, weak: Sequence[Score], plan_id: int, may_decide: bool) -> Wish | None:
    """What weak dimensions suggest, and what was taken into themes already."""
    wish = None
    weak_codes = {score.dimension.code for score in weak}
    listed = checklist(state.language())
    taken = [item for item in seen.taken if item.row.dimension not in weak_codes]
    if weak or taken:
        st.subheader(_("并入战略主题"), anchor=False)
    for score in weak:
        with st.container(border=True):
            st.markdown(f"**{literal(score.dimension.name)}**　{literal(score.dimension.advice)}")
            st.markdown(reason(score.dimension, one.answers, listed))
            wish = _take(seen, one, score.dimension, plan_id, may_decide) or wish
    for item in taken:
        with st.container(border=True):
            wish = _standing(item, plan_id, may_decide) or wish
    return wish


def reason(dimension: Dimension, answers: dict[str, int], listed: Checklist) -> str:
    """Why a dimension is weak: its answered statements, lowest first, as a list in Markdown."""
    names = {step.value: step.name for step in listed.steps}
    given = sorted((statement for statement in dimension.statements if statement.code in answers), key=lambda one: answers[one.code])
    return "\n".join(f"- :gray[{literal(one.text)}]　{answers[one.code]} {names[answers[one.code]]}" for one in given)


def _take(seen: Assessment, one: Round, dimension: Dimension, plan_id: int, may_decide: bool) -> Wish | None:
    there = seen.taken_of(dimension.code)
    if there:
        return _standing(there[0], plan_id, may_decide)
    if not may_decide:
        return None
    names: dict[int | None, str] = {None: _("新主题：{name}", name=dimension.theme), **{one.id: one.name for one in seen.themes}}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("并入哪个主题"), list(names), format_func=names.__getitem__, key=f"readiness_into_{dimension.code}_{one.id}", width=420
        )
        pressed = st.button(_("并入主题"), icon=":material/account_tree:", key=f"readiness_take_{dimension.code}")
    if not pressed:
        return None
    language = state.language()

    def act(db: Any, actor: Actor) -> None:
        readiness.take(db, actor, plan_id, one.id, dimension.code, chosen, language)

    return Wish(_("已并入主题，理由随主题保留"), act)


def _standing(item: Taken, plan_id: int, may_decide: bool) -> Wish | None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(_("已并入主题"), icon=":material/check:", color="green")
        link("themes", literal(item.theme.name), icon=":material/account_tree:", theme=item.theme.id)
        st.caption(
            _(
                "{who}，{when}，当时平均 {mean}",
                who=literal(person(item.row.taken_by)),
                when=moment(item.row.taken_at),
                mean=f"{item.row.mean:.1f}",
            )
        )
        pressed = may_decide and st.button(_("撤销"), icon=":material/undo:", type="tertiary", key=f"readiness_untake_{item.row.id}")
    if not pressed:
        return None
    row = item.row

    def act(db: Any, actor: Actor) -> None:
        readiness.untake(db, actor, plan_id, row.id or 0, row.version or 0)

    return Wish(_("已撤销；被人改过的主题会留下"), act)


def _history(seen: Assessment, listed: Checklist) -> None:
    rows = []
    for one in reversed(seen.rounds):
        total = overall(listed.dimensions, one.answers)
        rows.append(
            {
                _("哪一期"): _(periods.name(one.row.period)),
                _("已答"): f"{total.answered} / {total.asked}",
                _("平均"): total.mean,
                _("谁回答的"): joined(person(name) for name in one.people) or "—",
                _("最后回答"): moment(one.last_answered) if one.last_answered else "—",
            }
        )
    with st.expander(_("各轮记录（{n}）", n=len(rows)), icon=":material/history:"):
        st.dataframe(
            pd.DataFrame(rows),
            hide_index=True,
            placeholder="—",
            alt=_("各轮自评记录"),
            column_config={_("平均"): st.column_config.NumberColumn(format="%.2f")},
        )


def _export(one: Round, listed: Checklist) -> None:
    st.download_button(
        _("导出 Excel"),
        data=lambda: readiness_workbook(one, listed),
        file_name="readiness.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key="readiness_export",
    )


def readiness_workbook(one: Round, listed: Checklist) -> bytes:
    """The answers of a round; unanswered stays an empty cell."""
    names = {step.value: step.name for step in listed.steps}
    stored = {row.statement: row for row in one.rows}
    rows: list[list[Cell]] = []
    for dimension in listed.dimensions:
        for statement in dimension.statements:
            row, step = stored.get(statement.code), one.answers.get(statement.code)
            said: list[Cell] = [step, names[step]] if step is not None else [None, _("未回答")]
            who: list[Cell] = [row.note, person(row.answered_by), row.answered_at.date()] if row else [None, None, None]
            rows.append([dimension.name, statement.text, *said, *who])
    headings = [_("维度"), _("陈述"), _("分数"), _("回答"), _("依据"), _("谁回答的"), _("日期")]
    notes = [f"{step.value} {step.name}：{step.anchor}" for step in listed.steps]
    return workbook(_("AI 就绪度"), headings, rows, notes)
