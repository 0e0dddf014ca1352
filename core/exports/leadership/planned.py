"""The sections on what a plan rests on: summary, strategy, focus, gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.charts import pictures
from core.charts.look import LIGHT, PRINT_FONT
from core.charts.strategy_map import draw, headline, of_plan
from core.charts.strategy_map_layout import DESK, PAPER
from core.delivery.budget.figures import whole
from core.delivery.budget.terms import CostType
from core.exports.leadership.blocks import Bars, Block, Cell, Column, Form, Head, Lack, Picture, Said, Series, Table, Tone
from core.exports.leadership.material import Material
from core.exports.leadership.taught import calendar, money
from core.goals.service import Standing
from core.i18n import Message
from core.people.gates import HIDE
from core.strategy.themes.accepted import Accepted
from core.strategy.themes.tags import PERSPECTIVE_NAMES

_SHARP = 3.0
_MOST_BARS, _MOST_QUOTES = 10, 3


def summary(found: Material) -> list[Block]:
    """The plan in figures, each with how it comes about."""
    say, rows = found.say, list[tuple[Cell, ...]]()

    def add(name: Message, value: str, how: Message) -> None:
        rows.append((say(name), value, say(how)))

    chapter, goals, placed = found.chapter, found.goals, found.placed
    settled = sum(one.standing in (Standing.SUBMITTED, Standing.OVERRIDDEN) for one in goals)
    local = sum(one.lack is None for one in chapter.local)
    add(
        Message("战略主题"),
        f"{len(chapter.seen.themes)}",
        Message("由 {n} 条采纳的发现归并，{local} 个已本地化", n=len(chapter.rows), local=local),
    )
    anchored = [one for one, _ranked in chapter.focus if one.anchored_at is not None]
    add(Message("锚定的重点"), f"{len(anchored)}", Message("已评 {n} 行业务线 × 岗位中，由人锚定的", n=len(chapter.focus)))
    add(Message("培训项目"), f"{len(goals)}", Message("其中 {n} 个的三段式目标已提交", n=settled))
    people = sum(one.headcount for one in placed)
    version = found.timetable_version
    how = Message("已发布的第 {number} 版排期里有日期的课，共 {people} 人次", number=version, people=f"{people:,}")
    add(Message("课次"), f"{len(placed)}", how if version else Message("排期还没有发布"))
    own = whole([one for one in found.money.entries if one.type is not CostType.TIME])
    limit = found.money.limit()
    draft = Message("按排期草稿的课次加预算明细，不含学员工时") if found.money.draft else Message("按已发布的课次加预算明细，不含学员工时")
    add(Message("计划费用"), say.money(own.planned), draft)
    add(Message("预算上限"), say.money(limit) if limit is not None else "—", Message("排期规则里写的全年上限"))
    columns = (Column(say(Message("数字")), 3), Column(say(Message("数值")), 3), Column(say(Message("怎样算出")), 10))
    told = [Said(one.title, Tone.ITEM) for part in (gaps, calendar, money) for one in part(found) if isinstance(one, Bars)]
    note = say(Message("截至 {day}。", day=say.day(found.today)))
    return [*told, Table(say(Message("摘要")), "", columns, tuple(rows), note)]


def strategy(found: Material) -> list[Block]:
    """The map, the themes, and whose words each rests on."""
    say, seen = found.say, found.chapter.seen
    if not seen.themes:
        return [Lack(say(Message("还没有战略主题。先在“战略解码”里采纳发现，再归并成主题。")))]
    blocks: list[Block] = [_map(found)] if found.pictured else []
    rows = []
    for view in seen.themes:
        theme = view.theme
        rows.append(
            (theme.name, say(PERSPECTIVE_NAMES[theme.perspective]), theme.weight / 100, theme.owner, theme.indicator, len(view.members))
        )
    columns = (
        Column(say(Message("战略主题")), 5),
        Column(say(Message("维度")), 2.4),
        Column(say(Message("权重")), 1.5, Form.SHARE),
        Column(say(Message("负责人")), 2.4),
        Column(say(Message("指标")), 4),
        Column(say(Message("依据条数")), 1.6, Form.COUNT),
    )
    blocks.append(Table(say(Message("战略主题")), "", columns, tuple(rows), say(Message("依据条数是归入主题的已采纳发现。"))))
    cited = [(view.theme.name, *_cited(found, one.finding)) for view in seen.themes for one in view.members]
    quoted = (Column(say(Message("战略主题")), 3), Column(say(Message("原文")), 8), Column(say(Message("出处")), 4.5))
    blocks.append(Table(say(Message("战略原文")), "", quoted, tuple(cited), sheet_only=True))
    blocks.append(Head(say(Message("依据的原文"))))
    for view in seen.themes:
        blocks += _quotes(found, view.theme.name, (one.finding for one in view.members))
    return blocks


def _map(found: Material) -> Picture:
    say = found.say
    themes, links = of_plan(found.chapter.seen)
    confirmed = [link for link in links if not link.suggested]
    chart = draw(themes, confirmed, say.language, look=replace(LIGHT, font=PRINT_FONT), form=DESK if found.wide else PAPER)
    note = say(Message("箭头从原因指向结果，只画已确认的因果关系。截至 {day}。", day=say.day(found.today)))
    return Picture(say(headline(themes, confirmed)), pictures.png(chart.properties(title=""), _SHARP), note)


def _quotes(found: Material, name: str, some: Iterable[Accepted]) -> list[Block]:
    say, listed = found.say, list(some)
    blocks: list[Block] = [Said(name, short=False)]
    for one in listed[:_MOST_QUOTES]:
        quote, place = _cited(found, one)
        blocks.append(Said(say(Message("“{quote}”——{place}", quote=quote, place=place)), Tone.ITEM, short=False))
    if len(listed) > _MOST_QUOTES:
        rest = say(Message("另有 {n} 条，见数据表“战略原文”。", n=len(listed) - _MOST_QUOTES))
        blocks.append(Said(rest, Tone.NOTE, short=False))
    return blocks


def _cited(found: Material, one: Accepted) -> tuple[str, str]:
    """A clause's own words, and where they stand: the page only of a document that has several."""
    document = found.chapter.documents.get(one.document_id)
    paged = document is not None and document.pages > 1
    place = Message("《{title}》第 {page} 页", title=one.document, page=one.page) if paged else Message("《{title}》", title=one.document)
    return " ".join(one.quote.split()), found.say.joined([found.say(place), *one.heading[-1:]])


