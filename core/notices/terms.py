"""The words in which notices are spoken of."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class Kind(StrEnum):
    """What a notice is about."""

    NEEDS_ASKED = "needs_asked"
    NEEDS_SILENT = "needs_silent"
    NEEDS_ENDED = "needs_ended"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_SLOW = "approval_slow"
    APPROVAL_DECIDED = "approval_decided"
    MENTIONED = "mentioned"
    REPLIED = "replied"
    SURVEY_WAITING = "survey_waiting"
    SESSIONS_NEAR = "sessions_near"
    SESSIONS_MISSED = "sessions_missed"
    SESSIONS_BROKEN = "sessions_broken"
    ACTIONS_OVERDUE = "actions_overdue"
    DECISION_DUE = "decision_due"
    WARNING_OWNED = "warning_owned"
    ASSESSMENTS_DUE = "assessments_due"


class Channel(StrEnum):
    """A way in which a notice goes."""

    APP = "app"
    EMAIL = "email"
    DINGTALK = "dingtalk"
    WECOM = "wecom"


class SendState(StrEnum):
    """How far the sending of a notice is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


KIND_NAMES = {
    Kind.NEEDS_ASKED: Message("征集需求"),
    Kind.NEEDS_SILENT: Message("需求还没有报"),
    Kind.NEEDS_ENDED: Message("需求征集已截止"),
    Kind.APPROVAL_ASKED: Message("计划等您审批"),
    Kind.APPROVAL_SLOW: Message("催办审批"),
    Kind.APPROVAL_DECIDED: Message("审批结果"),
    Kind.MENTIONED: Message("评论提到您"),
    Kind.REPLIED: Message("评论有回复"),
    Kind.SURVEY_WAITING: Message("问卷还没有答"),
    Kind.SESSIONS_NEAR: Message("临近的课次"),
    Kind.SESSIONS_MISSED: Message("有课没有上完"),
    Kind.SESSIONS_BROKEN: Message("排期违反规则"),
    Kind.ACTIONS_OVERDUE: Message("转化行动逾期"),
    Kind.DECISION_DUE: Message("会议决定到期"),
    Kind.WARNING_OWNED: Message("预警由您处理"),
    Kind.ASSESSMENTS_DUE: Message("该重新测评"),
}
CHANNEL_NAMES = {
    Channel.APP: Message("系统内"),
    Channel.EMAIL: Message("邮件"),
    Channel.DINGTALK: Message("钉钉群"),
    Channel.WECOM: Message("企业微信群"),
}
STATE_NAMES = {
    SendState.WAITING: Message("待发送"),
    SendState.SENDING: Message("发送中"),
    SendState.SENT: Message("已送出"),
    SendState.FAILED: Message("未送出"),
}
GROUPS = (Channel.DINGTALK, Channel.WECOM)
"""The channels that a whole group reads: what goes there carries a count and a link, nothing of anybody."""
