"""Who is here, in which language, which pages they may see. Every run of every page begins here."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.shared import arriving, identity, presence, state
from pages.shared.navigation import closed_pages, pages_for
from pages.shared.page import passing
from pages.shared.paper import paper
from pages.shared.refusal import lost, not_allowed
from pages.shared.sharing import ADDRESS, frame, guest_pages, shared_page
from pages.shared.sidebar import sidebar
from pages.shared.wording import own_words
from pages.shared.workshop_pages import PROJECTOR

MARK = Path(__file__).parents[1] / "data" / "brand" / "mark.svg"

person, guest = identity.present(), identity.guest()
state.greet(person)
state.as_guest(None)
presence.nowhere_yet()
st.set_page_config(page_title="策训 Cexun", page_icon=str(MARK), layout="wide")

if person is not None:
    sections = pages_for(person.actor)
    shared = [shared_page(guest)] if guest else []
    page = st.navigation({**sections, "": [*closed_pages(person.actor, not_allowed), *shared]}, position="hidden")
    own_words()
    paper()
    there = arriving.arrive(person, page.url_path)
    if guest is not None and page.url_path == ADDRESS:
        frame(guest)
    elif page.url_path != PROJECTOR:
        sidebar(state.present(), sections, page.url_path)
    with passing():
        lost()
        if not there:
            arriving.nothing_there()
        state.show_said()
    page.run()
elif guest is not None:
    page = st.navigation(guest_pages(guest), position="hidden")
    own_words()
    paper()
    frame(guest)
    page.run()
else:
    st.navigation(identity.signed_out_pages(), position="hidden").run()
