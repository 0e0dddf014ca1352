"""The first steps of each role on the home page: what to do, where, and what is done already."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from core.access import service as access
from core.access.actor import ROLE_NAMES, Actor
from core.guide.tour import Step, Tour, tours
from core.i18n import Message
from core.instance import instance
from pages.shared.database import acting, reading
from pages.shared.device import on_phone
from pages.shared.guide import GUIDE
from pages.shared.page import empty, link
from pages.shared.sitemap import PAGES
from pages.shared.text import _

# What each step is, in a sentence, and the page where it is done.
_STEPS: dict[Step, tuple[Message, str]] = {
    Step.PLAN: (Message("给本机构建立这一年的计划。"), "plans"),
    Step.DOCUMENTS: (Message("把总行战略、分行文件和考核办法放进文件库。"), "library"),
    Step.FINDINGS: (Message("解码文件，采纳经得起核对的发现。"), "decode"),
    Step.PEOPLE: (Message("导入员工名单和测评，系统才算得出短板。"), "people"),
    Step.GOAL: (Message("写好并提交第一个项目的目标。"), "goals"),
    Step.TIMETABLE: (Message("编班、求解，看过以后发布排期。"), "schedule"),
    Step.RESULTS: (Message("开课以后导入第一批评估结果。"), "results"),
    Step.OWN_UNITS: (Message("人力资源指定您管哪些机构后，看看自己的人。"), "roster"),
    Step.GAPS: (Message("打开一项短板或一份人才档案，看凭什么这么说。"), "gaps"),
    Step.NEEDS: (Message("填报本机构的培训需求，没有也请说明。"), "needs"),
    Step.REMEDIES: (Message("采纳一条补能建议。"), "menu"),
    Step.TARGETS: (Message("确认员工的个人目标。"), "targets"),
    Step.TRANSFER: (Message("学员回岗后，写下或更新他们的转化行动。"), "transfer"),
    Step.YEAR: (Message("排期发布后，用一页看进度、花费和要决定的事。"), "executive"),
    Step.QUESTION: (Message("向战略助手提一个问题，点开引文核对原文。"), "assistant"),
    Step.DECISION: (Message("计划送到您这里时，通过或退回。"), "approval"),
    Step.COMMENT: (Message("对一个主题写下您的看法，可以点名请人回应。"), "themes"),
    Step.PAPER: (Message("生成或下载一份领导文件。"), "papers"),
    Step.BRANCH_NAME: (Message("填写本行名称。"), "settings"),
    Step.LEADER: (Message("添加人力资源负责人的账户，把一次性链接交给本人。"), "accounts"),
    Step.MODEL: (Message("接上行内大模型并测试（可选，不接也能用）。"), "settings"),
    Step.PERMISSIONS: (Message("导出权限一览，留作合规材料。"), "permissions"),
}


def first_tour(actor: Actor, found: Sequence[Tour], then: Callable[[], None] | None = None) -> None:
    """The steps of each role, and below them `then`: what is to be done next, in detail."""
    if not found:
        if then is not None:
            with st.container(border=True):
                then()
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.subheader(_("入门步骤"), anchor=False, width="content")
            with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
                link(GUIDE, _("使用说明"), icon=":material/help:")
                if st.button(_("收起"), key="tour_away", icon=":material/close:", type="tertiary"):
                    _keep_away(actor, away=True)
        _steps(_choose(found))
        if then is not None:
            then()


def tour_back(actor: Actor, *, away: bool) -> None:
    """Bring the first steps back, where they were put away."""
    if away and st.button(_("显示入门步骤"), key="tour_back", icon=":material/flag:", type="tertiary"):
        _keep_away(actor, away=False)


def operators_home(actor: Actor) -> None:
    """What stands on the home page of somebody who runs the house and reads nothing of its plans."""
    with reading() as db:
        away = access.tour_away(db, actor)
        found = () if away else tours(db, actor, instance().settings, None, None)
    first_tour(actor, found)
    empty(_("您的角色负责系统的运行，不查看培训数据。"), icon=":material/tune:", to="settings", label=_("打开系统设置"))
    tour_back(actor, away=away)


def _choose(found: Sequence[Tour]) -> Tour:
    """The tour of the only role, or of the one that is chosen."""
    names = {one.role.value: _counted(one) for one in found}
    if len(found) == 1:
        st.caption(_counted(found[0]))
        return found[0]
    # What a role's tour is called changes as steps are done; the choice stays with the role.
    chosen = st.segmented_control(
        _("角色"), list(names), default=found[0].role.value, format_func=names.__getitem__, label_visibility="collapsed", required=True
    )
    return next(one for one in found if one.role.value == chosen)


def _counted(tour: Tour) -> str:
    return _("{role} · 已完成 {done} / {total}", role=ROLE_NAMES[tour.role], done=tour.done, total=len(tour.stops))


# A link is one line that is cut off where it does not fit; no setting lets it wrap.
_WRAPPED = """<style>.st-key-tour_steps [data-testid="stPageLink-NavLink"] { height: auto; }
.st-key-tour_steps [data-testid="stPageLink-NavLink"] :is(p, span, div) { white-space: normal; overflow: visible; }</style>"""


def _steps(tour: Tour) -> None:
    upcoming = tour.next
    st.html(_WRAPPED)
    with st.container(gap="xxsmall", key="tour_steps"):
        for one in tour.stops:
            said, page = _STEPS[one.step]
            icon, words = _mark(_(said), done=one.done, upcoming=one.step is upcoming)
            if on_phone():
                # There a link of one line would be cut off.
                st.markdown(f"{icon} {words}")
                link(page, _(PAGES[page].title), icon=PAGES[page].icon)
            else:
                link(page, f"{words} :gray[:small[{_(PAGES[page].title)}]]", icon=icon)


def _mark(words: str, *, done: bool, upcoming: bool) -> tuple[str, str]:
    if done:
        return ":material/check_circle:", f":gray[{words}]"
    if upcoming:
        return ":material/arrow_circle_right:", f"**{words}**"
    return ":material/radio_button_unchecked:", words


def _keep_away(actor: Actor, *, away: bool) -> None:
    with acting() as db:
        access.prefer(db, actor.account_id or 0, tour_away=away)
