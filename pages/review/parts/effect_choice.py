"""What an effect is asked of: a project or a file, and how those who were trained were chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.editing.comparing import Field
from core.errors import CexunError
from core.i18n import Message
from core.review.effects import service as effects
from core.review.effects.evaluation import Evaluation
from core.review.effects.service import LONGEST_REASON, Said
from core.review.effects.terms import DESIGN_NAMES, Design
from pages.shared import state
from pages.shared.page import MEASURE
from pages.shared.record_form import Record, record_form
from pages.shared.text import _, literal, moment, person

_LARGEST = 100


def choose_source() -> str:
    """Whether the effect is that of a project of the plan, or of a file."""
    names = {"project": _("本计划的项目"), "file": _("自己的文件")}
    chosen = st.segmented_control(
        _("数据来自"), list(names), default="project", format_func=names.__getitem__, required=True, key="effects_from"
    )
    return str(chosen or "project")


_DESIGN_FIELDS = {"design": Field(Message("选人方式"), DESIGN_NAMES), "reason": Field(Message("依据"))}


def choose_project(projects: Mapping[int, str], chosen: int, key: str = "effects_project") -> None:
    """Which project is looked at; the page reads the choice from the state before it loads."""
    ids = list(projects)
    if state.get(key) not in projects:
        state.put(key, chosen)
    st.selectbox(_("项目"), ids, format_func=lambda one: projects[one], key=key, width=MEASURE)


def design_form(said: Said, *, may: bool, project_id: int) -> Said | None:
    """How the people of the project were chosen; what somebody wants it to be instead."""
    if said.design is not None:
        when = moment(said.at) if said.at else "—"
        st.caption(
            _(
                "参训者怎样选出：{design}。依据：{reason}（{who}，{when}）",
                design=_(DESIGN_NAMES[said.design]),
                reason=literal(said.reason),
                who=literal(person(said.by)),
                when=when,
            )
        )
    elif not may:
        st.info(_("还没有人说明参训者是怎样选出来的。先定下这一点，才能算效果：请人力资源负责人填写。"), icon=":material/help:")
    if not may:
        return None
    with st.expander(_("参训者是怎样选出来的？"), expanded=said.design is None):
        st.caption(_("同样的数，选人方式不同，结论可以差几倍。先如实选定，再看效果。"))
        stored: dict[str, Any] = {"design": said.design, "reason": said.reason}
        record = Record("effect_design", project_id, said.version, said.by, said.at)
        written = record_form("effects_design", record, stored, _DESIGN_FIELDS, _design)
    return Said(written.value["design"], written.value["reason"], version=written.version) if written else None


def _design(known: dict[str, Any], key: str) -> dict[str, Any] | None:
    with st.form(key, border=False):
        options = list(Design)
        at = options.index(known["design"]) if known["design"] else None
        design = st.radio(_("选人方式"), options, index=at, format_func=lambda one: _(DESIGN_NAMES[one]))
        reason = st.text_input(
            _("依据"), known["reason"], max_chars=LONGEST_REASON, placeholder=_("谁定的、按什么名单，例如：6 月通关末位 30% 名单")
        )
        pressed = st.form_submit_button(_("保存"), type="primary", key=f"{key}_save")
    return {"design": design, "reason": reason} if pressed else None


def from_file(actor: Actor) -> Evaluation | None:
    """The effect in a file that the reader brings; nothing of it is kept."""
    st.caption(_("列：人员、组别（参训或对照）、训前、训后，可加单位、班次、是否通过。文件只用来计算，不会保存。"))
    design = st.selectbox(
        _("参训者是怎样选出来的？"),
        list(Design),
        index=None,
        format_func=lambda one: _(DESIGN_NAMES[one]),
        placeholder=_("请选择"),
        key="effects_file_design",
        width=MEASURE,
    )
    file = st.file_uploader(
        _("Excel 或 CSV 文件"), type=["xlsx", "csv", "tsv", "txt"], max_upload_size=_LARGEST, key="effects_file", width=MEASURE
    )
    if file is not None and design is None:
        st.info(_("文件读到了。请先在上面选参训者是怎样选出来的，才能算效果。"), icon=":material/help:")
    if file is None or design is None:
        return None
    known = state.get("effects_file_found")
    stamp = (file.file_id, design)
    if known is None or known[0] != stamp:
        try:
            with st.spinner(_("正在计算……")):
                known = (stamp, effects.of_file(actor, file.name, file.getvalue(), Design(design)))
        except CexunError as failure:
            st.error(literal(_(failure.message)))
            return None
        state.put("effects_file_found", known)
    found: Evaluation = known[1]
    return found
