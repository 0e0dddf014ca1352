"""Every page of step 1, in the order in which a plan goes through them."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.page_spec import PageSpec

STRATEGY = Message("① 战略对齐")

STRATEGY_PAGES: dict[str, PageSpec] = {
    "library": PageSpec(
        "pages/strategy/library.py",
        STRATEGY,
        Message("文件库"),
        Message("培训计划要对齐哪些文件，它们都读进来了吗？"),
        ":material/library_books:",
        Right.READ_LIBRARY,
    ),
    "document": PageSpec(
        "pages/strategy/document.py",
        STRATEGY,
        Message("文件阅读"),
        Message("原文怎么说，出自哪一页、哪一节？"),
        ":material/article:",
        Right.READ_LIBRARY,
        hidden=True,
    ),
    "interview": PageSpec(
        "pages/strategy/interview.py",
        STRATEGY,
        Message("访谈记录"),
        Message("这位领导说了什么，哪些话值得原样留下？"),
        ":material/record_voice_over:",
        Right.EDIT_LIBRARY,
        hidden=True,
    ),
    "assistant": PageSpec(
        "pages/strategy/assistant.py",
        STRATEGY,
        Message("战略助手"),
        Message("总行和分行的文件里怎么说，依据在哪一条？"),
        ":material/forum:",
        Right.ASK,
    ),
    "evidence": PageSpec(
        "pages/strategy/evidence.py",
        STRATEGY,
        Message("依据"),
        Message("本年度计划已经留下了哪些原文依据？"),
        ":material/bookmark:",
        Right.READ_LIBRARY,
        plan=True,
    ),
    "decode": PageSpec(
        "pages/strategy/decode.py",
        STRATEGY,
        Message("战略解码"),
        Message("总行要求我们做什么，哪些条目经得起核对？"),
        ":material/checklist:",
        Right.READ_PLANS,
        plan=True,
    ),
    "interviews": PageSpec(
        "pages/strategy/interviews.py",
        STRATEGY,
        Message("访谈对照"),
        Message("领导在访谈里强调的，和文件写的，哪里不一样？"),
        ":material/compare_arrows:",
        Right.READ_PLANS,
        plan=True,
    ),
    "themes": PageSpec(
        "pages/strategy/themes.py",
        STRATEGY,
        Message("战略主题与地图"),
        Message("这些要求归成哪几个主题，彼此怎样支撑？"),
        ":material/account_tree:",
        Right.READ_PLANS,
        plan=True,
    ),
    "localise": PageSpec(
        "pages/strategy/localise.py",
        STRATEGY,
        Message("本地化"),
        Message("总行的要求到了本行变成什么，依据本行的哪个事实？"),
        ":material/location_on:",
        Right.READ_PLANS,
        plan=True,
    ),
    "environment": PageSpec(
        "pages/strategy/environment.py",
        STRATEGY,
        Message("环境与对标"),
        Message("用哪些指标衡量，同业走到了哪里？"),
        ":material/travel_explore:",
        Right.READ_PLANS,
        plan=True,
    ),
    "focus": PageSpec(
        "pages/strategy/focus.py",
        STRATEGY,
        Message("锚定重点"),
        Message("先抓哪条业务线、哪个岗位，凭什么？"),
        ":material/target:",
        Right.READ_PLANS,
        plan=True,
    ),
    "ideas": PageSpec(
        "pages/strategy/ideas.py",
        STRATEGY,
        Message("战略传导项目"),
        Message("为哪些人办哪些项目，凭总行哪一条？"),
        ":material/emoji_objects:",
        Right.READ_PLANS,
        plan=True,
    ),
    "check": PageSpec(
        "pages/strategy/check.py",
        STRATEGY,
        Message("战略检视"),
        Message("主题到今天走到哪一步，偏差怎么补？"),
        ":material/fact_check:",
        Right.READ_PLANS,
        plan=True,
    ),
}
