"""The environment: the indicator library, the peer benchmarks, and how ready the branch is for AI."""

from __future__ import annotations

import streamlit as st

from core import clock
from core.access.actor import Right
from core.goals import proofs
from core.plans import service as plans
from core.strategy.environment import service as environment
from core.strategy.readiness import service as readiness
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, page_header
from pages.shared.text import _
from pages.strategy.parts.benchmarks import benchmarks_table, removed_lately
from pages.strategy.parts.indicators import indicator_library
from pages.strategy.parts.readiness import readiness_part

page_header("environment")
actor, plan_id = chosen_plan()

with reading() as db:
    library = environment.indicators(db, actor, state.language())
    known = proofs.proofs(db, actor, state.language())
    peers = environment.benchmarks(db, actor, plan_id)
    assessment = readiness.assessment(db, actor, plan_id)
    year = plans.find(db, actor, plan_id).year

may_decide = actor.may(Right.DECIDE_STRATEGY)
today = clock.today()
first, second, third = st.tabs([_("指标库"), _("同业对标"), _("AI 就绪度")])
with first:
    wish = indicator_library(library, known, may_decide)
with second:
    back = removed_lately(plan_id) if may_decide else []
    saving = benchmarks_table(peers, plan_id, may_decide, today)
with third:
    wish = readiness_part(assessment, plan_id, year, may_decide) or wish

if wish:
    with acting(wish.done) as db:
        wish.act(db, actor)
if back:
    with acting(_("已恢复")) as db:
        environment.restore_benchmarks(db, actor, plan_id, back)
if saving:
    saving.handed_over()
    with acting(_("已保存")) as db:
        environment.save_benchmarks(db, actor, plan_id, saving.entered, saving.removed, today)
    saving.refused()
