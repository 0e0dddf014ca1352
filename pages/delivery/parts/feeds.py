"""Calendars: which, the file, the addresses that calendar programs read, the hours of the half days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

import streamlit as st

from core import clock
from core.access.actor import Actor
from core.delivery.feeds import service as feeds
from core.delivery.feeds.events import Hours
from core.delivery.feeds.service import Choice, FeedView, Subject
from core.delivery.feeds.terms import ABOUT_NAMES, About
from core.editing.comparing import Field
from core.exports.qr import qr_svg
from core.i18n import Message
from core.instance import instance
from pages.shared import state
from pages.shared.addresses import server_address
from pages.shared.record_form import Record, Written, record_form
from pages.shared.text import _, literal, moment, person

_QR = 180
_LABELS = (Message("上午开始"), Message("上午结束"), Message("下午开始"), Message("下午结束"))
_HOUR_FIELDS = {
    "morning": Field(Message("上午"), "{:%H:%M}".format),
    "afternoon": Field(Message("下午"), "{:%H:%M}".format),
}


@dataclass(frozen=True)
class Asked:
    """An address is wanted, until a day or for good."""

    expires_on: date | None


def choose_about() -> About:
    """Whose or what's calendar."""
    chosen = st.segmented_control(
        _("谁的日历"), list(About), default=About.PLAN, format_func=lambda one: _(ABOUT_NAMES[one]), required=True, key="feed_about"
    )
    return About(chosen or About.PLAN)


def choose_subject(about: About, offered: Sequence[Choice]) -> Subject | None:
    """Which of them; None where there is none."""
    if not offered:
        return None
    if about is About.PLAN:
        return offered[0].subject
    names = {one.subject: one.name for one in offered}
    return st.selectbox(_(ABOUT_NAMES[about]), list(names), format_func=lambda one: names[one], key=f"feed_{about.value}", width=480)


def take(actor: Actor, plan_id: int, subject: Subject) -> None:
    """The calendar as a file."""
    language = state.language()

    def content() -> bytes:
        with instance().database.writing() as db:
            found = feeds.calendar(db, actor, plan_id, subject, language)
            feeds.note_taken(db, actor, plan_id, subject)
        return found.content

    st.download_button(
        _("下载日历文件（.ics）"),
        data=content,
        file_name="training.ics",
        mime="text/calendar",
        icon=":material/event:",
        on_click="ignore",
        key="feed_file",
        type="primary",
    )
    st.caption(_("在 Outlook、手机或别的日历里打开它就能导入。以后再导入新版，原有的课次会移动，不会重复。"))


def new_address(subject: Subject) -> Asked | None:
    """Whether an address is wanted that calendar programs read by themselves."""
    with st.container(border=True):
        st.markdown(_("**订阅地址**：日历程序自己来读，排期改了不用重发。知道地址的人不用账号就能看到这些课次，但看不到别的。"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            until = st.date_input(
                _("到哪天失效（可不填）"), value=None, min_value=clock.today(), format="YYYY-MM-DD", key="feed_until", width=220
            )
            pressed = st.button(_("生成订阅地址"), icon=":material/add_link:", key=f"feed_make_{subject.about.value}_{subject.id}")
    return Asked(until) if pressed else None


def made_address() -> None:
    """The address that was made just now: it cannot be shown again."""
    token: str | None = state.get("feed_made")
    if token is None:
        return
    address = f"{server_address()}/feed/{token}.ics"
    with st.container(border=True):
        st.markdown(_("**这个地址只显示这一次。** 复制它，或用手机扫二维码；丢了可以再生成一个。"))
        st.code(address, language=None, wrap_lines=True)
        st.image(qr_svg(address), width=_QR)
        if st.button(_("已保存，收起"), key="feed_made_done", type="tertiary", icon=":material/check:"):
            state.drop("feed_made")
            st.rerun()


def standing(views: Sequence[FeedView]) -> int | None:
    """The addresses that stand; the number of one that is to be closed."""
    st.subheader(_("已生成的订阅地址"), anchor=False)
    if not views:
        st.caption(_("还没有。"))
    for view in views:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{literal(view.name)}** :gray-badge[{_(ABOUT_NAMES[view.row.about])}]  \n:small[{_about(view)}]", width="stretch"
            )
            if st.button(_("作废"), key=f"feed_close_{view.id}", icon=":material/link_off:"):
                return view.id
    return None


def edit_hours(plan_id: int, hours: Hours, version: int) -> Written[Hours] | None:
    """The hours of the half days, when they were changed."""
    record = Record("session_hours", plan_id, version, actions=("session_hours_changed",), subject="plan")
    return record_form("feed_hours", record, hours, _HOUR_FIELDS, _hours)


def _hours(known: Hours, key: str) -> Hours | None:
    with st.expander(_("上课时间"), icon=":material/schedule:"), st.form(key, border=False):
        with st.container(horizontal=True):
            entered = [
                st.time_input(_(label), value, step=900, key=f"{key}_{number}", width=150)
                for number, (label, value) in enumerate(zip(_LABELS, (*known.morning, *known.afternoon), strict=True))
            ]
        saved = st.form_submit_button(_("保存上课时间"), icon=":material/save:", key=f"{key}_save")
    times: list[time] = [one for one in entered if one is not None]
    return Hours((times[0], times[1]), (times[2], times[3])) if saved and len(times) == 4 else None


def _about(view: FeedView) -> str:
    made = _("{name}于{when}生成", name=literal(person(view.row.created_by)), when=moment(view.row.created_at))
    read = _("读过 {n} 次，最近{when}", n=view.row.reads, when=moment(view.row.read_at)) if view.row.read_at else _("还没有人读过")
    until = _("{day} 后失效", day=view.row.expires_on.isoformat()) if view.row.expires_on else _("长期有效")
    return " · ".join((made, read, _("已过期") if view.expired else until))
