"""A workshop's results as an Excel file: a sheet for each round, and what of it the plan took over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from core.exports.workbook import Cell, Sheet, of_sheets
from core.i18n import Language, Message
from core.strategy.ideas.terms import URGENCY_NAMES, Urgency
from core.workshops.results import Result
from core.workshops.snapshot import RoundView, Snapshot
from core.workshops.tables import Taken
from core.workshops.terms import ROUND_NAMES, ROUND_QUESTIONS, TARGET_NAMES, RoundKind, Target

_HEADINGS = {
    RoundKind.VOTE: (Message("主题"), Message("得分"), Message("占全部得分（%）"), Message("给分人数")),
    RoundKind.PAIN: (Message("痛点"), Message("写或附议的人数"), Message("占参与人数（%）"), Message("归并的条目")),
    RoundKind.REACT: (
        *(Message("项目"), Message("目标"), Message("同意"), Message("不清楚"), Message("不同意")),
        *(Message("同意占评的人（%）"), Message("改写建议")),
    ),
    RoundKind.RANK: (Message("项目"), Message("费用（元）"), Message("选它的人数"), Message("占参与人数（%）")),
}
_TAKEN = (
    *(Message("写入"), Message("对象"), Message("原来"), Message("现在"), Message("支持人数"), Message("参与人数")),
    *(Message("接受人"), Message("时间"), Message("撤销人")),
)


def workshop_workbook(found: Snapshot, kept: Sequence[tuple[Taken, str]], language: Language, zone: tzinfo) -> bytes:
    """All rounds of a board in their order, without guests' names, and what was taken over into the plan, taken back or not."""
    sheets = [_round(number, view, found, language) for number, view in enumerate(found.rounds, 1)]
    rows = [_taken(row, name, language, zone) for row, name in kept]
    sheets.append(Sheet(Message("写入计划的结果").render(language), [one.render(language) for one in _TAKEN], rows))
    return of_sheets(sheets)


def _round(number: int, view: RoundView, found: Snapshot, language: Language) -> Sheet:
    name = f"{number} {ROUND_NAMES[view.row.kind].render(language)}"
    joined, took_part = len(found.guests), view.outcome.took_part
    notes = [
        view.row.question or ROUND_QUESTIONS[view.row.kind].render(language),
        Message(
            "看板“{board}”：{joined} 人加入，这个环节 {took_part} 人参与", board=found.board.title, joined=joined, took_part=took_part
        ).render(language),
    ]
    if view.row.budget is not None:
        notes.append(Message("总预算 {budget} 元", budget=f"{view.row.budget:,.0f}").render(language))
    rows = [_cells(view.row.kind, one) for one in view.outcome.results]
    return Sheet(name, [one.render(language) for one in _HEADINGS[view.row.kind]], rows, notes)


def _cells(kind: RoundKind, one: Result) -> list[Cell]:
    percent = None if one.share is None else round(100 * one.share, 1)
    if kind is RoundKind.VOTE:
        return [one.item.text, one.score, percent, one.voices]
    if kind is RoundKind.PAIN:
        return [one.item.text, one.score, percent, "\n".join(other.text for other in one.under)]
    if kind is RoundKind.RANK:
        return [one.item.text, one.item.cost, one.score, percent]
    rewrites = "\n".join(other.text for other in one.rewrites if not other.hidden)
    return [one.item.text, one.item.detail, one.agree, one.unclear, one.disagree, percent, rewrites]


def _taken(row: Taken, name: str, language: Language, zone: tzinfo) -> list[Cell]:
    before, after = row.before, row.now_is
    if row.target is Target.PROJECT:
        before, after = (URGENCY_NAMES[Urgency(one)].render(language) for one in (before, after))
    when = row.taken_at.astimezone(zone).replace(tzinfo=None)
    return [TARGET_NAMES[row.target].render(language), name, before, after, row.voices, row.guests, row.taken_by, when, row.undone_by]
