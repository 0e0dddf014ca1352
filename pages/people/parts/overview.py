"""Where people are, and what is missing of them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.demo import messy
from core.i18n import Message
from core.people.service import Standing, UnitCount
from pages.shared.page import empty, link
from pages.shared.table import tall
from pages.shared.text import _

_MESSY = (
    ("roster", Message("① 员工名单（118 人）"), messy.roster),
    ("matrix", Message("② 岗位能力矩阵"), messy.matrix),
    ("appraisal", Message("③ 测评导出"), messy.appraisal),
)


def nobody_yet(standing: Standing) -> None:
    """What the page says before anybody came in."""
    empty(_("这里放本行的机构、岗位、员工和测评。先导入员工名单：用您现有的 Excel 就可以。"), icon=":material/groups:")
    if standing.posts or standing.competencies:
        st.caption(_("已有 {posts} 个岗位、{competencies} 项能力，还没有员工。", posts=standing.posts, competencies=standing.competencies))
    with st.expander(_("手头没有文件？用虚构的示例文件试一试"), icon=":material/science:"):
        st.markdown(_("照分行真实交上来的样子做的，有标题行、丢了前导零的工号、五种日期写法和几处错误。按顺序导入；试完在导入记录里撤销。"))
        with st.container(horizontal=True):
            for name, label, made in _MESSY:
                st.download_button(
                    _(label),
                    data=made,
                    file_name=f"sample-{name}.xlsx",
                    icon=":material/download:",
                    on_click="ignore",
                    key=f"people_messy_{name}",
                )


def overview(standing: Standing, units: Sequence[UnitCount]) -> None:
    """Counts, what is missing, and the units."""
    with st.grid(6, min_column_width=110):
        st.metric(_("员工"), f"{standing.employees:,}")
        st.metric(_("机构数"), f"{standing.units:,}")
        st.metric(_("岗位数"), f"{standing.posts:,}")
        st.metric(_("能力项"), f"{standing.competencies:,}")
        st.metric(_("岗位要求"), f"{standing.requirements:,}")
        st.metric(_("测评"), f"{standing.assessments:,}")
    _missing(standing)
    if standing.requirements and standing.assessments:
        link("gaps", _("看能力短板"), icon=":material/troubleshoot:")
    with st.expander(_("按机构看（{n} 个机构有人）", n=len(units)), icon=":material/domain:"):
        headings = [_("机构"), _("员工"), _("没有岗位"), _("没有测评")]
        rows = [[one.name or _("没有机构"), one.people, one.without_post, one.without_assessment] for one in units]
        st.dataframe(pd.DataFrame(rows, columns=headings), hide_index=True, height=tall(len(rows)), alt=_("按机构看"))


def _missing(standing: Standing) -> None:
    """What is not known is said, and never taken for zero."""
    lacks = []
    if standing.without_unit:
        lacks.append(_("{n} 人没有机构", n=standing.without_unit))
    if standing.without_post:
        lacks.append(_("{n} 人没有岗位", n=standing.without_post))
    if standing.without_manager:
        lacks.append(_("{n} 人没有上级", n=standing.without_manager))
    if standing.without_assessment:
        lacks.append(_("{n} 人没有任何测评", n=standing.without_assessment))
    if standing.posts_without_requirement:
        lacks.append(_("{n} 个岗位没有能力要求", n=standing.posts_without_requirement))
    if not lacks:
        st.markdown(f":green[:material/check_circle: {_('机构、岗位、上级、测评和岗位要求都齐了。')}]")
        return
    st.markdown(f":orange[:material/warning: {_('缺的数据')}]　" + "　·　".join(lacks))
    if not standing.competencies:
        link("competencies", _("先采用起始能力库"), icon=":material/psychology:")
