"""Units' links, shown once, with the words to send them with."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.exports.workbook import workbook
from core.goals.needs.calls import CallView
from pages.shared import state
from pages.shared.addresses import server_address
from pages.shared.table import tall
from pages.shared.text import _


def answer_address(token: str) -> str:
    """The whole address of a unit's link."""
    return f"{server_address()}/answer/{token}"


def message(call: CallView, unit: str, address: str = "") -> str:
    """What is sent to a unit."""
    due = call.row.due_on.isoformat()
    if address:
        return _(
            "{unit}：请在 {due} 前填报“{title}”，不用账号，手机也能填：{address}", unit=unit, due=due, title=call.row.title, address=address
        )
    return _("{unit}：“{title}”还没有收到贵单位的需求，请在 {due} 前填报；没有需求也请说明。", unit=unit, due=due, title=call.row.title)


def show_links(call: CallView) -> None:
    """The links that were made just now: they cannot be shown again."""
    held: tuple[int, dict[int, str]] | None = state.get("needs_links")
    if held is None or held[0] != call.id:
        return
    names = {one.id: one.row.unit for one in call.units}
    made = [(names[asked_id], answer_address(token)) for asked_id, token in held[1].items() if asked_id in names]
    with st.container(border=True):
        st.markdown(_("**链接只显示这一次。** 请下载或复制后发给各机构；丢了可以重新生成，旧的随即失效。"))
        frame = pd.DataFrame({_("机构"): [unit for unit, _address in made], _("链接"): [address for _unit, address in made]})
        st.dataframe(frame, hide_index=True, height=tall(len(made), 8), alt=_("各机构的填报链接"))
        if len(made) == 1:
            st.code(message(call, *made[0]), language=None, wrap_lines=True)
        rows = [[unit, address, message(call, unit, address)] for unit, address in made]
        headings, name = [_("机构"), _("链接"), _("发送的话")], _("填报链接")
        with st.container(horizontal=True):
            st.download_button(
                _("下载链接和要发的话"),
                data=lambda: workbook(name, headings, rows),
                file_name="needs_links.xlsx",
                icon=":material/download:",
                on_click="ignore",
                key="needs_links_file",
                type="primary",
            )
            if st.button(_("已保存，收起"), key="needs_links_done", type="tertiary", icon=":material/check:"):
                state.drop("needs_links")
                st.rerun()
