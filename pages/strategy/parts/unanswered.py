"""Questions that have no answer: it is on its way in a page that was left, was stopped, or failed. None is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from core.assistant import service as memory
from core.assistant.service import Begun
from core.errors import NotFound
from core.instance import instance
from pages.shared import state
from pages.shared.database import acting_first, reading
from pages.shared.text import _
from pages.strategy.parts.answers import show_question

_ASKING, _AGAIN = "asking_now", "asked_again"
# An answer that is on its way in a page that was left comes within the longest wait for the model, or never.
_LOOK_SECONDS, _SLACK = 3, timedelta(seconds=60)


def ask_again() -> Begun | None:
    """The question that the reader wants asked again."""
    again: Begun | None = state.take(_AGAIN)
    return again


def asking(begun: Begun) -> None:
    """Remember that this tab asks this question now."""
    state.put(_ASKING, begun.turn_id)


def unanswered(waiting: Sequence[Begun]) -> None:
    """Show the questions that have no answer, each with a way to ask it again or to let it go."""
    for begun in waiting:
        show_question(begun.question)
        stopped_here = state.get(_ASKING) == begun.turn_id
        if not stopped_here and _may_still_come(begun):
            _look_for_it(begun)
        with st.container(horizontal=True, vertical_alignment="center"):
            said = (
                _(":material/stop_circle: 已停止，回答没有保存。")
                if stopped_here
                else _(":material/hourglass_top: 还没有回答。若仍在作答，答完会出现在这里。")
            )
            st.caption(said, width="content")
            key, last = str(begun.turn_id), begun
            st.button(
                _("再问一次"), icon=":material/refresh:", type="tertiary", key=f"again_{key}", on_click=state.put, args=(_AGAIN, last)
            )
            st.button(_("算了"), icon=":material/close:", type="tertiary", key=f"let_go_{key}", on_click=_let_go, args=(last,))


def _may_still_come(begun: Begun) -> bool:
    longest = timedelta(seconds=instance().settings.model_timeout_seconds) + _SLACK
    return memory.waited(begun) < longest


@st.fragment(run_every=_LOOK_SECONDS)
def _look_for_it(begun: Begun) -> None:
    """Ask for the answer every few seconds; the page is drawn anew when it is there, and at the latest when it cannot come any more."""
    try:
        with reading() as db:
            done = memory.is_answered(db, state.present().actor, begun)
    except NotFound:
        done = True
    if done or not _may_still_come(begun):
        st.rerun(scope="app")


def _let_go(begun: Begun) -> None:
    with acting_first() as db:
        memory.let_go(db, state.present().actor, begun)
