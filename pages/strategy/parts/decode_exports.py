"""The findings that the board shows, as a file to take away."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.access import service as access
from core.access.actor import LOCAL_ADMINISTRATOR, Actor
from core.exports.findings import Line, findings_workbook
from core.i18n import Message
from core.strategy import merging, review
from core.strategy.findings import BY_MODEL
from core.strategy.merging import Into
from core.strategy.review import Wanted
from core.strategy.tables import FindingRow, FindingState, Origin
from pages.settings.parts.places import here
from pages.shared import state
from pages.shared.database import reading
from pages.shared.text import _, joined, person
from pages.strategy.parts.finding import RULE_NAMES
from pages.strategy.parts.theme_findings import KIND_NAMES

States = Mapping[FindingState, Message]

_ALL = 100_000


def findings_file(actor: Actor, plan_id: int, wanted: Wanted, total: int, states: States) -> None:
    """The offer to take away what the filter leaves, all pages of it; `states` is what each state is called."""
    st.download_button(
        _("导出这 {n} 条到 Excel", n=total),
        data=lambda: _workbook(actor, plan_id, wanted, states),
        file_name=f"findings-{plan_id}.xlsx",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key="export_findings",
    )


def _workbook(actor: Actor, plan_id: int, wanted: Wanted, states: States) -> bytes:
    with reading() as db:
        seen = review.board(db, actor, plan_id, wanted, 0, _ALL)
        names = access.names(db, actor)
        went = merging.into(db, actor, plan_id, seen.rows)
    return findings_workbook([_line(row, went, names, states) for row in seen.rows], seen.documents, state.language())


def _line(row: FindingRow, went: Mapping[int, Into], names: Mapping[int, str], states: States) -> Line:
    decided, into = here(row.decided_at), went.get(row.id or 0)
    return Line(
        row=row,
        kind=_(KIND_NAMES[row.kind]),
        state=_(states[merging.standing(row, went)]) + (_("（已修改）") if row.edited else ""),
        into=into.row.text if into is not None and into.row is not None else "",
        why=_why(row),
        decided_by=names.get(row.decided_by or 0, person(LOCAL_ADMINISTRATOR.name)) if decided else "",
        decided_at=decided.replace(tzinfo=None) if decided else None,
    )


def _why(row: FindingRow) -> str:
    if row.origin is Origin.PERSON:
        return _("由人补充")
    rule = row.rule.removeprefix(BY_MODEL)
    if rule not in RULE_NAMES:
        return row.rule
    cues = joined(f"“{cue}”" for cue in row.cues if cue.strip())
    return _("{why}（{cues}）", why=RULE_NAMES[rule], cues=cues) if cues else _(RULE_NAMES[rule])
