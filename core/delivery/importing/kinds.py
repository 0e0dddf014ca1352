"""The kinds of tables that trainers, venues and the calendar come from, and the fields of each."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from core.i18n import Message
from core.people.importing.kinds import Kind
from core.sheets.mapping import Field, plain_name


class ResourceKind(StrEnum):
    """What a table holds."""

    TRAINERS = "trainers"
    ABSENCES = "trainer_absences"
    VENUES = "venues"
    BLACKOUTS = "blackouts"
    NOTICE = "notice"
    LEAVE = "leave"


RESOURCE_NAMES = {
    ResourceKind.TRAINERS: Message("讲师"),
    ResourceKind.ABSENCES: Message("讲师不可用时间"),
    ResourceKind.VENUES: Message("场地"),
    ResourceKind.BLACKOUTS: Message("禁排期"),
    ResourceKind.NOTICE: Message("放假通知"),
    ResourceKind.LEAVE: Message("员工休假"),
}
_NO = ("工号", "员工号", "员工编号", "人员编号", "职工号", "employee no", "employee id", "staff id", "staff no")
_COST = (
    *("每半天费用", "半天费用", "课酬", "课酬标准", "费用", "费用（元/半天）", "单价", "讲课费", "场租", "租金"),
    *("cost per half day", "cost", "fee", "rate", "rent"),
)
_SPAN = (
    Field(
        "starts",
        Message("开始日期"),
        (
            *("开始", "开始时间", "起始日期", "开始日", "从", "起", "日期", "时间", "起止日期", "起止时间", "日期范围", "期间", "时间段"),
            *("start", "start date", "from", "starts", "date", "dates", "period dates"),
        ),
        True,
        Message("例如 2027-03-01；也可以是一段：3月25日至31日，不写年份就是计划的年份。"),
    ),
    Field(
        "ends",
        Message("结束日期"),
        ("结束", "结束时间", "截止日期", "终止日期", "到", "止", "end", "end date", "to", "until", "ends"),
        help=Message("含当天；不填就只是开始那一天。"),
    ),
)
_HALVES = (
    Field(
        "first",
        Message("从上午或下午"),
        ("开始半天", "起始半天", "开始时段", "时段", "半天", "start half", "half day", "half", "first half"),
        help=Message("上午或下午；不填从上午开始。只填这一列、起止同一天时，就是那半天。"),
    ),
    Field("last", Message("到上午或下午"), ("结束半天", "截止半天", "结束时段", "end half", "last half"), help=Message("不填到下午结束。")),
)
_REASON = Field("reason", Message("原因"), ("事由", "说明", "备注", "类型", "休假类型", "假别", "reason", "note", "remarks", "type"))
_NOTE = Field("note", Message("备注"), ("说明", "其他", "简介", "note", "notes", "remarks", "about"))

_TRAINERS = Kind(
    ResourceKind.TRAINERS,
    (
        Field(
            "name",
            Message("讲师姓名"),
            (
                "姓名",
                "讲师",
                "授课讲师",
                "讲师名称",
                "老师",
                "内训师",
                "name",
                "trainer",
                "trainer name",
                "instructor",
                "lecturer",
                "full name",
            ),
            True,
            Message("外部讲师按“姓名 + 单位”更新，内部讲师按工号更新。"),
        ),
        Field("employee_no", Message("工号"), _NO, help=Message("内部讲师填花名册里的工号，姓名和机构以花名册为准。")),
        Field(
            "internal",
            Message("内部或外部"),
            ("类型", "讲师类型", "类别", "讲师类别", "来源", "内外部", "内/外部", "internal or external", "type", "kind", "category"),
            help=Message("内部或外部；不填时有单位为外部，否则为内部。"),
        ),
        Field(
            "organisation",
            Message("单位"),
            ("所属单位", "机构", "工作单位", "公司", "培训机构", "供应商", "organisation", "organization", "company", "provider", "vendor"),
            help=Message("外部讲师来自哪里，必填。"),
        ),
        Field(
            "roles",
            Message("授课方向"),
            (
                "方向",
                "专长",
                "擅长",
                "擅长领域",
                "擅长方向",
                "研究方向",
                "角色",
                "roles",
                "role",
                "specialty",
                "specialities",
                "speciality",
                "field",
            ),
            help=Message("前沿理念、行业趋势、业务实操、技术应用、领导力、合规风控、客户服务、通用技能；几项用顿号隔开。"),
        ),
        Field(
            "skills",
            Message("授课能力"),
            (
                *("能力", "能力项", "可授能力", "可讲能力", "对应能力", "可授课程", "主讲内容", "授课内容", "课程", "主讲课程", "可讲课程"),
                *("skills", "competencies", "teaches", "topics", "subjects", "competency"),
            ),
            help=Message("几项用顿号隔开，可写等级：资产配置（L4）；没有的能力会新建。内部讲师不写等级就按本人测评。"),
        ),
        Field("cost_per_slot", Message("每半天费用（元）"), _COST, help=Message("元；免费写 0，不知道留空。")),
        Field(
            "max_slots_per_month",
            Message("每月最多半天数"),
            ("月上限", "每月上限", "每月最多", "每月可排", "month limit", "max per month", "half days per month"),
        ),
        Field(
            "max_slots_per_year",
            Message("全年最多半天数"),
            ("年上限", "全年上限", "每年上限", "每年最多", "全年最多", "year limit", "max per year", "half days per year"),
        ),
        Field(
            "role_reason",
            Message("例外理由"),
            ("外请理由", "例外原因", "选用理由", "exception", "reason", "why external"),
            help=Message("外部讲师讲前沿理念、行业趋势以外内容的理由。"),
        ),
        _NOTE,
    ),
    key=("key",),
    needed=(),
)
_ABSENCES = Kind(
    ResourceKind.ABSENCES,
    (
        Field("name", Message("讲师姓名"), ("姓名", "讲师", "老师", "内训师", "name", "trainer", "instructor"), True),
        Field("employee_no", Message("工号"), _NO, help=Message("有重名时用工号区分。")),
        *_SPAN,
        *_HALVES,
        _REASON,
    ),
    key=("key",),
    needed=(),
)
_VENUES = Kind(
    ResourceKind.VENUES,
    (
        Field(
            "name",
            Message("场地名称"),
            ("场地", "教室", "会议室", "培训室", "地点", "名称", "venue", "venue name", "room", "classroom", "name"),
            True,
            Message("唯一。再次导入按名称更新。"),
        ),
        Field(
            "capacity",
            Message("容纳人数"),
            ("容量", "可容纳人数", "座位数", "人数", "座位", "最大人数", "capacity", "seats", "people", "max people"),
            help=Message("新场地必填。"),
        ),
        Field("kind", Message("自有或外租"), ("类型", "性质", "场地类型", "归属", "kind", "type", "own or rented", "ownership")),
        Field("address", Message("地址"), ("位置", "详细地址", "所在地", "楼层", "address", "location", "place")),
        Field(
            "equipment",
            Message("设备"),
            ("设施", "配置", "设备配置", "教学设备", "equipment", "facilities", "features"),
            help=Message("投影、电脑、白板等，用顿号隔开。"),
        ),
        Field("cost_per_slot", Message("每半天费用（元）"), _COST),
        _NOTE,
    ),
    key=("key",),
    needed=("capacity",),
)
_BLACKOUTS = Kind(
    ResourceKind.BLACKOUTS,
    (
        Field(
            "name",
            Message("禁排期名称"),
            ("名称", "禁排期", "事项", "活动", "时段名称", "name", "blackout", "event", "period"),
            True,
            Message("例如 季末、开门红。再次导入按“名称 + 开始日期”更新。"),
        ),
        *_SPAN,
        Field(
            "units",
            Message("机构"),
            ("适用机构", "部门", "支行", "范围", "适用范围", "unit", "units", "branch", "department"),
            help=Message("机构名称，几个用顿号隔开，含下级；机构和条线都不填就是全行。"),
        ),
        Field("lines", Message("条线"), ("适用条线", "业务条线", "line", "lines", "business line"), help=Message("几条用顿号隔开。")),
        _REASON,
    ),
    key=("key",),
    needed=(),
)
_NOTICE = Kind(
    ResourceKind.NOTICE,
    (
        Field(
            "day",
            Message("日期"),
            ("放假日期", "时间", "日期范围", "date", "dates", "day"),
            True,
            Message("2027-02-05，或一段：2027-02-05 至 2027-02-11；不写年份就是计划的年份。"),
        ),
        Field(
            "works",
            Message("休或班"),
            ("安排", "类型", "休/班", "状态", "放假或上班", "是否上班", "kind", "type", "status", "off or work", "works"),
            True,
            Message("休（放假）或班（上班）。"),
        ),
        Field("name", Message("节日"), ("节假日", "名称", "假期", "说明", "holiday", "name", "note")),
    ),
    key=("key",),
    needed=(),
)
_LEAVE = Kind(
    ResourceKind.LEAVE,
    (
        Field("employee_no", Message("工号"), _NO, True, Message("员工名单里已有的工号。")),
        *_SPAN,
        *_HALVES,
        _REASON,
    ),
    key=("key",),
    needed=(),
)
RESOURCES = {
    ResourceKind.TRAINERS: _TRAINERS,
    ResourceKind.ABSENCES: _ABSENCES,
    ResourceKind.VENUES: _VENUES,
    ResourceKind.BLACKOUTS: _BLACKOUTS,
    ResourceKind.NOTICE: _NOTICE,
    ResourceKind.LEAVE: _LEAVE,
}


def is_known(name: str) -> bool:
    """Whether a column of this name is one of the fields of any kind of table."""
    return plain_name(name) in _all_names()


@cache
def _all_names() -> frozenset[str]:
    return frozenset(plain_name(name) for kind in RESOURCES.values() for field in kind.fields for name in field.names)
