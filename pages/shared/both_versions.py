"""Both versions of a record side by side, for two who changed the same fields: the writer of the second chooses for each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

import streamlit as st

from core.editing.comparing import Comparison, Field, Fields, Side, parts, shown
from pages.shared.text import _, joined, literal

Values = TypeVar("Values")


class End(Enum):
    """What the writer wants of the two versions."""

    SAVE = auto()
    GIVE_UP = auto()
    GO_ON = auto()


@dataclass(frozen=True)
class Chosen(Generic[Values]):
    """The record as it was put together, and what is to become of it."""

    end: End
    value: Values


def both_versions(
    found: Comparison[Values], named: Fields, key: str, stamp: object, who: str, when: str, *, form: bool = True
) -> Chosen[Values] | None:
    """Show both and ask for each disputed field; `who` saved `when`. None while nothing is decided.

    The first button's key is `{key}_save`. `stamp` changes with what is stored: what was chosen before it did is asked again.
    Without a `form` to go back to, what is chosen is put where its writer goes on writing, and saved from there.
    """
    with st.container(border=True):
        st.markdown(f":material/group: **{_('{who}（{when}）也改了同样的地方，请选每一处用谁的', who=literal(who), when=when)}**")
        st.caption(_("两个版本都在，选好之前什么都不会被覆盖。"))
        choices = {name: _choose(named[name], found, name, f"{key}_{stamp}", who) for name in found.disputed}
        _put_together(found, named, who)
        decided = {name: side for name, side in choices.items() if side is not None}
        value = found.merged(decided)
        with st.container(horizontal=True):
            ready = len(decided) == len(choices)
            label = _("保存选好的") if form else _("按选好的合进来")
            icon = ":material/save:" if form else ":material/merge:"
            if st.button(label, type="primary", icon=icon, key=f"{key}_save", disabled=not ready) and ready:
                return Chosen(End.SAVE, value)
            if form and st.button(_("回到表单再改"), icon=":material/edit:", key=f"{key}_go_on"):
                return Chosen(End.GO_ON, value)
            if st.button(_("都用对方的，不要我的"), type="tertiary", icon=":material/undo:", key=f"{key}_give_up"):
                return Chosen(End.GIVE_UP, found.theirs)
    return None


def _choose(field: Field, found: Comparison[Values], name: str, key: str, who: str) -> Side | None:
    mine, theirs = (parts(version)[name] for version in (found.mine, found.theirs))
    with st.container(border=True, gap="small"):
        st.markdown(f"**{literal(_(field.label))}**")
        own, other = st.columns(2, gap="medium")
        for place, heading, value in ((own, _("您写的"), mine), (other, _("{who} 写的", who=literal(who)), theirs)):
            with place:
                st.caption(heading)
                st.markdown(in_words(field, value) or f":gray[{_('空着')}]")
        sides = {Side.MINE: _("用我的"), Side.THEIRS: _("用对方的")}
        return st.segmented_control(
            _("“{field}”用谁的", field=_(field.label)),
            list(sides),
            format_func=sides.__getitem__,
            key=f"{key}_side_{name}",
            label_visibility="collapsed",
        )


def in_words(field: Field | None, value: object) -> str:
    """A value as Markdown that does nothing."""
    return joined(literal(_(text)) for text in shown(field, value))


def _put_together(found: Comparison[Values], named: Fields, who: str) -> None:
    """What is merged by itself, by name."""
    own = [literal(_(named[name].label)) for name in found.only_mine if name in named]
    if own:
        st.caption(_("只有您改了、照您的：{fields}", fields=joined(own)))
    for name in (name for name in found.only_theirs if name in named):
        said = in_words(named[name], parts(found.theirs)[name]) or _("空着")
        st.caption(_("只有 {who} 改了、照对方的：{field}（{value}）", who=literal(who), field=literal(_(named[name].label)), value=said))
