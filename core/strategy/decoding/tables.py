"""What tables demand: targets row by row under the columns that hold them, abilities under columns that are called so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from core.documents.parsed import Cell, ParsedDocument, Table
from core.patterns import lazily
from core.strategy.decoding.columns import CELL, Column, Layout, layout, thing, without_period, words
from core.strategy.decoding.deadlines import moments
from core.strategy.decoding.perspectives import of_target
from core.strategy.decoding.plans import Plan
from core.strategy.decoding.profile import Profile
from core.strategy.decoding.quantities import is_unit, measured, number
from core.strategy.decoding.worded import in_words, of_row
from core.strategy.findings import Finding, FindingKind, Measure, Operator, Perspective

_WRITTEN: dict[Operator, str] = {
    ">=": "≥ ＞ > >= 不低于 不少于 至少 以上 及以上 达到 达 提升到 提升至 提高到 提高至 升到 升至 增到 增至",
    "<=": "≤ ＜ < <= 不超过 不高于 控制在 以内 以下 降到 降至 减到 减至 压到 压至",
    "+": "+ ＋ 新增 净增 增长 增加 提升 提高",
    "-": "下降 压降 降低 减少 压缩",
}
_SIGNS: dict[str, Operator] = {sign: operator for operator, signs in _WRITTEN.items() for sign in signs.split()}
_SIGNS |= {"at least": ">=", "no less than": ">=", "above": ">=", "over": ">="}
_SIGNS |= {"no more than": "<=", "at most": "<=", "below": "<=", "under": "<=", "up to": "<="}
_SIGNS |= {"or less": "<=", "or fewer": "<=", "or lower": "<=", "or below": "<="}
_SIGNS |= {"or more": ">=", "or higher": ">=", "or above": ">=", "or better": ">="}
# A scorecard's first column names the perspective itself.
_NAMED = {
    "财务": Perspective.FINANCIAL,
    "效益": Perspective.FINANCIAL,
    "规模": Perspective.FINANCIAL,
    "客户": Perspective.CUSTOMER,
    "流程": Perspective.PROCESS,
    "内部": Perspective.PROCESS,
    "风险": Perspective.PROCESS,
    "学习": Perspective.LEARNING,
    "组织": Perspective.LEARNING,
    "队伍": Perspective.LEARNING,
    "人才": Perspective.LEARNING,
}
_ABILITY = lazily(r"短板|弱项|能力(?!未|等级|人数)|技能|资质|资格|证书|必备|skill|competenc|certif(?!ied by)", re.IGNORECASE)
_ABILITY_NOT = lazily(r"人数|方式|等级|达标率|率$|未达标")
_CONTENT = lazily(r"^(?:重点|主要)?(?:培训|学习|课程)?内容$|^课程$")
_TRAINING = lazily(r"培训|学时|轮训|训练|能力")
# （余额，亿元）, （户次，不少于）.
_BOUND = r"(?:不[少低高多大]于|不超过|以[上下内])"
_UNIT = lazily(rf"[（(]\s*(?:[^（）()]*[，,]|单位[:：])?\s*((?!{_BOUND})[^（）()，,]{{1,12}}?)\s*(?:[，,]\s*{_BOUND}\s*)?[）)]\s*$")
_QUALIFIES = lazily(r"\d|^(?:含|不含|其中|包括|[一-龥]*(?:口径|版|期))")
_TWO_OR_MORE = lazily(r"(?!吨|积分)[一-龥]{2,4}")
_IN_MONEY = lazily(r"存款|贷款|储蓄|资产|余额|金额|收入|利润|费用|预算|投放|销售额|中收|AUM|清收|保费", re.IGNORECASE)
_IN_PEOPLE = lazily(r"人[数员]|员工|经理|学员|干部")
_NO_UNIT = lazily(r"number|count|no\.?|#|—|-", re.IGNORECASE)
# Column names that are units themselves: 2028年人数, 年度学时.
_UNIT_IN_NAME = {"人数": "人", "员额": "人", "学时": "学时", "户数": "户", "期数": "期", "人次": "人次", "人天": "人天"}
_UNIT_WORD = lazily(
    r"(?:[%％‰]|吨[\u4e00-\u9fff]{2,6}|[万亿千百]?[\u4e00-\u9fff]{1,4}(?:/[\u4e00-\u9fff]{1,3})?|BP|bps?|[A-Z]{3}(?:\s?(?:000|[mk]|bn|million|billion))?|"
    r"[$£€](?:000|[mk]|bn|million|billion)?|score|"
    r"(?:basis )?points?|days?|hours?|minutes?|seconds?|weeks?|months?|thousand|million|billion)",
    re.IGNORECASE,
)
_ORGANISATION = lazily(r"(?:(?:^全行平均|支行|分行|网点|营业部|部|中心|团队|银行|机构|片区|全行|branch)(?:合计|小计)?)$", re.IGNORECASE)
_DATE_OR_PLAN = lazily(
    r"(?:FY\s?)?20\d\d(?:年|[AEFP](?![A-Z]))?度?末?|(?:计划|目标|预算|(?:年度)?最[低高](?:要求|标准))$|\s*\b(?:target|plan|budget)$",
    re.IGNORECASE,
)
_YEAR_PLANNED = lazily(r"20\d\d年末?(?:计划|目标)?")
_PART_OF_YEAR = lazily(r"^(?:第?[一二三四1-4]季度[末底]?|上半年[末底]?|1?\d月[末底]|[年季][末底])(?=[\u4e00-\u9fff])")
_DATED = lazily(r"20\d\d|\d月|季|(?<![一二三四五两半])年")
# 责任部门: who answers for a row is no part of what it measures.
_ANSWERS = lazily(r"责任|牵头|主办|主责|负责|owner|responsible|\blead\b", re.IGNORECASE)
# A total is an aim where it says what of.
_TOTAL = lazily(r"^(?:合计|总计|小计|total)$", re.IGNORECASE)
# A row that gives what was beside rows of what is planned.
_ACCOUNT = lazily(
    r"^(?:20\d\d年?|上年|去年)(?:末|度)?(?:实际|实绩|完成|现状|基数|同期)|^(?:末|度)?(?:实际|实绩|现状|基数|同期)|^完成(?:数|值|额|情况)?$|"
    r"^(?:20\d\d\s)?(?:actual|last year|baseline)\b",
    re.IGNORECASE,
)


def targets(parsed: ParsedDocument, table: Table, path: tuple[str, ...], profile: Profile) -> Iterator[Finding]:
    """The targets of a table, row by row. A table that names no later year and no target column has none."""
    plan = layout(parsed, table, _caption(parsed, table, path), profile.plan)
    if plan is None or not plan.planned:
        return
    rows = table.rows[plan.first_row :]
    owned = plan.names and not _ANSWERS.search(plan.columns[0].own)
    owners = _owners([words(parsed.text, row[0]) for row in rows]) if owned else [""] * len(rows)
    for row, owner in zip(rows, owners, strict=True):
        label = words(parsed.text, row[plan.names])
        if not label or _ACCOUNT.match(label):
            continue
        label = owner + label
        for column in plan.planned:
            if _TOTAL.match(label) and _metric(label, column, plan) == label:
                continue
            finding = _target(parsed, row, column, label, plan, path, profile.plan)
            if finding is not None:
                yield finding
            elif _DATED.search(column.own):
                yield from in_words(parsed, row, column.at, column.own, label, path, profile)


def _owners(firsts: list[str]) -> list[str]:
    """Whose each row is, where the first column names units of the bank and another one what is measured; a blank goes on with the last."""
    if not firsts[0] or not all(_ORGANISATION.search(name) for name in firsts if name):
        return [""] * len(firsts)
    owners: list[str] = []
    for name in firsts:
        owners.append(name or owners[-1])
    return owners


def capabilities(parsed: ParsedDocument, table: Table, path: tuple[str, ...]) -> Iterator[Finding]:
    """Rows that say under a column of weak points, abilities or certificates what people must be able to do."""
    text = parsed.text
    caption = _caption(parsed, table, path) + " ".join(words(text, cell) for cell in table.rows[0])
    for column, cell in enumerate(table.rows[0]):
        name = words(text, cell)
        asked = _ABILITY.search(name) and not _ABILITY_NOT.search(name)
        if not table.header_rows or not (asked or (_CONTENT.match(name) and _TRAINING.search(caption))):
            continue
        for row in table.rows[table.header_rows :]:
            named = words(text, row[column])
            names = tuple(part for part in re.split(r"[、，,；;和]", named) if 2 <= len(part) <= 16 and not part[0].isdigit())
            if names and not re.fullmatch(r"L\d|[一二三四五]级", named):
                yield of_row(parsed, row, path, FindingKind.CAPABILITY, named, Perspective.LEARNING, "capability_table", name, names)


def _caption(parsed: ParsedDocument, table: Table, path: tuple[str, ...]) -> str:
    """What stands above a table: its headings and the line before it."""
    before = parsed.text[max(0, table.start - 80) : table.start].rstrip()
    return " ".join((*path[-2:], before.rpartition("\n")[2]))


def _target(
    parsed: ParsedDocument, row: tuple[Cell, ...], column: Column, label: str, plan: Layout, path: tuple[str, ...], years: Plan
) -> Finding | None:
    cell = row[column.at]
    match = CELL.match(parsed.text[cell.start : cell.end])
    if match is None or cell.start < row[0].end:
        return None
    unit_written = match["part"] or match["unit"] or match["of"] or ""
    # 1.1万 under 户: the cell has the scale, the column the unit.
    if not unit_written or unit_written in ("万", "亿", "千", "百万", "千万"):
        unit_written += _unit_of(parsed, row, label, column, plan)
    value, unit, _ = measured(number(match["number"]), unit_written)
    metric = _metric(label, column, plan)
    start, end = min(one.start for one in row), max(one.end for one in row)
    # 8%–9%: at least the lower.
    sign = match["sign"] or (match["after"] or "").replace("左右", "") or (">=" if match["range"] else "")
    return Finding(
        kind=FindingKind.TARGET,
        text=f"{metric}　{column.name}：{match.group().strip()}{'' if match['unit'] else unit_written}",
        quote=parsed.text[start:end],
        page=parsed.page_at(start).number,
        start=start,
        end=end,
        heading=path,
        perspective=(_NAMED.get(words(parsed.text, row[0])[:2]) if plan.names else None) or of_target(metric, unit, " ".join(path[-1:])),
        competencies=(),
        measure=Measure(
            metric,
            _SIGNS.get(sign.lower()) or _bound(f"{column.own} {metric}"),
            float(value),
            unit,
            unit_written,
            _due(parsed, row, column, plan, years) or column.day or "",
            _baseline(parsed, row, column, plan, unit_written),
        ),
        confidence=0.85,
        rule="target_table",
        cues=tuple(part for part in (column.name, match.group().strip()) if part),
    )


def _metric(label: str, column: Column, plan: Layout) -> str:
    """The row's name, with the column's where rows are organisations or the planned columns hold different things."""
    name = _without_unit(label)
    column = replace(column, own=without_period(column.own))
    group = _UNIT.sub("", column.group or column.own).strip()
    if plan.names == plan.due:
        return _UNIT.sub("", column.own).strip()
    if _ORGANISATION.search(name) or _TOTAL.match(name):
        what = group if not re.search(r"\d年|其他", group) else _UNIT.sub("", column.own).strip()
        if plan.counted or thing(group):
            # 一季度末存款, 二季度末存款: what differs by the date alone is one thing.
            alike = {_PART_OF_YEAR.sub("", one.own) for one in plan.planned} if len(plan.planned) > 1 else set()
            what = _PART_OF_YEAR.sub("", what) if len(alike) == 1 else what
            return f"{name}{plan.counted or _YEAR_PLANNED.sub('', what)}"
        if measured_before := _measured_before(column, plan):
            return f"{name}{thing(measured_before.own)}"
    days = [one.day for one in plan.planned]
    if (len(days) > 1 and len(set(days)) < len(days)) or len({thing(one.own) for one in plan.planned}) > 1:
        # 2030年末持证人数, A组2030年计划: the date is the deadline's, and tells nothing apart.
        own = _DATE_OR_PLAN.sub("", _UNIT.sub("", column.own)).strip() if thing(column.own) else ""
        return f"{name}{' ' if own[:1].isascii() and name[-1:].isascii() else ''}{own}".strip()
    return name


def _measured_before(column: Column, plan: Layout) -> Column | None:
    """The one column with what is or was that says in the same unit what a column measures that is called by its date alone:
    2028年末不良率（%） beside 2029年末目标（%）."""
    unit = _UNIT.search(column.own)
    if thing(column.own) or unit is None:
        return None
    alike = [one for one in plan.actual if thing(one.own) and (own := _UNIT.search(one.own)) and own[1] == unit[1]]
    return alike[0] if len(alike) == 1 else None


def _is_unit_word(written: str) -> bool:
    """Whether what stands in brackets behind a name is a unit: 户, 万元/户, 吨标煤; not 专职, 机构类."""
    known = is_unit(_plain_unit(written)) or not _TWO_OR_MORE.fullmatch(written)
    return known and _UNIT_WORD.fullmatch(written) is not None


def _without_unit(label: str) -> str:
    """A row's name without the unit that stands in brackets behind it; what else stands there belongs to the name: 私行（600万以上）."""
    label = label.removeprefix("其中").lstrip("：: ") if label.startswith("其中") else label
    found = _UNIT.search(label)
    if found is None or (not is_unit(_plain_unit(found[1])) and (_QUALIFIES.search(found[1]) or _TWO_OR_MORE.fullmatch(found[1]))):
        return label
    before = re.sub(r"[，,]\s*$", "", label[: found.start(1)])
    return f"{before}）" if before != label[: found.start(1)] else label[: found.start()].strip()


