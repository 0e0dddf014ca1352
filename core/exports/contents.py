"""What the projects of a plan teach and how, as an Excel file: the triage with its reasons, and the blended design."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.delivery.content.item import ContentItem
from core.delivery.content.service import ContentView
from core.delivery.content.terms import (
    METHOD_NAMES,
    PART_NAMES,
    PATTERN_NAMES,
    RHYTHM_NAMES,
    STAGE_NAMES,
    TIER_NAMES,
    WAY_NAMES,
    Author,
)
from core.exports.workbook import Cell, Sheet, of_sheets
from core.i18n import Language, Message

_ITEMS = (
    *(Message("项目"), Message("岗位"), Message("内容单元"), Message("学会什么"), Message("学时"), Message("能力"), Message("等级")),
    *(Message("怎么用"), Message("材料"), Message("分流"), Message("理由"), Message("谁定的"), Message("原来建议"), Message("建议的理由")),
)
_STEPS = (
    *(Message("项目"), Message("模式"), Message("层级"), Message("节奏"), Message("阶段"), Message("步骤"), Message("学练测考")),
    *(Message("方式"), Message("半天数"), Message("每人学时"), Message("线上"), Message("要讲师"), Message("设备"), Message("用到的内容")),
    *(Message("与上一步至少隔（半天）"), Message("最多隔（半天）"), Message("面授知识的理由")),
)


def content_workbook(views: Sequence[ContentView], language: Language, who: Callable[[str], str] = str) -> bytes:
    """Two sheets: an item a line, and a step a line. `who` names somebody as readers know them."""
    items = [_item(view, one, language, who) for view in views for one in view.content.items]
    steps = [row for view in views for row in _steps(view, language)]
    titles = (Message("内容与分流"), Message("融合设计"))
    sheets = zip(titles, (_ITEMS, _STEPS), (items, steps), strict=True)
    return of_sheets([Sheet(name.render(language), [one.render(language) for one in heads], rows) for name, heads, rows in sheets])


def _item(view: ContentView, one: ContentItem, language: Language, who: Callable[[str], str]) -> list[Cell]:
    facts, triage, choice = one.facts, one.triage, one.choice
    told: list[Cell] = [view.project.name, view.project.post, facts.name, facts.learnt, facts.hours, facts.competency]
    told += [f"L{facts.level}" if facts.level else "", facts.use, facts.material, WAY_NAMES[one.way].render(language)]
    if choice is not None:
        return [*told, choice.why, who(choice.by), WAY_NAMES[triage.way].render(language), triage.why.render(language)]
    by = Message("模型") if triage.author is Author.MODEL else Message("规则")
    return [*told, triage.why.render(language), f"{by.render(language)} ({triage.made_by})", "", ""]


def _steps(view: ContentView, language: Language) -> list[list[Cell]]:
    settings, names = view.content.settings, {one.id: one.facts.name for one in view.content.items}
    design: list[Cell] = [
        view.project.name,
        PATTERN_NAMES[settings.pattern].render(language) if settings.pattern else "",
        TIER_NAMES[settings.tier].render(language) if settings.tier else "",
        RHYTHM_NAMES[settings.rhythm].render(language) if settings.rhythm else "",
    ]
    yes = Message("是").render(language)
    return [
        [
            *design,
            STAGE_NAMES[one.stage].render(language),
            one.name,
            PART_NAMES[one.part].render(language),
            METHOD_NAMES[one.method].render(language),
            one.slots or None,
            one.hours or None,
            yes if one.online else "",
            yes if one.needs_trainer else "",
            Message.listed(one.equipment).render(language),
            Message.listed(names[item] for item in one.item_ids if item in names).render(language),
            one.min_lag or None,
            one.max_lag,
            one.reason,
        ]
        for one in view.content.activities
    ]
