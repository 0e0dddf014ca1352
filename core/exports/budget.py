"""A plan's money as an Excel file: by programme, quarter, unit and cost type, and every line that people wrote."""

from __future__ import annotations

from core.delivery.budget.figures import WHOLE, Total, totals, whole
from core.delivery.budget.service import LineDraft, Overview
from core.delivery.budget.terms import BY_NAMES, COST_NAMES, By, CostType
from core.exports.workbook import Cell, Sheet, of_sheets
from core.i18n import Language, Message

_SUMS = (Message("计划（元）"), Message("已承诺（元）"), Message("已发生（元）"), Message("计划余额（元）"))
_OF = {
    By.PROGRAMME: (Message("人均（元）"), Message("每半天（元）")),
    By.QUARTER: (Message("上限（元）"),),
    By.UNIT: (),
    By.TYPE: (),
}
_SHEETS = {By.PROGRAMME: Message("按项目"), By.QUARTER: Message("按季度"), By.UNIT: Message("按机构"), By.TYPE: Message("按费用类型")}
_LINES = (
    *(Message("费用类型"), Message("季度"), Message("项目"), Message("机构")),
    *(Message("计划（元）"), Message("已承诺（元）"), Message("已发生（元）"), Message("说明")),
)


def budget_workbook(found: Overview, language: Language) -> bytes:
    """Four sheets of sums, each with the sum of all below, and the lines as they were written."""

    def said(one: Message) -> str:
        return one.render(language)

    notes = [said(_source(found))]
    if found.rules.wage_per_slot:
        values = {"money": f"{found.rules.wage_per_slot:,.0f}", "source": found.rules.wage_source or "—"}
        notes.append(said(Message("已计学员工时：每人每半天 {money} 元，出处：{source}。", **values)))
    if found.rules.budget_year is not None:
        notes.append(said(Message("全年上限 {money} 元。", money=f"{found.rules.budget_year:,.0f}")))
    sheets = []
    for by, name in _SHEETS.items():
        headings = [said(one) for one in (BY_NAMES[by], *_SUMS, *_OF[by])]
        rows = [_row(found, by, one, heading(found, by, one.key).render(language)) for one in totals(found.entries, by)]
        every = whole(found.entries)
        rows.append([said(Message("合计")), *_money(every), *([None] * len(_OF[by]))])
        sheets.append(Sheet(said(name), headings, rows, notes))
    lines = [_line(found, one, language) for one in found.lines]
    return of_sheets([*sheets, Sheet(said(Message("预算明细")), [said(one) for one in _LINES], lines)])


def heading(found: Overview, by: By, key: int | CostType) -> Message:
    """What a heading is called."""
    if by is By.TYPE:
        return COST_NAMES[CostType(str(key))]
    if by is By.QUARTER:
        return Message("{number} 季度", number=str(key))
    if key == WHOLE:
        return Message("不属于单个项目") if by is By.PROGRAMME else Message("全行或未定机构")
    name = (found.programmes if by is By.PROGRAMME else found.units).get(int(key))
    return Message("{name}", name=name) if name else Message("已删除")


def _source(found: Overview) -> Message:
    if found.draft:
        return Message("还没有发布的排期，讲师费和场地费按最新一份草稿（{n} 个课次）计算。", n=found.placed)
    return Message("讲师费、场地费 = 半天数 × 单价，按已发布的排期（{n} 个课次）计算；其余来自预算明细。", n=found.placed)


def _money(one: Total) -> list[Cell]:
    return [round(one.planned, 2), round(one.committed, 2), round(one.actual, 2), round(one.planned - one.bound, 2)]


def _row(found: Overview, by: By, one: Total, name: str) -> list[Cell]:
    row: list[Cell] = [name, *_money(one)]
    if by is By.QUARTER:
        row.append(found.limit(int(one.key)))
    if by is By.PROGRAMME:
        each = (found.people.get(int(one.key), 0), found.slots.get(int(one.key), 0))
        row += [round(one.planned / number, 2) if number else None for number in each]
    return row


def _line(found: Overview, one: LineDraft, language: Language) -> list[Cell]:
    programme = heading(found, By.PROGRAMME, one.programme_id or WHOLE).render(language)
    unit = heading(found, By.UNIT, one.unit_id or WHOLE).render(language)
    return [COST_NAMES[one.type].render(language), one.quarter, programme, unit, one.planned, one.committed, one.actual, one.note]
