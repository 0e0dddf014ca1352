"""One need: what the unit wrote, what became of it, and what can be done with it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.access.actor import Actor, Right
from core.editing.comparing import parts
from core.goals.needs import service as needs
from core.goals.needs.draft import NeedDraft
from core.goals.needs.service import LONGEST_REASON, Board, NeedView
from core.goals.needs.terms import LAYER_NAMES, QUARTER_NAMES, STATE_NAMES, VIA_NAMES, NeedState, Via
from core.goals.needs.writing import draft_of
from core.i18n import Message
from core.strategy.ideas.terms import KIND_NAMES, URGENCY_NAMES
from pages.goals.parts.need_fields import NEED_FIELDS, need_fields
from pages.goals.parts.needs_merge import hand_over
from pages.shared.database import acting
from pages.shared.page import link
from pages.shared.record_form import record_form, record_of
from pages.shared.text import _, literal, moment, person
from pages.strategy.parts.project_fields import URGENCY_COLOURS

_STATE_COLOURS = {NeedState.DRAFT: "gray", NeedState.FILED: "orange", NeedState.MERGED: "green", NeedState.PUT_ASIDE: "gray"}


def show_need(actor: Actor, plan_id: int, board: Board, view: NeedView) -> None:
    """The need in full."""
    row = view.row
    with st.container(border=True):
        st.markdown(f"**{literal(row.problem)}**")
        with st.container(horizontal=True, gap="xsmall"):
            st.badge(_(STATE_NAMES[view.state]), color=_STATE_COLOURS[view.state])  # type: ignore[arg-type]
            st.badge(_(KIND_NAMES[row.kind]), icon=":material/bolt:", color="violet")
            st.badge(_(URGENCY_NAMES[row.urgency]), icon=":material/schedule:", color=URGENCY_COLOURS[row.urgency])  # type: ignore[arg-type]
        people = _("{n} 人", n=row.people) if row.people is not None else _("人数未知")
        layer = _(LAYER_NAMES[row.layer]) if row.layer else ""
        level = _("现在 L{level}", level=row.level) if row.level else ""
        quarter = _(QUARTER_NAMES[row.quarter]) if row.quarter else ""
        st.markdown(literal(" · ".join(part for part in (row.unit, row.post, layer, people, level, quarter) if part)))
        for name, text in ((_("希望的行为"), row.behaviour), (_("需要的能力"), row.competency), (_("数据或事实"), row.evidence)):
            if text:
                st.markdown(f"**{name}**　{literal(text)}")
        if row.post and board.posts and not board.has_post(row.post):
            st.caption(_("岗位库里没有这个名称的岗位。"))
        if row.competency and row.competency_id is None:
            st.caption(_("能力模型里没有这个名称的能力。"))
        _became(view)
        st.caption(_written(view))
        _acts(actor, plan_id, board, view)


def _became(view: NeedView) -> None:
    if view.project is not None:
        link("goals", _("并入项目：{project}", project=literal(view.project.name)), icon=":material/flag:", project=view.project.id)
    elif view.row.state is NeedState.MERGED:
        st.caption(_("它并入的项目已撤回，重新待归并。"))
    if view.state is NeedState.PUT_ASIDE:
        st.caption(_("搁置的理由：{reason}", reason=literal(_(view.reason) if isinstance(view.reason, Message) else view.reason)))


def _written(view: NeedView) -> str:
    row = view.row
    said = [_("{who} 于 {when} 填报（{via}）。", who=literal(person(row.filer)), when=moment(row.created_at), via=VIA_NAMES[row.via])]
    if row.via is Via.LINK:
        said.append(_("姓名由填报人自己写，没有核对。"))
    if row.changed_at > row.created_at and (row.version or 1) > 1:
        said.append(_("{who} 于 {when} 改过。", who=literal(person(row.changed_by)), when=moment(row.changed_at)))
    return " ".join(said)


def _acts(actor: Actor, plan_id: int, board: Board, view: NeedView) -> None:
    if not actor.may(Right.FILE_NEEDS) or view.state is NeedState.MERGED:
        return
    versions = {view.id: view.row.version or 0}
    decides = actor.may(Right.DECIDE_STRATEGY)
    if view.state is NeedState.PUT_ASIDE:
        if decides and st.button(_("取回"), key="bring_back_need", icon=":material/undo:"):
            with acting(done=_("已取回，重新待归并")) as db:
                needs.bring_back(db, actor, plan_id, versions)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if decides and view.state is NeedState.FILED:
            st.button(_("归并"), key="merge_one", icon=":material/call_merge:", on_click=hand_over, args=([view.id],))
        with st.popover(_("搁置"), icon=":material/pause_circle:"):
            reason = st.text_input(
                _("搁置的理由"), max_chars=LONGEST_REASON, placeholder=_("例如：今年已有同类项目"), key=f"need_reason_{view.id}"
            )
            if st.button(_("确定搁置"), key="put_aside_one"):
                with acting(done=_("已搁置")) as db:
                    needs.put_aside(db, actor, plan_id, versions, reason)
    _correct(actor, plan_id, board, view)


def _correct(actor: Actor, plan_id: int, board: Board, view: NeedView) -> None:
    def draw(known: dict[str, Any], key: str) -> dict[str, Any] | None:
        with st.expander(_("修改这条需求"), icon=":material/edit:"), st.form(key, border=False, enter_to_submit=False):
            unit, draft = need_fields(board, known["unit"], _draft(known), key=key)
            with st.container(horizontal=True):
                saved = st.form_submit_button(_("保存"), icon=":material/save:", key=f"{key}_save")
                filed = view.state is NeedState.DRAFT and st.form_submit_button(_("提交需求"), icon=":material/send:")
        return {**parts(draft), "unit": unit, "filing": bool(filed)} if saved or filed else None

    stored = {**parts(draft_of(view.row)), "unit": view.row.unit, "filing": False}
    if written := record_form("need", record_of(view.row), stored, NEED_FIELDS, draw):
        values = written.value
        with acting(done=written.done(_("已保存"))) as db:
            filing = values["filing"] or view.state is not NeedState.DRAFT
            needs.edit(db, actor, plan_id, view.id, written.version, values["unit"], _draft(values), filing=filing)


def _draft(values: dict[str, Any]) -> NeedDraft:
    return NeedDraft(**{name: values[name] for name in parts(NeedDraft())})
