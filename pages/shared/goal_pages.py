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
    "competencies": PageSpec(
        "pages/people/competencies.py",
        GOALS,
        Message("能力模型"),
        Message("每个岗位的人要会什么，每一级做到什么样？"),
        ":material/psychology:",
        Right.READ_PEOPLE,
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
}
