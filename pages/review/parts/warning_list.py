"""All projects by urgency."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd
import streamlit as st

from core.review.warnings.rule import SunkCostWarning
from core.review.warnings.service import Board
from core.review.warnings.terms import ADVICE_NAMES, LINK_NAMES, STATUS_NAMES, Status
from pages.shared.table import tall
from pages.shared.text import _


def summary(board: Board) -> None:
    """How many projects stand how, in words and figures."""
    counts = Counter(one.status for one in board.warnings)
    with st.container(horizontal=True):
        for status in Status:
            st.metric(_(STATUS_NAMES[status]), f"{counts[status]:,}", width=130)
    undecided = [one for one in board.alarms if not any(case.open for case in board.cases.get(one.project.id, ()))]
    if undecided:
        st.warning(_("{n} 个项目已预警，还没有人处理。", n=len(undecided)), icon=":material/warning:")


def warning_table(board: Board) -> None:
    """A row for each project."""
    rows = [_row(one, board) for one in board.warnings]
    words, number = st.column_config.TextColumn, st.column_config.NumberColumn
    columns = {
        "status": words(_("状态"), width=110),
        "name": words(_("项目"), width=240),
        "weak": words(_("弱在哪一环"), width=110),
        "forecast": words(_("预计达成（占目标）"), width=210, help=_("离结果最近、可以判断的一环，不一定是弱的那一环；括号里是区间")),
        "left": number(_("还剩（周）"), width=90),
        "remaining": number(_("还能省（元）"), format="localized", width=110),
        "advice": words(_("建议"), width=80),
        "case": words(_("处理"), width=160),
    }
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, height=tall(len(rows)), placeholder="—", alt=_("各项目的预警状态"), column_config=columns
    )


def forecast_words(one: SunkCostWarning) -> str | None:
    """The forecast with its interval, in per cent of the target, and of which link it is: seldom of the weak one."""
    nearest = one.nearest
    if nearest is None or nearest.outlook is None:
        return None
    end = nearest.outlook.end
    said = {"link": LINK_NAMES[nearest.link], "value": share(end.value), "low": share(end.low), "high": share(end.high)}
    return _("{link} {value}（{low}–{high}）", **said)


def share(value: float) -> str:
    """A share of the plan in per cent; a forecast below nothing is nothing."""
    return f"{max(0.0, value) * 100:.0f}%"


def _row(one: SunkCostWarning, board: Board) -> dict[str, Any]:
    case = next((each for each in board.cases.get(one.project.id, ()) if each.open), None)
    return {
        "status": _(STATUS_NAMES[one.status]),
        "name": one.project.name,
        "weak": _(LINK_NAMES[one.weak]) if one.weak else None,
        "forecast": forecast_words(one),
        "left": one.remaining_weeks,
        "remaining": round(one.prospect.remaining),
        "advice": _(ADVICE_NAMES[one.advice]) if one.status is not Status.NO_JUDGEMENT else None,
        "case": _("{action} · {owner}", action=_(ADVICE_NAMES[case.row.action]), owner=case.row.owner) if case else None,
    }
