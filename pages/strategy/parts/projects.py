"""The accepted projects: the list with its flags, and one project to be read, changed or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.goals.chain.chain import project_id
from core.goals.needs.service import Sources
from core.projects import service as projects
from core.projects.gaps.service import Choice, PlanGaps
from core.projects.service import ProjectView
from core.strategy.ideas.draft import Draft
from core.strategy.ideas.terms import KIND_NAMES, URGENCY_NAMES
from core.strategy.themes.service import ThemeView
from core.workshops.taking import Origin
from pages.goals.parts.needs_behind import needs_behind
from pages.shared import state
from pages.shared.database import acting
from pages.shared.page import link
from pages.shared.picking import stay_with
from pages.shared.record_form import record_form, record_of
from pages.shared.table import tall
from pages.shared.text import _, joined, literal
from pages.strategy.parts.ideas_export import export_projects
from pages.strategy.parts.project_fields import author, clause_names, draft_of, fields, heading, named_fields, show_clauses, withheld
from pages.strategy.parts.project_gaps import project_gaps
from pages.workshops.parts.ways import from_workshop


def projects_list(
    actor: Actor,
    made: Sequence[ProjectView],
    gaps: PlanGaps,
    choices: Sequence[Choice],
    sources: Mapping[int, Sources],
    origins: Mapping[int, Origin],
    themes: Sequence[ThemeView],
) -> None:
    """The projects, and the chosen one beside them, with the gaps that they answer and the needs behind them.

    `themes` are the plan's; `choices` are the gaps that they might answer, `origins` the workshops that said how urgent they are.
    """
    if not made:
        st.info(_("还没有项目。采纳一个想法，它就成为项目，往后的目标和安排都挂在它下面。"), icon=":material/inbox:")
        return
    left, right = st.columns([5, 6], gap="large")
    with left:
        chosen = _list(made)
        export_projects(made)
    with right:
        _project(actor, chosen, gaps, choices, sources, themes)
        if (origin := origins.get(chosen.id)) is not None:
            from_workshop(actor, origin, stands=origin.row.now_is == chosen.row.urgency.value)


def _list(made: Sequence[ProjectView]) -> ProjectView:
    urgencies, kinds = ({key: _(name) for key, name in names.items()} for names in (URGENCY_NAMES, KIND_NAMES))
    frame = pd.DataFrame(
        {
            "flag": [_("总行标准版") if view.lack is not None else "" for view in made],
            "name": [view.row.name for view in made],
            "urgency": [urgencies[view.row.urgency] for view in made],
            "people": pd.array([view.row.people for view in made], dtype="Int64"),
            "kind": [kinds[view.row.kind] for view in made],
        }
    )
    key = f"projects_{made[0].id}_{len(made)}"
    event = st.dataframe(
        frame,
        hide_index=True,
        height=tall(len(made), 14),
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        placeholder="—",
        alt=_("培训项目列表"),
        column_config={
            "flag": st.column_config.TextColumn(_("标记"), width=90, help=_("主题还没有本地化的项目标为“总行标准版”。")),
            "name": st.column_config.TextColumn(_("项目")),
            "urgency": st.column_config.TextColumn(_("紧迫度"), width=70),
            "people": st.column_config.NumberColumn(_("人数"), width=60),
            "kind": st.column_config.TextColumn(_("类型"), width=105),
        },
    )
    asked = state.asked_number("project")
    ids = [view.id for view in made]
    chosen = stay_with("projects", key, ids, event, asked if asked in ids else ids[0])
    return next(view for view in made if view.id == chosen)


def _project(
    actor: Actor,
    view: ProjectView,
    gaps: PlanGaps,
    choices: Sequence[Choice],
    sources: Mapping[int, Sources],
    themes: Sequence[ThemeView],
) -> None:
    row = view.row
    may_decide = actor.may(Right.DECIDE_STRATEGY)
    with st.container(border=True):
        heading(row, view.theme, view.lack)
        if may_decide and themes and (view.theme is None or row.idea_id is None):
            _put_under(actor, view, themes)
        people = _("{n} 人", n=row.people) if row.people is not None else _("人数未知")
        st.markdown(literal(" · ".join(part for part in (row.line, row.post, people) if part)))
        if view.cited.withheld:
            withheld()
        else:
            _words(actor, view)
        needs_behind(sources.get(view.id), view.id)
        project_gaps(actor, view, gaps, choices)
        link("chain", _("在对齐链里看"), icon=":material/conversion_path:", node=project_id(view.id))
        more = _("项目撤回后，想法和并入的需求重新待定；可以撤销。")
        if may_decide and st.button(_("撤回项目"), key=f"withdraw_{view.id}", icon=":material/undo:", type="tertiary", help=more):
            with acting(done=_("已撤回，想法和需求重新待定")) as db:
                projects.withdraw(db, actor, view.id, row.version or 0)


def _put_under(actor: Actor, view: ProjectView, themes: Sequence[ThemeView]) -> None:
    """To give a project of an earlier year, or one whose theme is gone, a theme of this plan: its clauses can then be chosen."""
    names = {one.id: one.theme.name for one in themes}
    begun = list(names).index(view.theme.id) if view.theme is not None else None
    with st.popover(_("归入主题"), icon=":material/account_tree:"):
        chosen = st.selectbox(
            _("战略主题"), list(names), begun, format_func=names.__getitem__, placeholder=_("选择主题"), key=f"put_under_{view.id}"
        )
        if st.button(_("归入"), type="primary", key=f"put_under_do_{view.id}", disabled=chosen is None) and chosen is not None:
            with acting(done=_("已归入主题")) as db:
                projects.put_under(db, actor, view.id, view.row.version or 0, chosen)


def _words(actor: Actor, view: ProjectView) -> None:
    row = view.row
    if row.competencies:
        st.caption(_("能力：{names}", names=joined(literal(one) for one in row.competencies)))
    if actor.may(Right.DECIDE_STRATEGY):
        _form(actor, view)
    else:
        st.markdown(literal(row.purpose))
    st.caption(author(row))
    show_clauses(view.cited, f"project_{view.id}")


def _form(actor: Actor, view: ProjectView) -> None:
    row = view.row
    inside = [member.finding for member in view.theme.members] if view.theme else []
    clauses = clause_names({one.id: one for one in (*view.cited.clauses, *inside)}.values())

    def draw(known: Draft, key: str) -> Draft | None:
        with st.form(key, border=False, enter_to_submit=False):
            draft = fields(known, clauses, key=key)
            return draft if st.form_submit_button(_("保存"), icon=":material/save:", key=f"{key}_save") else None

    record = record_of(row, "project_changed")
    if written := record_form("project", record, draft_of(row), named_fields(clauses), draw):
        with acting(done=written.done(_("已保存"))) as db:
            projects.change(db, actor, view.id, written.version, written.value)
