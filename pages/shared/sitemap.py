"""Every page of the product: where it is, what it is called, which question it answers, who may open it."""

from __future__ import annotations

from core.access.actor import Right
from core.i18n import Message
from pages.shared.page_spec import PageSpec
from pages.shared.settings_pages import SETTINGS_PAGES

HOME, STRATEGY = Message("本年度"), Message("① 战略对齐")


PAGES: dict[str, PageSpec] = {
    "home": PageSpec(
        "pages/home/home.py", HOME, Message("首页"), Message("这一年走到哪一步，下一步做什么？"), ":material/home:", None, address=""
    ),
    "plans": PageSpec(
        "pages/home/plans.py",
        HOME,
        Message("年度计划"),
        Message("哪个机构、哪一年的计划，和往年相比积累了什么？"),
        ":material/calendar_month:",
        Right.READ_PLANS,
    ),
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
    ),
    "decode": PageSpec(
        "pages/strategy/decode.py",
        STRATEGY,
        Message("战略解码"),
        Message("总行要求我们做什么，哪些条目经得起核对？"),
        ":material/checklist:",
        Right.READ_PLANS,
    ),
    "interviews": PageSpec(
        "pages/strategy/interviews.py",
        STRATEGY,
        Message("访谈对照"),
        Message("领导在访谈里强调的，和文件写的，哪里不一样？"),
        ":material/compare_arrows:",
        Right.READ_PLANS,
    ),
    "themes": PageSpec(
        "pages/strategy/themes.py",
        STRATEGY,
        Message("战略主题与地图"),
        Message("这些要求归成哪几个主题，彼此怎样支撑？"),
        ":material/account_tree:",
        Right.READ_PLANS,
    ),
    "localise": PageSpec(
        "pages/strategy/localise.py",
        STRATEGY,
        Message("本地化"),
        Message("总行的要求到了本行变成什么，依据本行的哪个事实？"),
        ":material/location_on:",
        Right.READ_PLANS,
    ),
    "environment": PageSpec(
        "pages/strategy/environment.py",
        STRATEGY,
        Message("环境与对标"),
        Message("用哪些指标衡量，同业走到了哪里？"),
        ":material/travel_explore:",
        Right.READ_PLANS,
    ),
    "focus": PageSpec(
        "pages/strategy/focus.py",
        STRATEGY,
        Message("锚定重点"),
        Message("先抓哪条业务线、哪个岗位，凭什么？"),
        ":material/target:",
        Right.READ_PLANS,
    ),
    "check": PageSpec(
        "pages/strategy/check.py",
        STRATEGY,
        Message("战略检视"),
        Message("主题到今天走到哪一步，偏差怎么补？"),
        ":material/fact_check:",
        Right.READ_PLANS,
    ),
    **SETTINGS_PAGES,
}
