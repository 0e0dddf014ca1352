"""The steps of the method with what is there so far."""

from __future__ import annotations

import streamlit as st

from core import flow
from core.access.actor import Actor
from core.documents.service import KIND_NAMES
from core.documents.tables import DocumentKind
from core.flow import Milestone, NextStep, Part, PlanState
from core.goals.service import Standing
from core.i18n import Message
from pages.shared.page import link, way
from pages.shared.text import _, joined

# What is to be said, the page it leads to, the button's words and its icon.
Way = tuple[str, str, str, str]

# Four figures stand beside each other in half a page.
_NARROW = 102
_MILESTONE_NAMES = {
    Milestone.EVIDENCE: Message("本年度依据"),
    Milestone.FINDINGS: Message("采纳的发现"),
    Milestone.THEMES: Message("归好的主题"),
    Milestone.LOCALISED: Message("本地化的主题"),
    Milestone.FOCUS: Message("锚定的岗位"),
    Milestone.PROJECTS: Message("培训项目"),
}


def next_action(actor: Actor, standing: PlanState) -> None:
    """The one thing to do next."""
    step = flow.next_step(actor, standing)
    words, to, label, icon = _about_files(step, standing) or _along_the_strategy(step, standing)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="next_action"):
        st.markdown(f"**{_('下一步')}**　{words}", width="content")
        way(to, label, icon=icon, key="next_way")


def _about_files(step: NextStep, standing: PlanState) -> Way | None:
    library = standing.library
    match step:
        case NextStep.SEE_FAILED:
            words = _("{n} 份文件没有读进来，请查看原因并重试。", n=library.failed)
            return words, "library", _("查看原因"), ":material/error:"
        case NextStep.WAIT:
            words = _("{n} 份文件正在读入，可以离开本页，完成后即可提问。", n=library.working)
            return words, "library", _("查看进度"), ":material/progress_activity:"
        case NextStep.ADD_DOCUMENTS:
            words = _("文件库里还缺：{kinds}。", kinds=joined(_(KIND_NAMES[kind]) for kind in library.missing))
            return words, "library", _("添加文件"), ":material/upload_file:"
        case NextStep.KEEP_EVIDENCE:
            words = _("向战略助手提问，把关键原文留作本年度的依据。")
            return words, "assistant", _("去提问"), ":material/forum:"
        case NextStep.ASK:
            return _("文件已就绪，可以随时提问并核对原文。"), "assistant", _("去提问"), ":material/forum:"
    return None


def _along_the_strategy(step: NextStep, standing: PlanState) -> Way:
    match step:
        case NextStep.DECODE:
            words = _("文件已齐，可以解码成主题、任务、目标和能力要求了。")
            return words, "decode", _("去解码文件"), ":material/checklist:"
        case NextStep.REVIEW:
            words = _("还有 {n} 条发现待确认，采纳后才会流到后面的步骤。", n=standing.waiting)
            return words, "decode", _("去确认"), ":material/checklist:"
        case NextStep.THEMES:
            words = _("发现都已处理，把采纳的 {n} 条归成战略主题。", n=standing.count(Milestone.FINDINGS))
            return words, "themes", _("去归主题"), ":material/account_tree:"
        case NextStep.LOCALISE:
            words = _("{n} 个主题都还是总行的说法，先写出一个主题的本行版本和事实。", n=standing.count(Milestone.THEMES))
            return words, "localise", _("去本地化"), ":material/location_on:"
        case NextStep.FOCUS:
            return _("主题已定，该定先抓哪条业务线、哪个岗位了。"), "focus", _("去锚定重点"), ":material/target:"
        case NextStep.SUGGEST_IDEAS:
            words = _("已锚定 {n} 个岗位，可以提出战略传导项目了。", n=standing.count(Milestone.FOCUS))
            return words, "ideas", _("去提项目想法"), ":material/emoji_objects:"
        case NextStep.DECIDE_IDEAS:
            words = _("{n} 个项目想法待定，采纳后成为项目。", n=standing.ideas_waiting)
            return words, "ideas", _("去决定"), ":material/emoji_objects:"
        case _:
            return _with_projects(step, standing)


