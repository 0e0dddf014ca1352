"""Every page of step 2, in the order in which a plan goes through them."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.page_spec import PageSpec

GOALS = Message("② 目标对齐")

GOAL_PAGES: dict[str, PageSpec] = {
    "people": PageSpec(
        "pages/people/people.py",
        GOALS,
        Message("人员与数据"),
        Message("人在哪里、缺什么数据？"),
        ":material/groups:",
        Right.READ_PEOPLE,
        people=True,
    ),
    "roster": PageSpec(
        "pages/people/roster.py",
        GOALS,
        Message("花名册"),
        Message("谁在哪个岗位，归谁管？"),
        ":material/badge:",
        Right.SEE_ROSTER,
        people=True,
    ),
    "competencies": PageSpec(
        "pages/people/competencies.py",
        GOALS,
        Message("能力模型"),
        Message("每个岗位的人要会什么，每一级做到什么样？"),
        ":material/psychology:",
        Right.READ_PEOPLE,
    ),
    "gaps": PageSpec(
        "pages/people/gaps.py",
        GOALS,
        Message("能力短板"),
        Message("谁缺什么能力，缺多少，凭什么这么说？"),
        ":material/troubleshoot:",
        Right.SEE_GAPS,
        people=True,
    ),
    "gap_people": PageSpec(
        "pages/people/gap_people.py",
        GOALS,
        Message("短板人员"),
        Message("这项短板在谁身上？"),
        ":material/group_search:",
        Right.SEE_GAPS,
        hidden=True,
        people=True,
    ),
    "profile": PageSpec(
        "pages/people/profile.py",
        GOALS,
        Message("人才档案"),
        Message("这个人会什么，还缺什么，依据是什么？"),
        ":material/badge:",
        Right.SEE_GAPS,
        hidden=True,
        people=True,
    ),
    "catalogue": PageSpec(
        "pages/people/catalogue.py",
        GOALS,
        Message("课程目录"),
        Message("手里的课能补哪些能力？"),
        ":material/menu_book:",
        Right.SEE_GAPS,
        people=True,
    ),
    "menu": PageSpec(
        "pages/people/menu.py",
        GOALS,
        Message("补能菜单"),
        Message("每个人、每个机构先补什么，怎么补？"),
        ":material/restaurant_menu:",
        Right.SEE_GAPS,
        people=True,
    ),
    "needs": PageSpec(
        "pages/goals/needs.py",
        GOALS,
        Message("培训需求"),
        Message("各机构要什么，谁还没有报？"),
        ":material/inbox:",
        Right.READ_PLANS,
    ),
    "goals": PageSpec(
        "pages/goals/goals.py",
        GOALS,
        Message("项目目标"),
        Message("这些项目怎样算做成了？"),
        ":material/flag:",
        Right.READ_PLANS,
    ),
    "goals_table": PageSpec(
        "pages/goals/table.py",
        GOALS,
        Message("目标总表"),
        Message("所有项目的目标放在一起，哪里还要改？"),
        ":material/table_view:",
        Right.READ_PLANS,
        address="goals_table",
    ),
    "targets": PageSpec(
        "pages/goals/targets.py",
        GOALS,
        Message("个人目标"),
        Message("每个人的目标是多少，为什么？"),
        ":material/person_check:",
        Right.SET_TARGETS,
        people=True,
    ),
    "chain": PageSpec(
        "pages/goals/chain.py",
        GOALS,
        Message("对齐链"),
        Message("每个目标从哪条战略来，每条战略落到了哪个目标？"),
        ":material/conversion_path:",
        Right.READ_PLANS,
    ),
}
