"""The sections that look back: how the year stands, the four levels, effects, money and its return, warnings, conclusions, decisions."""

from __future__ import annotations

from core.delivery.budget.figures import totals, whole
from core.delivery.budget.terms import By, CostType
from core.exports.leadership.blocks import Bars, Block, Cell, Column, Form, Lack, Said, Series, Table, Tone
from core.exports.leadership.material import Material
from core.exports.leadership.taught import target
from core.exports.returns import UNKNOWN
from core.goals.goal import LEVEL_NAMES
from core.goals.service import Standing
from core.i18n import Message
from core.people.gates import HIDE
from core.review.conclusions.terms import CHOICE_NAMES, STATE_NAMES
from core.review.effects.service import MeasuredEffect
from core.review.effects.verdict import amount, between
from core.review.executive.judging import BEHIND, VERDICT_NAMES
from core.review.executive.service import owed_by
from core.review.levels.service import Line
from core.review.returns.efficiency import Efficiency
from core.review.returns.terms import Basis
from core.review.warnings.terms import ADVICE_NAMES, LINK_NAMES, STATUS_NAMES, Status

FEW = Message("人数不足 {few}，不显示", few=HIDE)


def standing(found: Material) -> list[Block]:
    """Whether the year is on track, why, and its figures."""
    say, year = found.say, found.executive
    blocks: list[Block] = [Said(say(VERDICT_NAMES[year.verdict]))]
    blocks += [Said(say(one.text), Tone.ITEM) for one in year.reasons]
    rows: list[tuple[Cell, ...]] = [
        (say(Message("课次进度")), f"{year.over} / {year.placed}", say(Message("已上完 / 全年已排，按结束日期"))),
        _people(found),
        (say(Message("计划费用")), say.money(year.money.planned), say(Message("不含学员工时"))),
        (say(Message("已花和已承诺")), say.money(year.money.bound), say(Message("同一笔取已承诺和已发生中大的"))),
    ]
    made = year.returned
    if made is not None:
        naive = say(Message("隔离后收益减成本再除以成本；不隔离的粗算 {naive}，不能当结论", naive=f"{made.naive_roi:.0%}"))
        high = say(Message("；{n} 个项目有收益、没登记成本，实际更低", n=year.uncosted)) if year.uncosted else ""
        rows.append((say(Message("回报（已归因隔离）")), f"{made.roi:.0%}", naive + high))
    columns = (Column(say(Message("数字")), 3.5), Column(say(Message("数值")), 3.5), Column(say(Message("怎样算出")), 9))
    note = say(Message("截至 {day}。", day=say.day(year.as_of)))
    return [*blocks, Table(say(Message("全年进展")), "", columns, tuple(rows), note)]


def _people(found: Material) -> tuple[Cell, ...]:
    year, say = found.executive, found.say
    if year.unknown:
        return (say(Message("参训人数")), say(UNKNOWN), say(Message("上完的 {n} 节课都还没有登记到课", n=year.over)))
    told = year.people is not None and (not year.people or year.people >= HIDE)
    counted = f"{year.people:,}" if told else say(FEW)
    how = Message("到课登记里来过的人，每人只数一次；共 {count} 人次", count=f"{year.attendances or 0:,}") if told else FEW
    return (say(Message("参训人数")), counted, say(how))


