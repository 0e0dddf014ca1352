"""The roster as a table: edited in place and saved at once, the last corrections undone, taken away as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from core import clock
from core.access.actor import Actor
from core.exports.workbook import workbook
from core.people.roster import history
from core.people.roster import service as roster
from core.people.roster.listing import Choices, Listing, Person, Wanted
from core.people.roster.service import Change
from pages.delivery.parts.undoing import undoing
from pages.shared.database import acting, reading
from pages.shared.table import tall
from pages.shared.text import _
from pages.strategy.parts.cells_at_once import changed_cells, editor_key
from pages.strategy.parts.sheet import Merging

_NAME = "roster_table"
_FIXED = ["employee_no", "name", "manager", "hire_date"]


def roster_table(actor: Actor, found: Listing, choices: Choices, may_edit: bool) -> None:
    """The people of this page of the roster, and what is corrected there."""
    if not found.people:
        st.info(_("没有符合条件的人。请放宽筛选条件。"), icon=":material/info:")
        return
    people = found.people
    if not may_edit:
        st.dataframe(
            _frame(people), hide_index=True, column_config=_columns(choices), height=tall(len(people), 15), placeholder="—", alt=_("花名册")
        )
        return
    changed = changed_cells(
        _NAME, people, Merging(lambda one: one.id, _written, _columns(choices), {"unit_id": choices.units, "post_id": choices.posts})
    )
    if changed:
        _save(actor, changes(changed))
    st.data_editor(
        _frame(people),
        hide_index=True,
        num_rows="fixed",
        column_config=_columns(choices),
        disabled=_FIXED,
        height=tall(len(people), 15),
        key=editor_key(_NAME),
        placeholder="—",
        alt=_("花名册"),
    )
    st.caption(_("机构、岗位、上级工号、条线、离职日期可以直接在表中修改，即时保存。新员工请用导入。"))


def changes(changed: Sequence[tuple[Person, Mapping[str, Any]]]) -> list[Change]:
    """What the changed cells mean for the people as they are stored."""
    return [Change(one.id, one.version, _values(cells)) for one, cells in changed]


def undo_offer(actor: Actor) -> None:
    """The last correction to be taken back, and those before it."""
    with reading() as db:
        done, mine = history.history(db, actor), history.last(db, actor)
    wish = undoing(done, mine, "roster", lambda db, who, batch: roster.undo(db, who, batch, clock.today()))
    if wish is not None:
        with acting(wish.done) as db:
            wish.act(db, actor)


def roster_export(actor: Actor, wanted: Wanted, total: int) -> None:
    """What the filters leave, all pages of it, as a file."""
    headings = [_("工号"), _("姓名"), _("机构"), _("岗位"), _("上级工号"), _("上级"), _("条线"), _("入职日期"), _("离职日期")]
    name = _("花名册")

    def content() -> bytes:
        with acting(rerun=False) as db:
            people = roster.export(db, actor, wanted)
        return workbook(name, headings, [_cells(one) for one in people])

    if total:
        st.download_button(
            _("导出 Excel"), data=content, file_name="roster.xlsx", icon=":material/download:", on_click="ignore", key="roster_export"
        )


def _save(actor: Actor, wanted: Sequence[Change]) -> None:
    with acting(_("已保存")) as db:
        roster.save(db, actor, wanted, clock.today())


def _values(cells: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(cells)
    for name in ("line", "manager_no"):
        if name in found:
            found[name] = str(found[name] or "").strip()
    if found.get("left_at"):
        found["left_at"] = date.fromisoformat(str(found["left_at"])[:10])
    return found


def _written(one: Person) -> dict[str, Any]:
    return {"name": one.name, **{name: getattr(one, name) for name in ("unit_id", "post_id", "manager_no", "line", "left_at")}}


def _frame(people: Sequence[Person]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "employee_no": [one.employee_no for one in people],
            "name": [one.name for one in people],
            "unit_id": pd.array([one.unit_id for one in people], dtype="Int64"),
            "post_id": pd.array([one.post_id for one in people], dtype="Int64"),
            "manager_no": [one.manager_no or None for one in people],
            "manager": [one.manager or None for one in people],
            "line": [one.line or None for one in people],
            "hire_date": pd.array([one.hire_date for one in people], dtype="object"),
            "left_at": pd.array([one.left_at for one in people], dtype="object"),
        }
    )


def _columns(choices: Choices) -> dict[str, Any]:
    column = st.column_config
    return {
        "employee_no": column.TextColumn(_("工号"), width="small", pinned=True),
        "name": column.TextColumn(_("姓名"), width="small", pinned=True),
        "unit_id": column.SelectboxColumn(_("机构"), options=list(choices.units), format_func=lambda one: choices.units.get(int(one), "—")),
        "post_id": column.SelectboxColumn(_("岗位"), options=list(choices.posts), format_func=lambda one: choices.posts.get(int(one), "—")),
        "manager_no": column.TextColumn(_("上级工号"), width="small", max_chars=40),
        "manager": column.TextColumn(_("上级"), width="small"),
        "line": column.TextColumn(_("条线"), width="small", max_chars=60),
        "hire_date": column.DateColumn(_("入职日期"), format="YYYY-MM-DD", width="small"),
        "left_at": column.DateColumn(_("离职日期"), format="YYYY-MM-DD", width="small", max_value=clock.today()),
    }


def _cells(one: Person) -> list[Any]:
    texts = [one.employee_no, one.name, one.unit, one.post, one.manager_no, one.manager, one.line]
    return [*(text or None for text in texts), one.hire_date, one.left_at]
