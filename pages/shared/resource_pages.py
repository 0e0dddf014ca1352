"""The pages of what step 3 draws on: trainers, venues, the calendar."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.page_spec import PageSpec

DELIVERY = Message("③ 计划实施")

RESOURCE_PAGES: dict[str, PageSpec] = {
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
        plan=True,
    ),
}
