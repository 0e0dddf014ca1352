"""The rows of a table as they were understood, before they come in."""

from __future__ import annotations

from enum import Enum
from typing import Any

import pandas as pd
import streamlit as st

from core.delivery.faculty.terms import ROLE_NAMES, VENUE_KIND_NAMES, TrainerRole, VenueKind
from core.delivery.halves import HALF_NAMES, Half
from core.delivery.importing.kinds import RESOURCES
from core.delivery.importing.planning import Incoming
from core.people.importing.plan import Entry
from pages.shared.text import _, joined

_SHOWN = 200


def incoming_table(made: Incoming) -> None:
    """The first rows that go in."""
    shown = [(_("新增"), one) for one in made.created[:_SHOWN]] + [(_("更新"), one) for one in made.updated[:_SHOWN]]
    if not shown:
        return
    filled = {name for _what, one in shown for name in one.values}
    fields = [field for field in RESOURCES[made.kind].fields if field.name in filled]
    with st.expander(_("看看读成了什么样（前 {shown} 行）", shown=min(_SHOWN, len(shown))), icon=":material/table:"):
        headings = [_("行号"), _("做什么"), *(_(field.title) for field in fields)]
        rows = [[one.row, what, *(_shown(one, field.name) for field in fields)] for what, one in shown[:_SHOWN]]
        st.dataframe(pd.DataFrame(rows, columns=headings), hide_index=True, placeholder="—", alt=_("要写入的行"))


def _shown(entry: Entry, field: str) -> str | None:
    value = entry.values.get(field)
    if field == "roles":
        return joined(_(ROLE_NAMES[TrainerRole(one)]) for one in value or ())
    if field == "skills":
        return joined(name if level is None else f"{name} L{level}" for name, level in value or ())
    if isinstance(value, bool):
        return _yes_or_no(field, value)
    if isinstance(value, tuple):
        return joined(str(one) for one in value)
    return _plain(value)


def _yes_or_no(field: str, value: bool) -> str:
    if field == "works":
        return _("班") if value else _("休")
    return _("内部") if value else _("外部")


def _plain(value: Any) -> str | None:
    if isinstance(value, Enum):
        return _(HALF_NAMES[value]) if isinstance(value, Half) else _(VENUE_KIND_NAMES[VenueKind(value.value)])
    if isinstance(value, float):
        return f"{value:g}"
    return None if value is None else str(value)
