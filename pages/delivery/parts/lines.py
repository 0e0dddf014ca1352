"""The lines of a checklist as a table: ticked off, edited, moved, in a project or in the template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from core.delivery.content.checking_off import Checklist, Entered, LineView, Template
from core.delivery.content.checklist import LONGEST_OWNER, LONGEST_TEXT, MOST_DAYS, LineFacts
from core.delivery.content.dates import relative
from core.delivery.content.terms import ANCHOR_NAMES, STAGE_NAMES, Anchor, Stage
from pages.delivery.parts.cells import chosen, edited, options, text, whole
from pages.shared import state
from pages.shared.picking import picked_rows
from pages.shared.text import _, day, moment, person
from pages.strategy.parts.sheet import Merging, Sheet, editor, sheet

_LAST = 10_000.0
_ORDER = ("stage", "text", "owner", "anchor", "days")


@dataclass(frozen=True)
class Listing:
    """What somebody wants kept of a project's list: `seen` are its lines with their versions."""

    table: Sheet[LineView]
    seen: dict[int, int]
    entered: list[Entered]


@dataclass(frozen=True)
class Patterned:
    """The same of the template, with the version that they saw."""

    table: Sheet[tuple[int, LineFacts]]
    version: int
    lines: list[LineFacts]


def ticking(of: Checklist, today: date, *, may_edit: bool) -> tuple[list[LineView], bool] | None:
    """The lines with their days; those that the reader chose, and whether they are done."""
    rows = [
        {
            "state": _said(one, today),
            "stage": _(STAGE_NAMES[one.facts.stage]),
            "text": one.facts.text,
            "owner": one.facts.owner,
            "due": day(one.due) if one.due else None,
            "when": _(relative(one.facts.anchor, one.facts.days)),
            "done": _("{who}，{when}", who=person(one.done_by), when=moment(one.done_at)) if one.done_at else None,
        }
        for one in of.lines
    ]
    words = st.column_config.TextColumn
    frame = pd.DataFrame(rows)
    event = st.dataframe(
        # Without days their column, without anything done that one, would stand there empty.
        frame.drop(columns=[name for name in ("due", "done") if frame[name].isna().all()]),
        hide_index=True,
        height="content",
        on_select="rerun" if may_edit else "ignore",
        selection_mode="multi-row",
        key=f"checklist_{of.id}_{sum(one.version for one in of.lines)}_{len(of.lines)}",
        placeholder="—",
        alt=_("训前训中训后清单"),
        column_config={
            "state": words(_("状态"), width=80),
            "stage": words(_("阶段"), width=70),
            "text": words(_("要做什么"), width=380),
            "owner": words(_("谁负责"), width=130),
            "due": words(_("哪天之前"), width=160),
            "when": words(_("离课次"), width=170),
            "done": words(_("完成"), width=190),
        },
    )
    if not may_edit:
        return None
    picked = [of.lines[place] for place in picked_rows(event) if place < len(of.lines)]
    if not picked:
        st.caption(_("勾选一行或几行，标为完成。"))
        return None
    with st.container(horizontal=True):
        opened = [one for one in picked if one.done_at is None]
        if opened and st.button(_("标为完成（{n} 行）", n=len(opened)), type="primary", icon=":material/check:", key="checklist_done"):
            return opened, True
        closed = [one for one in picked if one.done_at is not None]
        if closed and st.button(_("取消完成（{n} 行）", n=len(closed)), icon=":material/undo:", key="checklist_open"):
            return closed, False
    return None


def _said(one: LineView, today: date) -> str:
    if one.done_at is not None:
        return _("已完成")
    return _("逾期") if one.overdue(today) else _("待办")


