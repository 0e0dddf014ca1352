"""A question that was stopped or failed before its answer was kept: it is not lost."""

from __future__ import annotations

import streamlit as st

from pages.shared import state
from pages.shared.text import _
from pages.strategy.parts.answers import show_question

_WAITING, _AGAIN = "unanswered", "asked_again"


def ask_again() -> str | None:
    """The question that the reader wants asked again."""
    again: str | None = state.take(_AGAIN)
    return again


def unanswered() -> None:
    """Show the question that has no answer, with a way to ask it again or to let it go."""
    question = state.get(_WAITING)
    if not question:
        return
    show_question(question)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_(":material/stop_circle: 已停止，回答没有保存。"), width="content")
        st.button(_("再问一次"), icon=":material/refresh:", type="tertiary", on_click=state.put, args=(_AGAIN, question))
        st.button(_("算了"), icon=":material/close:", type="tertiary", on_click=state.drop, args=(_WAITING,))
