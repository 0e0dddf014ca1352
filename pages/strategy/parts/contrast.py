"""The lines of the contrast: what both say, what only interviews say, what only documents say; one opened with its words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.documents.tables import Document
from core.exports.workbook import Cell, workbook
from core.strategy import review
from core.strategy.conflicts import in_words
from core.strategy.contrast import BY_NAMES, By, Contrast, Line, Match
from core.strategy.findings import FindingKind
from core.strategy.interviews import Held
from core.strategy.tables import FindingRow, FindingState
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import link
from pages.shared.table import tall
from pages.shared.text import _, joined, literal, sample_mark
from pages.strategy.parts.blocks import show_text
from pages.strategy.parts.contrast_match import judge_match, link_by_hand, parted, set_by
from pages.strategy.parts.own_words import write_own
from pages.strategy.parts.review_board import STATE_NAMES
from pages.strategy.parts.theme_findings import KIND_NAMES

SPOKEN, BOTH, WRITTEN = "spoken", "both", "written"
PER_PAGE = 8
_SHOWN = 3


@st.fragment
def contrast_lines(plan_id: int, held: Held) -> None:
    """Choose what to look at, the list, and the chosen line in full. A fragment: choosing draws nothing else."""
    # A fragment runs without the page around it: ask again who is here.
    actor = state.present().actor
    lines = {SPOKEN: held.contrast.spoken, BOTH: held.contrast.both, WRITTEN: held.contrast.written}
    names = {
        SPOKEN: _("只在访谈里（{n}）", n=len(lines[SPOKEN])),
        BOTH: _("两边都说（{n}）", n=len(lines[BOTH])),
        WRITTEN: _("只在文件里（{n}）", n=len(lines[WRITTEN])),
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        part = st.segmented_control(
            _("查看"), list(names), default=SPOKEN, format_func=names.__getitem__, key="contrast_part", required=True, wrap=True
        )
        kinds = st.pills(
            _("类型"), list(FindingKind), selection_mode="multi", format_func=lambda one: _(KIND_NAMES[one]), key="contrast_kinds"
        )
        _export(held)
    _said(part)
    shown = [line for line in lines[part] if not kinds or held.rows[line.id].kind in kinds]
    if not shown:
        st.info(_nothing(part, filtered=bool(kinds)), icon=":material/task_alt:")
        return
    first = 0
    if len(shown) > PER_PAGE:
        first = (st.pagination(-(-len(shown) // PER_PAGE), key=f"contrast_page_{part}_{len(shown)}") - 1) * PER_PAGE
    chosen = _list(held, shown[first : first + PER_PAGE], part)
    _opened(actor, plan_id, held, chosen, part)


def _said(part: str) -> None:
    if part == WRITTEN:
        st.caption(_("文件写了、这些访谈里没有人提到的。同一指标的几处要求合成一行，写到的文件越多越靠前。"))
    else:
        st.caption(_("访谈里的话不是总行条款：可以作为本行的痛点和依据，不能当作总行的要求来引用。"))


def _nothing(part: str, *, filtered: bool) -> str:
    if filtered:
        return _("没有符合筛选条件的发现。")
    if part == SPOKEN:
        return _("访谈里说到的，文件里都有。")
    return _("访谈和文件没有说到同一件事。") if part == BOTH else _("文件里写的，访谈里都有人提到。")


def _list(held: Held, shown: Sequence[Line], part: str) -> Line:
    frame = pd.DataFrame(
        [
            {
                "kind": _(KIND_NAMES[held.rows[line.id].kind]),
                "text": held.rows[line.id].text,
                "who": joined(line.sources) if part != WRITTEN else _("{n} 份文件", n=len(line.sources)),
                "against": _against(line),
                "state": _state(held, line),
            }
            for line in shown
        ]
    )
    column = st.column_config
    event = st.dataframe(
        frame if part == BOTH else frame.drop(columns="against"),
        hide_index=True,
        height=tall(len(frame), 14),
        on_select="rerun",
        selection_mode="single-row",
        key=f"contrast_{part}_{'_'.join(str(line.id) for line in shown[:3])}_{len(shown)}",
        alt=_("对照列表"),
        column_config={
            "kind": column.TextColumn(_("类型"), width="small"),
            "text": column.TextColumn(_("说法"), width="large"),
            "who": column.TextColumn(_("谁说的") if part != WRITTEN else _("出处")),
            "against": column.TextColumn(_("对照")),
            "state": column.TextColumn(_("状态"), width="small"),
        },
    )
    st.caption(_("点一行，在下面看双方的原话。"))
    picked = [shown[i] for i in event.selection.rows if i < len(shown)]
    return picked[0] if picked else shown[0]


def _against(line: Line) -> str:
    if not line.matches:
        return ""
    why = _(BY_NAMES[line.matches[0].by])
    if line.agrees is None:
        return why
    return f"{why} · {_('数值一致') if line.agrees else _('数值不同')}"


def _state(held: Held, line: Line) -> str:
    states = {held.rows[one].state for one in line.ids}
    return _(STATE_NAMES[FindingState.ACCEPTED if FindingState.ACCEPTED in states else FindingState.PENDING])


def _opened(actor: Actor, plan_id: int, held: Held, line: Line, part: str) -> None:
    with st.container(border=True):
        left, right = st.columns(2, gap="large")
        with left:
            st.markdown(f"**{_('访谈')}**")
            _spoken_side(actor, plan_id, held, line, part)
        with right:
            st.markdown(f"**{_('文件')}**")
            _written_side(actor, plan_id, held, line, part)
        rest = (len(line.ids) if part == WRITTEN else len(line.matches)) - _SHOWN
        if rest > 0:
            st.caption(_("另有 {n} 处，导出的表里都有。", n=rest))
        if actor.may(Right.DECIDE_STRATEGY):
            _actions(actor, plan_id, [held.rows[one] for one in line.ids])


def _spoken_side(actor: Actor, plan_id: int, held: Held, line: Line, part: str) -> None:
    if part == WRITTEN:
        st.caption(_("这些访谈里没有人提到。"))
        parted(actor, plan_id, held, line, spoken=False)
        link_by_hand(actor, plan_id, held, line, spoken=False)
        return
    for row in _different(held, line)[:_SHOWN]:
        _words(held, row)


def _written_side(actor: Actor, plan_id: int, held: Held, line: Line, part: str) -> None:
    if part == SPOKEN:
        st.caption(_("文件里没有找到相同的要求。"))
    for one, match in _clauses(held, line, part):
        _words(held, held.rows[one], _why(held, line, match) if match else "")
        if match is not None:
            judge_match(actor, plan_id, held, line, match)
    if part != WRITTEN:
        parted(actor, plan_id, held, line, spoken=True)
        link_by_hand(actor, plan_id, held, line, spoken=True)


def _different(held: Held, line: Line) -> list[FindingRow]:
    """The findings of the line without those that repeat the words of another."""
    return list({held.rows[one].quote.strip('“”" '): held.rows[one] for one in reversed(line.ids)}.values())[::-1]


def _clauses(held: Held, line: Line, part: str) -> list[tuple[int, Match | None]]:
    if part != WRITTEN:
        return [(match.id, match) for match in line.matches[:_SHOWN]]
    # One of each document before a second of any.
    by_document: dict[int, int] = {}
    for one in line.ids:
        by_document.setdefault(held.rows[one].document_id, one)
    first = list(by_document.values())
    return [(one, None) for one in [*first, *(one for one in line.ids if one not in first)][:_SHOWN]]


def _words(held: Held, row: FindingRow, why: str = "") -> None:
    document, talk = held.documents[row.document_id], held.said_by(row.id or 0)
    if talk is not None:
        st.caption(f"{literal(talk.person)}　{literal(talk.role)}{sample_mark(document.sample)}")
    else:
        st.caption(f"{literal(document.title)}{sample_mark(document.sample)} · {literal(' › '.join(row.heading[-2:]))}")
    show_text(row.quote)
    if row.measure:
        st.markdown(f":blue[{literal(in_words(row.measure))}]")
    if why:
        st.caption(why)
    link("document", _("在原文中查看"), icon=":material/article:", id=row.document_id, start=row.start, end=row.end)


def _why(held: Held, line: Line, match: Match) -> str:
    agreeing = {True: _("数值一致"), False: _("数值不同")}.get(match.agrees) if match.agrees is not None else None
    name = _(BY_NAMES[match.by])
    if match.by is By.PERSON:
        said = f"{_('人工认定是一回事')}{set_by(held, line, held.contrast.whole(match.id))}"
    else:
        said = name if match.by is By.ABILITY else _("{why}，相似度 {score}", why=name, score=f"{match.likeness:.2f}")
    return f"{said} · {agreeing}" if agreeing else said


def _actions(actor: Actor, plan_id: int, rows: Sequence[FindingRow]) -> None:
    """Decide on everything that says the same; put it into one's own words; undo."""
    with reading() as db:
        last = review.undoable(db, actor, plan_id)
    waiting = [row for row in rows if row.state is not FindingState.ACCEPTED]
    with st.container(horizontal=True, vertical_alignment="center"):
        if not waiting:
            st.badge(_("已采纳"), icon=":material/check:", color="green")
        elif st.button(_many(_("采纳"), waiting), key="contrast_accept", icon=":material/check:", type="primary"):
            _decide(actor, plan_id, waiting, FindingState.ACCEPTED, _("已采纳"))
        if st.button(_many(_("不采纳"), rows), key="contrast_reject", icon=":material/close:"):
            _decide(actor, plan_id, rows, FindingState.REJECTED, _("已标为不采纳"))
        if last is not None and st.button(_("撤销上一步"), key="contrast_undo", icon=":material/undo:", type="tertiary"):
            with acting(done=_("已撤销")) as db:
                review.undo(db, actor, plan_id)
    write_own(actor, plan_id, rows[0])


