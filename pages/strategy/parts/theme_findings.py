"""The findings of one theme, why each is there, and moving them elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.goals.chain.chain import theme_id
from core.i18n import Message
from core.strategy.findings import FindingKind
from core.strategy.themes import service as themes
from core.strategy.themes.accepted import Accepted
from core.strategy.themes.grouping import REASON_NAMES, Reason
from core.strategy.themes.service import Overview
from pages.shared import state
from pages.shared.database import acting
from pages.shared.page import link
from pages.shared.picking import picked_rows
from pages.shared.table import tall
from pages.shared.text import _, literal

NOWHERE = 0

KIND_NAMES = {
    FindingKind.THEME: Message("战略主题"),
    FindingKind.TASK: Message("核心任务"),
    FindingKind.TARGET: Message("量化目标"),
    FindingKind.CAPABILITY: Message("能力要求"),
}


def theme_findings(actor: Actor, plan_id: int, seen: Overview, chosen: int | None) -> None:
    """Choose a theme, or the findings in none; read them; move those that are selected."""
    names = {view.id: f"{view.theme.name}（{len(view.members)}）" for view in seen.themes}
    names[NOWHERE] = _("未归入主题（{n}）", n=len(seen.ungrouped))
    if chosen in names:
        state.put("theme_chosen", chosen)
    if state.get("theme_chosen") not in names:
        state.drop("theme_chosen")
    asked = state.asked_number("theme")
    first = asked if asked in names else NOWHERE if seen.ungrouped else next(iter(names))
    where = st.selectbox(
        _("主题"), list(names), index=list(names).index(first), format_func=names.__getitem__, key="theme_chosen", width=480
    )
    view = seen.find(where)
    if view is not None:
        link("chain", _("在对齐链里看"), icon=":material/conversion_path:", node=theme_id(view.id))
    found = [(one.finding, one.reason, one.score) for one in view.members] if view else [(one, None, None) for one in seen.ungrouped]
    if not found:
        st.info(
            _("这里还没有发现。可以从别的主题或“未归入主题”移过来。") if view else _("采纳的发现都已归入主题。"), icon=":material/inbox:"
        )
        return
    may_edit = actor.may(Right.DECIDE_STRATEGY)
    event = st.dataframe(
        _frame(found),
        hide_index=True,
        height=tall(len(found)),
        on_select="rerun" if may_edit else "ignore",
        selection_mode="multi-row",
        key=f"theme_findings_{where}_{len(found)}",
        placeholder="—",
        alt=_("发现列表"),
        column_config={
            "text": st.column_config.TextColumn(_("发现"), width="large"),
            "kind": st.column_config.TextColumn(_("类型")),
            "why": st.column_config.TextColumn(_("归入原因")),
            "open": st.column_config.LinkColumn(_("出处"), display_text=":material/article:", width="small"),
            "document": st.column_config.TextColumn(_("文件")),
            "page": st.column_config.NumberColumn(_("页"), format="%d"),
            "heading": st.column_config.TextColumn(_("章节")),
        },
    )
    if may_edit:
        picked = [found[i][0] for i in picked_rows(event) if i < len(found)]
        _move(actor, plan_id, seen, picked, view.id if view else None)


def _move(actor: Actor, plan_id: int, seen: Overview, picked: Sequence[Accepted], here: int | None) -> None:
    targets: dict[int, str] = {view.id: view.theme.name for view in seen.themes if view.id != here}
    if here is not None:
        targets[NOWHERE] = _("移出主题，不再自动归入")
    if not picked:
        st.caption(_("选中一行或多行，可以移到别的主题。移动过的发现不会再被自动归类改动。"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        target = st.selectbox(
            _("把选中的 {n} 条移到", n=len(picked)),
            list(targets),
            index=None,
            format_func=targets.__getitem__,
            placeholder=_("选择主题"),
            key=f"move_to_{here}",
            width=360,
        )
        pressed = st.button(_("移动"), key="move_findings", type="primary", icon=":material/drive_file_move:", disabled=target is None)
    if pressed and target is not None:
        name = literal(targets[target])
        done = _("已移动 {n} 条到“{theme}”", n=len(picked), theme=name) if target != NOWHERE else _("已移出 {n} 条", n=len(picked))
        with acting(done=done) as db:
            themes.move(db, actor, plan_id, {one.id: here for one in picked}, target or None)


def _frame(found: Sequence[tuple[Accepted, Reason | None, float | None]]) -> pd.DataFrame:
    kinds = {kind: _(name) for kind, name in KIND_NAMES.items()}
    rows: list[dict[str, Any]] = [
        {
            "text": one.text,
            "kind": kinds[one.kind],
            "why": why(reason, score),
            "open": f"document?id={one.document_id}&start={one.start}&end={one.end}",
            "document": one.document + (_("（示例）") if one.sample else ""),
            "page": one.page,
            "heading": " › ".join(one.heading),
        }
        for one, reason, score in found
    ]
    return pd.DataFrame(rows)


def why(reason: Reason | None, score: float | None) -> str | None:
    """Why a finding is in its theme, in a few words."""
    if reason is None:
        return None
    name = _(REASON_NAMES[reason])
    return f"{name} {score:.2f}" if score is not None else name
