"""Results on their way into the plan: what would change, and the planner's word on it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.goals.service import GoalView
from core.strategy.ideas.terms import URGENCY_NAMES, Urgency
from core.workshops import taking
from core.workshops.snapshot import RoundView, Snapshot
from core.workshops.tables import Taken
from core.workshops.taking import Ranking, Weighing
from core.workshops.terms import LONGEST_TEXT, TARGET_NAMES, Target
from pages.shared import state
from pages.shared.database import acting
from pages.shared.picking import picked_rows
from pages.shared.text import _, literal, moment, person
from pages.workshops.parts.results import results

_NOTHING = "—"


def vote_round(actor: Actor, plan_id: int, found: Snapshot, view: RoundView, wanted: Sequence[Weighing], *, closed: bool) -> None:
    """A vote: the themes' weights before and after, accepted together, as they sum to 100 together."""
    if not wanted:
        st.caption(_("没有人给分，权重没有可写入的。"))
        return
    table = pd.DataFrame({"name": [one.name for one in wanted], "points": [one.points for one in wanted]})
    table["before"], table["after"] = [one.before for one in wanted], [one.after for one in wanted]
    number = st.column_config.NumberColumn
    st.dataframe(
        table,
        hide_index=True,
        alt=_("主题权重的变化"),
        column_config={
            "name": st.column_config.TextColumn(_("主题"), width=260),
            "points": number(_("得分"), width=70),
            "before": number(_("现在的权重"), format="%.1f", width=100),
            "after": number(_("写入后"), format="%.1f", width=80),
        },
    )
    st.caption(_("算法：没有参加投分的主题权重不变，其余的按得分瓜分剩下的权重，合计仍为 100。"))
    if closed and st.button(_("接受这些权重"), key=f"workshop_weights_{view.id}", icon=":material/check:", type="primary"):
        with acting(_("权重已写入，可以撤销")) as db:
            taking.take_weights(db, actor, plan_id, found.id, view.id, {one.theme_id: one.version for one in wanted})


def rank_round(actor: Actor, plan_id: int, found: Snapshot, view: RoundView, wanted: Sequence[Ranking], *, closed: bool) -> None:
    """A ranking: how urgent each project would be; the planner picks those to be changed."""
    if not wanted:
        st.caption(_("没有人选项目，紧迫度没有可写入的。"))
        return
    table = pd.DataFrame({"name": [one.name for one in wanted], "share": [100 * one.share for one in wanted]})
    table["cost"] = [one.cost for one in wanted]
    table["before"] = [_(URGENCY_NAMES[one.before]) for one in wanted]
    table["after"] = [_(URGENCY_NAMES[one.after]) for one in wanted]
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"workshop_ranked_{view.id}",
        alt=_("项目紧迫度的变化"),
        column_config={
            "name": text(_("项目"), width=240),
            "share": number(_("愿意办的人（%）"), format="%.0f", width=110),
            "cost": number(_("费用（元）"), format="localized", width=100),
            "before": text(_("现在的紧迫度"), width=90),
            "after": text(_("写入后"), width=80),
        },
    )
    st.caption(_("算法：三分之二以上的参与者愿意办的为紧迫，三分之一以上为一般，其余为可缓。"))
    picked = [wanted[place] for place in picked_rows(event) if place < len(wanted)]
    label = _("接受选中的 {n} 个", n=len(picked)) if picked else _("先在表里选项目，再接受")
    if closed and st.button(label, key=f"workshop_urgency_{view.id}", icon=":material/check:", type="primary", disabled=not picked):
        with acting(_("紧迫度已写入，可以撤销")) as db:
            chosen: dict[int, tuple[int, Urgency]] = {one.project_id: (one.version, one.after) for one in picked}
            taking.take_urgency(db, actor, plan_id, found.id, view.id, chosen)


