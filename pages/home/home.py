"""The year on one page."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core import clock, flow
from core.access import service as access
from core.access.actor import Right
from core.approvals import service as approvals
from core.comments import service as comments
from core.demo import service as demo
from core.guide.tour import tours
from core.instance import instance
from core.plans import service as plans
from pages.home.parts.approvals_waiting import approvals_waiting
from pages.home.parts.lately import lately
from pages.home.parts.mentions import mentions
from pages.home.parts.needs import needs_notice
from pages.home.parts.steps import delivery_card, goals_card, next_action, review_card, step_card, warnings
from pages.home.parts.tour import first_tour, operators_home, tour_back
from pages.home.parts.welcome import first_steps
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import header, page_header
from pages.shared.sample import sample_out, sample_progress
from pages.shared.text import _, literal

person = state.present()
actor = person.actor

if not actor.may(Right.READ_PLANS):
    page_header("home")
    operators_home(actor)
    st.stop()

with reading() as db:
    choice = plans.plans(db, actor)
    plan = next((one for one in choice if one.id == person.plan_id), None)
    standing = flow.plan_state(db, actor, plan.id) if plan and plan.id else None
    undecided, named = approvals.waiting(db, actor), comments.unread(db, actor)
    unanswered = comments.unanswered(db, actor)
    away = access.tour_away(db, actor)
    steps = () if away else tours(db, actor, instance().settings, plan.id if plan else None, standing)
    of_sample = demo.standing(db, actor, looking_for_gaps=False) if plan and plan.sample and actor.may(Right.EDIT_LIBRARY) else None

if plan is None or standing is None:
    page_header("home")
    approvals_waiting(actor, undecided)
    mentions(actor, named, unanswered)
    first_steps(actor, bool(choice), plans.upcoming_year(clock.today()))
    first_tour(actor, steps)
    tour_back(actor, away=away)
    st.stop()

header(
    _("{unit} · {year} 年度培训计划", unit=literal(plan.unit), year=str(plan.year)),
    _("这一年走到哪一步，下一步做什么？"),
    sample=plan.sample,
    page="home",
)
if of_sample is not None:
    sample_progress(of_sample)
approvals_waiting(actor, undecided)
mentions(actor, named, unanswered)
first_tour(actor, steps, partial(next_action, actor, standing))
warnings(actor, standing)
needs_notice(standing)
first, last = st.columns(2, gap="medium")
with first:
    step_card(standing)
    goals_card(standing)
with last:
    delivery_card(standing)
    review_card(standing)
    lately(standing)
if of_sample is not None:
    sample_out(actor, of_sample, _("示例分行是虚构的，用来熟悉系统。"))
tour_back(actor, away=away)
