"""What training costs and returns as an Excel file: efficiency, benefits with every factor and who gave it, and the return of each."""

from __future__ import annotations

from core.delivery.budget.terms import COST_NAMES, CostType
from core.exports.workbook import Cell, Sheet, of_sheets
from core.i18n import Language, Message
from core.review.returns.efficiency import Efficiency
from core.review.returns.service import BenefitDraft, ReturnsOverview
from core.review.returns.terms import BASIS_NAMES, ISOLATION_NAMES, Basis

EFFICIENCY = (
    *(Message("项目"), Message("人数"), Message("人次"), Message("学习小时（人×时）"), Message("金额（元）"), Message("学员工时（元）")),
    *(Message("人均（元）"), Message("每人次（元）"), Message("每学时（元）"), Message("通过次数"), Message("每次通过（元）")),
    Message("每单位结果（元）"),
)
BENEFITS = (
    *(Message("项目"), Message("收益"), Message("变化量 Δ"), Message("区间下限"), Message("区间上限"), Message("单位")),
    *(Message("单位价值（元）"), Message("价值出处"), Message("价值确认人"), Message("归因隔离系数（%）"), Message("估计方法")),
    *(Message("理由"), Message("估计人"), Message("置信系数（%）"), Message("隔离后收益（元）"), Message("未隔离（元，仅供对照）")),
)
RETURNS = (
    *(Message("项目"), Message("成本（元）"), Message("隔离后收益（元）"), Message("ROI（%）"), Message("ROI 下限（%）")),
    *(Message("ROI 上限（%）"), Message("BCR"), Message("盈亏平衡的隔离系数（%）"), Message("未隔离的 ROI（%，仅供对照）")),
)
FORMULA = Message(
    "收益 B = Σ 变化量 × 单位价值 × 归因隔离系数 × 置信系数；ROI =（B − C）÷ C；BCR = B ÷ C。未隔离的数字把全部变化都算给培训，只作对照。"
)

UNKNOWN = Message("未登记")


def returns_workbook(found: ReturnsOverview, basis: Basis, language: Language) -> bytes:
    """Three sheets; what is text stays text, also where it begins like a formula."""

    def said(one: Message) -> str:
        return one.render(language)

    whole = said(Message("全年"))
    ids = [number for number in found.programmes if _is_told(found, basis, number)]
    efficiency = [_efficiency(found.programmes[number], found.efficiency(basis, {number}), language) for number in ids]
    efficiency.append(_efficiency(whole, found.efficiency(basis), language))
    efficiency += [_efficiency(said(COST_NAMES[kind]), found.of_type(kind, basis), language) for kind in CostType]
    notes = [said(Message("口径：{basis}。人数每人只算一次，人次是到课次数，两者不能相加。", basis=BASIS_NAMES[basis]))]
    benefits = [_benefit(found, one, language) for one in found.lines]
    returns = [row for number in ids if (row := _return(found, basis, found.programmes[number], number))]
    if (row := _return(found, basis, whole, None)) is not None:
        returns.append(row)
    sheets = (
        Sheet(said(Message("效率")), [said(one) for one in EFFICIENCY], efficiency, notes),
        Sheet(said(Message("收益明细")), [said(one) for one in BENEFITS], benefits, [said(FORMULA)]),
        Sheet(said(Message("回报")), [said(one) for one in RETURNS], returns, [said(FORMULA)]),
    )
    return of_sheets(sheets)


def _is_told(found: ReturnsOverview, basis: Basis, number: int) -> bool:
    """Whether there is anything to say of a programme: what it cost before a session was held, too."""
    made = found.efficiency(basis, {number})
    return bool(made.cost or made.count.sessions or found.benefits(number))


def _efficiency(name: str, one: Efficiency, language: Language) -> list[Cell]:
    each = (f"{result} {money:,.0f}/{unit}" for result, (money, unit) in one.per_result.items())
    results = Message.listed(each, between="；").render(language)
    figures = (one.per_head, one.per_attendance, one.per_hour)
    count = one.count
    people: list[Cell] = [count.people, count.attendances, round(count.learnt_hours, 1)]
    # Where nobody noted a list, nobody knows whether anybody came: that is not nobody.
    start: list[Cell] = [name, *([UNKNOWN.render(language)] * len(people) if count.unknown else people), round(one.money), round(one.time)]
    return [*start, *(_money(figure) for figure in figures), one.outcome.passes, _money(one.per_pass), results]


def _benefit(found: ReturnsOverview, one: BenefitDraft, language: Language) -> list[Cell]:
    worth = one.benefit
    name = found.programmes.get(one.programme_id or 0, "")
    return [
        *(name, one.name, one.delta, one.low, one.high, one.unit, one.value, one.value_source, one.value_by),
        *(one.isolation * 100, ISOLATION_NAMES[one.method].render(language), one.reason, one.isolation_by, one.confidence * 100),
        *(round(worth.credited), round(worth.naive)),
    ]


def _return(found: ReturnsOverview, basis: Basis, name: str, programme: int | None) -> list[Cell] | None:
    made = found.returned(basis, programme)
    if made is None:
        return None
    low, high = made.interval or (None, None)
    even = found.break_even(basis, programme)
    shares = [_percent(one) for one in (made.roi, low, high)]
    return [name, round(made.cost), round(made.credited), *shares, round(made.bcr, 2), _percent(even), _percent(made.naive_roi)]


def _money(value: float | None) -> float | None:
    return round(value, 1) if value is not None else None


def _percent(value: float | None) -> float | None:
    return round(value * 100, 1) if value is not None else None
