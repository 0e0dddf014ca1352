"""The log of notices as an Excel file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from core.exports.workbook import Cell, workbook
from core.i18n import Language, Message
from core.notices.log import Line
from core.notices.terms import CHANNEL_NAMES, KIND_NAMES, STATE_NAMES

_HEADINGS = (
    Message("时间"),
    Message("通知种类"),
    Message("发送渠道"),
    Message("收件人"),
    Message("发送结果"),
    Message("次数"),
    Message("说明"),
)


def notice_log(lines: Sequence[Line], language: Language, zone: tzinfo) -> bytes:
    """A line each, in the reader's time."""
    headings = [one.render(language) for one in _HEADINGS]
    return workbook(Message("发送记录").render(language), headings, [_row(one, language, zone) for one in lines])


def _row(one: Line, language: Language, zone: tzinfo) -> list[Cell]:
    return [
        one.at.astimezone(zone).replace(tzinfo=None),
        KIND_NAMES[one.kind].render(language),
        CHANNEL_NAMES[one.channel].render(language),
        one.receiver,
        STATE_NAMES[one.state].render(language),
        one.attempts,
        one.outcome.render(language) if one.outcome else "",
    ]
