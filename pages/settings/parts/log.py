"""Pieces of the page of the audit log: filters, pages, the table, the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pandas as pd
import streamlit as st

from core.access.audit import action_name, detail_text
from core.access.service import Entry, to_csv
from pages.settings.parts.places import here, zone
from pages.shared import state
from pages.shared.text import _, person

BATCH = 50


@dataclass(frozen=True)
class Filter:
    """Which part of the log: moments with their zone, a person, an action; None and "" mean all."""

    since: datetime | None
    until: datetime | None
    account_id: int | None
    action: str


def filters(actions: Sequence[str], actors: Mapping[int, str]) -> Filter:
    """What the person wants to see."""
    who, what, when = st.columns(3)
    account_id = who.selectbox(
        _("人员"),
        list(actors),
        index=None,
        format_func=actors.__getitem__,
        placeholder=_("全部人员"),
        key="audit_actor",
    )
    action = what.selectbox(
        _("操作"),
        actions,
        index=None,
        format_func=lambda name: action_name(name, state.language()),
        placeholder=_("全部操作"),
        key="audit_action",
    )
    days = when.date_input(_("日期"), value=[], max_value=date.max, format="YYYY-MM-DD", key="audit_days")
    since, until = _stretch(days)
    return Filter(since, until, account_id, action or "")


def pager(total: int) -> tuple[int, int]:
    """Where the shown stretch begins and how many entries it has at most."""
    pages = max(1, -(-total // BATCH))
    if pages == 1:
        return 0, BATCH
    return (st.pagination(pages, key=f"audit_page_{pages}") - 1) * BATCH, BATCH


def entries_table(entries: Sequence[Entry], total: int) -> None:
    """The entries, newest first, and how many there are in all."""
    st.caption(_("共 {n} 条记录", n=total))
    if not entries:
        st.info(_("没有符合条件的记录。请放宽筛选条件。"))
        return
    when, who, what, where = _("时间"), _("人员"), _("操作"), _("来源地址")
    rows = [
        {
            when: here(entry.at),
            who: person(entry.actor) or _("未知"),
            what: action_name(entry.action, state.language()),
            _("对象"): f"{entry.subject} {entry.subject_id or ''}".strip(),
            _("详情"): detail_text(entry.detail),
            where: entry.address,
        }
        for entry in entries
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={when: st.column_config.DatetimeColumn(when, format="YYYY-MM-DD HH:mm:ss")},
        alt=_("审计日志"),
    )


def download(load: Callable[[], Sequence[Entry]]) -> bool:
    """The button that hands over what the filters leave as a CSV file; whether it was pressed."""
    language, clock = state.language(), zone()
    return st.download_button(
        _("导出 CSV"),
        lambda: to_csv(load(), language, clock),
        file_name="audit.csv",
        mime="text/csv",
        icon=":material/download:",
    )


def _stretch(days: tuple[date, ...] | date | None) -> tuple[datetime | None, datetime | None]:
    chosen = days if isinstance(days, tuple) else (days,) if days else ()
    if not chosen:
        return None, None
    first, last = chosen[0], chosen[-1]
    return datetime.combine(first, time(), zone()), datetime.combine(last + timedelta(days=1), time(), zone())
