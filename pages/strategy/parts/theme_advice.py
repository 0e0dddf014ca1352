"""What a model advises on themes, for a person to take or leave. Shown only where a model is set up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.errors import Unavailable
from core.instance import instance
from core.llm import Model
from core.strategy.themes import advice, suggesting
from core.strategy.themes.advice import Name
from core.strategy.themes.service import Overview
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.text import _, literal

_ADVISED = "advised_names"
Advice = TypeVar("Advice")


def name_advice(actor: Actor, plan_id: int, seen: Overview) -> None:
    """Better names from the model, each beside the present one, to be chosen."""
    model = _model(actor)
    if model is None:
        return
    if st.button(_("请模型建议主题名称"), key="advise_names", icon=":material/auto_awesome:", type="tertiary"):
        names = _asked(model, lambda: advice.advise_names(seen, model))
        state.put(_ADVISED, (plan_id, names or []))
        if names == []:
            st.info(_("模型认为现在的名称都合适，或它的建议没有原文依据。"))
    asked_for, names = state.get(_ADVISED, (plan_id, []))
    standing = [one for one in names if (view := seen.find(one.theme_id)) is not None and view.theme.version == one.version]
    if asked_for == plan_id and standing:
        _choose(actor, plan_id, standing, model)


def place_advice(actor: Actor, plan_id: int, seen: Overview) -> None:
    """Places from the model for the findings that are in no theme."""
    model = _model(actor)
    if model is None or not seen.new or not seen.themes:
        return
    if st.button(_("请模型归类（{n} 条）", n=len(seen.new)), key="advise_places", icon=":material/auto_awesome:", type="tertiary"):
        places = _asked(model, lambda: advice.advise_places(seen, model))
        if places is None:
            return
        found = sum(len(group.members) for group in places.groups)
        if not found:
            st.info(_("模型没有找到这些发现所属的主题。"))
            return
        with acting(done=_("已按模型的建议归类 {n} 条发现，每条都标明“模型归入”", n=found)) as db:
            suggesting.take_over(db, actor, plan_id, places)


def link_advice(actor: Actor, plan_id: int, seen: Overview) -> None:
    """Links from the model, which wait to be confirmed like those of the rules."""
    model = _model(actor)
    if model is None or len(seen.themes) < 2:
        return
    if st.button(_("请模型建议因果关系"), key="advise_links", icon=":material/auto_awesome:", type="tertiary"):
        with reading() as db:
            known = suggesting.pairs(db, actor, plan_id)
        links = _asked(model, lambda: advice.advise_links(seen, known, model))
        if links:
            with acting(done=_("模型建议了 {n} 条因果关系，等待确认", n=len(links))) as db:
                suggesting.take_links(db, actor, plan_id, links)
        elif links == []:
            st.info(_("模型没有新的建议。"))


def _model(actor: Actor) -> Model | None:
    return instance().model() if actor.may(Right.DECIDE_STRATEGY) else None


def _asked(model: Model, ask: Callable[[], Advice]) -> Advice | None:
    """What the model advises; None, and a sentence that says why, when it fails."""
    try:
        with st.spinner(_("模型 {model} 正在阅读……", model=literal(model.name))):
            return ask()
    except Unavailable as failure:
        st.error(_("模型没有给出建议，什么也没有改动。原因：{reason}", reason=literal(_(failure.message))))
        return None


def _choose(actor: Actor, plan_id: int, names: list[Name], model: Model) -> None:
    frame = pd.DataFrame({"take": [True] * len(names), "now": [one.now for one in names], "name": [one.name for one in names]})
    with st.container(border=True):
        st.caption(_("模型 {model} 的建议，只用了主题和发现里的词。勾选要采用的。", model=literal(model.name)))
        edited = st.data_editor(
            frame,
            hide_index=True,
            disabled=["now", "name"],
            key=f"advised_{'_'.join(str(one.theme_id) for one in names)}",
            alt=_("主题名称的建议"),
            column_config={
                "take": st.column_config.CheckboxColumn(_("采用"), width="small"),
                "now": st.column_config.TextColumn(_("现在的名称"), width="medium"),
                "name": st.column_config.TextColumn(_("建议的名称"), width="medium"),
            },
        )
        chosen = [one for one, take in zip(names, edited["take"], strict=True) if take]
        with st.container(horizontal=True):
            if st.button(
                _("采用 {n} 个名称", n=len(chosen)), key="take_names", type="primary", icon=":material/check:", disabled=not chosen
            ):
                state.drop(_ADVISED)
                with acting(done=_("已采用 {n} 个名称", n=len(chosen))) as db:
                    suggesting.take_names(db, actor, plan_id, chosen)
            if st.button(_("都不采用"), key="leave_names", type="tertiary"):
                state.drop(_ADVISED)
                st.rerun()
