"""A project's survey by link: whom it asks what, its QR code, who has not answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.delivery.attendance.check_in import FEWEST
from core.exports.qr import qr_svg
from core.review.surveys.service import DAYS, MOST_DAYS, Standing
from pages.shared import state
from pages.shared.addresses import server_address
from pages.shared.page import way
from pages.shared.table import tall
from pages.shared.text import _, joined, literal, moment

_QR = 260
_MADE = "survey_made"


@dataclass(frozen=True)
class Asked:
    """What the reader wants of a survey: a new link for so many days, none (`days` 0), or that those in charge remind who is silent."""

    project_id: int
    days: int
    reminds: bool = False


def choose_project(projects: Mapping[int, str], nameless: int) -> int | None:
    """The project whose people are asked; None where no project has classes yet. `nameless` others have classes without a list."""
    if nameless:
        st.caption(_("有 {n} 个项目的班只有人数、没有名单，不能凭链接作答；编好名单再发，或者导入收上来的匿名问卷。", n=nameless))
    if not projects:
        st.info(_("项目编好班、有了名单以后，可以把问卷链接发给学员填写。"), icon=":material/groups:")
        way("cohorts", _("去编班"), icon=":material/groups:", key="survey_to_cohorts")
        return None
    return st.selectbox(_("项目"), list(projects), format_func=lambda one: projects[one], key="survey_project", width=480)


def choose_silent(projects: Mapping[int, str]) -> int:
    """The project of which somebody in charge of units looks who has not answered: the one that the address names, else the first."""
    asked = state.asked_number("project")
    start = list(projects).index(asked) if asked is not None and asked in projects else 0
    st.subheader(_("谁还没答问卷"), anchor=False)
    return st.selectbox(_("项目"), list(projects), index=start, format_func=projects.__getitem__, key=f"survey_silent_{asked}", width=480)


def silent(found: Standing) -> None:
    """Of the reader's own people: who has not answered, and until when they can."""
    if found.closes_at is None:
        st.caption(_("这个项目的问卷现在没有开放。"))
    elif not found.waiting:
        st.caption(_("您管的机构里，该答的都答了，或没有人参加这个项目。"))
    else:
        st.caption(_("{until} 前可以填写。请提醒他们用课上的二维码或链接作答。", until=moment(found.closes_at)))
        _names(found)


def survey(found: Standing) -> Asked | None:
    """How it stands, and what the reader wants of it."""
    names = joined(literal(one) for one in found.questions)
    said = _("问这几项，每项 1–5 分：{names}", names=names)
    st.caption(said + (_("（项目还没有自己的问卷指标，生成链接时建好，可以在下面改名）") if found.usual else ""))
    with st.container(horizontal=True):
        st.metric(_("学员"), f"{found.people:,}", width=110)
        st.metric(_("已填写"), f"{found.answered:,}", width=110)
        st.metric(_("还没填写"), f"{found.people - found.answered:,}", width=110)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        days = st.number_input(_("开放几天"), 1, MOST_DAYS, DAYS, key="survey_days", width=130)
        made = st.button(_("生成问卷二维码"), type="primary", icon=":material/qr_code_2:", key="survey_link")
        closed = found.closes_at is not None and st.button(_("关闭问卷链接"), icon=":material/link_off:", key="survey_close")
    if found.closes_at is not None:
        st.caption(
            _("链接已生成，{until} 前可以填写；每人一份，再交一次替换前一次。再生成一个，旧的随即失效。", until=moment(found.closes_at))
        )
    if found.nameless:
        st.caption(_("另有 {n} 人的班只有人数、没有名单，不能凭链接作答；编好名单再发，或者导入收上来的匿名问卷。", n=found.nameless))
    _link(found.project_id)
    reminds = _waiting(found)
    if found.remarks:
        with st.expander(_("学员的建议（{n} 条，不带姓名）", n=len(found.remarks)), icon=":material/forum:"):
            for remark in found.remarks:
                st.markdown(f"- {literal(remark)}")
    elif found.answered:
        st.caption(_("答卷计入上面这几项指标；不足 {n} 人时不给出平均分和建议。", n=FEWEST))
    if made:
        return Asked(found.project_id, int(days))
    if reminds:
        return Asked(found.project_id, 0, reminds=True)
    return Asked(found.project_id, 0) if closed else None


def keep_link(project_id: int, token: str) -> None:
    """Hold the link that was made just now, so that the page can show it."""
    state.put(_MADE, (project_id, token))


def _link(project_id: int) -> None:
    held: tuple[int, str] | None = state.get(_MADE)
    if held is None or held[0] != project_id:
        return
    address = f"{server_address()}/survey/{held[1]}"
    with st.container(border=True):
        st.markdown(_("**发给这个项目的学员：扫码后填工号和姓名作答，不用账号。** 这个二维码只显示这一次。"))
        st.image(qr_svg(address), width=_QR)
        st.code(address, language=None, wrap_lines=True)
        if st.button(_("已保存，收起"), key="survey_done", type="tertiary", icon=":material/check:"):
            state.drop(_MADE)
            st.rerun()


def _waiting(found: Standing) -> bool:
    """Who has not answered; whether those in charge of them are to be reminded."""
    pressed = False
    if found.waiting:
        with st.expander(_("还没填写的人（{n} 人）", n=len(found.waiting)), icon=":material/hourglass_empty:"):
            _names(found)
            if found.closes_at is not None:
                help_ = _("学员没有账号：告诉各机构负责人，他们的人里有几位还没填。")
                pressed = st.button(_("提醒各机构负责人"), icon=":material/notifications_active:", key="survey_remind", help=help_)
    if found.others:
        st.caption(_("另有 {n} 人不在您可以看姓名的范围内，只计入人数。", n=found.others))
    return pressed


def _names(found: Standing) -> None:
    rows = [{"no": one.employee_no, "name": one.name, "unit": one.unit} for one in found.waiting]
    columns: Any = {"no": _("工号"), "name": _("姓名"), "unit": _("机构")}
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, height=tall(len(rows), 10), placeholder="—", alt=_("还没填写的人"), column_config=columns
    )
