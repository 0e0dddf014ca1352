"""One competency: its five levels and how each is assessed, what hangs on it, and changing it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.people import service as people
from core.people.competencies import Competency, Facts
from core.people.service import History
from core.people.terms import CLASS_NAMES, DIMENSION_NAMES, LEVEL_NAMES, LEVELS, Dimension, TalentClass
from pages.people.parts.editions import earlier_editions
from pages.people.parts.library import class_name, origin
from pages.settings.parts.wish import Wish
from pages.shared.text import _, joined, literal

_NEW = Facts("", Dimension.PROFESSIONAL)
_SEPARATORS = re.compile(r"[、,，;；]")


def competency_panel(
    one: Competency, history: History | None, proofs: Sequence[tuple[int, str]], indicators: Mapping[str, str], may_edit: bool
) -> Wish | None:
    """Everything about the chosen competency; what the reader wants changed. `indicators` are names of what is measured, by key."""
    facts = one.facts
    with st.container(border=True):
        st.subheader(literal(facts.name), anchor=False)
        badges = (_(DIMENSION_NAMES[facts.dimension]), class_name(one), origin(one))
        st.markdown(" ".join(f":gray-badge[{badge}]" for badge in badges))
        st.markdown(literal(facts.definition) or "—")
        _levels(facts)
        _beside(one, history or History(), proofs)
        if not may_edit:
            return None
        wish = _states(one)
        if not one.taken:
            return wish
        with st.expander(_("修改"), icon=":material/edit:"):
            wish = _form(one, facts, f"{one.key}_{one.version}") or wish
        return earlier_editions(one, (history or History()).editions, indicators) or wish


def own_competency(count: int) -> Wish | None:
    """A form for a competency that neither the model nor the starter library has."""
    with st.expander(_("添加本行能力"), icon=":material/add:"):
        return _form(None, _NEW, f"new_{count}")


def _levels(facts: Facts) -> None:
    for level, behaviour, way in zip(LEVELS, facts.levels, facts.assessed_by, strict=True):
        said = literal(behaviour) if behaviour else f":gray[{_('还没有写')}]"
        how = f"　:gray[:material/assignment_turned_in: {literal(way)}]" if way else ""
        st.markdown(f"**L{level} {_(LEVEL_NAMES[level])}**　{said}{how}")


def _beside(one: Competency, history: History, proofs: Sequence[tuple[int, str]]) -> None:
    """What the competency goes by, what proves it, and what hangs on it."""
    if one.facts.aliases:
        st.caption(_("别名：{names}", names=literal(joined(one.facts.aliases))))
    if proofs:
        st.caption(_("可以证明它的证书：{names}", names=literal(joined(f"{name}（L{level}）" for level, name in proofs))))
    if one.taken:
        st.caption(_("{posts} 个岗位要求它，{assessments} 条测评。", posts=history.posts, assessments=history.assessments))


def _states(one: Competency) -> Wish | None:
    with st.container(horizontal=True):
        if not one.taken:
            if st.button(_("采用这一项"), type="primary", icon=":material/library_add:", key=f"take_{one.key}"):
                return Wish(_("已采用 {n} 项能力", n=1), lambda db, actor: _take(db, actor, one))
            return None
        if one.archived:
            if st.button(_("取回"), icon=":material/undo:", key=f"unarchive_{one.key}"):
                return Wish(_("已取回"), lambda db, actor: people.archive_competency(db, actor, one, archived=False))
            return None
        help_ = _("归档后不再出现在能力模型里，测评和岗位要求都保留，可以取回。")
        if st.button(_("归档"), icon=":material/inventory_2:", key=f"archive_{one.key}", help=help_):
            return Wish(_("已归档"), lambda db, actor: people.archive_competency(db, actor, one, archived=True))
    return None


def _take(db: Any, actor: Actor, one: Competency) -> None:
    people.take_in(db, actor, [one.code])


def _form(one: Competency | None, facts: Facts, key: str) -> Wish | None:
    with st.form(f"competency_{key}", border=False):
        left, right = st.columns(2)
        name = left.text_input(_("能力名称"), value=facts.name, max_chars=80, placeholder=_("例如：县域客群经营"))
        aliases = right.text_input(_("别名"), value=joined(facts.aliases), placeholder=_("用顿号隔开；导入测评时按别名也能认出"))
        dimensions = {each: _(DIMENSION_NAMES[each]) for each in Dimension}
        dimension = left.selectbox(
            _("能力维度"), list(dimensions), index=list(dimensions).index(facts.dimension), format_func=dimensions.__getitem__
        )
        classes: dict[TalentClass | None, str] = {None: _("各类人员"), **{each: _(CLASS_NAMES[each]) for each in TalentClass}}
        talent_class = right.selectbox(
            _("人才类别"), list(classes), index=list(classes).index(facts.talent_class), format_func=classes.__getitem__
        )
        definition = st.text_area(_("定义"), value=facts.definition, max_chars=500, placeholder=_("会做什么事，做到什么效果"), height=80)
        levels, ways = [], []
        for level, behaviour, way in zip(LEVELS, facts.levels, facts.assessed_by, strict=True):
            wide, narrow = st.columns([3, 1])
            label = f"L{level} {_(LEVEL_NAMES[level])}"
            levels.append(wide.text_input(label, value=behaviour, max_chars=500, placeholder=_("看得见的行为：对什么、做什么、到什么标准")))
            ways.append(narrow.text_input(_("L{level} 怎样测评", level=level), value=way, max_chars=60, placeholder=_("例如：实操考核")))
        if not st.form_submit_button(_("保存"), type="primary"):
            return None
    entered = replace(
        facts,
        name=name,
        aliases=tuple(_SEPARATORS.split(aliases)) if aliases else (),
        dimension=dimension,
        talent_class=talent_class,
        definition=definition,
        levels=tuple(levels),
        assessed_by=tuple(ways),
    )

    def act(db: Any, actor: Actor) -> None:
        people.save_competency(db, actor, one, entered)

    return Wish(_("已保存"), act)
