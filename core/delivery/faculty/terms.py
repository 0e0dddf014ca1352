"""The words of the faculty: what somebody teaches, whose people they are, whose rooms."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class TrainerRole(StrEnum):
    """What kind of content somebody is asked for."""

    FRONTIER = "frontier"
    TRENDS = "trends"
    BUSINESS = "business"
    TECHNOLOGY = "technology"
    LEADERSHIP = "leadership"
    RISK = "risk"
    SERVICE = "service"
    GENERAL = "general"


ROLE_NAMES = {
    TrainerRole.FRONTIER: Message("前沿理念"),
    TrainerRole.TRENDS: Message("行业趋势"),
    TrainerRole.BUSINESS: Message("业务实操"),
    TrainerRole.TECHNOLOGY: Message("技术应用"),
    TrainerRole.LEADERSHIP: Message("领导力"),
    TrainerRole.RISK: Message("合规风控"),
    TrainerRole.SERVICE: Message("客户服务"),
    TrainerRole.GENERAL: Message("通用技能"),
}
# 外部点缀: what people from outside are asked for without a further reason.
EXTERNAL_ROLES = (TrainerRole.FRONTIER, TrainerRole.TRENDS)


class VenueKind(StrEnum):
    """Whose room it is."""

    OWN = "own"
    EXTERNAL = "external"


# What rooms often have, offered in the form; a branch may call its own whatever it likes.
USUAL_EQUIPMENT = (Message("投影"), Message("白板"), Message("音响"), Message("电脑"), Message("分组桌"), Message("录播"))
VENUE_KIND_NAMES = {VenueKind.OWN: Message("自有"), VenueKind.EXTERNAL: Message("外租")}


class Basis(StrEnum):
    """What the share of the branch's own trainers is taken of."""

    PEOPLE = "people"
    SLOTS = "slots"


BASIS_NAMES = {Basis.PEOPLE: Message("按人数"), Basis.SLOTS: Message("按已排半天数")}
