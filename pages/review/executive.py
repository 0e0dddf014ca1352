"""The year on one screen: for thirty seconds on a phone, and for one sheet of paper."""

from __future__ import annotations

import streamlit as st

from core.exports.year import year_sheet
from core.snapshots import service as snapshots
from pages.review.parts.executive import decisions, four_levels, how, paper, tiles, verdict, warned
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import chosen_plan, page_header
from pages.shared.text import literal

page_header("executive")
actor, plan_id = chosen_plan()
with reading() as db:
    found = snapshots.executive(db, actor, plan_id, state.guest_link())

year = year_sheet(found, state.language())
paper()
st.caption(literal(year.where))
verdict(year)
tiles(year)
left, right = st.columns(2, gap="large")
with left:
    four_levels(year)
with right:
    warned(year)
    decisions(year)
how(year)
