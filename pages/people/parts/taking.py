"""Taking a list of people away as a file: written down in the audit log when it is done, and not before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from core.exports.workbook import Cell, workbook
from core.people.gaps.viewing import note_exported
from pages.shared import state
from pages.shared.database import acting
from pages.shared.text import _


def export_people(
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    notes: Sequence[str] = (),
    *,
    file: str,
    employee_id: int | None = None,
    label: str = "",
) -> None:
    """A button that hands over these rows, whose title and number go into the log; `employee_id` where all of it is of one person."""
    export_made(title, lambda: workbook(title, headings, rows, notes), file=file, count=len(rows), employee_id=employee_id, label=label)


def export_made(title: str, make: Callable[[], bytes], *, file: str, count: int, employee_id: int | None = None, label: str = "") -> None:
    """The same for a file that `make` makes, of `count` rows."""
    actor = state.present().actor

    def content() -> bytes:
        with acting(rerun=False) as db:
            note_exported(db, actor, title, count, employee_id)
            return make()
        raise RuntimeError("what could not be written down is not handed over")

    st.download_button(
        label or _("导出 Excel"),
        data=content,
        file_name=f"{file}.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key=f"{file}_export",
    )
