"""Actual values pasted from a sheet: read, shown with what cannot be used, then written."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.strategy.checking import service as checking
from core.strategy.checking.entering import Entered
from core.strategy.checking.pasting import Place, Reached, read
from core.strategy.checking.service import Check
from pages.settings.parts.wish import Wish
from pages.shared.text import _
from pages.strategy.parts.check_words import target, with_unit


def paste(plan_id: int, check: Check) -> Wish | None:
    """The box to paste into, and a preview; what to write when the reader says so."""
    stamp = sum(item.row.version or 0 for item in check.items)
    with st.expander(_("从 Excel 粘贴实际值"), icon=":material/content_paste:"):
        st.caption(
            _(
                "复制四列再粘贴：指标、实际、来源、主题（同一指标只有一行时可以不写主题）；带表头时列的次序不限，可以直接贴导出的表。"
                "可以带单位，万、亿会折算成目标的单位。"
            )
        )
        pasted = st.text_area(
            _("粘贴到这里"), height=120, key=f"check_pasted_{check.id}_{stamp}", placeholder=_("指标 → 实际 → 来源 → 主题，一行一个")
        )
        if not pasted.strip():
            return None
        targets = {item.id: target(checking.goal(item.row)) for item in check.items if item.row.target is not None}
        places = [
            Place(item.id, item.row.theme, item.row.metric, item.row.unit, targets[item.id]) for item in check.items if item.id in targets
        ]
        found, refused = read(pasted, places)
        if refused:
            st.warning(_("{n} 行不能用，其余的可以写入。", n=len(refused)), icon=":material/error:")
            lines = [{_("行"): one.line, _("内容"): one.text, _("原因"): _(one.why)} for one in refused]
            st.dataframe(pd.DataFrame(lines), hide_index=True, alt=_("不能用的行"))
        if not found:
            return None
        items = {item.id: item for item in check.items}
        preview = [
            {
                _("指标"): items[one.id].row.metric,
                _("主题"): items[one.id].row.theme,
                _("目标"): targets[one.id],
                _("现在"): with_unit(items[one.id].row.actual, items[one.id].row.unit),
                _("写入"): with_unit(one.actual, items[one.id].row.unit),
                _("来源"): one.source or "—",
            }
            for one in found
        ]
        st.dataframe(pd.DataFrame(preview), hide_index=True, alt=_("将要写入的实际值"))
        if not st.button(_("写入 {n} 行", n=len(found)), type="primary", key="check_paste_write", icon=":material/save:"):
            return None
    entered = [_entered(check, one) for one in found]

    def act(db: Any, actor: Actor) -> None:
        checking.save(db, actor, plan_id, check.id, entered)

    return Wish(_("已写入 {n} 行", n=len(found)), act)


def _entered(check: Check, one: Reached) -> Entered:
    item = check.find(one.id)
    assert item is not None
    row = item.row
    return Entered(
        id=item.id,
        version=row.version or 0,
        baseline=row.baseline,
        baseline_on=row.baseline_on,
        deadline=row.deadline,
        milestone=row.milestone,
        actual=one.actual,
        source=one.source or row.source,
        action=row.action,
        owner=row.owner,
        due=row.due,
    )
