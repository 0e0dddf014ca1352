"""The list of ideas with its filters, what can be done with several at once, and the chosen one beside it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.projects import service as projects
from core.strategy.ideas import service as ideas
from core.strategy.ideas.service import LONGEST_REASON, Board, IdeaView
from core.strategy.ideas.terms import KIND_NAMES, STATE_NAMES, URGENCY_NAMES, IdeaState
from pages.shared import state
from pages.shared.database import acting
from pages.shared.picking import stay_with
from pages.shared.table import tall
from pages.shared.text import _
from pages.strategy.parts.idea import show_idea
from pages.strategy.parts.ideas_export import export_ideas


def ideas_list(actor: Actor, plan_id: int, seen: Board) -> None:
    """Filters, the list, and the chosen idea."""
    shown = _filtered(seen)
    if not shown:
        st.info(_nothing(seen), icon=":material/task_alt:")
        return
    left, right = st.columns([5, 6], gap="large")
    with left:
        chosen = _list(shown)
        if actor.may(Right.DECIDE_STRATEGY) and len(chosen) > 1:
            _several(actor, plan_id, chosen)
        export_ideas(shown)
    with right:
        show_idea(actor, plan_id, chosen[0])


def _filtered(seen: Board) -> list[IdeaView]:
    themes = {view.id: view.theme.name for view in seen.themes}
    posts = list(dict.fromkeys(audience(view) for view in seen.ideas))
    states = {one: _(name) for one, name in STATE_NAMES.items()}
    # What was chosen is shown by its name, which a change of language would leave in the former one.
    key = f"ideas_state_{state.language()}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.selectbox(_("状态"), list(states), format_func=states.__getitem__, index=0, placeholder=_("全部"), key=key, width=150)
        theme = st.selectbox(
            _("战略主题"), list(themes), format_func=themes.__getitem__, index=None, placeholder=_("全部"), key="ideas_theme", width=260
        )
        post = st.selectbox(_("培训对象"), posts, index=None, placeholder=_("全部"), key="ideas_post", width=220)
    return [
        view
        for view in seen.ideas
        if (wanted is None or view.row.state is wanted)
        and (theme is None or view.row.theme_id == theme)
        and (post is None or audience(view) == post)
    ]


def audience(view: IdeaView) -> str:
    """For whom an idea is: business line and post."""
    return " · ".join(part for part in (view.row.line, view.row.post) if part)


def _list(shown: Sequence[IdeaView]) -> list[IdeaView]:
    urgencies, kinds = ({key: _(name) for key, name in names.items()} for names in (URGENCY_NAMES, KIND_NAMES))
    frame = pd.DataFrame(
        {
            "urgency": [urgencies[view.row.urgency] for view in shown],
            "kind": [kinds[view.row.kind] for view in shown],
            "name": [view.row.name for view in shown],
            "people": pd.array([view.row.people for view in shown], dtype="Int64"),
        }
    )
    key = f"ideas_{'_'.join(f'{view.id}' for view in shown[:3])}_{len(shown)}"
    event = st.dataframe(
        frame,
        hide_index=True,
        height=tall(len(shown), 14),
        on_select="rerun",
        selection_mode="multi-row",
        key=key,
        placeholder="—",
        alt=_("项目想法列表"),
        column_config={
            "urgency": st.column_config.TextColumn(_("紧迫度"), width=70),
            "kind": st.column_config.TextColumn(_("类型"), width=105),
            "name": st.column_config.TextColumn(_("想法")),
            "people": st.column_config.NumberColumn(_("人数"), width=60),
        },
    )
    st.caption(_("共 {n} 个，紧迫的在前。选一行查看，选多行一起处理。", n=len(shown)))
    picked = [shown[i] for i in event.selection.rows if i < len(shown)]
    looked_at = stay_with("ideas", key, [view.id for view in shown], event, shown[0].id)
    return picked if len(picked) > 1 else [view for view in shown if view.id == looked_at]


def _several(actor: Actor, plan_id: int, chosen: Sequence[IdeaView]) -> None:
    versions = {view.id: view.row.version or 0 for view in chosen}
    states = {view.row.state for view in chosen}
    if states == {IdeaState.REJECTED}:
        if st.button(_("取回这 {n} 个", n=len(chosen)), key="bring_back_ideas", icon=":material/undo:"):
            with acting(done=_("已取回，等待决定")) as db:
                ideas.bring_back(db, actor, plan_id, versions)
        return
    if states != {IdeaState.PENDING}:
        st.caption(_("一起处理时，请只选同一状态的想法；已成为项目的在“项目”里修改或撤回。"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button(_("采纳这 {n} 个", n=len(chosen)), key="accept_ideas", icon=":material/done_all:", type="primary"):
            with acting(done=_("已成为 {n} 个项目", n=len(chosen))) as db:
                projects.accept(db, actor, plan_id, versions)
        with st.popover(_("不采纳这 {n} 个", n=len(chosen)), icon=":material/remove_done:"):
            reason = st.text_input(
                _("不采纳的理由"), max_chars=LONGEST_REASON, placeholder=_("例如：今年已有同类项目"), key="several_reason"
            )
            if st.button(_("不采纳"), key="reject_ideas"):
                with acting(done=_("已标为不采纳 {n} 个", n=len(chosen))) as db:
                    ideas.reject(db, actor, plan_id, versions, reason)


def _nothing(seen: Board) -> str:
    if any(view.row.state is IdeaState.PENDING for view in seen.ideas):
        return _("没有符合筛选条件的想法。")
    return _("没有待定的想法。可以在“状态”里查看已成为项目的和不采纳的，或更新想法。")
