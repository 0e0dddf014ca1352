"""How project ideas come about: suggested from themes and anchored posts, or a person's own; and taking the last action back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from core.access.actor import Actor, Right
from core.projects import service as projects
from core.projects.service import ProjectView
from core.strategy.ideas import service as ideas
from core.strategy.ideas.service import Board
from pages.shared import state
from pages.shared.database import acting
from pages.shared.page import empty, link
from pages.shared.shortcuts import key_of
from pages.shared.text import _, joined, literal
from pages.strategy.parts.project_fields import clause_names, fields


def begin(actor: Actor, plan_id: int, seen: Board) -> None:
    """What the page says while the plan has no idea: what is missing and where it is to be had, else the offer to begin."""
    if not actor.may(Right.DECIDE_STRATEGY):
        empty(_("还没有战略传导项目。人力资源定下项目后，会显示在这里。"), icon=":material/emoji_objects:")
    elif not seen.themes:
        empty(
            _("项目从战略主题来。先把采纳的发现归成主题，再回到这里。"),
            icon=":material/account_tree:",
            to="themes",
            label=_("去归主题"),
        )
    elif not seen.anchored:
        empty(
            _("项目要落到人。先在“锚定重点”里定下先抓哪些岗位，再回到这里。"),
            icon=":material/target:",
            to="focus",
            label=_("去锚定重点"),
        )
    else:
        with st.container(border=True):
            st.markdown(
                _("**{themes} 个战略主题、{posts} 个已锚定的岗位，可以提出项目想法了**", themes=len(seen.themes), posts=len(seen.anchored))
            )
            st.caption(
                _("每个岗位按它所属的主题各提一个想法：目的写明落实哪一条、依据点开就是原文，紧迫度和类型写明怎么来。采纳之前都只是想法。")
            )
            _suggest_button(actor, plan_id, _("提出项目想法"), primary=True)


def suggest_again(actor: Actor, plan_id: int, seen: Board, made: Sequence[ProjectView]) -> None:
    """Bring the ideas up to date, and take back what was done last; what keeps projects at HQ's standard version."""
    with st.container(horizontal=True, vertical_alignment="center"):
        _suggest_button(actor, plan_id, _("按最新的主题和重点更新想法"), primary=False)
        if seen.undoable and st.button(
            _("撤销上一步"), key="undo_ideas", icon=":material/undo:", type="tertiary", shortcut=key_of("undo_ideas")
        ):
            with acting(done=_("已撤销")) as db:
                projects.undo(db, actor, plan_id)
        if not seen.anchored:
            link("focus", _("还没有锚定的岗位，去锚定重点"), icon=":material/target:")
    if seen.unserved:
        with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            text = _("没有为“{posts}”提出想法：没有主题的用词明确指向它。指定所属主题后再更新。", posts=literal(joined(seen.unserved)))
            st.markdown(text, width="content")
            link("focus", _("去指定所属主题"), icon=":material/target:")
    standard = [view for view in made if view.lack is not None and view.theme is not None]
    if standard:
        with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(
                ":orange[:material/flag:] "
                + _("{n} 个项目的主题还没有本地化，仍是“总行标准版”。写出本行的说法和事实，再往下做。", n=len(standard)),
                width="content",
            )
            first = standard[0].theme
            assert first is not None
            link("localise", _("去本地化"), icon=":material/location_on:", theme=first.id)


def own_idea(actor: Actor, plan_id: int, seen: Board) -> None:
    """A person's own idea: for a theme, on clauses of it."""
    if not seen.themes:
        return
    with st.expander(_("自己补充一个想法"), icon=":material/add:"):
        names = {view.id: view.theme.name for view in seen.themes}
        theme = st.selectbox(_("战略主题"), list(names), format_func=names.__getitem__, key="own_idea_theme", width=480)
        view = seen.theme(theme)
        clauses = clause_names([member.finding for member in view.members] if view else [])
        if not clauses:
            st.info(_("这个主题里还没有采纳的发现，目的没有依据。请先把发现移进这个主题，或换一个主题。"), icon=":material/inbox:")
            return
        with st.form(f"own_idea_{theme}", border=False, clear_on_submit=False, enter_to_submit=False):
            draft = fields(None, clauses, key=f"own_{theme}")
            wanted = st.form_submit_button(_("加入想法"), icon=":material/add:")
        if wanted:
            with acting(done=_("已加入想法")) as db:
                ideas.add(db, actor, plan_id, theme, draft)


def _suggest_button(actor: Actor, plan_id: int, label: str, *, primary: bool) -> None:
    kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    if not st.button(label, key="suggest_ideas", icon=":material/auto_awesome:", type=kind):
        return
    with acting(rerun=False) as db:
        found = ideas.suggest(db, actor, plan_id, state.language())
        state.say_next(
            _("新想法 {new} 个，随材料更新 {refreshed} 个，不再成立而撤下 {dropped} 个", **vars(found))
            if found.new or found.refreshed or found.dropped
            else _("没有变化：主题和重点与上次相同")
        )
    st.rerun()
