"""Every page of step 3, in the order in which a plan goes through them."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.page_spec import PageSpec

DELIVERY = Message("③ 计划实施")

DELIVERY_PAGES: dict[str, PageSpec] = {
    "attendance": PageSpec(
        "pages/delivery/attendance.py",
        DELIVERY,
        Message("到课与完成"),
        Message("谁来了，谁还差几次，大家怎么评价？"),
        ":material/how_to_reg:",
        Right.SEE_DELIVERY,
        people=True,
    ),
    "feeds": PageSpec(
        "pages/delivery/feeds.py",
        DELIVERY,
        Message("培训日历"),
        Message("怎样把排期放进每个人的日历？"),
        ":material/event_available:",
        Right.SEE_DELIVERY,
    ),
}
