"""Every kind of notice: who may get it, where it leads, what can stand in its words, and the words that the product comes with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.access.actor import Right
from core.i18n import Message
from core.notices.terms import Kind

NAME, LINK, COUNT = "name", "link", "count"

_PLAN = {"plan": Message("计划：机构和年度")}
_UNITS = {"units": Message("收件人管的、还没有报的机构")}
_DUE = {"due": Message("截止日期")}
_HOW_MANY = Message("有多少")
COMMON = {NAME: Message("收件人的姓名"), LINK: Message("打开这一页的地址")}
"""What can stand in every notice to a person."""
OF_GROUPS = {COUNT: _HOW_MANY, LINK: COMMON[LINK]}
"""What can stand in a message to a group: nothing more, so that nothing of anybody can get there."""


@dataclass(frozen=True)
class KindSpec:
    """A kind of notice.

    `right`: whoever has lost it is told nothing any more. `page`: where it leads. `places`: what can stand in its words beside `COMMON`.
    `subject`, `text` and `group` (None: groups are not told of it) are the words that the product comes with.
    """

    right: Right
    page: str
    places: Mapping[str, Message]
    subject: Message
    text: Message
    group: Message | None = None

    @property
    def allowed(self) -> dict[str, Message]:
        """What can stand in a notice to a person."""
        return {**COMMON, **self.places}


KINDS: dict[Kind, KindSpec] = {
    Kind.NEEDS_ASKED: KindSpec(
        Right.FILE_NEEDS,
        "needs",
        {**_PLAN, "round": Message("这一轮征集的名称"), **_UNITS, **_DUE},
        Message("请填报培训需求：{round}"),
        Message("{name}，您好：\n{plan} 的“{round}”已经开始，请在 {due} 前为 {units} 填报。\n{link}"),
        Message("培训需求征集已经开始，问到 {count} 个机构，请各位负责人填报。\n{link}"),
    ),
    Kind.NEEDS_SILENT: KindSpec(
        Right.FILE_NEEDS,
        "needs",
        {**_PLAN, "round": Message("这一轮征集的名称"), **_UNITS, **_DUE},
        Message("还没有报培训需求：{units}"),
        Message("{name}，您好：\n{plan} 的“{round}”{due} 截止，{units} 还没有报。没有需求也请说一声。\n{link}"),
        Message("培训需求征集快要截止，还有 {count} 个机构没有报。\n{link}"),
    ),
    Kind.NEEDS_ENDED: KindSpec(
        Right.EDIT_PLANS,
        "needs",
        {**_PLAN, "round": Message("这一轮征集的名称"), COUNT: _HOW_MANY, **_DUE},
        Message("需求征集已截止，{count} 个机构没有报"),
        Message("{name}，您好：\n{plan} 的“{round}”已在 {due} 截止，{count} 个机构没有报。可以改截止日期再等，也可以开始归并。\n{link}"),
    ),
    Kind.APPROVAL_ASKED: KindSpec(
        Right.DECIDE_PLANS,
        "approval",
        {**_PLAN, "layer": Message("审批的层级"), "by": Message("谁提交的")},
        Message("请审批：{plan} 培训计划"),
        Message("{name}，您好：\n{by}提交的 {plan} 培训计划到了“{layer}”这一层，等您审批。\n{link}"),
    ),
    Kind.APPROVAL_SLOW: KindSpec(
        Right.DECIDE_PLANS,
        "approval",
        {**_PLAN, "layer": Message("审批的层级"), "since": Message("从哪天起在等")},
        Message("提醒审批：{plan} 培训计划"),
        Message("{name}，您好：\n{plan} 培训计划从 {since} 起等“{layer}”审批，还没有决定。\n{link}"),
    ),
    Kind.APPROVAL_DECIDED: KindSpec(
        Right.EDIT_PLANS,
        "approval",
        {**_PLAN, "layer": Message("审批的层级"), "by": Message("谁审批的"), "decision": Message("通过还是退回")},
        Message("{plan} 培训计划：{layer}{decision}"),
        Message("{name}，您好：\n{by}在“{layer}”这一层对 {plan} 培训计划的意见是：{decision}。意见全文在系统里。\n{link}"),
    ),
    Kind.MENTIONED: KindSpec(
        Right.READ_PLANS,
        "home",
        {**_PLAN, "by": Message("谁写的"), "about": Message("评论的是哪一类内容")},
        Message("{by}在评论里提到您"),
        Message("{name}，您好：\n{by}在 {plan} 的一条{about}评论里提到您。\n{link}"),
    ),
    Kind.REPLIED: KindSpec(
        Right.READ_PLANS,
        "home",
        {**_PLAN, "by": Message("谁写的"), "about": Message("评论的是哪一类内容")},
        Message("{by}回复了您参与的评论"),
        Message("{name}，您好：\n{plan} 的一条{about}评论里，{by}作了回复。\n{link}"),
    ),
    Kind.SURVEY_WAITING: KindSpec(
        Right.SEE_REVIEW,
        "results",
        {**_PLAN, "project": Message("哪个项目"), COUNT: _HOW_MANY, **_DUE},
        Message("问卷快要截止，您的人里 {count} 位还没有答"),
        Message(
            "{name}，您好：\n{plan} 的“{project}”课后问卷 {due} 截止，您管的机构里 {count} 位学员还没有答。"
            "请提醒他们用课上的链接作答。\n{link}"
        ),
        Message("课后问卷快要截止，还有 {count} 位学员没有答。\n{link}"),
    ),
    Kind.SESSIONS_NEAR: KindSpec(
        Right.SEE_DELIVERY,
        "schedule",
        {**_PLAN, "sessions": Message("几次课"), COUNT: Message("您的人里有多少位参加"), "day": Message("哪一天")},
        Message("{day} 有 {sessions} 次课"),
        Message("{name}，您好：\n{plan}：{day} 有 {sessions} 次课，您管的机构里 {count} 位参加。请安排好工作。\n{link}"),
        Message("下一个工作日有 {count} 次课，请参加的同事安排好工作。\n{link}"),
    ),
    Kind.SESSIONS_MISSED: KindSpec(
        Right.SEE_DELIVERY,
        "attendance",
        {**_PLAN, COUNT: _HOW_MANY},
        Message("您的人里 {count} 位有课没有上完"),
        Message("{name}，您好：\n{plan}：您管的机构里 {count} 位学员还有课没有上完，请安排他们补上。名单在系统里。\n{link}"),
        Message("有 {count} 位学员还有课没有上完，请各位负责人安排补上。\n{link}"),
    ),
    Kind.SESSIONS_BROKEN: KindSpec(
        Right.PLAN_DELIVERY,
        "schedule",
        {**_PLAN, COUNT: _HOW_MANY},
        Message("已发布的排期里有 {count} 次课现在违反规则"),
        Message(
            "{name}，您好：\n{plan} 的排期发布以后，讲师、场地、日历、班次或规则有变，{count} 次课现在违反规则。"
            "请重排，或给它们换时间、讲师或场地。原因逐条写在排期页的“违反规则”里。\n{link}"
        ),
    ),
    Kind.ACTIONS_OVERDUE: KindSpec(
        Right.SET_TARGETS,
        "transfer",
        {**_PLAN, COUNT: _HOW_MANY},
        Message("{count} 条转化行动已过期"),
        Message("{name}，您好：\n{plan}：您的人里有 {count} 条学后要做的事已过截止日期。做了请登记，不做了请写明原因。\n{link}"),
        Message("有 {count} 条学后的转化行动已过截止日期，请各位负责人登记或写明原因。\n{link}"),
    ),
    Kind.DECISION_DUE: KindSpec(
        Right.SEE_REVIEW,
        "meetings",
        {**_PLAN, "quarter": Message("第几季度的会议"), **_DUE},
        Message("复盘会议的决定 {due} 到期"),
        Message("{name}，您好：\n{plan} 第 {quarter} 季度复盘会议有一项由您负责的决定，{due} 到期，还没有办结。\n{link}"),
        Message("复盘会议有 {count} 项决定就要到期或已过期，请负责的同事办结。\n{link}"),
    ),
    Kind.WARNING_OWNED: KindSpec(
        Right.SEE_REVIEW,
        "warnings",
        {**_PLAN, **_DUE},
        Message("一条沉没成本预警由您处理"),
        Message("{name}，您好：\n{plan} 有一条沉没成本预警定了由您处理，{due} 前办结。\n{link}"),
    ),
    Kind.ASSESSMENTS_DUE: KindSpec(
        Right.SEE_GAPS,
        "menu",
        {COUNT: _HOW_MANY},
        Message("{count} 项能力该重新测评"),
        Message("{name}，您好：\n您的人学完已满一个月，{count} 项能力该重新测评了，不测就不知道补上没有。\n{link}"),
    ),
}
"""By what they are about."""
