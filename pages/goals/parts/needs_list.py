"""The needs with search and filters, what can be done with several at once, and the chosen one beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.comments.service import Item
from core.comments.terms import Subject
from core.exports.needs import needs_workbook
from core.goals.needs import service as needs
from core.goals.needs.service import LONGEST_REASON, Board, NeedView
from core.goals.needs.terms import QUARTER_NAMES, STATE_NAMES, NeedState
from core.strategy.ideas.terms import KIND_NAMES, URGENCY_NAMES, ProjectKind
from pages.goals.parts.need import show_need
from pages.goals.parts.needs_counts import layers
from pages.goals.parts.needs_merge import hand_over
from pages.settings.parts.places import zone
from pages.shared import state
from pages.shared.comments import comments
from pages.shared.database import acting
from pages.shared.page import link
from pages.shared.picking import stay_with
from pages.shared.table import tall
from pages.shared.text import _, literal, wide


def needs_list(actor: Actor, plan_id: int, board: Board) -> None:
    """Filters, the list, the export, and the chosen need."""
    if not board.needs:
        st.info(_("还没有需求。各机构报上来的、您在下面填的，都会列在这里。"), icon=":material/inbox:")
        return
    shown = _filtered(board)
    if not shown:
        st.info(_("没有符合筛选条件的需求。"), icon=":material/filter_alt_off:")
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        chosen = _list(shown)
        if len(chosen) > 1:
            _several(actor, plan_id, chosen)
        _export(shown)
        layers(board)
    with right:
        show_need(actor, plan_id, board, chosen[0])
        comments(actor, Item(plan_id, Subject.NEED, chosen[0].id), _("这条需求"))


def _filtered(board: Board) -> list[NeedView]:
    states = {one: _(name) for one, name in STATE_NAMES.items()}
    kinds = {one: _(name) for one, name in KIND_NAMES.items()}
    units = sorted({view.row.unit for view in board.needs})
    spoken = state.language()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(_("搜索"), placeholder=_("问题、行为、岗位、能力、填报人"), key="needs_words", width=260)
        wanted = st.selectbox(
            _("状态"),
            list(states),
            index=None,
            format_func=states.__getitem__,
            placeholder=_("全部"),
            key=f"needs_state_{spoken}",
            width=150,
        )
        kind: ProjectKind | None = st.selectbox(
            _("类型"), list(kinds), index=None, format_func=kinds.__getitem__, placeholder=_("全部"), key=f"needs_kind_{spoken}", width=150
        )
        unit = st.selectbox(_("机构"), units, index=None, placeholder=_("全部"), key="needs_unit", width=200) if len(units) > 1 else None
    project = state.asked_number("project")
    found = [view for view in board.needs if project is None or (view.project is not None and view.project.id == project)]
    if project is not None and found:
        name = found[0].project.name if found[0].project else ""
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_("只列项目“{project}”的需求。", project=literal(name)), width="content")
            link("needs", _("看全部需求"), icon=":material/close:")
    return [
        view
        for view in (found or board.needs)
        if (wanted is None or view.state is wanted)
        and (kind is None or view.row.kind is kind)
        and (unit is None or view.row.unit == unit)
        and _says(view, words)
    ]


def _says(view: NeedView, words: str) -> bool:
    row = view.row
    text = f"{row.problem} {row.behaviour} {row.post} {row.competency} {row.filer} {row.unit} {row.evidence}".casefold()
    return all(word in text for word in words.casefold().split())


def _list(shown: Sequence[NeedView]) -> list[NeedView]:
    rows = [view.row for view in shown]
    frame = pd.DataFrame(
        {
            "state": [_(STATE_NAMES[view.state]) for view in shown],
            "unit": [row.unit for row in rows],
            "problem": [row.problem for row in rows],
            "post": [row.post for row in rows],
            "people": pd.array([row.people for row in rows], dtype="Int64"),
            "competency": [row.competency for row in rows],
            "kind": [_(KIND_NAMES[row.kind]) for row in rows],
            "urgency": [_(URGENCY_NAMES[row.urgency]) for row in rows],
            "quarter": [_(QUARTER_NAMES[row.quarter]) if row.quarter else "" for row in rows],
            "project": [view.project.name if view.project else "" for view in shown],
        }
    ).replace("", None)
    column = st.column_config
    key = f"needs_{shown[0].id}_{len(shown)}"
    event = st.dataframe(
        frame,
        hide_index=True,
        height=tall(len(shown), 14),
        on_select="rerun",
        selection_mode="multi-row",
        key=key,
        placeholder="—",
        alt=_("培训需求列表"),
        column_config={
            "state": column.TextColumn(_("状态"), width=wide(90, 130)),
            "unit": column.TextColumn(_("机构"), width=110),
            "problem": column.TextColumn(_("问题（痛点）"), width=260),
            "post": column.TextColumn(_("岗位"), width=100),
            "people": column.NumberColumn(_("人数"), width=55),
            "competency": column.TextColumn(_("需要的能力"), width=110),
            "kind": column.TextColumn(_("类型"), width=90),
            "urgency": column.TextColumn(_("紧迫度"), width=65),
            "quarter": column.TextColumn(_("希望的季度"), width=85),
            "project": column.TextColumn(_("项目"), width=160),
        },
    )
    st.caption(_("共 {n} 条，新报的在前，点表头可以排序。选一行查看，选多行一起处理。", n=len(shown)))
    picked = [shown[i] for i in event.selection.rows if i < len(shown)]
    asked = _asked(shown) or shown[0]
    looked_at = stay_with("needs", key, [view.id for view in shown], event, asked.id)
    return picked if len(picked) > 1 else [view for view in shown if view.id == looked_at]


def _several(actor: Actor, plan_id: int, chosen: Sequence[NeedView]) -> None:
    versions = {view.id: view.row.version or 0 for view in chosen}
    if any(view.state is not NeedState.FILED for view in chosen):
        st.caption(_("一起处理时，请只选待归并的需求。"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if actor.may(Right.DECIDE_STRATEGY):
            st.button(
                _("归并这 {n} 条", n=len(chosen)),
                key="merge_chosen",
                type="primary",
                icon=":material/call_merge:",
                on_click=hand_over,
                args=(list(versions),),
            )
        with st.popover(_("搁置这 {n} 条", n=len(chosen)), icon=":material/pause_circle:"):
            reason = st.text_input(_("搁置的理由"), max_chars=LONGEST_REASON, placeholder=_("例如：今年已有同类项目"), key="needs_reason")
            if st.button(_("搁置"), key="put_aside_several"):
                with acting(done=_("已搁置 {n} 条", n=len(chosen))) as db:
                    needs.put_aside(db, actor, plan_id, versions, reason)


def _asked(shown: Sequence[NeedView]) -> NeedView | None:
    wanted = state.asked_number("need")
    return next((view for view in shown if view.id == wanted), None)


def _export(shown: Sequence[NeedView]) -> None:
    spoken, here = state.language(), zone()
    st.download_button(
        _("导出 Excel"),
        data=lambda: needs_workbook(shown, spoken, here),
        file_name="needs.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key="export_needs",
    )
