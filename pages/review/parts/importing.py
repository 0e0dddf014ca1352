"""A file of results: what it holds, which column is which, what would happen, and the wish that it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.delivery.budget import taking_in
from core.errors import BadInput, CexunError
from core.exports.templates import result_template
from core.i18n import Message
from core.review.results import importing, xapi
from core.review.results.found import Given, Reading
from core.review.results.importing import Incoming, Prepared
from core.review.results.kinds import FIELDS, IMPORTED, MEASURE, PAIRED, is_known
from core.review.results.pieces import beginning, is_long
from core.review.results.terms import MOMENT_NAMES, RESULT_NAMES, Moment, ResultKind
from core.review.results.waiting import Order
from core.sheets.finding import Table, find
from core.sheets.opening import open_content
from pages.people.parts.preview import notes, problems_table
from pages.shared import state
from pages.shared.text import _, literal

_ENDINGS = ["xlsx", "xlsm", "csv", "tsv", "txt", "json", "jsonl"]
_KEY = "results"
PREVIEWED = 20_000
"""How many rows of a long file are looked at before it is taken in."""

_WHAT_FOR = {
    ResultKind.SURVEY: Message("一行一份答卷，每题一列；5 分制自动换算成百分制。匿名问卷没有工号也可以导入。"),
    ResultKind.ACTIVITY: Message("谁在哪天参与了互动：次数、分数，或“参与/未参与”。"),
    ResultKind.TEST: Message("训前、训后各一列，或一行一次考试；通关率可以写“通过/未通过”，也可以写分数并填合格线。"),
    ResultKind.BEHAVIOUR: Message("CRM 导出：谁、哪天、几次（或金额）；同一人同一天的多条会合计。"),
    ResultKind.PERFORMANCE: Message("按人或按机构、按月的业绩；一个月一列的宽表也可以。"),
    ResultKind.COST: Message("一行一笔：项目、费用类型、季度或日期、机构、金额；按项目、类型、季度和机构合计，写入预算明细的“已发生”。"),
    ResultKind.XAPI: Message("学习平台导出的 xAPI 记录（JSON 数组，或一行一条）；重复的记录按编号跳过。"),
}


@dataclass(frozen=True)
class Chosen:
    """A file that the reader chose, read: a table, or the statements of a platform; for which project. `part`: only its first rows."""

    kind: ResultKind
    name: str
    content: bytes
    table: Table | None
    project_id: int | None
    part: bool = False

    def prepared(self, db: Any, actor: Actor, plan_id: int) -> Prepared:
        """All that the preview needs."""
        if self.table is None:
            return importing.prepare_statements(db, actor, plan_id, self.content, self.project_id)
        return importing.prepare(db, actor, plan_id, self.kind, self.table, self.project_id)


def choose_file(projects: Mapping[int, str], limit: int) -> Chosen | None:
    """Ask what is imported, for which project, and for the file."""
    kinds = {kind: _(RESULT_NAMES[kind]) for kind in (*IMPORTED, ResultKind.COST)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox(_("文件里是"), list(kinds), format_func=kinds.__getitem__, key=f"{_KEY}_kind", width=260)
        project = st.selectbox(
            _("属于哪个项目"),
            [None, *projects],
            format_func=lambda one: projects[one] if one else _("不限项目（按指标名称对应）"),
            key=f"{_KEY}_project",
            width=360,
            disabled=kind is ResultKind.COST,
        )
        kind = kind or ResultKind.SURVEY
        if kind is not ResultKind.XAPI:
            st.download_button(
                _("下载模板"),
                data=lambda: result_template(kind, state.language()),
                file_name=f"{kind.value}.xlsx",
                icon=":material/download:",
                on_click="ignore",
                key=f"{_KEY}_template_{kind.value}",
            )
    st.caption(_(_WHAT_FOR[kind]))
    file = st.file_uploader(
        _("拖放或选择文件，不超过 {limit} MB", limit=limit),
        type=_ENDINGS,
        max_upload_size=limit,
        key=f"{_KEY}_file_{state.get(f'{_KEY}_round', 0)}",
    )
    if file is None:
        return None
    content = file.getvalue()
    try:
        if kind is ResultKind.XAPI or (kind is not ResultKind.COST and xapi.is_statements(content)):
            xapi.statements(content)
            return Chosen(ResultKind.XAPI, file.name, content, None, project)
    except BadInput as refused:
        st.error(literal(_(refused.message)))
        return None
    known = taking_in.is_known if kind is ResultKind.COST else is_known
    long = kind is not ResultKind.COST and is_long(file.name, len(content))
    table = _once(
        (file.file_id, kind.value), lambda: beginning(content, PREVIEWED) if long else find(open_content(file.name, content), known)
    )
    if table is None:
        return None
    part = kind is not ResultKind.COST and (long or len(table.rows) > PREVIEWED)
    return Chosen(kind, file.name, content, replace(table, rows=table.rows[:PREVIEWED]) if part else table, project, part)


def import_wish(prepared: Prepared, chosen: Chosen, plan_id: int, compared: Callable[[Reading], Incoming]) -> Order | None:
    """The columns, what holds for the whole file, what would happen (as `compared` tells), and the reader's wish that it does.

    Of a long file the first rows tell.
    """
    mapping = _columns(prepared, chosen) if prepared.table is not None else {}
    if mapping is None:
        return None
    given = _given(prepared, chosen)
    try:
        made = prepared.read(mapping, given)
    except CexunError as refused:
        st.warning(literal(_(refused.message)), icon=":material/info:")
        return None
    incoming = compared(made)
    with st.grid(5, min_column_width=110):
        st.metric(_("涉及的行"), f"{made.rows:,}")
        st.metric(_("新增结果"), f"{incoming.new:,}")
        st.metric(_("更新结果"), f"{incoming.changed:,}")
        st.metric(_("未变"), f"{incoming.unchanged:,}")
        st.metric(_("跳过的行"), f"{incoming.skipped:,}")
    notes(made.notes)
    problems_table(made.problems, f"{_KEY}_problems")
    count = incoming.new + incoming.changed
    if chosen.part:
        st.caption(_("文件较长，以上只预览了前 {n} 行；整份文件在后台导入，可以离开本页。", n=f"{PREVIEWED:,}"))
    elif not count:
        st.info(_("没有要写入的行。"), icon=":material/info:")
        return None
    label = _("导入整份文件") if chosen.part else _("导入 {n} 个结果", n=count)
    if not st.button(label, type="primary", icon=":material/upload:", key=f"{_KEY}_import"):
        return None
    return Order(plan_id, chosen.kind, chosen.name, dict(mapping) if chosen.table is not None else None, given)


def next_file() -> None:
    """The file came in: the next one is chosen anew."""
    state.put(f"{_KEY}_round", state.get(f"{_KEY}_round", 0) + 1)


def _columns(prepared: Prepared, chosen: Chosen) -> dict[str, str] | None:
    """Which column is which field or measure, as the reader says; None while two columns stand for one."""
    table = prepared.table
    assert table is not None
    fields = {one.name: _(one.title) for one in FIELDS[chosen.kind]}
    guessed = prepared.mapping
    found: dict[str, str] = {}
    st.markdown(f"**{_('核对列的对应关系')}**　:gray[{_('{n} 行数据', n=len(table.rows))}]")
    with st.grid(4, min_column_width=190, gap="small"):
        for column in (one for one in table.header if one):
            guess = guessed.get(column, "")
            own = guess if guess and guess not in fields else f"{MEASURE}:{column[:60]}"
            choice = st.selectbox(
                literal(column),
                ["", *fields, own],
                index=["", *fields, own].index(guess),
                format_func=lambda one: _("不导入") if not one else fields.get(one) or _own_name(one),
                key=f"{_KEY}_column_{chosen.kind.value}_{chosen.name}_{column}",
            )
            if choice:
                found[column] = choice
    twice = [name for name, count in Counter(found.values()).items() if count > 1]
    if twice:
        st.error(_("“{field}”对应了两列，只能选一列。", field=literal(fields.get(twice[0]) or _own_name(twice[0]))))
        return None
    return found


def _own_name(field: str) -> str:
    what, _sep, name = field.partition(":")
    for moment, called in PAIRED.items():
        if what == called:
            return _("指标：{name}（{moment}）", name=name, moment=MOMENT_NAMES[moment])
    return _("指标：{name}", name=name) if what == MEASURE else _("月份：{name}", name=name)


def _given(prepared: Prepared, chosen: Chosen) -> Given:
    """What holds for the whole file where it has no such column."""
    names = sorted({one.name for one in prepared.known.measures.values()})
    measure, on, moment, mark = None, None, None, None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if prepared.table is not None:
            measure = st.selectbox(
                _("整份文件的指标"),
                names,
                index=None,
                placeholder=_("按列或按行"),
                accept_new_options=True,
                key=f"{_KEY}_measure",
                width=260,
            )
            on = st.date_input(_("整份文件的日期"), None, key=f"{_KEY}_on", width=180)
        moment = st.selectbox(
            _("整份文件的时段"),
            list(Moment),
            index=None,
            placeholder=_("按日期判断"),
            format_func=lambda one: _(MOMENT_NAMES[one]),
            key=f"{_KEY}_moment",
            width=180,
        )
        if chosen.kind is ResultKind.TEST:
            mark = st.number_input(_("合格线"), 0.0, 1000.0, None, step=1.0, placeholder=_("不判定"), key=f"{_KEY}_mark", width=150)
    day = on if isinstance(on, date) else None
    return Given(chosen.project_id, measure or "", day, moment, mark)


def _once(stamp: tuple[str, ...], read: Callable[[], Table]) -> Table | None:
    held: Any = state.get(f"{_KEY}_read")
    if held is None or held[0] != stamp:
        with st.spinner(_("正在读取文件")):
            try:
                held = (stamp, read())
            except CexunError as refused:
                held = (stamp, refused.message)
        state.put(f"{_KEY}_read", held)
    if isinstance(held[1], Message):
        st.error(literal(_(held[1])))
        return None
    found: Table = held[1]
    return found
