"""Which way each item goes and why; a person decides otherwise with a reason, or asks a model."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.delivery.content import service as contents
from core.delivery.content import triage_model
from core.delivery.content.item import LONGEST_REASON, ContentItem
from core.delivery.content.service import ContentView
from core.delivery.content.terms import WAY_NAMES, Author, Way
from core.errors import CexunError
from core.instance import instance
from core.llm import model_of
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.picking import picked_rows
from pages.shared.table import tall
from pages.shared.text import _, literal, person


def triage(view: ContentView, *, may_edit: bool) -> Wish | None:
    """The items with their ways and reasons; what the reader wants done."""
    items = view.content.items
    hours = {way: view.content.hours(way) for way in Way}
    changed = sum(one.choice is not None for one in items)
    with st.container(horizontal=True):
        st.metric(_(WAY_NAMES[Way.SELF_STUDY]), _("{hours} 学时", hours=f"{hours[Way.SELF_STUDY]:g}"), width=180)
        st.metric(_(WAY_NAMES[Way.FACE_TO_FACE]), _("{hours} 学时", hours=f"{hours[Way.FACE_TO_FACE]:g}"), width=180)
        st.metric(_("人改过的"), _("{n} 项", n=changed), width=140)
    rows = [
        {
            "name": one.facts.name,
            "way": _(WAY_NAMES[one.way]),
            "why": _why(one),
            "by": _by(one),
        }
        for one in items
    ]
    event = st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=tall(len(rows)),
        on_select="rerun" if may_edit else "ignore",
        selection_mode="multi-row",
        key=f"triage_{view.id}_{view.content.version}",
        alt=_("分流和理由"),
        column_config={
            "name": st.column_config.TextColumn(_("内容单元"), width=230),
            "way": st.column_config.TextColumn(_("分流"), width=170),
            "why": st.column_config.TextColumn(_("理由"), width=450),
            "by": st.column_config.TextColumn(_("谁定的"), width=170),
        },
    )
    if not may_edit:
        return None
    picked = [items[place] for place in picked_rows(event) if place < len(items)]
    if not picked:
        st.caption(_("勾选一行或几行，可以改变它们的分流。"))
    return (_decide(view, picked) if picked else None) or _by_model(view)


def _why(item: ContentItem) -> str:
    if item.choice is not None:
        advised = _(WAY_NAMES[item.triage.way])
        return _("{reason}（建议是{way}：{why}）", reason=item.choice.why, way=advised, why=_(item.triage.why))
    return _(item.triage.why)


def _by(item: ContentItem) -> str:
    if item.choice is not None:
        return person(item.choice.by)
    name = _("模型") if item.triage.author is Author.MODEL else _("规则")
    return f"{name}（{item.triage.made_by}）" if state.language() == "zh" else f"{name} ({item.triage.made_by})"


def _decide(view: ContentView, picked: list[ContentItem]) -> Wish | None:
    ids = [one.id for one in picked]
    with st.container(border=True):
        for one in picked:
            st.markdown(f"**{literal(one.facts.name)}**　{_(WAY_NAMES[one.way])}：{literal(_why(one))}")
        st.markdown(f"**{_('改变 {n} 项的分流', n=len(picked))}**")
        way = st.radio(_("改为"), list[Way](Way), format_func=lambda one: _(WAY_NAMES[one]), horizontal=True, key=f"way_{view.id}")
        reason = st.text_input(_("理由"), max_chars=LONGEST_REASON, key=f"way_reason_{view.id}", placeholder=_("例如：新规定，要当面问答"))
        with st.container(horizontal=True):
            if st.button(_("改变分流"), icon=":material/alt_route:", disabled=not reason.strip(), key="way_change"):
                return Wish(_("已改变分流"), lambda db, actor: contents.choose(db, actor, view.id, view.content.version, ids, way, reason))
            if any(one.choice for one in picked) and st.button(_("恢复建议"), icon=":material/undo:", key="way_back"):
                return Wish(_("已恢复建议"), lambda db, actor: contents.choose(db, actor, view.id, view.content.version, ids, None))
    return None


def _by_model(view: ContentView) -> Wish | None:
    model = model_of(instance().settings)
    if model is None:
        return None
    kept = f"triage_said_{view.id}_{view.content.version}"
    asked = st.button(
        _("请模型分流"),
        icon=":material/smart_toy:",
        key="triage_ask",
        help=_("只发送内容单元的文字和项目名称。模型只在两种里选一种并说明理由，由您核对后采用。"),
    )
    if asked:
        try:
            with st.spinner(_("模型正在分流，最长等待 {n} 秒", n=round(instance().settings.model_timeout_seconds))):
                state.put(kept, triage_model.ask(model, view.content.items, view.project.name, state.language()))
        except CexunError as failure:
            st.error(literal(_(failure.message)))
    said: triage_model.Sorted | None = state.get(kept)
    if said is None:
        return None
    names = {one.id: one for one in view.content.items}
    rows = [
        {
            _("内容单元"): names[number].facts.name,
            _("现在"): _(WAY_NAMES[names[number].triage.way]),
            _("模型"): _(WAY_NAMES[told.way]),
            _("理由"): told.why,
        }
        for number, told in said.told.items()
        if number in names
    ]
    with st.container(border=True):
        st.markdown(f":material/smart_toy: **{_('模型的分流')}**　:gray[{literal(said.made_by)}]")
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("模型的分流"))
        if said.silent:
            st.caption(_("有 {n} 项模型没有给出可用的回答，仍按规则。", n=said.silent))
        if st.button(_("采用模型的分流"), icon=":material/done_all:", key="triage_take"):
            return Wish(_("已采用模型的分流"), lambda db, actor: triage_model.take_over(db, actor, view.id, view.content.version, said))
    return None
