"""The fields of a goal: its texts and numbers, and its indicators as a table that a sheet can be pasted into."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd
import streamlit as st

from core.goals.draft import LONGEST_NAME, LONGEST_SOURCE, LONGEST_TEXT, LONGEST_UNIT, Draft, Line
from core.goals.goal import LEVEL_NAMES, OPERATORS, GoalIndicator, Kind, KirkpatrickLevel, Operator
from core.strategy.findings import OPERATOR_SIGNS
from pages.goals.parts.bench import Bench
from pages.goals.parts.words import KIND_NAMES, one_line
from pages.shared.text import _, literal

_TEXTS, _NUMBERS = ("name", "unit", "source", "owner"), ("value", "baseline", "per_head", "weight")
_ORDER = ("kind", "name", "operator", "value", "unit", "baseline", "per_head", "source", "level", "owner", "weight")
_DAYS_MOST, _HEADS_MOST = 3650, 100_000


def texts(bench: Bench) -> tuple[str, str, int | None, int | None]:
    """Pain point, behaviour, heads and days, as they stand in the fields."""
    begun = bench.begun
    pain = st.text_area(
        _("业务痛点"),
        begun.pain_point,
        max_chars=LONGEST_TEXT,
        height=88,
        key=bench.key("pain"),
        placeholder=_("谁、在什么业务上、出了什么问题，最好带一个数"),
    )
    behaviour = st.text_area(
        _("行为目标"),
        begun.behaviour,
        max_chars=LONGEST_TEXT,
        height=112,
        key=bench.key("behaviour"),
        placeholder=_("回岗后在什么场合、对谁、做什么动作、做到什么程度"),
    )
    with st.container(horizontal=True):
        heads = st.number_input(
            _("参训人数"), 0, _HEADS_MOST, begun.headcount, step=1, key=bench.key("heads"), placeholder=_("不知道就留空"), width=200
        )
        days = st.number_input(
            _("训后多少天达成"), 0, _DAYS_MOST, begun.due_days, step=1, key=bench.key("days"), placeholder=_("如 60"), width=200
        )
    return pain, behaviour, heads, days


def indicators(bench: Bench) -> tuple[Line, ...]:
    """The table of indicators, and what stands in it now."""
    st.caption(_("可以从 Excel 复制整行粘贴进来。过程指标看路上走得怎样，绩效指标看业务结果；权重只用于绩效指标，合计 100。"))
    edited = st.data_editor(
        _frame(bench.begun),
        key=bench.key("indicators"),
        hide_index=True,
        num_rows="dynamic",
        column_order=_ORDER,
        column_config=_columns(),
        height="content",
        placeholder="—",
        alt=_("目标的指标"),
    )
    lines = (_line(cells) for cells in cast(list[dict[str, Any]], edited.to_dict("records")))
    written = [line for line in lines if line.indicator != GoalIndicator()]
    return tuple(line for kind in Kind for line in written if line.kind is kind)


def shown(draft: Draft) -> None:
    """A goal to be read only."""
    goal = draft.goal
    st.markdown(f"**{_('业务痛点')}**　{literal(goal.pain_point) or '—'}")
    st.markdown(f"**{_('行为目标')}**　{literal(goal.behaviour) or '—'}")
    for kind, some in ((Kind.PROCESS, goal.process), (Kind.PERFORMANCE, goal.performance)):
        lines = [f"- {literal(one_line(one))}" for one in some] or ["—"]
        st.markdown(f"**{_(KIND_NAMES[kind])}**\n\n" + "\n".join(lines))
    if goal.due_days:
        st.caption(
            _("训后 {days} 天达成，参训 {people} 人。", days=goal.due_days, people="—" if goal.headcount is None else goal.headcount)
        )


def _frame(draft: Draft) -> pd.DataFrame:
    rows = [
        {
            "kind": line.kind.value,
            **{name: getattr(line.indicator, name) or None for name in ("name", "operator", "unit", "source")},
            **{name: getattr(line.indicator, name) for name in ("value", "baseline", "per_head")},
            "level": int(line.indicator.level) if line.indicator.level else None,
            "owner": line.owner or None,
            "weight": line.weight,
            "code": line.code,
        }
        for line in draft.lines
    ]
    frame = pd.DataFrame(rows, columns=[*_ORDER, "code"])
    return frame.astype(
        {**dict.fromkeys(_NUMBERS, "Float64"), "level": "Int64", **dict.fromkeys(("kind", "operator", *_TEXTS, "code"), "string")}
    )


def _line(cells: dict[str, Any]) -> Line:
    given = {name: None if pd.isna(cell) else cell for name, cell in cells.items()}
    numbers = {name: None if given[name] is None else float(given[name]) for name in _NUMBERS}
    one = GoalIndicator(
        name=str(given["name"] or "").strip(),
        operator=cast(Operator, given["operator"] or ""),
        value=numbers["value"],
        unit=str(given["unit"] or "").strip(),
        baseline=numbers["baseline"],
        per_head=numbers["per_head"],
        source=str(given["source"] or "").strip(),
        level=KirkpatrickLevel(int(given["level"])) if given["level"] else None,
    )
    return Line(Kind(given["kind"] or Kind.PERFORMANCE), one, str(given["owner"] or "").strip(), numbers["weight"], given["code"] or "")


def _columns() -> dict[str, Any]:
    column = st.column_config
    kinds = {kind.value: _(name) for kind, name in KIND_NAMES.items()}
    levels = {int(level): f"L{int(level)} {_(name)}" for level, name in LEVEL_NAMES.items()}
    return {
        "kind": column.SelectboxColumn(
            _("类别"), options=list(kinds), format_func=kinds.__getitem__, default=Kind.PERFORMANCE.value, width=90
        ),
        "name": column.TextColumn(_("指标"), max_chars=LONGEST_NAME, width=150),
        "operator": column.SelectboxColumn(
            _("关系"), options=[one for one in OPERATORS if one], format_func=OPERATOR_SIGNS.__getitem__, default=">=", width=60
        ),
        "value": column.NumberColumn(_("目标值"), width=70),
        "unit": column.TextColumn(_("单位"), max_chars=LONGEST_UNIT, width=70, help=_("比率的水平用 %，变化用个百分点。")),
        "baseline": column.NumberColumn(_("基线"), width=70, help=_("现在是多少。从零开始计的（新增、完成）可以不填。")),
        "per_head": column.NumberColumn(_("人均"), width=70, help=_("人均 × 参训人数应等于目标值。")),
        "source": column.TextColumn(_("数据来源"), max_chars=LONGEST_SOURCE, width=120, help=_("到期时去哪个系统、报表或台账查。")),
        "level": column.SelectboxColumn(_("柯氏层级"), options=list(levels), format_func=levels.__getitem__, width=90),
        "owner": column.TextColumn(_("负责人"), max_chars=LONGEST_SOURCE, width=80),
        "weight": column.NumberColumn(_("权重"), min_value=0, max_value=100, width=65, help=_("绩效指标的权重合计 100。")),
    }
