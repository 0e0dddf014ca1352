"""The bank's own list of projects and courses: from an Excel file or pasted, looked at, then taken in."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.delivery.timetable import taking_in
from core.delivery.timetable.lists import FIELDS
from core.delivery.timetable.taking_in import Preview
from core.errors import CexunError
from core.exports.sessions import list_template
from core.sheets.grid import Row, rows_of
from core.sheets.opening import open_content
from core.sheets.pasting import pasted_rows
from pages.delivery.parts.timetable_acts import XLSX
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.table import tall
from pages.shared.text import _, joined, literal

_SHOWN = 12


def bring_in(actor: Actor, plan_id: int) -> None:
    """The ways in, the preview, and taking it over."""
    st.markdown(_("把自己的培训清单变成可以排的班：每行一个项目，或每行一节课（同名的行按先后成为同一项目的课次）。"))
    with st.container(horizontal=True, vertical_alignment="center"):
        language = state.language()
        st.download_button(
            _("下载空表"),
            data=lambda: list_template(language),
            file_name=_("培训清单.xlsx"),
            mime=XLSX,
            icon=":material/download:",
            key="list_template",
            type="tertiary",
        )
        st.caption(_("认得的列：{columns}。", columns=joined(_(one.title) for one in FIELDS)))
    version = state.get("list_version", 0)
    file = st.file_uploader(_("Excel 或 CSV 文件"), type=["xlsx", "csv", "tsv"], key=f"list_file_{version}")
    pasted = st.text_area(_("或者从 Excel 粘贴（连表头）"), height=120, key=f"list_pasted_{version}")
    rows = _rows(file, pasted)
    if not rows:
        return
    with reading() as db:
        seen = taking_in.preview(db, actor, plan_id, rows)
    _preview(seen)
    count = len(seen.listed)
    if count and st.button(_("导入 {n} 个项目", n=count), key="list_go", type="primary", icon=":material/playlist_add_check:"):
        with acting(done=_("已导入并分好班"), rerun=False) as db:
            taking_in.take_in(db, actor, plan_id, seen.listed)
            state.put("list_version", version + 1)
            state.put("list_done", True)
        if state.take("list_done"):
            st.rerun()


def _rows(file: object, pasted: str) -> Sequence[Row]:
    if file is None:
        return rows_of(pasted_rows(pasted)) if pasted.strip() else ()
    try:
        grids = open_content(str(getattr(file, "name", "")), file.getvalue())  # type: ignore[attr-defined]
    except CexunError as failure:
        st.error(literal(_(failure.message)))
        return []
    longest = max(grids, key=lambda grid: len(grid.rows), default=None)
    return longest.rows if longest is not None else []


def _preview(seen: Preview) -> None:
    frame = pd.DataFrame(
        {
            "name": [one.name for one in seen.listed],
            "sessions": [len(one.activities) for one in seen.listed],
            "slots": [one.slots for one in seen.listed],
            "who": [joined((*one.units, *one.posts)) for one in seen.listed],
            "people": [one.people for one in seen.listed],
            "size": [one.size for one in seen.listed],
            "earliest": [one.earliest for one in seen.listed],
            "due": [one.due for one in seen.listed],
            "trainers": [joined(one.trainers) for one in seen.listed],
            "own": [_("计划里的项目") if seen.is_own(one) else _("新的，不在对齐链上") for one in seen.listed],
        }
    )
    column = st.column_config
    if len(frame):
        st.dataframe(
            frame,
            hide_index=True,
            height=tall(len(frame)),
            placeholder="—",
            alt=_("将导入的项目"),
            column_config={
                "name": column.TextColumn(_("项目"), width=220),
                "sessions": column.NumberColumn(_("课次"), width=60),
                "slots": column.NumberColumn(_("半天数"), width=70),
                "who": column.TextColumn(_("机构、岗位"), width=200),
                "people": column.NumberColumn(_("人数"), width=60),
                "size": column.NumberColumn(_("每班人数"), width=80),
                "earliest": column.DateColumn(_("最早开始"), format="YYYY-MM-DD", width=110),
                "due": column.DateColumn(_("最晚完成"), format="YYYY-MM-DD", width=110),
                "trainers": column.TextColumn(_("讲师"), width=130),
                "own": column.TextColumn(_("来源"), width=150),
            },
        )
    for note in seen.notes:
        st.caption(f":material/info: {literal(_(note))}")
    for one in seen.refused[:_SHOWN]:
        st.markdown(f":red[:material/block:] {_('第 {line} 行', line=one.line)}：{literal(_(one.why))} :gray[{literal(one.text)}]")
    if len(seen.refused) > _SHOWN:
        st.caption(_("还有 {n} 行不能用。", n=len(seen.refused) - _SHOWN))
