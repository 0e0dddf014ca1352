"""A quarter's meeting: its agenda to be edited, what it decided, its minutes as a file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.editing.comparing import Field
from core.exports.minutes import minutes
from core.i18n import Message
from core.review.reviews import service
from core.review.reviews.service import LONGEST_NOTE, LONGEST_SUMMARY, LONGEST_TEXT, MeetingView, Point, ReviewBoard, Work
from core.review.reviews.tables import MeetingDecision
from core.review.reviews.terms import ITEM_NAMES, Item
from pages.delivery.parts.cells import edited, text
from pages.review.parts.work import WORK_FIELDS, fields, line
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.database import acting
from pages.shared.record_form import record_form, record_of
from pages.shared.text import _, literal
from pages.strategy.parts.sheet import Merging, Sheet, editor, sheet

_MONTH = timedelta(days=30)
_MEETING_FIELDS = {"held_on": Field(Message("日期")), "attendees": Field(Message("参会人")), "summary": Field(Message("纪要"))}


def choose_quarter(board: ReviewBoard, now: int) -> int:
    """The quarter that is looked at, this one until somebody chooses another."""
    held = {one.row.quarter for one in board.meetings}
    asked = state.asked_number("decision")
    # Somebody followed a link to a decision: the meeting that made it.
    now = next((one.row.quarter for one in board.meetings if asked in {each.id for each in one.decisions}), now)

    def named(quarter: int) -> str:
        name = _("第 {quarter} 季度", quarter=quarter)
        return f"{name} ✓" if quarter in held else name

    chosen = st.segmented_control(
        _("季度"), [1, 2, 3, 4], default=now, format_func=named, required=True, key=f"meeting_quarter_{board.year}_{asked}"
    )
    return chosen or now


def prepare(plan_id: int, quarter: int, meeting: MeetingView | None, today: date) -> Wish | None:
    """Make the meeting with its agenda, or add what has come up since."""
    label = _("按数据生成议程") if meeting is None else _("补上新出现的议题")
    if not st.button(label, icon=":material/auto_awesome:", type="primary" if meeting is None else "secondary", key="meeting_prepare"):
        return None

    def act(db: Any, actor: Actor) -> None:
        service.prepare(db, actor, plan_id, quarter, today)

    return Wish(_("议程已生成，可以修改"), act)


def agenda(board: ReviewBoard, meeting: MeetingView, keeps: bool) -> Wish | None:
    """The agenda as a table to write in, with when, who and the minutes."""
    st.subheader(_("议程与讨论"), anchor=False)
    if board.withheld:
        st.caption(_("议程是全行汇总，只给能看全行汇总的人看。"))
        return None
    if not keeps:
        st.dataframe(pd.DataFrame([_cells(one) for one in meeting.agenda]), hide_index=True, column_config=_columns(), placeholder="—")
        st.markdown(literal(meeting.row.summary) or "—")
        return None
    row = meeting.row
    table = sheet(f"agenda_{row.id}", meeting.agenda, row.version, Merging(_named, _cells, _columns()))
    frame = pd.DataFrame([_cells(one) for one in table.rows], columns=["item", "text", "note"]).astype("string")
    editor(table, frame, _columns(), editable=True, alt=_("议程与讨论"))
    stored: dict[str, Any] = {"held_on": row.held_on, "attendees": row.attendees, "summary": row.summary}
    written = record_form("meeting", record_of(row), stored, _MEETING_FIELDS, _meeting)
    if written is None:
        return None
    points = _points(table)

    def act(db: Any, actor: Actor) -> None:
        service.save_meeting(db, actor, row.id or 0, written.version, agenda=points, **written.value)

    return Wish(written.done(_("议程和纪要已保存")), act)


def _meeting(known: dict[str, Any], key: str) -> dict[str, Any] | None:
    with st.form(key, border=False):
        with st.container(horizontal=True):
            held_on = st.date_input(_("日期"), known["held_on"], key=f"{key}_day", width=170)
            attendees = st.text_input(_("参会人"), known["attendees"], max_chars=LONGEST_TEXT, key=f"{key}_who")
        summary = st.text_area(_("纪要"), known["summary"], max_chars=LONGEST_SUMMARY, key=f"{key}_summary", height=100)
        pressed = st.form_submit_button(_("保存议程和纪要"), icon=":material/save:", key=f"{key}_save")
    return {"held_on": held_on, "attendees": attendees, "summary": summary} if pressed else None


def decisions(meeting: MeetingView, keeps: bool, today: date) -> Wish | None:
    """What this meeting decided, and what earlier ones decided that is still to be done."""
    wish = None
    for title, some in ((_("决定"), meeting.decisions), (_("以前会议未完成的决定"), meeting.carried)):
        if some:
            st.markdown(f"**{title}**")
        for one in some:
            with st.container(border=True):
                st.markdown(f"{literal(one.text)}  \n{line(one.owner, one.due, one.state, today)}")
                if keeps:
                    wish = _change(one) or wish
    return wish


def new_decision(meeting: MeetingView, today: date) -> Wish | None:
    """Write down what the meeting decided."""
    with st.form(f"decision_new_{meeting.row.id}", clear_on_submit=True):
        work = fields(f"new_{meeting.row.id}", _("决定做什么"), Work("", "", today + _MONTH), states=False)
        if not st.form_submit_button(_("记下决定"), icon=":material/gavel:"):
            return None

    def act(db: Any, actor: Actor) -> None:
        service.decide(db, actor, meeting.row.id or 0, work)

    return Wish(_("决定已记下，做完之前会带到下一次会"), act)


def export(plan_id: int, actor: Actor, board: ReviewBoard, meeting: MeetingView) -> None:
    """The minutes as a Word file."""
    if board.withheld:
        return

    def taken() -> None:
        with acting(rerun=False) as db:
            service.note_exported(db, actor, plan_id)

    st.download_button(
        _("导出纪要（Word）"),
        lambda: minutes(board, meeting, actor.name, state.language()),
        file_name=_("{year} 年第 {quarter} 季度复盘会纪要", year=str(board.year), quarter=meeting.row.quarter) + ".docx",
        icon=":material/download:",
        on_click=taken,
        key="minutes_export",
    )


def _change(one: MeetingDecision) -> Wish | None:
    stored = Work(one.text, one.owner, one.due, one.state)
    written = record_form("decision", record_of(one), stored, {**WORK_FIELDS, "text": Field(Message("决定做什么"))}, _work)
    if written is None:
        return None

    def act(db: Any, actor: Actor) -> None:
        service.decide(db, actor, one.meeting_id, written.value, one.id, written.version)

    return Wish(written.done(_("决定已修改")), act)


def _work(known: Work, key: str) -> Work | None:
    with st.expander(_("修改或办结"), icon=":material/edit:"), st.form(key, border=False):
        work = fields(key, _("决定做什么"), known, states=True)
        return work if st.form_submit_button(_("保存修改"), icon=":material/save:", key=f"{key}_save") else None


def _cells(one: Point) -> dict[str, Any]:
    return {"item": _(ITEM_NAMES[one.item]), "text": one.words(state.language()), "note": one.note}


def _named(one: Point) -> str:
    """What tells a point from the others: what it says, as long as nobody has rewritten it."""
    return f"{one.item} {one.words('zh')}"


def _columns() -> dict[str, Any]:
    words = st.column_config.TextColumn
    return {
        "item": words(_("类别"), width=120, disabled=True),
        "text": words(_("议题"), width=520, max_chars=LONGEST_NOTE),
        "note": words(_("讨论"), width=320, max_chars=LONGEST_NOTE),
    }


def _points(table: Sheet[Point]) -> list[Point]:
    found = []
    for row, cells in edited(table, _cells):
        written, note = text(cells.get("text")), text(cells.get("note"))
        if row is None:
            found.append(Point(Item.OTHER, None, written, note))
        else:
            # Words that nobody changed stay the data's, and are read in either language.
            same = written == row.words(state.language())
            found.append(Point(row.item, row.said, row.text if same else written, note))
    return found
