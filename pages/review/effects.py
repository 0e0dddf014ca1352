"""What training changed: the effect of a project by how its people were chosen, or that in a file."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.review.effects import service as effects
from core.review.returns import taking
from pages.review.parts.benefit_taking import taking_over
from pages.review.parts.effect import show_effect, show_effects
from pages.review.parts.effect_beside import margin, months, no_worse
from pages.review.parts.effect_choice import choose_project, choose_source, design_form, from_file
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _

page_header("effects")
actor, plan_id = chosen_plan()
wanted = state.get("effects_project") or state.asked_number("project")

with reading() as db:
    seen = effects.overview(db, actor, plan_id, wanted)
    taken = taking.taken(db, actor, plan_id)

if choose_source() == "file":
    brought = from_file(actor)
    if brought is not None:
        show_effect(brought)
    st.stop()

if seen.project_id is None:
    empty(
        _("项目有了指标和数据以后，在这里看培训到底改变了什么。手头已有数据的，也可以直接用自己的文件算。"),
        icon=":material/balance:",
        to="goals",
        label=_("去写项目目标"),
    )
    st.stop()

choose_project(seen.projects, seen.project_id)
wish = design_form(seen.said, may=actor.may(Right.KEEP_REVIEW), project_id=seen.project_id)
shown = show_effects(seen.found) if seen.said.design is not None else None
if shown is not None and seen.said.design is not None:
    months(shown.months)
    allowed = margin(shown)
    if allowed is not None:
        with reading() as db:
            compared = effects.no_worse(db, actor, plan_id, shown.measure.id, seen.said.design, allowed)
        no_worse(compared)
worth = taking_over(shown, taken.get(shown.measure.id), may=actor.may(Right.KEEP_REVIEW)) if shown is not None else None

if wish is not None:
    with acting(_("参训方式已保存")) as db:
        effects.choose(db, actor, plan_id, seen.project_id, wish)
if worth is not None and shown is not None:
    with acting(_("已带入投入回报的收益明细")) as db:
        taking.take(db, actor, plan_id, shown.measure.id, worth, state.language())
