"""Every page of step 3, in the order in which a plan goes through them."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.page_spec import PageSpec

DELIVERY = Message("③ 计划实施")

DELIVERY_PAGES: dict[str, PageSpec] = {
    "trainers": PageSpec(
        "pages/delivery/trainers.py",
        DELIVERY,
        Message("讲师"),
        Message("谁能讲什么，内部讲师够不够？"),
        ":material/co_present:",
        Right.SEE_DELIVERY,
        people=True,
    ),
    "venues": PageSpec(
        "pages/delivery/venues.py",
        DELIVERY,
        Message("场地"),
        Message("在哪里上课，坐得下吗，什么时候能用？"),
        ":material/meeting_room:",
        Right.SEE_DELIVERY,
    ),
    "calendar": PageSpec(
        "pages/delivery/calendar.py",
        DELIVERY,
        Message("培训日历"),
        Message("这一年哪些天能安排培训？"),
        ":material/calendar_month:",
        Right.SEE_DELIVERY,
    ),
    "cohorts": PageSpec(
        "pages/delivery/cohorts.py",
        DELIVERY,
        Message("开班准备"),
        Message("要开哪些班，谁来上，能不能排？"),
        ":material/groups_2:",
        Right.SEE_DELIVERY,
        people=True,
    ),
    "schedule": PageSpec(
        "pages/delivery/schedule.py",
        DELIVERY,
        Message("排期"),
        Message("哪天上、谁来讲、在哪里上？"),
        ":material/calendar_view_month:",
        Right.SEE_DELIVERY,
        people=True,
    ),
    "session": PageSpec(
        "pages/delivery/session.py",
        DELIVERY,
        Message("课次"),
        Message("这节课为什么排在这里，还能排在哪里？"),
        ":material/event:",
        Right.SEE_DELIVERY,
        hidden=True,
        people=True,
    ),
    "scenarios": PageSpec(
        "pages/delivery/scenarios.py",
        DELIVERY,
        Message("方案对比"),
        Message("几种排法哪个更好，差在哪里？"),
        ":material/compare:",
        Right.PLAN_DELIVERY,
    ),
}
