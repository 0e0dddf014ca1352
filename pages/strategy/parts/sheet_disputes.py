"""Cells of a table that two people changed: both values side by side, and whose is to stand."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.editing.comparing import Fields, Side, differ
from core.editing.rows import Cells, Dispute, TableComparison, Together
from pages.shared.both_versions import in_words
from pages.shared.text import _, joined, literal

_NAMED = 5


def settled(found: TableComparison, named: Fields, key: str) -> Together | None:
    """What of the writer's goes over what is stored now; None while a cell is in dispute and nobody has chosen."""
    if not found.disputes:
        return found.together()
    with st.container(border=True):
        st.markdown(f":material/group: **{_('有 {n} 处您和别人都改了，请选每一处用谁的', n=len(found.disputes))}**")
        st.caption(_("两个版本都在，选好之前什么都不会被覆盖。"))
        choices = {one.place: choose(one, found.before[one.row], named, f"{key}_{number}") for number, one in enumerate(found.disputes)}
        disputed = {one.row for one in found.disputes}
        others = [name_of(found.now.get(row) or found.before[row]) for row in found.theirs if row not in disputed]
        if others:
            listed = joined(literal(name) for name in others[:_NAMED]) + ("…" if len(others) > _NAMED else "")
            st.caption(_("别人另外改过、照别人的：{rows}", rows=listed))
        decided = {place: side for place, side in choices.items() if side is not None}
        ready = len(decided) == len(choices)
        if st.button(_("按选好的合到表里"), type="primary", icon=":material/merge:", key=f"{key}_merge", disabled=not ready) and ready:
            return found.together(decided)
    return None


def name_of(cells: Cells) -> str:
    """What a row is called: the first words in it."""
    return next((cell for cell in cells.values() if isinstance(cell, str) and cell.strip()), "—")


def choose(one: Dispute, row: Cells, named: Fields, key: str) -> Side | None:
    """Both values of a cell, or what became of a row, and whose is to stand; None while nobody has said."""
    label = _label(named, one.column) if one.column else _("整行")
    with st.container(border=True, gap="small"):
        st.markdown(f"**{literal(name_of(row))}**　{literal(label)}")
        own, other = st.columns(2, gap="medium")
        for place, heading, value in ((own, _("您的"), one.mine), (other, _("别人的"), one.theirs)):
            with place:
                st.caption(heading)
                st.markdown(_value(one, value, named))
        sides = {Side.MINE: _("用我的"), Side.THEIRS: _("用对方的")}
        return st.segmented_control(
            _("“{field}”用谁的", field=label),
            list(sides),
            format_func=sides.__getitem__,
            key=f"{key}_side",
            label_visibility="collapsed",
        )


def _value(one: Dispute, value: Any, named: Fields) -> str:
    """A cell, or the cells of a row that are not what they were; a row may be gone."""
    if one.column:
        return in_words(named.get(one.column), value) or f":gray[{_('空着')}]"
    if value is None:
        return f":gray[{_('删掉了')}]"
    changed = [name for name in value if name in named and differ(value[name], one.before.get(name))] or list(value)[:1]
    return "  \n".join(f"{literal(_label(named, name))}：{in_words(named.get(name), value[name]) or '—'}" for name in changed)


def _label(named: Fields, name: str) -> str:
    return _(named[name].label) if name in named else name
