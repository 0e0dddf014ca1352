"""The approval of a plan: who decides, layer after layer."""

from __future__ import annotations

import streamlit as st

from core.approvals import chain
from core.approvals.chain import LONGEST_NAME, MOST_LAYERS
from core.approvals.service import Board
from core.i18n import Message
from pages.home.parts.approval import Wish
from pages.shared.text import _


def layers_form(plan_id: int, board: Board) -> Wish | None:
    """The layers, in their order, with the accounts of which any one decides."""
    known = board.chain
    with st.expander(_("审批层级"), icon=":material/account_tree:", expanded=bool(known.unnamed)):
        st.caption(_("从上到下逐层审批；一层里有几个人时，任何一位都可以决定。改动从下一次提交起生效。"))
        number = st.number_input(_("层数"), 1, MOST_LAYERS, len(known.layers), key=f"approval_layers_{known.version}", width=140)
        with st.form(f"approval_layers_form_{known.version}", border=False):
            wanted = [_layer(board, place) for place in range(int(number))]
            pressed = st.form_submit_button(_("保存审批层级"), icon=":material/save:", key="approval_layers_save")
    return Wish(_("已保存"), lambda db, actor: chain.save(db, actor, plan_id, known.version, wanted)) if pressed else None


def _layer(board: Board, place: int) -> tuple[str, list[int]]:
    known = board.chain
    begun = known.layers[place] if place < len(known.layers) else None
    name = "" if begun is None else _(begun.name) if isinstance(begun.name, Message) else begun.name
    key = f"{known.version}_{place}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        called = st.text_input(
            _("第 {place} 层名称", place=str(place + 1)), name, max_chars=LONGEST_NAME, key=f"approval_layer_{key}", width=220
        )
        who = st.multiselect(
            _("第 {place} 层审批人", place=str(place + 1)),
            list(board.able),
            default=[one for one in begun.accounts if one in board.able] if begun else [],
            format_func=board.able.__getitem__,
            placeholder=_("选择高管或人力资源负责人"),
            key=f"approval_who_{key}",
            width="stretch",
        )
    return called, list(who)
