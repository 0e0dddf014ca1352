"""Needs that ask for the same, suggested, chosen, and made one project or added to one that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.access.actor import Actor
from core.goals.needs import merging
from core.goals.needs.service import Board, NeedView
from core.goals.needs.similar import Group
from core.goals.needs.terms import NeedState
from core.projects.service import ProjectView
from core.strategy.themes.localisation import LocalTheme
from pages.shared import state
from pages.shared.database import acting
from pages.shared.page import link
from pages.shared.text import _, joined, literal
from pages.strategy.parts.project_fields import clause_names, fields

_CHOSEN, PART, _MADE = "needs_chosen", "needs_part", "needs_made"
_NEW, _OLD = "new", "old"
_MOST_GROUPS = 12


@dataclass(frozen=True)
class Choice:
    """What needs can be merged into: a new project in one of the plan's themes, or one of its standing projects. `year` is the plan's."""

    themes: tuple[LocalTheme, ...]
    projects: tuple[ProjectView, ...]
    year: int


def hand_over(need_ids: list[int]) -> None:
    """A button's callback: go on to merging with these needs chosen."""
    state.put(_CHOSEN, need_ids)
    state.put(PART, "merge")


def merge(actor: Actor, plan_id: int, board: Board, choice: Choice) -> None:
    """The needs that were chosen and what becomes of them; else the groups that read alike."""
    wanted = set(state.get(_CHOSEN, ()))
    chosen = [view for view in board.needs if view.id in wanted and view.state is NeedState.FILED]
    if chosen:
        _into(actor, plan_id, choice, chosen)
        return
    _made(choice)
    if not board.waiting:
        st.info(_("没有待归并的需求。"), icon=":material/task_alt:")
        return
    found = merging.suggested(board.needs)
    if not found:
        st.info(_("待归并的需求里没有读起来相近的。可以在“需求”里选一条或几条，直接归并。"), icon=":material/call_split:")
        return
    st.caption(
        _(
            "下面 {n} 组需求读起来相近：按问题和行为的用词（余弦相似度）算，能力或岗位相同的更近，不同的更远。只是建议，由您决定。",
            n=len(found),
        )
    )
    by_id = {view.id: view for view in board.needs}
    for group in found[:_MOST_GROUPS]:
        _group(group, [by_id[one] for one in group.ids])
    if len(found) > _MOST_GROUPS:
        st.caption(_("先列出最大的 {n} 组，归并后再列其余的。", n=_MOST_GROUPS))


def _made(choice: Choice) -> None:
    """The way on to the project that needs became just now, for as long as it stands."""
    project = next((view for view in choice.projects if view.id == state.get(_MADE)), None)
    if project is not None:
        link("goals", _("去写“{project}”的目标", project=literal(project.row.name)), icon=":material/flag:", project=project.id)


def _group(group: Group, views: Sequence[NeedView]) -> None:
    with st.container(border=True):
        about = [one for one in (group.post, group.competency) if one]
        name = " · ".join(about) or joined(group.shared[:2]) or _("相近的需求")
        st.markdown(f"**{literal(name)}**　:gray[{_('{n} 条，相近度 {likeness}', n=len(views), likeness=f'{group.likeness:.2f}')}]")
        if group.shared:
            st.caption(_("多数都提到：{words}", words=joined(literal(one) for one in group.shared)))
        for view in views:
            row = view.row
            people = _("{n} 人", n=row.people) if row.people is not None else ""
            about_one = " · ".join(part for part in (row.unit, row.post, people) if part)
            st.checkbox(f"{literal(row.problem)} :gray[{literal(about_one)}]", value=True, key=f"group_{group.ids[0]}_{view.id}")
        kept = [view.id for view in views if state.get(f"group_{group.ids[0]}_{view.id}", True)]
        st.button(
            _("归并这 {n} 条", n=len(kept)),
            key=f"merge_group_{group.ids[0]}",
            icon=":material/call_merge:",
            disabled=not kept,
            on_click=hand_over,
            args=(kept,),
        )


