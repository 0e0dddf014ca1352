"""The content items of a project as a table that is edited as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from core.delivery.content.item import LONGEST_NAME, LONGEST_TEXT, MOST_HOURS, ContentItem, ItemFacts
from core.delivery.content.service import ContentView, Entered
from core.delivery.content.terms import ORIGIN_NAMES, WAY_NAMES
from core.people.terms import LEVEL_NAMES, LEVELS
from pages.delivery.parts.cells import edited, number, text
from pages.shared.text import _
from pages.strategy.parts.sheet import Merging, Sheet, editor, sheet

Row = tuple[int, ContentItem]
_ORDER = ("name", "learnt", "hours", "competency", "level", "use", "material", "subject", "way", "origin")
_TEXTS = ("name", "learnt", "competency", "use", "material", "subject")


@dataclass(frozen=True)
class Filling:
    """What somebody wants saved: the table, the version that they began with, the items."""

    table: Sheet[Row]
    version: int
    entered: list[Entered]


def item_table(view: ContentView, subjects: Sequence[str], *, may_edit: bool) -> tuple[bool, Filling | None]:
    """The table; whether something in it is not saved, and what to save when the reader says so."""
    version = view.content.version
    merging = Merging[Row](lambda row: row[1].id, _cells, _columns(view, subjects))
    table = sheet(f"content_items_{view.id}", [(version, one) for one in view.content.items], version, merging)
    if may_edit:
        st.caption(_("直接在表里改，或从 Excel 复制整块单元格粘贴进来；最后一行用来添加。保存后按规则分流。"))
    frame = pd.DataFrame([_cells(row) for row in table.rows], columns=list(_ORDER))
    frame = frame.astype({"hours": "Float64", **dict.fromkeys((*_TEXTS, "level", "way", "origin"), "string")})
    editor(table, frame, _columns(view, subjects), editable=may_edit, alt=_("内容单元"))
    if not may_edit or not table.pending:
        return False, None
    saving = st.button(_("保存 {n} 行改动", n=table.pending), type="primary", icon=":material/save:", key="content_save")
    st.caption(_("改动还没有保存。"))
    began = table.rows[0][0] if table.rows else int(table.key.rsplit("_", 1)[1])
    return True, Filling(table, began, [_entered(row, cells) for row, cells in edited(table, _cells)]) if saving else None


def _cells(row: Row) -> dict[str, Any]:
    facts = row[1].facts
    return {
        **{name: getattr(facts, name) or None for name in _TEXTS},
        "hours": facts.hours,
        "level": None if facts.level is None else _level(facts.level),
        "way": _(WAY_NAMES[row[1].way]),
        "origin": _(ORIGIN_NAMES[facts.origin]),
    }


def _entered(row: Row | None, cells: dict[str, Any]) -> Entered:
    facts = row[1].facts if row else ItemFacts("")
    words: dict[str, Any] = {name: text(cells.get(name)) for name in _TEXTS}
    level = text(cells.get("level"))[1:2]
    hours = number(cells.get("hours"), 0.0)
    made = replace(facts, **words, hours=hours, level=int(level) if level.isdecimal() else None)
    return Entered(row[1].id if row else 0, made)


def _columns(view: ContentView, subjects: Sequence[str]) -> dict[str, Any]:
    column = st.column_config
    named = {one.facts.competency for one in view.content.items} | set(view.project.competencies)
    return {
        "name": column.TextColumn(_("内容单元"), max_chars=LONGEST_NAME, width=220, required=True),
        "learnt": column.TextColumn(_("学会什么"), max_chars=LONGEST_TEXT, width=260),
        "hours": column.NumberColumn(_("学时"), min_value=0.1, max_value=MOST_HOURS, step=0.1, width=70, required=True, default=1.0),
        "competency": column.SelectboxColumn(_("对应能力"), options=sorted(one for one in named if one), width=150),
        "level": column.SelectboxColumn(_("达到等级"), options=[_level(level) for level in LEVELS], width=90),
        "use": column.TextColumn(_("怎么用"), max_chars=LONGEST_TEXT, width=200),
        "material": column.TextColumn(_("材料或案例"), max_chars=LONGEST_TEXT, width=160),
        "subject": column.SelectboxColumn(
            _("占比主题"), options=list(subjects), width=110, help=_("留空时按用词归入；在“内容占比”里看归到了哪里。")
        ),
        "way": column.TextColumn(_("分流"), disabled=True, width=110),
        "origin": column.TextColumn(_("来源"), disabled=True, width=120),
    }


def _level(level: int) -> str:
    return f"L{level} {_(LEVEL_NAMES[level])}"