def pain_round(actor: Actor, plan_id: int, found: Snapshot, view: RoundView, views: Sequence[GoalView], *, closed: bool) -> None:
    """Pain points: each becomes a unit's need, or the pain point of a project's goal, in the planner's words."""
    results(found, view)
    if not closed or not view.outcome.results:
        return
    texts = {one.id: one.item.text for one in view.outcome.results}
    chosen = st.selectbox(
        _("写入哪一条"),
        list(texts),
        index=None,
        format_func=lambda one: texts.get(one, ""),
        placeholder=_("选一条"),
        key=f"workshop_pain_{view.id}",
    )
    if chosen is None:
        return
    need, goal = st.tabs([_("报为培训需求"), _("作为项目目标的痛点")])
    with need, st.form(f"workshop_need_{chosen}", border=False):
        unit = st.text_input(_("机构"), key=f"workshop_unit_{chosen}")
        post = st.text_input(_("岗位"), key=f"workshop_post_{chosen}")
        problem = st.text_area(_("问题"), texts[chosen], max_chars=500, key=f"workshop_problem_{chosen}")
        as_need = st.form_submit_button(_("写入需求"), type="primary")
    with goal:
        pressed, picked, words = _goal_form(views, chosen, texts[chosen], of_pain=True)
    if as_need:
        with acting(_("需求已写入，可以撤销")) as db:
            taking.take_need(db, actor, plan_id, found.id, chosen, unit, post, problem, state.language())
    if pressed and picked is not None:
        with acting(_("已写入目标草稿，可以撤销")) as db:
            taking.take_goal(db, actor, plan_id, found.id, chosen, picked.project.id, picked.version, words)


def goal_round(actor: Actor, plan_id: int, found: Snapshot, view: RoundView, views: Sequence[GoalView], *, closed: bool) -> None:
    """Reactions to goals: a rewrite becomes the goal's draft, which is checked and submitted like any other."""
    results(found, view)
    offered = {
        (one.id, other.voice_id): f"{one.item.text}：{other.text}"
        for one in view.outcome.results
        for other in one.rewrites
        if not other.hidden
    }
    if not closed or not offered:
        return
    chosen = st.selectbox(
        _("写入哪一条改写"),
        list(offered),
        index=None,
        format_func=lambda one: offered.get(one, ""),
        placeholder=_("选一条"),
        key=f"workshop_react_{view.id}",
    )
    if chosen is None:
        return
    result = next(one for one in view.outcome.results if one.id == chosen[0])
    text = next(other.text for other in result.rewrites if other.voice_id == chosen[1])
    own = [one for one in views if one.project.id == result.item.subject_id]
    if not own:
        st.caption(_("这个项目已被撤回，改写没有可写入的地方。"))
        return
    pressed, picked, words = _goal_form(own, chosen[1], text, of_pain=False)
    if pressed and picked is not None:
        with acting(_("已写入目标草稿，可以撤销")) as db:
            taking.take_goal(db, actor, plan_id, found.id, result.id, picked.project.id, picked.version, words)


def taken_list(kept: Sequence[tuple[Taken, str]]) -> int | None:
    """What has gone into the plan, with where it came from; the one that is to be taken back."""
    if not kept:
        return None
    st.subheader(_("已写入计划"), anchor=False)
    undone = None
    for row, name in kept:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            before, after = row.before or _NOTHING, row.now_is
            if row.target is Target.PROJECT:
                before, after = _(URGENCY_NAMES[Urgency(row.before)]), _(URGENCY_NAMES[Urgency(row.now_is)])
            said = _("{voices} 人支持，{guests} 人参与", voices=row.voices, guests=row.guests)
            who = _("{name}于{when}写入", name=literal(person(row.taken_by)), when=moment(row.taken_at))
            gone = ""
            if row.undone_at is not None:
                gone = " · " + _("{name}于{when}撤销", name=literal(person(row.undone_by)), when=moment(row.undone_at))
            title = f"**{_(TARGET_NAMES[row.target])}** · {literal(name)}"
            st.markdown(f"{title}  \n{literal(before)} → {literal(after)}  \n:small[{said} · {who}{gone}]", width="stretch")
            if row.undone_at is None and st.button(_("撤销写入"), key=f"workshop_untake_{row.id}", icon=":material/undo:"):
                undone = row.id
    return undone


def _goal_form(views: Sequence[GoalView], key: int, text: str, *, of_pain: bool) -> tuple[bool, GoalView | None, str]:
    if not views:
        st.caption(_("计划里还没有项目。请先在“战略传导项目”里立项。"))
        return False, None, ""
    names = {one.project.id: one.project.row.name for one in views}
    kind = "pain" if of_pain else "goal"
    with st.form(f"workshop_{kind}_goal_{key}", border=False):
        number = st.selectbox(_("项目"), list(names), format_func=names.__getitem__, key=f"workshop_{kind}_project_{key}")
        picked = next(one for one in views if one.project.id == number)
        if not of_pain:
            st.caption(_("现在：{text}", text=literal(picked.draft.behaviour) or _NOTHING))
        words = st.text_area(_("写入的文字"), text, max_chars=LONGEST_TEXT, key=f"workshop_{kind}_words_{key}")
        pressed = st.form_submit_button(_("写入目标草稿"), type="primary")
    return pressed, picked, words
