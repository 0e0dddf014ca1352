"""The words in which needs are spoken of. Urgency and queue (前置储能, 即时赋能) are those of project ideas."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class NeedState(StrEnum):
    """How far a need is. A merged one belongs to a project; one that is put aside keeps the reason."""

    DRAFT = "draft"
    FILED = "filed"
    MERGED = "merged"
    PUT_ASIDE = "put_aside"


class Layer(StrEnum):
    """For which layer of posts: those that lead others, or those that practise a profession."""

    MANAGEMENT = "management"
    PROFESSIONAL = "professional"


class Via(StrEnum):
    """Which way a need came in."""

    PAGE = "page"
    LINK = "link"
    SHEET = "sheet"


class Answer(StrEnum):
    """What a unit that was asked has done so far. `NONE_NEEDED`: it said that it needs nothing."""

    SILENT = "silent"
    OPENED = "opened"
    ANSWERED = "answered"
    NONE_NEEDED = "none_needed"


STATE_NAMES = {
    NeedState.DRAFT: Message("草稿"),
    NeedState.FILED: Message("待归并"),
    NeedState.MERGED: Message("已并入项目"),
    NeedState.PUT_ASIDE: Message("已搁置"),
}
LAYER_NAMES = {Layer.MANAGEMENT: Message("管理岗"), Layer.PROFESSIONAL: Message("专业岗")}
VIA_NAMES = {Via.PAGE: Message("页面填报"), Via.LINK: Message("链接填报"), Via.SHEET: Message("表格导入")}
ANSWER_NAMES = {
    Answer.SILENT: Message("还没有报"),
    Answer.OPENED: Message("打开过链接，还没有报"),
    Answer.ANSWERED: Message("已报"),
    Answer.NONE_NEEDED: Message("本年没有需求"),
}
QUARTERS = (1, 2, 3, 4)
QUARTER_NAMES = {
    1: Message("一季度"),
    2: Message("二季度"),
    3: Message("三季度"),
    4: Message("四季度"),
}
