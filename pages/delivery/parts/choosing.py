"""The plan's projects as a list of which one is chosen; the choice goes with the reader from page to page of this step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared import state
from pages.shared.table import tall
from pages.shared.text import _

_CHOSEN = "delivery_project"


def choose(name: str, ids: Sequence[int], rows: Sequence[Mapping[Any, Any]], columns: dict[str, Any], *, first: int) -> int:
    """The list `name`, one row for each of `ids`; the project that is chosen in it, else the last chosen one, else `first`."""
    words = st.text_input(
        _("找项目"), placeholder=_("项目名称中的字"), key=f"{name}_words", live=True, width=260, label_visibility="collapsed"
    )
    shown = [place for place, row in enumerate(rows) if words.strip().lower() in str(row["name"]).lower()] or list(range(len(rows)))
    event = st.dataframe(
        pd.DataFrame([rows[place] for place in shown]),
        hide_index=True,
        height=tall(len(shown), 8),
        on_select="rerun",
        selection_mode="single-row",
        key=f"{name}_list_{len(shown)}_{ids[shown[0]]}",
        placeholder="—",
        alt=_("项目"),
        column_config=columns,
    )
    picked = next((ids[shown[place]] for place in event.selection.rows if place < len(shown)), None)
    asked = state.asked_number("project")
    held = state.get(_CHOSEN)
    found = next((one for one in (picked, asked, held) if one is not None and one in ids), first)
    state.put(_CHOSEN, found)
    return found
