"""Who is here, in which language, which pages they may see. Every run of every page begins here."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.shared import identity, state
from pages.shared.navigation import closed_pages, pages_for
from pages.shared.refusal import not_allowed
from pages.shared.sidebar import sidebar
from pages.shared.wording import own_words

MARK = Path(__file__).parents[1] / "data" / "brand" / "mark.svg"

person = identity.present()
state.greet(person)
st.set_page_config(page_title="策训 Cexun", page_icon=str(MARK), layout="wide")

if person is None:
    st.navigation(identity.signed_out_pages(), position="hidden").run()
else:
    sections = pages_for(person.actor)
    page = st.navigation({**sections, "": closed_pages(person.actor, not_allowed)}, position="hidden")
    own_words()
    sidebar(person, sections)
    state.show_said()
    page.run()
