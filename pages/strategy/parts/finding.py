"""One finding: what it says, why it was found, its words in their place, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import streamlit as st

from core.access.actor import Actor, Right
from core.documents import reading as reader
from core.documents import service as library
from core.documents.tables import Document
from core.i18n import Message
from core.strategy.conflicts import in_words
from core.strategy.findings import BY_MODEL
from core.strategy.merging import Into
from core.strategy.review import Wanted
from core.strategy.tables import FindingRow, FindingState, Origin
from core.strategy.themes.tags import PERSPECTIVE_NAMES
from pages.shared.database import reading
from pages.shared.page import link
from pages.shared.shortcuts import key_of
from pages.shared.text import _, joined, literal, sample_mark
from pages.strategy.parts import review_acts as acts
from pages.strategy.parts.blocks import show_screen, show_text
from pages.strategy.parts.decode_model import MODEL_RULE_NAMES, had_a_hand
from pages.strategy.parts.earlier_decisions import decided_earlier

RULE_NAMES = {
    "theme_heading": Message("标题点明了一个战略方向"),
    "theme_orientation": Message("句子陈述了总体导向"),
    "task_order": Message("句子要求做一件事"),
    "capability_demand": Message("句子提出或指出缺少某种能力"),
    "theme_wording": Message("措辞与已标注的战略方向相近"),
    "task_wording": Message("措辞与已标注的任务相近"),
    "capability_wording": Message("措辞与已标注的能力要求相近"),
    "capability_table": Message("表格里的能力、认证或短板一栏"),
    "target_bound": Message("数字前后有上下限用语"),
    "target_verb": Message("数字前有“提升到、新增”一类动词"),
    "target_figure": Message("计划语句里的数字"),
    "target_table": Message("表格里计划年份或目标一栏的数字"),
    "achieved": Message("读起来是已实现的结果或现状"),
    "no_aim": Message("没有用语表明这是要达到的"),
    "standing_rule": Message("制度里一直适用的门槛"),
    "wording": Message("措辞更像结果、现状或一直适用的规定"),
    **MODEL_RULE_NAMES,
}
_SURE, _LIKELY = 0.85, 0.65
_SHORTEST_SPLIT = 12


def show_finding(
    actor: Actor,
    plan_id: int,
    row: FindingRow,
    documents: Mapping[int, Document],
    wanted: Wanted,
    sources: Sequence[FindingRow],
    into: Into | None,
) -> None:
    """The finding in full, with its words marked where they stand. `sources` were merged into it; `into`: where it was merged itself."""
    document = documents[row.document_id]
    with st.container(border=True):
        st.markdown(f"**{literal(row.text)}**")
        if row.measure:
            st.markdown(f":blue[{literal(in_words(row.measure))}]")
        st.caption(literal(" · ".join(_facts(row))))
        decided_earlier(actor, row)
        if row.moved:
            st.warning(_("文件更新后，原文里不再有这段话。您的决定保留着，请核对后再用。"), icon=":material/history:")
        if into is not None:
            _merged(plan_id, into, documents)
        if actor.may(Right.DECIDE_STRATEGY):
            _actions(plan_id, row, wanted)
        st.markdown(f"{literal(document.title)}{sample_mark(document.sample)}　:gray[{literal(' › '.join(row.heading))}]")
        _in_place(actor, row)
        link("document", _("在原文中查看"), icon=":material/article:", id=row.document_id, start=row.start, end=row.end)
        if sources:
            _sources(sources, documents)


def _facts(row: FindingRow) -> list[str]:
    facts = []
    if row.perspective:
        facts.append(_(PERSPECTIVE_NAMES[row.perspective]))
    if row.competencies:
        facts.append(_("能力：{names}", names=joined(row.competencies)))
    if row.origin is Origin.PERSON:
        facts.append(_("由人补充"))
    elif (rule := row.rule.removeprefix(BY_MODEL)) in RULE_NAMES:
        cues = joined(f"“{cue}”" for cue in row.cues if cue.strip())
        why = _(RULE_NAMES[rule])
        facts.append(_("依据：{why}（{cues}）", why=why, cues=cues) if cues else _("依据：{why}", why=why))
        sure = _("把握大") if row.confidence >= _SURE else _("把握较大") if row.confidence >= _LIKELY else _("请仔细核对")
        facts.append(sure)
    if row.origin is Origin.MODEL:
        facts.append(had_a_hand(row))
    if row.edited:
        facts.append(_("已修改"))
    return facts


def _actions(plan_id: int, row: FindingRow, wanted: Wanted) -> None:
    accept = _("采纳为目标") if row.state is FindingState.ASIDE and row.measure else _("采纳")
    decisions = (
        (FindingState.ACCEPTED, accept, "accept", ":material/check:"),
        (FindingState.REJECTED, _("不采纳"), "reject", ":material/close:"),
        (FindingState.PENDING, _("放回待确认"), "reopen", ":material/undo:"),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for to, label, does, icon in decisions:
            if row.state is not to:
                kind: Literal["primary", "secondary"] = "primary" if to is FindingState.ACCEPTED else "secondary"
                args = (plan_id, row, to, wanted)
                st.button(label, key=does, icon=icon, type=kind, shortcut=key_of(does), on_click=acts.decide, args=args)
        _button(_("修改"), "edit", ":material/edit:", acts.open_dialog, acts.EDIT)
        if len(row.quote) > _SHORTEST_SPLIT and not row.measure:
            _button(_("拆分"), "split", ":material/call_split:", acts.open_dialog, acts.SPLIT)
        label = _("取消选中") if row.id in acts.picked() else _("选中")
        _button(label, "pick", ":material/check_box:", acts.pick, row.id or 0, row.version)


def _button(label: str, does: str, icon: str, act: Callable[..., None], *args: object) -> None:
    st.button(label, key=does, icon=icon, type="tertiary", shortcut=key_of(does), on_click=act, args=args)


def _merged(plan_id: int, into: Into, documents: Mapping[int, Document]) -> None:
    """Where the finding was merged, and the way there."""
    if into.row is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            text, title = literal(into.row.text), literal(documents[into.row.document_id].title)
            st.markdown(_("已并入：{text}", text=text) + f"　:gray[{title}]", width="stretch")
            args = (plan_id, into.row.id or 0)
            st.button(_("打开这一条"), key="open_survivor", icon=":material/merge:", type="tertiary", on_click=acts.open_other, args=args)
    elif into.removed is not None:
        title = literal(into.removed.title)
        words = _(
            "这一条已并入《{title}》里的一条发现，而那份文件在回收站里。可以在这里重新决定；没有决定的，文件恢复后仍是合并的。", title=title
        )
        st.info(words, icon=":material/merge:")
    else:
        st.caption(_("这一条已并入另一份文件里的发现，那份文件您看不到。"))


def _sources(sources: Sequence[FindingRow], documents: Mapping[int, Document]) -> None:
    st.caption(_("另有 {n} 处出处（已合并）", n=len(sources)))
    for one in sources:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{literal(one.text)}　:gray[{literal(documents[one.document_id].title)}]", width="stretch")
            link("document", _("原文"), icon=":material/article:", id=one.document_id, start=one.start, end=one.end)


def _in_place(actor: Actor, row: FindingRow) -> None:
    with reading() as db:
        parsed = library.text_of(db, actor, row.document_id)
    with st.container(height=300, border=True):
        if parsed is None or parsed.text[row.start : row.end] != row.quote:
            show_text(row.quote)
            return
        screen = reader.near(parsed, reader.around(parsed, row.start, row.end), row.start)
        show_screen(parsed, screen, (row.start, row.end))
