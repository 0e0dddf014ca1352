"""Leave of people: the list of those whom the reader may read by name, and a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.delivery.calendar import editing
from core.delivery.calendar.service import LeaveView, Scopes
from pages.delivery.parts.spans import span_form, span_text
from pages.settings.parts.wish import Wish
from pages.shared.table import tall
from pages.shared.text import _


def leave_part(leave: Sequence[LeaveView], scopes: Scopes, year: int, may_edit: bool) -> Wish | None:
    """The list; what the reader wants changed."""
    picked: list[LeaveView] = []
    if leave:
        picked = _table(leave, may_edit)
    else:
        st.markdown(_("没有登记休假，或者不在您能看的范围里。"))
    if not may_edit:
        return None
    if picked and st.button(_("删除选中的 {n} 条", n=len(picked)), key="leave_drop", icon=":material/delete:"):
        seen = [(one.id, one.version) for one in picked]
        return Wish(_("已删除"), lambda db, actor: editing.remove_leave(db, actor, seen))
    with st.expander(_("登记一个人的休假"), icon=":material/add:"):
        return _form(scopes, year)


def _table(leave: Sequence[LeaveView], may_edit: bool) -> list[LeaveView]:
    words = st.text_input(_("搜索"), placeholder=_("姓名、工号或机构"), key="leave_words", live=True, width=260)
    shown = [one for one in leave if words.strip() in f"{one.name} {one.employee_no} {one.unit} {one.span.reason}"]
    headings = [_("工号"), _("姓名"), _("机构"), _("时间"), _("原因")]
    rows = [[one.employee_no, one.name, one.unit, span_text(one.span), one.span.reason or None] for one in shown]
    frame = pd.DataFrame(rows, columns=headings)
    if not may_edit:
        st.dataframe(frame, hide_index=True, height=tall(len(rows)), placeholder="—", alt=_("休假"))
        return []
    key = f"leave_{len(shown)}_{shown[0].id if shown else ''}"
    picked = st.dataframe(
        frame,
        hide_index=True,
        height=tall(len(rows)),
        on_select="rerun",
        selection_mode="multi-row",
        placeholder="—",
        alt=_("休假"),
        key=key,
    )
    return [shown[at] for at in picked.selection.rows if at < len(shown)]


def _form(scopes: Scopes, year: int) -> Wish | None:
    if not scopes.staff:
        st.caption(_("花名册还是空的，先导入员工名单。"))
        return None
    who = st.selectbox(
        _("员工"), list(scopes.staff), None, format_func=scopes.staff.__getitem__, placeholder=_("输入姓名或工号查找"), key="leave_who"
    )
    span = span_form("leave_new", year)
    if span is None:
        return None
    if who is None:
        st.error(_("请先选员工。"))
        return None
    employee_id: int = who

    def act(db: Any, actor: Actor) -> None:
        editing.add_leave(db, actor, employee_id, span)

    return Wish(_("已登记"), act)
