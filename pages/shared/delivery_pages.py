"""Every page of step 3, in the order in which a plan goes through them."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.page_spec import PageSpec

DELIVERY = Message("③ 计划实施")

DELIVERY_PAGES: dict[str, PageSpec] = {
    "content": PageSpec(
        "pages/delivery/content.py",
        DELIVERY,
        Message("内容与分流"),
        Message("每个项目教什么，哪些自学就够，哪些必须面授？"),
        ":material/alt_route:",
        Right.SEE_DELIVERY,
    ),
    "design": PageSpec(
        "pages/delivery/design.py",
        DELIVERY,
        Message("融合设计"),
        Message("线上线下怎样搭配，训前训中训后各做什么？"),
        ":material/route:",
        Right.SEE_DELIVERY,
    ),
    "shares": PageSpec(
        "pages/delivery/shares.py",
        DELIVERY,
        Message("内容占比"),
        Message("案例、金融科技、客户洞察各占多少，够不够？"),
        ":material/donut_small:",
        Right.SEE_DELIVERY,
    ),
    "checklist": PageSpec(
        "pages/delivery/checklist.py",
        DELIVERY,
        Message("训前训中训后清单"),
        Message("开班前后还有哪些事，谁来做，哪天做？"),
        ":material/checklist:",
        Right.SEE_DELIVERY,
    ),
    "transfer": PageSpec(
        "pages/delivery/transfer.py",
        DELIVERY,
        Message("转化行动"),
        Message("学员回岗后做什么，做到了没有？"),
        ":material/moving:",
        Right.SET_TARGETS,
        people=True,
    ),
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
    "budget": PageSpec(
        "pages/delivery/budget.py",
        DELIVERY,
        Message("预算"),
        Message("这一年要花多少，花在哪里，砍掉一成会丢掉什么？"),
        ":material/payments:",
        Right.SEE_DELIVERY,
    ),
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