def _many(label: str, rows: Sequence[FindingRow]) -> str:
    return label if len(rows) == 1 else _("{label}（{n} 条）", label=label, n=len(rows))


def _decide(actor: Actor, plan_id: int, rows: Sequence[FindingRow], to: FindingState, said: str) -> None:
    with acting(done=said) as db:
        review.decide(db, actor, plan_id, [row.id or 0 for row in rows], to, versions={row.id or 0: row.version for row in rows})


def _export(held: Held) -> None:
    st.download_button(
        _("导出 Excel"),
        data=lambda: contrast_workbook(held),
        file_name="interviews.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key="contrast_export",
    )


def contrast_workbook(held: Held) -> bytes:
    """Every line with its words on both sides: one row for each pair, and for each that has no counterpart."""
    headings = [
        _("对照结果"),
        _("类型"),
        _("访谈的说法"),
        _("谁说的"),
        _("职务"),
        _("访谈原话"),
        _("文件的说法"),
        _("文件原文"),
        _("文件"),
        _("章节"),
        _("对照依据"),
        _("相似度"),
        _("数值"),
        _("状态"),
    ]
    notes = [_("访谈里的话不是总行条款：可以作为本行的痛点和依据，不能当作总行的要求来引用。"), _("不采纳的发现不在表中。")]
    return workbook(_("访谈对照"), headings, _rows(held, held.contrast), notes)


