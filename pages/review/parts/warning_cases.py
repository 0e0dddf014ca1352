"""What was decided about a project, and what happened after; the forms for both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.editing.comparing import Field, parts
from core.i18n import Message
from core.review.warnings import deciding
from core.review.warnings.deciding import LONGEST_NOTE, LONGEST_OWNER, LONGEST_REASON, Decision
from core.review.warnings.rule import SunkCostWarning
from core.review.warnings.service import Board, CaseView
from core.review.warnings.terms import ADVICE_NAMES, CASE_STATE_NAMES, STATUS_NAMES, Advice, CaseState
from pages.review.parts.warning_list import share
from pages.settings.parts.wish import Wish
from pages.shared.record_form import record_form, record_of
from pages.shared.text import _, day, literal, moment, person

_WEEKS = timedelta(weeks=2)
_CASE_FIELDS = {
    "action": Field(Message("处理"), ADVICE_NAMES),
    "reason": Field(Message("理由")),
    "owner": Field(Message("责任人")),
    "due": Field(Message("完成期限")),
    "state": Field(Message("进展"), CASE_STATE_NAMES),
}


def case_list(cases: Sequence[CaseView]) -> None:
    """What was decided, the newest first."""
    if not cases:
        return
    st.markdown(f"**{_('处理与后续')}**")
    for one in cases:
        row = one.row
        with st.container(border=True):
            due = _("{day} 前", day=day(row.due))
            head = f"**{_(ADVICE_NAMES[row.action])}** · {_(CASE_STATE_NAMES[row.state])} · {literal(row.owner)} · {due}"
            st.markdown(f"{head}  \n{literal(row.reason)}")
            said = {"status": _(STATUS_NAMES[row.status]), "forecast": _forecast(row.forecast), "rule": row.rule}
            made = _("当时：{status}，预计 {forecast}；规则 {rule}。", **said)
            st.caption(f"{made} {literal(person(row.opened_by))} · {moment(row.opened_at)}")
            for note in one.notes:
                now = f"{_(STATUS_NAMES[note.status])}，{_forecast(note.forecast)}"
                st.markdown(f"- {literal(note.text)}  \n  :gray[{literal(person(note.by))} · {moment(note.at)} · {now}]")


def case_forms(plan_id: int, one: SunkCostWarning, board: Board) -> Wish | None:
    """Decide, or change what was decided and say what happened after."""
    standing = next((each for each in board.cases.get(one.project.id, ()) if each.open), None)
    if standing is None:
        return _decide(plan_id, one, board)
    changed = _change(standing)
    return _follow(standing) or changed


def _decide(plan_id: int, one: SunkCostWarning, board: Board) -> Wish | None:
    with st.form(f"warning_decide_{one.project.id}"):
        st.markdown(f"**{_('怎么处理')}**")
        wanted = _fields(one.advice, "", "", board.today + _WEEKS, f"decide_{one.project.id}")
        if not st.form_submit_button(_("记下处理"), icon=":material/gavel:", type="primary"):
            return None

    def act(db: Any, actor: Actor) -> None:
        deciding.decide(db, actor, plan_id, one.project.id, wanted)

    return Wish(_("处理已记下"), act)


def _change(standing: CaseView) -> Wish | None:
    row = standing.row
    stored = {**parts(Decision(row.action, row.reason, row.owner, row.due)), "state": row.state}
    written = record_form("warning", record_of(row), stored, _CASE_FIELDS, _case)
    if written is None:
        return None
    own = {name: value for name, value in written.value.items() if name != "state"}

    def act(db: Any, actor: Actor) -> None:
        deciding.change(db, actor, row.id or 0, written.version, Decision(**own), written.value["state"])

    return Wish(written.done(_("处理已修改")), act)


def _case(known: dict[str, Any], key: str) -> dict[str, Any] | None:
    with st.expander(_("修改或办结"), icon=":material/edit:"), st.form(key, border=False):
        wanted = _fields(known["action"], known["reason"], known["owner"], known["due"], key)
        state = st.segmented_control(
            _("进展"),
            list(CaseState),
            default=known["state"],
            format_func=lambda one: _(CASE_STATE_NAMES[one]),
            required=True,
            key=f"warning_state_{key}",
        )
        pressed = st.form_submit_button(_("保存修改"), icon=":material/save:", key=f"{key}_save")
    return {**parts(wanted), "state": CaseState(state or known["state"])} if pressed else None


def _follow(standing: CaseView) -> Wish | None:
    row = standing.row
    with st.form(f"warning_follow_{row.id}", clear_on_submit=True):
        text = st.text_area(_("后来怎样"), max_chars=LONGEST_NOTE, key=f"warning_note_{row.id}", height=80)
        if not st.form_submit_button(_("记下后续"), icon=":material/add_comment:"):
            return None

    def act(db: Any, actor: Actor) -> None:
        deciding.follow_up(db, actor, row.id or 0, text)

    return Wish(_("后续已记下"), act)


def _fields(action: Advice, reason: str, owner: str, due: Any, key: str) -> Decision:
    chosen = st.segmented_control(
        _("处理"), list(Advice), default=action, format_func=lambda one: _(ADVICE_NAMES[one]), required=True, key=f"warning_action_{key}"
    )
    said = st.text_area(_("理由"), reason, max_chars=LONGEST_REASON, key=f"warning_reason_{key}", height=80)
    with st.container(horizontal=True):
        who = st.text_input(_("责任人"), owner, max_chars=LONGEST_OWNER, key=f"warning_owner_{key}", width=220)
        when = st.date_input(_("完成期限"), due, key=f"warning_due_{key}", width=180)
    return Decision(Advice(chosen or action), said, who, when)


def _forecast(values: Sequence[float]) -> str:
    if len(values) != 3:
        return _("还不能判断")
    return f"{share(values[0])}（{share(values[1])}–{share(values[2])}）"
