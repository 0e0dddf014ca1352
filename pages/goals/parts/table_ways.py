"""Around the table of all goals: its filters, its way out to Excel and back, and what to do when somebody else was faster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from core.errors import BadInput
from core.exports.goals import goals_workbook
from core.goals.draft import Draft
from core.goals.pasting import read
from core.goals.service import STANDING_NAMES, GoalView, Standing
from core.goals.table import Drafts, matching
from pages.goals.parts.goal_versions import put_together
from pages.goals.parts.table_bench import TableBench
from pages.goals.parts.words import RULE_NAMES
from pages.shared import state
from pages.shared.text import _, literal


def filters(views: Sequence[GoalView]) -> list[GoalView]:
    """The projects that the reader wants to see: by name, by how their goals stand, by problem."""
    counts = Counter(view.standing for view in views)
    rules = Counter(rule for view in views for rule in {one.rule for one in view.verdict.problems})
    names = {one: f"{_(STANDING_NAMES[one])} {counts[one]}" for one in Standing if counts[one]}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(_("项目"), placeholder=_("项目名称中的字"), key="goals_table_words", live=True, width=220)
        standings = st.pills(
            _("目标的状态"), list(names), selection_mode="multi", format_func=names.__getitem__, key="goals_table_states", wrap=True
        )
        wrong = st.multiselect(
            _("有这些问题的"),
            [rule for rule, _n in rules.most_common()],
            format_func=lambda rule: f"{_(RULE_NAMES[rule])} {rules[rule]}",
            placeholder=_("任何问题"),
            key="goals_table_rules",
            width=320,
        )
    return matching(views, words, standings, wrong)


def export(views: Sequence[GoalView], names: Mapping[int, str]) -> None:
    """The way out to Excel: the projects that are shown, as they are stored."""
    language = state.language()
    st.download_button(
        _("导出 Excel"),
        data=lambda: goals_workbook(views, dict(names), language),
        file_name="goals.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key="goals_export",
        disabled=not views,
    )


def paste(bench: TableBench, now: Drafts, names: Mapping[int, str]) -> dict[int, Draft] | None:
    """The way back: a box to paste into, and what it would change; the goals with it, when the reader takes it over."""
    with st.expander(_("从 Excel 粘贴回来"), icon=":material/content_paste:"):
        st.caption(
            _("在导出的表里改好，连同表头复制再粘贴。按项目和指标名称对应：没有的指标会加上，没有写到的保留不动，删除请在下面的表里做。")
        )
        pasted = st.text_area(_("粘贴到这里"), height=120, key=bench.key("pasted"), placeholder=_("第一行是表头：项目、指标、目标值……"))
        if not pasted.strip():
            return None
        try:
            found = read(pasted, names, now)
        except BadInput as wrong:
            st.error(literal(_(wrong.message)))
            return None
        if found.refused:
            st.warning(_("{n} 行不能用，其余的可以放进表里。", n=len(found.refused)), icon=":material/error:")
            lines = [{_("行"): one.line, _("内容"): one.text, _("原因"): _(one.why)} for one in found.refused]
            st.dataframe(pd.DataFrame(lines), hide_index=True, alt=_("不能用的行"))
        if not found.drafts:
            st.caption(_("粘贴的内容没有带来改动。"))
            return None
        label = _("放进表里（{n} 个目标）", n=len(found.drafts))
        if not st.button(label, type="primary", icon=":material/playlist_add_check:", key="goals_paste_take"):
            return None
    return {**now, **found.drafts}


def collision(bench: TableBench, now: Drafts, theirs: Sequence[GoalView], names: Mapping[int, str]) -> dict[int, Draft]:
    """Goals that somebody else saved in the meantime, put together with the reader's; one at a time is asked about where they differ."""
    settled: dict[int, Draft] = {}
    for view in theirs:
        project = view.project.id
        both = put_together(view, bench.seen.drafts[project], now[project], bench.key(f"versions_{project}"), names[project])
        if both is None:
            return settled
        settled[project] = both
    return settled
