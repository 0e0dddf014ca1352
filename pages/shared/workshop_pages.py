"""The pages of workshops: the boards of a plan, one board for whoever leads it, its projector, and what of it enters the plan."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.page_spec import PageSpec

HOME = Message("本年度")
# Where the page for the wall is: it has no sidebar.
PROJECTOR = "projector"

WORKSHOP_PAGES: dict[str, PageSpec] = {
    "workshops": PageSpec(
        "pages/workshops/workshops.py",
        HOME,
        Message("共创看板"),
        Message("哪些主题、痛点、目标和项目要和大家一起定？"),
        ":material/groups_3:",
        Right.RUN_WORKSHOPS,
        plan=True,
    ),
    "workshop": PageSpec(
        "pages/workshops/workshop.py",
        HOME,
        Message("主持共创"),
        Message("现在到哪一步，大家说了什么？"),
        ":material/co_present:",
        Right.RUN_WORKSHOPS,
        hidden=True,
        plan=True,
    ),
    "projector": PageSpec(
        "pages/workshops/projector.py",
        HOME,
        Message("共创大屏"),
        Message("大家正在说什么？"),
        ":material/cast:",
        Right.RUN_WORKSHOPS,
        hidden=True,
    ),
    "workshop_results": PageSpec(
        "pages/workshops/workshop_results.py",
        HOME,
        Message("共创结果"),
        Message("哪些结果写入计划，写入前后有什么变化？"),
        ":material/fact_check:",
        Right.RUN_WORKSHOPS,
        hidden=True,
        plan=True,
    ),
}