def levels(found: Material) -> list[Block]:
    """The four levels against their targets, and every measure."""
    say, year = found.say, found.executive
    measured = [one for one in year.levels if one.score is not None]
    if not found.levels.anything:
        return [Lack(say(Message("还没有评估指标。请在“结果录入”里把目标里的指标变成评估指标。")))]
    blocks: list[Block] = []
    if measured:
        behind = [say(LEVEL_NAMES[one.level]) for one in measured if (one.score or 0) < BEHIND]
        title = Message("四级达成：有结果的 {n} 级都在 {least} 分以上", n=len(measured), least=round(BEHIND))
        if behind:
            title = Message("四级达成：{levels}不到 {least} 分", levels=say.joined(behind), least=round(BEHIND))
        series = [Series(str(found.plan.year), tuple(one.score for one in year.levels))]
        if year.before_year is not None and any(one.before is not None for one in year.levels):
            series.insert(0, Series(str(year.before_year), tuple(one.before for one in year.levels), past=True))
        results = sum(one.attendances for one in year.levels)
        note = say(
            Message("满分 100：各指标达成率按权重平均，每项最多计 100%。共 {n} 条结果，截至 {day}。", n=results, day=say.day(year.as_of))
        )
        names = tuple(say(LEVEL_NAMES[one.level]) for one in year.levels)
        blocks.append(Bars(say(title), names, tuple(series), Form.FIGURE, note))
    else:
        blocks.append(Lack(say(Message("评估指标还没有结果。请在“结果录入”里导入问卷、成绩、行为或业绩数据。"))))
    lines = [line for level in found.levels.levels for line in level.lines]
    rows = tuple(_line(found, one) for one in lines)
    columns = (
        Column(say(Message("层级")), 1.6),
        Column(say(Message("项目")), 4),
        Column(say(Message("指标")), 3.8),
        Column(say(Message("目标值")), 1.9),
        Column(say(Message("实际值")), 2.2),
        Column(say(Message("达成率")), 1.5, Form.SHARE),
        Column(say(Message("人数")), 1.2, Form.COUNT),
        Column(say(Message("结果条数")), 1.5, Form.COUNT),
        Column(say(Message("最近结果")), 2.2, Form.DAY),
    )
    note = say(Message("人数每人只算一次，结果条数是人次，两者不能相加；不足 {few} 人的不显示。", few=HIDE))
    return [*blocks, Table(say(Message("四级指标")), say(Message("四级指标")), columns, rows, note)]


def _line(found: Material, one: Line) -> tuple[Cell, ...]:
    say, measure, actual = found.say, one.measure, one.actual
    start: tuple[Cell, ...] = (
        say(LEVEL_NAMES[measure.level]),
        measure.project,
        measure.name,
        target(measure.operator, measure.target, measure.unit),
    )
    if actual.hidden or 0 < actual.people < HIDE:
        return (*start, say(FEW), None, None, None, None)
    if actual.value is None:
        return (*start, "", None, None, None, None)
    achieved = None if one.achieved is None else one.achieved
    return (*start, target("", actual.value, measure.shown_unit), achieved, actual.people or None, actual.attendances, actual.until)


def effects(found: Material) -> list[Block]:
    """What training changed, with intervals, and what that does not show."""
    say, rows = found.say, list[tuple[Cell, ...]]()
    for view in found.goals:
        rows += [_effect(found, view.project.row.name, one) for one in found.effects(view.project.id) if one.evaluation.effect is not None]
    if not rows:
        return [Lack(say(Message("还没有可以报告的训练效果：先在“训练效果”里说明参训者怎样选出，并有训前和训后的数据。")))]
    columns = (
        Column(say(Message("项目")), 3.4),
        Column(say(Message("指标")), 3),
        Column(say(Message("效果")), 2),
        Column(say(Message("区间")), 2.8),
        Column(say(Message("参训")), 1.2, Form.COUNT),
        Column(say(Message("对照")), 1.2, Form.COUNT),
        Column(say(Message("可以说，不能说")), 6),
    )
    note = say(Message("区间是 95%；百分点和百分比分开写。截至 {day}。", day=say.day(found.today)))
    return [Table(say(Message("训练效果")), "", columns, tuple(rows), note)]


def _effect(found: Material, project: str, one: MeasuredEffect) -> tuple[Cell, ...]:
    say, made = found.say, one.evaluation
    assert made.effect is not None
    size = say(amount(made.effect.value, made.effect.unit, made.effect.called, signed=True))
    return (project, one.measure.name, size, say(between(made.effect)), made.n.trained, made.n.comparison, say(made.verdict))


