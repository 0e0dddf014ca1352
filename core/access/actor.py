"""Who acts: the person behind a page, a command or a job, with the roles that decide what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.errors import NotAllowed
from core.i18n import Message


class Role(StrEnum):
    """What a person is in the bank. One person may have several."""

    HR_LEADER = "hr"
    UNIT_MANAGER = "manager"
    EXECUTIVE = "executive"
    IT_ADMINISTRATOR = "it"


ROLE_NAMES = {
    Role.HR_LEADER: Message("人力资源负责人"),
    Role.UNIT_MANAGER: Message("机构负责人"),
    Role.EXECUTIVE: Message("高管"),
    Role.IT_ADMINISTRATOR: Message("系统管理员"),
}


class Right(StrEnum):
    """Something that only some roles may do."""

    READ_LIBRARY = "read_library"
    EDIT_LIBRARY = "edit_library"
    ASK = "ask"
    READ_PLANS = "read_plans"
    EDIT_PLANS = "edit_plans"
    DECIDE_PLANS = "decide_plans"
    KEEP_EVIDENCE = "keep_evidence"
    DECIDE_STRATEGY = "decide_strategy"
    READ_PEOPLE = "read_people"
    EDIT_PEOPLE = "edit_people"
    SEE_GAPS = "see_gaps"
    FILE_NEEDS = "file_needs"
    SET_TARGETS = "set_targets"
    SEE_ROSTER = "see_roster"
    SEE_DELIVERY = "see_delivery"
    PLAN_DELIVERY = "plan_delivery"
    SEE_REVIEW = "see_review"
    KEEP_REVIEW = "keep_review"
    SHARE_PAGES = "share_pages"
    RUN_WORKSHOPS = "run_workshops"
    MANAGE_ACCOUNTS = "manage_accounts"
    CHANGE_SETTINGS = "change_settings"
    READ_AUDIT = "read_audit"
    KEEP_NOTICES = "keep_notices"


# The permission matrix (docs/decisions/0004-roles.md). A right that is missing here is nobody's.
RIGHTS: dict[Right, frozenset[Role]] = {
    Right.READ_LIBRARY: frozenset({Role.HR_LEADER, Role.UNIT_MANAGER, Role.EXECUTIVE}),
    Right.EDIT_LIBRARY: frozenset({Role.HR_LEADER}),
    Right.ASK: frozenset({Role.HR_LEADER, Role.UNIT_MANAGER, Role.EXECUTIVE}),
    Right.READ_PLANS: frozenset({Role.HR_LEADER, Role.UNIT_MANAGER, Role.EXECUTIVE}),
    Right.EDIT_PLANS: frozenset({Role.HR_LEADER}),
    Right.DECIDE_PLANS: frozenset({Role.HR_LEADER, Role.EXECUTIVE}),
    Right.KEEP_EVIDENCE: frozenset({Role.HR_LEADER}),
    Right.DECIDE_STRATEGY: frozenset({Role.HR_LEADER}),
    Right.READ_PEOPLE: frozenset({Role.HR_LEADER}),
    Right.EDIT_PEOPLE: frozenset({Role.HR_LEADER}),
    Right.SEE_GAPS: frozenset({Role.HR_LEADER, Role.UNIT_MANAGER, Role.EXECUTIVE}),
    Right.FILE_NEEDS: frozenset({Role.HR_LEADER, Role.UNIT_MANAGER}),
    Right.SET_TARGETS: frozenset({Role.HR_LEADER, Role.UNIT_MANAGER}),
    Right.SEE_ROSTER: frozenset({Role.HR_LEADER, Role.UNIT_MANAGER}),
    Right.SEE_DELIVERY: frozenset({Role.HR_LEADER, Role.UNIT_MANAGER, Role.EXECUTIVE}),
    Right.PLAN_DELIVERY: frozenset({Role.HR_LEADER}),
    Right.SEE_REVIEW: frozenset({Role.HR_LEADER, Role.UNIT_MANAGER, Role.EXECUTIVE}),
    Right.KEEP_REVIEW: frozenset({Role.HR_LEADER}),
    Right.SHARE_PAGES: frozenset({Role.HR_LEADER}),
    Right.RUN_WORKSHOPS: frozenset({Role.HR_LEADER}),
    Right.MANAGE_ACCOUNTS: frozenset({Role.HR_LEADER, Role.IT_ADMINISTRATOR}),
    Right.CHANGE_SETTINGS: frozenset({Role.IT_ADMINISTRATOR}),
    Right.READ_AUDIT: frozenset({Role.HR_LEADER, Role.IT_ADMINISTRATOR}),
    Right.KEEP_NOTICES: frozenset({Role.HR_LEADER, Role.IT_ADMINISTRATOR}),
}

OF_WHOM = frozenset({Right.SEE_GAPS, Right.FILE_NEEDS, Right.SET_TARGETS, Right.SEE_ROSTER, Right.SEE_DELIVERY, Right.SEE_REVIEW})
"""Of whom, and whether by name, is told by `core/people/scope.py`: a manager's units, an executive's sums."""

RIGHT_NAMES = {
    Right.READ_LIBRARY: Message("查阅对本角色开放的文件、检索"),
    Right.EDIT_LIBRARY: Message("添加、更换、删除文件；装入和移除示例分行"),
    Right.ASK: Message("向战略助手提问"),
    Right.READ_PLANS: Message("查看年度计划、主题、项目和目标"),
    Right.EDIT_PLANS: Message("建立、修改、归档年度计划"),
    Right.DECIDE_PLANS: Message("审批年度计划（须被指定为审批人，不能批自己提交的）"),
    Right.KEEP_EVIDENCE: Message("留存和移除证据"),
    Right.DECIDE_STRATEGY: Message("确认解码结果，定主题、重点、项目和目标"),
    Right.READ_PEOPLE: Message("查看全部名单、测评和能力模型"),
    Right.EDIT_PEOPLE: Message("导入、更正名单和测评；导出和删除个人信息"),
    Right.SEE_GAPS: Message("查看能力短板和人才档案"),
    Right.FILE_NEEDS: Message("填报本机构的培训需求"),
    Right.SET_TARGETS: Message("确认个人目标"),
    Right.SEE_ROSTER: Message("查看名单"),
    Right.SEE_DELIVERY: Message("查看课次、讲师、场地、日历和出勤"),
    Right.PLAN_DELIVERY: Message("安排内容、师资、排期、预算和出勤"),
    Right.SEE_REVIEW: Message("查看四级评估、成效、预警和回报"),
    Right.KEEP_REVIEW: Message("导入结果、确认结论、处理预警"),
    Right.SHARE_PAGES: Message("建立和作废共享链接"),
    Right.RUN_WORKSHOPS: Message("主持共创看板"),
    Right.MANAGE_ACCOUNTS: Message("管理账号和角色"),
    Right.CHANGE_SETTINGS: Message("更改系统设置"),
    Right.READ_AUDIT: Message("查看审计日志"),
    Right.KEEP_NOTICES: Message("修改通知的措辞，查看发送记录、再次发送"),
}


@dataclass(frozen=True)
class Actor:
    """A person who acts. `account_id` is None only for the administrator at the command line of the data directory, and for guests of a
    shared link (core/shares), who change nothing."""

    account_id: int | None
    name: str
    roles: frozenset[Role]
    address: str = ""

    def may(self, right: Right) -> bool:
        """Whether one of the actor's roles has `right`."""
        return bool(self.roles & RIGHTS[right])

    @property
    def is_guest(self) -> bool:
        """Whether somebody came by a shared link: what they read names no person."""
        return self.account_id is None and self.name == GUEST


def require(actor: Actor, right: Right) -> None:
    """Raises `NotAllowed` when the actor lacks `right`."""
    if not actor.may(right):
        raise NotAllowed(Message("您的角色没有这项权限。如有需要，请联系人力资源负责人或系统管理员。"))


# Whoever can run commands on the data directory can read every file in it; refusing them a right would protect nothing.
LOCAL_ADMINISTRATOR = Actor(account_id=None, name="local administrator", roles=frozenset(Role), address="local")


# Under this name the audit log knows those who come by a shared link.
GUEST = "shared link"
# And under this one who sits at a workshop: what a nickname says of a person is nobody's record.
WORKSHOP_GUEST = "workshop guest"
_NOBODYS: dict[str, str | Message] = {
    LOCAL_ADMINISTRATOR.name: Message("本机管理员"),
    GUEST: Message("共享链接的访客"),
    WORKSHOP_GUEST: Message("共创看板的来宾"),
}


def shown_name(name: str) -> str | Message:
    """A stored name of somebody who acted, as people see it: the local administrator's and a guest's are nobody's name
    and are translated."""
    return _NOBODYS.get(name, name)
