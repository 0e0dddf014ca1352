"""Every kind of record that is held on an employee, with its words. A test holds that no table of employees is missing here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.delivery.attendance.terms import PRESENCE_NAMES
from core.delivery.attendance.terms import VIA_NAMES as NOTED_NAMES
from core.delivery.content.terms import ACTION_STATE_NAMES
from core.delivery.feeds.terms import ABOUT_NAMES
from core.delivery.halves import HALF_NAMES
from core.i18n import Message
from core.review.results.terms import MOMENT_NAMES
from core.review.talent.terms import DECISION_NAMES

_ENROLMENT_NAMES = {"planned": Message("已安排"), "done": Message("已完成"), "cancelled": Message("已取消")}
_DAY, _BY, _STATE, _COMPETENCY, _PROJECT = Message("日期"), Message("登记人"), Message("状态"), Message("能力"), Message("项目")
_SOURCE, _REMARK, _MARKS, _WHEN, _VALUE = Message("来源"), Message("意见"), Message("评分"), Message("时间"), Message("数值")
_UNTIL, _CHANGED = Message("有效期至"), Message("修改人")


@dataclass(frozen=True)
class Kind:
    """A table of records on people: its title, the headings of the columns that are shown, the words for stored values of a column."""

    title: Message
    columns: Mapping[str, Message]
    words: Mapping[str, Mapping[Any, Message]] = field(default_factory=dict)


KINDS: dict[str, Kind] = {
    "employee": Kind(
        Message("人员名单"),
        {
            "employee_no": Message("工号"),
            "name": Message("姓名"),
            "unit_id": Message("机构"),
            "post_id": Message("岗位"),
            "manager_id": Message("直接上级"),
            "hire_date": Message("入职日期"),
            "line": Message("条线"),
            "left_at": Message("离职日期"),
        },
    ),
    "roster_change": Kind(Message("花名册的更正"), {"before": Message("改前"), "after": Message("改后"), "done_by": _CHANGED, "at": _WHEN}),
    "assessment": Kind(
        Message("能力测评"),
        {
            "competency_id": _COMPETENCY,
            "score": Message("得分"),
            "scale_max": Message("满分"),
            "source": _SOURCE,
            "assessed_on": _DAY,
        },
    ),
    "held_certificate": Kind(
        Message("持有的证书"),
        {
            "certificate": Message("证书"),
            "held_on": Message("取得日期"),
            "expires_on": _UNTIL,
            "number": Message("证书编号"),
            "recorded_by": _BY,
            "removed_at": Message("移除时间"),
        },
    ),
    "enrolment": Kind(
        Message("补能安排"),
        {
            "course_id": Message("课程或任务"),
            "competency_id": _COMPETENCY,
            "state": _STATE,
            "planned_by": Message("安排人"),
            "planned_at": Message("安排时间"),
            "done_on": Message("完成日期"),
            "closed_reason": Message("办结原因"),
        },
        {"state": _ENROLMENT_NAMES},
    ),
    "individual_target": Kind(
        Message("个人目标"),
        {
            "project_id": _PROJECT,
            "indicator": Message("指标"),
            "operator": Message("方向"),
            "value": Message("目标值"),
            "unit": Message("单位"),
            "weight": Message("权重"),
            "changed_by": _CHANGED,
            "changed_at": _WHEN,
        },
    ),
    "cohort_member": Kind(Message("所在班次"), {"cohort_id": Message("班次")}),
    "attendance": Kind(
        Message("出勤"),
        {
            "session_id": Message("课次"),
            "presence": _STATE,
            "off_list": Message("名单外"),
            "via": Message("登记方式"),
            "noted_by": _BY,
            "noted_at": _WHEN,
        },
        {"presence": PRESENCE_NAMES, "off_list": {True: Message("是"), False: Message("否")}, "via": NOTED_NAMES},
    ),
    "attendance_reminder": Kind(
        Message("缺课提醒"), {"programme_id": _PROJECT, "missing": Message("还差次数"), "by": Message("提醒人"), "at": _WHEN}
    ),
    "session_feedback": Kind(Message("课后反馈"), {"session_id": Message("课次"), "marks": _MARKS, "remark": _REMARK, "at": _WHEN}),
    "survey_answer": Kind(Message("问卷答卷"), {"project_id": _PROJECT, "marks": _MARKS, "remark": _REMARK, "at": _WHEN}),
    "practice_attempt": Kind(
        Message("实战陪练"),
        {
            "scenario_id": Message("场景"),
            "turns": Message("对话"),
            "total": Message("得分"),
            "remark": Message("复核意见"),
            "checked_by": Message("复核人"),
            "kept_at": _WHEN,
        },
    ),
    "transfer_action": Kind(
        Message("转化行动"),
        {
            "project_id": _PROJECT,
            "what": Message("行动"),
            "due_on": Message("截止日期"),
            "with_whom": Message("和谁一起"),
            "times": Message("计划次数"),
            "done_times": Message("完成次数"),
            "state": _STATE,
            "note": Message("备注"),
        },
        {"state": ACTION_STATE_NAMES},
    ),
    "employee_leave": Kind(
        Message("请假"),
        {
            "starts": Message("开始日期"),
            "first": Message("从上午或下午"),
            "ends": Message("结束日期"),
            "last": Message("到上午或下午"),
            "reason": Message("原因"),
        },
        {"first": HALF_NAMES, "last": HALF_NAMES},
    ),
    "result": Kind(
        Message("训练与业绩结果"),
        {"measure_id": Message("指标"), "on": _DAY, "moment": Message("时段"), "value": _VALUE},
        {"moment": MOMENT_NAMES},
    ),
    "talent_decision": Kind(
        Message("高潜认定"),
        {
            "competency_id": _COMPETENCY,
            "measure_id": Message("指标"),
            "decision": Message("结论"),
            "reason": Message("原因"),
            "decided_by": Message("认定人"),
            "decided_at": _WHEN,
        },
        {"decision": DECISION_NAMES},
    ),
    "calendar_feed": Kind(
        Message("个人日历订阅"),
        {"about": Message("内容"), "expires_on": _UNTIL, "read_at": Message("最近使用"), "revoked_at": Message("作废时间")},
        {"about": ABOUT_NAMES},
    ),
    "trainer": Kind(
        Message("讲师身份"),
        {"name": Message("姓名"), "unit_id": Message("机构"), "note": Message("备注"), "archived_at": Message("停用时间")},
    ),
}
"""By the table's name."""

STAYS = frozenset({"trainer"})
"""What is kept without its tie to the person when a person is deleted: courses were taught by somebody of this name."""

HOUSEKEEPING = frozenset(
    {
        *("id", "employee_id", "version", "created_at", "sample", "changed_at", "changed_by", "planned_by_id", "batch", "rule", "reason"),
        *("closed_by", "closed_at", "removed_by", "evidence", "done_on", "of_post", "advised", "current", "required", "by_hand", "unit_id"),
        *("session_id", "import_id", "replaced_by", "plan_id", "source", "family", "facts", "subject_id", "language", "token_hash"),
        *("created_by", "reads", "revoked_by", "internal", "organisation", "roles", "role_reason", "cost_per_slot", "max_slots_per_month"),
        *("max_slots_per_year", "scoring", "passed", "made_by", "to_check", "checked", "kept_by", "former", "account_id", "undone"),
    }
)
"""Columns that say nothing about the person beyond what is shown: keys, versions, who wrote it, how a figure was worked out."""
