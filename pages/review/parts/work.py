"""What is to be done, by whom, until when: the fields of a form, and a line that says so."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.editing.comparing import Field
from core.i18n import Message
from core.review.reviews.service import LONGEST_OWNER, LONGEST_TEXT, Work
from core.review.reviews.terms import WORK_STATE_NAMES, WorkState
from pages.shared.text import _, day, literal

WORK_FIELDS = {
    "text": Field(Message("做什么")),
    "owner": Field(Message("责任人")),
    "due": Field(Message("完成期限")),
    "state": Field(Message("进展"), WORK_STATE_NAMES),
}


def fields(key: str, label: str, begun: Work, *, states: bool) -> Work:
    """The fields; how far it is only for what stands already (`states`)."""
    text = st.text_input(label, begun.text, max_chars=LONGEST_TEXT, key=f"work_text_{key}")
    with st.container(horizontal=True):
        owner = st.text_input(_("责任人"), begun.owner, max_chars=LONGEST_OWNER, key=f"work_owner_{key}", width=200)
        due = st.date_input(_("完成期限"), begun.due, key=f"work_due_{key}", width=170)
        state: str | None = begun.state
        if states:
            state = st.segmented_control(
                _("进展"),
                list[WorkState](WorkState),
                default=begun.state,
                format_func=lambda one: _(WORK_STATE_NAMES[one]),
                required=True,
                key=f"work_state_{key}",
            )
    return Work(text, owner, due, WorkState(state or begun.state))


def line(owner: str, due: date, state: WorkState, today: date) -> str:
    """Who does it until when, and how far it is; what is past its day stands out."""
    late = state is WorkState.OPEN and due < today
    name = _("已过期") if late else _(WORK_STATE_NAMES[state])
    colour = "red" if late else {WorkState.OPEN: "orange", WorkState.DONE: "green", WorkState.DROPPED: "gray"}[state]
    return f":{colour}-badge[{name}] {literal(owner)} · {_('{day} 前', day=day(due))}"
