"""Every page of the product: where it is, what it is called, which question it answers, who may open it."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.page_spec import PageSpec
from pages.shared.strategy_pages import STRATEGY_PAGES

HOME, SETTINGS = Message("本年度"), Message("设置")


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
    **STRATEGY_PAGES,
    "settings": PageSpec(
        "pages/settings/general.py",
        SETTINGS,
        Message("系统设置"),
        Message("本系统怎样运行，大模型和语义模型接好了吗？"),
        ":material/tune:",
        Right.CHANGE_SETTINGS,
        address="settings",
    ),
    "accounts": PageSpec(
        "pages/settings/accounts.py",
        SETTINGS,
        Message("人员与权限"),
        Message("谁可以进入系统，分别能做什么？"),
        ":material/group:",
        Right.MANAGE_ACCOUNTS,
    ),
    "security": PageSpec(
        "pages/settings/security.py",
        SETTINGS,
        Message("我的账户"),
        Message("我在哪些设备上登录，密码和语言怎么改？"),
        ":material/shield_person:",
        None,
    ),
    "audit": PageSpec(
        "pages/settings/audit.py",
        SETTINGS,
        Message("审计日志"),
        Message("谁在什么时候做了什么？"),
        ":material/history:",
        Right.READ_AUDIT,
    ),
}