def returns(found: Material) -> list[Block]:
    """What was spent and what came back."""
    say = found.say
    entries = [one for one in found.returns.entries if one.type is not CostType.TIME]
    if not entries:
        return [Lack(say(Message("还没有费用：排期发布、课上完、费用登记后，这里算出投入与回报。")))]
    total = whole(entries)
    bound = sum(max(one.committed, one.actual) for one in entries)
    share = f"{bound / total.planned:.0%}" if total.planned else "—"
    title = Message("已花和已承诺 {bound}，是计划的 {share}", bound=say.money(bound), share=share)
    quarters = {one.key: one for one in totals(entries, By.QUARTER)}
    names = tuple(say(Message("第 {quarter} 季度", quarter=one)) for one in range(1, 5))
    shown = [quarters.get(one) for one in range(1, 5)]
    planned = Series(say(Message("计划")), tuple(one.planned if one else 0.0 for one in shown), past=True)
    paid = Series(say(Message("已发生")), tuple(one.actual if one else 0.0 for one in shown))
    note = say(Message("单位：元，不含学员工时；截至 {day}。", day=say.day(found.today)))
    blocks: list[Block] = [Bars(say(title), names, (planned, paid), Form.MONEY, note)]
    made = [(name, number, found.returns.efficiency(Basis.ACTUAL, {number})) for number, name in found.returns.programmes.items()]
    made.sort(key=lambda one: -one[2].cost)
    rows = [row for one in made if (row := _programme(found, *one)) is not None]
    columns = (
        Column(say(Message("项目")), 4.6),
        Column(say(Message("人数")), 1.4, Form.COUNT),
        Column(say(Message("人次")), 1.4, Form.COUNT),
        Column(say(Message("成本（元）")), 2.2, Form.MONEY),
        Column(say(Message("人均（元）")), 2, Form.MONEY),
        Column(say(Message("隔离后收益（元）")), 2.4, Form.MONEY),
        Column(say(Message("ROI")), 1.6, Form.SHARE),
    )
    if rows:
        every = _programme(found, say(Message("全年")), None, found.returns.efficiency(Basis.ACTUAL))
        rows = [*((every,) if every is not None else ()), *rows]
        blocks.append(Table(say(Message("投入与回报")), say(Message("按项目")), columns, tuple(rows), _how_returned(found)))
    return blocks


def _how_returned(found: Material) -> str:
    say, wage = found.say, found.returns.wage
    time = Message("成本不含学员工时。")
    if wage:
        time = Message("成本含学员工时，每人每半天 {wage}。", wage=say.money(wage))
    told = Message("ROI =（隔离后收益 − 成本）÷ 成本；没有写明收益的项目不算。口径：已发生。不足 {few} 人的不列人数。", few=HIDE)
    return say.together(say(told), say(time))


def _programme(found: Material, name: str, number: int | None, made: Efficiency) -> tuple[Cell, ...] | None:
    """A programme as the page of returns has it; `number` None is the whole year."""
    say, back = found.say, found.returns.returned(Basis.ACTUAL, number)
    if not made.count.sessions and not made.cost and back is None:
        return None
    people, told = made.count.people, not 0 < made.count.people < HIDE
    # What a few people's hours are worth tells how many they are.
    cost, roi = (made.cost, back.roi if back else None) if told or not made.time else (None, None)
    counted: tuple[Cell, Cell] = (say(UNKNOWN), None) if made.count.unknown else (people, made.count.attendances)
    counts = (*counted, cost, made.per_head) if told else (None, None, cost, None)
    return (name, *counts, back.credited if back else None, roi)


