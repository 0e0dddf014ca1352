"""How needs come in on the page: one by one, as a file, or as many rows copied out of Excel."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.typing import UploadedFile

from core.access.actor import Actor
from core.errors import CexunError
from core.exports.needs import needs_template
from core.goals.needs import service as needs
from core.goals.needs.draft import NeedDraft
from core.goals.needs.pasting import FIELDS, Given, Sheet, read, read_file, without_filed
from core.goals.needs.service import Board
from core.goals.needs.terms import NeedState
from core.instance import instance
from core.sheets.opening import open_content
from core.sheets.pasting import Refused
from core.strategy.ideas.terms import KIND_NAMES
from pages.goals.parts.need_fields import need_fields
from pages.shared import state
from pages.shared.database import acting
from pages.shared.table import tall
from pages.shared.text import _, joined, literal

_ENDINGS = ["xlsx", "xlsm", "csv", "tsv", "txt"]
_OPENED = "needs_opened"


def file_needs(actor: Actor, plan_id: int, board: Board) -> None:
    """The form, and where a file or a copy of its rows comes in."""
    # What was filed leaves the fields empty for the next one.
    stamp = state.get("needs_filed", 0)
    opened = st.expander(_("填一条需求"), icon=":material/add:", expanded=not (board.anywhere or board.needs))
    with opened, st.form(f"need_new_{stamp}", border=False, enter_to_submit=False):
        unit, draft = need_fields(board, "", NeedDraft(), key=f"need_new_{stamp}")
        with st.container(horizontal=True):
            filed = st.form_submit_button(_("提交需求"), icon=":material/send:", type="primary")
            kept = st.form_submit_button(_("先存草稿"), icon=":material/save:")
        if filed or kept:
            with acting(done=_("已提交") if filed else _("草稿已保存")) as db:
                needs.add(db, actor, plan_id, unit, draft, filing=filed)
                state.put("needs_filed", stamp + 1)
    _many(actor, plan_id, board)


def _many(actor: Actor, plan_id: int, board: Board) -> None:
    stamp = state.get("needs_pasted", 0)
    with st.expander(_("从 Excel 导入或粘贴多条"), icon=":material/content_paste:"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(_("列的名称：{columns}。次序不限。", columns=joined(_(one.title) for one in FIELDS)), width="stretch")
            spoken = state.language()
            st.download_button(
                _("下载空表"),
                data=lambda: needs_template(spoken),
                file_name="needs_template.xlsx",
                icon=":material/download:",
                on_click="ignore",
                key="needs_template",
            )
        limit = instance().settings.max_file_megabytes
        said = _("拖放或选择 Excel（.xlsx）或 CSV 文件，不超过 {limit} MB。标题行、合并表头、空行都可以有。", limit=limit)
        file = st.file_uploader(said, type=_ENDINGS, max_upload_size=limit, key=f"needs_file_{stamp}")
        hint = _("机构 → 问题 → 岗位 → …，一行一条")
        pasted = st.text_area(_("粘贴到这里"), height=120, key=f"needs_paste_{stamp}", placeholder=hint)
        given = _of_file(file, board) if file else read(pasted, board.units, anywhere=board.anywhere) if pasted.strip() else None
        if given is None:
            return
        standing = (one.row for one in board.needs if one.state in (NeedState.FILED, NeedState.MERGED))
        found, refused, unused = without_filed(given, standing)
        if unused:
            st.caption(_("没有用到的列：{columns}", columns=joined(literal(one) for one in unused)))
        _preview(found, refused, board)
        if found and st.button(_("提交 {n} 条", n=len(found)), type="primary", icon=":material/send:", key="needs_paste_write"):
            with acting(done=_("已提交 {n} 条", n=len(found))) as db:
                needs.add_many(db, actor, plan_id, [(one.unit, one.draft) for one in found])
                state.put("needs_pasted", stamp + 1)


def _of_file(file: UploadedFile, board: Board) -> Sheet | None:
    """What stands in the file, which is opened once; what is wrong with it is shown."""
    held = state.get(_OPENED)
    if held is None or held[0] != file.file_id:
        with st.spinner(_("正在读取文件")):
            try:
                held = (file.file_id, open_content(file.name, file.getvalue()))
            except CexunError as refused:
                held = (file.file_id, refused)
        state.put(_OPENED, held)
    try:
        if isinstance(held[1], CexunError):
            raise held[1]
        return read_file(held[1], board.units, anywhere=board.anywhere)
    except CexunError as refused:
        st.error(literal(_(refused.message)))
        return None


def _preview(found: list[Given], refused: list[Refused], board: Board) -> None:
    units = set(board.units)
    if refused:
        st.warning(_("{n} 行不能用，其余的可以提交。", n=len(refused)), icon=":material/error:")
        lines = [{_("行"): one.line, _("内容"): one.text, _("原因"): _(one.why)} for one in refused]
        st.dataframe(pd.DataFrame(lines), hide_index=True, alt=_("不能用的行"))
    if not found:
        return
    unknown = sorted({one.unit for one in found} - units)
    if unknown and units:
        st.info(
            _("名册里没有这些机构，将按您写的名称登记：{units}。", units=joined(literal(one) for one in unknown)),
            icon=":material/corporate_fare:",
        )
    other = dict.fromkeys(one.draft.post for one in found if board.posts and not board.has_post(one.draft.post))
    if other:
        said = _("岗位库里没有这些岗位，照写的登记：{posts}。", posts=joined(literal(one) for one in other))
        st.info(said, icon=":material/badge:")
    preview = [
        {
            _("行"): one.line,
            _("机构"): one.unit,
            _("问题（痛点）"): one.draft.problem,
            _("岗位"): one.draft.post,
            _("人数"): one.draft.people,
            _("需要的能力"): one.draft.competency or "—",
            _("类型"): _(KIND_NAMES[one.draft.kind]),
        }
        for one in found
    ]
    st.dataframe(pd.DataFrame(preview), hide_index=True, height=tall(len(preview), 10), placeholder="—", alt=_("将要提交的需求"))
