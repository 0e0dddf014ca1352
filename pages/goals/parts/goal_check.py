"""What the check says of the goal in the fields, beside them: each problem with its field, and the rewrite."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.goals.checking.verdict import Problem, Verdict
from core.goals.draft import Draft
from core.goals.goal import KIND_NAMES, Goal
from core.goals.service import GoalView, Standing
from pages.goals.parts.words import FIELD_NAMES, one_line, where
from pages.shared.text import _, literal, moment, person

_FIRST = 6


def show_submitted(view: GoalView) -> None:
    """Who submitted the goal and when, and for an exception why; nothing for a draft."""
    row = view.row
    if row is not None and row.made_by:
        st.caption(_(":material/smart_toy: 含模型改写的文字（{made_by}），由人采用。", made_by=literal(row.made_by)))
    if row is None or row.submitted_at is None:
        return
    who, when = literal(person(row.submitted_by)), moment(row.submitted_at)
    if view.standing is Standing.OVERRIDDEN:
        said = _(
            "{who} 于 {when} 例外提交，当时有 {n} 个问题。理由：{reason}",
            who=who,
            when=when,
            n=len(row.problems),
            reason=literal(row.reason),
        )
        st.warning(said, icon=":material/report:")
    else:
        st.caption(_("{who} 于 {when} 提交。修改并保存后需要重新提交。", who=who, when=when))


def show_check(draft: Draft, verdict: Verdict) -> None:
    """The verdict, gravest problem first."""
    if verdict.acceptable:
        st.success(_("到期那天可以核对：没有发现问题。"), icon=":material/check_circle:")
        return
    with st.container(border=True):
        st.markdown(f":material/rule: **{_('还有 {n} 个问题', n=len(verdict.problems))}**")
        _problems(verdict.problems[:_FIRST], draft.goal)
        if len(verdict.problems) > _FIRST:
            with st.expander(_("其余 {n} 个", n=len(verdict.problems) - _FIRST)):
                _problems(verdict.problems[_FIRST:], draft.goal)


def offer(draft: Draft, verdict: Verdict, open_to: Sequence[Problem], key: str) -> Goal | None:
    """The rewrite beside what is written; it, when the reader takes it over. `open_to` is what it leaves to be filled in."""
    better = verdict.suggestion
    if better is None:
        return None
    with st.container(border=True):
        st.markdown(f":material/edit_note: **{_('建议的写法')}**")
        show_changes(draft.goal, better)
        if open_to:
            left = dict.fromkeys(where(one.field, better) for one in open_to)
            st.caption(_("采用后还要您补：{fields}", fields=literal(_("；").join(left))))
        return better if st.button(_("采用建议"), icon=":material/done_all:", key=key) else None


def _problems(some: Sequence[Problem], goal: Goal) -> None:
    st.markdown("\n".join(f"- **{literal(where(one.field, goal))}**　{literal(_(one.message))}" for one in some))


def show_changes(goal: Goal, better: Goal) -> None:
    """What a rewrite writes otherwise."""
    for line in _changes(goal, better):
        st.markdown(line)


def _changes(goal: Goal, better: Goal) -> list[str]:
    lines = []
    for field in ("pain_point", "behaviour"):
        if getattr(goal, field) != getattr(better, field):
            lines.append(f"**{_(FIELD_NAMES[field])}**　{literal(getattr(better, field))}")
    for field in ("headcount", "due_days"):
        if getattr(goal, field) != getattr(better, field):
            value = getattr(better, field)
            lines.append(f"**{_(FIELD_NAMES[field])}**　{'—' if value is None else value}")
    old = {(kind, one) for kind, _path, one in goal.indicators()}
    lines += [f"**{_(KIND_NAMES[kind])}**　{literal(one_line(one))}" for kind, _path, one in better.indicators() if (kind, one) not in old]
    return lines
