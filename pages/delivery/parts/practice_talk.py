"""Practising a scenario: a talk that is pasted, or held turn by turn with a model that plays the customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.delivery.practice import asking, transcript
from core.delivery.practice import service as practice
from core.delivery.practice.scoring import score, with_model
from core.delivery.practice.service import ScenarioView
from core.delivery.practice.terms import LONGEST_TRANSCRIPT, Source
from core.delivery.practice.transcript import Turn
from core.errors import CexunError
from core.instance import instance
from core.llm import Model, model_of
from pages.delivery.parts.practice_view import table
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.text import _, literal


def talk(one: ScenarioView, people: Mapping[str, str]) -> Wish | None:
    """Who practises, the talk, and its score before it is kept."""
    model = model_of(instance().settings)
    st.markdown(f"**{_('对面是谁')}**　{literal(one.facts.persona)}")
    if one.facts.opening:
        st.markdown(f"**{_('客户')}**　{literal(one.facts.opening)}")
    number = st.selectbox(
        _("谁在练"), list(people), index=None, format_func=people.__getitem__, placeholder=_("请选择"), key="practice_who", width=320
    )
    source = Source.PASTED
    if model is None:
        st.caption(_("没有配置模型时，可以把练习的对话记下来贴在这里；配置后还能在线与“客户”逐句对话。"))
    else:
        ways = {Source.PASTED: _("贴一段对话"), Source.CHAT: _("与“客户”逐句对话")}
        source = st.radio(_("怎样练"), list[Source](ways), format_func=ways.__getitem__, horizontal=True, key="practice_way")
    turns = _chatted(one, model) if model is not None and source is Source.CHAT else _pasted()
    if not turns:
        return None
    return _kept(one, model, number, turns, source)


def _pasted() -> Sequence[Turn]:
    written = st.text_area(
        _("对话，每行以“客户：”或“我：”开头"),
        height=200,
        max_chars=LONGEST_TRANSCRIPT,
        key=f"practice_text_{state.get('practice_round', 0)}",
    )
    if not written.strip():
        return ()
    try:
        return transcript.parse(written)
    except CexunError as refused:
        st.error(literal(_(refused.message)))
        return ()


def _chatted(one: ScenarioView, model: Model) -> Sequence[Turn]:
    """The talk so far; what the one who practises says next is answered by the model."""
    kept = f"practice_chat_{one.id}"
    turns: list[Turn] = list(state.get(kept, [Turn(False, one.facts.opening)] if one.facts.opening else []))
    said = st.chat_input(_("对客户说"), key=f"practice_say_{one.id}")
    if said:
        turns.append(Turn(True, said.strip()))
        try:
            with st.spinner(_("客户正在想，最长等待 {n} 秒", n=round(instance().settings.model_timeout_seconds))):
                turns.append(Turn(False, asking.reply(model, one.facts, turns, state.language())))
        except CexunError as failure:
            st.error(literal(_(failure.message)))
        state.put(kept, turns)
    for each in turns:
        with st.chat_message("user" if each.mine else "assistant"):
            st.text(each.text)
    if turns and st.button(_("重新开始"), icon=":material/restart_alt:", type="tertiary", key=f"practice_again_{one.id}"):
        state.drop(kept)
        st.rerun()
    return turns if any(each.mine for each in turns) else ()


def _kept(one: ScenarioView, model: Model | None, number: str | None, turns: Sequence[Turn], source: Source) -> Wish | None:
    told = _looked_over(one, model, turns) if model is not None else None
    result = with_model(score(one.facts, turns), told.points if told else {})
    verdict = _("合格") if result.passed else _("不合格")
    if one.facts.check_percent < 100:
        st.markdown(f"**{_('{total} 分，{verdict}', total=f'{result.total:g}', verdict=verdict)}**")
        table(result)
    st.caption(_("保存后，{n}% 的对话会被抽中，由人再判断一次。", n=one.facts.check_percent))
    if not st.button(_("保存这次陪练"), type="primary", icon=":material/save:", disabled=number is None, key="practice_keep"):
        return None
    points, made_by = (told.points, told.made_by) if told else ({}, "")

    def act(db: Any, actor: Actor) -> None:
        practice.keep(db, actor, one.id, number or "", turns, source, points, made_by)
        state.put("practice_round", state.get("practice_round", 0) + 1)
        state.drop(f"practice_chat_{one.id}")

    return Wish(_("已保存这次陪练"), act)


def _looked_over(one: ScenarioView, model: Model, turns: Sequence[Turn]) -> asking.Told | None:
    """What the model said of this very talk, asked when somebody wants it."""
    kept = f"practice_told_{one.id}_{hash(tuple(turns))}"
    if st.button(_("请模型复看"), icon=":material/smart_toy:", key="practice_ask", help=_("只发送情境的要点和这段对话，不发送姓名。")):
        try:
            with st.spinner(_("模型正在看，最长等待 {n} 秒", n=round(instance().settings.model_timeout_seconds))):
                state.put(kept, asking.look_over(model, one.facts, turns, state.language()))
        except CexunError as failure:
            st.error(literal(_(failure.message)))
    found: asking.Told | None = state.get(kept)
    return found
