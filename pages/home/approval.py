"""The annual plan with those who approve it: decided layer after layer, what has changed since, planned, approved and executed."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.approvals import service as approvals
from core.comments.service import Item
from core.comments.terms import Subject
from pages.home.parts.approval import act_of_planner, decide, differences_since, layers_of, standing, submit
from pages.home.parts.approval_contents import contents, history, side_by_side
from pages.home.parts.approval_layers import layers_form
from pages.shared.comments import comments
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, page_header
from pages.shared.reached import say_reached
from pages.shared.text import _

page_header("approval")
actor, plan_id = chosen_plan()
plans = actor.may(Right.EDIT_PLANS)

with reading() as db:
    board = approvals.board(db, actor, plan_id)

standing(board)
wishes = []
if board.last is not None:
    layers_of(board, board.last)
if board.mine and board.last is not None:
    decide(board, board.last)
if plans:
    wishes.append(act_of_planner(board.last) if board.last is not None and board.waiting else submit(plan_id, board))
differences_since(board)
side_by_side(board)
contents(board)
history(board)
comments(actor, Item(plan_id, Subject.PLAN, plan_id), _("这份年度计划"))
if plans:
    wishes.append(layers_form(plan_id, board))
elif board.last is None:
    st.caption(_("人力资源提交以后，这里会列出各层的意见和提交的内容。"))

for wish in wishes:
    if wish is not None:
        told = None
        with acting(wish.done, rerun=wish.tells is None) as db:
            told = wish.act(db, actor)
        if wish.tells is not None:
            say_reached(wish.tells, plan_id, told)
