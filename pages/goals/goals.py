"""The goals of the plan's projects: written, checked while they are written, submitted."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from core.access.actor import Right
from core.comments.service import Item
from core.comments.terms import Subject
from core.goals import proofs
from core.goals import service as goals
from core.goals.chain.chain import project_id
from core.goals.draft import Draft, of_goal
from core.goals.needs import service as needs
from core.review.conclusions import carrying as conclusions
from core.workshops import taking
from core.workshops.terms import RoundKind, Target
from pages.goals.parts.bench import bench
from pages.goals.parts.from_review import from_review
from pages.goals.parts.goal_acts import acts
from pages.goals.parts.goal_check import offer, show_check, show_submitted
from pages.goals.parts.goal_editor import indicators, shown, texts
from pages.goals.parts.goal_list import choose
from pages.goals.parts.goal_model import by_model
from pages.goals.parts.goal_proof import show_proof
from pages.goals.parts.goal_start import begin_from
from pages.goals.parts.goal_versions import put_together
from pages.goals.parts.needs_behind import needs_behind
from pages.shared import state
from pages.shared.comments import comments
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, link, page_header
from pages.shared.text import _, literal
from pages.strategy.parts.project_fields import withheld
from pages.workshops.parts.ways import ask_the_room, from_workshop

page_header("goals")
actor, plan_id = chosen_plan()

with reading() as db:
    views = goals.goals(db, actor, plan_id)
    known = {spoken: goals.library(db, actor, spoken) for spoken in {state.language(), *(view.draft.language for view in views)}}
    earlier = goals.earlier(db, actor, plan_id)
    sources = needs.of_projects(db, actor, plan_id)
    known_proofs = proofs.proofs(db, actor, state.language())
    reviewed = conclusions.behind(db, actor, [view.project.id for view in views])
    origins = taking.origins(db, actor, plan_id, Target.GOAL)

if not views:
    empty(
        _("每个项目都要说清：解决什么痛点、人会怎么做、用什么数算做成了。先把项目想法采纳为项目，再回到这里写目标。"),
        icon=":material/flag:",
        to="ideas",
        label=_("去看项目想法"),
    )
    st.stop()

view = choose(views)
st.subheader(literal(view.project.row.name), anchor=False)
if view.project.cited.withheld:
    withheld()
else:
    st.caption(_("培训目的：{purpose}", purpose=literal(view.project.row.purpose) or "—"))
if view.project.theme is not None:
    name = view.project.theme.theme.name
    link("themes", _("来自主题：{theme}", theme=literal(name)), icon=":material/account_tree:", theme=view.project.theme.id)
needs_behind(sources.get(view.project.id), view.project.id)
from_review(reviewed.get(view.project.id))
if (origin := origins.get(view.project.id)) is not None:
    from_workshop(actor, origin, stands=origin.row.now_is in (view.draft.pain_point[:500], view.draft.behaviour[:500]))
with st.container(horizontal=True):
    link("chain", _("在对齐链里看"), icon=":material/conversion_path:", node=project_id(view.project.id))
    ask_the_room(actor, RoundKind.REACT)
comments(actor, Item(plan_id, Subject.GOAL, view.project.id), _("这个项目的目标"))

show_submitted(view)
if not actor.may(Right.DECIDE_STRATEGY):
    shown(view.draft)
    if view.row is not None:
        show_check(view.draft, view.verdict)
    st.stop()

at = bench(view)
above = st.container()
left, right = st.columns([3, 2], gap="large")
with left:
    pain, behaviour, heads, days = texts(at)
lines = indicators(at)
language = at.begun.language if view.row else state.language()
now = Draft(pain, behaviour, lines, heads, days, language, at.begun.made_by)
at.typed(now if view.row or now != replace(at.stored, language=language) else at.stored)
if view.version != at.version and now != at.stored:
    with above:
        both = put_together(view, at.stored, now, at.key("versions"))
    if both is not None:
        at.go_on_over(view, both)
        st.rerun()
untouched = view.row is None and now == replace(at.stored, language=language)

showing = known_proofs.showing(view.project.row.competencies)
verdict = goals.judged(now, view.project, known[language], showing)
taken = None
with right:
    if untouched:
        st.info(_("边写边查：每写一处，这里就指出还差什么，并给出建议的写法。"), icon=":material/rule:")
    else:
        show_check(now, verdict)
        show_proof(now.goal)
        open_to = goals.judged(of_goal(verdict.suggestion, lines), view.project, known[language]).problems if verdict.suggestion else ()
        better = offer(now, verdict, open_to, at.key("take"))
        taken = replace(of_goal(better, lines), made_by=now.made_by) if better else None
        taken = by_model(at, now, verdict, proofs.first(known[language], showing), view.project.row.name) or taken
with above:
    others = [one for one in views if one.row is not None and one.project.id != view.project.id]
    taken = begin_from(at, now, proofs.first(known[language], showing), showing, [*others, *earlier], plan_id) or taken
if taken is not None:
    at.lay_out(taken)
    st.rerun()

wish = acts(at, view, at.stored if untouched else now)
if wish:
    at.handed_over()
    with acting(wish.done) as db:
        wish.act(db, actor)
    at.refused()
