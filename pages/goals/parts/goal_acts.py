"""What can be done with a goal: save, submit, submit over its problems, take a submission or the last change back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.goals import service as goals
from core.goals.draft import Draft
from core.goals.service import LONGEST_REASON, GoalView, Standing
from core.goals.tables import GoalState
from pages.goals.parts.bench import Bench
from pages.settings.parts.wish import Wish
from pages.shared.text import _


def acts(bench: Bench, view: GoalView, now: Draft) -> Wish | None:
    """The buttons; what the reader wants done."""
    changed = now != bench.stored
    project, version = view.project.id, bench.version
    with st.container(horizontal=True, vertical_alignment="center"):
        wish = _save(bench, now, changed)
        if changed:
            if st.button(_("放弃改动"), type="tertiary", icon=":material/close:", key="goal_drop"):
                bench.clear()
                st.rerun()
        else:
            wish = wish or _submit(view, version) or _take_back(view, version)
    if changed:
        st.caption(_("改动还没有保存。"))
    elif view.standing is Standing.PROBLEMS:
        wish = wish or _override(project, version)
    return wish


def _save(bench: Bench, now: Draft, changed: bool) -> Wish | None:
    if not changed or not st.button(_("保存目标"), type="primary", icon=":material/save:", key="goal_save"):
        return None

    def act(db: Any, actor: Actor) -> None:
        goals.save(db, actor, bench.project, bench.version, now)

    return Wish(_("已保存"), act)


def _submit(view: GoalView, version: int) -> Wish | None:
    if view.standing is not Standing.PASSES or not st.button(_("提交目标"), type="primary", icon=":material/send:", key="goal_submit"):
        return None

    def act(db: Any, actor: Actor) -> None:
        goals.submit(db, actor, view.project.id, version)

    return Wish(_("已提交"), act)


def _take_back(view: GoalView, version: int) -> Wish | None:
    submitted = view.row is not None and view.row.state is not GoalState.DRAFT
    if submitted and st.button(_("撤回提交"), icon=":material/undo:", key="goal_reopen"):
        return Wish(_("已撤回，可以继续修改"), lambda db, actor: goals.reopen(db, actor, view.project.id, version))
    if view.row is not None and st.button(_("撤销上次改动"), type="tertiary", icon=":material/undo:", key="goal_undo"):
        return Wish(_("已撤销"), lambda db, actor: goals.undo(db, actor, view.project.id))
    return None


def _override(project: int, version: int) -> Wish | None:
    with st.expander(_("有问题也要提交"), icon=":material/report:"):
        st.caption(_("理由会和问题一起留下，列在项目目标里，审计日志也有记录。"))
        reason = st.text_input(_("理由"), max_chars=LONGEST_REASON, key=f"goal_reason_{project}_{version}")
        if not st.button(_("例外提交"), disabled=not reason.strip(), key="goal_override"):
            return None

    def act(db: Any, actor: Actor) -> None:
        goals.submit(db, actor, project, version, reason)

    return Wish(_("已例外提交"), act)
