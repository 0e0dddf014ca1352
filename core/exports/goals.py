"""All goals of a plan as an Excel file: a row for each indicator, with the check's problems and the reasons of exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.exports.workbook import Cell, workbook
from core.goals.columns import TITLES
from core.goals.draft import Line
from core.goals.goal import KIND_NAMES, LEVEL_NAMES
from core.goals.service import STANDING_NAMES, GoalView
from core.goals.table import problems_by_line
from core.i18n import Language, Message
from core.strategy.findings import OPERATOR_SIGNS


def goals_workbook(views: Iterable[GoalView], names: dict[int, str], language: Language) -> bytes:
    """The goals in the shape in which they can be changed in Excel and pasted back; `names` are the projects' in the table.

    What a goal has once stands in its first row. What is text stays text, also where it begins like a formula.
    """
    headings = [title.render(language) for title in TITLES.values()]
    rows = [row for view in views for row in _rows(view, names[view.project.id], language)]
    return workbook(Message("项目目标").render(language), headings, rows)


def _rows(view: GoalView, name: str, language: Language) -> list[Sequence[Cell]]:
    draft = view.draft
    once: list[Cell] = [draft.pain_point, draft.behaviour, draft.headcount, draft.due_days]
    standing = STANDING_NAMES[view.standing].render(language)
    reason = view.row.reason if view.row else ""
    lines: Sequence[Line | None] = draft.lines or (None,)
    problems = problems_by_line(view)
    return [
        [
            *(name, standing, *(once if place == 0 else [None] * len(once))),
            *(_line(line, language) if line else [None] * 11),
            "\n".join(said.render(language) for said in (*(problems[None] if place == 0 else ()), *problems.get(place, ()))),
            reason if place == 0 else "",
        ]
        for place, line in enumerate(lines)
    ]


def _line(line: Line, language: Language) -> list[Cell]:
    one = line.indicator
    level = f"L{int(one.level)} {LEVEL_NAMES[one.level].render(language)}" if one.level else None
    facts: list[Cell] = [KIND_NAMES[line.kind].render(language), one.name, OPERATOR_SIGNS.get(one.operator, ""), one.value, one.unit]
    return [*facts, one.baseline, one.per_head, one.source, level, line.owner, line.weight]
