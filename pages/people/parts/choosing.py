"""Choosing a table of people: what it holds, a template to fill in, the file itself or rows that were copied from one."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from core.errors import CexunError
from core.exports.templates import template
from core.i18n import Message
from core.people.importing.kinds import KIND_NAMES, ImportKind
from core.people.importing.planning import is_known
from core.sheets.finding import Table, find
from core.sheets.opening import open_content
from pages.shared import state
from pages.shared.text import _, literal

_ENDINGS = ["xlsx", "xlsm", "csv", "tsv", "txt"]
_WHAT_FOR = {
    ImportKind.ROSTER: Message("谁在哪个机构、哪个岗位，向谁汇报。先导入它，其他数据按工号对上人。"),
    ImportKind.POSTS: Message("岗位属于哪个序列、哪条线，是业务、管理还是技术类。"),
    ImportKind.MATRIX: Message("每个岗位要求哪些能力、到哪一级、占多大分量。"),
    ImportKind.ASSESSMENTS: Message("每个人每项能力的得分、来源和日期。同一人同一项可以有多个来源。"),
    ImportKind.CERTIFICATES: Message("谁持有哪张证书，何时取得，有效到哪天。证书按“能力模型”里写明的等级算作依据。"),
    ImportKind.CATALOGUE: Message("手里有哪些课程、任务、导师和实践，各补哪些能力、从哪一级到哪一级。"),
}
_ROUND, _READ = "people_round", "people_read"


@dataclass(frozen=True)
class Chosen:
    """A table that was read. `key` tells it from others in the names of widgets."""

    kind: ImportKind
    name: str
    key: str
    table: Table

    def done(self) -> None:
        """It came in: the next run begins without it."""
        state.put(_ROUND, state.get(_ROUND, 0) + 1)
        state.drop(_READ)


def chosen_file(limit: int) -> Chosen | None:
    """Ask what is to be imported, and read it; None until there is a table that can be read."""
    st.subheader(_("导入"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control(
            _("文件里是"),
            list(_WHAT_FOR),
            default=ImportKind.ROSTER,
            format_func=lambda one: _(KIND_NAMES[one]),
            required=True,
            key="people_kind",
            wrap=True,
        )
        st.download_button(
            _("下载模板"),
            data=lambda: template(kind, state.language()),
            file_name=f"{kind.value}.xlsx",
            icon=":material/download:",
            on_click="ignore",
            key=f"people_template_{kind.value}",
        )
    st.caption(_(_WHAT_FOR[kind]))
    number = state.get(_ROUND, 0)
    file = st.file_uploader(
        _("拖放或选择 Excel（.xlsx）或 CSV 文件，不超过 {limit} MB。表头不必和模板一样，标题行、合并表头、空行都可以有。", limit=limit),
        type=_ENDINGS,
        max_upload_size=limit,
        key=f"people_file_{number}",
    )
    text = st.text_area(
        _("或从 Excel 复制，连同表头粘贴到这里"), height=80, placeholder=_("粘贴后按 Ctrl+Enter"), key=f"people_paste_{number}"
    )
    if file is not None:
        return _chosen(kind, file.name, file.file_id, file.getvalue)
    if (text or "").strip():
        return _chosen(kind, _("粘贴的表格"), f"pasted_{number}_{zlib.crc32(text.encode())}", text.encode)
    return None


def _chosen(kind: ImportKind, name: str, mark: str, content: Callable[[], bytes]) -> Chosen | None:
    """The table, read once; what is wrong with it is shown."""
    held = state.get(_READ)
    if held is None or held[0] != mark:
        with st.spinner(_("正在读取文件")):
            try:
                held = (mark, find(open_content(name, content()), is_known))
            except CexunError as refused:
                held = (mark, refused.message)
        state.put(_READ, held)
    if isinstance(held[1], Message):
        st.error(literal(_(held[1])))
        return None
    return Chosen(kind, name, f"{mark}_{kind.value}", held[1])
