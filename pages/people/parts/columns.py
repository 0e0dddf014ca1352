"""Which column of the file is which field: guessed, to be corrected, remembered with the import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from core import clock
from core.people.importing.crossed import is_crossed
from core.people.importing.kinds import KINDS, ImportKind
from core.people.importing.refusing import is_biometric
from core.people.importing.service import Prepared
from core.people.importing.wide import Ability, is_wide
from core.sheets.mapping import Field
from pages.people.parts.matrix_columns import matrix_columns
from pages.shared.table import tall
from pages.shared.text import _, joined, literal

_LONG, _WIDE = "long", "wide"
_NOT_IN_WIDE = ("competency", "score", "scale_max")
_LONGEST_SOURCE = 60
_LISTED = 12


@dataclass(frozen=True)
class Columns:
    """The reader's choice: the field of each column, and what holds for every row of the file."""

    mapping: dict[str, str]
    given: dict[str, Any]


def columns(prepared: Prepared, key: str) -> Columns | None:
    """The reader's choice; None while one column stands for two fields."""
    table = prepared.table
    with st.container(border=True):
        said = _("工作表“{sheet}”，表头在第 {row} 行，{n} 行数据。", sheet=table.sheet, row=table.header_row, n=len(table.rows))
        st.markdown(f"**{_('核对列的对应关系')}**　:gray[{literal(said)}]")
        wide = _is_wide(prepared, key)
        if wide and prepared.kind is ImportKind.MATRIX:
            return Columns(matrix_columns(prepared, key), {})
        fields = [field for field in KINDS[prepared.kind].fields if not wide or field.name not in _NOT_IN_WIDE]
        chosen = _fields(prepared, fields, key)
        own = _abilities(prepared.abilities(), sorted(set(prepared.known.competencies.values())), key) if wide else {}
        twice = [column for column, count in Counter(chosen.values()).items() if count > 1]
        if twice:
            st.error(_("“{column}”对应了两个字段，只能选一个。", column=literal(twice[0])))
            return None
        _say_unused(prepared, {*own, *chosen.values()})
        given = _given(chosen, own, key) if prepared.kind is ImportKind.ASSESSMENTS else {}
    return Columns({**own, **{column: field for field, column in chosen.items()}}, given)


def _say_unused(prepared: Prepared, used: Collection[str]) -> None:
    """Name the columns of which nothing is read, so that nobody takes them for imported. Biometric ones have a note of their own."""
    unused = [literal(one) for one in prepared.table.header if one and one not in used and not is_biometric(one)]
    if unused:
        st.caption(_("没有用到的列：{columns}", columns=joined(unused[:_LISTED]) + ("…" if len(unused) > _LISTED else "")))


def _is_wide(prepared: Prepared, key: str) -> bool:
    """How the sheet is laid out: as it looks, unless the reader says otherwise."""
    ways = {
        ImportKind.ASSESSMENTS: (_("每行一条测评"), _("宽表：每人一行，每项能力一列")),
        ImportKind.MATRIX: (_("每行一条要求"), _("矩阵：岗位和能力纵横排列")),
    }
    if prepared.kind not in ways:
        return False
    names = dict(zip((_LONG, _WIDE), ways[prepared.kind], strict=True))
    looks = _WIDE if is_crossed(prepared.kind, prepared.mapping) or is_wide(prepared.mapping) else _LONG
    how = st.segmented_control(
        _("表的样子"), list(names), default=looks, format_func=names.__getitem__, required=True, key=f"people_layout_{key}", wrap=True
    )
    return bool(how == _WIDE)


def _fields(prepared: Prepared, fields: Sequence[Field], key: str) -> dict[str, str]:
    choices = [column for column in prepared.table.header if column and not is_biometric(column)]
    guessed = {field: column for column, field in prepared.mapping.items()}
    chosen: dict[str, str] = {}
    with st.grid(4, min_column_width=190, gap="small"):
        for field in fields:
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
    return chosen


def _abilities(offered: Sequence[Ability], model: Sequence[str], key: str) -> dict[str, str]:
    """The columns that hold scores, each with its competency, switched on or off; their fields."""
    if not offered:
        st.warning(_("没有找到像能力得分的列：一列数字，表头是能力的名称。"))
        return {}
    frame = pd.DataFrame(
        {
            "wanted": [one.wanted for one in offered],
            "column": [one.column for one in offered],
            "competency": [one.competency for one in offered],
            "beside": [one.source or joined(one.beside.values()) or None for one in offered],
        }
    )
    names = list(dict.fromkeys([*(one.competency for one in offered), *model]))
    edited = st.data_editor(
        frame,
        hide_index=True,
        num_rows="fixed",
        disabled=["column", "beside"],
        placeholder="—",
        height=tall(len(offered)),
        column_config={
            "wanted": st.column_config.CheckboxColumn(_("导入"), width="small"),
            "column": st.column_config.TextColumn(_("文件里的列"), width="medium"),
            "competency": st.column_config.SelectboxColumn(_("能力名称"), options=names, required=True, width="medium"),
            "beside": st.column_config.TextColumn(_("来源、日期取自"), width="medium"),
        },
        key=f"people_abilities_{key}",
        alt=_("能力列"),
    )
    chosen = [(one, row) for one, row in zip(offered, edited.to_dict("records"), strict=True) if row["wanted"]]
    st.caption(_("宽表：{n} 个能力列。不是能力的列请取消勾选；名称不同的能力可以改选。", n=len(chosen)))
    found: dict[str, str] = {}
    for one, row in chosen:
        found |= {column: field for column, field in one.fields(row["competency"]).items() if field not in found.values()}
    for column, name in ((one.column, row["competency"]) for one, row in chosen if one.column not in found):
        said = _(
            "“{column}”对应的也是“{name}”，一项能力只读一列，这一列没有读。要读它，请改选另一项能力。",
            column=literal(column),
            name=literal(name),
        )
        st.warning(said, icon=":material/warning:")
    return found


def _given(chosen: dict[str, str], own: dict[str, str], key: str) -> dict[str, Any]:
    """Source and date, once for the whole file where it has no column of them."""
    there = {field.partition(":")[0] for field in own.values()} | set(chosen)
    given: dict[str, Any] = {}
    with st.container(horizontal=True):
        if "source" not in there:
            source = st.text_input(
                _("整个文件的来源"), max_chars=_LONGEST_SOURCE, placeholder=_("例如：年度考核"), key=f"people_source_{key}", width=260
            )
            given |= {"source": source.strip()} if source.strip() else {}
        if "date" not in there:
            day = st.date_input(
                _("整个文件的测评日期"), value=None, max_value=clock.today(), format="YYYY-MM-DD", key=f"people_date_{key}", width=260
            )
            given |= {"date": day} if isinstance(day, date) else {}
    return given
