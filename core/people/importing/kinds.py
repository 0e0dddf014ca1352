"""The kinds of files that people come from, and the fields of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.i18n import Message
from core.sheets.mapping import Field


class ImportKind(StrEnum):
    """What a file holds."""

    ROSTER = "roster"
    ASSESSMENTS = "assessments"
    POSTS = "posts"
    MATRIX = "matrix"
    CATALOGUE = "catalogue"
    CERTIFICATES = "certificates"


class RunState(StrEnum):
    """Where an import stands: it waits or is at work, it came in, somebody stopped it, or nothing of it could come in."""

    WAITING = "waiting"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


KIND_NAMES = {
    ImportKind.ROSTER: Message("员工名单"),
    ImportKind.ASSESSMENTS: Message("测评结果"),
    ImportKind.POSTS: Message("岗位信息"),
    ImportKind.MATRIX: Message("岗位能力矩阵"),
    ImportKind.CATALOGUE: Message("课程目录"),
    ImportKind.CERTIFICATES: Message("持证情况"),
}

# What somebody is known by in the branch, and never as "no." alone, which is a row's number.
_EMPLOYEE_NO = (
    *("工号", "员工号", "员工编号", "人员编号", "职工号", "员工工号", "人力编码", "柜员号", "人员工号", "被测评人工号"),
    *("employee no", "employee id", "employee number", "staff id", "staff no", "staff number", "emp id", "emp no", "personnel number"),
)
_POST = ("岗位", "岗位名称", "职务", "职位", "现任岗位", "任职岗位", "标准岗位", "post", "position", "job title", "job", "role", "title")
_LINE = ("条线", "业务条线", "业务线", "所属条线", "line", "business line", "line of business")
_COMPETENCY = (
    *("能力", "能力项", "胜任力", "能力名称", "胜任力名称", "能力指标", "测评维度", "测评项", "测评项目", "能力要项", "素质项"),
    *("competency", "competence", "capability", "skill", "dimension"),
)


@dataclass(frozen=True)
class Kind:
    """A kind of file: `key` are the fields that tell one row from another, `needed` those without which nothing new can be made."""

    name: StrEnum
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    needed: tuple[str, ...]

    def field(self, name: str) -> Field:
        """The field of this name."""
        return next(one for one in self.fields if one.name == name)


_ROSTER = Kind(
    ImportKind.ROSTER,
    (
        Field("employee_no", Message("工号"), _EMPLOYEE_NO, True, Message("唯一，按文本填写，保留前面的 0。再次导入按工号更新。")),
        Field(
            "name",
            Message("姓名"),
            ("姓名", "员工姓名", "名字", "人员姓名", "name", "full name", "employee name", "staff name"),
            help=Message("新员工必填。"),
        ),
        Field(
            "unit",
            Message("机构"),
            (
                *("机构", "部门", "所在机构", "所属机构", "机构名称", "部门名称", "所在部门", "单位", "支行", "网点", "所属单位"),
                *("unit", "branch", "department", "dept", "organisation", "organization", "team", "office"),
            ),
            help=Message("没有的机构会新建；用“/”写上级，例如：望海支行/营业部。"),
        ),
        Field("post", Message("岗位"), _POST, help=Message("没有的岗位会新建。")),
        Field(
            "manager_no",
            Message("上级工号"),
            (
                *("上级工号", "直属上级工号", "直接上级工号", "直线经理工号", "主管工号", "上级员工号", "上级编号", "汇报对象工号"),
                *("manager no", "manager id", "manager employee no", "supervisor id", "supervisor no", "line manager id", "reports to"),
            ),
            help=Message("上级可以在同一文件的后面；没有上级就留空。"),
        ),
        Field(
            "hire_date",
            Message("入职日期"),
            (
                *("入职日期", "入职时间", "入行时间", "入行日期", "入司日期", "到岗日期"),
                *("hire date", "date hired", "start date", "date of joining", "joining date", "hired on"),
            ),
            help=Message("例如 2026-03-01；只有年月时按当月 1 日记。"),
        ),
        Field("line", Message("条线"), _LINE, help=Message("例如 零售、公司、运营。")),
        Field(
            "left_at",
            Message("离职日期"),
            (
                *("离职时间", "离行日期", "离行时间", "离司日期", "实际离职日期"),
                *("leaving date", "date left", "left on", "termination date", "last working day"),
            ),
            help=Message("已经离开的人填写，不再计入在职；没有离开就留空。"),
        ),
        Field(
            "status",
            Message("在职情况"),
            (
                *("在职状态", "在岗状态", "在岗情况", "人员状态", "员工状态", "状态", "是否在职", "是否在岗"),
                *("employment status", "employee status", "status"),
            ),
            help=Message("写“离职”“退休”等的人不再计入在职，没有离职日期的按导入当天记；写“在职”的清空离职日期。"),
        ),
    ),
    key=("employee_no",),
    needed=("name",),
)
_ASSESSMENTS = Kind(
    ImportKind.ASSESSMENTS,
    (
        Field("employee_no", Message("工号"), _EMPLOYEE_NO, True, Message("员工名单里已有的工号。")),
        Field("competency", Message("能力名称"), _COMPETENCY, True, Message("能力库中的名称或别名；没有的会新建。")),
        Field(
            "score",
            Message("得分"),
            ("得分", "分数", "成绩", "测评得分", "评分", "测评结果", "等级", "测评等级", "score", "result", "mark", "rating", "level"),
            True,
            Message("数字、百分数或 L1–L5。不知道的不要写 0，留空或不列这一行。"),
        ),
        Field(
            "scale_max",
            Message("满分"),
            ("满分", "总分", "满分值", "分制", "量表", "scale max", "max score", "out of", "scale", "maximum", "full marks"),
            help=Message("不填时按这一列的得分判断：都不超过 5 为 5 分制，否则为 100 分制。"),
        ),
        Field(
            "source",
            Message("来源"),
            ("来源", "数据来源", "测评来源", "测评方式", "测评类型", "测评名称", "source", "method", "assessment type", "assessed by"),
            help=Message("例如 考核系统、AI面试、复试、上级评价、通关测评。"),
        ),
        Field(
            "date",
            Message("日期"),
            ("日期", "测评日期", "测评时间", "评价日期", "考核日期", "考试日期", "时间", "date", "assessed on", "assessment date"),
            help=Message("例如 2026-03-01。"),
        ),
    ),
    key=("employee_no", "competency", "source", "date"),
    needed=("score",),
)
_POSTS = Kind(
    ImportKind.POSTS,
    (
        Field("post", Message("岗位"), _POST, True, Message("唯一。再次导入按名称更新。")),
        Field(
            "family",
            Message("岗位序列"),
            ("岗位序列", "序列", "岗位族", "职族", "岗位族群", "职位序列", "岗位系列", "family", "job family", "post family"),
            help=Message("例如 客户经理序列。"),
        ),
        Field(
            "class",
            Message("人才类别"),
            ("人才类别", "类别", "岗位类别", "人才分类", "人才类型", "岗位类型", "class", "talent class", "category", "type"),
            help=Message("业务、管理或技术。"),
        ),
        Field("line", Message("条线"), _LINE, help=Message("例如 零售、公司、运营。")),
    ),
    key=("post",),
    needed=(),
)
_MATRIX = Kind(
    ImportKind.MATRIX,
    (
        Field("post", Message("岗位"), _POST, True, Message("没有的岗位会新建。")),
        Field("competency", Message("能力名称"), _COMPETENCY, True, Message("能力库中的名称或别名；没有的会新建。")),
        Field(
            "required_level",
            Message("要求等级"),
            (
                *("要求等级", "等级", "要求", "要求级别", "目标等级", "标准等级", "岗位要求", "级别", "胜任等级"),
                *("required level", "level", "required", "target level", "requirement", "proficiency"),
            ),
            True,
            Message("1 到 5，或 L1–L5。"),
        ),
        Field(
            "weight",
            Message("权重"),
            ("权重", "权重占比", "比重", "占比", "weight", "weighting", "share"),
            help=Message("这项能力在岗位各项能力中的分量，例如 30 或 30%；不填时各项相同。"),
        ),
    ),
    key=("post", "competency"),
    needed=("required_level",),
)
_CATALOGUE = Kind(
    ImportKind.CATALOGUE,
    (
        Field(
            "course",
            Message("课程名称"),
            (
                *("课程", "课程名", "培训课程", "培训项目名称", "培训名称", "课题", "课程主题", "条目名称"),
                *("course", "course name", "course title", "training", "training name", "programme", "program"),
            ),
            True,
            Message("唯一。再次导入按名称更新；同一门课可以分几行写不同的能力。"),
        ),
        Field(
            "code",
            Message("课程编号"),
            ("课程编号", "课程代码", "课程编码", "课程号", "课程id", "course code", "course id", "course no", "course number"),
            help=Message("有就填，不能与别的课程重复。"),
        ),
        Field(
            "form",
            Message("形式"),
            (
                *("形式", "培训形式", "课程形式", "学习形式", "课程类型", "课程类别", "培训类型", "学习类型"),
                *("form", "course type", "training type", "learning type", "format"),
            ),
            help=Message("课程、任务、导师或实践；不填为课程。"),
        ),
        Field(
            "method",
            Message("授课方式"),
            (
                *("授课方式", "培训方式", "学习方式", "教学方式", "交付方式", "线上线下", "上课方式", "线上/线下"),
                *("delivery", "delivery method", "delivery mode", "training method", "mode", "online or face to face"),
            ),
            help=Message("线上、面授，或两者都有。"),
        ),
        Field(
            "hours",
            Message("学时"),
            ("学时", "课时", "时长", "课程时长", "学时数", "培训时长", "课时数", "hours", "duration", "learning hours", "length"),
            help=Message("小时数，例如 6、6学时 或 90分钟。"),
        ),
        Field(
            "cost",
            Message("费用"),
            ("费用", "费用（元）", "课程费用", "培训费用", "价格", "单价", "人均费用", "cost", "price", "fee", "cost per head"),
            help=Message("每人多少元；免费写 0。"),
        ),
        Field(
            "provider",
            Message("提供方"),
            (
                *("提供方", "讲师", "授课讲师", "供应商", "主办", "主办单位", "承办单位", "培训机构", "授课老师", "来源单位"),
                *("provider", "vendor", "supplier", "trainer", "instructor", "lecturer", "organiser", "organizer"),
            ),
            help=Message("内训师、总行学院或外部机构。"),
        ),
        Field(
            "competency",
            Message("能力名称"),
            (
                *_COMPETENCY,
                *("对应能力", "支撑能力", "适用能力", "培养能力", "覆盖能力", "提升能力", "能力标签", "对应胜任力"),
                *("competencies", "skills", "target competency", "competencies served"),
            ),
            help=Message("几项用顿号或分号隔开，也可以写成 资产配置（L2-L3）；没有的会新建。"),
        ),
        Field(
            "levels",
            Message("培养等级"),
            (
                *("培养等级", "等级", "起止等级", "等级区间", "级别", "课程等级", "适用等级", "提升等级", "课程级别", "难度等级"),
                *("levels", "level", "from to level", "level range", "course level"),
            ),
            help=Message("把人从哪一级带到哪一级，例如 L2-L3；每项能力不同时按顺序写，用分号隔开。"),
        ),
        Field(
            "prerequisite",
            Message("先修课程"),
            ("先修课程", "先修", "前置课程", "先修课", "前置条件", "先导课程", "prerequisite", "prerequisites", "prior course", "requires"),
            help=Message("课程名称或编号，几门用顿号或分号隔开；可以在同一文件的后面。"),
        ),
        Field(
            "about",
            Message("内容简介"),
            ("内容简介", "简介", "课程简介", "课程内容", "课程介绍", "内容", "description", "about", "outline", "summary", "content"),
            help=Message("学什么、怎么学，最多 500 个字。"),
        ),
    ),
    key=("course",),
    needed=(),
)
_CERTIFICATES = Kind(
    ImportKind.CERTIFICATES,
    (
        Field("employee_no", Message("工号"), _EMPLOYEE_NO, True, Message("员工名单里已有的工号。")),
        Field(
            "certificate",
            Message("证书名称"),
            (
                *("证书", "证书全称", "资格证书", "资格证书名称", "资质证书", "持有证书", "所持证书", "资格名称", "认证名称"),
                *("certificate", "certificate name", "certification", "qualification"),
            ),
            True,
            Message("能力模型页“证书”里已有的名称；没有的先在那里添加，写明它证明哪项能力、哪一级。"),
        ),
        Field(
            "date",
            Message("取得日期"),
            (
                *("发证日期", "取得时间", "获得日期", "获证日期", "颁发日期", "取证日期", "通过日期", "日期"),
                *("issued on", "obtained on", "date obtained", "issue date", "date"),
            ),
            help=Message("例如 2026-03-01。"),
        ),
        Field(
            "expiry",
            Message("有效期至"),
            (
                *("有效期", "到期日期", "到期日", "失效日期", "证书有效期", "有效期限", "截止日期", "有效截止日期"),
                *("expires on", "valid until", "expiry", "expiry date", "expiration date"),
            ),
            help=Message("到期那天，或写“长期”；不填时，与其他测评一样满 24 个月不再计入。"),
        ),
        Field(
            "certificate_no",
            Message("证书编号"),
            ("证书号", "证书号码", "证号", "资格证号", "certificate no", "certificate number", "licence no"),
            help=Message("有就填。"),
        ),
    ),
    key=("employee_no", "certificate", "date"),
    needed=(),
)
KINDS = {kind.name: kind for kind in (_ROSTER, _ASSESSMENTS, _POSTS, _MATRIX, _CATALOGUE, _CERTIFICATES)}
