"""Every page of step 4, in the order in which a year is looked back on."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.page_spec import PageSpec

REVIEW = Message("④ 复盘迭代")

REVIEW_PAGES: dict[str, PageSpec] = {
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
}
