"""The themes as a table: edited in place, pasted into, saved at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.editing.comparing import Words
from core.strategy.findings import Perspective
from core.strategy.themes import service as themes
from core.strategy.themes.service import LONGEST_NAME, Draft, Overview, ThemeView, draft_of
from core.strategy.themes.tags import LAYER_NAMES, LENS_NAMES, PERSPECTIVE_NAMES, Layer, Lens
from pages.shared.database import acting
from pages.shared.table import tall
from pages.shared.text import _, joined
from pages.strategy.parts.cells_at_once import changed_cells, editor_key, shown_rows, typed
from pages.strategy.parts.sheet import Merging

_NAME = "themes_table"
_WORDS: dict[str, Words] = {"perspective": PERSPECTIVE_NAMES, "layer": LAYER_NAMES, "lenses": LENS_NAMES}


@dataclass(frozen=True)
class Row:
    """A theme as it stood in the table when it was shown."""

    theme_id: int
    version: int
    draft: Draft
    findings: int


@dataclass(frozen=True)
class Wishes:
    """What a person did in the table."""

    changed: tuple[tuple[Row, Draft], ...]
    added: tuple[Draft, ...]
    removed: tuple[Row, ...]


def themes_table(actor: Actor, plan_id: int, seen: Overview) -> None:
    """The table, and what is done in it."""
    rows = [_row(view) for view in seen.themes]
    if not actor.may(Right.DECIDE_STRATEGY):
        st.dataframe(
            _frame(rows), hide_index=True, column_config=_columns(), height=tall(len(rows), 14), placeholder="—", alt=_("战略主题列表")
        )
        return
    done = wishes(shown_rows(_NAME), typed(_NAME))
    changed = changed_cells(_NAME, rows, Merging(lambda row: row.theme_id, _cells, _columns(), _WORDS))
    wanted = replace(done, changed=tuple((row, _with(row.draft, cells)) for row, cells in changed))
    if wanted.changed or wanted.added or wanted.removed:
        _carry_out(actor, plan_id, wanted)
    st.data_editor(
        _frame(rows),
        hide_index=True,
        num_rows="dynamic",
        column_config=_columns(),
        disabled=["findings"],
        height=tall(len(rows), 14),
        key=editor_key(_NAME),
        placeholder="—",
        alt=_("战略主题列表"),
    )
    _below(actor, plan_id, seen)


def wishes(shown: Sequence[Row], edits: Mapping[str, Any]) -> Wishes:
    """What the table's edits mean for the themes that were shown in it."""
    removed = {int(i) for i in edits.get("deleted_rows", [])}
    changed = {int(i): cells for i, cells in edits.get("edited_rows", {}).items() if int(i) not in removed}
    return Wishes(
        changed=tuple((shown[i], _with(shown[i].draft, cells)) for i, cells in sorted(changed.items()) if i < len(shown)),
        added=tuple(_with(Draft("", Perspective.PROCESS), cells) for cells in edits.get("added_rows", [])),
        removed=tuple(shown[i] for i in sorted(removed) if i < len(shown)),
    )


def _carry_out(actor: Actor, plan_id: int, wanted: Wishes) -> None:
    removed = joined(row.draft.name for row in wanted.removed)
    done = _("已删除“{names}”，可在下方恢复", names=removed) if wanted.removed else _("已保存")
    with acting(done=done) as db:
        for row, draft in wanted.changed:
            themes.change(db, actor, row.theme_id, row.version, draft)
        for draft in wanted.added:
            themes.create(db, actor, plan_id, draft)
        for row in wanted.removed:
            themes.remove(db, actor, row.theme_id)


def _below(actor: Actor, plan_id: int, seen: Overview) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            _("直接在表中修改，即时保存；最后一行可新增；勾选行首可删除，删除后可恢复。权重合计 {sum}%。", sum=f"{seen.weight:g}"),
            width="stretch",
        )
        if seen.weight != 100 and st.button(_("权重归一到 100"), key="weigh_to_hundred", icon=":material/balance:"):
            with acting(done=_("权重已归一到 100")) as db:
                themes.weigh_to_hundred(db, actor, plan_id, {view.id: view.theme.version or 0 for view in seen.themes})


def _row(view: ThemeView) -> Row:
    return Row(view.id, view.theme.version or 0, draft_of(view.theme), len(view.members))


def _with(draft: Draft, cells: Mapping[str, Any]) -> Draft:
    known = {field.name for field in fields(Draft)}
    given = {name: value for name, value in cells.items() if name in known}
    if "perspective" in given:
        given["perspective"] = Perspective(given["perspective"]) if given["perspective"] else draft.perspective
    if "layer" in given:
        given["layer"] = Layer(given["layer"]) if given["layer"] else None
    if "lenses" in given:
        given["lenses"] = tuple(lens for lens in Lens if lens in (given["lenses"] or ()))
    for name in ("name", "owner", "indicator"):
        if name in given:
            given[name] = str(given[name] or "")
    if "weight" in given:
        given["weight"] = float(given["weight"] or 0)
    if "position" in given:
        given["position"] = int(given["position"] or 0)
    return replace(draft, **given)


def _cells(row: Row) -> dict[str, Any]:
    draft = row.draft
    tags = {"perspective": draft.perspective, "layer": draft.layer, "lenses": list(draft.lenses)}
    return {
        "name": draft.name,
        **tags,
        "owner": draft.owner,
        "indicator": draft.indicator,
        "weight": draft.weight,
        "position": draft.position,
    }


def _frame(rows: Sequence[Row]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": [row.draft.name for row in rows],
            "perspective": [row.draft.perspective.value for row in rows],
            "layer": [row.draft.layer.value if row.draft.layer else None for row in rows],
            "lenses": [[lens.value for lens in row.draft.lenses] for row in rows],
            "owner": [row.draft.owner for row in rows],
            "indicator": [row.draft.indicator for row in rows],
            "weight": [row.draft.weight for row in rows],
            "position": [row.draft.position for row in rows],
            "findings": [row.findings for row in rows],
        }
    )


def _columns() -> dict[str, Any]:
    perspectives = {one.value: _(name) for one, name in PERSPECTIVE_NAMES.items()}
    layers = {one.value: _(name) for one, name in LAYER_NAMES.items()}
    lenses = {one.value: _(name) for one, name in LENS_NAMES.items()}
    column = st.column_config
    return {
        "name": column.TextColumn(_("主题"), width="medium", required=True, max_chars=LONGEST_NAME),
        "perspective": column.SelectboxColumn(
            _("维度"), options=list(perspectives), format_func=lambda one: perspectives[str(one)], required=True
        ),
        "layer": column.SelectboxColumn(_("层面"), options=list(layers), format_func=lambda one: layers[str(one)]),
        "lenses": column.MultiselectColumn(_("视角"), options=list(lenses), format_func=lenses.__getitem__, width="medium"),
        "owner": column.TextColumn(_("负责人"), max_chars=80),
        "indicator": column.TextColumn(_("指标"), width="medium", max_chars=200),
        "weight": column.NumberColumn(_("权重（%）"), min_value=0, max_value=100, format="%.1f"),
        "position": column.NumberColumn(
            _("次序"), min_value=0, step=1, help=_("地图上同一维度内从左到右的先后；有因果关系时按最少交叉排列。")
        ),
        "findings": column.NumberColumn(_("发现"), format="%d"),
    }
