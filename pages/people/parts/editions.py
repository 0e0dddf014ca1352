"""The earlier editions of a competency: what each said, how it differs from now in words, brought back, and the last change undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from core.people import service as people
from core.people.competencies import Competency, Facts
from core.people.service import Edition
from core.people.terms import CLASS_NAMES, DIMENSION_NAMES, LEVEL_NAMES, LEVELS
from core.strategy.localising import Change, difference
from pages.settings.parts.wish import Wish
from pages.shared.text import _, joined, literal, moment, person

_MARKS = {Change.KEPT: "{}", Change.ADDED: ":green-background[{}]", Change.REMOVED: ":gray[~~{}~~]"}


def earlier_editions(one: Competency, editions: Sequence[Edition], indicators: Mapping[str, str]) -> Wish | None:
    """The history of the competency, `editions` the latest first; what the reader wants brought back or undone."""
    if not editions:
        return None
    by_number = {edition.number: edition for edition in editions}
    names = {number: _said(edition) for number, edition in by_number.items()}
    with st.expander(_("以前的版本（{n} 个）", n=len(editions)), icon=":material/history:"):
        number = st.selectbox(
            _("看哪一版"), list(by_number), format_func=names.__getitem__, key=f"edition_{one.key}_{one.version}", placeholder="—"
        )
        changes = list(_differences(by_number[number].facts, one.facts, indicators))
        if changes:
            st.caption(_("从这一版到现在：:green-background[新写的]　:gray[~~去掉的~~]　其余没有变"))
        else:
            st.caption(_("这一版和现在的内容一样。"))
        for title, text in changes:
            st.markdown(f"**{title}**　{text}")
        with st.container(horizontal=True, vertical_alignment="center"):
            help_ = _("作为新的一版保存；现在的内容留在“以前的版本”里，也可以撤销。")
            label = _("恢复第 {number} 版", number=number)
            if st.button(label, icon=":material/settings_backup_restore:", key=f"restore_{one.key}", help=help_, disabled=not changes):
                return Wish(_("已恢复第 {number} 版", number=number), lambda db, actor: people.restore_competency(db, actor, one, number))
            help_ = _("回到改动之前：{edition}", edition=literal(_said(editions[0])))
            if st.button(_("撤销上次改动"), icon=":material/undo:", type="tertiary", key=f"undo_{one.key}", help=help_):
                return Wish(_("已撤销"), lambda db, actor: people.undo_change(db, actor, one))
    return None


def _said(edition: Edition) -> str:
    when = moment(edition.changed_at)
    return _("第 {number} 版，{name} 于 {moment} 改掉", number=edition.number, name=person(edition.changed_by), moment=when)


def _differences(before: Facts, now: Facts, indicators: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is not as it was: its title and both texts in one, what went and what came marked."""
    for (title, old), (_title, new) in zip(_fields(before, indicators), _fields(now, indicators), strict=True):
        if old != new:
            runs = difference(old, new)
            shown = "".join(_MARKS[run.change].format(literal(run.text)) if run.text.strip() else run.text for run in runs)
            yield title, shown.replace("\n", " ")


def _fields(facts: Facts, indicators: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield _("能力名称"), facts.name
    yield _("别名"), joined(facts.aliases)
    yield _("能力维度"), _(DIMENSION_NAMES[facts.dimension])
    yield _("人才类别"), _(CLASS_NAMES[facts.talent_class]) if facts.talent_class else _("各类人员")
    yield _("定义"), facts.definition
    for level, behaviour, way in zip(LEVELS, facts.levels, facts.assessed_by, strict=True):
        yield f"L{level} {_(LEVEL_NAMES[level])}", behaviour
        yield _("L{level} 怎样测评", level=level), way
    yield _("能说明这项能力的指标"), joined(indicators.get(key, key) for key in facts.indicators)
