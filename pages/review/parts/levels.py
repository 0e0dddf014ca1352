"""The four levels as a radar, as a table, by project and theme; a measure over the months; what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.charts.levels import Month, Score, levels_radar, measure_trend
from core.delivery.practice.agreement import ENOUGH, LEAST
from core.review.levels.service import Level, Levels, Scored
from core.review.results.service import MeasureView, Point
from core.review.results.terms import SourceKind
from pages.review.parts.words import actual, called, count, figure, share, target
from pages.shared.charts import show_chart
from pages.shared.device import on_phone
from pages.shared.page import way
from pages.shared.table import tall
from pages.shared.text import _, day, joined, literal


@dataclass(frozen=True)
class Scope:
    """Of what the levels are: the plan, a theme or a project."""

    project_id: int | None = None
    theme_id: int | None = None


def choose_scope(whole: Levels) -> Scope:
    """The plan, one of its themes or one of its projects."""
    choices = [Scope(), *(Scope(theme_id=one.id) for one in whole.themes), *(Scope(project_id=one.id) for one in whole.projects)]
    themes, projects = {one.id: one.name for one in whole.themes}, {one.id: one.name for one in whole.projects}

    def named(one: Scope) -> str:
        if one.theme_id is not None:
            return _("主题：{name}", name=themes[one.theme_id])
        return _("项目：{name}", name=projects[one.project_id]) if one.project_id is not None else _("整个年度计划")

    chosen = st.selectbox(_("看哪个范围"), choices, format_func=named, key="levels_scope", width=480)
    return chosen or Scope()


def picture(found: Levels) -> None:
    """The radar, and each level's figure beside it."""
    known = [one for one in found.levels if one.together.score is not None]
    left, right = st.columns([5, 6], gap="large", vertical_alignment="center")
    with left:
        scores = [Score(_label(one), one.together.score, found.before.get(one.level)) for one in found.levels]
        names = (_("今年"), _("{year} 年", year=str(found.before_year)) if found.before_year else "")
        size = 340 if on_phone() else 400
        if known:
            show_chart(
                _finding(known),
                lambda look: levels_radar(scores, names, _finding(known), look, size=size),
                width="content",
                key="levels_radar",
            )
    with right, st.grid(2, min_column_width=180):
        for one in found.levels:
            before = found.before.get(one.level)
            score = one.together.score
            st.metric(
                f"L{int(one.level)} {_(one.name)}",
                "—" if score is None else f"{score:.0f}",
                # The sign stands first: by it the arrow and its colour are chosen.
                delta=_("{points} 分，比上年", points=f"{score - before:+.0f}") if score is not None and before is not None else None,
                help=_("0–100 分，100 为全部达标"),
                border=True,
                height="stretch",
            )
            st.caption(_level_count(one))
    if found.hidden:
        st.caption(_("{n} 个指标人数不足 5，不显示，也不计入您看到的得分。", n=found.hidden))


def level_table(found: Levels) -> None:
    """Every measure: target, actual, achievement, and on how much it rests."""
    st.subheader(_("逐项达成"), anchor=False)
    _practice(found)
    rows = [
        {
            "level": f"L{int(one.level)}",
            "name": line.measure.name,
            "project": line.measure.project or _("整个计划"),
            "target": target(line.measure),
            "baseline": figure(line.measure.baseline, line.measure.shown_unit),
            "actual": actual(line.measure, line.actual),
            "achieved": None if line.achieved is None else 100 * line.achieved,
            "progress": share(line.progress),
            "count": count(line.actual),
            "weight": line.measure.weight,
        }
        for one in found.levels
        for line in one.lines
    ]
    columns: dict[str, Any] = {
        "level": st.column_config.TextColumn(_("层级"), width=60),
        "name": st.column_config.TextColumn(_("指标"), width=180),
        "project": st.column_config.TextColumn(_("项目"), width=200),
        "target": _("目标"),
        "baseline": _("基线"),
        "actual": _("实际"),
        "achieved": st.column_config.NumberColumn(_("达成率"), format="%.0f%%"),
        "progress": st.column_config.TextColumn(_("基线到目标"), help=_("从基线到目标已走过的比例")),
        "count": st.column_config.TextColumn(_("依据（人 / 人次）"), width=150),
        "weight": st.column_config.NumberColumn(_("权重")),
    }
    _table(rows, columns, _("逐项达成"))


def _practice(found: Levels) -> None:
    """What the scores of practice are worth, where measures rest on them."""
    agreed = found.practice
    if agreed is None or agreed.enough:
        return
    names = joined(literal(line.measure.name) for one in found.levels for line in one.lines if line.measure.kind is SourceKind.PRACTICE)
    if agreed.kappa is None:
        words = _(
            "{names}：演练打分只有 {n} 个要点经人工复核，还不知道打分准不准（至少 {least} 个）。", names=names, n=agreed.points, least=LEAST
        )
        st.caption(words)
        return
    said = _(
        "{names}：演练打分与人工复核的一致性 κ = {kappa}，低于 {least}，不作为依据，不计入层级得分。",
        names=names,
        kappa=f"{agreed.kappa:.2f}",
        least=f"{ENOUGH:g}",
    )
    st.warning(said, icon=":material/rule:")


