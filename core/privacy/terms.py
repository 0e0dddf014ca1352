"""The words of what is kept for a time."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class Kept(StrEnum):
    """What goes by itself when its time is over."""

    LEFT = "left"
    REMARKS = "remarks"
    CONVERSATIONS = "conversations"
    AUDIT = "audit"
    NOTICES = "notices"


KEPT_NAMES = {
    Kept.LEFT: Message("离职人员的全部个人记录"),
    Kept.REMARKS: Message("问卷与课后反馈里的文字意见"),
    Kept.CONVERSATIONS: Message("与战略助手的对话"),
    Kept.AUDIT: Message("审计日志"),
    Kept.NOTICES: Message("通知和它们的发送记录"),
}
COUNTED_FROM = {
    Kept.LEFT: Message("从离职日期算起；按人删除，汇总重新计算"),
    Kept.REMARKS: Message("从填写时算起；只清空文字，评分保留"),
    Kept.CONVERSATIONS: Message("从最后一次提问算起"),
    Kept.AUDIT: Message("从发生时算起；法规要求网络日志至少留存六个月（《网络安全法》第二十一条）"),
    Kept.NOTICES: Message("从发出时算起；没有读过的也删除"),
}
SHORTEST = {Kept.LEFT: 1, Kept.REMARKS: 1, Kept.CONVERSATIONS: 1, Kept.AUDIT: 6, Kept.NOTICES: 1}
"""In months."""
LONGEST = 240
