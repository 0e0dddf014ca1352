"""The approval of a plan: who decides, layer after layer."""

from __future__ import annotations

import streamlit as st

from core.approvals import chain
from core.approvals.chain import LONGEST_NAME, MOST_LAYERS, Chain
from core.approvals.service import Board
from core.editing.comparing import Field
from core.i18n import Message
from pages.home.parts.approval import Wish
from pages.shared.record_form import Record, record_form
from pages.shared.text import _, bracketed, joined

_Layer = tuple[str, tuple[int, ...]]


def layers_form(plan_id: int, board: Board) -> Wish | None:
    """The layers, in their order, with the accounts of which any one decides."""
    known = board.chain
    with st.expander(_("审批层级"), icon=":material/account_tree:", expanded=bool(known.unnamed)):
        st.caption(_("从上到下逐层审批；一层里有几个人时，任何一位都可以决定。改动从下一次提交起生效。"))
        record = Record("approval_chain", plan_id, known.version, actions=("approval_layers_changed",), subject="plan")
        named = {"layers": Field(Message("审批层级"), lambda layer: _in_words(layer, board))}
        written = record_form("approval_layers", record, {"layers": _stored(known)}, named, lambda begun, key: _fields(begun, board, key))
    if written is None:
        return None
    wanted = [(name, list(accounts)) for name, accounts in written.value["layers"]]
    return Wish(written.done(_("已保存")), lambda db, actor: chain.save(db, actor, plan_id, written.version, wanted))


def _stored(known: Chain) -> tuple[_Layer, ...]:
    return tuple((_(one.name) if isinstance(one.name, Message) else one.name, tuple(one.accounts)) for one in known.layers)


def _in_words(layer: _Layer, board: Board) -> str:
    name, accounts = layer
    return bracketed(name, joined(board.able[one] for one in accounts if one in board.able) or "—")


def _fields(known: dict[str, tuple[_Layer, ...]], board: Board, key: str) -> dict[str, tuple[_Layer, ...]] | None:
    layers = known["layers"]
    number = st.number_input(_("层数"), 1, MOST_LAYERS, max(1, len(layers)), key=f"{key}_number", width=140)
    with st.form(key, border=False):
        wanted = [_layer(board, layers, place, key) for place in range(int(number))]
        pressed = st.form_submit_button(_("保存审批层级"), icon=":material/save:", key=f"{key}_save")
    return {"layers": tuple(wanted)} if pressed else None


def _layer(board: Board, layers: tuple[_Layer, ...], place: int, form: str) -> _Layer:
    name, accounts = layers[place] if place < len(layers) else ("", ())
    key = f"{form}_{place}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        called = st.text_input(_("第 {place} 层名称", place=str(place + 1)), name, max_chars=LONGEST_NAME, key=f"{key}_name", width=220)
        who = st.multiselect(
            _("第 {place} 层审批人", place=str(place + 1)),
            list(board.able),
            default=[one for one in accounts if one in board.able],
            format_func=board.able.__getitem__,
            placeholder=_("选择高管或人力资源负责人"),
            key=f"{key}_who",
            width="stretch",
        )
    return called, tuple(who)
