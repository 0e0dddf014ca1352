"""The pages behind “设置”: how the product runs, who may come in, what was done."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.page_spec import PageSpec

SETTINGS = Message("设置")

SETTINGS_PAGES: dict[str, PageSpec] = {
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
    "permissions": PageSpec(
        "pages/settings/permissions.py",
        SETTINGS,
        Message("权限一览"),
        Message("哪个角色能看什么、做什么，能看到谁？"),
        ":material/rule:",
        None,
    ),
    "privacy": PageSpec(
        "pages/settings/privacy.py",
        SETTINGS,
        Message("个人信息"),
        Message("系统里存着一个人的哪些信息，怎样交给本人、怎样删除，各类内容留多久？"),
        ":material/privacy_tip:",
        Right.EDIT_PEOPLE,
        people=True,
    ),
    "notice_rules": PageSpec(
        "pages/settings/notice_rules.py",
        SETTINGS,
        Message("通知管理"),
        Message("通知怎么写、从哪里发，发给了谁、送到没有？"),
        ":material/outgoing_mail:",
        Right.KEEP_NOTICES,
    ),
    "security": PageSpec(
        "pages/settings/security.py",
        SETTINGS,
        Message("我的账户"),
        Message("我在哪些设备上登录，密码、语言和邮件通知怎么改？"),
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
