"""Around the steps of a design: the pattern that they begin with, what is wrong with them, the hours, what the schedule must heed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.delivery.content import designing
from core.delivery.content import service as contents
from core.delivery.content.activity import Hours, Settings
from core.delivery.content.checking import DesignProblem, Subject
from core.delivery.content.designing import Design
from core.delivery.content.terms import PATTERN_NAMES, RHYTHM_NAMES, STAGE_NAMES, TIER_NAMES, Pattern, Rhythm, Stage, Tier
from core.editing.comparing import Field
from core.i18n import Message
from pages.delivery.parts.cells import day_of
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.record_form import Record, record_form
from pages.shared.text import _, literal

_MARKS = {Subject.STEP: ":material/route:", Subject.ITEM: ":material/article:", Subject.GOAL: ":material/flag:"}
_MOST_COHORT = 2000
_SETTING_FIELDS = {
    "cohort_size": Field(Message("每班最多人数")),
    "priority": Field(Message("优先级（5 最要紧）")),
    "earliest": Field(Message("最早开始")),
    "due": Field(Message("最晚完成")),
}


def pattern(of: Design) -> Wish | None:
    """Choose a pattern, a level and a rhythm, and lay the steps out by them."""
    view, language = of.view, state.language()
    settings = view.content.settings
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shape = st.selectbox(
            _("模式"),
            list[Pattern](Pattern),
            index=list(Pattern).index(of.pattern),
            format_func=lambda one: _(PATTERN_NAMES[one]),
            key=f"design_pattern_{view.id}_{language}",
            width=230,
        )
        tier = st.selectbox(
            _("层次"),
            list[Tier](Tier),
            index=list(Tier).index(of.tier),
            format_func=lambda one: _(TIER_NAMES[one]),
            key=f"design_tier_{view.id}_{language}",
            width=140,
        )
        rhythm = st.selectbox(
            _("节奏"),
            list[Rhythm](Rhythm),
            index=list(Rhythm).index(settings.rhythm or Rhythm.IMMERSIVE),
            format_func=lambda one: _(RHYTHM_NAMES[one]),
            key=f"design_rhythm_{view.id}_{language}",
            width=190,
        )
        steps = view.content.activities
        label = _("按模式重新排出步骤") if steps else _("按模式排出步骤")
        pressed = st.button(label, type="secondary" if steps else "primary", icon=":material/auto_awesome_motion:", key="design_begin")
    said = {
        True: _("会换掉现在的 {n} 步，可以撤销。", n=len(steps)),
        False: _("按分流排出训前、训中、训后的步骤，排出后逐步修改。"),
    }
    st.caption(said[bool(steps)])
    if not pressed:
        return None

    def act(db: Any, actor: Actor) -> None:
        designing.begin(db, actor, view.id, view.content.version, shape, tier, rhythm, language)

    return Wish(_("已排出步骤"), act)


def figures(hours: Hours) -> None:
    """The hours of one participant."""
    with st.container(horizontal=True):
        st.metric(_("每人总学时"), f"{hours.total:g}", width=140)
        st.metric(_("面授"), f"{hours.face_to_face:g}", width=110)
        st.metric(_("线上"), f"{hours.online:g}", width=110)
        st.metric(_("岗上"), f"{hours.on_the_job:g}", width=110)
        for stage in Stage:
            st.metric(_(STAGE_NAMES[stage]), f"{hours.by_stage[stage]:g}", width=110)
    st.caption(_("每人总学时 = 面授（半天数 × 3.5）＋ 线上 ＋ 岗上任务与辅导。"))


def findings(problems: tuple[DesignProblem, ...], *, whole: bool) -> None:
    """What the rules find wrong; `whole`: there is a design to judge."""
    if not whole:
        return
    if not problems:
        st.success(_("设计符合各条规则：知识不占面授，行为有练习，要测的有测，训后有跟进。"), icon=":material/check_circle:")
        return
    with st.container(border=True):
        st.markdown(f":material/rule: **{_('{n} 处要看一看', n=len(problems))}**")
        for one in problems:
            st.markdown(f"{_MARKS[one.subject]} {literal(_(one.message))}")


def scheduling(of: Design) -> Wish | None:
    """What the schedule must heed."""
    view = of.view
    settings = replace(view.content.settings, cohort_size=view.cohort_size, priority=view.priority)
    record = Record("project_content", view.id, view.content.version, actions=("design_saved",), subject="project")
    written = record_form("design_settings", record, settings, _SETTING_FIELDS, _settings)
    if written is None:
        return None
    done, wanted = written.done(_("已保存")), written.value
    return Wish(done, lambda db, actor: contents.save_settings(db, actor, view.id, view.content.version, wanted))


def _settings(known: Settings, key: str) -> Settings | None:
    with st.expander(_("排期要求"), icon=":material/event:"), st.form(key, border=False):
        with st.container(horizontal=True):
            size = st.number_input(_("每班最多人数"), 1, _MOST_COHORT, value=known.cohort_size, width=150, key=f"{key}_cohort")
            priority = st.number_input(
                _("优先级（5 最要紧）"),
                1,
                5,
                value=known.priority,
                width=150,
                help=_("没有填时按项目的紧迫度。"),
                key=f"{key}_priority",
            )
            earliest = st.date_input(_("最早开始"), value=known.earliest, width=180, key=f"{key}_earliest", format="YYYY-MM-DD")
            due = st.date_input(_("最晚完成"), value=known.due, width=180, key=f"{key}_due", format="YYYY-MM-DD")
        if not st.form_submit_button(_("保存排期要求"), icon=":material/save:", key=f"{key}_save"):
            return None
    return replace(known, priority=int(priority or 1), cohort_size=int(size or 1), earliest=day_of(earliest), due=day_of(due))


def summary(designs: list[Design]) -> pd.DataFrame:
    """A row for each project: what its design comes to."""
    rows = [
        {
            "name": one.view.project.name,
            "pattern": _(PATTERN_NAMES[one.view.content.settings.pattern]) if one.view.content.settings.pattern else None,
            "steps": len(one.view.content.activities) or None,
            "slots": sum(step.slots for step in one.view.content.activities) or None,
            "hours": one.hours.total or None,
            "problems": len(one.problems) if one.view.content.activities else None,
        }
        for one in designs
    ]
    return pd.DataFrame(rows)
