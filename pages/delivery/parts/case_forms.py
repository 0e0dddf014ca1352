"""How cases come in: written one by one, pasted from Excel, or as a file."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.delivery.cases import service as library
from core.delivery.cases.pasting import FIELDS, read, read_file
from core.delivery.cases.service import CaseFacts
from core.delivery.cases.terms import KIND_NAMES, LONGEST_SOURCE, LONGEST_TEXT, LONGEST_TITLE, LONGEST_WORD, CaseKind
from core.editing.comparing import Field
from core.errors import CexunError
from core.i18n import Message
from core.instance import instance
from core.sheets.opening import open_content
from core.sheets.pasting import Refused
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.text import _, joined, literal

_ROUND = "cases_round"
CASE_FIELDS = {
    "title": Field(Message("标题")),
    "kind": Field(Message("类型"), KIND_NAMES),
    "text": Field(Message("正文")),
    "competency": Field(Message("对应能力")),
    "scene": Field(Message("场景")),
    "source": Field(Message("出处")),
    "tags": Field(Message("标签，用顿号隔开")),
}


def fields(facts: CaseFacts, stamp: str) -> CaseFacts:
    """The fields of a case, filled with what it says."""
    left, right = st.columns([3, 1])
    title = left.text_input(_("标题"), facts.title, max_chars=LONGEST_TITLE, key=f"{stamp}_title")
    kind: CaseKind = right.selectbox(
        _("类型"),
        list[CaseKind](CaseKind),
        list(CaseKind).index(facts.kind),
        format_func=lambda one: _(KIND_NAMES[one]),
        key=f"{stamp}_kind",
    )
    text = st.text_area(_("正文"), facts.text, max_chars=LONGEST_TEXT, height=180, key=f"{stamp}_text")
    with st.container(horizontal=True):
        competency = st.text_input(_("对应能力"), facts.competency, max_chars=LONGEST_WORD, key=f"{stamp}_competency", width=200)
        scene = st.text_input(_("场景"), facts.scene, max_chars=LONGEST_WORD, key=f"{stamp}_scene", width=200)
        source = st.text_input(_("出处"), facts.source, max_chars=LONGEST_SOURCE, key=f"{stamp}_source", width=240)
    tags = st.text_input(_("标签，用顿号隔开"), "、".join(facts.tags), key=f"{stamp}_tags")
    parted = tuple(tags.replace(",", "、").replace("，", "、").split("、"))
    return CaseFacts(kind, title, text, parted, competency, scene, source)


def new_case(*, opened: bool) -> Wish | None:
    """Write one."""
    stamp = f"case_new_{state.get(_ROUND, 0)}"
    with st.expander(_("写一条"), icon=":material/add:", expanded=opened), st.form(stamp, border=False):
        facts = fields(CaseFacts(CaseKind.CASE, ""), stamp)
        pressed = st.form_submit_button(_("放进案例库"), type="primary", icon=":material/add:")
    return Wish(_("已放进案例库"), _adding([facts])) if pressed else None


def bring_in() -> Wish | None:
    """Many at once."""
    stamp, limit = state.get(_ROUND, 0), instance().settings.max_file_megabytes
    with st.expander(_("从表格导入"), icon=":material/upload_file:"):
        st.caption(_("连表头一起复制最稳妥；没有表头时，列的顺序应为：{columns}。", columns=joined(_(one.title) for one in FIELDS)))
        file = st.file_uploader(
            _("Excel 或 CSV 文件"), type=["xlsx", "xlsm", "csv", "tsv", "txt"], max_upload_size=limit, key=f"cases_upload_{stamp}"
        )
        pasted = st.text_area(_("粘贴到这里"), height=100, key=f"cases_paste_{stamp}")
        try:
            found, wrong = read_file(open_content(file.name, file.getvalue())) if file is not None else read(pasted)
        except CexunError as refused:
            st.error(literal(_(refused.message)))
            return None
        return _preview(found, wrong)


def _preview(found: list[CaseFacts], wrong: list[Refused]) -> Wish | None:
    if wrong:
        st.warning(_("{n} 行不能用，其余的可以导入。", n=len(wrong)), icon=":material/error:")
        lines = [{_("行"): one.line, _("内容"): one.text, _("原因"): _(one.why)} for one in wrong]
        st.dataframe(pd.DataFrame(lines), hide_index=True, alt=_("不能用的行"))
    if not found:
        return None
    rows = [{_("标题"): one.title, _("类型"): _(KIND_NAMES[one.kind]), _("标签"): joined(one.tags), _("正文"): one.text} for one in found]
    st.dataframe(pd.DataFrame(rows).replace("", None), hide_index=True, placeholder="—", alt=_("将要导入的案例"))
    if not st.button(_("导入 {n} 条", n=len(found)), type="primary", icon=":material/upload:", key="cases_import"):
        return None
    return Wish(_("已导入，可以在“最近的操作”里撤销"), _adding(found))


def _adding(some: list[CaseFacts]) -> Any:
    def act(db: Any, actor: Actor) -> None:
        library.add(db, actor, some)
        state.put(_ROUND, state.get(_ROUND, 0) + 1)

    return act
