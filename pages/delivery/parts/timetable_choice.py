"""Which timetable is looked at, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st

from core.delivery.timetable.publishing import VersionView
from core.delivery.timetable.service import TimetableView
from core.delivery.timetable.solving import Going
from core.delivery.timetable.terms import STATE_NAMES, STATUS_NAMES, TERM_NAMES, TimetableState
from core.i18n import Message
from pages.shared import state
from pages.shared.text import _, bracketed, joined, literal, moment, person

_COLOURS: dict[TimetableState, Literal["green", "blue", "gray"]] = {
    TimetableState.PUBLISHED: "green",
    TimetableState.DRAFT: "blue",
    TimetableState.SUPERSEDED: "gray",
}


def choose(tables: Sequence[TimetableView], going: Sequence[Going], failed: Mapping[int, Message]) -> TimetableView | None:
    """The timetable that the address asks for, else the newest draft or the published one, whichever is newer; None where there is none."""
    ready = [one for one in tables if one.row.state not in (TimetableState.WAITING, TimetableState.FAILED)]
    newest = tables[0] if tables else None
    if newest is not None and newest.id in failed and not going:
        st.error(_("“{name}”没有排成：{why}", name=literal(newest.row.name), why=literal(_(failed[newest.id]))))
    if not ready:
        return None
    by_id = {one.id: one for one in ready}
    asked = state.asked_number("timetable")
    # A draft that is older than what was published is one that nobody took.
    usual = next((one for one in ready if one.row.state in (TimetableState.DRAFT, TimetableState.PUBLISHED)), ready[0])
    first = asked if asked in by_id else usual.id
    if len(ready) == 1:
        return ready[0]
    key = f"timetable_pick_{first}_{len(ready)}"
    chosen = st.selectbox(
        _("看哪一份排期"),
        list(by_id),
        index=list(by_id).index(first),
        format_func=lambda number: _said(by_id[number]),
        key=key,
        on_change=lambda: state.ask(timetable=state.get(key)),
        width=520,
    )
    return by_id[chosen]


def headline(chosen: TimetableView, versions: Sequence[VersionView], broken: int) -> None:
    """How the timetable stands, in a line of badges, with what the solver said of it below; `broken` sessions break a rule by now."""
    row = chosen.row
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(literal(row.name), anchor=False, width="content")
        number = next((one.number for one in versions if one.timetable_id == row.id), None)
        said = _(STATE_NAMES[row.state]) if number is None else _("{state}·第 {number} 版", state=_(STATE_NAMES[row.state]), number=number)
        st.badge(said, color=_COLOURS.get(row.state, "gray"))
        if chosen.unplaced:
            st.badge(_("{n} 节没排上", n=chosen.unplaced), color="red", icon=":material/event_busy:")
        else:
            st.badge(_("{n} 节全部排上", n=chosen.placed), color="green", icon=":material/event_available:")
        if broken:
            st.badge(_("{n} 节现在违反规则", n=broken), color="red", icon=":material/gavel:")
        if row.provisional:
            st.badge(_("日历待公布"), color="orange", icon=":material/hourglass_top:")
    if not state.is_guest():
        st.caption(("" if state.language() == "zh" else " ").join(_lines(chosen)))


def _lines(chosen: TimetableView) -> list[str]:
    row = chosen.row
    found = [_("{who} 于 {when} 生成。", who=literal(person(row.made_by)), when=moment(row.made_at))]
    if row.why:
        found.append(literal(_(Message.from_json(row.why))))
    if row.status in STATUS_NAMES:
        found.append(_("求解结果：{status}。", status=_(STATUS_NAMES[row.status])))
    if row.gap is not None:
        found.append(_("总分 {total}，离已证明的最好至多差 {gap}。", total=f"{row.objective.get('total', 0):,.0f}", gap=f"{row.gap:.1%}"))
    terms = [f"{_(name)} {row.objective[term]:,.0f}" for term, name in TERM_NAMES.items() if row.objective.get(term)]
    if terms:
        found.append(_("分值由来：{terms}。", terms=joined(terms)))
    return found + [literal(_(Message.from_json(one))) for one in row.notes]


def _said(one: TimetableView) -> str:
    return bracketed(one.row.name, _(STATE_NAMES[one.row.state]))
