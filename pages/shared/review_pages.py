"""Every page of step 4, in the order in which a year is looked back on."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.page_spec import PageSpec

REVIEW = Message("④ 复盘迭代")

REVIEW_PAGES: dict[str, PageSpec] = {
    "executive": PageSpec(
        "pages/review/executive.py",
        REVIEW,
        Message("一页看全年"),
        Message("这一年在正轨上吗，花了多少，见效没有，要决定什么？"),
        ":material/dashboard:",
        Right.SEE_REVIEW,
        plan=True,
    ),
    "results": PageSpec(
        "pages/review/results.py",
        REVIEW,
        Message("结果录入"),
        Message("量什么、结果从哪里来，还缺哪些？"),
        ":material/upload_file:",
        Right.SEE_REVIEW,
        plan=True,
    ),
    "levels": PageSpec(
        "pages/review/levels.py",
        REVIEW,
        Message("柯氏四级"),
        Message("学员喜欢吗、学会了吗、用了吗、业务变好了吗？"),
        ":material/stairs:",
        Right.SEE_REVIEW,
        plan=True,
    ),
    "effects": PageSpec(
        "pages/review/effects.py",
        REVIEW,
        Message("训练效果"),
        Message("培训到底改变了多少，可以说什么，不能说什么？"),
        ":material/balance:",
        Right.SEE_REVIEW,
        people=True,
        plan=True,
    ),
    "retention": PageSpec(
        "pages/review/retention.py",
        REVIEW,
        Message("留存与首用"),
        Message("学到的留住了多少，多久用上？"),
        ":material/hourglass_bottom:",
        Right.SEE_REVIEW,
        people=True,
        plan=True,
    ),
    "returns": PageSpec(
        "pages/review/returns.py",
        REVIEW,
        Message("投入与回报"),
        Message("花了多少人、时间和钱，换回了什么？"),
        ":material/savings:",
        Right.SEE_REVIEW,
        plan=True,
    ),
    "warnings": PageSpec(
        "pages/review/warnings.py",
        REVIEW,
        Message("早期预警"),
        Message("哪些项目达不到目标，现在还来得及做什么？"),
        ":material/crisis_alert:",
        Right.SEE_REVIEW,
        plan=True,
    ),
    "meetings": PageSpec(
        "pages/review/meetings.py",
        REVIEW,
        Message("季度复盘会"),
        Message("这一季要讨论什么，决定了什么，谁在什么时候做完？"),
        ":material/groups:",
        Right.SEE_REVIEW,
        plan=True,
    ),
    "conclusions": PageSpec(
        "pages/review/conclusions.py",
        REVIEW,
        Message("复盘结论与结转"),
        Message("哪些保持、调整、停办、扩大，怎样进明年的计划？"),
        ":material/autorenew:",
        Right.SEE_REVIEW,
        plan=True,
    ),
    "talent": PageSpec(
        "pages/review/talent.py",
        REVIEW,
        Message("人才洞察"),
        Message("分数高的人干得更好吗，谁两样都在前列？"),
        ":material/person_search:",
        Right.SEE_REVIEW,
        people=True,
        plan=True,
    ),
}
