"""Every page of step 2, in the order in which a plan goes through them."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.page_spec import PageSpec

GOALS = Message("② 目标对齐")

GOAL_PAGES: dict[str, PageSpec] = {
    "goals": PageSpec(
        "pages/goals/goals.py",
        GOALS,
        Message("项目目标"),
        Message("这些项目怎样算做成了？"),
        ":material/flag:",
        Right.READ_PLANS,
    ),
}
