"""Making projects of measured gaps: one of all that were chosen, or one each; what people have to decide or know is asked, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import pandas as pd
import streamlit as st

from core.goals.checking.check import problems
from core.goals.draft import Draft, Line
from core.goals.gaps import service as making
from core.goals.gaps.drafting import level_name
from core.goals.gaps.service import Offer, Wanted
from core.goals.goal import KIND_NAMES, LEVEL_NAMES
from core.i18n import Message
from core.people.gaps.gap import GapKey
from core.projects.fitting import Fit
from core.strategy.findings import OPERATOR_SIGNS
from core.strategy.ideas.draft import LONGEST_NAME, LONGEST_PURPOSE
from pages.goals.parts.words import where
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import go, link
from pages.shared.text import _, joined, literal

ONE, EACH = "one", "each"
_WAYS = {EACH: Message("每条短板一个项目"), ONE: Message("合成一个项目")}


def offer_projects(keys: Sequence[GapKey]) -> None:
    """The button that makes projects of the chosen gaps."""
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(_("立项"), type="primary", icon=":material/add_task:", key="gaps_to_projects", disabled=not keys)
        if keys:
            st.caption(_("已选 {n} 条短板。", n=len(keys)), width="content")
        else:
            st.caption(_("在排行里选一条或几条短板，就能立成项目：目的、目标草稿和依据都会先写好。"), width="content")
    if pressed:
        projects_from(keys)


def projects_from(keys: Sequence[GapKey]) -> None:
    """Open the dialog that makes projects of these gaps."""

    @st.dialog(_("从短板立项"), width="large", icon=":material/add_task:")
    def show() -> None:
        # A dialog runs without the page around it: ask again who is here.
        person = state.present()
        if person.plan_id is None:
            st.info(_("请先在左侧选择年度计划。"), icon=":material/calendar_month:")
            return
        with reading() as db:
            offer = making.offer(db, person.actor, person.plan_id, keys, state.language())
        if not offer.material.themes:
            st.info(_("项目要挂在一个战略主题下，这个计划还没有主题。"), icon=":material/account_tree:")
            link("themes", _("去归主题"), icon=":material/account_tree:")
            return
        wanted = _wanted(offer)
        if st.button(_("立项"), type="primary", icon=":material/check:", key="gap_projects_make", disabled=not all(wanted)):
            made: list[int] = []
            with acting(rerun=False) as db:
                made = making.make(db, person.actor, person.plan_id, [one for one in wanted if one])
            if made:
                state.say_next(_("已立项 {n} 个，目标已经起草。在战略传导项目里可以撤销。", n=len(made)))
                go("goals", project=made[0])

    show()


def _wanted(offer: Offer) -> list[Wanted | None]:
    keys = [one.key for one in offer.told]
    way = EACH
    if len(keys) > 1:
        way = st.segmented_control(
            _("怎么立项"), list(_WAYS), default=EACH, format_func=lambda one: _(_WAYS[one]), required=True, key="gap_projects_way"
        )
    bundles = [tuple(keys)] if way == ONE else [(key,) for key in keys]
    return [_one(offer, bundle, f"{way}_{place}") for place, bundle in enumerate(bundles)]


def _one(offer: Offer, keys: tuple[GapKey, ...], key: str) -> Wanted | None:
    """One project: its theme, which a person chooses, its name and purpose, and the figures of its goal that only people know."""
    with st.container(border=True):
        for told in offer.of(keys):
            st.markdown(f"**{literal(told.where)} · {literal(told.competency.name)}**　:gray[{level_name(told.levels)}]")
        theme = _theme(offer, keys, key)
        if theme is None:
            return None
        project = offer.project(keys, theme)
        name = st.text_input(_("项目名称"), project.name, max_chars=LONGEST_NAME, key=f"{key}_{theme}_name")
        purpose = st.text_area(
            _("培训目的（为什么办，不写指标）"),
            project.purpose,
            max_chars=LONGEST_PURPOSE,
            height="content",
            key=f"{key}_{theme}_purpose",
            placeholder=_("落实哪一条，让谁具备什么能力，支撑哪个主题"),
        )
        if not project.finding_ids:
            st.warning(_("这个主题里没有采纳的条款，目的没有依据。请换一个主题。"), icon=":material/link_off:")
            return None
        goal = _goal(offer, keys, key)
        return Wanted(keys, theme, replace(project, name=name, purpose=purpose), goal)


def _theme(offer: Offer, keys: tuple[GapKey, ...], key: str) -> int | None:
    fits: dict[int, Fit] = {fit.theme_id: fit for fit in offer.fits(keys)}
    names = {one.id: one.name for one in offer.material.themes}
    order = [*fits, *(one for one in names if one not in fits)]
    chosen: int | None = st.selectbox(
        _("战略主题"),
        order,
        index=0 if fits else None,
        format_func=lambda one: f"{names[one]} · {_('建议')}" if one in fits else names[one],
        placeholder=_("选一个主题"),
        key=f"{key}_theme",
    )
    if chosen in fits:
        st.caption(literal(_(fits[chosen].why)))
    elif chosen is None:
        st.caption(_("没有主题点名这项能力，用词也不相近。请您指定它支撑哪个主题。"))
    return chosen


def _goal(offer: Offer, keys: tuple[GapKey, ...], key: str) -> Draft:
    """The goal as it begins, with the figures that are typed here; the rest can be written on the page of goals."""
    begun = offer.goal(keys)
    st.markdown(f"**{_('目标草稿')}**")
    st.markdown(f":gray[{_('业务痛点')}]　{literal(begun.pain_point)}")
    st.markdown(f":gray[{_('行为目标')}]　{literal(begun.behaviour) or '—'}")
    edited = st.data_editor(
        _frame(begun.lines),
        key=f"{key}_figures",
        hide_index=True,
        disabled=["kind", "name", "unit", "level"],
        column_config=_columns(),
        height="content",
        placeholder="—",
        alt=_("目标的指标"),
    )
    days = st.number_input(_("训后多少天达成"), 1, 3650, None, step=1, key=f"{key}_days", placeholder=_("如 60"), width=200)
    rows = cast(list[dict[str, Any]], edited.to_dict("records"))
    lines = tuple(_with(line, cells) for line, cells in zip(begun.lines, rows, strict=True))
    goal = replace(begun, lines=lines, due_days=days)
    left = problems(goal.goal, offer.library)
    if left:
        fields = joined(dict.fromkeys(where(one.field, goal.goal) for one in left))
        st.caption(_("还差：{fields}。没有人知道的数就空着，立项后在项目目标里补。", fields=literal(fields)))
    else:
        st.caption(_(":green[:material/check_circle:] 目标到期那天可以核对。"))
    return goal


def _frame(lines: Sequence[Line]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "kind": [_(KIND_NAMES[line.kind]) for line in lines],
            "name": [f"{line.indicator.name} {OPERATOR_SIGNS.get(line.indicator.operator, '')}" for line in lines],
            "value": pd.array([line.indicator.value for line in lines], dtype="Float64"),
            "unit": [line.indicator.unit for line in lines],
            "baseline": pd.array([line.indicator.baseline for line in lines], dtype="Float64"),
            "source": [line.indicator.source for line in lines],
            "level": [_(LEVEL_NAMES[line.indicator.level]) if line.indicator.level else "" for line in lines],
        }
    )


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "kind": column.TextColumn(_("类别"), width=80),
        "name": column.TextColumn(_("指标"), width=230),
        "value": column.NumberColumn(_("目标值"), width=80),
        "unit": column.TextColumn(_("单位"), width=60),
        "baseline": column.NumberColumn(_("基线"), width=80, help=_("今天是多少；测评占比的基线已经按测得的填好。")),
        "source": column.TextColumn(_("数据来源"), width=120),
        "level": column.TextColumn(_("柯氏层级"), width=80),
    }


def _with(line: Line, cells: dict[str, Any]) -> Line:
    value, baseline = (None if pd.isna(cells[name]) else float(cells[name]) for name in ("value", "baseline"))
    return replace(line, indicator=replace(line.indicator, value=value, baseline=baseline, source=cells["source"] or ""))
