"""The review board: what the documents demand, finding by finding, to be accepted, corrected or turned down."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.strategy import decoding_job, refining_job, review
from pages.shared.database import reading
from pages.shared.page import chosen_plan, empty, page_header, passing
from pages.shared.text import _
from pages.strategy.parts.decode_conflicts import show_conflicts
from pages.strategy.parts.decode_model import model_at_work
from pages.strategy.parts.decode_start import begin, choose_documents, decoding_now, failures
from pages.strategy.parts.review_acts import open_asked
from pages.strategy.parts.review_board import board

page_header("decode")
actor, plan_id = chosen_plan()
may_decide = actor.may(Right.DECIDE_STRATEGY)

with reading() as db:
    sources = decoding_job.sources(db, actor, plan_id)
    counts = review.board(db, actor, plan_id, review.Wanted(), count=1)
    conflicts = review.conflicts(db, actor, plan_id)
    refined = refining_job.refined(db, actor, plan_id)

if not sources:
    empty(
        _("先把总行战略、工作会议报告、考核办法等放进文件库，再来解码。"),
        icon=":material/library_books:",
        to="library",
        label=_("打开文件库"),
    )
    st.stop()
with passing():
    decoding_now(actor, plan_id, sources)
    failures(actor, plan_id, sources)
    model_at_work(actor, plan_id, refined)
if not counts.counts:
    begin(actor, plan_id, sources)
    st.stop()

if may_decide:
    choose_documents(actor, plan_id, sources)
show_conflicts(plan_id, conflicts, counts.documents)
open_asked(actor, plan_id)
board(plan_id)
