"""The log of what was sent: filters, pages, the table, the file, sending again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

import pandas as pd
import streamlit as st

from core.exports.notices import notice_log
from core.notices.log import Line, Log, Sought
from core.notices.terms import CHANNEL_NAMES, KIND_NAMES, STATE_NAMES, Channel, Kind, SendState
from pages.settings.parts.places import here, zone
from pages.shared import state
from pages.shared.picking import picked_rows
from pages.shared.text import _

BATCH = 50


def filters() -> Sought:
    """What the person wants to see."""
    kinds = {kind: _(KIND_NAMES[kind]) for kind in Kind}
    ways = {channel: _(CHANNEL_NAMES[channel]) for channel in Channel}
    states = {one: _(STATE_NAMES[one]) for one in SendState}
    first, second, third, fourth = st.columns(4)
    kind = first.selectbox(
        _("通知种类"), list[Kind](Kind), index=None, format_func=kinds.__getitem__, placeholder=_("全部种类"), key="log_kind"
    )
    channel = second.selectbox(
        _("发送渠道"), list[Channel](Channel), index=None, format_func=ways.__getitem__, placeholder=_("全部渠道"), key="log_channel"
    )
    how = third.selectbox(
        _("发送结果"), list[SendState](SendState), index=None, format_func=states.__getitem__, placeholder=_("全部结果"), key="log_state"
    )
    days = fourth.date_input(_("日期"), value=[], max_value=date.max, format="YYYY-MM-DD", key="log_days")
    since, until = _stretch(days)
    return Sought(since, until, kind, channel, how)


def pager(total: int) -> tuple[int, int]:
    """Where the shown stretch begins and how many lines it has at most."""
    pages = max(1, -(-total // BATCH))
    return (0, BATCH) if pages == 1 else ((st.pagination(pages, key=f"log_page_{pages}") - 1) * BATCH, BATCH)


def log_table(found: Log) -> int | None:
    """The lines, and the number of one that is to be sent again."""
    st.caption(_("共 {n} 条记录", n=found.total))
    if not found.lines:
        st.info(_("没有符合条件的记录。请放宽筛选条件。") if found.total else _("还没有发过通知，或没有符合条件的记录。"))
        return None
    event = st.dataframe(
        pd.DataFrame([_row(one) for one in found.lines]),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"notice_log_{found.total}",
        placeholder="—",
        column_config={
            _("时间"): st.column_config.DatetimeColumn(_("时间"), format="YYYY-MM-DD HH:mm", width=140),
            _("次数"): st.column_config.NumberColumn(_("次数"), width=70),
            _("说明"): st.column_config.TextColumn(_("说明"), width="large"),
        },
        alt=_("通知的发送记录"),
    )
    place = next((one for one in picked_rows(event) if one < len(found.lines)), None)
    chosen = found.lines[place] if place is not None else None
    if chosen is None or chosen.state is not SendState.FAILED:
        st.caption(_("选一行没有送出的，可以再发一次。记录里没有通知的内容。"))
        return None
    return chosen.id if st.button(_("再发一次"), icon=":material/send:", key="notice_again") else None


def download(load: Callable[[], Sequence[Line]]) -> bool:
    """The button that hands over what the filters leave as an Excel file; whether it was pressed."""
    language, clock = state.language(), zone()
    return st.download_button(
        _("导出 Excel"),
        lambda: notice_log(load(), language, clock),
        file_name="notices.xlsx",
        icon=":material/download:",
        key="notice_log_export",
    )


def _row(one: Line) -> dict[str, object]:
    said = _(one.outcome) if one.outcome else ""
    if one.state is SendState.WAITING and one.next_at is not None and one.attempts:
        said = _("{said} 下次在 {when}。", said=said, when=f"{here(one.next_at):%H:%M}")
    return {
        _("时间"): here(one.at),
        _("通知种类"): _(KIND_NAMES[one.kind]),
        _("发送渠道"): _(CHANNEL_NAMES[one.channel]),
        _("收件人"): one.receiver or None,
        _("发送结果"): _(STATE_NAMES[one.state]),
        _("次数"): one.attempts,
        _("说明"): said,
    }


def _stretch(days: tuple[date, ...] | date | None) -> tuple[datetime | None, datetime | None]:
    chosen = days if isinstance(days, tuple) else (days,) if days else ()
    if not chosen:
        return None, None
    first, last = chosen[0], chosen[-1]
    return datetime.combine(first, time(), zone()), datetime.combine(last + timedelta(days=1), time(), zone())
