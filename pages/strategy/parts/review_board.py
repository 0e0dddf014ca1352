"""The list of findings with its filters, and the chosen one beside it. A fragment: a decision redraws nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.documents.tables import Document
from core.i18n import Message
from core.strategy import review
from core.strategy.review import Board, Wanted
from core.strategy.tables import FindingRow, FindingState
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.text import _
from pages.strategy.parts.decode_exports import findings_file
from pages.strategy.parts.finding import show_finding
from pages.strategy.parts.theme_findings import KIND_NAMES

PER_PAGE = 20

STATE_NAMES = {
    FindingState.PENDING: Message("待确认"),
    FindingState.ACCEPTED: Message("已采纳"),
    FindingState.REJECTED: Message("不采纳"),
    FindingState.MERGED: Message("已合并"),
    FindingState.ASIDE: Message("未当作目标"),
}


@st.fragment
def board(plan_id: int) -> None:
    """How far the review is, filters, the list, what can be done with several at once, and the chosen finding."""
    # A fragment runs without the page around it: ask again who is here, and say what the last action came to.
    actor = state.present().actor
    state.show_said()
    how_far = st.container()
    with reading() as db:
        documents = review.documents(db, actor, plan_id)
    wanted = _filters(documents)
    page = state.get("review_page", 1)
    with reading() as db:
        seen = review.board(db, actor, plan_id, wanted, (page - 1) * PER_PAGE, PER_PAGE)
        last = review.undoable(db, actor, plan_id)
    aside = seen.counts.get(FindingState.ASIDE, 0)
    with how_far:
        _progress(seen)
    if page > 1 and not seen.rows:
        state.put("review_page", 1)
        st.rerun(scope="fragment")
    may_decide = actor.may(Right.DECIDE_STRATEGY)
    if may_decide and last is not None:
        _undo(actor, plan_id)
    if not seen.rows:
        st.info(_nothing(wanted, seen), icon=":material/task_alt:")
        return
    left, right = st.columns([5, 6], gap="large")
    with left:
        chosen = _list(seen)
        if seen.total > PER_PAGE:
            st.pagination(-(-seen.total // PER_PAGE), key="review_page")
        if may_decide and len(chosen) > 1:
            _several(actor, plan_id, chosen)
        if aside and wanted.states != (FindingState.ASIDE,):
            st.caption(_("另有 {n} 处数字没有当作目标（已实现的结果、规则的门槛等），可在“状态”里选“未当作目标”查看。", n=aside))
        findings_file(actor, plan_id, wanted, seen.total, STATE_NAMES)
    with right:
        row = chosen[0] if chosen else seen.rows[0]
        show_finding(actor, plan_id, row, documents[row.document_id])


def _progress(seen: Board) -> None:
    done = seen.all - seen.waiting
    share = done / seen.all if seen.all else 1.0
    st.progress(share, text=_("还有 {n} 条待确认，已处理 {done} / {all}", n=seen.waiting, done=done, all=seen.all))


def _filters(documents: Mapping[int, Document]) -> Wanted:
    kinds = {kind: _(name) for kind, name in KIND_NAMES.items()}
    states = {one: _(name) for one, name in STATE_NAMES.items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        document = st.selectbox(
            _("文件"),
            [None, *documents],
            format_func=lambda one: documents[one].title if one else _("全部文件"),
            key="review_document",
            width=260,
        )
        chosen = st.pills(_("类型"), list(kinds), selection_mode="multi", format_func=kinds.__getitem__, key="review_kinds")
        wanted = st.selectbox(
            _("状态"), list(states), format_func=states.__getitem__, key="review_state", width=150, placeholder=_("全部"), index=0
        )
        words = st.text_input(_("搜索"), placeholder=_("内容或原文中的字"), key="review_words", width=220)
    return Wanted(document, tuple(chosen or ()), (wanted,) if wanted else (), words)


def _list(seen: Board) -> list[FindingRow]:
    kinds = {kind: _(name) for kind, name in KIND_NAMES.items()}
    frame = pd.DataFrame(
        {"kind": [kinds[row.kind] for row in seen.rows], "text": [row.text for row in seen.rows], "page": [row.page for row in seen.rows]}
    )
    event = st.dataframe(
        frame,
        hide_index=True,
        height="content",
        on_select="rerun",
        selection_mode="multi-row",
        key=f"findings_{'_'.join(str(row.id) for row in seen.rows[:3])}_{len(seen.rows)}",
        alt=_("发现列表"),
        column_config={
            "kind": st.column_config.TextColumn(_("类型"), width="small"),
            "text": st.column_config.TextColumn(_("发现"), width="large"),
            "page": st.column_config.NumberColumn(_("页"), width="small", format="%d"),
        },
    )
    st.caption(_("共 {n} 条。选一行查看，选多行一起处理。", n=seen.total))
    return [seen.rows[i] for i in event.selection.rows if i < len(seen.rows)]


def _several(actor: Actor, plan_id: int, chosen: list[FindingRow]) -> None:
    ids = [row.id or 0 for row in chosen]
    versions = {row.id or 0: row.version for row in chosen}
    with st.container(horizontal=True):
        if st.button(_("采纳这 {n} 条", n=len(ids)), key="accept_several", icon=":material/done_all:", type="primary"):
            with acting(done=_("已采纳 {n} 条", n=len(ids)), within="fragment") as db:
                review.decide(db, actor, plan_id, ids, FindingState.ACCEPTED, versions=versions)
        if st.button(_("不采纳这 {n} 条", n=len(ids)), key="reject_several", icon=":material/remove_done:"):
            with acting(done=_("已标为不采纳 {n} 条", n=len(ids)), within="fragment") as db:
                review.decide(db, actor, plan_id, ids, FindingState.REJECTED, versions=versions)
        if st.button(_("合并到第一条"), key="merge_several", icon=":material/merge:"):
            with acting(done=_("已合并 {n} 条，出处都保留", n=len(ids)), within="fragment") as db:
                review.merge(db, actor, plan_id, ids, ids[0])


def _undo(actor: Actor, plan_id: int) -> None:
    if st.button(_("撤销上一步"), key="undo_review", icon=":material/undo:", type="tertiary", shortcut="u"):
        with acting(done=_("已撤销"), within="fragment") as db:
            review.undo(db, actor, plan_id)


def _nothing(wanted: Wanted, seen: Board) -> str:
    if wanted.words or wanted.kinds or wanted.document:
        return _("没有符合筛选条件的发现。")
    if wanted.states == (FindingState.PENDING,):
        return _("都处理完了：{n} 条已采纳，可以去归成战略主题。", n=seen.counts.get(FindingState.ACCEPTED, 0))
    return _("这里还没有发现。")
