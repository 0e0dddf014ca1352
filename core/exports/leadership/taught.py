"""The sections on what a plan does: projects with their goals, the calendar, the money, how it will be evaluated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from core.delivery.budget.figures import WHOLE, Entry, Total, totals, whole
from core.delivery.budget.terms import COST_NAMES, By, CostType
from core.delivery.halves import HALF_NAMES
from core.delivery.timetable.service import SessionView
from core.exports.leadership.blocks import Bars, Block, Cell, Column, Form, Head, Lack, Said, Series, Table, Tone
from core.exports.leadership.material import Material
from core.goals.chain.service import figures_text
from core.goals.goal import KIND_NAMES, LEVEL_NAMES, GoalIndicator, Kind
from core.goals.service import STANDING_NAMES, GoalView
from core.i18n import Message
from core.review.effects.planning import proofs
from core.review.effects.terms import DESIGN_NAMES
from core.review.results.service import MeasureView
from core.review.results.terms import FREQUENCY_NAMES

SIGNS = {">=": "≥", "<=": "≤", "=": "=", "+": "+", "-": "−", "": ""}
_MOST_PROOFS = 12


def projects(found: Material) -> list[Block]:
    """All projects in a table, then each with its purpose, whose words it rests on, what it answers, and the goal in three parts."""
    say = found.say
    if not found.goals:
        return [Lack(say(Message("还没有培训项目。请在“战略传导项目”里采纳项目想法。")))]
    columns = (
        Column(say(Message("项目")), 4.6),
        Column(say(Message("战略主题")), 3.6),
        Column(say(Message("岗位")), 2.6),
        Column(say(Message("人数")), 1.4, Form.COUNT),
        Column(say(Message("绩效目标")), 4.6),
        Column(say(Message("目标状态")), 2),
    )
    rows = []
    for view in found.goals:
        row = view.project.row
        theme = view.project.theme.theme.name if view.project.theme else ""
        reached = say(
            Message.listed((f"{one.name} {target(one.operator, one.value, one.unit)}" for one in view.draft.goal.performance), between="；")
        )
        rows.append((row.name, theme, row.post, view.draft.headcount, reached, say(STANDING_NAMES[view.standing])))
    note = say(Message("共 {n} 个项目，按紧迫程度排列；人数是目标里写的参训人数。截至 {day}。", n=len(rows), day=say.day(found.today)))
    blocks: list[Block] = [Table(say(Message("项目一览")), "", columns, tuple(rows), note)]
    blocks.append(_indicators(found))
    for view in found.goals:
        blocks += _project(found, view)
    return blocks


def target(operator: str, value: float | None, unit: str) -> str:
    """What is to be reached, as the goal says it."""
    if value is None:
        return "—"
    figure = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{SIGNS.get(operator, '')} {figure}{unit if unit in ('%', '％') else f' {unit}' if unit else ''}".strip()


def _project(found: Material, view: GoalView) -> list[Block]:
    say, row = found.say, view.project.row
    blocks: list[Block] = [Head(row.name)]
    facts = list[tuple[Cell, ...]]()

    def fact(name: Message, value: str) -> None:
        if value:
            facts.append((say(name), value))

    hidden = view.project.cited.withheld
    fact(Message("培训目的"), say(Message("依据的文件您不能查看")) if hidden else row.purpose)
    for clause in () if hidden else view.project.cited.clauses[:2]:
        fact(Message("依据"), say(Message("“{quote}”——《{title}》", quote=" ".join(clause.quote.split()), title=clause.document)))
    fact(Message("对象"), say.joined([one for one in (row.line, row.post) if one]))
    for gap in _answered(found, view):
        fact(Message("要补的短板"), gap)
    fact(Message("业务痛点"), view.draft.pain_point)
    fact(Message("行为目标"), view.draft.behaviour)
    if view.draft.due_days is not None:
        fact(Message("达成期限"), say(Message("训后 {n} 天", n=view.draft.due_days)))
    columns = (Column("", 2.6), Column("", 13.4))
    blocks.append(Table("", "", columns, tuple(facts), reading=True))
    lines = [_indicator(found, view, line.kind, line.indicator, line.owner)[1:] for line in view.draft.lines]
    if lines:
        blocks.append(Table("", "", _indicator_columns(found)[1:], tuple(lines), reading=True))
    else:
        blocks.append(Lack(say(Message("这个项目还没有写目标。请在“三维目标”里写业务痛点、行为目标和绩效指标。"))))
    if view.row is not None and view.row.reason:
        blocks.append(Said(say(Message("例外提交的理由：{reason}", reason=view.row.reason)), Tone.NOTE, short=False))
    return blocks


def _answered(found: Material, view: GoalView) -> list[str]:
    strands = (strand.nodes for strand in found.alignment.chain.strands if f"project-{view.project.id}" in strand.nodes)
    keys = {node.removeprefix("gap-") for nodes in strands for node in nodes if node.startswith("gap-")}
    told = [one for key, one in found.alignment.gaps.items() if key in keys]
    named = ((f"{one.competency} · {found.say(one.where)}", figures_text(one.today)) for one in told[:3])
    return [found.say(Message("{name}：{value}", name=name, value=figures)) for name, figures in named]


def _indicator_columns(found: Material) -> tuple[Column, ...]:
    say = found.say
    return (
        Column(say(Message("项目")), 4),
        Column(say(Message("类别")), 2),
        Column(say(Message("指标")), 4.4),
        Column(say(Message("目标值")), 2.6),
        Column(say(Message("基线")), 1.8),
        Column(say(Message("层级")), 1.8),
        Column(say(Message("数据来源")), 2.8),
        Column(say(Message("责任人")), 2),
    )


def _indicator(found: Material, view: GoalView, kind: Kind, one: GoalIndicator, owner: str) -> tuple[Cell, ...]:
    say = found.say
    level = say(LEVEL_NAMES[one.level]) if one.level else ""
    baseline = "" if one.baseline is None else target("", one.baseline, one.unit)
    name = view.project.row.name
    return (name, say(KIND_NAMES[kind]), one.name, target(one.operator, one.value, one.unit), baseline, level, one.source, owner)


def _indicators(found: Material) -> Table:
    rows = [_indicator(found, view, line.kind, line.indicator, line.owner) for view in found.goals for line in view.draft.lines]
    return Table(found.say(Message("目标指标")), "", _indicator_columns(found), tuple(rows), sheet_only=True)


def calendar(found: Material) -> list[Block]:
    """Sessions by month, and by programme; all of them in the workbook."""
    say, placed = found.say, found.placed
    if not placed:
        return [Lack(say(Message("排期还没有发布。请在“全年排期”里排好并发布。")))]
    by_month = Counter(one.day.month for one in placed if one.day)
    busiest, most = max(by_month.items(), key=lambda one: (one[1], -one[0]))
    title = Message("全年 {n} 节课，{month}最多，有 {most} 节", n=len(placed), month=say.month(busiest), most=most)
    months = tuple(say.month(one) for one in range(1, 13))
    note = say(
        Message("排期第 {number} 版，课次按开始日期计入月份；截至 {day}。", number=found.timetable_version, day=say.day(found.today))
    )
    bars = Bars(say(title), months, (Series(say(Message("课次")), tuple(by_month[one] for one in range(1, 13))),), Form.COUNT, note)
    rows = []
    for programme in dict.fromkeys(one.programme for one in placed):
        own = [one for one in placed if one.programme == programme]
        first, last = min(one.day for one in own if one.day), max(one.ends_on or one.day for one in own if one.day)
        cohorts = len({one.cohort_id for one in own})
        rows.append((programme, cohorts, len(own), sum(one.headcount for one in own), first, last, sum(one.cost for one in own)))
    columns = (
        Column(say(Message("项目")), 5.4),
        Column(say(Message("班次")), 1.4, Form.COUNT),
        Column(say(Message("课次")), 1.4, Form.COUNT),
        Column(say(Message("人次")), 1.8, Form.COUNT),
        Column(say(Message("开始")), 2.4, Form.DAY),
        Column(say(Message("结束")), 2.4, Form.DAY),
        Column(say(Message("费用（元）")), 2.4, Form.MONEY),
    )
    missing = sum(one.day is None for one in found.sessions)
    left = say(Message("另有 {n} 节还没有排上。", n=missing)) if missing else ""
    table = Table(say(Message("项目排期")), "", columns, tuple(rows), say.together(say(Message("费用是讲师费和场地费。")), left))
    return [bars, table, sessions(found)]


def sessions(found: Material) -> Table:
    """Every session."""
    say = found.say
    columns = (
        Column(say(Message("日期")), 2.2, Form.DAY),
        Column(say(Message("上下午")), 1.4),
        Column(say(Message("项目")), 3.6),
        Column(say(Message("班次")), 1.6),
        Column(say(Message("课次")), 3.6),
        Column(say(Message("讲师")), 1.8),
        Column(say(Message("场地")), 2.2),
        Column(say(Message("人数")), 1.2, Form.COUNT),
        Column(say(Message("费用（元）")), 1.8, Form.MONEY),
    )
    rows = tuple(_session(found, one) for one in found.sessions)
    return Table(say(Message("课次明细")), "", columns, rows, sheet_only=True)


def _session(found: Material, one: SessionView) -> tuple[Cell, ...]:
    say = found.say
    half = say(HALF_NAMES[one.half]) if one.day is not None else ""
    venue = one.venue or (say(Message("线上")) if one.online else "")
    return (one.day, half, one.programme, say(one.cohort), one.name, one.trainer, venue, one.headcount, one.cost or None)


def money(found: Material) -> list[Block]:
    """The year's money by quarter, by kind, by programme."""
    say, entries = found.say, [one for one in found.money.entries if one.type is not CostType.TIME]
    if not any(one.planned or one.committed or one.actual for one in entries):
        return [Lack(say(Message("还没有预算。排期发布后按课次算出讲师费和场地费，其余在“预算”里逐项填写。")))]
    sum_, limit = whole(entries), found.money.limit()
    title = Message("全年计划 {money}", money=say.money(sum_.planned))
    if limit is not None:
        title = Message("全年计划 {money}，上限 {limit}", money=say.money(sum_.planned), limit=say.money(limit))
    if limit is not None and sum_.planned > limit:
        over = say.money(sum_.planned - limit)
        title = Message("全年计划 {money}，比上限 {limit} 多 {over}", money=say.money(sum_.planned), limit=say.money(limit), over=over)
    by_quarter = {one.key: one for one in totals(entries, By.QUARTER)}
    none = Total(0, 0.0, 0.0, 0.0)
    quarters = [by_quarter.get(one, none) for one in range(1, 5)]
    series = [Series(say(Message("计划")), tuple(one.planned for one in quarters), past=any(one.bound for one in quarters))]
    if any(one.bound for one in quarters):
        series.append(Series(say(Message("已花和已承诺")), tuple(one.bound for one in quarters)))
    source = Message("来自排期草稿和预算明细") if found.money.draft else Message("来自已发布的排期和预算明细")
    note = say(Message("单位：元。{source}，不含学员工时；截至 {day}。", source=source, day=say.day(found.today)))
    names = tuple(say(Message("第 {quarter} 季度", quarter=one)) for one in range(1, 5))
    return [
        Bars(say(title), names, tuple(series), Form.MONEY, note),
        _sums(found, entries, By.TYPE, Message("按费用类型"), note),
        _sums(found, entries, By.PROGRAMME, Message("按项目"), note),
    ]


