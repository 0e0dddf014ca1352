"""The numbers that the rule goes by, and how it would have done on last year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.review.warnings import deciding
from core.review.warnings.backtest import EARLY_WEEKS, BackTest, share
from core.review.warnings.deciding import LONGEST_SOURCE, NumberView
from core.review.warnings.service import Board
from core.review.warnings.terms import LINK_NAMES
from core.review.warnings.thresholds import LIMITS, THRESHOLD_NAMES
from pages.delivery.parts.cells import edited, number, text
from pages.settings.parts.wish import Wish
from pages.shared.text import _, moment, person
from pages.strategy.parts.sheet import Merging, Sheet, editor, sheet


def back_test(tested: BackTest | None, board: Board) -> None:
    """How the rule would have done on the year before, with how little that may prove."""
    st.subheader(_("用上一年回测"), anchor=False)
    if tested is None or not tested.verdicts:
        st.info(_("上一年没有做完并量到底的项目，没有自己的数据可以回测。示例阈值只在模拟年度上检验过。"))
        return
    st.markdown(_found(tested) + _false(tested))
    if tested.lead is not None:
        st.caption(_("没做成的项目，预警平均早在结束前 {n} 周（中位数）。", n=f"{tested.lead:g}"))
    if not tested.enough:
        st.caption(_("项目太少，这些比例几乎说明不了什么；只看具体是哪些项目。"))
    if tested.open:
        st.caption(_("另有 {n} 个项目没做完或没量到底，不作数。", n=tested.open))
    with st.expander(_("逐个项目"), icon=":material/table_rows:"):
        rows = [
            {
                _("项目"): one.name,
                _("看哪一环"): _(LINK_NAMES[one.link]),
                _("最后达成（占目标 %）"): round(one.reached * 100),
                _("结果"): _("没做成") if one.failed else _("做成了"),
                _("预警（结束前几周）"): one.alarm,
            }
            for one in tested.verdicts
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="—", alt=_("逐个项目"))
    st.caption(_("没做成：最后达成不到目标的 {share}（止损线）。每一周只用当时已知的数据重放规则。", share=f"{board.numbers.stop:.0%}"))


def number_table(plan_id: int, numbers: Sequence[NumberView], keeps: bool) -> Wish | None:
    """The numbers with where they are from and who changed them; those that somebody wants kept, or all put back."""
    with st.expander(_("判断规则和阈值"), icon=":material/tune:"):
        st.caption(
            _(
                "每一环：用最近几次读数预测到结束时达到计划的多少，给区间；区间上端低于下限才算弱。弱在前面、后面跟得上的只关注；"
                "连续几周都弱才预警；预计（往好里算）连止损线都到不了，或还能带来的不如还要花的，建议止损。"
            )
        )
        stamp = "_".join(f"{one.name.value}{one.version}" for one in numbers)
        table = sheet(f"thresholds_{plan_id}", numbers, stamp, Merging(lambda one: one.name, _cells, _columns()))
        frame = pd.DataFrame([_cells(one) for one in table.rows])
        frame = frame.astype({"value": "Float64", **dict.fromkeys(("name", "source", "by"), "string")})
        editor(table, frame, _columns(), editable=keeps, alt=_("判断规则和阈值"), grows=False)
        return _buttons(plan_id, table, numbers) if keeps else None


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "name": column.TextColumn(_("阈值"), width=240, disabled=True),
        "value": column.NumberColumn(_("数值（比例用 %）"), format="%g", width=130, required=True),
        "source": column.TextColumn(_("出处"), width=360, max_chars=LONGEST_SOURCE, required=True),
        "by": column.TextColumn(_("谁改的"), width=220, disabled=True),
    }


def _buttons(plan_id: int, table: Sheet[NumberView], numbers: Sequence[NumberView]) -> Wish | None:
    if table.pending and st.button(_("保存 {n} 行改动", n=table.pending), type="primary", icon=":material/save:", key="thresholds_save"):
        current = [(row, cells) for row, cells in edited(table, _cells) if _cells(row) != cells]
        wanted = {row.name: (_value(row, cells), text(cells["source"])) for row, cells in current}
        seen = {row.name: row.version for row, _some in current}

        def save(db: Any, actor: Actor) -> None:
            deciding.save_numbers(db, actor, plan_id, wanted, seen)

        return Wish(_("阈值已保存"), save)
    own = {one.name: one.version for one in numbers if one.own}
    if own and st.button(_("恢复示例默认值"), icon=":material/undo:", type="tertiary", key="thresholds_restore"):

        def restore(db: Any, actor: Actor) -> None:
            deciding.restore_numbers(db, actor, plan_id, own)

        return Wish(_("已恢复"), restore)
    return None


def _found(tested: BackTest) -> str:
    if not tested.failed:
        return _("上一年没有没做成的项目，看不出能不能及早发现。")
    low, high = share(tested.early, tested.failed)
    said = {"early": tested.early, "weeks": EARLY_WEEKS, "low": f"{low:.0%}", "high": f"{high:.0%}"}
    return _("{n} 个没做成的项目里，{early} 个会在结束前至少 {weeks} 周被发现（95% 区间 {low} 到 {high}）。", n=tested.failed, **said)


def _false(tested: BackTest) -> str:
    if not tested.alarms:
        return _("一次预警也没有。")
    low, high = share(tested.false, tested.alarms)
    said = {"false": tested.false, "low": f"{low:.0%}", "high": f"{high:.0%}"}
    return _("{n} 个预警里，{false} 个是误报（95% 区间 {low} 到 {high}）。", n=tested.alarms, **said)


def _cells(one: NumberView) -> dict[str, Any]:
    by = f"{person(one.changed_by)} · {moment(one.changed_at)}" if one.changed_at is not None else _("示例默认值")
    value = one.value if LIMITS[one.name].whole else round(one.value * 100, 4)
    return {"name": _(THRESHOLD_NAMES[one.name]), "value": value, "source": one.source, "by": by}


def _value(row: NumberView, cells: dict[str, Any]) -> float:
    typed = number(cells["value"])
    return typed if LIMITS[row.name].whole else typed / 100
