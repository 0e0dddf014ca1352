"""Ideas and projects as Excel files: what is shown, with the clauses in the documents' own words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.exports.workbook import Cell, workbook
from core.i18n import Message
from core.projects.service import ProjectView
from core.projects.tables import Project
from core.strategy.ideas.citing import Cited
from core.strategy.ideas.service import IdeaView
from core.strategy.ideas.tables import IdeaRow
from core.strategy.ideas.terms import KIND_NAMES, STATE_NAMES, URGENCY_NAMES, Author
from core.strategy.themes.localisation import LACK_NAMES, Lack
from core.strategy.themes.service import ThemeView
from pages.shared.text import _, joined

_AUTHORS = {Author.RULE: Message("按规则"), Author.MODEL: Message("模型起草"), Author.PERSON: Message("由人写成")}


def export_ideas(shown: Sequence[IdeaView]) -> None:
    """The ideas that the filter leaves."""
    _button("ideas.xlsx", lambda: ideas_workbook(shown))


def export_projects(made: Sequence[ProjectView]) -> None:
    """All projects."""
    _button("projects.xlsx", lambda: projects_workbook(made))


def ideas_workbook(shown: Sequence[IdeaView]) -> bytes:
    """The ideas with how their urgency and kind came about. What the reader may not see is left empty."""
    headings = [*_headings(), _("紧迫度得分"), _("紧迫度依据"), _("类型依据"), _("状态"), _("不采纳的理由")]
    rows: list[list[Cell]] = []
    for view in shown:
        row = view.row
        why = [] if view.cited.withheld else [_lines(row.urgency_why), _lines(row.kind_why)]
        cells: list[Cell] = [row.urgency_score, *(why or ["", ""]), _(STATE_NAMES[row.state]), row.reject_reason]
        rows.append([*_common(row, view.theme, view.cited, view.lack), *cells])
    return workbook(_("项目想法"), headings, rows, [_("想法在采纳之前不流到后面的步骤。")])


def projects_workbook(made: Sequence[ProjectView]) -> bytes:
    """The projects. What the reader may not see is left empty."""
    rows = [_common(view.row, view.theme, view.cited, view.lack) for view in made]
    return workbook(_("培训项目"), _headings(), rows, [_("目的说明为什么办，不是目标；要达到的指标另外填写。")])


def _headings() -> list[str]:
    return [
        _("项目名称"),
        _("培训目的"),
        _("依据的条款"),
        _("战略主题"),
        _("业务线"),
        _("岗位"),
        _("人数"),
        _("能力"),
        _("紧迫度"),
        _("类型"),
        _("目的来源"),
        _("本地化"),
    ]


def _common(row: IdeaRow | Project, theme: ThemeView | None, cited: Cited, lack: Lack | None) -> list[Cell]:
    clauses = [f"“{one.quote}”（{one.document} · {_('第 {page} 页', page=one.page)}）" for one in cited.clauses]
    local = _(LACK_NAMES[lack]) if lack is not None else _("已本地化") if theme else ""
    return [
        row.name,
        "" if cited.withheld else row.purpose,
        "\n".join(clauses),
        theme.theme.name if theme else "",
        row.line,
        row.post,
        row.people,
        "" if cited.withheld else joined(row.competencies),
        _(URGENCY_NAMES[row.urgency]),
        _(KIND_NAMES[row.kind]),
        f"{_(_AUTHORS[row.purpose_author])}（{row.purpose_by}）" if row.purpose_author is not Author.PERSON else _(_AUTHORS[Author.PERSON]),
        local,
    ]


def _lines(why: Sequence[object]) -> str:
    return "\n".join(_(Message.from_json(one)) for one in why)


def _button(name: str, data: object) -> None:
    st.download_button(_("导出 Excel"), data=data, file_name=name, icon=":material/download:", on_click="ignore", key=f"export_{name}")  # type: ignore[arg-type]
