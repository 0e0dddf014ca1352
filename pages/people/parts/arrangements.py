"""What is arranged: done, cancelled, taken back; and who is to be assessed again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.people.courses.course import Ability
from core.people.remedies import arranging, reminders
from core.people.remedies.arranged import Arranged
from core.people.remedies.arranging import Accepted
from core.people.remedies.reminders import AFTER_MONTHS, LONGEST_REASON, Reminder, due_on
from core.people.remedies.tables import EnrolmentState
from pages.people.parts.menu_person import BATCH
from pages.people.parts.menu_words import state_name
from pages.people.parts.taking import export_people
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.table import tall
from pages.shared.text import _, joined, moment, person

_TALL = 12


def just_accepted() -> Wish | None:
    """What this tab has just arranged, with the way back."""
    done: Accepted | None = state.get(BATCH)
    if done is None:
        return None
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        said = _("刚安排了 {n} 项。", n=done.made)
        already = _("另有 {n} 项早已安排，没有重复。", n=done.already) if done.already else ""
        st.markdown(f":material/event_available: {said}{already}", width="content")
        if not done.made or not st.button(_("撤销这次安排"), icon=":material/undo:", key="menu_undo"):
            return None

    def act(db: Any, actor: Actor) -> None:
        arranging.undo(db, actor, done.batch)
        state.drop(BATCH)

    return Wish(_("已撤销"), act)


def arrangements(found: Sequence[Arranged], names: Mapping[int, str], abilities: Mapping[int, Ability], today: date) -> Wish | None:
    """The table of arrangements; what the reader wants done with those that they chose."""
    if not found:
        return None
    planned = sum(one.row.state is EnrolmentState.PLANNED for one in found)
    with st.expander(_("安排和完成情况（{n} 项未完成）", n=planned), icon=":material/event_note:", key="menu_arranged"):
        headings = [_("工号"), _("姓名"), _("条目"), _("补什么"), _("状态"), _("完成日期"), _("重新测评"), _("安排人"), _("安排时间")]
        rows = [_cells(one, names, abilities) for one in found]
        picked = st.dataframe(
            pd.DataFrame(rows, columns=headings),
            hide_index=True,
            height=tall(len(rows)),
            on_select="rerun",
            selection_mode="multi-row",
            placeholder="—",
            alt=_("安排和完成情况"),
            key=f"arranged_{len(found)}_{planned}",
        )
        chosen = [found[place].row for place in picked.selection.rows if place < len(found)]
        open_ = [(row.id or 0, row.version or 0) for row in chosen if row.state is EnrolmentState.PLANNED]
        over = [(row.id or 0, row.version or 0) for row in chosen if row.state is not EnrolmentState.PLANNED]
        with st.container(horizontal=True, vertical_alignment="bottom"):
            on = st.date_input(_("完成日期"), today, max_value=today, format="YYYY-MM-DD", key="arranged_on", width=160)
            done = st.button(_("标为完成（{n}）", n=len(open_)), disabled=not open_, icon=":material/done:", key="arranged_done")
            dropped = st.button(_("取消（{n}）", n=len(open_)), disabled=not open_, icon=":material/close:", key="arranged_cancel")
            again = st.button(_("恢复为未完成（{n}）", n=len(over)), disabled=not over, icon=":material/undo:", key="arranged_again")
            export_people(_("补能安排"), headings, rows, file="arranged")
        if not chosen:
            st.caption(_("先在表里选几行，再标为完成或取消。完成后满 {n} 个月，提醒负责人重新测评。", n=AFTER_MONTHS))
    if done:
        return Wish(_("已标为完成"), lambda db, actor: arranging.finish(db, actor, open_, on))
    if dropped:
        return Wish(_("已取消，可以恢复"), lambda db, actor: arranging.cancel(db, actor, open_))
    return Wish(_("已恢复"), lambda db, actor: arranging.plan_again(db, actor, over)) if again else None


def reminders_list(found: Sequence[Reminder], names: Mapping[int, str], abilities: Mapping[int, Ability], today: date) -> Wish | None:
    """Who is to be assessed again, with the way to close one by hand."""
    if not found:
        return None
    with st.expander(
        _("该重新测评了（{n} 项）", n=len(found)), icon=":material/event_repeat:", expanded=len(found) <= _TALL, key="menu_reminders"
    ):
        headings = [_("工号"), _("姓名"), _("学完的条目"), _("重新测评什么"), _("完成日期"), _("应测日期"), _("提醒谁")]
        rows = [
            [
                *(one.arranged.number, one.arranged.name, names.get(one.arranged.row.course_id), _ability(one.arranged, abilities)),
                *(one.arranged.row.done_on, one.due, joined(one.managers) or _("人力资源")),
            ]
            for one in found
        ]
        picked = st.dataframe(
            pd.DataFrame(rows, columns=headings),
            hide_index=True,
            height=tall(len(rows)),
            on_select="rerun",
            selection_mode="single-row",
            placeholder="—",
            alt=_("该重新测评的人"),
            key=f"reminders_{len(found)}",
        )
        st.caption(_("测评结果导入后，提醒自动关闭；不再需要测评的，选一行写明原因关闭。"))
        place = next((it for it in picked.selection.rows if it < len(found)), None)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            reason = ""
            if place is not None:
                reason = st.text_input(
                    _("原因"), max_chars=LONGEST_REASON, placeholder=_("例如：已调离原岗位"), key=f"reminder_reason_{place}"
                )
            pressed = place is not None and st.button(_("关闭提醒"), disabled=not reason.strip(), icon=":material/notifications_off:")
            export_people(_("重新测评提醒"), headings, rows, [today.isoformat()], file="reassess")
    if not pressed or place is None:
        return None
    row = found[place].arranged.row
    return Wish(_("已关闭"), lambda db, actor: reminders.close(db, actor, (row.id or 0, row.version or 0), reason))


def _cells(one: Arranged, names: Mapping[int, str], abilities: Mapping[int, Ability]) -> list[Any]:
    row = one.row
    again: str | None = None
    if row.state is EnrolmentState.DONE and row.done_on and row.competency_id:
        again = _("已关闭：{reason}", reason=row.closed_reason) if row.closed_at else due_on(row.done_on).isoformat()
    return [
        *(one.number, one.name, names.get(row.course_id), _ability(one, abilities), state_name(row.state)),
        *(row.done_on, again, person(row.planned_by), moment(row.planned_at)),
    ]


def _ability(one: Arranged, abilities: Mapping[int, Ability]) -> str | None:
    found = abilities.get(one.row.competency_id or 0)
    return found.name if found else None
