"""Project ideas: for whom which projects, and by which clause; what was accepted is a project."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.goals.needs import service as needs
from core.projects import service as projects
from core.projects.gaps import service as answering
from core.strategy.ideas import service as ideas
from core.strategy.ideas.terms import IdeaState
from core.workshops import taking
from core.workshops.terms import RoundKind, Target
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import chosen_plan, page_header
from pages.shared.text import _
from pages.strategy.parts.earlier_projects import offer_grounds
from pages.strategy.parts.ideas_list import ideas_list
from pages.strategy.parts.ideas_start import begin, own_idea, suggest_again
from pages.strategy.parts.projects import projects_list
from pages.workshops.parts.ways import ask_the_room

IDEAS, PROJECTS = "ideas", "projects"

page_header("ideas")
actor, plan_id = chosen_plan()
may_decide = actor.may(Right.DECIDE_STRATEGY)

with reading() as db:
    seen = ideas.board(db, actor, plan_id)
    made = projects.projects(db, actor, plan_id, seen.local)
    sources = needs.of_projects(db, actor, plan_id)
    gaps = answering.of_projects(db, actor, [view.id for view in made], state.language())
    opened = state.get("ideas_part", state.asked("part")) == PROJECTS
    origins = taking.origins(db, actor, plan_id, Target.PROJECT)
    choices = answering.choices(db, actor, state.language()) if may_decide and made and opened else []

if not seen.ideas and not made:
    begin(actor, plan_id, seen)
    if may_decide and seen.themes:
        own_idea(actor, plan_id, seen)
    st.stop()

if may_decide:
    suggest_again(actor, plan_id, seen, made)
waiting = sum(view.row.state is IdeaState.PENDING for view in seen.ideas)
names = {IDEAS: _("想法（{n} 个待定）", n=waiting), PROJECTS: _("项目（{n}）", n=len(made))}
part = st.segmented_control(
    _("查看"),
    list(names),
    default=PROJECTS if state.asked("part") == PROJECTS else IDEAS,
    format_func=names.__getitem__,
    key="ideas_part",
    label_visibility="collapsed",
    required=True,
)
if part == PROJECTS:
    offer_grounds(actor, plan_id)
    projects_list(actor, made, gaps, choices, sources, origins, seen.themes)
    if made:
        ask_the_room(actor, RoundKind.RANK)
else:
    ideas_list(actor, plan_id, seen)
    if may_decide:
        own_idea(actor, plan_id, seen)
