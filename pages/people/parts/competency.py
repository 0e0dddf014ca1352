"""One competency: its five levels and how each is assessed, what hangs on it, and changing it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.editing.comparing import Field, parts
from core.i18n import Message
from core.people import service as people
from core.people.competencies import Competency, Facts
from core.people.service import History
from core.people.terms import CLASS_NAMES, DIMENSION_NAMES, LEVEL_NAMES, LEVELS, Dimension, TalentClass
from pages.people.parts.editions import earlier_editions
from pages.people.parts.library import class_name, origin
from pages.settings.parts.wish import Wish
from pages.shared.record_form import Record, blank_form, filled, record_form
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
            wish = _change(one) or wish
        return earlier_editions(one, (history or History()).editions, indicators) or wish


def own_competency() -> Wish | None:
    """A form for a competency that neither the model nor the starter library has."""
    with st.expander(_("添加本行能力"), icon=":material/add:"):
        entered = _fields(_flat(_NEW), blank_form("competency_new"))

    def act(db: Any, actor: Actor) -> None:
        assert entered is not None
        people.save_competency(db, actor, None, _facts(_NEW, entered))
        filled("competency_new")

    return Wish(_("已保存"), act) if entered is not None else None


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


def _change(one: Competency) -> Wish | None:
    written = record_form("competency", Record("competency", one.row_id or 0, one.version), _flat(one.facts), _named(), _fields)
    if written is None:
        return None

    def act(db: Any, actor: Actor) -> None:
        people.save_competency(db, actor, one, _facts(one.facts, written.value))

    return Wish(written.done(_("已保存")), act)


def _named() -> dict[str, Field]:
    named = {
        "name": Field(Message("能力名称")),
        "aliases": Field(Message("别名")),
        "dimension": Field(Message("能力维度"), DIMENSION_NAMES),
        "talent_class": Field(Message("人才类别"), {None: Message("各类人员"), **CLASS_NAMES}),
        "definition": Field(Message("定义")),
    }
    for level in LEVELS:
        named[f"level_{level}"] = Field(f"L{level} {_(LEVEL_NAMES[level])}")
        named[f"way_{level}"] = Field(Message("L{level} 怎样测评", level=level))
    return named


def _flat(facts: Facts) -> dict[str, Any]:
    """The facts as the form has them, each level by itself."""
    found = {name: value for name, value in parts(facts).items() if name in ("name", "aliases", "dimension", "talent_class", "definition")}
    found |= {f"level_{level}": said for level, said in zip(LEVELS, facts.levels, strict=True)}
    return found | {f"way_{level}": said for level, said in zip(LEVELS, facts.assessed_by, strict=True)}


def _facts(facts: Facts, values: Mapping[str, Any]) -> Facts:
    levels, ways = (tuple(values[f"{kind}_{level}"] for level in LEVELS) for kind in ("level", "way"))
    own = {name: value for name, value in values.items() if not name.startswith(("level_", "way_"))}
    return replace(facts, levels=levels, assessed_by=ways, **own)


def _fields(known: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    with st.form(key, border=False):
        left, right = st.columns(2)
        name = left.text_input(_("能力名称"), value=known["name"], max_chars=80, placeholder=_("例如：县域客群经营"))
        aliases = right.text_input(_("别名"), value=joined(known["aliases"]), placeholder=_("用顿号隔开；导入测评时按别名也能认出"))
        dimensions = {each: _(DIMENSION_NAMES[each]) for each in Dimension}
        dimension = left.selectbox(
            _("能力维度"), list(dimensions), index=list(dimensions).index(known["dimension"]), format_func=dimensions.__getitem__
        )
        classes: dict[TalentClass | None, str] = {None: _("各类人员"), **{each: _(CLASS_NAMES[each]) for each in TalentClass}}
        talent_class = right.selectbox(
            _("人才类别"), list(classes), index=list(classes).index(known["talent_class"]), format_func=classes.__getitem__
        )
        definition = st.text_area(_("定义"), value=known["definition"], max_chars=500, placeholder=_("会做什么事，做到什么效果"), height=80)
        said: dict[str, Any] = {}
        for level in LEVELS:
            behaviour, way = f"level_{level}", f"way_{level}"
            wide, narrow = st.columns([3, 1])
            label = f"L{level} {_(LEVEL_NAMES[level])}"
            sign = _("看得见的行为：对什么、做什么、到什么标准")
            said[behaviour] = wide.text_input(label, value=known[behaviour], max_chars=500, placeholder=sign)
            how = _("L{level} 怎样测评", level=level)
            said[way] = narrow.text_input(how, value=known[way], max_chars=60, placeholder=_("例如：实操考核"))
        if not st.form_submit_button(_("保存"), type="primary", key=f"{key}_save"):
            return None
    said |= {"name": name, "dimension": dimension, "talent_class": talent_class, "definition": definition}
    return {**said, "aliases": tuple(_SEPARATORS.split(aliases)) if aliases else ()}
