"""One idea: its purpose with the clause behind it, for whom, how urgent and why, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.access.actor import Actor, Right
from core.errors import CexunError
from core.i18n import Message
from core.instance import instance
from core.llm import model_of
from core.projects import service as projects
from core.strategy.ideas import service as ideas
from core.strategy.ideas.draft import Draft
from core.strategy.ideas.drafting import draft_purpose
from core.strategy.ideas.service import LONGEST_REASON, IdeaView
from core.strategy.ideas.tables import IdeaRow
from core.strategy.ideas.terms import MATCH_NAMES, SOURCE_NAMES, URGENCY_NAMES, Author, IdeaState, Source
from pages.shared import state
from pages.shared.database import acting
from pages.shared.record_form import record_form, record_of
from pages.shared.shortcuts import key_of
from pages.shared.text import _, joined, literal
from pages.strategy.parts.project_fields import author, clause_names, draft_of, fields, heading, named_fields, show_clauses, withheld


def show_idea(actor: Actor, plan_id: int, view: IdeaView) -> None:
    """The idea in full."""
    row = view.row
    may_decide = actor.may(Right.DECIDE_STRATEGY)
    with st.container(border=True):
        heading(row, view.theme, view.lack, _badges(row))
        _standing(row)
        if may_decide:
            _actions(actor, plan_id, view)
        if view.cited.withheld:
            withheld()
            return
        if may_decide and row.state is not IdeaState.ACCEPTED:
            _form(actor, plan_id, view)
        else:
            st.markdown(literal(row.purpose) or f":gray[{_('还没有写目的。')}]")
        st.caption(author(row))
        show_clauses(view.cited, f"idea_{view.id}")
        _audience(row)
        if row.origin is Author.RULE:
            _reasons(row)


def _badges(row: IdeaRow) -> list[tuple[Message, str, str]]:
    found = []
    if row.purpose_author is Author.MODEL:
        found.append((Message("模型起草"), ":material/smart_toy:", "yellow"))
    if row.state is IdeaState.ACCEPTED:
        found.append((Message("已成为项目"), ":material/check:", "green"))
    if row.state is IdeaState.REJECTED:
        found.append((Message("未采纳"), ":material/close:", "gray"))
    return found


def _standing(row: IdeaRow) -> None:
    if row.reject_reason:
        st.caption(_("不采纳的理由：{reason}", reason=literal(row.reject_reason)))
    if row.outdated and row.state is IdeaState.PENDING:
        st.warning(_("它的主题或岗位已有变动，按规则不再提出。您写的内容保留着，请决定去留。"), icon=":material/history:")


def _actions(actor: Actor, plan_id: int, view: IdeaView) -> None:
    row, versions = view.row, {view.id: view.row.version or 0}
    with st.container(horizontal=True, vertical_alignment="center"):
        if row.state is IdeaState.PENDING:
            if st.button(_("采纳为项目"), key="accept_idea", icon=":material/check:", type="primary", shortcut=key_of("accept_idea")):
                with acting(done=_("已成为项目")) as db:
                    projects.accept(db, actor, plan_id, versions)
            with st.popover(_("不采纳"), icon=":material/close:"):
                reason = st.text_input(
                    _("不采纳的理由"), max_chars=LONGEST_REASON, placeholder=_("例如：今年已有同类项目"), key=f"reason_{view.id}"
                )
                if st.button(_("确定不采纳"), key="reject_idea"):
                    with acting(done=_("已标为不采纳")) as db:
                        ideas.reject(db, actor, plan_id, versions, reason)
            if not view.cited.withheld:
                _draft_button(actor, plan_id, view)
        elif row.state is IdeaState.REJECTED and st.button(_("取回"), key="bring_back", icon=":material/undo:"):
            with acting(done=_("已取回，等待决定")) as db:
                ideas.bring_back(db, actor, plan_id, versions)
        elif row.state is IdeaState.ACCEPTED:
            st.caption(_("在“项目”里可以修改或撤回。"))


def _draft_button(actor: Actor, plan_id: int, view: IdeaView) -> None:
    model = model_of(instance().settings)
    if model is None or not view.cited.clauses:
        return
    pressed = st.button(
        _("请模型起草目的"),
        key="draft_purpose",
        icon=":material/smart_toy:",
        help=_("只发送依据的条款、主题、岗位和能力；起草后由您核对。"),
    )
    if not pressed:
        return
    row = view.row
    try:
        with st.spinner(_("模型正在起草，最长等待 {n} 秒", n=round(instance().settings.model_timeout_seconds))):
            drafted = draft_purpose(
                model,
                theme=view.theme.theme.name if view.theme else "",
                post=" ".join((row.line, row.post)).strip(),
                competencies=row.competencies,
                clauses=[clause.quote for clause in view.cited.clauses],
                language=state.language(),
            )
    except CexunError as failure:
        st.error(literal(_(failure.message)))
        return
    with acting(done=_("模型已起草，请核对")) as db:
        ideas.take_draft(db, actor, plan_id, view.id, row.version or 0, drafted.purpose, drafted.made_by)


def _form(actor: Actor, plan_id: int, view: IdeaView) -> None:
    row = view.row
    inside = [member.finding for member in view.theme.members] if view.theme else []
    clauses = clause_names({one.id: one for one in (*view.cited.clauses, *inside)}.values())

    def draw(known: Draft, key: str) -> Draft | None:
        with st.form(key, border=False, enter_to_submit=False):
            draft = fields(known, clauses, key=key)
            return draft if st.form_submit_button(_("保存"), icon=":material/save:", key=f"{key}_save") else None

    record = record_of(row, "idea_edited", "idea_drafted")
    if written := record_form("idea", record, draft_of(row), named_fields(clauses), draw):
        with acting(done=written.done(_("已保存"))) as db:
            ideas.edit(db, actor, plan_id, view.id, written.version, written.value)


def _audience(row: IdeaRow) -> None:
    st.markdown(f"**{_('对象与能力')}**")
    match = _(MATCH_NAMES[row.match])
    if row.likeness is not None:
        match = _("按用词相近建议（{score}），请核对", score=f"{row.likeness:.2f}")
    people = _("{n} 人", n=row.people) if row.people is not None else _("人数未知")
    st.markdown(literal(" · ".join(part for part in (row.line, row.post, people) if part)))
    st.caption(_("岗位属于这个主题：{match}。", match=match))
    if row.source is Source.NONE or not row.competencies:
        st.caption(_("还没有能力要求：采纳的能力要求和任务都没有点名。不替您编，请补充或先在解码里采纳。"))
    else:
        st.caption(_("能力 {names}：{source}。", names=joined(literal(one) for one in row.competencies), source=SOURCE_NAMES[row.source]))


def _reasons(row: IdeaRow) -> None:
    with st.expander(_("紧迫度和类型怎么来"), icon=":material/calculate:"):
        changed = "urgency" in row.edited
        st.markdown(_("紧迫度由人定为“{urgency}”。按规则：", urgency=URGENCY_NAMES[row.urgency]) if changed else _("紧迫度："))
        st.markdown(_lines(row.urgency_why))
        st.markdown(_("类型由人改定。按规则：") if "kind" in row.edited else _("类型："))
        st.markdown(_lines(row.kind_why))


def _lines(why: Sequence[Any]) -> str:
    return "\n".join(f"- {literal(_(Message.from_json(one)))}" for one in why)
