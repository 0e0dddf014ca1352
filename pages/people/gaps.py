"""Gaps: what people's posts require and they cannot do yet, by unit and by post, and since when."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.people.gaps import naming
from core.people.gaps import service as gaps
from core.people.gaps.ranking import competencies_first, summary
from core.people.gaps.trend import trend
from pages.goals.parts.from_gaps import offer_projects
from pages.people.parts.gap_empty import nobody_required, not_released, nothing_to_measure
from pages.people.parts.gap_filters import choose
from pages.people.parts.gap_map import heat_map, numbers
from pages.people.parts.gap_table import one_gap, ranking
from pages.people.parts.gap_trend import trend_part
from pages.people.parts.gap_words import released_words, rule
from pages.people.parts.viewed import closed
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import page_header

page_header("gaps")
closed()
actor = state.present().actor

with reading() as db:
    ground = naming.ground(db, actor)
    names = naming.names(db, actor, state.language())

if nothing_to_measure(ground, actor):
    st.stop()
gated = gaps.is_gated(ground.scope)
choice = choose(names, gated=gated)

with reading() as db:
    table = gaps.table(db, actor, choice.by, choice.filters)
    totals = gaps.groups(db, actor, "all", choice.whole)
    years = trend(db, actor, choice.whole)

if gated and table.released:
    st.caption(released_words(table))
if not table.groups and not table.hidden:
    if gated and not table.released:
        not_released()
    else:
        nobody_required()
    rule(gated=gated)
    st.stop()

numbers(summary(totals))
heat_map(table, totals, names, choice.by)
rule(gated=gated)
may_make = actor.may(Right.DECIDE_STRATEGY)
chosen = ranking(table, names, choice.by, may_make=may_make)
if chosen:
    one_gap(chosen[0], names, may_name=ground.scope.may_name(chosen[0].key.unit_id) or not gated)
if may_make:
    offer_projects([one.key for one in chosen])
trend_part(years, names, competencies_first(totals))
