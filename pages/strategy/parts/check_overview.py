"""How a check stands: quarters side by side, themes with their worst target, and which items to look at."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.charts.checking import QuarterBar, status_chart
from core.strategy import periods
from core.strategy.checking.progress import STATUS_NAMES, Status
from core.strategy.checking.service import Check, Item
from pages.shared.charts import show_chart
from pages.shared.table import tall
from pages.shared.text import _

QUARTERS = 8


def overview(found: Sequence[Check], check: Check) -> list[Item]:
    """The chart and the themes; the items that the reader's filters leave."""
    names = {status: _(STATUS_NAMES[status]) for status in Status}
    bars = [QuarterBar(_(periods.name(one.row.quarter)), one.counts) for one in found[-QUARTERS:] if one.items]
    if any(one.counts[Status.NO_DATA] < len(one.items) for one in found):
        title = _finding(check)
        show_chart(title, lambda look: status_chart(bars, title, _("目标（个）"), names, look))
        with st.expander(_("怎样判定"), icon=":material/rule:"):
            st.markdown(
                _(
                    "落后 = 应达与实际之差 ÷ 全程（目标与基线之差）。途中：落后不超过 5% 为按计划，不超过 15% 为有风险，更多为偏离。"
                    "到期的目标和全程适用的上限：达到为按计划，差 5% 以内为有风险，更多为偏离。"
                    "没有实际值或没有应达值的为无数据，不算按计划。"
                )
            )
    with st.expander(_("按主题看（{n}）", n=len(check.themes)), icon=":material/account_tree:"):
        _themes(check, names)
    themes = list(dict.fromkeys(item.row.theme for item in check.items))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        theme = st.selectbox(_("主题"), themes, index=None, placeholder=_("全部主题"), key="check_theme", width=320)
        statuses = st.pills(_("状态"), list(Status), selection_mode="multi", format_func=names.__getitem__, key="check_statuses")
    return [item for item in check.items if theme in (None, item.row.theme) and (not statuses or item.status in statuses)]


def _finding(check: Check) -> str:
    counts = check.counts
    known = len(check.items) - counts[Status.NO_DATA]
    if not known:
        return _("这个季度还没有填写实际值")
    if counts[Status.OFF_TRACK]:
        return _("有数据的 {known} 个目标里，{n} 个偏离", known=known, n=counts[Status.OFF_TRACK])
    if counts[Status.AT_RISK]:
        return _("有数据的 {known} 个目标里，{n} 个有风险，没有偏离", known=known, n=counts[Status.AT_RISK])
    return _("有数据的 {n} 个目标都按计划", n=known)


def _themes(check: Check, names: dict[Status, str]) -> None:
    rows = [
        {
            _("状态"): names[one.status],
            _("主题"): one.name,
            _("有数据的目标"): f"{one.known} / {one.targets}",
            **{names[status]: one.counts[status] for status in (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)},
        }
        for one in check.themes
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, height=tall(len(rows), 8), alt=_("各主题的状态"), placeholder="—")
    st.caption(_("主题的状态取其中最差的目标；无数据的目标不改变状态。"))
