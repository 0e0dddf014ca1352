"""The list of findings on the review board: going through it, picking several, and what can be done with those together."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.access.actor import Actor
from core.i18n import Message
from core.strategy import review
from core.strategy.merging import Into
from core.strategy.review import Board, Wanted
from core.strategy.tables import FindingRow, FindingState, ReviewAction
from pages.shared.database import reading
from pages.shared.page import on_phone
from pages.shared.shortcuts import key_of
from pages.shared.text import _, literal
from pages.strategy.parts import review_acts as acts
from pages.strategy.parts.theme_findings import KIND_NAMES

# As many as stand beside the finding on a laptop: going through them needs no scrolling.
PER_PAGE = 12
_LONGEST = 90
# Of what was merged, so that what it was merged into stands beside it.
_LONGEST_MERGED = 18

ACTION_NAMES = {
    "accepted": Message("采纳"),
    "rejected": Message("不采纳"),
    "pending": Message("放回待确认"),
    "edited": Message("修改"),
    "merged": Message("合并"),
    "split": Message("拆分"),
    "added": Message("补充"),
    "taken_over": Message("沿用以前年度的决定"),
}
_MARKS = {FindingState.ACCEPTED: ":green[:material/check:] ", FindingState.REJECTED: ":gray[:material/close:] "}


def going(seen: Board, number: int) -> None:
    """The buttons that lead from one finding to the next."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        here = _("第 {number} / {n} 条", number=number + 1, n=seen.total)
        st.markdown(f":gray[{here}]", width="content")
        for name, label, icon, step in (
            ("previous_finding", _("上一条"), ":material/keyboard_arrow_up:", -1),
            ("next_finding", _("下一条"), ":material/keyboard_arrow_down:", 1),
        ):
            st.button(
                label,
                key=name,
                icon=icon,
                type="tertiary",
                shortcut=key_of(name),
                on_click=acts.go_to,
                args=(min(number + step, seen.total - 1),),
                disabled=not 0 <= number + step < seen.total,
            )


def undo_button(plan_id: int, wanted: Wanted, last: ReviewAction) -> None:
    """Take back the last action, which it names."""
    name = ACTION_NAMES.get(last.action)
    label = _("撤销“{action}”", action=name) if name else _("撤销上一步")
    args = (plan_id, wanted)
    st.button(
        label, key="undo_review", icon=":material/undo:", type="tertiary", shortcut=key_of("undo_review"), on_click=acts.undo, args=args
    )


def list_findings(seen: Board, number: int, went: Mapping[int, Into], *, may_pick: bool) -> None:
    """A page of the list, the finding that is looked at emphasised; the documents' titles between. `went`: where merged ones are now."""
    picked, document = acts.picked(), None
    with st.container(gap=None):
        for place, row in enumerate(seen.rows, start=seen.first):
            if row.document_id != document and len(seen.documents) > 1:
                document = row.document_id
                st.caption(literal(seen.documents[document].title))
            with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
                if may_pick:
                    _pick_button(row, is_picked=row.id in picked)
                # In a container of its own a long line ends in dots; without it, it is cut.
                with st.container(width="stretch"):
                    line = _line(row, went.get(row.id or 0), here=place == number)
                    st.button(line, key=f"finding_{row.id}", type="tertiary", wrap=False, on_click=acts.go_to, args=(place,))
    if seen.total > PER_PAGE:
        _pages(seen, number // PER_PAGE + 1)


def several(actor: Actor, plan_id: int, wanted: Wanted, seen: Board) -> None:
    """What can be done with the picked findings, and picking all that the filter leaves."""
    picked = acts.picked()
    if not picked:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(_("**已选 {n} 条**", n=len(picked)), width="content")
        for to, label, icon, does, said in (
            (FindingState.ACCEPTED, _("采纳这些"), ":material/done_all:", "accept_several", _("已采纳 {n} 条", n=len(picked))),
            (FindingState.REJECTED, _("不采纳这些"), ":material/remove_done:", "reject_several", _("已标为不采纳 {n} 条", n=len(picked))),
        ):
            st.button(label, key=f"{to}_several", icon=icon, shortcut=key_of(does), on_click=acts.decide_picked, args=(plan_id, to, said))
        if len(picked) > 1:
            st.button(
                _("合并"),
                key="merge_several",
                icon=":material/merge:",
                shortcut=key_of("merge"),
                on_click=acts.open_dialog,
                args=(acts.MERGE,),
            )
        if seen.total > len(picked) and st.button(_("选中全部 {n} 条", n=seen.total), key="pick_all", type="tertiary"):
            with reading() as db:
                everything = review.all_of(db, actor, plan_id, wanted)
            acts.pick_these(everything)
            st.rerun(scope="fragment")
        st.button(_("取消选中"), key="pick_none", type="tertiary", shortcut=key_of("pick_none"), on_click=acts.pick_these, args=({},))


def _pages(seen: Board, page: int) -> None:
    name, count = f"review_page_{page}", -(-seen.total // PER_PAGE)
    visible = 5 if on_phone() else 7
    st.pagination(count, default=page, key=name, max_visible_pages=visible, on_change=acts.turn_page, args=(name, PER_PAGE))


def _pick_button(row: FindingRow, *, is_picked: bool) -> None:
    icon = ":material/check_box:" if is_picked else ":material/check_box_outline_blank:"
    hint = _("取消选中") if is_picked else _("选中，与其他发现一起处理")
    st.button("", key=f"pick_{row.id}", icon=icon, type="tertiary", help=hint, on_click=acts.pick, args=(row.id or 0, row.version))


def _line(row: FindingRow, into: Into | None, *, here: bool) -> str:
    merged = into is not None and into.row is not None
    words = _short(row.text, _LONGEST_MERGED if merged else _LONGEST)
    text = f":primary[**{words}**]" if here else words
    behind = f" :gray[→ {_short(into.row.text, _LONGEST)}]" if into is not None and into.row is not None else ""
    return f"{_MARKS.get(row.state, '')}:gray[{_(KIND_NAMES[row.kind])}] {text}{behind}"


def _short(text: str, longest: int) -> str:
    return literal(text if len(text) <= longest else text[:longest] + "…")
