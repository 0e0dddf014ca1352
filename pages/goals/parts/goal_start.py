"""What a goal may begin from: a scenario, indicators of the library, another project's goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from core.goals import service as goals
from core.goals.draft import Draft, Line, of_goal
from core.goals.goal import Kind, KirkpatrickLevel
from core.goals.service import GoalView
from core.goals.templates import of_library, templates
from core.strategy.environment.indicators import Indicator
from pages.goals.parts.bench import Bench
from pages.shared import state
from pages.shared.text import _, joined


def begin_from(
    bench: Bench,
    now: Draft,
    known: Sequence[Indicator],
    showing: Mapping[str, Sequence[str]],
    others: Sequence[GoalView],
    plan_id: int,
) -> Draft | None:
    """The ways to begin; the goal as it is with what the reader took over. `showing`: which of the project's competencies an indicator of
    this key shows."""
    with st.expander(_("从模板、指标库或别的项目开始"), icon=":material/library_add:", expanded=now == Draft(headcount=now.headcount)):
        first, second, third = st.columns(3, gap="medium")
        with first:
            made = _from_template(bench, now)
        with second:
            made = _from_library(bench, now, known, showing) or made
        with third:
            made = _from_project(bench, now, others, plan_id) or made
    return made


def _from_template(bench: Bench, now: Draft) -> Draft | None:
    offered = {one.code: one for one in templates(state.language())}
    chosen = st.selectbox(
        _("场景模板"),
        list(offered),
        index=None,
        format_func=lambda code: offered[code].name,
        placeholder=_("选一个场景"),
        key=bench.key("template"),
        help=_("模板是示例：先套用，再改成本行的事实和数。"),
    )
    if not st.button(_("套用模板"), disabled=chosen is None, key=bench.key("use_template")) or chosen is None:
        return None
    made = of_goal(offered[chosen].goal)
    return replace(made, headcount=now.headcount or made.headcount)


def _from_library(bench: Bench, now: Draft, known: Sequence[Indicator], showing: Mapping[str, Sequence[str]]) -> Draft | None:
    offered = {one.key: one for one in known}

    def said(key: str) -> str:
        named = f"{offered[key].facts.name} · L{offered[key].facts.level}"
        return _("{indicator}（能说明“{competencies}”）", indicator=named, competencies=joined(showing[key])) if key in showing else named

    chosen = st.multiselect(
        _("指标库"),
        list(offered),
        format_func=said,
        placeholder=_("选一个或几个指标"),
        key=bench.key("library"),
        help=_("一、二级和三级放进过程指标，四级放进绩效指标，之后可以改。"),
    )
    if showing:
        st.caption(_("前 {n} 个能说明这个项目要培养的能力。", n=sum(key in showing for key in offered)))
    if not st.button(_("加入指标"), disabled=not chosen, key=bench.key("use_library")):
        return None
    lines = tuple(_taken(offered[key]) for key in chosen)
    return replace(now, lines=tuple(line for kind in Kind for line in (*now.lines, *lines) if line.kind is kind))


def _from_project(bench: Bench, now: Draft, others: Sequence[GoalView], plan_id: int) -> Draft | None:
    offered = {view.project.id: view for view in others}
    chosen = st.selectbox(
        _("别的项目或往年"),
        list(offered),
        index=None,
        format_func=lambda one: offered[one].project.row.name,
        placeholder=_("选一个已有目标的项目") if offered else _("还没有别的目标可复制"),
        disabled=not offered,
        key=bench.key("other"),
        help=_("往年的基线不会带过来，请填今年的。"),
    )
    if not st.button(_("复制过来"), disabled=chosen is None, key=bench.key("use_other")) or chosen is None:
        return None
    return replace(goals.copied(offered[chosen], plan_id), headcount=now.headcount)


def _taken(known: Indicator) -> Line:
    kind = Kind.PERFORMANCE if known.facts.level == KirkpatrickLevel.RESULTS else Kind.PROCESS
    return Line(kind, of_library(known), code=known.key)
