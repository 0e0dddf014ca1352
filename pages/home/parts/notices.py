"""Pieces of the page of notices: which to show, the list, what somebody wants done with one."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.notices.inbox import Inbox, Told
from core.notices.terms import KIND_NAMES, Kind
from pages.shared.page import MEASURE
from pages.shared.text import _, literal, moment

BATCH = 20
_ICONS = {
    Kind.NEEDS_ASKED: "campaign",
    Kind.NEEDS_SILENT: "campaign",
    Kind.NEEDS_ENDED: "event_busy",
    Kind.APPROVAL_ASKED: "approval",
    Kind.APPROVAL_SLOW: "hourglass_top",
    Kind.APPROVAL_DECIDED: "task_alt",
    Kind.MENTIONED: "alternate_email",
    Kind.REPLIED: "reply",
    Kind.SURVEY_WAITING: "rate_review",
    Kind.SESSIONS_NEAR: "event_upcoming",
    Kind.SESSIONS_MISSED: "person_off",
    Kind.SESSIONS_BROKEN: "event_busy",
    Kind.ACTIONS_OVERDUE: "assignment_late",
    Kind.DECISION_DUE: "gavel",
    Kind.WARNING_OWNED: "warning",
    Kind.ASSESSMENTS_DUE: "quiz",
}


@dataclass(frozen=True)
class Opened:
    """A notice that somebody has done with (None: all of them), and whether they go to what it is about."""

    notice: Told | None
    goes: bool = True


def which(unread: int) -> bool:
    """Whether only what is unread is to be shown."""
    names = {"unread": _("未读（{n}）", n=unread), "all": _("全部")}
    chosen = st.segmented_control(
        _("查看"),
        list(names),
        default="unread" if unread else "all",
        format_func=names.__getitem__,
        key=f"notices_which_{bool(unread)}",
        label_visibility="collapsed",
        required=True,
    )
    return bool(chosen == "unread")


def pager(total: int) -> int:
    """Where the shown stretch begins."""
    pages = max(1, -(-total // BATCH))
    return 0 if pages == 1 else (st.pagination(pages, key=f"notices_page_{pages}") - 1) * BATCH


def listed(found: Inbox) -> Opened | None:
    """The notices, each with what can be done with it; what somebody wants."""
    wish: Opened | None = None
    if found.unread and st.button(_("全部标为已读"), icon=":material/done_all:", key="notices_read_all", type="tertiary"):
        wish = Opened(None, goes=False)
    for one in found.notices:
        wish = _one(one) or wish
    return wish


def _one(one: Told) -> Opened | None:
    with st.container(border=True, width=MEASURE, gap="xsmall"):
        colour = "orange" if one.unread else "gray"
        mark = f" :orange-badge[{_('未读')}]" if one.unread else ""
        st.markdown(f":{colour}[:material/{_ICONS[one.kind]}:] **{literal(one.subject)}**{mark}")
        st.markdown("  \n".join(literal(line) for line in one.text.splitlines()))
        st.caption(f"{_(KIND_NAMES[one.kind])} · {moment(one.at)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            goes = st.button(_("去看"), key=f"notice_open_{one.id}", icon=":material/arrow_forward:")
            read = one.unread and st.button(_("标为已读"), key=f"notice_read_{one.id}", icon=":material/done:", type="tertiary")
    return Opened(one) if goes else Opened(one, goes=False) if read else None
