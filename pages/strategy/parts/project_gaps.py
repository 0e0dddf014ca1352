"""The measured gaps that a project answers: how they stood when it was decided, how they stand today; linking and taking off."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.access.actor import Actor, Right
from core.goals.chain.service import figures_text
from core.projects.fitting import is_among
from core.projects.gaps import service as answering
from core.projects.gaps.service import Answered, Choice, PlanGaps
from core.projects.service import ProjectView
from pages.shared.database import acting
from pages.shared.text import _, literal

_OFFERED = 200


def project_gaps(actor: Actor, view: ProjectView, gaps: PlanGaps, choices: Sequence[Choice]) -> None:
    """The gaps of a project, and what whoever decides can do with them."""
    st.markdown(f"**{_('要补的能力短板')}**")
    may_decide = actor.may(Right.DECIDE_STRATEGY)
    standing = gaps.of(view.id)
    for one in standing:
        _gap(actor, one, may_decide=may_decide)
    hidden = gaps.withheld.get(view.id, 0)
    if hidden:
        st.caption(_("另有 {n} 条短板不在您可以查看的范围里。", n=hidden))
    if not standing and not hidden:
        st.caption(_("还没有接上测得的短板。接上之后，就看得出它补谁的什么、补了以后变了多少。"))
    if may_decide:
        _link(actor, view, standing, choices)
        for one in gaps.of(view.id, taken_off=True):
            _taken_off(actor, one)


def _gap(actor: Actor, one: Answered, *, may_decide: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(_name(one), width="stretch")
        if may_decide and st.button(_("取下"), key=f"gap_off_{one.link_id}", icon=":material/link_off:", type="tertiary"):
            with acting(done=_("已取下，可以接回")) as db:
                answering.take_off(db, actor, one.link_id, one.version)
    if one.then is not None and one.then != one.today:
        st.caption(_("立项时：{figures}", figures=figures_text(one.then)))
        st.caption(_("现在：{figures}", figures=figures_text(one.today)))
    else:
        st.caption(_(figures_text(one.today)))


def _taken_off(actor: Actor, one: Answered) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":gray[{_('已取下：{gap}', gap=_name(one))}]", width="stretch")
        if st.button(_("接回"), key=f"gap_back_{one.link_id}", icon=":material/undo:", type="tertiary"):
            with acting(done=_("已接回")) as db:
                answering.take_back(db, actor, one.link_id, one.version)


def _link(actor: Actor, view: ProjectView, standing: Sequence[Answered], choices: Sequence[Choice]) -> None:
    linked = {one.key for one in standing}
    # What the project already trains comes first.
    order = sorted((one for one in choices if one.key not in linked), key=lambda one: not is_among(one.competency, view.row.competencies))
    names = {one.key: f"{one.competency} · {_place(one)}（{_(figures_text(one.today))}）" for one in order[:_OFFERED]}
    with st.popover(_("接上短板"), icon=":material/add_link:", disabled=not names):
        chosen = st.multiselect(
            _("测得的短板"),
            list(names),
            format_func=names.__getitem__,
            placeholder=_("选一条或几条，最重的在前"),
            key=f"gaps_of_{view.id}_{len(linked)}",
        )
        if st.button(_("接上"), type="primary", key=f"gaps_link_{view.id}", disabled=not chosen):
            with acting(done=_("已接上")) as db:
                answering.link(db, actor, view.id, chosen)


def _name(one: Answered) -> str:
    return f"{literal(one.competency)} · {literal(_place(one))}"


def _place(one: Answered | Choice) -> str:
    return one.where if isinstance(one.where, str) else _(one.where)
