"""The table of the library."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.access.actor import ROLE_NAMES
from core.documents.grams import normalise
from core.documents.service import KIND_NAMES, Entry
from core.documents.tables import DocumentKind, IndexState
from core.i18n import Message
from pages.shared.table import tall
from pages.shared.text import _, joined
from pages.strategy.parts.upload import READER_CHOICES

_STATES = {
    IndexState.WAITING: Message("排队中"),
    IndexState.PARSING: Message("读取中"),
    IndexState.INDEXING: Message("建索引"),
    IndexState.READY: Message("可检索"),
    IndexState.FAILED: Message("未读入"),
    IndexState.STOPPED: Message("已停止"),
}
_LANGUAGES = {"zh": Message("中文"), "en": Message("英文")}


def filtered(entries: list[Entry]) -> list[Entry]:
    """The entries that the reader's filter leaves."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(_("按标题筛选"), placeholder=_("输入标题中的字"), key="lib_words", live=True, width=280)
        kinds = st.pills(
            _("类别"),
            list(DocumentKind),
            selection_mode="multi",
            format_func=lambda kind: _(KIND_NAMES[kind]),
            key="lib_kinds",
            wrap=True,
        )
    wanted = normalise(words.strip())
    return [
        entry
        for entry in entries
        if (not kinds or entry.document.kind in kinds)
        and (not wanted or wanted in normalise(entry.document.title + entry.document.file_name))
    ]


def documents_table(entries: list[Entry], *, several: bool) -> list[Entry]:
    """The entries as a table; returns those that are chosen, `several` at a time or one."""
    if not entries:
        st.info(_("没有符合筛选条件的文件。"), icon=":material/filter_alt_off:")
        return []
    event = st.dataframe(
        _table(entries),
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row" if several else "single-row",
        height=tall(len(entries)),
        key="lib_table",
        placeholder="—",
        alt=_("文件库列表"),
        column_config={
            "title": st.column_config.TextColumn(_("标题"), width="large"),
            "kind": st.column_config.TextColumn(_("类别")),
            "state": st.column_config.TextColumn(_("状态")),
            "pages": st.column_config.NumberColumn(_("页数"), format="localized"),
            "passages": st.column_config.NumberColumn(_("段落"), format="localized"),
            "edition": st.column_config.TextColumn(_("版本")),
            "readers": st.column_config.TextColumn(_("谁可以查看")),
            "language": st.column_config.TextColumn(_("语言")),
            "size": st.column_config.NumberColumn(_("大小（KB）"), format="localized"),
            "added": st.column_config.DatetimeColumn(
                _("加入时间"), format="YYYY-MM-DD HH:mm", timezone=st.context.timezone or "Asia/Shanghai"
            ),
        },
    )
    if several:
        st.caption(_("共 {n} 份文件；选一行查看、修改或移除，选多行一起处理。", n=len(entries)))
    else:
        st.caption(_("共 {n} 份文件；选一行打开阅读。", n=len(entries)))
    return [entries[row] for row in event.selection.rows if row < len(entries)]


def _table(entries: list[Entry]) -> pd.DataFrame:
    kinds = {kind: _(name) for kind, name in KIND_NAMES.items()}
    states = {state: _(name) for state, name in _STATES.items()}
    others = {role: _(ROLE_NAMES[role]) for role in READER_CHOICES}
    only = _("仅人力资源")
    languages = {code: _(name) for code, name in _LANGUAGES.items()}
    sample = _("（示例）")
    documents = [entry.document for entry in entries]
    return pd.DataFrame(
        {
            "title": [document.title + (sample if document.sample else "") for document in documents],
            "kind": [kinds[document.kind] for document in documents],
            "state": [states[document.state] for document in documents],
            "pages": pd.array([document.pages or None for document in documents], dtype="Int64"),
            "passages": pd.array([document.passages or None for document in documents], dtype="Int64"),
            "edition": [_("第 {edition} 版", edition=e.document.edition) if e.editions > 1 else None for e in entries],
            "readers": [joined(others[role] for role in others if role in entry.readers) or only for entry in entries],
            "language": [languages.get(document.language) for document in documents],
            "size": [-(-document.size // 1024) for document in documents],
            "added": [document.added_at for document in documents],
        }
    )