def line_table(of: Checklist) -> Listing | None:
    """A project's lines, edited."""
    stamp = f"{sum(one.version for one in of.lines)}_{len(of.lines)}"
    table = sheet(f"checklist_lines_{of.id}", of.lines, stamp, Merging(lambda one: one.id, _of_view, _columns()))
    _edit(table, [one.facts for one in table.rows])
    if not _saving(table, "checklist_save"):
        return None
    entered = [Entered(row.id if row else 0, row.version if row else 0, _line(cells)) for row, cells in _ordered(edited(table, _of_view))]
    return Listing(table, {one.id: one.version for one in table.rows}, entered)


def template_table(plan_id: int, of: Template) -> Patterned | None:
    """The template, edited."""
    merging = Merging[tuple[int, LineFacts]](lambda one: one[1].text, _of_template, _columns())
    table = sheet(f"checklist_template_{plan_id}", [(of.version, one) for one in of.lines], f"{of.version}_{state.language()}", merging)
    _edit(table, [facts for _version, facts in table.rows])
    if not _saving(table, "template_save"):
        return None
    lines = [_line(cells) for _row, cells in _ordered(edited(table, _of_template))]
    return Patterned(table, table.rows[0][0] if table.rows else of.version, lines)


def _edit(table: Sheet[Any], facts: Sequence[LineFacts]) -> None:
    rows = [{"order": float(place), **_cells(one)} for place, one in enumerate(facts, 1)]
    frame = pd.DataFrame(rows, columns=["order", *_ORDER])
    frame = frame.astype({"order": "Float64", "days": "Int64", **dict.fromkeys(_ORDER[:-1], "string")})
    editor(table, frame, _columns(), editable=True, alt=_("清单的各行"))


def _columns() -> dict[str, Any]:
    column = st.column_config
    away = _("负数是之前，正数是之后；按本计划日历的工作日数。")
    return {
        "order": column.NumberColumn(_("顺序"), width=60, step=0.1, format="%g", help=_("改数字就是移动：写 1.5 排在 1 和 2 之间。")),
        "stage": column.SelectboxColumn(_("阶段"), options=options(STAGE_NAMES), width=80, required=True),
        "text": column.TextColumn(_("要做什么"), max_chars=LONGEST_TEXT, width=400, required=True),
        "owner": column.TextColumn(_("谁负责"), max_chars=LONGEST_OWNER, width=140, required=True),
        "anchor": column.SelectboxColumn(_("从哪天算"), options=options(ANCHOR_NAMES), width=100, required=True),
        "days": column.NumberColumn(_("工作日"), min_value=-MOST_DAYS, max_value=MOST_DAYS, step=1, width=90, help=away, required=True),
    }


def _saving(table: Sheet[Any], key: str) -> bool:
    if not table.pending:
        return False
    pressed = st.button(_("保存 {n} 行改动", n=table.pending), type="primary", icon=":material/save:", key=key)
    st.caption(_("改动还没有保存。"))
    return bool(pressed)


def _ordered(rows: Any) -> list[tuple[Any, dict[str, Any]]]:
    numbered = [(float(cells.get("order") or (place if row else _LAST)), row, cells) for place, (row, cells) in enumerate(rows, 1)]
    return [(row, cells) for _order, row, cells in sorted(numbered, key=lambda one: one[0])]


def _of_view(one: LineView) -> dict[str, Any]:
    return _cells(one.facts)


def _of_template(one: tuple[int, LineFacts]) -> dict[str, Any]:
    return _cells(one[1])


def _cells(facts: LineFacts) -> dict[str, Any]:
    return {
        "stage": _(STAGE_NAMES[facts.stage]),
        "text": facts.text,
        "owner": facts.owner,
        "anchor": _(ANCHOR_NAMES[facts.anchor]),
        "days": facts.days,
    }


def _line(cells: Mapping[str, Any]) -> LineFacts:
    return LineFacts(
        chosen(STAGE_NAMES, cells.get("stage"), Stage.DURING),
        text(cells.get("text")),
        text(cells.get("owner")),
        chosen(ANCHOR_NAMES, cells.get("anchor"), Anchor.FIRST),
        whole(cells.get("days")) or 0,
    )
