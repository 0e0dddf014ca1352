"""Parting a finding in two, and putting several together."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.errors import CexunError
from core.strategy import review
from core.strategy.tables import FindingRow
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.shortcuts import key_of
from pages.shared.text import _, literal
from pages.strategy.parts import review_acts as acts


def split_finding(plan_id: int, row: FindingRow) -> None:
    """Open the dialog in which a finding is parted."""

    @st.dialog(_("拆分发现"), width="large", icon=":material/call_split:", on_dismiss="rerun")
    def show() -> None:
        at = st.slider(_("在第几个字后面拆开"), 1, len(row.quote) - 1, _first_pause(row.quote))
        st.markdown(_("**第一条**") + f"　{literal(row.quote[:at])}")
        st.markdown(_("**第二条**") + f"　{literal(row.quote[at:])}")
        if st.button(_("拆成两条"), type="primary", key="do_split", shortcut=key_of("finish_dialog")):
            actor = state.present().actor
            with acting(done=_("已拆成两条，都待确认")) as db:
                review.split(db, actor, plan_id, row.id or 0, row.version or 0, at)

    show()


def merge_findings(plan_id: int, versions: Mapping[int, int | None]) -> None:
    """Open the dialog in which one chooses the wording that stays when findings are put together."""

    @st.dialog(_("合并发现"), width="large", icon=":material/merge:", on_dismiss="rerun")
    def show() -> None:
        actor = state.present().actor
        try:
            with reading() as db:
                rows = {row.id or 0: row for row in review.some(db, actor, plan_id, versions)}
                documents = review.documents(db, actor, plan_id)
        except CexunError as failure:
            st.error(literal(_(failure.message)))
            return
        with st.form("merge_findings", border=False):
            into = st.radio(
                _("保留哪一条的文字？"),
                list(rows),
                format_func=lambda one: literal(rows[one].text),
                captions=[literal(documents[row.document_id].title) + " · " + _("第 {page} 页", page=row.page) for row in rows.values()],
            )
            st.caption(_("保留的一条算作已采纳，其余的并入它，各自的出处都留着。"))
            agreed = st.form_submit_button(_("合并 {n} 条", n=len(rows)), type="primary", shortcut=key_of("finish_dialog"))
        if agreed and into is not None:
            with acting(done=_("已合并 {n} 条，出处都保留", n=len(rows))) as db:
                review.merge(db, actor, plan_id, rows, into, versions=versions)
                acts.pick_these({})

    show()


def _first_pause(quote: str) -> int:
    """Where a finding is most likely to be parted: after the pause nearest to its middle."""
    pauses = [i + 1 for i, character in enumerate(quote[:-1]) if character in "，；。、,;"]
    middle = len(quote) / 2
    return min(pauses, key=lambda at: abs(at - middle)) if pauses else max(1, len(quote) // 2)
