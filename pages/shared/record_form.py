"""A form for a record that several people may change: what its writer began with stays until it is saved or given up.

A colleague who saves the record in the meantime empties no field and is not overwritten. Where the two changed different fields both
stand; where they changed the same one, both versions are shown and the writer chooses for each field (`both_versions.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Literal, TypeVar

import streamlit as st

from core.editing.comparing import Fields, changed, compare
from pages.shared import presence, state
from pages.shared.both_versions import End, both_versions
from pages.shared.record import Record, last_hand, record_of
from pages.shared.text import _, joined, literal

__all__ = ["Record", "Written", "blank_form", "filled", "record_form", "record_of"]

Values = TypeVar("Values")
Draw = Callable[[Values, str], Values | None]
Scope = Literal["app", "fragment"]


@dataclass(frozen=True)
class Written(Generic[Values]):
    """What is to be saved, over the `version` of the record that it was compared with. `kept` names what a colleague changed and stays."""

    value: Values
    version: int
    kept: tuple[str, ...] = ()

    def done(self, text: str) -> str:
        """What is said once it is saved."""
        if not self.kept:
            return text
        return _("{saved}；别人改的也保留了：{fields}", saved=text, fields=joined(self.kept))


@dataclass(frozen=True)
class _Desk(Generic[Values]):
    """`seen` is the record as it was when the form was opened, `begun` fills its fields; `typed`: both versions are to be shown.

    `waiting` until it is shown for the first time; `handed`: how many actions this tab had done when it was sent to the database.
    """

    key: str
    seen: Values
    begun: Values
    typed: Values | None = None
    waiting: bool = True
    handed: int | None = None


def record_form(
    prefix: str, record: Record, stored: Values, named: Fields, draw: Draw[Values], *, within: Scope = "app"
) -> Written[Values] | None:
    """Show the form, or both versions; what is to be saved, once its writer says so and no field is in dispute.

    `stored` is what the record holds now; `draw` shows a form filled with the values it is given, in which all keys begin with the
    key it is given and the button that saves is `{key}_save`, and hands back what was written when a button of the form is pressed.
    `within` "fragment": the form stands in a fragment or a dialog that loads what is stored by itself.
    """
    slot = _slot(prefix, record.id)
    desk = _opened(slot, prefix, record, stored)
    presence.here(record.kind, record.id, said=within == "app")
    if desk.typed is not None:
        return _settle(slot, desk, record, stored, named, within)
    if (theirs := changed(desk.seen, stored)) and _newest_wanted(record, theirs, named, desk.key):
        state.put(slot, _Desk(f"{desk.key}_again", stored, stored))
        st.rerun(scope=within)
    typed = draw(desk.begun, desk.key)
    state.put(slot, replace(desk, waiting=False))
    if typed is None:
        return None
    found = compare(desk.seen, typed, stored, named)
    if found.disputed:
        state.put(slot, replace(desk, typed=typed, waiting=True))
        st.rerun(scope=within)
    state.put(slot, replace(desk, waiting=False, handed=state.acts()))
    kept = tuple(_(named[name].label) for name in found.only_theirs if name in named)
    return Written(found.merged(), record.version or 0, kept)


def blank_form(name: str) -> str:
    """The key of a form for something new: another one once `filled` says that this tab has made it, and not before."""
    return f"{name}_{state.get(f'{name}_filled', 0)}"


def filled(name: str) -> None:
    """What was written in the blank form `name` is stored: the next one is empty."""
    state.put(f"{name}_filled", state.get(f"{name}_filled", 0) + 1)


def _slot(prefix: str, number: int) -> str:
    return f"{prefix}_desk_{number}"


def _opened(slot: str, prefix: str, record: Record, stored: Values) -> _Desk[Values]:
    """The form as it is being written in; a fresh one where nobody is, or where this tab itself has changed the record since."""
    desk: _Desk[Values] | None = state.get(slot)
    if desk is not None and (desk.waiting or state.get(f"{desk.key}_save") is not None):
        saved = desk.handed is not None and state.acts() > desk.handed
        own = record.version is not None and state.wrote_version(record.kind, record.id) == record.version
        if not saved and not (own and desk.typed is None and changed(desk.seen, stored)):
            return replace(desk, handed=None)
    state.follow(record.kind, record.id)
    fresh = _Desk(f"{prefix}_{record.id}_{record.version or 0}", stored, stored)
    state.put(slot, fresh)
    return fresh


def _settle(slot: str, desk: _Desk[Values], record: Record, stored: Values, named: Fields, within: Scope) -> Written[Values] | None:
    """Both versions; what was put together of them, once it is to be saved."""
    assert desk.typed is not None
    state.put(slot, replace(desk, waiting=False))
    found = compare(desk.seen, desk.typed, stored, named)
    chosen = both_versions(found, named, desk.key, record.version, *last_hand(record))
    if chosen is None:
        return None
    if chosen.end is End.SAVE and changed(chosen.value, stored):
        state.put(slot, replace(desk, waiting=False, handed=state.acts()))
        return Written(chosen.value, record.version or 0)
    if chosen.end is End.GO_ON:
        state.put(slot, _Desk(f"{desk.key}_again", stored, chosen.value))
    else:
        state.drop(slot)
    return st.rerun(scope=within)


def _newest_wanted(record: Record, theirs: Sequence[str], named: Fields, key: str) -> bool:
    """A quiet line over the form: somebody saved; whether its reader wants the newest instead of what they began with."""
    who, when = last_hand(record)
    fields = joined(literal(_(named[name].label)) for name in theirs if name in named) or _("内容")
    said = _("{who}（{when}）改过：{fields}。您写的都还在，保存时不会互相覆盖。", who=literal(who), when=when, fields=fields)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f":material/group: {said}", width="content")
        return st.button(_("换成最新的"), key=f"{key}_newest", type="tertiary", icon=":material/refresh:")
