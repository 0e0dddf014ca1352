"""The only way from a page to the database: one `reading()` to load, one `acting()` to change something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Literal

import streamlit as st

from core.errors import CexunError, NotAllowed
from core.i18n import Message
from core.instance import instance
from core.storage import Session, changed_rows
from pages.shared import state
from pages.shared.text import _, literal


def reading() -> AbstractContextManager[Session]:
    """A session that sees one moment and writes nothing."""
    return instance().database.reading()


@contextmanager
def acting(done: str = "", *, rerun: bool = True, within: Literal["app", "fragment"] = "app") -> Iterator[Session]:
    """A transaction for one action of a person.

    When the block ends well it is committed, `done` is said, and the page runs again so that it shows what is now true. An
    expected failure is shown in place and nothing is written; the code after the block goes on. Never call `st.rerun` inside: it would
    undo the write. `within` "fragment": only the fragment that the action belongs to runs again. Raises `NotAllowed` on a shared page.
    """
    _refuse_guests()
    try:
        with instance().database.writing() as db:
            yield db
    except CexunError as failure:
        st.error(literal(_(failure.message)))
        return
    state.wrote(changed_rows(db))
    instance().worker.wake()
    if done:
        state.say_next(done)
    if rerun:
        st.rerun(scope=within)


@contextmanager
def acting_first(done: str = "") -> Iterator[Session]:
    """As `acting`, for a widget's callback, which runs before the page does: one run shows what is true after the action.

    What came of it, `done` or the refusal, is said by that run. The page passes to the callback what the person saw (ids, versions):
    what the page would read now may be something else. No background work is woken.
    """
    _refuse_guests()
    try:
        with instance().database.writing() as db:
            yield db
    except CexunError as failure:
        state.refuse_next(_(failure.message))
        return
    state.wrote(changed_rows(db))
    if done:
        state.say_next(done)


def _refuse_guests() -> None:
    if state.is_guest():
        raise NotAllowed(Message("这是共享页面，只能看，不能改。"))
