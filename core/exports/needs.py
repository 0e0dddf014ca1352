"""Needs as an Excel file: what is shown, in the units' own words, and the empty table that rows are filled into."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from core.exports.workbook import Cell, workbook
from core.goals.needs.pasting import FIELDS
from core.goals.needs.service import NeedView
from core.goals.needs.terms import LAYER_NAMES, QUARTER_NAMES, STATE_NAMES, VIA_NAMES
from core.i18n import Language, Message
from core.strategy.ideas.terms import KIND_NAMES, URGENCY_NAMES

_MORE = (Message("状态"), Message("项目"), Message("搁置的理由"), Message("填报人"), Message("填报方式"), Message("填报时间"))
_EXAMPLE = (
    Message("例：望海支行"),
    Message("例：理财经理讲不清净值波动，上半年投诉 12 起"),
    Message("例：理财经理"),
)


def needs_workbook(views: Sequence[NeedView], language: Language, zone: tzinfo) -> bytes:
    """The needs, a line each, in the order given. The first columns are those that can be pasted in again."""
    headings = [one.title.render(language) for one in FIELDS] + [one.render(language) for one in _MORE]
    count = Message("共 {n} 条需求", n=len(views)).render(language)
    return workbook(Message("培训需求").render(language), headings, [_cells(view, language, zone) for view in views], [count])


def needs_template(language: Language) -> bytes:
    """The columns to be filled in, with how each is written."""
    headings = [one.title.render(language) for one in FIELDS]
    notes = [
        Message("机构、问题、岗位必填，其余可以留空。填好后在培训需求页面导入这个文件，或连表头一起复制、粘贴。"),
        Message("岗位层次写管理岗或专业岗；水平写 L1 到 L5；紧迫度写紧迫、一般或可缓；类型写前置储能或即时赋能；季度写 1 到 4。"),
    ]
    example = "　".join(one.render(language) for one in _EXAMPLE)
    return workbook(Message("培训需求").render(language), headings, [], [*(one.render(language) for one in notes), example])


def _cells(view: NeedView, language: Language, zone: tzinfo) -> list[Cell]:
    row = view.row
    return [
        row.unit,
        row.problem,
        row.post,
        row.people,
        row.behaviour,
        row.competency,
        LAYER_NAMES[row.layer].render(language) if row.layer else "",
        f"L{row.level}" if row.level else "",
        URGENCY_NAMES[row.urgency].render(language),
        KIND_NAMES[row.kind].render(language),
        row.evidence,
        QUARTER_NAMES[row.quarter].render(language) if row.quarter else "",
        STATE_NAMES[view.state].render(language),
        view.project.name if view.project else "",
        view.reason.render(language) if isinstance(view.reason, Message) else view.reason,
        row.filer,
        VIA_NAMES[row.via].render(language),
        row.created_at.astimezone(zone).replace(tzinfo=None),
    ]
