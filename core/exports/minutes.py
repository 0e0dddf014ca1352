"""The minutes of a quarterly review meeting as a Word file."""

from __future__ import annotations

from core.exports.word import Paper
from core.i18n import Language, Message
from core.review.reviews.service import MeetingView, ReviewBoard
from core.review.reviews.terms import ITEM_NAMES, WORK_STATE_NAMES


def minutes(board: ReviewBoard, one: MeetingView, author: str, language: Language) -> bytes:
    """When and who, the agenda with what was said, the decisions, and those of earlier meetings that are still open."""
    row = one.row
    title = Message("{year} 年第 {quarter} 季度复盘会纪要", year=str(board.year), quarter=row.quarter).render(language)
    paper = Paper(title, [board.unit], f"{board.unit} · {title}", author, language)
    paper.facts([(_(Message("日期"), language), row.held_on.isoformat()), (_(Message("参会人"), language), row.attendees or "—")])
    paper.heading(_(Message("议程与讨论"), language))
    columns = [(_(Message("类别"), language), 2.0), (_(Message("议题"), language), 6.0), (_(Message("讨论"), language), 4.0)]
    paper.table(columns, [(_(ITEM_NAMES[each.item], language), each.words(language), each.note or "—") for each in one.agenda])
    for name, some in ((Message("决定"), one.decisions), (Message("以前会议未完成的决定"), one.carried)):
        if some:
            paper.heading(_(name, language))
            heads = [(_(each, language), width) for each, width in _DECIDED]
            paper.table(heads, [(each.text, each.owner, each.due.isoformat(), _(WORK_STATE_NAMES[each.state], language)) for each in some])
    if row.summary:
        paper.heading(_(Message("纪要"), language))
        for line in row.summary.splitlines():
            paper.text(line)
    return paper.save()


_DECIDED = ((Message("决定"), 6.0), (Message("责任人"), 2.0), (Message("完成期限"), 2.0), (Message("进展"), 2.0))


def _(text: Message, language: Language) -> str:
    return text.render(language)
