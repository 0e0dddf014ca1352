"""The library where it is empty, and what is the sample branch's in it."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor
from core.documents.service import Entry
from pages.shared.page import empty
from pages.shared.sample import sample_there, take_in
from pages.shared.text import _


def sample_offer(actor: Actor) -> None:
    """Offer the sample to somebody whose library is empty."""
    with (
        st.container(border=True),
        st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"),
    ):
        st.markdown(_("还没有自己的文件？先载入虚构的“示例银行滨海分行”，看看系统怎样工作。"), width="content")
        take_in(actor)


def nothing_yet() -> None:
    """What somebody sees who waits for others to fill the library."""
    empty(_("文件库里还没有您可以查看的文件。人力资源加入并开放后，会出现在这里。"), icon=":material/library_books:")


def sample_note(actor: Actor, entries: list[Entry]) -> None:
    """Where the sample is loaded, say so and offer to remove it."""
    if any(entry.document.sample for entry in entries):
        sample_there(actor, _("标有“示例”的文件属于虚构的示例分行。"))
