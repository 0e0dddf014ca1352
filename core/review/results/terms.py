"""The words in which results are spoken of."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class SourceKind(StrEnum):
    """What a measure's results come from."""

    SURVEY = "survey"
    ACTIVITY = "activity"
    TEST = "test"
    PRACTICE = "practice"
    BEHAVIOUR = "behaviour"
    PERFORMANCE = "performance"
    COST = "cost"
    XAPI = "xapi"


SOURCE_NAMES = {
    SourceKind.SURVEY: Message("问卷"),
    SourceKind.ACTIVITY: Message("课堂活跃度"),
    SourceKind.TEST: Message("测验考核"),
    SourceKind.PRACTICE: Message("实战演练"),
    SourceKind.BEHAVIOUR: Message("行为数据"),
    SourceKind.PERFORMANCE: Message("业绩数据"),
    SourceKind.COST: Message("费用"),
    SourceKind.XAPI: Message("学习平台"),
}


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


DIRECTION_NAMES = {Direction.UP: Message("越高越好"), Direction.DOWN: Message("越低越好")}


class Frequency(StrEnum):
    """How often a measure is taken."""

    ONCE = "once"
    SESSION = "session"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


FREQUENCY_NAMES = {
    Frequency.ONCE: Message("一次"),
    Frequency.SESSION: Message("每课次"),
    Frequency.WEEK: Message("每周"),
    Frequency.MONTH: Message("每月"),
    Frequency.QUARTER: Message("每季"),
}


class Moment(StrEnum):
    """When in a training's course a result was taken. What was taken before it is no result of the training, and only compared with."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    LATER = "later"


MOMENT_NAMES = {
    Moment.BEFORE: Message("训前"),
    Moment.DURING: Message("训中"),
    Moment.AFTER: Message("训后"),
    Moment.LATER: Message("追踪"),
}


class Aggregation(StrEnum):
    """How results become one figure: their mean, their sum, or the share of those that passed (each 0 or 1) in percent."""

    MEAN = "mean"
    SUM = "sum"
    SHARE = "share"


AGGREGATION_NAMES = {Aggregation.MEAN: Message("平均"), Aggregation.SUM: Message("合计"), Aggregation.SHARE: Message("达标占比")}


class ResultKind(StrEnum):
    """What a file of results holds. `COST` is the budget's and leaves no results; `FLOW` is no file: it comes by itself."""

    SURVEY = "survey"
    ACTIVITY = "activity"
    TEST = "test"
    BEHAVIOUR = "behaviour"
    PERFORMANCE = "performance"
    XAPI = "xapi"
    COST = "cost"
    FLOW = "flow"


RESULT_NAMES = {
    ResultKind.SURVEY: Message("问卷答卷"),
    ResultKind.ACTIVITY: Message("课堂活跃度"),
    ResultKind.TEST: Message("测验与演练成绩"),
    ResultKind.BEHAVIOUR: Message("行为数据（CRM 导出）"),
    ResultKind.PERFORMANCE: Message("业绩数据"),
    ResultKind.XAPI: Message("学习平台记录（xAPI）"),
    ResultKind.COST: Message("费用（写入预算的已发生）"),
    ResultKind.FLOW: Message("签到与课后评价"),
}

NO_UNIT = 0
"""The unit of results that belong to none."""
ALL_UNITS = -1
"""All units together."""