def _with_projects(step: NextStep, standing: PlanState) -> Way:
    match step:
        case NextStep.SET_GOALS:
            words = _("{n} 个项目还没有提交目标：写清痛点、行为和用什么数算做成。", n=standing.goals_open)
            return words, "goals", _("去写目标"), ":material/flag:"
        case NextStep.SCHEDULE:
            words = _("{n} 个项目有了目标，可以编班、排全年的课了。", n=standing.goals_set)
            return words, "cohorts", _("去编班"), ":material/calendar_month:"
        case NextStep.PUBLISH:
            return _("排期草稿已有，看过以后发布，大家才看得到。"), "schedule", _("去看排期"), ":material/calendar_month:"
        case NextStep.DECIDE_WARNINGS:
            words = _("{n} 个项目已预警，还没有人处理。", n=standing.warned.undecided)
            return words, "warnings", _("去处理"), ":material/crisis_alert:"
        case _:
            words = _("{n} 个项目的主题还没有本地化，仍是“总行标准版”。写出本行的说法和事实，再往下做。", n=standing.standard)
            return words, "localise", _("去本地化"), ":material/location_on:"


def step_card(standing: PlanState) -> None:
    """Step 1 with its parts and figures."""
    library = standing.library
    with st.container(border=True, height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.subheader(_(flow.STEP_NAMES[0]), anchor=False, width="content")
            st.caption(_("{done} / {expected} 项就绪", done=standing.done, expected=standing.expected), width="content")
        st.progress(standing.done / standing.expected)
        with st.grid(2, min_column_width=180, gap="xsmall"):
            for part in standing.parts:
                st.markdown(_part(part))
        st.space("small")
        with st.grid(4, min_column_width=_NARROW):
            st.metric(_("可检索文件"), f"{library.ready:,}")
            st.metric(_("可引用段落"), f"{library.passages:,}")
            st.metric(_("待确认发现"), f"{standing.waiting:,}")
            st.metric(_("待定想法"), f"{standing.ideas_waiting:,}")
        more = [f"{_(KIND_NAMES[kind])} {library.by_kind[kind]:,}" for kind in library.by_kind if kind not in flow.NEEDED]
        if more:
            st.caption(_("另有：{kinds}", kinds=joined(more)))
        st.space("stretch")
        with st.container(horizontal=True):
            link("library", _("文件库"), icon=":material/library_books:")
            link("assistant", _("战略助手"), icon=":material/forum:")
            link("decode", _("战略解码"), icon=":material/checklist:")
            link("themes", _("战略主题与地图"), icon=":material/account_tree:")
            link("focus", _("锚定重点"), icon=":material/target:")
            link("ideas", _("战略传导项目"), icon=":material/emoji_objects:")


def goals_card(standing: PlanState) -> None:
    """Step 2: how the goals of the projects stand. Nothing while there is no project."""
    total = sum(standing.goals.values())
    if not total:
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.subheader(_(flow.STEP_NAMES[1]), anchor=False, width="content")
            st.caption(_("{done} / {total} 个项目已提交目标", done=standing.goals_set, total=total), width="content")
        st.progress(standing.goals_set / total)
        with st.grid(4, min_column_width=_NARROW):
            st.metric(_("还没有目标"), f"{standing.goals.get(Standing.NONE, 0):,}")
            st.metric(_("有问题"), f"{standing.goals.get(Standing.PROBLEMS, 0):,}")
            st.metric(_("通过，待提交"), f"{standing.goals.get(Standing.PASSES, 0):,}")
            st.metric(_("例外已提交"), f"{standing.goals.get(Standing.OVERRIDDEN, 0):,}")
        link("goals", _("项目目标"), icon=":material/flag:")


def delivery_card(standing: PlanState) -> None:
    """Step 3: how far the timetable is. Nothing while there is no session."""
    table = standing.timetable
    if not table.sessions:
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.subheader(_(flow.STEP_NAMES[2]), anchor=False, width="content")
            said = _("第 {number} 版已发布", number=str(table.version)) if table.version else _("还没有发布")
            st.caption(said, width="content")
        st.progress(table.placed / table.sessions)
        with st.grid(4, min_column_width=_NARROW):
            st.metric(_("全部课次"), f"{table.sessions:,}")
            st.metric(_("已发布"), f"{table.placed:,}")
            st.metric(_("未排上"), f"{table.sessions - table.placed:,}")
            st.metric(_("排期草稿"), f"{table.drafts:,}")
        with st.container(horizontal=True):
            link("schedule", _("排期"), icon=":material/calendar_month:")
            link("budget", _("预算"), icon=":material/payments:")
            link("attendance", _("到课与完成"), icon=":material/how_to_reg:")


def review_card(standing: PlanState) -> None:
    """Step 4: what there are results of, and what is concluded. Nothing while nothing is measured."""
    back = standing.looked_back
    if not (back.measures or back.conclusions):
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.subheader(_(flow.STEP_NAMES[3]), anchor=False, width="content")
            st.caption(_("{done} / {total} 项指标已有结果", done=back.measured, total=back.measures), width="content")
        st.progress(back.measured / back.measures if back.measures else 0.0)
        with st.grid(4, min_column_width=_NARROW):
            st.metric(_("还没有结果"), f"{back.measures - back.measured:,}")
            st.metric(_("预警的项目"), f"{standing.warned.alarms:,}")
            st.metric(_("已确认的结论"), f"{back.confirmed:,}")
            st.metric(_("结论草稿"), f"{back.conclusions - back.confirmed:,}")
        with st.container(horizontal=True):
            link("executive", _("一页看全年"), icon=":material/dashboard:")
            link("levels", _("柯氏四级"), icon=":material/stairs:")
            link("conclusions", _("复盘结论与结转"), icon=":material/autorenew:")


def _part(part: Part) -> str:
    document = isinstance(part.what, DocumentKind)
    name = _(KIND_NAMES[part.what] if isinstance(part.what, DocumentKind) else _MILESTONE_NAMES[part.what])
    if not part.count:
        return f":gray[:material/radio_button_unchecked:] {name}　:gray[{_('还没有')}]"
    number = _("{n} 份", n=part.count) if document else f"{part.count:,}"
    return f":green[:material/check_circle:] {name}　:gray[{number}]"


def warnings(actor: Actor, standing: PlanState) -> None:
    """What else needs somebody's attention, beyond the next action."""
    library, step = standing.library, flow.next_step(actor, standing)
    said = []
    if library.failed and step is not NextStep.SEE_FAILED:
        said.append(_("{n} 份文件没有读进来，等人力资源处理。", n=library.failed))
    if library.working and step is not NextStep.WAIT:
        said.append(_("{n} 份文件还在读入。", n=library.working))
    if library.missing and step is not NextStep.ADD_DOCUMENTS:
        said.append(_("还缺：{kinds}。", kinds=joined(_(KIND_NAMES[kind]) for kind in library.missing)))
    if standing.standard and step is not NextStep.LOCALISE_PROJECTS:
        said.append(_("{n} 个项目还在用“总行标准版”，主题没有本地化。", n=standing.standard))
    for one in said:
        st.markdown(f":orange[:material/warning:] {one}")
    if standing.warned.alarms:
        link("warnings", _("{n} 个项目可能达不到目标", n=standing.warned.alarms), icon=":material/crisis_alert:")
    if standing.warned.overdue:
        link("warnings", _("{n} 条预警处理已过期限", n=standing.warned.overdue), icon=":material/event_busy:")
    if standing.reassess:
        label = _("{n} 项学习满一个月，该重新测评了", n=standing.reassess)
        link("menu", label, icon=":material/event_repeat:")
