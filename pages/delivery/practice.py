"""Skill practice: scenarios, what was practised of one and how it scored, a new talk, and what a person still has to judge."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.delivery.practice import service as practice
from core.delivery.undo.service import history, last
from pages.delivery.parts.practice_form import new_scenario, rewrite
from pages.delivery.parts.practice_list import chosen_scenario, chosen_talk, export, figures
from pages.delivery.parts.practice_talk import talk
from pages.delivery.parts.practice_view import judging, scored
from pages.delivery.parts.undoing import undoing
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import empty, page_header
from pages.shared.text import _

TALKS, NEW, SCENARIO = range(3)

page_header("practice")
actor = state.present().actor
may_edit, may_keep = actor.may(Right.PLAN_DELIVERY), actor.may(Right.SET_TARGETS)

with reading() as db:
    scenarios = practice.scenarios(db, actor)
    people = practice.trainees(db, actor) if may_keep else {}
    done = history(db, actor, practice.ROOM) if may_edit else []
    mine = last(db, actor, practice.ROOM) if may_edit else None

wish = None
if scenarios:
    one = chosen_scenario(scenarios)
    with reading() as db:
        found = practice.practised(db, actor, one.id)
    figures(one, found)
    names = {TALKS: _("陪练记录（{n}）", n=len(found.attempts))}
    names |= {NEW: _("练一次")} if may_keep else {}
    names |= {SCENARIO: _("情境和评分标准")}
    part = st.segmented_control(
        _("查看"),
        list(names),
        default=TALKS,
        format_func=names.__getitem__,
        key="practice_part",
        label_visibility="collapsed",
        required=True,
    )
    if part == NEW:
        wish = talk(one, people)
    elif part == SCENARIO:
        wish = rewrite(one, may_edit=may_edit)
    elif found.attempts:
        picked = chosen_talk(one, found)
        export(one, found)
        if picked is not None:
            wish = judging(picked) if picked.waits and may_keep else scored(picked, may_edit=may_edit)
    elif may_keep:
        st.info(_("还没有人练过这个情境。在“练一次”里粘贴一段对话，马上得到分数和每一条的理由。"), icon=":material/forum:")
    else:
        st.info(_("这里只列出您能看到的人的陪练记录。"), icon=":material/forum:")
elif not may_edit:
    empty(_("还没有陪练情境。人力资源部门写好后会列在这里。"), icon=":material/forum:")
else:
    empty(_("写下第一个情境：对面是谁、对话分哪几步、每步要说到什么、什么不能说。之后每段对话都按同一标准打分。"), icon=":material/forum:")

if may_edit:
    wish = new_scenario(opened=not scenarios) or wish
    wish = undoing(done, mine, "practice") or wish

if wish:
    with acting(wish.done) as db:
        wish.act(db, actor)