def _into(actor: Actor, plan_id: int, choice: Choice, chosen: Sequence[NeedView]) -> None:
    versions = {view.id: view.row.version or 0 for view in chosen}
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.subheader(_("归并 {n} 条需求", n=len(chosen)), anchor=False, width="content")
            if st.button(_("不归并了"), key="merge_cancel", type="tertiary", icon=":material/close:"):
                state.drop(_CHOSEN)
                st.rerun()
        st.markdown("\n".join(f"- {literal(view.row.problem)} :gray[{literal(view.row.unit)}]" for view in chosen))
        st.caption(_("每条需求的原话都保留，在项目里看得到来自哪个机构。可以撤销。"))
        names = {_NEW: _("成为新项目"), _OLD: _("并入已有的项目")}
        offered = [_NEW, _OLD] if choice.projects else [_NEW]
        way = st.segmented_control(
            _("归并成什么"),
            offered,
            default=_NEW,
            format_func=names.__getitem__,
            key="merge_way",
            required=True,
            label_visibility="collapsed",
        )
        if way == _OLD:
            _add(actor, plan_id, choice, versions)
        else:
            _make(actor, plan_id, choice, chosen, versions)


def _add(actor: Actor, plan_id: int, choice: Choice, versions: dict[int, int]) -> None:
    names = {view.id: view.row.name for view in choice.projects}
    project = st.selectbox(
        _("项目"), list(names), index=None, format_func=names.__getitem__, placeholder=_("选一个项目"), key="merge_project"
    )
    if st.button(_("并入这个项目"), key="merge_add", type="primary", disabled=project is None) and project is not None:
        with acting(done=_("已并入项目")) as db:
            merging.into(db, actor, plan_id, versions, project)
            state.put(_MADE, project)
            state.drop(_CHOSEN)


def _make(actor: Actor, plan_id: int, choice: Choice, chosen: Sequence[NeedView], versions: dict[int, int]) -> None:
    if not choice.themes:
        st.info(_("新项目要挂在一个战略主题上，这个计划还没有主题。请先归主题，或并入已有的项目。"), icon=":material/account_tree:")
        link("themes", _("去归主题"), icon=":material/account_tree:")
        return
    themes = {one.view.id: one for one in choice.themes}
    nearest = merging.nearest(choice.themes, chosen)
    ids = list(themes)
    theme_id = st.selectbox(
        _("战略主题"),
        ids,
        index=ids.index(nearest) if nearest is not None else 0,
        format_func=lambda one: themes[one].view.theme.name,
        key=f"merge_theme_{chosen[0].id}",
        width=480,
        help=_("先选的是用词和这些需求最接近的主题，请核对。"),
    )
    theme = themes[theme_id]
    clauses = clause_names([member.finding for member in theme.view.members])
    if not clauses:
        st.info(_("这个主题里还没有采纳的发现，目的没有依据。请先把发现移进这个主题，或换一个主题。"), icon=":material/inbox:")
        link("themes", _("去归主题"), icon=":material/account_tree:", theme=theme_id)
        return
    key = f"merge_{theme_id}_{'_'.join(str(one) for one in sorted(versions)[:5])}_{len(versions)}"
    with st.form(key, border=False, enter_to_submit=False):
        draft = fields(merging.proposed(theme, chosen, choice.year, state.language()), clauses, key=key)
        st.caption(_("目的引自主题的条款，名称、对象和人数取自这些需求（人数相加），都可以改。"))
        if st.form_submit_button(_("成为项目"), type="primary", icon=":material/check:"):
            with acting(done=_("已成为项目，接着写它的目标")) as db:
                state.put(_MADE, merging.into_new(db, actor, plan_id, versions, theme_id, draft))
                state.drop(_CHOSEN)
