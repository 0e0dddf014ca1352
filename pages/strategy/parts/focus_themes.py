"""Which themes a row of the focus belongs to, and what their weights say about its importance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from core.editing.comparing import Field
from core.i18n import Message
from core.strategy.focus import service as focus
from core.strategy.focus.importance import suggested_importance
from core.strategy.focus.service import Entered
from core.strategy.focus.tables import FocusRow
from core.strategy.ideas.proposing import Belonging
from core.strategy.themes.tables import Theme
from pages.shared.page import link
from pages.shared.record_form import record_form, record_of
from pages.shared.text import _, joined, literal


@dataclass(frozen=True)
class Linking:
    """The row is to belong to these themes; or (`entered`) its importance is to be what the themes suggest."""

    row: FocusRow
    theme_ids: tuple[int, ...] | None
    entered: Entered | None = None


def themes_form(
    rows: Sequence[FocusRow], themes: Sequence[Theme], suggested: Callable[[FocusRow], Sequence[Belonging]], *, may_decide: bool
) -> Linking | None:
    """Choose a row, see and set its themes; what to change when the reader says so. `suggested` tells the themes that words suggest for a
    row; it is asked for the chosen one alone."""
    with st.container(border=True):
        st.subheader(_("岗位属于哪些战略主题"), anchor=False)
        if not themes:
            st.caption(_("还没有战略主题。归好主题后，可以在这里指定每个岗位属于哪些，项目想法据此提出。"))
            link("themes", _("去归主题"), icon=":material/account_tree:")
            return None
        by_id = {row.id or 0: row for row in rows}
        chosen = st.selectbox(
            _("业务线 · 岗位"),
            list(by_id),
            format_func=lambda one: _named(by_id[one]),
            key="focus_themes_row",
            placeholder=_("选一行"),
            width=420,
        )
        row = by_id[chosen]
        names = {theme.id or 0: theme.name for theme in themes}
        mine = [one for one in row.theme_ids if one in names]
        if not may_decide:
            _read(names, mine)
        wish = _choice(row, names, mine) if may_decide else None
        likely = [] if mine else suggested(row)
        if likely:
            said = joined(f"{literal(names[one.theme_id])} {one.likeness or 0:.2f}" for one in likely if one.theme_id in names)
            st.caption(_("还没有指定。按岗位与主题里发现的用词，最相近的是：{themes}。仅供参考。", themes=said))
            if may_decide and st.button(_("采用这个建议"), key=f"take_likely_{chosen}", icon=":material/check:", type="tertiary"):
                wish = Linking(row, tuple(one.theme_id for one in likely))
        return _importance(row, themes, mine, may_decide=may_decide) or wish


def _choice(row: FocusRow, names: Mapping[int, str], mine: Sequence[int]) -> Linking | None:
    def draw(known: dict[str, tuple[int, ...]], key: str) -> dict[str, tuple[int, ...]] | None:
        with st.form(key, border=False):
            wanted = st.multiselect(
                _("战略主题"),
                list(names),
                default=[one for one in known["themes"] if one in names],
                format_func=names.__getitem__,
                placeholder=_("选择主题"),
                key=f"{key}_themes",
            )
            pressed = st.form_submit_button(_("保存所属主题"), key=f"{key}_save")
        return {"themes": tuple(wanted)} if pressed else None

    record = record_of(row, "focus_linked", subject="focus")
    written = record_form("focus_themes", record, {"themes": tuple(mine)}, {"themes": Field(Message("战略主题"), names)}, draw)
    return Linking(row, written.value["themes"]) if written else None


def _read(names: Mapping[int, str], mine: Sequence[int]) -> None:
    st.markdown(joined(literal(names[one]) for one in mine) or f":gray[{_('还没有指定')}]")


def _importance(row: FocusRow, themes: Sequence[Theme], mine: Sequence[int], *, may_decide: bool) -> Linking | None:
    heaviest = max((theme.weight for theme in themes), default=0.0)
    own = max((theme for theme in themes if theme.id in mine), key=lambda theme: theme.weight, default=None)
    level = suggested_importance([own.weight] if own else [], heaviest)
    if own is None or level is None:
        return None
    st.caption(
        _(
            "按主题权重，重要性建议为 {level}：5 × {own} ÷ {most}，向上取整（“{theme}”的权重 ÷ 最重的主题）。现在是 {now}。",
            level=level,
            own=f"{own.weight:g}",
            most=f"{heaviest:g}",
            theme=literal(own.name),
            now=_("未知") if row.importance is None else row.importance,
        )
    )
    if not may_decide or row.importance == level:
        return None
    if st.button(_("把重要性设为 {level}", level=level), key=f"take_importance_{row.id}", icon=":material/check:", type="tertiary"):
        return Linking(row, None, Entered(row.line, row.post, level, row.gap_estimate, row.people, row.id, row.version))
    return None


def _named(row: FocusRow) -> str:
    marks = _("{n} 个主题", n=len(row.theme_ids)) if row.theme_ids else _("未指定主题")
    return f"{focus.title(row)}　·　{marks}"
