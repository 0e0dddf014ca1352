"""A file of costs: which column is which, what would come into the budget, and the wish that it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.delivery.budget import taking_in
from core.delivery.budget.taking_in import Costs, Prepared
from core.delivery.budget.terms import COST_NAMES
from core.errors import CexunError
from pages.people.parts.preview import notes, problems_table
from pages.settings.parts.wish import Wish
from pages.shared.text import _, literal

_SHOWN = 200


def cost_wish(prepared: Prepared, name: str, plan_id: int, done: Callable[[], None]) -> Wish | None:
    """The columns, what would happen, and the reader's wish that it does."""
    mapping = _columns(prepared, name)
    if mapping is None:
        return None
    try:
        costs = taking_in.read(prepared, mapping)
    except CexunError as refused:
        st.warning(literal(_(refused.message)), icon=":material/info:")
        return None
    with st.grid(4, min_column_width=110):
        st.metric(_("新增明细"), f"{len(costs.created):,}")
        st.metric(_("更新明细"), f"{len(costs.updated):,}")
        st.metric(_("未变"), f"{costs.unchanged:,}")
        st.metric(_("合计（元）"), f"{costs.total:,.0f}")
    notes(costs.notes)
    problems_table(costs.problems, "costs_problems")
    count = len(costs.created) + len(costs.updated)
    if not count:
        st.info(_("没有要写入的行。"), icon=":material/info:")
        return None
    _lines(prepared, costs)
    st.caption(_("同一项目、类型、季度和机构的合计写入预算明细的“已发生”，原有的数会被替换；可以在预算页撤销。"))
    if not st.button(_("写入 {n} 行预算明细", n=count), type="primary", icon=":material/upload:", key="costs_import"):
        return None

    def act(db: Any, actor: Actor) -> None:
        taking_in.import_costs(db, actor, plan_id, costs)
        done()

    return Wish(_("费用已写入预算明细"), act)


def _columns(prepared: Prepared, name: str) -> dict[str, str] | None:
    fields = {one.name: _(one.title) for one in taking_in.FIELDS}
    found: dict[str, str] = {}
    st.markdown(f"**{_('核对列的对应关系')}**　:gray[{_('{n} 行数据', n=len(prepared.table.rows))}]")
    with st.grid(4, min_column_width=190, gap="small"):
        for column in (one for one in prepared.table.header if one):
            guess = prepared.mapping.get(column, "")
            choice = st.selectbox(
                literal(column),
                ["", *fields],
                index=["", *fields].index(guess),
                format_func=lambda one: fields.get(one) or _("不导入"),
                key=f"costs_column_{name}_{column}",
            )
            if choice:
                found[column] = choice
    twice = [one for one, count in Counter(found.values()).items() if count > 1]
    if twice:
        st.error(_("“{field}”对应了两列，只能选一列。", field=fields[twice[0]]))
        return None
    return found


def _lines(prepared: Prepared, costs: Costs) -> None:
    names = {number: name for name, number in prepared.programmes.items()}
    units = {number: name for name, number in prepared.units.items()}
    before = {one.id: one.actual for one in prepared.lines}
    rows = [
        {
            "type": _(COST_NAMES[one.type]),
            "programme": names.get(one.programme_id or 0),
            "quarter": one.quarter,
            "unit": units.get(one.unit_id or 0),
            "before": before.get(one.id) if one.id is not None else None,
            "after": one.actual,
        }
        for one in (*costs.created, *costs.updated)[:_SHOWN]
    ]
    columns: Any = {
        "type": _("费用类型"),
        "programme": _("项目"),
        "quarter": _("季度"),
        "unit": _("机构"),
        "before": st.column_config.NumberColumn(_("原来已发生（元）"), format="localized"),
        "after": st.column_config.NumberColumn(_("导入后（元）"), format="localized"),
    }
    st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="—", alt=_("费用明细"), column_config=columns)