def _due(parsed: ParsedDocument, row: tuple[Cell, ...], column: Column, plan: Layout, years: Plan) -> str:
    """The day that a row names for itself, where its column names none."""
    if plan.due is None or _DATED.search(column.own):
        return ""
    named = moments(words(parsed.text, row[plan.due]), years, years.base)
    return named[-1].day if named and named[-1].year else ""


def _unit_of(parsed: ParsedDocument, row: tuple[Cell, ...], label: str, column: Column, plan: Layout) -> str:
    if plan.unit is not None and (written := words(parsed.text, row[plan.unit])):
        return "" if _NO_UNIT.fullmatch(written) else _plain_unit(written)
    named = [match[1] for name in (label, column.own, column.group) if (match := _UNIT.search(name)) and _is_unit_word(match[1])]
    # 手机银行8.0（含适老版） under 预算（万元）: what is in brackets may say which one is meant.
    for one in sorted(named, key=lambda unit: not is_unit(_plain_unit(unit))):
        return _plain_unit(one)
    names = (re.sub(r"(?:目标|计划|要求|任务)(?:值|数)?$", "", _UNIT.sub("", column.own)), label if label.endswith("学时") else "")
    # 2026年末人数 | 2027年 | 2029年: what is called by its date alone counts the same.
    alike = () if thing(column.own) else tuple(one.own for one in plan.actual)
    called = (unit for name in (*names, *alike) for ending, unit in _UNIT_IN_NAME.items() if name.endswith(ending))
    return next(called, "" if names[0].endswith("率") else _of_several(plan.unit_of_all.split("、"), column.own))


