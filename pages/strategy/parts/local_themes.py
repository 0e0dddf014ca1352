"""Which themes are localised, and choosing one to work on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.strategy.themes.localisation import LACK_NAMES, LocalTheme
from core.strategy.themes.tags import PERSPECTIVE_NAMES
from pages.shared import state
from pages.shared.page import link
from pages.shared.text import _, literal


def standing(found: Sequence[LocalTheme]) -> None:
    """How far localising has come."""
    lacking = [one for one in found if one.lack is not None]
    done = len(found) - len(lacking)
    if lacking:
        st.progress(
            done / len(found), _("{done} / {total} 个主题已本地化；其余主题上的项目会被标为“总行标准版”。", done=done, total=len(found))
        )
    else:
        st.success(_("{n} 个主题都已本地化，各有本行的说法和事实。", n=len(found)), icon=":material/task_alt:")


def choose_theme(found: Sequence[LocalTheme]) -> LocalTheme:
    """The theme to work on: the one in the address, else the first that lacks something, else the first."""
    by_id = {one.view.id: one for one in found}
    asked = state.asked_number("theme")
    open_ones = [one.view.id for one in found if one.lack is not None]
    first = asked if asked in by_id else open_ones[0] if open_ones else next(iter(by_id))
    if state.get("localise_theme") not in by_id:
        state.drop("localise_theme")
    chosen = st.selectbox(
        _("主题"), list(by_id), index=list(by_id).index(first), format_func=lambda one: _named(by_id[one]), key="localise_theme", width=560
    )
    return by_id[chosen]


def without_clause(chosen: LocalTheme) -> None:
    """What is said of a theme in which HQ has no clause."""
    if chosen.view.members:
        st.info(_("这个主题出自本行自己的文件，没有需要改写的总行条款。"), icon=":material/home_work:")
        return
    st.info(_("“{theme}”里还没有发现。先把总行的条款移进这个主题。", theme=literal(chosen.view.theme.name)), icon=":material/inbox:")
    link("themes", _("去移动发现"), icon=":material/account_tree:", theme=chosen.view.id)


def _named(one: LocalTheme) -> str:
    state_of = _(LACK_NAMES[one.lack]) if one.lack else _("已本地化")
    return f"{one.view.theme.name}　·　{_(PERSPECTIVE_NAMES[one.view.theme.perspective])}　·　{state_of}"
