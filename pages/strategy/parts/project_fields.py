"""What is written about an idea or a project: the fields of its form, its clauses, and how its urgency and kind came about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from core.editing.comparing import Field
from core.i18n import Message
from core.projects.tables import Project
from core.strategy.ideas.citing import Cited
from core.strategy.ideas.draft import LONGEST_NAME, LONGEST_PLACE, LONGEST_PURPOSE, Draft
from core.strategy.ideas.tables import IdeaRow
from core.strategy.ideas.terms import KIND_NAMES, URGENCY_NAMES, Author, ProjectKind, Urgency
from core.strategy.themes.accepted import Accepted
from core.strategy.themes.localisation import LACK_NAMES, Lack
from core.strategy.themes.service import ThemeView
from pages.shared.page import link
from pages.shared.text import _, literal, sample_mark
from pages.strategy.parts.citation import open_clause
from pages.strategy.parts.theme_findings import KIND_NAMES as FINDING_NAMES

URGENCY_COLOURS = {Urgency.HIGH: "red", Urgency.MEDIUM: "blue", Urgency.LOW: "gray"}
_SHORT = 60


def named_fields(clauses: Mapping[int, str]) -> dict[str, Field]:
    """What the fields are called; `clauses` as in `fields`."""
    return {
        "purpose": Field(Message("培训目的（为什么办，不写指标）")),
        "finding_ids": Field(Message("依据的条款"), clauses),
        "name": Field(Message("项目名称")),
        "line": Field(Message("业务线")),
        "post": Field(Message("岗位")),
        "people": Field(Message("人数")),
        "competencies": Field(Message("能力（用顿号分开）")),
        "urgency": Field(Message("紧迫度"), URGENCY_NAMES),
        "kind": Field(Message("类型"), KIND_NAMES),
    }


def draft_of(row: IdeaRow | Project) -> Draft:
    """What is stored, as the fields hold it."""
    return Draft(
        name=row.name,
        purpose=row.purpose,
        finding_ids=tuple(row.finding_ids),
        line=row.line,
        post=row.post,
        people=row.people,
        competencies=tuple(row.competencies),
        urgency=row.urgency,
        kind=row.kind,
    )


def clause_names(clauses: Iterable[Accepted]) -> dict[int, str]:
    """Clauses to choose from, by their finding's number."""
    return {one.id: f"{_(FINDING_NAMES[one.kind])} · {_cut(one.text)}（{one.document}）" for one in clauses}


def fields(row: IdeaRow | Project | Draft | None, clauses: Mapping[int, str], *, key: str) -> Draft:
    """The fields, filled with what `row` says; what stands in them. `clauses` are those that its purpose may rest on.

    Of what is there already the purpose stands open, the rest is folded away.
    """
    purpose = st.text_area(
        _("培训目的（为什么办，不写指标）"),
        row.purpose if row else "",
        max_chars=LONGEST_PURPOSE,
        height="content",
        placeholder=_("落实哪一条，让谁具备什么能力，支撑哪个主题"),
        key=f"{key}_purpose",
        help=_("目的回答为什么要办；要达到的指标是目标，另外填写，两者都必填。"),
    )
    if row is None:
        return _rest(None, clauses, purpose, key)
    with st.expander(_("名称、依据、对象、能力、紧迫度和类型"), icon=":material/tune:"):
        return _rest(row, clauses, purpose, key)


