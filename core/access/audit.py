"""The audit log: who did what, when, from where.

Entries are only ever added; they hold no document text and no secret.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from core.access import repository
from core.access.actor import Actor, Right, require, shown_name
from core.access.tables import AuditEntry
from core.i18n import Language, Message
from core.storage import Session

# What the log says happened, for people. Modules that record other actions add theirs here.
ACTIONS: dict[str, Message] = {
    "sign_in": Message("登录"),
    "sign_in_refused": Message("登录被拒绝"),
    "sign_out": Message("退出登录"),
    "sign_in_revoked": Message("撤销登录"),
    "password_changed": Message("修改密码"),
    "link_made": Message("生成一次性链接"),
    "link_used": Message("使用一次性链接"),
    "account_added": Message("账户已添加"),
    "account_renamed": Message("修改账户资料"),
    "account_roles_changed": Message("修改角色"),
    "account_enabled": Message("启用账户"),
    "account_disabled": Message("停用账户"),
    "audit_exported": Message("导出审计日志"),
    "document_added": Message("文件已添加"),
    "document_changed": Message("修改文件资料"),
    "document_read": Message("阅读文件"),
    "document_cited": Message("回答引用文件"),
    "document_downloaded": Message("下载原件"),
    "document_superseded": Message("设为新版本"),
    "document_separated": Message("与旧版本分开"),
    "document_removed": Message("移除文件"),
    "document_restored": Message("恢复文件"),
    "document_deleted": Message("彻底删除文件"),
    "evidence_kept": Message("留作依据"),
    "evidence_dropped": Message("取消留存"),
    "share_created": Message("生成共享链接"),
    "share_used": Message("打开共享链接"),
    "share_revoked": Message("作废共享链接"),
    "calendar_taken": Message("导出培训日历"),
    "calendar_feed_opened": Message("生成日历订阅地址"),
    "calendar_feed_revoked": Message("作废日历订阅地址"),
    "session_hours_changed": Message("修改上课时间"),
    "attendance_noted": Message("登记到课"),
    "attendance_undone": Message("撤销到课登记"),
    "attendance_viewed": Message("查看到课与完成情况"),
    "attendance_reminded": Message("提醒缺课人员"),
    "attendance_exported": Message("导出完成情况"),
    "check_in_opened": Message("生成签到链接"),
    "check_in_closed": Message("关闭签到链接"),
    "checked_in": Message("本人签到"),
    "session_judged": Message("学员评价课次"),
    "budget_changed": Message("修改预算明细"),
    "effect_design_chosen": Message("说明参训者怎样选出"),
    "measures_changed": Message("修改评估指标"),
    "measures_followed": Message("按目标更新评估指标"),
    "results_imported": Message("导入评估结果"),
    "results_undone": Message("撤销导入的评估结果"),
    "survey_opened": Message("生成问卷链接"),
    "survey_closed": Message("关闭问卷链接"),
    "survey_answered": Message("学员填写问卷"),
    "benefits_changed": Message("修改收益明细"),
    "returns_exported": Message("导出投入与回报"),
    "talent_viewed": Message("查看人才洞察名单"),
    "talent_decided": Message("认定或不认定高潜人才"),
    "warning_decided": Message("对预警作出处理"),
    "warning_changed": Message("修改预警处理"),
    "warning_followed": Message("记录预警后续"),
    "thresholds_changed": Message("修改预警阈值"),
    "conclusion_saved": Message("写下复盘结论"),
    "conclusions_drafted": Message("按数据起草复盘结论"),
    "conclusions_confirmed": Message("确认复盘结论"),
    "conclusion_removed": Message("删除复盘结论"),
    "conclusions_carried": Message("结转复盘结论"),
    "carry_over_undone": Message("撤销结转"),
    "quality_finding_saved": Message("记录质量改进"),
    "meeting_prepared": Message("生成复盘会议程"),
    "meeting_saved": Message("修改复盘会纪要"),
    "meeting_decided": Message("记录复盘会决定"),
    "minutes_exported": Message("导出复盘会纪要"),
    "plan_created": Message("创建年度计划"),
    "plan_changed": Message("修改年度计划"),
    "plan_archived": Message("归档年度计划"),
    "plan_unarchived": Message("取回年度计划"),
    "theme_created": Message("新建战略主题"),
    "theme_changed": Message("修改战略主题"),
    "theme_removed": Message("删除战略主题"),
    "theme_restored": Message("恢复战略主题"),
    "themes_suggested": Message("采用建议的战略主题"),
    "findings_moved": Message("移动发现"),
    "weights_normalised": Message("主题权重归一"),
    "theme_linked": Message("加入因果关系"),
    "theme_unlinked": Message("删除因果关系"),
    "links_suggested": Message("建议因果关系"),
    "clause_localised": Message("写分行版本"),
    "clause_justified": Message("选分行事实"),
    "strategy_decoded": Message("解码文件"),
    "findings_refined": Message("请模型核对发现"),
    "findings_decided": Message("采纳或不采纳发现"),
    "finding_edited": Message("发现已修改"),
    "findings_merged": Message("合并发现"),
    "finding_split": Message("发现已拆分"),
    "finding_added": Message("补充发现"),
    "review_undone": Message("撤销对发现的操作"),
    "focus_added": Message("添加锚定候选"),
    "focus_changed": Message("修改锚定候选"),
    "focus_removed": Message("删除锚定候选"),
    "focus_restored": Message("恢复锚定候选"),
    "focus_weighted": Message("修改锚定权重"),
    "focus_anchored": Message("锚定重点"),
    "focus_released": Message("取消锚定"),
    "ideas_suggested": Message("提出项目想法"),
    "idea_added": Message("补充项目想法"),
    "idea_edited": Message("项目想法已修改"),
    "idea_drafted": Message("由模型起草培训目的"),
    "ideas_decided": Message("不采纳或取回项目想法"),
    "ideas_undone": Message("撤销对项目想法的操作"),
    "project_created": Message("新建培训项目"),
    "project_changed": Message("修改培训项目"),
    "project_withdrawn": Message("撤回培训项目"),
    "project_restored": Message("恢复培训项目"),
    "goal_saved": Message("保存项目目标"),
    "goal_submitted": Message("提交项目目标"),
    "goal_overridden": Message("例外提交项目目标"),
    "goal_reopened": Message("撤回提交的目标"),
    "goal_undone": Message("撤销对目标的改动"),
    "needs_call_opened": Message("开始需求征集"),
    "needs_call_changed": Message("修改需求征集"),
    "needs_call_closed": Message("结束需求征集"),
    "needs_link_issued": Message("生成填报链接"),
    "needs_link_revoked": Message("作废填报链接"),
    "needs_nudged": Message("提醒机构报需求"),
    "need_filed": Message("填报培训需求"),
    "need_edited": Message("修改培训需求"),
    "needs_none": Message("说明本年没有需求"),
    "needs_pasted": Message("从表格导入培训需求"),
    "needs_decided": Message("搁置或取回培训需求"),
    "needs_merged": Message("把需求并入项目"),
    "needs_undone": Message("撤销对需求的操作"),
    "targets_viewed": Message("查看个人目标"),
    "targets_confirmed": Message("确认个人目标"),
    "content_saved": Message("保存项目内容"),
    "content_undone": Message("撤销对项目内容的改动"),
    "triage_decided": Message("改变内容分流"),
    "triage_by_model": Message("采用模型的内容分流"),
    "shares_saved": Message("修改占比目标"),
    "checklist_template_saved": Message("修改清单模板"),
    "checklist_begun": Message("按模板生成清单"),
    "checklist_saved": Message("修改项目清单"),
    "checklist_ticked": Message("清单事项已完成"),
    "checklist_unticked": Message("取消清单事项的完成"),
    "sessions_dated": Message("填写首末次课日期"),
    "transfer_viewed": Message("查看转化行动"),
    "transfer_written": Message("填写转化行动"),
    "transfer_settled": Message("更新转化行动的状态"),
    "transfer_removed": Message("删除转化行动"),
    "design_saved": Message("保存融合设计"),
    "design_laid_out": Message("按模式排出融合设计"),
    "focus_linked": Message("指定岗位所属主题"),
    "indicator_added": Message("添加指标"),
    "indicator_changed": Message("修改指标"),
    "indicator_archived": Message("归档指标"),
    "indicator_unarchived": Message("取回指标"),
    "indicator_restored": Message("恢复指标原样"),
    "benchmark_added": Message("添加对标数据"),
    "benchmark_changed": Message("修改对标数据"),
    "benchmark_removed": Message("删除对标数据"),
    "benchmark_restored": Message("恢复对标数据"),
    "readiness_begun": Message("开始就绪度自评"),
    "readiness_answered": Message("回答就绪度自评"),
    "matter_judged": Message("认定访谈和文件说的是不是一回事"),
    "readiness_taken": Message("自评结果并入主题"),
    "readiness_untaken": Message("撤销自评并入主题"),
    "check_begun": Message("开始战略检视"),
    "check_updated": Message("更新检视清单"),
    "check_filled": Message("填写战略检视"),
    "check_described": Message("写检视结论"),
    "check_closed": Message("关闭战略检视"),
    "check_reopened": Message("重新打开战略检视"),
    "gaps_linked": Message("接上能力短板"),
    "gap_taken_off": Message("取下能力短板"),
    "gap_taken_back": Message("接回能力短板"),
    "people_imported": Message("导入人员数据"),
    "units_given": Message("指定机构负责人管的机构"),
    "gaps_people_viewed": Message("查看短板人员名单"),
    "profile_viewed": Message("查看人才档案"),
    "people_exported": Message("导出人员名单"),
    "roster_viewed": Message("查看花名册"),
    "roster_exported": Message("导出花名册"),
    "employee_changed": Message("修改员工资料"),
    "import_stopped": Message("停止导入"),
    "import_undone": Message("撤销导入"),
    "competencies_taken": Message("采用起始能力库"),
    "competency_added": Message("添加能力"),
    "competency_changed": Message("修改能力"),
    "certificate_added": Message("添加证书"),
    "certificate_changed": Message("修改证书"),
    "certificate_archived": Message("归档证书"),
    "held_certificate_added": Message("记录某人持有的证书"),
    "held_certificate_removed": Message("取下某人的证书"),
    "held_certificate_restored": Message("取回某人的证书"),
    "certificate_unarchived": Message("取回证书"),
    "competency_archived": Message("归档能力"),
    "competency_unarchived": Message("取回能力"),
    "course_added": Message("添加课程目录条目"),
    "course_changed": Message("修改课程目录条目"),
    "course_archived": Message("归档课程目录条目"),
    "course_unarchived": Message("取回课程目录条目"),
    "menu_viewed": Message("查看个人补能菜单"),
    "menu_people_viewed": Message("查看补能条目对应的人"),
    "remedies_accepted": Message("采纳补能建议"),
    "remedies_undone": Message("撤销采纳的补能建议"),
    "remedies_done": Message("补能安排已完成"),
    "remedies_cancelled": Message("取消补能安排"),
    "remedies_planned_again": Message("恢复补能安排"),
    "reminder_closed": Message("关闭重新测评提醒"),
    "trainer_added": Message("添加讲师"),
    "trainer_changed": Message("修改讲师"),
    "trainer_archived": Message("归档讲师"),
    "trainer_unarchived": Message("取回讲师"),
    "trainer_absence_added": Message("登记讲师不可用时间"),
    "trainer_absence_removed": Message("删除讲师不可用时间"),
    "trainer_rating_added": Message("登记讲师评分"),
    "trainer_rating_removed": Message("删除讲师评分"),
    "faculty_rule_changed": Message("修改内部讲师占比目标"),
    "venue_added": Message("添加场地"),
    "venue_changed": Message("修改场地"),
    "venue_archived": Message("归档场地"),
    "venue_unarchived": Message("取回场地"),
    "venue_closed": Message("登记场地不可用时间"),
    "venue_reopened": Message("删除场地不可用时间"),
    "day_changed": Message("修改一天的上班安排"),
    "day_cleared": Message("恢复一天的上班安排"),
    "calendar_noted": Message("确认已公布的放假安排"),
    "notice_removed": Message("删除导入的放假通知"),
    "blackout_added": Message("添加禁排期"),
    "blackout_changed": Message("修改禁排期"),
    "blackout_removed": Message("删除禁排期"),
    "leave_added": Message("登记员工休假"),
    "leave_removed": Message("删除员工休假"),
    "trainers_imported": Message("导入讲师"),
    "trainer_absences_imported": Message("导入讲师不可用时间"),
    "venues_imported": Message("导入场地"),
    "blackouts_imported": Message("导入禁排期"),
    "notice_imported": Message("导入放假通知"),
    "cases_added": Message("往案例库添加内容"),
    "case_changed": Message("改写案例库的一条"),
    "case_removed": Message("从案例库取下一条"),
    "leave_imported": Message("导入员工休假"),
    "resources_undone": Message("撤销对讲师、场地或日历的操作"),
    "timetable_prepared": Message("整理班次和课次"),
    "timetable_list_taken": Message("从清单导入要开的班"),
    "timetable_rules_changed": Message("修改排期规则"),
    "timetable_asked": Message("开始排期"),
    "timetable_copied": Message("另存排期为草稿"),
    "timetable_deleted": Message("删除排期草稿"),
    "timetable_published": Message("发布排期"),
    "session_moved": Message("手工改动课次"),
    "session_pinned": Message("固定课次"),
    "session_undone": Message("撤销对课次的改动"),
    "cohort_changed": Message("调整班里的人"),
    "settings_changed": Message("修改系统设置"),
    "sample_loaded": Message("载入示例分行"),
    "sample_cleared": Message("移除示例分行"),
    "sample_people_loaded": Message("载入示例人员"),
    "sample_faculty_loaded": Message("载入示例师资和场地"),
    "sample_people_cleared": Message("示例人员已移除"),
}

_HEADINGS = (
    Message("时间"),
    Message("人员"),
    Message("来源地址"),
    Message("操作"),
    Message("对象"),
    Message("对象编号"),
    Message("详情"),
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Entry:
    """One line of the log. `account_id` is None for the command line, for strangers and for the product itself."""

    id: int
    at: datetime
    account_id: int | None
    actor: str
    address: str
    action: str
    subject: str
    subject_id: int | None
    detail: dict[str, Any]


@dataclass(frozen=True)
class EntryPage:
    """A stretch of the log, newest first, of `total` entries that the filters leave."""

    entries: tuple[Entry, ...]
    total: int


def record(db: Session, actor: Actor, action: str, subject: str = "", subject_id: int | None = None, **detail: object) -> None:
    """Write one entry in the caller's transaction: it is kept exactly when the action is.

    `subject` names a kind of thing ("document"), `subject_id` which one; `detail` holds short facts that JSON can
    carry.
    """
    db.add(
        AuditEntry(
            account_id=actor.account_id,
            actor=actor.name[:80],
            address=actor.address[:64],
            action=action,
            subject=subject,
            subject_id=subject_id,
            detail=detail,
        )
    )


def entries(
    db: Session,
    actor: Actor,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    account_id: int | None = None,
    action: str = "",
    offset: int = 0,
    limit: int = 100,
) -> EntryPage:
    """The log from `since` (included) to `until` (excluded), of one person or all, of one action or all.

    Needs `READ_AUDIT`.
    """
    require(actor, Right.READ_AUDIT)
    rows, total = repository.audit_entries(db, since, until, account_id, action, offset, limit)
    return EntryPage(tuple(_entry(row) for row in rows), total)


def actions(db: Session, actor: Actor) -> list[str]:
    """The actions that the log holds, to choose from. Needs `READ_AUDIT`."""
    require(actor, Right.READ_AUDIT)
    return list(repository.audit_actions(db))


def actors(db: Session, actor: Actor) -> dict[int, str]:
    """The people that the log holds, by account id, to choose from. Needs `READ_AUDIT`."""
    require(actor, Right.READ_AUDIT)
    return repository.audit_actors(db)


def action_name(action: str, language: Language) -> str:
    """The action for people; its own name when nobody has given it another."""
    known = ACTIONS.get(action)
    return known.render(language) if known else action


def detail_text(detail: Mapping[str, Any]) -> str:
    """The facts of an entry in one line: `login=lin; roles=hr, it`."""
    shown = {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in detail.items()}
    return "; ".join(f"{name}={value}" for name, value in shown.items())


def to_csv(found: Iterable[Entry], language: Language, zone: tzinfo) -> bytes:
    """The entries as a CSV file for Excel: UTF-8 with mark, times in `zone`, nothing that starts a formula."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(heading.render(language) for heading in _HEADINGS)
    for entry in found:
        detail = detail_text(entry.detail)
        when = entry.at.astimezone(zone).isoformat(sep=" ", timespec="seconds")
        who = shown_name(entry.actor)
        cells = (
            who.render(language) if isinstance(who, Message) else who,
            entry.address,
            action_name(entry.action, language),
            entry.subject,
            entry.subject_id,
            detail,
        )
        lines.writerow([when, *(_harmless(cell) for cell in cells)])
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: object) -> str:
    shown = "" if cell is None else str(cell)
    return f"'{shown}" if shown.startswith(_FORMULA_STARTS) else shown


def _entry(row: AuditEntry) -> Entry:
    assert row.id is not None
    return Entry(row.id, row.at, row.account_id, row.actor, row.address, row.action, row.subject, row.subject_id, row.detail)