def choose_measure(found: Levels) -> MeasureView | None:
    """A measure with results, whose months are to be seen."""
    known = [line.measure for one in reversed(found.levels) for line in one.lines if line.actual.attendances]
    if not known:
        return None
    st.subheader(_("逐月走势"), anchor=False)
    return st.selectbox(_("指标"), known, format_func=called, key="levels_measure", width=480)


def trend(one: MeasureView, points: Sequence[Point]) -> None:
    """A measure month by month, with the numbers behind it."""
    shown = [point for point in points if point.value is not None]
    hidden = len(points) - len(shown)
    if shown:
        months = [Month(f"{point.on:%Y-%m}", point.value or 0.0, _said(one, point)) for point in shown]
        first, last = figure(shown[0].value, one.shown_unit), figure(shown[-1].value, one.shown_unit)
        title = (
            _("{name}：从 {first} 到 {last}", name=one.name, first=first, last=last)
            if len(shown) > 1
            else _("{name}：{last}，只有一个月", name=one.name, last=last)
        )
        # A total is reached over all months, not in each.
        aim = one.reach if one.aggregation != "sum" else None
        show_chart(title, lambda look: measure_trend(months, aim, one.shown_unit, title, look))
        with st.expander(_("图中的数字"), icon=":material/table:"):
            rows = [{"month": point.month, "said": point.said} for point in months]
            st.dataframe(pd.DataFrame(rows), hide_index=True, column_config={"month": _("月份"), "said": _("数值与依据")}, alt=title)
    if hidden:
        st.caption(_("{n} 个月人数不足 5 或可由其推算，不显示。", n=hidden))


def scored_table(found: Levels, scope: Scope) -> None:
    """The scores of each theme and project, the weakest results first."""
    if scope.project_id is not None or not found.projects:
        return
    st.subheader(_("按主题和项目"), anchor=False)
    rows = [_scored(one, _("主题")) for one in found.themes] + [_scored(one, _("项目")) for one in found.projects]
    number = st.column_config.NumberColumn
    columns: dict[str, Any] = {
        "what": st.column_config.TextColumn(_("类别"), width=70),
        "name": st.column_config.TextColumn(_("名称"), width=280),
        **{f"l{int(one.level)}": number(f"L{int(one.level)} {_(one.name)}", format="%.0f") for one in found.levels},
        "measured": st.column_config.TextColumn(_("有结果的指标")),
    }
    _table(rows, columns, _("按主题和项目"))


def missing_table(found: Levels, *, leads: bool = True) -> None:
    """What is missing, and who owes it until when; unless this is that page, it `leads` to where it is brought in."""
    if not found.missing:
        return
    st.subheader(_("还缺的结果"), anchor=False)
    st.caption(_("{n} 个指标没有结果或断了更新。", n=len(found.missing)))
    rows = [
        {
            "name": one.measure.name,
            "project": one.measure.project or _("整个计划"),
            "owner": one.owner or _("未指定责任人"),
            "due": day(one.measure.due) if one.measure.due else "—",
            "late": _("逾期 {n} 天", n=one.overdue) if one.overdue else "",
            "since": f"{one.since:%Y-%m}" if one.since else _("从未"),
        }
        for one in found.missing
    ]
    columns = {
        "name": _("指标"),
        "project": _("项目"),
        "owner": _("谁来提供"),
        "due": _("应到日期"),
        "late": _("逾期"),
        "since": _("最近一次"),
    }
    _table(rows, columns, _("还缺的结果"))
    if leads:
        way("results", _("去录入"), icon=":material/upload_file:", key="levels_to_results")


def _finding(known: Sequence[Level]) -> str:
    worst = min(known, key=lambda one: one.together.score or 0.0)
    score = worst.together.score or 0.0
    if score >= 100:
        return _("已有结果的各层都达到了目标")
    return _("{level}离目标最远：{score} 分", level=_(worst.name), score=f"{score:.0f}")


def _label(one: Level) -> str:
    score = "—" if one.together.score is None else f"{one.together.score:.0f}"
    between = "\n" if on_phone() else " "
    return f"L{int(one.level)}{between}{_(one.name)}\n{score}"


def _level_count(one: Level) -> str:
    measured = _("{n} 个指标中 {measured} 个有结果", n=one.together.wanted, measured=one.together.measured)
    if not one.attendances:
        return measured
    return measured + _("；最多 {people} 人，共 {n} 人次", people=one.people, n=one.attendances)


def _said(one: MeasureView, point: Point) -> str:
    of = _("{people} 人 / {n} 人次", people=point.people, n=point.attendances) if point.people else _("{n} 条", n=point.attendances)
    return f"{figure(point.value, one.shown_unit)} · {of}"


def _scored(one: Scored, what: str) -> dict[str, Any]:
    scores = {f"l{int(level)}": score for level, score in one.scores.items()}
    return {"what": what, "name": one.name, **scores, "measured": f"{one.measured} / {one.wanted}"}


def _table(rows: Sequence[dict[str, Any]], columns: Any, alt: str) -> None:
    st.dataframe(pd.DataFrame(rows), hide_index=True, height=tall(len(rows), 15), placeholder="—", alt=alt, column_config=columns)
