"""Who else has the same record open: said over its form, looked up again every so often without a run of the page."""

from __future__ import annotations

import streamlit as st

from core.editing.presence import HEARTBEAT_SECONDS, Place
from core.instance import instance
from pages.shared import state
from pages.shared.text import _, joined, literal, person

_HERE = "records_open"


def nowhere_yet() -> None:
    """A run of a page begins: no record is open on it so far."""
    state.drop(_HERE)


def here(kind: str, number: int, *, said: bool = True) -> None:
    """This tab has a record open; the first of a run also says who else has one of its records open, where that is to be `said`.

    Nobody of a shared page is counted.
    """
    if state.is_guest():
        return
    places: dict[Place, None] | None = state.get(_HERE)
    if places is not None:
        places[kind, number] = None
        return
    places = {(kind, number): None}
    if said:
        state.put(_HERE, places)
        _say_who(places)


@st.fragment(run_every=HEARTBEAT_SECONDS)
def _say_who(places: dict[Place, None]) -> None:
    actor = state.present().actor
    account = actor.account_id
    if account is None:
        return
    instance().presence.sign(tuple(places), account, actor.name)
    others = instance().presence.others(tuple(places), account)
    if others:
        names = joined(literal(person(name)) for name in others)
        st.caption(f":material/visibility: {_('{names} 也正打开着这里。各改各的不会互相覆盖。', names=names)}")