def _sums(found: Material, entries: Sequence[Entry], by: By, name: Message, note: str) -> Table:
    say = found.say
    total = whole(entries)
    rows: list[tuple[Cell, ...]] = [(say(Message("合计")), total.planned, total.committed, total.actual)]
    for one in totals(entries, by):
        if by is By.TYPE:
            called = say(COST_NAMES[CostType(str(one.key))])
        else:
            called = say(Message("全年")) if one.key == WHOLE else found.money.programmes.get(int(one.key), "")
        rows.append((called, one.planned, one.committed, one.actual))
    columns = (
        Column(say(Message("费用类型")) if by is By.TYPE else say(Message("项目")), 6),
        Column(say(Message("计划（元）")), 3, Form.MONEY),
        Column(say(Message("已承诺（元）")), 3, Form.MONEY),
        Column(say(Message("已发生（元）")), 3, Form.MONEY),
    )
    return Table(say(Message("预算{name}", name=name)), say(name), columns, tuple(rows), note)


def evaluation(found: Material) -> list[Block]:
    """What will be measured, where the figures come from, and what it takes to prove anything."""
    say = found.say
    measures = [line.measure for level in found.levels.levels for line in level.lines]
    blocks: list[Block] = []
    if measures:
        blocks.append(_measures(found, measures))
    else:
        blocks.append(Lack(say(Message("还没有评估指标。请在“结果录入”里把目标里的指标变成评估指标。"))))
    projects_ = {view.project.id: view.project.row.name for view in found.goals}
    designs = [
        (projects_[one], say(DESIGN_NAMES[said.design]), said.reason)
        for one, said in found.designs.items()
        if one in projects_ and said.design
    ]
    if designs:
        columns = (Column(say(Message("项目")), 5), Column(say(Message("参训者怎样选出")), 5), Column(say(Message("依据")), 6))
        blocks.append(Table(say(Message("评估设计")), say(Message("参训者怎样选出")), columns, tuple(designs)))
    needed = [(view.project.row.name, proof) for view in found.goals for proof in proofs(view.draft.goal)]
    if needed:
        blocks.append(Head(say(Message("要证明效果，需要多少人"))))
        for name, proof in needed[:_MOST_PROOFS]:
            blocks.append(Said(say(Message("{project}：{proof}", project=name, proof=proof.line)), Tone.ITEM, short=False))
        blocks.append(
            Said(say(Message("按八成把握、5% 误判计算：参训组和对照组各这么多人，训前训后用同一把尺子。")), Tone.NOTE, short=False)
        )
    return blocks


def _measures(found: Material, some: Sequence[MeasureView]) -> Table:
    say = found.say
    rows = [
        (
            one.project,
            one.name,
            say(LEVEL_NAMES[one.level]),
            target(one.operator, one.target, one.unit),
            one.source,
            say(FREQUENCY_NAMES[one.frequency]),
            one.due,
            one.owner,
        )
        for one in some
    ]
    columns = (
        Column(say(Message("项目")), 3.6),
        Column(say(Message("指标")), 3.6),
        Column(say(Message("层级")), 1.6),
        Column(say(Message("目标值")), 2),
        Column(say(Message("数据来源")), 2.4),
        Column(say(Message("频率")), 1.6),
        Column(say(Message("期限")), 2.2, Form.DAY),
        Column(say(Message("责任人")), 1.8),
    )
    return Table(say(Message("评估指标")), "", columns, tuple(rows), say(Message("共 {n} 项评估指标。", n=len(rows))))
