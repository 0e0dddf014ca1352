"""One finding: what it says, why it was found, its words in their place, and what can be done with it."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor, Right
from core.documents import reading as reader
from core.documents import service as library
from core.documents.tables import Document
from core.i18n import Message
from core.strategy import review
from core.strategy.conflicts import in_words
from core.strategy.findings import BY_MODEL
from core.strategy.tables import FindingRow, FindingState, Origin
from core.strategy.themes.tags import PERSPECTIVE_NAMES
from pages.shared.database import acting, reading
from pages.shared.page import link
from pages.shared.text import _, literal, sample_mark
from pages.strategy.parts.blocks import show_screen, show_text
from pages.strategy.parts.decode_model import MODEL_RULE_NAMES, had_a_hand
from pages.strategy.parts.finding_form import edit_finding, split_finding

RULE_NAMES = {
    "theme_heading": Message("标题点明了一个战略方向"),
    "theme_orientation": Message("句子陈述了总体导向"),
    "task_order": Message("句子要求做一件事"),
    "capability_demand": Message("句子提出或指出缺少某种能力"),
    "capability_table": Message("表格里的能力、认证或短板一栏"),
    "target_bound": Message("数字前后有上下限用语"),
    "target_verb": Message("数字前有“提升到、新增”一类动词"),
    "target_figure": Message("计划语句里的数字"),
    "target_table": Message("表格里计划年份或目标一栏的数字"),
    "achieved": Message("读起来是已实现的结果或现状"),
    "no_aim": Message("没有用语表明这是要达到的"),
    "standing_rule": Message("制度里一直适用的门槛"),
    **MODEL_RULE_NAMES,
}
_SURE, _LIKELY = 0.85, 0.65


def show_finding(actor: Actor, plan_id: int, row: FindingRow, document: Document) -> None:
    """The finding in full, with its words marked where they stand."""
    with st.container(border=True):
        st.markdown(f"**{literal(row.text)}**")
        if row.measure:
            st.markdown(f":blue[{literal(in_words(row.measure))}]")
        st.caption(literal(" · ".join(_facts(row))))
        if row.moved:
            st.warning(_("文件更新后，原文里不再有这段话。您的决定保留着，请核对后再用。"), icon=":material/history:")
        if actor.may(Right.DECIDE_STRATEGY):
            _actions(actor, plan_id, row)
        st.markdown(f"{literal(document.title)}{sample_mark(document.sample)}　:gray[{literal(' › '.join(row.heading))}]")
        _in_place(actor, row)
        link("document", _("在原文中查看"), icon=":material/article:", id=row.document_id, start=row.start, end=row.end)


def _facts(row: FindingRow) -> list[str]:
    facts = []
    if row.perspective:
        facts.append(_(PERSPECTIVE_NAMES[row.perspective]))
    if row.competencies:
        facts.append(_("能力：{names}", names="、".join(row.competencies)))
    if row.origin is Origin.PERSON:
        facts.append(_("由人补充"))
    elif (rule := row.rule.removeprefix(BY_MODEL)) in RULE_NAMES:
        cues = "、".join(f"“{cue}”" for cue in row.cues if cue.strip())
        why = _(RULE_NAMES[rule])
        facts.append(_("依据：{why}（{cues}）", why=why, cues=cues) if cues else _("依据：{why}", why=why))
        sure = _("把握大") if row.confidence >= _SURE else _("把握较大") if row.confidence >= _LIKELY else _("请仔细核对")
        facts.append(sure)
    if row.origin is Origin.MODEL:
        facts.append(had_a_hand(row))
    if row.edited:
        facts.append(_("已修改"))
    return facts


def _actions(actor: Actor, plan_id: int, row: FindingRow) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if row.state is not FindingState.ACCEPTED:
            label = _("采纳为目标") if row.state is FindingState.ASIDE and row.measure else _("采纳")
            if st.button(label, key="accept", icon=":material/check:", type="primary", shortcut="a"):
                _decide(actor, plan_id, row, FindingState.ACCEPTED, _("已采纳"))
        if row.state is not FindingState.REJECTED and st.button(_("不采纳"), key="reject", icon=":material/close:", shortcut="x"):
            _decide(actor, plan_id, row, FindingState.REJECTED, _("已标为不采纳"))
        if row.state is not FindingState.PENDING and st.button(_("放回待确认"), key="reopen", icon=":material/undo:", type="tertiary"):
            _decide(actor, plan_id, row, FindingState.PENDING, _("已放回待确认"))
        if st.button(_("修改"), key="edit", icon=":material/edit:", shortcut="e"):
            edit_finding(plan_id, row)
        if len(row.quote) > 12 and not row.measure and st.button(_("拆分"), key="split", icon=":material/call_split:", type="tertiary"):
            split_finding(plan_id, row)


def _decide(actor: Actor, plan_id: int, row: FindingRow, to: FindingState, said: str) -> None:
    with acting(done=said, within="fragment") as db:
        review.decide(db, actor, plan_id, [row.id or 0], to, versions={row.id or 0: row.version})


def _in_place(actor: Actor, row: FindingRow) -> None:
    with reading() as db:
        parsed = library.open_document(db, actor, row.document_id).parsed
    with st.container(height=300, border=True):
        if parsed is None or parsed.text[row.start : row.end] != row.quote:
            show_text(row.quote)
            return
        screen = reader.near(parsed, reader.around(parsed, row.start, row.end), row.start)
        show_screen(parsed, screen, (row.start, row.end))
