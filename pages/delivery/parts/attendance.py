"""The list of a session: chosen, noted, taken back; its link; what people thought of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from core import clock
from core.access.actor import Actor
from core.delivery.attendance import guests, pasting, standing
from core.delivery.attendance.check_in import FEWEST, Judged
from core.delivery.attendance.service import Row, Sheet
from core.delivery.attendance.standing import Overview, PersonProgress
from core.delivery.attendance.terms import ASKED_NAMES, CAME, PRESENCE_NAMES, VIA_NAMES, Presence
from core.delivery.timetable.service import SessionView
from core.exports.attendance import completion_workbook
from core.exports.qr import qr_svg
from core.instance import instance
from pages.delivery.parts.attendance_others import early
from pages.delivery.parts.timetable_words import cohort
from pages.shared import state
from pages.shared.addresses import server_address
from pages.shared.database import reading
from pages.shared.page import on_phone
from pages.shared.table import tall
from pages.shared.text import _, bracketed, day, joined, literal, person
from pages.strategy.parts.sheet import Merging, editor
from pages.strategy.parts.sheet import Sheet as Typed
from pages.strategy.parts.sheet import sheet as typed_over


@dataclass(frozen=True)
class Noted:
    """Who came, as somebody noted it in the list, with the versions that they saw; `rest` is what is noted of those who are left."""

    table: Typed[Row]
    found: dict[int, Presence | None]
    seen: dict[int, int]
    rest: Presence | None
    number: int


_QR = 260
_SHOWN = 5


def choose(sessions: Sequence[SessionView]) -> SessionView:
    """The session: from the address, else the one of today or the last before it, else the first."""
    by_id = {one.id: one for one in sessions}
    today = clock.today()
    past = [one.id for one in sessions if one.day is not None and one.day <= today]
    asked = state.asked_number("session")
    first = asked if asked in by_id else (past[-1] if past else sessions[0].id)
    chosen = st.selectbox(
        _("课次"),
        list(by_id),
        index=list(by_id).index(first),
        format_func=lambda one: _title(by_id[one]),
        key="attendance_session",
    )
    return by_id[chosen]


def owed(seen: Overview) -> None:
    """The sessions that are over and not noted, each with its class."""
    if not seen.silent:
        return
    with st.container(border=True):
        st.markdown(_("**{n} 个课次已结束，还没有登记完到课**", n=len(seen.silent)))
        for view, number in seen.silent[:_SHOWN]:
            st.button(
                literal(_silent(view, number)),
                icon=":material/edit_note:",
                type="tertiary",
                key=f"owed_{view.id}",
                on_click=state.put,
                args=("attendance_session", view.id),
            )
        if len(seen.silent) > _SHOWN:
            st.caption(_("另有 {n} 个。", n=len(seen.silent) - _SHOWN))


def _silent(view: SessionView, number: int) -> str:
    name = bracketed(view.name, cohort(view))
    return _(
        "{day}，{programme}·{name}：{n} 人没有登记", day=day(view.day) if view.day else "", programme=view.programme, name=name, n=number
    )


def listed(sheet: Sheet) -> None:
    """The session and how many came."""
    one = sheet.session
    place = " · ".join(part for part in (one.venue, one.trainer) if part)
    st.markdown(f"**{literal(one.name)}** · {day(one.day) if one.day else ''} {_(one.when)} · {literal(place)}")
    if one.day is not None and early(sheet):
        st.info(_("这节课 {day} 才上：当天起登记到课，提前知道的请假现在就能登记。", day=day(one.day)), icon=":material/event_upcoming:")
    with st.container(horizontal=True):
        st.metric(_("应到"), sheet.expected, width=100)
        st.metric(_("已到"), sheet.came, width=100)
        st.metric(_("未登记"), sheet.unnoted, width=100)
        if sheet.guests:
            st.metric(
                _("名单外"), sheet.guests, width=100, help=_("不在本班名单上、来上了课的人（含上过课以后换班的），不算在应到和已到里")
            )
    if sheet.others:
        st.caption(_("另有 {n} 人不在您可以看姓名的范围内，只计入人数。", n=sheet.others))


def entered(actor: Actor, plan_id: int, sheet: Sheet, may_note: bool) -> Noted | None:
    """The list, and what was noted in it."""
    if not sheet.rows:
        return None
    frame = _frame(sheet)
    if not may_note:
        st.dataframe(frame, hide_index=True, height=tall(len(frame), 15), placeholder="—", alt=_("到课名单"))
        return None
    names = {_(name): one for one, name in PRESENCE_NAMES.items() if one is Presence.EXCUSED or not early(sheet)}
    key, said = f"attendance_{sheet.session.id}", _("到课情况")
    column = st.column_config
    columns: dict[str, Any] = {name: column.TextColumn(name, disabled=True) for name in frame.columns}
    columns[said] = column.SelectboxColumn(said, options=list(names), required=False)
    stamp = f"{len(sheet.rows)}_{sum(row.version for row in sheet.rows)}"
    table = typed_over(key, sheet.rows, stamp, Merging(lambda row: row.employee_id, _said, columns))
    editor(table, _frame(replace(sheet, rows=table.rows)), columns, editable=True, alt=_("到课名单"), grows=False)
    given = ((table.rows[at], names.get(str(cells.get(said) or ""))) for at, cells in table.changed.items())
    found: dict[int, Presence | None] = {row.employee_id: presence for row, presence in given if presence is not row.presence}
    pasted: dict[int, Presence | None] | None = None
    with st.container(horizontal=True):
        saved = st.button(_("保存名单"), type="primary", icon=":material/save:", disabled=not found, key=f"save_{key}")
        rest = False
        if not early(sheet) and sheet.number is None:
            rest = st.button(_("其余记为到课"), icon=":material/done_all:", disabled=not sheet.unnoted, key=f"rest_{key}")
            pasted = _pasted(actor, plan_id, sheet, key)
    seen = {row.employee_id: row.version for row in table.rows}
    if pasted is not None:
        found = pasted
    if not rest and not (found and (saved or pasted is not None)):
        return None
    left = {row.employee_id for row in sheet.rows if row.presence is None and not row.elsewhere} - found.keys() if rest else set()
    return Noted(table, found, seen, Presence.PRESENT if rest else None, len(found) + len(left))


def tools(sheet: Sheet) -> str | None:
    """What can be done with the list: undo, a link, no link."""
    with st.container(horizontal=True):
        if sheet.undoable and st.button(_("撤销最近一次登记"), icon=":material/undo:", key="attendance_undo"):
            return "undo"
        if st.button(_("生成签到二维码"), icon=":material/qr_code_2:", key="attendance_link"):
            return "link"
        if sheet.link is not None and st.button(_("关闭签到链接"), icon=":material/link_off:", key="attendance_close"):
            return "close"
    if sheet.link is not None:
        st.caption(_("签到链接已生成：上课当天可以签到，课后 7 天内可以评价。再生成一个，旧的随即失效。"))
    return None


def made_link(session_id: int) -> None:
    """The link that was made just now: it cannot be shown again."""
    held: tuple[int, str] | None = state.get("check_in_made")
    if held is None or held[0] != session_id:
        return
    address = f"{server_address()}/check-in/{held[1]}"
    with st.container(border=True):
        st.markdown(_("**投到屏幕上，学员扫码后填工号和姓名签到，不用账号。** 这个二维码只显示这一次。"))
        st.image(qr_svg(address), width=_QR)
        st.code(address, language=None, wrap_lines=True)
        st.caption(_("链接只认工号和姓名：知道同事工号和姓名的人可以代签，请以现场点名为准。"))
        if st.button(_("已保存，收起"), key="check_in_done", type="tertiary", icon=":material/check:"):
            state.drop("check_in_made")
            st.rerun()


def judged(thought: Judged) -> None:
    """What those who came thought."""
    st.subheader(_("学员怎么评价"), anchor=False)
    if not thought.answered:
        st.caption(_("还没有人评价。签到后用同一个链接就能评价，只收到课的人。"))
        return
    st.caption(_("{came} 人到课，{n} 人评价。", came=thought.came, n=thought.answered))
    if not thought.enough:
        st.caption(_("不足 {n} 人评价时不显示平均分，免得看出是谁评的。", n=FEWEST))
        return
    with st.container(horizontal=True):
        for one, mean in thought.means.items():
            st.metric(_(ASKED_NAMES[one]), f"{mean:.1f} / 5", width=320)
    for remark in thought.remarks:
        st.markdown(f"- {literal(remark)}")


def export(actor: Actor, plan_id: int, shown: Sequence[PersonProgress]) -> None:
    """The people that are shown, as a file."""
    if not shown:
        return
    language = state.language()

    def content() -> bytes:
        with instance().database.writing() as db:
            standing.note_exported(db, actor, plan_id, len(shown))
        return completion_workbook(shown, language)

    st.download_button(
        _("导出 Excel"), data=content, file_name="completion.xlsx", icon=":material/download:", on_click="ignore", key="completion_file"
    )


def _pasted(actor: Actor, plan_id: int, sheet: Sheet, key: str) -> dict[int, Presence | None] | None:
    """The list as it was pasted: who is on it came, the others did not. Who was noted as late or excused stays so."""
    with st.popover(_("粘贴到课工号"), icon=":material/content_paste:"):
        text = st.text_area(_("一行一个工号，可以直接从 Excel 粘贴；已登记迟到、请假的不变"), key=f"paste_{key}_{state.acts()}")
        too = st.checkbox(_("不在名单上、在花名册里的工号，记为名单外到课"), key=f"paste_guests_{key}")
        if not st.button(_("名单上的记为到课，其余记为缺席"), key=f"pasted_{key}"):
            return None
        seen = pasting.read(text, [row.employee_no for row in sheet.rows])
        with reading() as db:
            came = guests.numbered(db, actor, plan_id, sheet.session.id, seen.unknown) if too else {}
        unknown = [one for one in seen.unknown if one not in came]
        if unknown or not (seen.found or came):
            names = joined(literal(one) for one in unknown[:5])
            st.error(_("这些工号不在本班名单里：{names}。什么都没有登记，请核对。", names=names) if names else _("请先粘贴工号。"))
            return None
        listed = [row for row in sheet.rows if not row.guest and (not row.elsewhere or row.employee_no in seen.found)]
        found: dict[int, Presence | None] = {row.employee_id: _by_list(row, row.employee_no in seen.found) for row in listed}
        return found | dict.fromkeys((one.employee_id for one in came.values()), Presence.PRESENT)


def _by_list(row: Row, came: bool) -> Presence:
    if came:
        return row.presence if row.presence in CAME else Presence.PRESENT
    return Presence.EXCUSED if row.presence is Presence.EXCUSED else Presence.ABSENT


def _said(row: Row) -> dict[str, Any]:
    return {_("姓名"): row.name, _("到课情况"): _(PRESENCE_NAMES[row.presence]) if row.presence else None}


def _frame(sheet: Sheet) -> pd.DataFrame:
    """The list; on a phone who came beside the name, and not how it is known."""
    frame = pd.DataFrame(
        [
            {
                _("工号"): row.employee_no,
                _("姓名"): row.name,
                _("机构"): row.unit,
                _("到课情况"): _(PRESENCE_NAMES[row.presence]) if row.presence else None,
                _("来源"): _source(row),
                _("登记人"): person(row.by) if row.by else None,
            }
            for row in sheet.rows
        ]
    )
    if not on_phone():
        return frame
    there = [_("来源")] if any(row.guest or row.elsewhere for row in sheet.rows) else []
    return frame[[_("姓名"), _("到课情况"), *there, _("机构"), _("工号")]]


def _source(row: Row) -> str | None:
    """How it is known; of whom the list does not expect here, that."""
    if row.elsewhere:
        return _("已在{cohort}上过", cohort=row.elsewhere)
    if row.guest and row.via:
        return bracketed(_("已换班") if row.moved else _("名单外"), _(VIA_NAMES[row.via]))
    return _(VIA_NAMES[row.via]) if row.via else None


def _title(one: SessionView) -> str:
    return " · ".join((f"{one.day} {_(one.when)}", one.programme, _cohort(one), one.name))


def _cohort(one: SessionView) -> str:
    return _(one.cohort) if not isinstance(one.cohort, str) else one.cohort
