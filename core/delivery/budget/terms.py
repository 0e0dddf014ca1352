"""The words in which money is spoken of."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class CostType(StrEnum):
    """What money is spent on. `TRAINERS` and `VENUES` are worked out from the timetable, `TIME` from who is in its cohorts, when asked."""

    TRAINERS = "trainers"
    VENUES = "venues"
    MATERIALS = "materials"
    TRAVEL = "travel"
    PURCHASE = "purchase"
    OTHER = "other"
    TIME = "time"


COST_NAMES = {
    CostType.TRAINERS: Message("讲师费"),
    CostType.VENUES: Message("场地费"),
    CostType.MATERIALS: Message("教材资料"),
    CostType.TRAVEL: Message("食宿交通"),
    CostType.PURCHASE: Message("采购与平台"),
    CostType.OTHER: Message("其他"),
    CostType.TIME: Message("学员工时"),
}
# What people write lines of; participants' time is nobody's bill.
WRITTEN = tuple(one for one in CostType if one is not CostType.TIME)


class By(StrEnum):
    """What money is summed by."""

    PROGRAMME = "programme"
    QUARTER = "quarter"
    UNIT = "unit"
    TYPE = "type"


BY_NAMES = {By.PROGRAMME: Message("项目"), By.QUARTER: Message("季度"), By.UNIT: Message("机构"), By.TYPE: Message("费用类型")}
