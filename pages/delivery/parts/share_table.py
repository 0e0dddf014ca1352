"""What a plan aims at, as a table that is edited as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.delivery.content.shares import Share, ShareFacts
from core.delivery.content.sharing import LONGEST_NAME, LONGEST_NOTE, ShareBoard
from core.delivery.content.terms import METHOD_NAMES, SHARE_KIND_NAMES, ShareKind
from core.i18n import LANGUAGES
from pages.delivery.parts.cells import chosen, edited, number, options, text
from pages.shared.text import _
from pages.strategy.parts.sheet import Merging, Sheet, editor, sheet

_ORDER = ("name", "kind", "target", "methods", "words", "note")
_METHODS = {name.render(language): method for method, name in METHOD_NAMES.items() for language in LANGUAGES}
Row = tuple[tuple[tuple[int, int], ...], ShareFacts]


@dataclass(frozen=True)
class Aiming:
    """What somebody wants kept: the targets, and the rows with their versions that they saw."""

    table: Sheet[Row]
    seen: tuple[tuple[int, int], ...]
    facts: list[ShareFacts]


def share_table(plan_id: int, board: ShareBoard) -> Aiming | None:
    """The table; what to save when the reader says so."""
    rows = [(board.versions, one.facts) for one in board.shares]
    stamp = "_".join(f"{number}.{version}" for number, version in board.versions)
    table = sheet(f"shares_{plan_id}", rows, stamp, Merging(lambda one: one[1].name, _cells, _columns()))
    frame = pd.DataFrame([_cells(row) for row in table.rows], columns=list(_ORDER))
    frame = frame.astype({"target": "Float64", **dict.fromkeys(("name", "kind", "words", "note"), "string")})
    editor(table, frame, _columns(), editable=True, alt=_("占比目标"))
    if not table.pending:
        return None
    saving = st.button(_("保存 {n} 行改动", n=table.pending), type="primary", icon=":material/save:", key="shares_save")
    st.caption(_("改动还没有保存。"))
    seen = table.rows[0][0] if table.rows else board.versions
    return Aiming(table, seen, [_facts(cells) for _row, cells in edited(table, _cells)]) if saving else None


def standing(board: ShareBoard) -> pd.DataFrame:
    """A row for each share: where it stands and how that was worked out."""
    return pd.DataFrame(
        [
            {
                "name": one.facts.name,
                "share": one.plan.share,
                "target": one.facts.target,
                "met": _met(one),
                "formula": _(one.formula),
                "note": one.facts.note,
            }
            for one in board.shares
        ]
    )


def by_project(board: ShareBoard) -> pd.DataFrame:
    """A row for each project with its shares in per cent."""
    ids = dict.fromkeys(project for one in board.shares for project in one.by_project)
    rows = []
    for project in ids:
        row: dict[str, Any] = {_("项目"): board.names[project]}
        for one in board.shares:
            row[one.facts.name] = one.by_project[project].share if project in one.by_project else None
        rows.append(row)
    return pd.DataFrame(rows)


def _met(one: Share) -> str:
    return {True: _("达到"), False: _("不足"), None: "—"}[one.met]


def _cells(row: Row) -> dict[str, Any]:
    facts = row[1]
    return {
        "name": facts.name,
        "kind": _(SHARE_KIND_NAMES[facts.kind]),
        "target": facts.target,
        "methods": [_(METHOD_NAMES[one]) for one in facts.methods],
        "words": "、".join(facts.words) or None,
        "note": facts.note,
    }


def _facts(cells: Mapping[str, Any]) -> ShareFacts:
    methods, words = cells.get("methods"), text(cells.get("words"))
    return ShareFacts(
        text(cells.get("name")),
        chosen(SHARE_KIND_NAMES, cells.get("kind"), ShareKind.SUBJECT),
        tuple(_METHODS[name] for name in methods if name in _METHODS) if isinstance(methods, list) else (),
        tuple(word for word in re.split(r"[、,，;；]", words) if word.strip()),
        number(cells.get("target")),
        text(cells.get("note")),
    )


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "name": column.TextColumn(_("名称"), max_chars=LONGEST_NAME, width=120, required=True),
        "kind": column.SelectboxColumn(_("算法"), options=options(SHARE_KIND_NAMES), width=120, required=True),
        "target": column.NumberColumn(_("目标（%）"), min_value=0.0, max_value=100.0, step=1.0, width=90, required=True),
        "methods": column.MultiselectColumn(_("算哪些方式"), options=options(METHOD_NAMES), width=200),
        "words": column.TextColumn(_("用哪些词认出"), width=300, help=_("用顿号隔开；名称、学会什么、能力、怎么用里有其中一个就算。")),
        "note": column.TextColumn(_("目标的出处"), max_chars=LONGEST_NOTE, width=280, required=True),
    }