def _of_several(units: list[str], name: str) -> str:
    """Which of the units that a caption names for its whole table (单位：家、人、万元) a column counts in."""
    money = [unit for unit in units if unit.endswith("元")]
    people = [unit for unit in units if unit in ("人", "名", "人次")]
    if len(units) == 1 or (money and _IN_MONEY.search(name)):
        return (money or units)[0]
    if people and _IN_PEOPLE.search(name):
        return people[0]
    return next((unit for unit in units if unit not in (*money, *people)), "")


def _plain_unit(written: str) -> str:
    return re.sub(r"/[年月季人]$", "", written.strip("（）()"))


def _baseline(parsed: ParsedDocument, row: tuple[Cell, ...], column: Column, plan: Layout, unit: str) -> float | None:
    """Today's figure: of the last column with what is or was, in the same group where the header has groups."""
    same = [one for one in plan.actual if one.group == column.group] if column.group else list(plan.actual)
    things = {thing(one.own) for one in plan.planned}
    if len(things) > 1:
        # 计划增幅 beside 2031年计划: what is called by its date alone is the base of that one.
        same = [one for one in same if thing(one.own) or not (thing(column.own) and "" in things)]
        of_it = _measured_before(column, plan)
        same = [one for one in same if one == of_it or not thing(one.own) or _share_a_word(thing(one.own), thing(column.own))]
    for one in reversed(same):
        cell = row[one.at]
        match = CELL.match(parsed.text[cell.start : cell.end])
        if match:
            return float(measured(number(match["number"]), match["unit"] or unit)[0])
    return None


def _share_a_word(one: str, other: str) -> bool:
    return any(one[at : at + 2] in other for at in range(len(one) - 1))


def _bound(name: str) -> Operator:
    """How a cell without a sign binds: a metric or a column that is called a ceiling or a floor says so."""
    if re.search(r"上限|最高(?:要求|标准)|不高于|不超过|≤", name):
        return "<="
    return ">=" if re.search(r"下限|底线|最低(?:要求|标准)|不低于|不少于|≥", name) else "="
