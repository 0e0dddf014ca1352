"""What an import would do, before it is done: counts, what stays out and why, what goes in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from core.errors import CexunError
from core.exports.workbook import workbook
from core.i18n import Message
from core.people.courses.terms import FORM_NAMES, METHOD_NAMES
from core.people.importing.kinds import KINDS
from core.people.importing.plan import Entry, Plan, Problem
from core.people.importing.service import Prepared
from core.people.terms import CLASS_NAMES
from pages.people.parts.columns import Columns
from pages.people.parts.course_words import span_name
from pages.shared import state
from pages.shared.text import _, joined, literal

_SHOWN = 200
_HELD = "people_plan"


def preview(prepared: Prepared, columns: Columns, key: str, today: date) -> Plan | None:
    """Show what would happen; the plan when the reader says that it should."""
    plan = _plan(prepared, columns, key, today)
    if plan is None:
        return None
    with st.grid(4, min_column_width=110):
        st.metric(_("新增"), f"{len(plan.created):,}")
        st.metric(_("更新"), f"{len(plan.updated):,}")
        st.metric(_("未变"), f"{plan.unchanged:,}")
        st.metric(_("跳过"), f"{plan.skipped:,}")
    notes(plan.notes)
    problems_table(plan.problems, "people_problems")
    _entries(plan)
    count = len(plan.created) + len(plan.updated)
    if not count:
        st.info(_("没有要写入的行。") if plan.readable else _("没有一行可以导入。请按每行的说明改正文件后再试。"), icon=":material/info:")
        return None
    left = _("有错误的行不导入，改正后再导入同一个文件即可补上。") if plan.problems else ""
    pressed = st.button(_("导入 {n} 行", n=count), type="primary", icon=":material/upload:", key="people_import")
    if left:
        st.caption(left)
    return plan if pressed else None


def notes(said: Sequence[Message]) -> None:
    """What the reader should know of how the file was read."""
    for note in said:
        st.caption(f":material/info: {literal(_(note))}")


def problems_table(problems: Sequence[Problem], key: str) -> None:
    """The rows that stay out, each with its reason; they can be taken away as a file."""
    if not problems:
        return
    headings = [_("行号"), _("列"), _("填的内容"), _("问题和怎么改")]
    rows: list[list[Any]] = [[one.row, one.column, one.value, _(one.message)] for one in problems]
    st.markdown(f":orange[:material/warning: {_('{n} 处错误', n=len(problems))}]")
    frame = pd.DataFrame(rows[:_SHOWN], columns=headings)
    wide = {headings[0]: st.column_config.NumberColumn(width=60), headings[3]: st.column_config.TextColumn(width="large")}
    st.dataframe(frame, hide_index=True, column_config=wide, alt=_("有错误的行"))
    if len(rows) > _SHOWN:
        st.caption(_("只显示前 {shown} 处，全部在导出的文件里。", shown=_SHOWN))
    st.download_button(
        _("导出错误清单"),
        data=lambda: workbook(_("有错误的行"), headings, rows),
        file_name="import-errors.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key=f"{key}_export",
    )


def _plan(prepared: Prepared, columns: Columns, key: str, today: date) -> Plan | None:
    """The plan, made once for the same file and columns; what is wrong with the columns is shown."""
    stamp = (key, tuple(sorted(columns.mapping.items())), tuple(sorted(columns.given.items())))
    held = state.get(_HELD)
    if held is None or held[0] != stamp:
        with st.spinner(_("正在核对 {n} 行", n=len(prepared.table.rows))):
            try:
                held = (stamp, prepared.plan(columns.mapping, today, columns.given))
            except CexunError as refused:
                st.error(literal(_(refused.message)))
                return None
        state.put(_HELD, held)
    plan: Plan = held[1]
    return plan


def _entries(plan: Plan) -> None:
    """The first rows that go in, as they were understood."""
    shown = [(_("新增"), one) for one in plan.created[:_SHOWN]] + [(_("更新"), one) for one in plan.updated[:_SHOWN]]
    if not shown:
        return
    filled = {name for _what, one in shown for name in one.values}
    fields = [field for field in KINDS[plan.kind].fields if field.name in filled]
    with st.expander(_("看看读成了什么样（前 {shown} 行）", shown=min(_SHOWN, len(shown))), icon=":material/table:"):
        headings = [_("行号"), _("做什么"), *(_(field.title) for field in fields)]
        rows = [[one.row, what, *(_shown(one, field.name) for field in fields)] for what, one in shown[:_SHOWN]]
        st.dataframe(pd.DataFrame(rows, columns=headings), hide_index=True, placeholder="—", alt=_("要写入的行"))


def _shown(entry: Entry, field: str) -> str | None:
    value = entry.values.get(field)
    names: dict[Any, Message] = {**CLASS_NAMES, **FORM_NAMES, **METHOD_NAMES}
    if value in names:
        return _(names[value])
    if isinstance(value, tuple):
        return joined(span_name(*one) if isinstance(one, tuple) else one for one in value)
    if isinstance(value, float):
        return f"{value:g}"
    return None if value is None else str(value)
