"""Which column of the file is which field: guessed, to be corrected, remembered with the import."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from core.people.importing.kinds import KINDS
from core.people.importing.refusing import is_biometric
from core.people.importing.service import Prepared
from pages.shared.text import _, literal


def columns(prepared: Prepared, key: str) -> dict[str, str] | None:
    """The reader's choice, by column; None while one column stands for two fields."""
    table = prepared.table
    choices = [column for column in table.header if column and not is_biometric(column)]
    guessed = {field: column for column, field in prepared.mapping.items()}
    chosen: dict[str, str] = {}
    with st.container(border=True):
        said = _("工作表“{sheet}”，表头在第 {row} 行，{n} 行数据。", sheet=table.sheet, row=table.header_row, n=len(table.rows))
        st.markdown(f"**{_('核对列的对应关系')}**　:gray[{literal(said)}]")
        with st.grid(4, min_column_width=190, gap="small"):
            for field in KINDS[prepared.kind].fields:
                guess = guessed.get(field.name)
                column = st.selectbox(
                    _(field.title) + (_("（必填）") if field.required else ""),
                    choices,
                    index=choices.index(guess) if guess in choices else None,
                    placeholder=_("文件里没有"),
                    help=_(field.help) if field.help else None,
                    key=f"people_column_{key}_{field.name}",
                )
                if column is not None:
                    chosen[field.name] = column
        twice = [column for column, count in Counter(chosen.values()).items() if count > 1]
        if twice:
            st.error(_("“{column}”对应了两个字段，只能选一个。", column=literal(twice[0])))
            return None
    return {column: field for field, column in chosen.items()}
