"""The conclusions of a plan: how many stand, each with its words, its figures and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.access import service as access
from core.access.actor import Actor
from core.i18n import Language, Message
from core.review.conclusions import service
from core.review.conclusions.carrying import CarryView
from core.review.conclusions.gathering import Evidence
from core.review.conclusions.service import Board, ConclusionView
from core.review.conclusions.terms import CHOICE_NAMES, STATE_NAMES, TOPIC_NAMES, CarryKind, Choice
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import go, link
from pages.shared.text import _, literal, moment, person

COLOURS = {Choice.KEEP: "green", Choice.SCALE: "blue", Choice.CHANGE: "orange", Choice.STOP: "red"}


def summary(board: Board) -> None:
    """How many conclusions there are of each choice, and on how many projects there is none."""
    counts = Counter(one.row.choice for one in board.conclusions)
    with st.container(horizontal=True):
        for choice in Choice:
            st.metric(_(CHOICE_NAMES[choice]), f"{counts[choice]:,}", width=110)
        st.metric(_("还没有结论的项目"), f"{len(board.open):,}", width=170)


def conclusion_list(board: Board, done: Sequence[CarryView], asked: int | None, keeps: bool) -> Wish | None:
    """Every conclusion, folded; those that wait for somebody to stand by them may be confirmed at once."""
    wish = _all(board) if keeps else None
    for one in board.conclusions:
        title = f"{_called(one)} · {_(CHOICE_NAMES[one.row.choice])} · {_(STATE_NAMES[one.row.state])}"
        with st.expander(literal(title), expanded=one.id == asked, icon=_icon(one)):
            show(one)
            _became(one, done)
            if keeps:
                wish = _acts(board, one) or wish
    return wish


def show(one: ConclusionView) -> None:
    """A conclusion in full: its words, why the rule suggested what, and the figures as they were."""
    row = one.row
    quarter = _("{year} 年第 {quarter} 季度", year=str(one.year), quarter=row.quarter)
    st.markdown(f":{COLOURS[row.choice]}-badge[{_(CHOICE_NAMES[row.choice])}] {quarter}  \n{literal(row.text)}")
    if row.change:
        st.markdown(_("{name}：{value}", name=f"**{_('要改什么')}**", value=literal(row.change)))
    if row.factor is not None:
        st.markdown(_("对象人数乘以 {factor}", factor=f"{row.factor:g}"))
    if one.withheld:
        st.caption(_("依据中的数字是全行汇总，只给能看全行汇总的人看。"))
    evidence(one.evidence, row.project_id)
    if one.reasons:
        words = _(CHOICE_NAMES[row.suggested]) if row.suggested else _("还不能建议")
        why = " ".join(literal(_(each)) for each in one.reasons)
        st.caption(_("规则 {rule} 当时建议：{choice}。{why}", rule=row.rule, choice=words, why=why))
    who = _("{who} · {when} 写下", who=literal(person(row.changed_by)), when=moment(row.changed_at))
    if row.confirmed_at is not None:
        who += " · " + _("{who} · {when} 确认", who=literal(person(row.confirmed_by)), when=moment(row.confirmed_at))
    st.caption(who)


def evidence(some: Sequence[Evidence], project_id: int | None) -> None:
    """Figures by the page that they are from, with the day, and the ways there."""
    if not some:
        return
    st.markdown(f"**{_('依据')}**")
    for topic in dict.fromkeys(one.topic for one in some):
        own = [one for one in some if one.topic is topic]
        st.markdown("\n".join(f"- {literal(_(one.said))} :gray[{one.on.isoformat()}]" for one in own))
    topics = list(dict.fromkeys(one.topic for one in some))
    with st.container(horizontal=True):
        for topic in topics:
            parameters = {"project": project_id} if project_id is not None else {}
            link(topic.value, _(TOPIC_NAMES[topic]), icon=":material/open_in_new:", **parameters)


def from_elsewhere(one: ConclusionView) -> None:
    """A conclusion of another plan that somebody followed a link to."""
    with st.container(border=True):
        st.markdown(f"**{literal(_called(one))}**")
        show(one)


def called(board: Board) -> dict[int, str]:
    """What each conclusion is called in a list: what it is about, and what it says in a word."""
    return {one.id: f"{_called(one)} · {_(CHOICE_NAMES[one.row.choice])}" for one in board.conclusions}


def _called(one: ConclusionView) -> str:
    return one.name or _("全年计划")


def _icon(one: ConclusionView) -> str:
    return ":material/verified:" if one.confirmed else ":material/edit_note:"


def _became(one: ConclusionView, done: Sequence[CarryView]) -> None:
    for carry in done:
        items = [item for item in carry.of(one.id) if item.kind in (CarryKind.PROJECT, CarryKind.STOPPED)] if carry.standing else []
        for item in items:
            after = literal(_(Message.from_json(item.after)))
            st.markdown(f":material/arrow_forward: {_('{year} 年', year=str(carry.row.to_year))} · {literal(item.name)}：{after}")
            if item.project_id is not None and not state.is_guest():
                _way_there(carry, item.project_id)


def _way_there(carry: CarryView, project_id: int) -> None:
    """To the goal of the next year: its plan becomes the one that is worked on."""
    if st.button(_("看它变成的目标"), icon=":material/flag:", key=f"carried_{carry.row.id}_{project_id}", type="tertiary"):
        with acting(rerun=False) as db:
            access.prefer(db, state.present().actor.account_id or 0, plan_id=carry.row.to_plan_id)
        go("goals", project=project_id)


def _all(board: Board) -> Wish | None:
    drafts = [one for one in board.conclusions if not one.confirmed]
    ready = {one.id: one.row.version or 0 for one in drafts if one.ready}
    if waiting := len(drafts) - len(ready):
        st.caption(_("{n} 条“调整”还没写明明年要改什么：在下面写明、存好，再确认。", n=waiting))
    language, plan_id = state.language(), board.plan.id or 0
    with st.container(horizontal=True):
        if board.open and st.button(
            _("按数据起草"), icon=":material/auto_awesome:", help=_("给还没有结论的项目各起草一条，您改过再确认。")
        ):
            return _drafting(plan_id, language)
        if ready and st.button(_("确认 {n} 条草稿", n=len(ready)), icon=":material/verified:", type="primary"):
            return _confirming(plan_id, ready)
    return None


def _drafting(plan_id: int, language: Language) -> Wish:
    bar = st.progress(0.0, text=_("正在看每个项目的结果……"))

    def told(done: int, total: int) -> None:
        bar.progress(done / total, text=_("正在看每个项目的结果：{done}/{total}", done=done, total=total))

    # Read first, write afterwards: nobody waits for the figures of a whole year.
    with reading() as db:
        found = service.proposed(db, state.present().actor, plan_id, language, told=told)
    bar.empty()

    def draft(db: Any, actor: Actor) -> None:
        service.draft_all(db, actor, plan_id, found)

    return Wish(_("已起草，请逐条看过再确认"), draft)


def _acts(board: Board, one: ConclusionView) -> Wish | None:
    plan_id, version = board.plan.id or 0, one.row.version or 0
    with st.container(horizontal=True):
        if not one.confirmed and st.button(_("确认"), icon=":material/verified:", key=f"conclusion_confirm_{one.id}"):
            return _confirming(plan_id, {one.id: version})
        if st.button(_("删除"), icon=":material/delete:", type="tertiary", key=f"conclusion_remove_{one.id}"):

            def remove(db: Any, actor: Actor) -> None:
                service.remove(db, actor, plan_id, one.id, version)

            return Wish(_("已删除，可以撤销"), remove)
    return None


def _confirming(plan_id: int, versions: dict[int, int]) -> Wish:
    def confirm(db: Any, actor: Actor) -> None:
        service.confirm(db, actor, plan_id, versions)

    return Wish(_("已确认，可以结转"), confirm)
