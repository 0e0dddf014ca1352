"""The words in which approval is spoken of."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class SubmissionState(StrEnum):
    """How far a submission is."""

    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Decision(StrEnum):
    """What a layer says."""

    APPROVED = "approved"
    RETURNED = "returned"


STATE_NAMES = {
    SubmissionState.WAITING: Message("审批中"),
    SubmissionState.APPROVED: Message("已批准"),
    SubmissionState.RETURNED: Message("已退回"),
    SubmissionState.WITHDRAWN: Message("已撤回"),
}
DECISION_NAMES = {Decision.APPROVED: Message("审批通过"), Decision.RETURNED: Message("已退回")}
DEFAULT_LAYERS = (Message("分管领导"), Message("行长"))
"""Who decides where nobody has said otherwise; the accounts are to be named."""
