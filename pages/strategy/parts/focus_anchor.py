"""Anchoring: a person makes a row a focus and says why."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.strategy.focus.tables import FocusRow
from pages.shared.text import _, literal, moment, person


@dataclass(frozen=True)
class Decision:
    """Anchor the row with a reason; None takes the focus back."""

    row_id: int
    version: int
    reason: str | None


def anchor_form(row: FocusRow, may_decide: bool) -> Decision | None:
    """What a person has decided about the row, and the means to decide."""
    if row.anchored_at:
        st.success(
            _(
                "{reason}\n\n{who}，{when}",
                reason=literal(row.anchor_reason),
                who=literal(person(row.anchored_by)),
                when=moment(row.anchored_at),
            ),
            title=_("已锚定为重点"),
            icon=":material/target:",
        )
        if may_decide and st.button(_("取消锚定"), type="tertiary", icon=":material/undo:"):
            return Decision(row.id or 0, row.version or 0, None)
        return None
    if not may_decide:
        return None
    with st.form(f"anchor_{row.id}", border=False):
        reason = st.text_input(
            _("锚定为重点的理由"),
            max_chars=500,
            placeholder=_("例如：总行要求年内扩面，这支队伍人数最多，且行长已确认"),
            key=f"reason_{row.id}",
        )
        if st.form_submit_button(_("锚定为重点"), icon=":material/target:"):
            return Decision(row.id or 0, row.version or 0, reason)
    return None
