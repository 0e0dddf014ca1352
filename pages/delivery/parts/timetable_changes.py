"""What changed since the last published version, and what each version changed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.delivery.timetable.changes import KIND_NAMES, Change, counted
from core.delivery.timetable.publishing import VersionView
from pages.shared.table import tall
from pages.shared.text import _, literal, moment, person


def changes(found: Sequence[Change] | None, versions: Sequence[VersionView]) -> None:
    """The list of changes in words, and the history of versions."""
    if found is None:
        st.info(_("还没有发布过。发布之后，这里列出每次改了什么。"), icon=":material/history:")
    elif not found:
        st.success(_("与第 {number} 版没有不同。", number=versions[0].number), icon=":material/check:")
    else:
        st.markdown(f"**{_('与已发布的第 {number} 版相比', number=versions[0].number)}**")
        listed(found, "changes_now")
    for one in versions:
        with st.expander(_("第 {number} 版：{who} 于 {when} 发布", number=one.number, who=literal(person(one.by)), when=moment(one.at))):
            if one.note:
                st.markdown(literal(one.note))
            st.caption(_("{n} 节课", n=sum(line.day is not None for line in one.lines)))
            if one.changes:
                listed(one.changes, f"changes_{one.number}")
            else:
                st.markdown(_("首次发布。") if one.number == 1 else _("与上一版没有不同。"))


def listed(found: Sequence[Change], key: str) -> None:
    """Changes as a table, with how many there are of each kind above it."""
    st.markdown("　".join(f"{_(KIND_NAMES[kind])} **{number}**" for kind, number in counted(found).items()))
    frame = pd.DataFrame({"kind": [_(KIND_NAMES[one.kind]) for one in found], "said": [_(one.message) for one in found]})
    st.dataframe(
        frame,
        hide_index=True,
        height=tall(len(frame)),
        key=key,
        alt=_("变更清单"),
        column_config={"kind": st.column_config.TextColumn(_("变化"), width=90), "said": st.column_config.TextColumn(_("内容"))},
    )
