"""The imports of the past: what came in, what stayed out, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.i18n import Message
from core.people.importing.kinds import KIND_NAMES, RunState
from core.people.importing.service import UNDO_DAYS, Run
from pages.people.parts.preview import notes, problems_table
from pages.shared.text import _, literal, moment, person

_STATES = {
    RunState.WAITING: Message("进行中"),
    RunState.DONE: Message("有效"),
    RunState.STOPPED: Message("已停止"),
    RunState.FAILED: Message("没有导入"),
}


def runs_list(runs: Sequence[Run], may_edit: bool) -> int | None:
    """The imports, the last one opened; the id of the one that the reader wants undone."""
    if not runs:
        return None
    st.subheader(_("导入记录"), anchor=False)
    picked = st.dataframe(
        pd.DataFrame([_cells(run) for run in runs]),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt=_("导入记录"),
        key=f"people_runs_{len(runs)}",
    )
    chosen = [runs[position] for position in picked.selection.rows if position < len(runs)]
    return _panel(chosen[0] if chosen else runs[0], may_edit)


def _cells(run: Run) -> dict[str, object]:
    row = run.row
    return {
        _("时间"): moment(row.done_at),
        _("数据种类"): _(KIND_NAMES[row.kind]),
        _("文件名"): row.file_name,
        _("新增"): row.created,
        _("更新"): row.updated,
        _("未变"): row.unchanged,
        _("跳过"): row.skipped,
        _("导入人"): person(row.done_by),
        _("状态"): _("已撤销（{name}）", name=person(row.undone_by)) if row.undone_at else _(_STATES[row.state]),
    }


def _panel(run: Run, may_edit: bool) -> int | None:
    row = run.row
    with st.container(border=True):
        st.markdown(f"**{_(KIND_NAMES[row.kind])} · {literal(row.file_name)}**　:gray[{moment(row.done_at)}]")
        if row.state is RunState.WAITING:
            st.markdown(_("还在进行，做完后这里会写明结果。"))
        if row.state is RunState.STOPPED:
            st.markdown(_("导入被停止，没有写入任何行。"))
        if run.failure:
            st.error(literal(_(run.failure)))
        if row.state is not RunState.DONE and not run.problems:
            return None
        st.markdown(
            _(
                "共 {rows} 行：新增 {created}，更新 {updated}，未变 {unchanged}，跳过 {skipped}。",
                rows=row.rows,
                created=row.created,
                updated=row.updated,
                unchanged=row.unchanged,
                skipped=row.skipped,
            )
        )
        notes(run.notes)
        problems_table(run.problems, f"people_run_{row.id}")
        if run.forgotten:
            st.caption(_("没有导入的行的明细已删除：导入被撤销或满 {n} 天后不再保留。", n=UNDO_DAYS))
        if row.undone_at:
            st.caption(_("{name} 于 {moment} 撤销了这次导入。", name=literal(person(row.undone_by)), moment=moment(row.undone_at)))
        elif row.state is RunState.DONE and not run.can_be_undone:
            st.caption(_("导入已满 {n} 天，旧值已删除，不能再撤销。", n=UNDO_DAYS))
        elif may_edit and run.can_be_undone and (row.created or row.updated):
            help_ = _("恢复到这次导入之前。导入之后又改过的数据不会被覆盖，会先告诉您。{n} 天内可以撤销。", n=UNDO_DAYS)
            if st.button(_("撤销这次导入"), icon=":material/undo:", key=f"people_undo_{row.id}", help=help_):
                return row.id
    return None
