"""Who could teach something: competencies in, trainers with the reason out."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from core.delivery.faculty.service import Eligibility
from core.delivery.faculty.terms import ROLE_NAMES, TrainerRole
from core.people.courses.course import Ability
from pages.delivery.parts.trainer_words import kind, money
from pages.shared.table import tall
from pages.shared.text import _, joined


def who_could(asked: Eligibility, abilities: Mapping[int, Ability]) -> None:
    """The question and its answer."""
    st.subheader(_("谁能讲"), anchor=False)
    names = {key: one.name for key, one in abilities.items() if not one.archived}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.multiselect(
            _("要讲的能力"),
            sorted(names, key=names.__getitem__),
            format_func=names.__getitem__,
            key="who_abilities",
            placeholder=_("选一项或几项"),
        )
        role = st.selectbox(
            *(_("授课方向"), list(TrainerRole), None),
            format_func=lambda one: _(ROLE_NAMES[one]),
            key="who_role",
            placeholder=_("全部"),
            width=200,
        )
    if not wanted and role is None:
        st.caption(_("选要讲的能力，看看谁能讲、为什么。"))
        return
    found = asked.of(wanted, role)
    if not found:
        said = _("没有人能讲{names}。可以给讲师补上这项能力，或请外部讲师。", names=joined(names[one] for one in wanted) or _("这个方向"))
        st.info(said, icon=":material/person_search:")
        return
    trainers = {one.id: one for one in asked.trainers}
    rows = [
        [
            trainers[one.trainer_id].name,
            kind(trainers[one.trainer_id]),
            one.score,
            _(one.why),
            money(trainers[one.trainer_id].cost_per_slot),
        ]
        for one in found
    ]
    headings = [_("姓名"), _("内部或外部"), _("得分"), _("为什么"), _("每半天费用")]
    wide = {
        headings[3]: st.column_config.TextColumn(width="large"),
        headings[2]: st.column_config.NumberColumn(format="%.1f", width="small"),
    }
    st.dataframe(pd.DataFrame(rows, columns=headings), hide_index=True, height=tall(len(rows), 15), column_config=wide, alt=_("能讲的人"))
    least = asked.rule.least_level
    st.caption(
        _(
            "得分 = 100 × 覆盖的能力占比 ×（0.6 × 等级 ÷ 5 + 0.4 × 评分 ÷ 100）。至少覆盖一半、达到 L{level}；没有评分的按 75 分。",
            level=least,
        )
    )
