"""How far people are with the programmes, and who is to be reminded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.delivery.attendance.completion import STANDING_NAMES, Standing
from core.delivery.attendance.standing import Overview, PersonProgress
from pages.shared.table import tall
from pages.shared.text import _, joined, moment


def people(seen: Overview) -> list[PersonProgress]:
    """Those who are shown: by standing, programme, and part of a name or number."""
    if seen.others:
        st.caption(_("另有 {n} 人次不在您可以看姓名的范围内。", n=seen.others))
    if not seen.people:
        st.info(_("没有您可以看姓名的人。"))
        return []
    counts = Counter(one.progress.standing for one in seen.people)
    names = {one: f"{_(STANDING_NAMES[one])} {counts[one]}" for one in Standing}
    order = [Standing.BEHIND, Standing.GOING, Standing.DONE, *([Standing.GUEST] if counts[Standing.GUEST] else [])]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.pills(_("情况"), order, format_func=lambda one: names[one], selection_mode="multi", key="completion_standing")
        programmes = sorted({one.programme for one in seen.people})
        programme = st.selectbox(_("项目"), programmes, index=None, placeholder=_("全部项目"), key="completion_programme", width=320)
        text = st.text_input(_("姓名或工号"), key="completion_text", width=200).strip()
    return [
        one
        for one in seen.people
        if (not wanted or one.progress.standing in wanted)
        and (programme is None or one.programme == programme)
        and (not text or text in one.name or text in one.employee_no)
    ]


def progress_table(shown: Sequence[PersonProgress]) -> list[tuple[int, int]]:
    """How far each is; those (programme, employee) who are to be reminded."""
    if not shown:
        return []
    headings = [_("工号"), _("姓名"), _("机构"), _("项目"), _("进度"), _("缺了哪几次"), _("最近提醒")]
    frame = pd.DataFrame([_cells(one) for one in shown], columns=headings)
    picked = st.dataframe(
        frame,
        hide_index=True,
        height=tall(len(frame), 15),
        selection_mode="multi-row",
        on_select="rerun",
        key="completion_table",
        placeholder="—",
        alt=_("完成情况"),
    )
    rows = [shown[number] for number in picked["selection"]["rows"]]
    open_ones = [one for one in rows if one.progress.left]
    if not open_ones:
        st.caption(_("勾选要提醒的人，这里给出可以发出去的话。"))
        return []
    st.code("\n".join(_message(one) for one in open_ones), language=None, wrap_lines=True)
    if st.button(_("复制后点这里，记下已提醒"), icon=":material/notifications_active:", key="completion_remind"):
        return [(one.progress.programme_id, one.progress.employee_id) for one in open_ones]
    return []


def _cells(one: PersonProgress) -> list[str | None]:
    reminded = moment(one.reminded.at) if one.reminded else None
    return [one.employee_no, one.name, one.unit, one.programme, _(one.progress.words), joined(one.progress.missed), reminded]


def _message(one: PersonProgress) -> str:
    return _("{name}：“{programme}”{progress}，请尽快补上。", name=one.name, programme=one.programme, progress=one.progress.words)
