"""System settings."""

from __future__ import annotations

import streamlit as st

from core import administration
from core.instance import instance
from core.web.version import VERSION
from pages.settings.parts.general import branch_form, embedding_form, limits_form, model_form, shares_form, workshops_form
from pages.shared import state
from pages.shared.page import MEASURE, page_header
from pages.shared.text import _

page_header("settings")
actor = state.present().actor
settings = administration.current(actor, instance())

with st.container(width=MEASURE):
    branch_form(actor, settings)
    model_form(actor, settings)
    embedding_form(actor, settings)
    limits_form(actor, settings)
    shares_form(actor, settings)
    workshops_form(actor, settings)
st.caption(_("策训 Cexun {version}", version=VERSION))