def focus(found: Material) -> list[Block]:
    """Business lines and posts in their order."""
    say, rows = found.say, list[tuple[Cell, ...]]()
    if not found.chapter.focus:
        return [Lack(say(Message("还没有评出重点业务线和岗位。请在“锚定重点”里评重要性，并写明锚定理由。")))]
    for row, one in found.chapter.focus:
        reason = row.anchor_reason if row.anchored_at is not None else say(Message("未锚定"))
        rows.append((one.place, row.line, row.post, one.score, row.importance, row.gap_estimate, row.people, reason))
    columns = (
        Column(say(Message("名次")), 1.2, Form.COUNT),
        Column(say(Message("业务线")), 2.4),
        Column(say(Message("岗位")), 2.6),
        Column(say(Message("得分")), 1.3, Form.FIGURE),
        Column(say(Message("重要性")), 1.5, Form.COUNT),
        Column(say(Message("能力短板")), 1.7, Form.SHARE),
        Column(say(Message("涉及人数")), 1.7, Form.COUNT),
        Column(say(Message("锚定理由")), 8),
    )
    weights = found.chapter.weights
    note = say(
        Message(
            "得分 = {i} × 重要性 ÷ 5 + {g} × 能力短板 + {p} × 人数 ÷ 最多人数",
            i=f"{weights.importance:g}",
            g=f"{weights.gap:g}",
            p=f"{weights.people:g}",
        )
    )
    return [Table(say(Message("锚定重点")), "", columns, tuple(rows), note)]


def gaps(found: Material) -> list[Block]:
    """Where people fall short of what their posts require."""
    say, listed = found.say, found.gaps
    left_out = len(found.all_gaps) - len(listed)
    few = say(Message("另有 {n} 组不足 {few} 人，不列出。", n=left_out, few=HIDE)) if left_out else ""
    if not listed:
        lack = say(Message("还没有可以列出的能力短板：没有岗位要求、没有测评，或者人数太少。"))
        return [Lack(say.together(lack, few))]
    first = listed[0]
    chosen = listed[:_MOST_BARS]
    called = [f"{found.names.competency(one.key.competency_id)} · {found.names.group(one.key)}" for one in chosen]
    title = Message("最大的短板是{gap}：已测 {measured} 人中 {n} 人低于要求", gap=called[0], measured=first.measured, n=first.below or 0)
    note = say(Message("按人数 × 差距 × 权重排序。测评截至 {day}；没有测评的人不计入。", day=say.day(first.as_of)))
    note = say.together(note, few)
    below = Series(say(Message("低于要求的人数")), tuple(one.below for one in chosen))
    rest = Series(say(Message("已测而达到要求的人数")), tuple(one.measured - (one.below or 0) for one in chosen), past=True)
    rows = [
        (
            found.names.competency(one.key.competency_id),
            found.names.group(one.key),
            one.required,
            one.measured,
            one.below,
            round(one.mean_gap, 2) if one.mean_gap is not None else None,
        )
        for one in listed
    ]
    columns = (
        Column(say(Message("能力")), 4.5),
        Column(say(Message("岗位")), 4),
        Column(say(Message("要求人数")), 2, Form.COUNT),
        Column(say(Message("已测人数")), 2, Form.COUNT),
        Column(say(Message("低于要求")), 2, Form.COUNT),
        Column(say(Message("平均差（级）")), 2, Form.FIGURE),
    )
    most = say(Message("列最要紧的 {rows} 组，全部见数据表。", rows=len(rows[: 2 * _MOST_BARS]))) if len(rows) > 2 * _MOST_BARS else ""
    shown = Table(say(Message("能力短板")), "", columns, tuple(rows[: 2 * _MOST_BARS]), say.together(note, most))
    complete = Table(say(Message("能力短板")), "", columns, tuple(rows), note, sheet_only=True)
    return [Bars(say(title), tuple(called), (below, rest), Form.COUNT, note, across=True), shown, complete]
