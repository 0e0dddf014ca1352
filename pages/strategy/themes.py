"""The strategic themes of the plan and the map of how they carry each other."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.snapshots import service as snapshots
from core.strategy.themes import history
from core.workshops import taking
from core.workshops.terms import RoundKind, Target
from pages.delivery.parts.undoing import undoing
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, page_header
from pages.shared.text import _
from pages.strategy.parts.earlier_themes import offer_themes
from pages.strategy.parts.strategy_map import map_panel
from pages.strategy.parts.theme_advice import link_advice, name_advice, place_advice
from pages.strategy.parts.theme_comments import theme_comments
from pages.strategy.parts.theme_findings import theme_findings
from pages.strategy.parts.theme_links import theme_links
from pages.strategy.parts.theme_reasons import theme_reasons
from pages.strategy.parts.themes_start import begin, suggest_more, taken_away
from pages.strategy.parts.themes_table import themes_table
from pages.workshops.parts.ways import ask_the_room, weights_from_workshops

TABLE, FINDINGS, LINKS = "table", "findings", "links"

page_header("themes")
actor, plan_id = chosen_plan()
may_edit = actor.may(Right.DECIDE_STRATEGY)

with reading() as db:
    shown = snapshots.strategy_map(db, actor, plan_id, state.guest_link())
    origins = {} if state.is_guest() else taking.origins(db, actor, plan_id, Target.THEME)
    done = history.history(db, actor, plan_id) if may_edit else []
    mine = history.last(db, actor, plan_id) if may_edit else None
seen = shown.seen


def way_back() -> None:
    """What was done, to be taken back step by step, and what was deleted."""
    if not may_edit:
        return
    wish = undoing(done, mine, "themes", history.undo)
    if wish is not None:
        with acting(done=wish.done) as db:
            wish.act(db, actor)
    taken_away(actor, seen)


if not seen.themes:
    offer_themes(actor, plan_id)
    begin(actor, plan_id, seen)
    way_back()
    st.stop()

chosen = map_panel(actor, plan_id, seen)
if chosen is not None:
    state.put("themes_part", FINDINGS)
if may_edit:
    offer_themes(actor, plan_id)
    suggest_more(actor, plan_id, seen)

names = {
    TABLE: _("主题（{n}）", n=len(seen.themes)),
    FINDINGS: _("发现的归类（{n} 条未归入）", n=len(seen.ungrouped)),
    LINKS: _("因果关系（{n}）", n=len(seen.links)),
}
part = st.segmented_control(
    _("查看"),
    list(names),
    default=FINDINGS if state.asked_number("theme") else TABLE,
    format_func=names.__getitem__,
    key="themes_part",
    label_visibility="collapsed",
    required=True,
    wrap=True,
)
if part == FINDINGS:
    place_advice(actor, plan_id, seen)
    theme_findings(actor, plan_id, seen, chosen)
elif part == LINKS:
    link_advice(actor, plan_id, seen)
    theme_links(actor, plan_id, seen)
else:
    themes_table(actor, plan_id, seen)
    ask_the_room(actor, RoundKind.VOTE)
    weighed = [(origins[view.id], float(origins[view.id].row.now_is) == view.theme.weight) for view in seen.themes if view.id in origins]
    weights_from_workshops(actor, weighed)
    name_advice(actor, plan_id, seen)
theme_reasons(shown.assessment)
theme_comments(actor, plan_id, seen, chosen)
way_back()
