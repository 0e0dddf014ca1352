"""What was done last, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.access.audit import action_name
from core.delivery.undo.service import undo as undo_action
from core.editing.done import Done
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.text import _, literal, moment, person

_SHOWN = 30


Undo = Callable[[Any, Actor, int], object]


def undoing(done: Sequence[Done], mine: Done | None, key: str, undo: Undo = undo_action) -> Wish | None:
    """The last action to be taken back, and those before it behind a button; `undo` is how."""
    if not done:
        return None
    with st.container(horizontal=True, vertical_alignment="center"):
        if mine is not None and st.button(_("撤销上一步"), icon=":material/undo:", key=f"{key}_undo", help=literal(_called(mine))):
            return _taken_back(mine, undo)
        with st.popover(_("最近的操作"), icon=":material/history:"):
            return _history(done, key, undo)
    return None


def _history(done: Sequence[Done], key: str, undo: Undo) -> Wish | None:
    st.caption(_("可以逐条撤销；之后又改过的内容不会被覆盖，会先告诉您。"))
    wish = None
    for one in done[:_SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{literal(_called(one))}  \n:gray[{literal(person(one.by))} · {moment(one.at)}]", width="stretch")
            if one.undone:
                st.caption(_("已撤销"), width="content")
            elif st.button(_("撤销"), key=f"{key}_undo_{one.id}", type="tertiary"):
                wish = _taken_back(one, undo)
    return wish


def _called(one: Done) -> str:
    name = action_name(one.action, state.language())
    return f"{name} · {one.title}" if one.title else name


def _taken_back(one: Done, undo: Undo) -> Wish:
    def act(db: Any, actor: Actor) -> None:
        undo(db, actor, one.id)

    return Wish(_("已撤销"), act)