def _rows(held: Held, seen: Contrast) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for line in seen.spoken:
        rows += [_row(held, _("只在访谈里"), held.rows[one], None, None) for one in line.ids]
    for line in seen.both:
        rows += [_row(held, _("两边都说"), held.rows[line.id], held.rows[match.id], match) for match in line.matches]
    for line in seen.written:
        rows += [_row(held, _("只在文件里"), None, held.rows[one], None) for one in line.ids]
    return rows


def _row(held: Held, result: str, spoken: FindingRow | None, written: FindingRow | None, match: Match | None) -> list[Cell]:
    row = spoken or written
    assert row is not None
    talk = held.said_by(spoken.id or 0) if spoken else None
    document: Document | None = held.documents[written.document_id] if written else None
    agrees = None if match is None or match.agrees is None else _("一致") if match.agrees else _("不同")
    return [
        result,
        _(KIND_NAMES[row.kind]),
        spoken.text if spoken else None,
        talk.person if talk else None,
        talk.role if talk else None,
        spoken.quote if spoken else None,
        written.text if written else None,
        written.quote if written else None,
        document.title if document else None,
        " › ".join(written.heading) if written else None,
        _(BY_NAMES[match.by]) if match else None,
        match.likeness if match else None,
        agrees,
        _(STATE_NAMES[row.state]),
    ]