def warnings(found: Material) -> list[Block]:
    """The projects that will not reach what they are for."""
    say, board = found.say, found.warnings
    judged = [one for one in board.warnings if one.status is not Status.NO_JUDGEMENT]
    if not judged:
        return [Lack(say(Message("还没有项目能判断：要有到课、行动或业绩的数据。")))]
    alarms = board.alarms
    said = Message("{n} 个项目有预警", n=len(alarms)) if alarms else Message("{n} 个能判断的项目都没有预警", n=len(judged))
    rows = []
    for one in judged:
        cases = [case for case in board.cases.get(one.project.id, ()) if case.open]
        near = one.nearest
        reached = near.outlook if near is not None else None
        rows.append(
            (
                one.project.name,
                say(STATUS_NAMES[one.status]),
                say(LINK_NAMES[one.weak]) if one.weak else "",
                max(0.0, reached.end.value) if reached else None,
                f"{max(0.0, reached.end.low):.0%}–{max(0.0, reached.end.high):.0%}" if reached else "",
                reached.people if reached and reached.people >= HIDE else None,
                say(ADVICE_NAMES[one.advice]),
                cases[0].row.owner if cases else "",
                cases[0].row.due if cases else None,
            )
        )
    columns = (
        Column(say(Message("项目")), 4.4),
        Column(say(Message("状态")), 1.8),
        Column(say(Message("弱在哪里")), 2),
        Column(say(Message("预计达到目标的")), 2.2, Form.SHARE),
        Column(say(Message("区间")), 2.2),
        Column(say(Message("人数")), 1.3, Form.COUNT),
        Column(say(Message("建议")), 1.4),
        Column(say(Message("责任人")), 1.8),
        Column(say(Message("期限")), 2.2, Form.DAY),
    )
    which = say(Message("预计说的是离结果最近、可以判断的一环，不一定是弱的那一环。"))
    note = say.together(which, say(Message("已花的钱不作为继续的理由。截至 {day}。", day=say.day(board.today))))
    return [Said(say(said)), Table(say(Message("早期预警")), "", columns, tuple(rows), note)]


def conclusions(found: Material) -> list[Block]:
    """What is to become of each project next year."""
    say, made = found.say, found.conclusions.conclusions
    if not made:
        return [Lack(say(Message("还没有复盘结论。请在“复盘结论与结转”里写下保持、调整、停办或扩大。")))]
    rows = tuple(
        (one.name, say(CHOICE_NAMES[one.row.choice]), one.row.text, one.row.change, say(STATE_NAMES[one.row.state])) for one in made
    )
    columns = (
        Column(say(Message("项目或主题")), 4),
        Column(say(Message("结论")), 1.4),
        Column(say(Message("理由")), 5.6),
        Column(say(Message("明年怎么改")), 3.4),
        Column(say(Message("确认状态")), 1.6),
    )
    return [Table(say(Message("复盘结论")), "", columns, rows, say(Message("只有已确认的结论会结转到明年的计划。")))]


def decisions(found: Material) -> list[Block]:
    """What waits for somebody to decide, each a line."""
    say, year = found.say, found.executive
    wanted = [Message("“{name}”要不要{advice}？", name=one.name, advice=ADVICE_NAMES[one.advice]) for one in year.undecided]
    money, limit = year.money, year.money.limit
    if limit is not None and money.planned > limit:
        over = say.money(money.planned - limit)
        wanted.append(Message("计划费用 {money} 比上限多 {over}：追加预算，还是削减项目？", money=say.money(money.planned), over=over))
    elif money.planned and not year.over:
        wanted.append(Message("同意全年费用 {money} 吗？", money=say.money(money.planned)))
    unsettled = sum(one.standing not in (Standing.SUBMITTED, Standing.OVERRIDDEN) for one in found.goals)
    if unsettled:
        wanted.append(Message("{n} 个项目的目标还没有提交，什么时候交齐？", n=unsettled))
    if year.overdue_decisions:
        wanted.append(Message("{n} 项预警处理过了期限，要催办还是改期？", n=year.overdue_decisions))
    if year.overdue_meeting:
        wanted.append(Message("{n} 项复盘会决定过了期限，要催办还是改期？", n=year.overdue_meeting))
    wanted += [Message("{owner}还欠 {n} 项到期的结果，由谁去要？", owner=owed_by(who), n=n) for who, n in year.owed]
    if not wanted:
        return [Said(say(Message("现在没有要决定的事。")))]
    return [*(Said(say(one), Tone.ITEM) for one in wanted)]
