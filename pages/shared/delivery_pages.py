"""Every page of step 3, in the order in which a plan goes through them."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.page_spec import PageSpec

DELIVERY = Message("③ 计划实施")

DELIVERY_PAGES: dict[str, PageSpec] = {
    "content": PageSpec(
        "pages/delivery/content.py",
        DELIVERY,
        Message("内容与分流"),
        Message("每个项目教什么，哪些自学就够，哪些必须面授？"),
        ":material/alt_route:",
        Right.SEE_DELIVERY,
    ),
    "design": PageSpec(
        "pages/delivery/design.py",
        DELIVERY,
        Message("融合设计"),
        Message("线上线下怎样搭配，训前训中训后各做什么？"),
        ":material/route:",
        Right.SEE_DELIVERY,
    ),
    "shares": PageSpec(
        "pages/delivery/shares.py",
        DELIVERY,
        Message("内容占比"),
        Message("案例、金融科技、客户洞察各占多少，够不够？"),
        ":material/donut_small:",
        Right.SEE_DELIVERY,
    ),
    "checklist": PageSpec(
        "pages/delivery/checklist.py",
        DELIVERY,
        Message("训前训中训后清单"),
        Message("开班前后还有哪些事，谁来做，哪天做？"),
        ":material/checklist:",
        Right.SEE_DELIVERY,
    ),
    "transfer": PageSpec(
        "pages/delivery/transfer.py",
        DELIVERY,
        Message("转化行动"),
        Message("学员回岗后做什么，做到了没有？"),
        ":material/moving:",
        Right.SET_TARGETS,
        people=True,
    ),
}
