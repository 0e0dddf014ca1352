"""Choosing, naming and deleting conversations."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor
from core.assistant import service as memory
from core.assistant.service import Exchange
from core.assistant.tables import Conversation
from pages.shared import state
from pages.shared.database import acting
from pages.shared.text import _

_NEW = 0
_SHOWN = 10


def current_conversation(conversations: list[Conversation], left_open: int | None) -> Conversation | None:
    """The conversation of this tab; after the page was loaded anew that of its address, or the one that was left in the middle of an
    answer (`left_open`). None for a new one."""
    wanted = state.get("conversation")
    if wanted is None:
        wanted = state.asked_number("conversation") or left_open or _NEW
    chosen = next((one for one in conversations if one.id == wanted), None)
    stand_at(chosen.id if chosen else None)
    return chosen


def stand_at(conversation_id: int | None) -> None:
    """Let this tab's address lead to a conversation: a page that is loaded anew comes back to it."""
    state.put("conversation", conversation_id or _NEW)
    if state.asked_number("conversation") != conversation_id:
        state.ask(conversation=conversation_id)


def earlier_exchanges(chosen: Conversation | None, exchanges: list[Exchange]) -> list[Exchange]:
    """The last exchanges of a long conversation; all of them once the reader asks for that."""
    if chosen is None or len(exchanges) <= _SHOWN:
        return exchanges
    key = f"all_of_conversation_{chosen.id}"
    if not state.get(key):
        st.button(
            _("显示更早的 {n} 条", n=len(exchanges) - _SHOWN),
            icon=":material/expand_less:",
            type="tertiary",
            on_click=state.put,
            args=(key, True),
        )
        return exchanges[-_SHOWN:]
    return exchanges


def choose_conversation(actor: Actor, conversations: list[Conversation], chosen: Conversation | None) -> None:
    """The row above the chat: which conversation, a new one, rename, delete."""
    if not conversations:
        return
    by_id = {_NEW: None, **{one.id or 0: one for one in conversations}}
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        picked = st.selectbox(
            _("对话"),
            list(by_id),
            index=list(by_id).index(chosen.id if chosen and chosen.id else _NEW),
            format_func=lambda key: _title(by_id[key]),
            placeholder=_("选择对话"),
            label_visibility="collapsed",
            width=380,
            key=f"conversation_{chosen.id if chosen else _NEW}_{len(conversations)}",
        )
        if picked is not None and picked != (chosen.id if chosen else _NEW):
            state.put("conversation", picked)
            st.rerun()
        if chosen is None or chosen.id is None:
            return
        if st.button(_("新对话"), icon=":material/add_comment:", key="new_conversation", type="tertiary"):
            state.put("conversation", _NEW)
            st.rerun()
        with st.popover(_("管理"), icon=":material/more_horiz:", type="tertiary"):
            _manage(actor, chosen)


def _manage(actor: Actor, chosen: Conversation) -> None:
    assert chosen.id is not None
    with st.form(f"rename_{chosen.id}", border=False):
        title = st.text_input(_("对话名称"), value=chosen.title, max_chars=120)
        if st.form_submit_button(_("改名")):
            with acting(done=_("已改名")) as db:
                memory.rename(db, actor, chosen.id, title)
    st.caption(_("删除后不能恢复；已留作依据的原文不受影响。"))
    if st.button(_("删除这个对话"), icon=":material/delete:", key=f"delete_conversation_{chosen.id}"):
        state.put("conversation", _NEW)
        with acting(done=_("对话已删除")) as db:
            memory.delete(db, actor, chosen.id)


def _title(conversation: Conversation | None) -> str:
    return conversation.title if conversation else _("＋ 新对话")
