"""How a matrix lies: which column stands at the head of its rows, whether that is posts or competencies, and which columns hold levels."""

from __future__ import annotations

import streamlit as st

from core.people.importing.crossed import ABILITY, OTHER, POST, is_crossed, level_columns
from core.people.importing.service import Prepared
from pages.shared.text import _


def matrix_columns(prepared: Prepared, key: str) -> dict[str, str]:
    """The field of each column, as the reader says."""
    table = prepared.table
    guessed = prepared.mapping if is_crossed(prepared.kind, prepared.mapping) else {}
    head, side = next(((column, field) for column, field in guessed.items() if field in OTHER), (None, POST))
    choices = [column for column in table.header if column]
    names = {POST: _("每岗一行，每项能力一列"), ABILITY: _("每项能力一行，每岗一列")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = st.selectbox(
            _("岗位或能力的名称在哪一列"),
            choices,
            index=choices.index(head) if head in choices else 0,
            key=f"people_matrix_head_{key}",
            width=280,
        )
        key_side = f"people_matrix_side_{key}"
        lies = st.segmented_control(
            _("怎样排列"), list(names), default=side, format_func=names.__getitem__, required=True, key=key_side, wrap=True
        )
    offered = [column for column in choices if column != first]
    found = [column for column, field in guessed.items() if field not in OTHER] or level_columns(table, first)
    levels = st.multiselect(
        _("写着等级的列"),
        offered,
        default=[column for column in found if column in offered],
        placeholder=_("选择列"),
        key=f"people_matrix_levels_{key}_{first}",
    )
    return {first: lies, **{column: f"{OTHER[lies]}:{column}" for column in levels}}
