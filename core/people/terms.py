"""The words of step 2: dimensions, talent classes, levels."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class Dimension(StrEnum):
    """Which of the three dimensions of the capability model a competency belongs to."""

    PROFESSIONAL = "professional"
    CORE = "core"
    GENERAL = "general"


DIMENSION_NAMES = {
    Dimension.PROFESSIONAL: Message("专业能力"),
    Dimension.CORE: Message("核心能力"),
    Dimension.GENERAL: Message("通用能力"),
}


class TalentClass(StrEnum):
    """Which class of people a post or a competency is for."""

    BUSINESS = "business"
    MANAGEMENT = "management"
    TECHNICAL = "technical"


CLASS_NAMES = {
    TalentClass.BUSINESS: Message("业务类"),
    TalentClass.MANAGEMENT: Message("管理类"),
    TalentClass.TECHNICAL: Message("技术类"),
}

LEVELS = (1, 2, 3, 4, 5)
LEVEL_NAMES = {1: Message("认知"), 2: Message("应用"), 3: Message("分析"), 4: Message("创新"), 5: Message("专家")}
