"""The kinds of tables that results come from, and the fields of each."""

from __future__ import annotations

from core.goals.goal import KirkpatrickLevel
from core.i18n import Message
from core.review.results.terms import Moment, ResultKind, SourceKind
from core.sheets.mapping import Field, likeness

MEASURE, MONTH = "measure", "month"
PAIRED = {Moment.BEFORE: "before", Moment.AFTER: "after"}
"""What a column of a test is called that was taken at one of the two moments, others of it or of other tests beside it."""

_NO = Field(
    "employee_no",
    Message("工号"),
    ("员工号", "员工编号", "人员编号", "职工号", "客户经理工号", "employee no", "employee id", "staff id", "staff no", "account"),
    help=Message("按工号对上花名册；没有工号的行可以只写机构。匿名问卷两者都不填。"),
)
_UNIT = Field("unit", Message("机构"), ("部门", "支行", "网点", "所在机构", "机构名称", "unit", "branch", "department"))
_DAY = Field(
    "date",
    Message("日期"),
    (
        "时间",
        "月份",
        "月",
        "统计月份",
        "考试日期",
        "提交时间",
        "拜访日期",
        "发生日期",
        "数据日期",
        "date",
        "day",
        "month",
        "submitted",
        "time",
    ),
    help=Message("哪一天或哪个月；整份文件同一天时可以在下面统一填写。"),
)
_WHICH = Field(
    "measure", Message("指标"), ("指标名称", "题目", "问题", "项目指标", "科目", "行为", "measure", "indicator", "metric", "question")
)
_MOMENT = Field("moment", Message("时段"), ("阶段", "训前训后", "前测后测", "测试类型", "moment", "phase", "pre or post"))
_VALUE = Field(
    "value",
    Message("数值"),
    (
        *("得分", "成绩", "分数", "评分", "结果", "次数", "金额", "实际", "实际值", "完成值", "业绩", "是否通过", "拜访次数"),
        *("value", "score", "result", "count", "amount", "actual"),
    ),
)
_BEFORE = Field(
    "value_before", Message("训前得分"), ("训前成绩", "前测", "前测成绩", "前测得分", "训前", "pre", "pre score", "pretest", "before")
)
_AFTER = Field(
    "value_after", Message("训后得分"), ("训后成绩", "后测", "后测成绩", "后测得分", "训后", "post", "post score", "posttest", "after")
)
_LONG = (_NO, _UNIT, _DAY, _WHICH, _VALUE, _MOMENT)
FIELDS: dict[ResultKind, tuple[Field, ...]] = {
    ResultKind.SURVEY: _LONG,
    ResultKind.ACTIVITY: _LONG,
    ResultKind.TEST: (*_LONG, _BEFORE, _AFTER),
    ResultKind.BEHAVIOUR: _LONG,
    ResultKind.PERFORMANCE: _LONG,
}
IMPORTED = (ResultKind.SURVEY, ResultKind.ACTIVITY, ResultKind.TEST, ResultKind.BEHAVIOUR, ResultKind.PERFORMANCE, ResultKind.XAPI)
LEVEL_OF = {
    ResultKind.SURVEY: KirkpatrickLevel.REACTION,
    ResultKind.ACTIVITY: KirkpatrickLevel.REACTION,
    ResultKind.TEST: KirkpatrickLevel.LEARNING,
    ResultKind.BEHAVIOUR: KirkpatrickLevel.BEHAVIOUR,
    ResultKind.PERFORMANCE: KirkpatrickLevel.RESULTS,
}
SOURCE_OF = {
    ResultKind.SURVEY: SourceKind.SURVEY,
    ResultKind.ACTIVITY: SourceKind.ACTIVITY,
    ResultKind.TEST: SourceKind.TEST,
    ResultKind.BEHAVIOUR: SourceKind.BEHAVIOUR,
    ResultKind.PERFORMANCE: SourceKind.PERFORMANCE,
}


def is_known(name: str) -> bool:
    """Whether a cell is what a column of such a table may be called."""
    return any(likeness(name, field) >= 0.9 for fields in FIELDS.values() for field in fields)
