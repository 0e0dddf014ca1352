"""Every page of step 4, in the order in which a year is looked back on."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.page_spec import PageSpec

REVIEW = Message("④ 复盘迭代")

REVIEW_PAGES: dict[str, PageSpec] = {
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
