"""Which pages make sense alone."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class SharedPage(StrEnum):
    """A page that a link can lead to."""

    STRATEGY_MAP = "strategy_map"
    CHAIN = "chain"
    TIMETABLE = "timetable"
    LEVELS = "levels"
    EXECUTIVE = "executive"


SHARED_PAGE_NAMES = {
    SharedPage.STRATEGY_MAP: Message("战略主题与地图"),
    SharedPage.CHAIN: Message("对齐链"),
    SharedPage.TIMETABLE: Message("排期"),
    SharedPage.LEVELS: Message("柯氏四级"),
    SharedPage.EXECUTIVE: Message("一页看全年"),
}
