"""The approval of a plan: how it stands, whose turn it is, deciding, submitting, what has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.approvals import service
from core.approvals.chain import Layer
from core.approvals.contents import Contents
from core.approvals.differences import money
from core.approvals.service import LONGEST_WORDS, Board, SubmissionView
from core.approvals.tables import ApprovalDecision
from core.approvals.terms import DECISION_NAMES, STATE_NAMES, Decision, SubmissionState
from core.i18n import Message
from core.notices.terms import Kind
from pages.shared import state
from pages.shared.database import acting_first
from pages.shared.page import MEASURE
from pages.shared.text import _, joined, literal, moment, person

COLOURS = {
    SubmissionState.WAITING: "orange",
    SubmissionState.APPROVED: "green",
    SubmissionState.RETURNED: "red",
    SubmissionState.WITHDRAWN: "gray",
}
_SHOWN = 8


@dataclass(frozen=True)
class Wish:
    """What somebody wants done, and what is said once it is; `tells`: which notice it sends, of which is said whom it reached."""

    done: str
    act: Callable[[Any, Actor], Any]
    tells: Kind | None = None


def standing(board: Board) -> None:
    """In one line: where the plan is."""
    last = board.last
    if last is None:
        st.markdown(f":gray-badge[{_('草稿')}] {_('这份计划还没有提交审批。')}")
        return
    st.markdown(f"{badge(last)} {said_of(last)}")
    if last.row.note:
        st.markdown(f"> {literal(last.row.note)}")


def badge(view: SubmissionView) -> str:
    """How far a submission is, as a mark."""
    return f":{COLOURS[view.row.state]}-badge[{_(STATE_NAMES[view.row.state])}]"


def said_of(view: SubmissionView) -> str:
    """Which submission it is, by whom and when."""
    name, when = literal(person(view.row.submitted_by)), moment(view.row.submitted_at)
    return _("第 {number} 次提交，{name}于{when}", number=str(view.row.number), name=name, when=when)


def layers_of(board: Board, view: SubmissionView) -> None:
    """The layers in their order: who decided what and when, whose turn it is since when, who comes next."""
    said = {one.layer: one for one in view.decisions}
    with st.container(border=True, width=MEASURE, gap="xsmall"):
        for place, layer in enumerate(view.layers):
            st.markdown(_layer(board, view, place, layer, said.get(place)))
        if board.stuck is not None:
            text = _(
                "“{layer}”这一层没有人能审批了：账户已停用或改了角色。请人力资源撤回，改好审批层级再提交。", layer=_word(board.stuck.name)
            )
            st.warning(text, icon=":material/person_off:")
        if view.row.state is SubmissionState.WITHDRAWN and view.row.closed_at is not None:
            st.caption(_("{name}于{when}撤回", name=literal(person(view.row.closed_by)), when=moment(view.row.closed_at)))


def _layer(board: Board, view: SubmissionView, place: int, layer: Layer, said: ApprovalDecision | None) -> str:
    name = _word(layer.name)
    if said is not None:
        passed = said.decision is Decision.APPROVED
        icon = ":green[:material/check_circle:]" if passed else ":red[:material/undo:]"
        words = f"  \n{literal(said.words)}" if said.words else ""
        who = literal(person(said.by))
        return f"{icon} **{name}** {_(DECISION_NAMES[said.decision])} :gray[{who} · {moment(said.at)}]{words}"
    who = joined(literal(board.names.get(one, "?")) for one in layer.accounts)
    if view.turn is not None and place == view.row.layer:
        since = _("自{when}等待", when=moment(view.row.waiting_since))
        nudged = f" · {_('已于{when}提醒', when=moment(view.row.nudged_at))}" if view.row.nudged_at else ""
        return f":orange[:material/hourglass_top:] **{name}** {who} :gray[{since}{nudged}]"
    return f":gray[:material/radio_button_unchecked: {name} · {who}]"


def decide(board: Board, view: SubmissionView) -> None:
    """What the decider of this layer says.

    It is done before the page runs again: where another decided meanwhile the form would be gone, and with it what was written.
    """
    layer, version = view.turn, view.row.version or 0
    with st.container(border=True, width=MEASURE), st.form(f"approval_decide_{view.id}_{view.row.layer}", border=False):
        st.subheader(_("轮到您审批（{layer}）", layer=_word(layer.name) if layer else ""), anchor=False)
        st.markdown(_sums(view.contents))
        listed(service.changed_by_submitting(board), _("和上一版相比"))
        key = f"approval_words_{view.id}_{view.row.layer}"
        st.text_area(_("意见（退回须写原因）"), max_chars=LONGEST_WORDS, key=key)
        with st.container(horizontal=True):
            passed, back = (Decision.APPROVED, view.id, version, key), (Decision.RETURNED, view.id, version, key)
            st.form_submit_button(_("通过"), icon=":material/check:", type="primary", key="approval_pass", on_click=_decide, args=passed)
            st.form_submit_button(_("退回"), icon=":material/undo:", key="approval_return", on_click=_decide, args=back)


def _decide(decision: Decision, submission_id: int, version: int, key: str) -> None:
    person = state.present()
    done = _("已通过") if decision is Decision.APPROVED else _("已退回，人力资源会看到原因")
    with acting_first(done) as db:
        service.decide(db, person.actor, submission_id, version, decision, state.get(key, ""))


def act_of_planner(view: SubmissionView) -> Wish | None:
    """Reminding whose turn it is, and taking the submission back."""
    version = view.row.version or 0
    with st.container(horizontal=True):
        if st.button(_("提醒审批人"), icon=":material/notifications_active:", key="approval_nudge"):
            return Wish("", lambda db, actor: service.nudge(db, actor, view.id, version), Kind.APPROVAL_SLOW)
        said = _("已有的意见都保留；改好后可以再提交。")
        # Done before the page runs again: where the last layer decided meanwhile there would be no button, and nothing said.
        st.button(
            _("撤回这次提交"), icon=":material/undo:", key="approval_withdraw", help=said, on_click=_withdraw, args=(view.id, version)
        )
    return None


def _withdraw(submission_id: int, version: int) -> None:
    person = state.present()
    with acting_first(_("已撤回")) as db:
        service.withdraw(db, person.actor, submission_id, version)


def submit(plan_id: int, board: Board) -> Wish | None:
    """Handing the plan up."""
    seen = board.last.row.number if board.last else 0
    if board.last is not None and board.last.row.state is SubmissionState.APPROVED and not board.since_last:
        return None
    if not board.now.items:
        st.info(_("计划里还没有项目，没有什么可审批。请先采纳项目想法。"), icon=":material/info:", width=MEASURE)
        return None
    with st.container(border=True, width=MEASURE), st.form(f"approval_submit_{seen}", border=False):
        st.markdown(_("现在提交：{sums}", sums=_sums(board.now)))
        if board.now.draft:
            st.caption(_("排期还没有发布，课次和讲师场地费取自最新的草稿。"))
        # What has changed since an approval is said below.
        if board.last is not None and board.last.row.state is not SubmissionState.APPROVED:
            listed(board.since_last, _("上次提交以后的改动"))
        note = st.text_area(_("给审批人的说明（可不填）"), max_chars=LONGEST_WORDS, key=f"approval_note_{seen}")
        pressed = st.form_submit_button(_("提交审批"), icon=":material/send:", type="primary", key="approval_submit")
    if board.chain.unnamed:
        st.caption(_("还没有指定审批人：先在页尾的“审批层级”里选好。"))
    return Wish(_("已提交审批"), lambda db, actor: service.submit(db, actor, plan_id, seen, note)) if pressed else None


def differences_since(board: Board) -> None:
    """What has changed since the plan was approved, or since it was handed up."""
    if board.since_approved is not None and board.approved is not None:
        st.subheader(_("批准以后的改动（{n}）", n=len(board.since_approved)), anchor=False)
        st.caption(_("和第 {number} 次提交、已批准的版本相比；批准的版本不会被改动。", number=str(board.approved.row.number)))
        if not board.since_approved:
            st.markdown(f":green[:material/check_circle:] {_('现在的计划和已批准的一样。')}")
        listed(board.since_approved, "")
    elif board.waiting and board.since_last:
        st.subheader(_("提交以后的改动（{n}）", n=len(board.since_last)), anchor=False)
        st.caption(_("审批的是提交时的内容；这些改动不在其中。"))
        listed(board.since_last, "")


def listed(found: Sequence[Message], title: str) -> None:
    """Differences one below the other; many are folded away."""
    if not found:
        return
    lines = [f"- {literal(_(one))}" for one in found]
    if title:
        st.markdown(f"**{title}**")
    st.markdown("\n".join(lines[:_SHOWN]))
    if lines[_SHOWN:]:
        with st.expander(_("其余 {n} 处", n=len(lines) - _SHOWN)):
            st.markdown("\n".join(lines[_SHOWN:]))


def _word(name: str | Message) -> str:
    return _(name) if isinstance(name, Message) else literal(name)


def _sums(now: Contents) -> str:
    return _("{projects} 个项目 · {sessions} 次课 · 预算 {money}", projects=now.projects, sessions=now.sessions, money=money(now.planned))
