"""The cases as a table: searched, filtered, exported."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.delivery.cases.service import CaseView
from core.delivery.cases.terms import KIND_NAMES, CaseKind
from core.exports.cases import cases_workbook
from pages.shared import state
from pages.shared.page import on_phone
from pages.shared.picking import stay_with
from pages.shared.table import tall
from pages.shared.text import _, joined


def filtered(cases: Sequence[CaseView]) -> list[CaseView]:
    """Those that the reader looks for."""
    tags = sorted({tag for one in cases for tag in one.row.tags})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(_("搜索"), placeholder=_("标题、正文、标签或场景中的字"), key="cases_words", width=280).split()
        kinds = st.pills(_("类型"), list(CaseKind), format_func=lambda one: _(KIND_NAMES[one]), selection_mode="multi", key="cases_kinds")
        wanted = st.multiselect(_("标签"), tags, placeholder=_("全部"), key="cases_tags", width=280) if tags else []
    found = [one for one in cases if one.has(words) and (not kinds or one.row.kind in kinds) and set(wanted) <= set(one.row.tags)]
    st.caption(_("{shown} / {n} 条。点一行查看。", shown=len(found), n=len(cases)))
    return found


def case_list(shown: Sequence[CaseView]) -> CaseView | None:
    """The table; the case that the reader chose."""
    if not shown:
        return None
    rows = [
        {
            "title": one.row.title,
            "kind": _(KIND_NAMES[one.row.kind]),
            "used": len(one.used_in) or None,
            "tags": joined(one.row.tags) or None,
            "competency": one.row.competency or None,
            "scene": one.row.scene or None,
            "file": one.file or None,
        }
        for one in shown
    ]
    words = st.column_config.TextColumn
    key = f"cases_table_{len(rows)}_{sum(one.row.version or 0 for one in shown)}"
    event = st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=tall(len(rows)),
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        placeholder="—",
        alt=_("案例库"),
        column_config={
            "title": words(_("标题"), width=200 if on_phone() else 300),
            "kind": words(_("类型"), width=70),
            "used": st.column_config.NumberColumn(_("用过几个项目"), width=100),
            "tags": words(_("标签"), width=180),
            "competency": words(_("对应能力"), width=150),
            "scene": words(_("场景"), width=140),
            "file": words(_("附件"), width=160),
        },
    )
    chosen = stay_with("case_list", key, [one.id for one in shown], event)
    return next((one for one in shown if one.id == chosen), None)


def export(shown: Sequence[CaseView]) -> None:
    """What is shown, as a file."""
    language = state.language()
    st.download_button(
        _("导出 Excel"),
        data=lambda: cases_workbook(shown, language),
        file_name="cases.xlsx",
        icon=":material/download:",
        on_click="ignore",
        disabled=not shown,
        key="cases_file",
    )
