"""A table of one's own, chosen as a file or pasted: its columns, what it would do, and the wish that it comes in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.typing import UploadedFile

from core.access.actor import Actor
from core.delivery.importing import notice
from core.delivery.importing import service as importing
from core.delivery.importing.kinds import RESOURCE_NAMES, RESOURCES, ResourceKind, is_known
from core.delivery.importing.planning import Incoming
from core.delivery.importing.service import Prepared
from core.errors import CexunError
from core.exports.templates import resource_template
from core.i18n import Message
from core.sheets.finding import Table, find
from core.sheets.opening import open_content
from pages.delivery.parts.incoming import incoming_table
from pages.people.parts.preview import notes, problems_table
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.text import _, joined, literal

_ENDINGS = ["xlsx", "xlsm", "csv", "tsv", "txt"]
_WHAT_FOR = {
    ResourceKind.TRAINERS: Message("内部讲师按工号对上花名册，外部讲师写明单位；能力可以写等级，例如 资产配置（L4）。"),
    ResourceKind.ABSENCES: Message("讲师哪些天、哪个半天不能上课。"),
    ResourceKind.VENUES: Message("有哪些场地，坐多少人，有什么设备，每半天多少钱。"),
    ResourceKind.BLACKOUTS: Message("哪些天不安排培训，对全行还是对某些机构、条线。"),
    ResourceKind.NOTICE: Message("放假通知：两列“日期、休或班”的表格，或把国务院办公厅通知的正文整段粘贴进来。"),
    ResourceKind.LEAVE: Message("员工哪些天休假，按工号对上花名册。"),
}


@dataclass(frozen=True)
class Chosen:
    """A table that was read. `key` tells it from others in the names of widgets."""

    kind: ResourceKind
    name: str
    key: str
    table: Table


def chosen_table(kinds: Sequence[ResourceKind], limit: int, year: int, key: str) -> Chosen | None:
    """Ask for a file or pasted rows; None until there is a table that can be read."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = kinds[0]
        if len(kinds) > 1:
            kind = st.segmented_control(
                *(_("表格里是"), list(kinds)),
                default=kind,
                format_func=lambda one: _(RESOURCE_NAMES[one]),
                required=True,
                key=f"{key}_kind",
            )
        st.download_button(
            _("下载模板"),
            data=lambda: resource_template(kind, state.language()),
            file_name=f"{kind.value}.xlsx",
            icon=":material/download:",
            on_click="ignore",
            key=f"{key}_template_{kind.value}",
        )
    st.caption(_(_WHAT_FOR[kind]))
    number = state.get(f"{key}_round", 0)
    file = st.file_uploader(
        _("拖放或选择 Excel（.xlsx）或 CSV 文件，不超过 {limit} MB。表头不必和模板一样，标题行、合并表头、空行都可以有。", limit=limit),
        type=_ENDINGS,
        max_upload_size=limit,
        key=f"{key}_file_{number}",
    )
    text = st.text_area(
        _("或从 Excel 复制，连同表头粘贴到这里"), height=80, placeholder=_("粘贴后按 Ctrl+Enter"), key=f"{key}_paste_{number}"
    )
    table = _read(file, text or "", kind, year, key)
    name = file.name if file else _("粘贴的表格")
    return Chosen(kind, name, f"{key}_{kind.value}_{number}", table) if table else None


def import_wish(prepared: Prepared, chosen: Chosen, plan_id: int | None, key: str) -> Wish | None:
    """The columns, what would happen, and the reader's wish that it does."""
    mapping = _columns(prepared, chosen.key)
    if mapping is None:
        return None
    try:
        made = prepared.plan(mapping)
    except CexunError as refused:
        st.error(literal(_(refused.message)))
        return None
    with st.grid(4, min_column_width=110):
        st.metric(_("新增"), f"{len(made.created):,}")
        st.metric(_("更新"), f"{len(made.updated):,}")
        st.metric(_("未变"), f"{made.unchanged:,}")
        st.metric(_("跳过"), f"{made.skipped:,}")
    notes(made.notes)
    problems_table(made.problems, f"{key}_problems")
    incoming_table(made)
    return _button(made, prepared, chosen, mapping, plan_id, key)


def _button(made: Incoming, prepared: Prepared, chosen: Chosen, mapping: Mapping[str, str], plan_id: int | None, key: str) -> Wish | None:
    count = len(made.created) + len(made.updated)
    if not count:
        st.info(_("没有要写入的行。"), icon=":material/info:")
        return None
    fresh = made.competencies
    agreed = not fresh or st.checkbox(
        _("把这 {n} 项能力加入能力模型：{names}", n=len(fresh), names=joined(literal(one) for one in fresh)),
        key=f"{chosen.key}_agree_{len(fresh)}",
        help=_("如果只是写法不同，请在表里改成已有的名称，再粘贴一次。"),
    )
    label = _("导入 {n} 行", n=count)
    if not st.button(label, type="primary", icon=":material/upload:", key=f"{key}_import", disabled=not agreed):
        return None

    def act(db: Any, actor: Actor) -> None:
        importing.import_table(db, actor, plan_id, chosen.kind, chosen.name, prepared.table, mapping, fresh)
        state.put(f"{key}_round", state.get(f"{key}_round", 0) + 1)

    return Wish(_("已导入，可以在“最近的操作”里撤销"), act)


def _columns(prepared: Prepared, key: str) -> dict[str, str] | None:
    """Which column is which field, as the reader says; None while one column stands for two."""
    table = prepared.table
    guessed = {field: column for column, field in prepared.mapping.items()}
    choices = [column for column in table.header if column]
    chosen: dict[str, str] = {}
    st.markdown(f"**{_('核对列的对应关系')}**　:gray[{_('{n} 行数据', n=len(table.rows))}]")
    with st.grid(4, min_column_width=190, gap="small"):
        for field in RESOURCES[prepared.kind].fields:
            guess = guessed.get(field.name)
            column = st.selectbox(
                _(field.title) + (_("（必填）") if field.required else ""),
                choices,
                index=choices.index(guess) if guess in choices else None,
                placeholder=_("文件里没有"),
                help=_(field.help) if field.help else None,
                key=f"{key}_column_{field.name}",
            )
            if column is not None:
                chosen[field.name] = column
    twice = [column for column, count in Counter(chosen.values()).items() if count > 1]
    if twice:
        st.error(_("“{column}”对应了两个字段，只能选一个。", column=literal(twice[0])))
        return None
    return {column: field for field, column in chosen.items()}


def _read(file: UploadedFile | None, text: str, kind: ResourceKind, year: int, key: str) -> Table | None:
    """The table of the file, else of what was pasted, read once; what is wrong with it is shown."""
    if file is not None:
        return _once((file.file_id,), lambda: find(open_content(file.name, file.getvalue()), is_known), key)
    if not text.strip():
        return None
    if kind is ResourceKind.NOTICE and notice.is_notice(text):
        return notice.table_of(text, year)
    return _once((text,), lambda: find(open_content(_("粘贴的表格"), text.encode()), is_known), key)


def _once(stamp: tuple[str, ...], read: Callable[[], Table], key: str) -> Table | None:
    held = state.get(f"{key}_read")
    if held is None or held[0] != stamp:
        with st.spinner(_("正在读取文件")):
            try:
                held = (stamp, read())
            except CexunError as refused:
                held = (stamp, refused.message)
        state.put(f"{key}_read", held)
    if isinstance(held[1], Message):
        st.error(literal(_(held[1])))
        return None
    found: Table = held[1]
    return found
