"""The imports of results, each with its way back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.review.results.importing import Run
from core.review.results.terms import RESULT_NAMES
from pages.people.parts.preview import problems_table
from pages.shared.text import _, literal, moment, person


def runs(history: Sequence[Run]) -> int | None:
    """The latest imports; the number of the one that the reader wants undone."""
    if not history:
        return None
    wanted = None
    with st.expander(_("导入记录（{n} 次）", n=len(history)), icon=":material/history:"):
        for one in history:
            row = one.row
            with st.container(horizontal=True, vertical_alignment="center"):
                name = literal(row.file_name) or _(RESULT_NAMES[row.kind])
                counts = _(
                    "新增 {created}，更新 {updated}，未变 {unchanged}，跳过 {skipped}",
                    created=row.created,
                    updated=row.updated,
                    unchanged=row.unchanged,
                    skipped=row.skipped,
                )
                st.markdown(
                    f"{name} · {_(RESULT_NAMES[row.kind])}  \n:gray[{counts} · {literal(person(row.done_by))} · {moment(row.done_at)}]",
                    width="stretch",
                )
                if row.undone_at is not None:
                    st.caption(_("已撤销"), width="content")
                elif st.button(_("撤销"), key=f"results_undo_{row.id}", type="tertiary"):
                    wanted = row.id
            if one.problems:
                problems_table(one.problems, f"results_problems_{row.id}")
    return wanted
