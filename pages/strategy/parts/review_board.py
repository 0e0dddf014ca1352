"""The review board: filters, the list of findings, and the one that is looked at. A fragment: a decision redraws nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.access.actor import Right
from core.comments.service import Item
from core.comments.terms import Subject
from core.documents.tables import Document
from core.i18n import Message
from core.strategy import merging, review
from core.strategy.review import Board, Wanted
from core.strategy.tables import FindingRow, FindingState
from pages.shared import state
from pages.shared.comments import comments
from pages.shared.database import reading
from pages.shared.page import link, on_phone
from pages.shared.text import _
from pages.strategy.parts import review_acts as acts
from pages.strategy.parts.decode_exports import findings_file
from pages.strategy.parts.earlier_decisions import offer_earlier
from pages.strategy.parts.finding import show_finding
from pages.strategy.parts.finding_dialogs import merge_findings, split_finding
from pages.strategy.parts.finding_form import edit_finding
from pages.strategy.parts.review_list import PER_PAGE, going, list_findings, several, undo_button
from pages.strategy.parts.theme_findings import KIND_NAMES

STATE_NAMES = {
    FindingState.PENDING: Message("待确认"),
    FindingState.ACCEPTED: Message("已采纳"),
    FindingState.REJECTED: Message("不采纳"),
    FindingState.MERGED: Message("已合并"),
    FindingState.ASIDE: Message("已搁置"),
}
_ALL = "all"


@st.fragment
def board(plan_id: int) -> None:
    """How far the review is, filters, the list, what can be done with several at once, and the finding that is looked at."""
    # A fragment runs without the page around it: ask again who is here, and say what the last action came to.
    actor = state.present().actor
    state.show_said()
    how_far = st.container()
    with reading() as db:
        documents = review.documents(db, actor, plan_id)
    wanted = _filters(documents)
    with reading() as db:
        seen = review.board(db, actor, plan_id, wanted, acts.at() // PER_PAGE * PER_PAGE, PER_PAGE)
        number = acts.at_most(seen.total - 1)
        row = seen.rows[number - seen.first] if seen.rows else None
        last = review.undoable(db, actor, plan_id)
        sources = review.merged(db, actor, plan_id, row.id or 0) if row and row.state is FindingState.ACCEPTED else []
        went = merging.into(db, actor, plan_id, seen.rows)
    may_decide = actor.may(Right.DECIDE_STRATEGY)
    with how_far:
        _progress(seen)
        offer_earlier(actor, plan_id, seen.waiting)
    with st.container(horizontal=True, vertical_alignment="center"):
        if row is not None:
            going(seen, number)
        if may_decide and last is not None:
            undo_button(plan_id, wanted, last)
    if row is None:
        st.info(_nothing(wanted, seen), icon=":material/task_alt:")
        if not seen.waiting and seen.counts.get(FindingState.ACCEPTED):
            link("themes", _("去归主题"), icon=":material/account_tree:")
        return
    # On a phone the finding comes first: below the list nobody would see it change.
    shown, listed = (st.container(), st.container()) if on_phone() else reversed(st.columns([5, 6], gap="large"))
    with shown:
        if may_decide:
            several(actor, plan_id, wanted, seen)
        show_finding(actor, plan_id, row, documents, wanted, sources, went.get(row.id or 0))
        comments(actor, Item(plan_id, Subject.FINDING, row.id or 0), _("这条发现"))
    with listed:
        list_findings(seen, number, went, may_pick=may_decide)
        aside = seen.counts.get(FindingState.ASIDE, 0)
        if aside and wanted.states != (FindingState.ASIDE,):
            st.caption(_("另有 {n} 处已搁置（已实现的结果、规则的门槛、不成要求的句子等），可在“状态”里选“已搁置”查看。", n=aside))
        findings_file(actor, plan_id, wanted, seen.total, STATE_NAMES)
    _open_dialog(plan_id, row)


def _progress(seen: Board) -> None:
    done = seen.all - seen.waiting
    share = done / seen.all if seen.all else 1.0
    st.progress(share, text=_("还有 {n} 条待确认，已处理 {done} / {all}", n=seen.waiting, done=done, all=seen.all))


def _filters(documents: Mapping[int, Document]) -> Wanted:
    kinds = {kind: _(name) for kind, name in KIND_NAMES.items()}
    states = {one: _(name) for one, name in STATE_NAMES.items()}
    # On a phone the filters would fill the screen.
    folded = st.expander(_("筛选"), icon=":material/filter_list:") if on_phone() else st.container()
    with folded, st.container(horizontal=True, vertical_alignment="bottom"):
        document = st.selectbox(
            _("文件"),
            list(documents),
            index=None,
            format_func=lambda one: documents[one].title,
            placeholder=_("全部文件"),
            key="review_document",
            width=260,
            on_change=acts.start_over,
        )
        chosen = st.pills(
            _("类型"), list(kinds), selection_mode="multi", format_func=kinds.__getitem__, key="review_kinds", on_change=acts.start_over
        )
        wanted = st.selectbox(
            _("状态"),
            [*states, _ALL],
            format_func=lambda one: states.get(one, _("全部")),
            key="review_state",
            width=150,
            on_change=acts.start_over,
        )
        words = st.text_input(_("搜索"), placeholder=_("内容或原文中的字"), key="review_words", width=220, on_change=acts.start_over)
    return Wanted(document, tuple(chosen or ()), () if wanted == _ALL else (FindingState(wanted),), words)


def _open_dialog(plan_id: int, row: FindingRow) -> None:
    # Taken only now: while the dialog is open, the buttons below it have no keys.
    match state.take(acts.OPENING):
        case acts.EDIT:
            edit_finding(plan_id, row)
        case acts.SPLIT:
            split_finding(plan_id, row)
        case acts.MERGE:
            merge_findings(plan_id, acts.picked())


def _nothing(wanted: Wanted, seen: Board) -> str:
    if wanted.words or wanted.kinds or wanted.document:
        return _("没有符合筛选条件的发现。")
    if wanted.states == (FindingState.PENDING,):
        return _("都处理完了：{n} 条已采纳，可以去归成战略主题。", n=seen.counts.get(FindingState.ACCEPTED, 0))
    return _("这里还没有发现。")
