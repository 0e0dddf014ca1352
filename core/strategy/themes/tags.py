"""How a theme is classed: perspective of the scorecard, layer, lenses."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message
from core.strategy.findings import Perspective


class Layer(StrEnum):
    """Where in the bank a theme is decided: 战略, 业务, 技术, 组织."""

    STRATEGY = "strategy"
    BUSINESS = "business"
    TECHNOLOGY = "technology"
    ORGANISATION = "organisation"


class Lens(StrEnum):
    """The five lenses under which a theme is looked at: 工具, 系统, 组织队伍, 渠道, 场景."""

    TOOLS = "tools"
    SYSTEMS = "systems"
    TEAMS = "teams"
    CHANNELS = "channels"
    SCENES = "scenes"


# The order of the balanced scorecard from cause to effect: what people learn carries how they work, that the customer, that the money.
CAUSAL_ORDER = (Perspective.LEARNING, Perspective.PROCESS, Perspective.CUSTOMER, Perspective.FINANCIAL)

PERSPECTIVE_NAMES = {
    Perspective.FINANCIAL: Message("财务"),
    Perspective.CUSTOMER: Message("客户"),
    Perspective.PROCESS: Message("内部流程"),
    Perspective.LEARNING: Message("学习与成长"),
}
LAYER_NAMES = {
    Layer.STRATEGY: Message("战略"),
    Layer.BUSINESS: Message("业务"),
    Layer.TECHNOLOGY: Message("技术"),
    Layer.ORGANISATION: Message("组织"),
}
LENS_NAMES = {
    Lens.TOOLS: Message("工具"),
    Lens.SYSTEMS: Message("系统"),
    Lens.TEAMS: Message("组织队伍"),
    Lens.CHANNELS: Message("渠道"),
    Lens.SCENES: Message("场景"),
}