def _rest(row: IdeaRow | Project | Draft | None, clauses: Mapping[int, str], purpose: str, key: str) -> Draft:
    chosen = st.multiselect(
        _("依据的条款"),
        list(clauses),
        default=[one for one in (row.finding_ids if row else []) if one in clauses],
        format_func=clauses.__getitem__,
        placeholder=_("选择已采纳的条款"),
        key=f"{key}_clauses",
    )
    name = st.text_input(
        _("项目名称"), row.name if row else "", max_chars=LONGEST_NAME, placeholder=_("例如：客户经理分层经营训练营"), key=f"{key}_name"
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        line = st.text_input(
            _("业务线"), row.line if row else "", max_chars=LONGEST_PLACE, placeholder=_("例如：零售金融"), key=f"{key}_line", width=150
        )
        post = st.text_input(
            _("岗位"), row.post if row else "", max_chars=LONGEST_PLACE, placeholder=_("例如：理财经理"), key=f"{key}_post", width=170
        )
        people = st.number_input(
            _("人数"), min_value=0, value=row.people if row else None, step=1, placeholder=_("未知"), key=f"{key}_people", width=120
        )
    competencies = st.text_input(
        _("能力（用顿号分开）"),
        "、".join(row.competencies) if row else "",
        placeholder=_("例如：需求挖掘、资产配置"),
        key=f"{key}_competencies",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        urgency = st.segmented_control(
            _("紧迫度"),
            list(Urgency),
            default=row.urgency if row else Urgency.MEDIUM,
            format_func=lambda one: _(URGENCY_NAMES[one]),
            required=True,
            key=f"{key}_urgency",
        )
        kind = st.segmented_control(
            _("类型"),
            list(ProjectKind),
            default=row.kind if row else ProjectKind.PRE_EMPTIVE,
            format_func=lambda one: _(KIND_NAMES[one]),
            required=True,
            key=f"{key}_kind",
            help=_("前置储能：为将要用到的能力先练；即时赋能：补上现在就缺的能力。"),
        )
    return Draft(
        name=name,
        purpose=purpose,
        finding_ids=tuple(chosen),
        line=line,
        post=post,
        people=people,
        competencies=tuple(competencies.replace(",", "、").replace("，", "、").split("、")),
        urgency=urgency,
        kind=kind,
    )


def heading(row: IdeaRow | Project, theme: ThemeView | None, lack: Lack | None, badges: Iterable[tuple[Message, str, str]] = ()) -> None:
    """The name with what a reader has to know at once; `badges` are more of it: words, icon, colour."""
    st.markdown(f"**{literal(row.name)}**")
    with st.container(horizontal=True, gap="xsmall"):
        st.badge(_(URGENCY_NAMES[row.urgency]), icon=":material/schedule:", color=URGENCY_COLOURS[row.urgency])  # type: ignore[arg-type]
        st.badge(_(KIND_NAMES[row.kind]), icon=":material/bolt:", color="violet")
        for words, icon, colour in badges:
            st.badge(_(words), icon=icon, color=colour)  # type: ignore[arg-type]
        if lack is not None:
            st.badge(_("总行标准版"), icon=":material/flag:", color="orange")
    if theme is None:
        came_over = isinstance(row, Project) and row.idea_id is None
        st.caption(_("还没有归入本年度的战略主题。") if came_over else _("它的战略主题已被删除。"))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if lack is None:
            st.caption(_("战略主题“{theme}”，已本地化", theme=literal(theme.theme.name)), width="content")
        else:
            st.caption(_("战略主题“{theme}”，{lack}", theme=literal(theme.theme.name), lack=LACK_NAMES[lack]), width="content")
            link("localise", _("去本地化"), icon=":material/location_on:", theme=theme.id)


def author(row: IdeaRow | Project) -> str:
    """Who wrote the purpose."""
    if row.purpose_author is Author.MODEL:
        return _("目的由模型起草（{made_by}），请对照依据核对后再采纳。", made_by=literal(row.purpose_by))
    if row.purpose_author is Author.PERSON:
        return _("目的由人写成。")
    return _("目的按规则拟出（{made_by}），可以改写。", made_by=literal(row.purpose_by))


def show_clauses(cited: Cited, key: str) -> None:
    """The clauses, each of which opens where it stands."""
    st.markdown(f"**{_('依据的条款')}**")
    for one in cited.clauses:
        with st.container(gap=None):
            st.markdown(literal(one.text))
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                place = _("第 {page} 页", page=one.page)
                st.caption(f"{literal(one.document)} · {place}{sample_mark(one.sample)}", width="content")
                if st.button(_("打开原文"), key=f"{key}_clause_{one.id}", icon=":material/format_quote:", type="tertiary"):
                    open_clause(one)
    if cited.lost:
        st.warning(_("有 {n} 条依据已不在采纳之列，请重新选择依据。", n=cited.lost), icon=":material/link_off:")
    if not cited.clauses and not cited.lost:
        st.caption(_("还没有依据。"))


def withheld() -> None:
    """What is said in place of words that the reader may not see."""
    st.info(_("目的和依据引自一份不对您开放或已移除的文件，这里不显示。"), icon=":material/lock:")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[:_SHORT] + "…"
