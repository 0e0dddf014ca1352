"""Every page of the product: where it is, what it is called, which question it answers, who may open it."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.delivery_pages import DELIVERY_PAGES
from pages.shared.goal_pages import GOAL_PAGES
from pages.shared.page_spec import PageSpec
from pages.shared.review_pages import REVIEW_PAGES
from pages.shared.settings_pages import SETTINGS_PAGES
from pages.shared.strategy_pages import STRATEGY_PAGES
from pages.shared.workshop_pages import HOME, WORKSHOP_PAGES

PAGES: dict[str, PageSpec] = {
    "home": PageSpec(
        "pages/home/home.py", HOME, Message("首页"), Message("这一年走到哪一步，下一步做什么？"), ":material/home:", None, address=""
    ),
    "plans": PageSpec(
        "pages/home/plans.py",
        HOME,
        Message("年度计划"),
        Message("哪个机构、哪一年的计划，和往年相比积累了什么？"),
        ":material/calendar_month:",
        Right.READ_PLANS,
    ),
    "approval": PageSpec(
        "pages/home/approval.py",
        HOME,
        Message("审批"),
        Message("这份计划批到哪一层，批准以后又改了什么？"),
        ":material/approval:",
        Right.READ_PLANS,
        plan=True,
    ),
    "notices": PageSpec(
        "pages/home/notices.py",
        HOME,
        Message("通知"),
        Message("有什么事轮到我、提到我、快要到期？"),
        ":material/notifications:",
        Right.READ_PLANS,
    ),
    "links": PageSpec(
        "pages/home/links.py",
        HOME,
        Message("共享链接"),
        Message("谁不用账号就能看到哪一页，看到哪天为止？"),
        ":material/share:",
        Right.SHARE_PAGES,
    ),
    "papers": PageSpec(
        "pages/home/papers.py",
        HOME,
        Message("领导文件"),
        Message("给领导看的计划、汇报和数据表，怎样一次做好，不用再录一遍？"),
        ":material/description:",
        Right.READ_PLANS,
        plan=True,
    ),
    **WORKSHOP_PAGES,
    "guide": PageSpec(
        "pages/home/guide.py", HOME, Message("使用说明"), Message("每一页怎么用，数字怎么来，从哪里开始？"), ":material/help:", None
    ),
    **STRATEGY_PAGES,
    **GOAL_PAGES,
    **DELIVERY_PAGES,
    **REVIEW_PAGES,
    **SETTINGS_PAGES,
}
