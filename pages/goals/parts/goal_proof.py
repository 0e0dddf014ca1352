"""How many people a goal would need to be proved, said while it is written."""

from __future__ import annotations

import streamlit as st

from core.goals.goal import Goal
from core.review.effects.planning import proofs
from pages.shared.text import _, literal


def show_proof(goal: Goal) -> None:
    """One line for the first indicator, the rest behind it; nothing while no indicator says where it begins and where it shall end."""
    found = proofs(goal)
    if not found:
        return
    st.caption(f":material/balance: {literal(_(found[0].line))}")
    with st.expander(_("怎样才算得上证明")):
        for one in found[1:]:
            st.markdown(f"- {literal(_(one.line))}")
        st.caption("\n\n".join(literal(_(said)) for said in found[0].details))
