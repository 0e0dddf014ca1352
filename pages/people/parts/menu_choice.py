"""Whose menu is wanted: a unit's, or that of somebody in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from core.people.remedies.service import Somebody, UnitChoice
from pages.shared import state
from pages.shared.text import _

# A longer list is no list to choose from: a number or a part of a name narrows it.
_MOST = 300


def choose_unit(units: Sequence[UnitChoice], home: int | None, *, everybody: bool) -> UnitChoice | None:
    """The unit, that of the person who was asked for (`home`) first; None is everybody, which only a reader of sums may choose."""
    by_id: Mapping[int, UnitChoice] = {one.id: one for one in units}
    asked = home or state.asked_number("unit")
    chosen = st.selectbox(
        _("机构"),
        list(by_id),
        index=list(by_id).index(asked) if asked is not None and asked in by_id else None if everybody else 0,
        format_func=lambda one: by_id[one].name,
        placeholder=_("全部机构"),
        key=f"menu_unit_{asked}",
        width=300,
    )
    return None if chosen is None else by_id[chosen]


def choose_person(people: Sequence[Somebody]) -> int | None:
    """Somebody of the unit; None is the unit as a whole."""
    shown = {one.id: one for one in people}
    if len(shown) > _MOST:
        words = st.text_input(
            _("找人"), placeholder=_("工号或姓名（这里有 {n} 人）", n=len(shown)), key="menu_person_words", live=True, width=240
        )
        shown = {one.id: one for one in people if words.strip() and words.strip() in f"{one.number} {one.name}"}
        if len(shown) > _MOST:
            shown = dict(list(shown.items())[:_MOST])
    asked = state.asked_number("person")
    return st.selectbox(
        _("人"),
        list(shown),
        index=list(shown).index(asked) if asked in shown else None,
        format_func=lambda one: f"{shown[one].number} {shown[one].name}",
        placeholder=_("整个机构"),
        key=f"menu_person_{asked}_{len(people)}_{people[0].id if people else ''}",
        width=300,
    )
