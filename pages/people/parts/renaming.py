"""A unit that has a new name: it keeps its people and its manager."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.people.units import LONGEST_NAME, own_name, rename
from pages.settings.parts.wish import Wish
from pages.shared.text import _


def renaming_part(units: Mapping[int, str]) -> Wish | None:
    """Ask which unit is called what now; what is to be done, when the reader says so."""
    with st.expander(_("机构改名"), icon=":material/edit:"):
        st.caption(
            _(
                "机构改了名，先在这里改，再导入新的名单：人员和负责人都跟着走，下级机构的名称一起改。报过的需求也写新的名称。改回去也在这里。"
            )
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.selectbox(
                _("机构"),
                sorted(units, key=units.__getitem__),
                index=None,
                format_func=units.__getitem__,
                placeholder=_("选择机构"),
                key="rename_unit",
                width=320,
            )
            before = units.get(chosen, "") if chosen is not None else ""
            name = st.text_input(_("现在的名称"), own_name(before), max_chars=LONGEST_NAME, key=f"rename_to_{chosen}_{before}", width=320)
            same = chosen is None or not name.strip() or name.strip() == own_name(before)
            if not st.button(_("改名"), disabled=same, key="rename_save"):
                return None

    def act(db: Any, actor: Actor) -> None:
        rename(db, actor, int(chosen or 0), before, name)

    return Wish(_("已改名"), act)
