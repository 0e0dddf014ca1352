"""Pieces of the page of the focus: the order as a chart, how firm it is, one score with its numbers, the weights, the export."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.charts.focus import Bar, focus_chart
from core.editing.comparing import Field
from core.exports.workbook import Cell, workbook
from core.i18n import Message
from core.strategy.focus import service as focus
from core.strategy.focus.priority import Part, Ranked, Shift, Term, Weights
from core.strategy.focus.tables import FocusRow
from pages.shared import state
from pages.shared.charts import show_chart
from pages.shared.record_form import Record, Written, record_form
from pages.shared.text import _, joined, literal, person
from pages.strategy.parts.focus_table import REMOVED

CHART_ROWS = 15
FIRST = 3
PART_NAMES = {Part.IMPORTANCE: Message("重要性"), Part.GAP: Message("能力短板"), Part.PEOPLE: Message("涉及人数")}
_WEIGHT_FIELDS = {part.value: Field(name) for part, name in PART_NAMES.items()}


def removed_lately() -> list[int]:
    """The offer to bring back what was just deleted; the ids when it is taken."""
    gone: list[int] = state.get(REMOVED) or []
    if not gone:
        return []
    if st.button(_("撤销删除（{n} 行）", n=len(gone)), icon=":material/undo:", key="focus_undo"):
        state.drop(REMOVED)
        return gone
    return []


def findings(rows: Sequence[FocusRow], ranked: Sequence[Ranked], shifts: Sequence[Shift]) -> None:
    """The order as a chart whose title is what it shows, and in words how firm it is."""
    by_id = {row.id: row for row in rows}
    first = ranked[0]
    leading = [focus.title(by_id[one.candidate.id]) for one in ranked if one.place == 1]
    title = _("先抓{row}：{score} 分", row=joined(leading[:2]) + ("…" if len(leading) > 2 else ""), score=f"{first.score:.1f}")
    bars = [
        Bar(focus.title(by_id[one.candidate.id]), one.score, one.low, one.high, bool(by_id[one.candidate.id].anchored_at))
        for one in ranked[:CHART_ROWS]
    ]
    notes = [_("已评 {judged} / {total} 行", judged=len(ranked), total=len(rows))]
    if any(bar.high > bar.low for bar in bars):
        notes.append(_("细线为未知项可能带来的范围"))
    if any(bar.anchored for bar in bars):
        notes.append(_("砖红为已锚定"))
    if len(ranked) > CHART_ROWS:
        notes.append(_("图中只画前 {n} 行", n=CHART_ROWS))
    show_chart(title, lambda look: focus_chart(bars, title, _("得分（0–100）"), look))
    st.caption(" · ".join(notes))
    _firmness(by_id, ranked, shifts)


def _firmness(by_id: dict[int | None, FocusRow], ranked: Sequence[Ranked], shifts: Sequence[Shift]) -> None:
    if len(ranked) < 2:
        return
    told = min(FIRST, len(ranked))
    open_ = [one for one in ranked[:told] if one.best < one.place or one.worst > one.place]
    changed = [shift for shift in shifts if shift.swaps]
    lines = []
    if not changed:
        lines.append(_("任一权重变动 ±20%，前 {k} 名不变。", k=told))
    for shift in changed:
        lines.append("- " + _shift(by_id, shift, told))
    if changed and len(changed) < len(shifts):
        lines.append("- " + _("其余变动下，前 {k} 名不变。", k=told))
    text = "\n".join(lines)
    for one in open_:
        name = literal(focus.title(by_id[one.candidate.id]))
        text += "\n\n" + _("未知项查明后，“{row}”的名次可能在第 {best} 到第 {worst} 之间。", row=name, best=one.best, worst=one.worst)
    firm = not changed and not open_
    show = st.success if firm else st.warning
    show(text, title=_("次序稳定") if firm else _("次序还不牢靠"), icon=":material/balance:")


def _shift(by_id: dict[int | None, FocusRow], shift: Shift, told: int) -> str:
    weight = _(
        "{part}权重 {before} → {after}：",
        part=PART_NAMES[shift.part],
        before=f"{shift.before:.0f}",
        after=f"{shift.after:.0f}",
    )
    if len(shift.swaps) <= 2:
        return weight + joined(_("第 {ahead} 与第 {behind} 互换", ahead=ahead, behind=behind) for ahead, behind in shift.swaps)
    return weight + _("前 {k} 名变为 {rows}", k=told, rows=joined(literal(focus.title(by_id[one])) for one in shift.first))


def formula(rows: Sequence[FocusRow], ranked: Sequence[Ranked], weights: Weights) -> FocusRow:
    """The formula with the numbers of a row that the reader chooses; the row."""
    by_id = {row.id or 0: row for row in rows}
    places = {one.candidate.id: one for one in ranked}
    st.caption(
        _(
            "得分 = {i} × 重要性 ÷ 5 + {g} × 能力短板 + {p} × 人数 ÷ 最多人数",
            **dict(zip("igp", (_points(weights.of(part)) for part in Part), strict=True)),
        )
    )
    chosen = st.selectbox(
        _("选一行"),
        list(places),
        format_func=lambda row_id: f"{places[row_id].place} · {focus.title(by_id[row_id])}",
        key="focus_chosen",
        placeholder=_("选一行"),
    )
    one = places[chosen]
    most = max(other.candidate.people or 0 for other in ranked)
    st.markdown(f"`{' + '.join(_term(term, one, most) for term in one.terms)}`")
    if one.open:
        known = sum(term.weight for term in one.terms if term.value is not None)
        st.markdown(
            _(
                "已知部分 {low} 分，占权重 {known}，折合 **{score} 分**。未知项查明后，得分在 {low} 到 {high} 之间。",
                low=f"{one.low:.1f}",
                known=_points(known),
                score=f"{one.score:.1f}",
                high=f"{one.high:.1f}",
            )
        )
    else:
        st.markdown(_("= **{score} 分**，没有未知项。", score=f"{one.score:.1f}"))
    return by_id[chosen]


def weights_form(plan_id: int, weights: Weights, version: int) -> Written[Weights] | None:
    """The weights, their sum as entered, and what they come to of 100; new ones when the reader saves them."""
    record = Record("focus_weights", plan_id, version, actions=("focus_weighted",), subject="plan")
    return record_form("focus_weights", record, weights, _WEIGHT_FIELDS, lambda known, key: _weights(known, weights, key))


def _weights(known: Weights, weights: Weights, key: str) -> Weights | None:
    with st.expander(_("权重"), icon=":material/tune:"), st.form(key, border=False):
        fields = st.columns(3)
        given = {
            part: field.number_input(_(PART_NAMES[part]), min_value=0.0, value=float(value), step=5.0, format="%g", key=f"{key}_{part}")
            for part, field, value in zip(Part, fields, (known.importance, known.gap, known.people), strict=True)
        }
        shares = joined(f"{_(PART_NAMES[part])} {_points(weights.of(part))}" for part in Part)
        st.caption(_("当前合计 {total}，折算为 100：{shares}。", total=f"{weights.total:g}", shares=shares))
        if st.form_submit_button(_("保存权重"), key=f"{key}_save"):
            return Weights(**{part.value: value for part, value in given.items()})
    return None


def export_button(rows: Sequence[FocusRow], ranked: Sequence[Ranked], weights: Weights) -> None:
    """The table with its scores as an Excel file."""
    st.download_button(
        _("导出 Excel"),
        data=lambda: focus_workbook(rows, ranked, weights),
        file_name="focus.xlsx",
        icon=":material/download:",
        on_click="ignore",
    )


def focus_workbook(rows: Sequence[FocusRow], ranked: Sequence[Ranked], weights: Weights) -> bytes:
    """The rows in their order, those not ranked last; unknown stays an empty cell."""
    places = {one.candidate.id: one for one in ranked}
    order = sorted(rows, key=lambda row: (row.id not in places, list(places).index(row.id) if row.id in places else 0))
    headings = [
        _("名次"),
        _("业务线"),
        _("岗位"),
        _("得分"),
        _("最低可能"),
        _("最高可能"),
        _("重要性 1–5"),
        _("短板估计 %"),
        _("涉及人数"),
        _("锚定理由"),
        _("锚定人"),
    ]
    shares = joined(f"{_(PART_NAMES[part])} {_points(weights.of(part))}" for part in Part)
    notes = [_("得分 = 各项权重 × 0–1 的值之和；未知项不计入，其余权重折算为 100。权重：{shares}。", shares=shares)]
    return workbook(_("锚定重点"), headings, [_cells(row, places.get(row.id or 0)) for row in order], notes)


def _cells(row: FocusRow, one: Ranked | None) -> list[Cell]:
    scores: list[Cell] = [round(one.score, 1), round(one.low, 1), round(one.high, 1)] if one else [None, None, None]
    gap = None if row.gap_estimate is None else round(100 * row.gap_estimate, 1)
    return [
        one.place if one else None,
        row.line,
        row.post,
        *scores,
        row.importance,
        gap,
        row.people,
        row.anchor_reason,
        person(row.anchored_by),
    ]


def _term(term: Term, one: Ranked, most: int) -> str:
    weight = _points(term.weight)
    if term.value is None:
        return f"{weight} × {_('未知')}"
    if term.part is Part.IMPORTANCE:
        return f"{weight} × {one.candidate.importance}/5"
    if term.part is Part.PEOPLE and most:
        return f"{weight} × {one.candidate.people}/{most}"
    return f"{weight} × {term.value:.0%}"


def _points(weight: float) -> str:
    return f"{weight:.1f}".removesuffix(".0")
