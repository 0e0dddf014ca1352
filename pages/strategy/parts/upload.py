"""Taking files into the library."""

from __future__ import annotations

import streamlit as st
from streamlit.typing import UploadedFile

from core.access.actor import ROLE_NAMES, Actor, Role
from core.documents import service as library
from core.documents.editions import likely_predecessor
from core.documents.files import is_nobodys, is_old_office, is_readable, safe_name
from core.documents.service import DEFAULT_READERS, KIND_NAMES, Entry, Outcome
from core.documents.tables import DocumentKind
from core.errors import CexunError
from core.i18n import Message
from core.instance import instance
from core.settings import Settings
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import link
from pages.shared.text import _, joined, literal

_OUTCOMES = {
    Outcome.ADDED: Message("{n} 份文件已收下，正在后台读入。"),
    Outcome.NEW_EDITION: Message("{n} 份文件作为新版本收下，旧版本仍可阅读。"),
    Outcome.UNCHANGED: Message("{n} 份文件的内容已在文件库中，没有重复添加。"),
    Outcome.RESTORED: Message("{n} 份文件曾被移除，现已恢复。"),
}
MOST_NAMED = 5
READER_CHOICES = (Role.UNIT_MANAGER, Role.EXECUTIVE)


def upload_form(actor: Actor, settings: Settings, entries: list[Entry], *, expanded: bool) -> None:
    """Choose files or a folder, say what they are and who may see them, and add them."""
    with st.expander(_("添加文件"), icon=":material/upload_file:", expanded=expanded):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kind = st.segmented_control(
                _("这些文件是"),
                list(DocumentKind),
                default=DocumentKind.HQ,
                format_func=lambda k: _(KIND_NAMES[k]),
                required=True,
                key="up_kind",
                wrap=True,
            )
            whole_folder = st.toggle(_("选择整个文件夹"), key="up_folder")
        readers = readers_choice(DEFAULT_READERS[kind], key=f"up_readers_{kind}")
        chosen = st.file_uploader(
            _(
                "拖放或选择文件：PDF（含扫描件）、Word、PPT、Excel、CSV、TXT、MD、HTML，单个不超过 {limit} MB",
                limit=settings.max_file_megabytes,
            ),
            # Of any type: what cannot be read is answered in our own words, Streamlit's would be English.
            accept_multiple_files="directory" if whole_folder else True,
            max_upload_size=settings.max_file_megabytes,
            key=f"up_files_{state.get('up_round', 0)}_{whole_folder}",
        )
        supersedes = _supersedes_choice(entries, kind, chosen[0].name) if chosen and len(chosen) == 1 else None
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button(_("加入文件库"), type="primary", icon=":material/add:", disabled=not chosen, key="up_go"):
                _add_all(actor, settings, chosen, kind, readers, supersedes)
            link("interview", _("记录一次访谈"), icon=":material/record_voice_over:")


def readers_choice(default: frozenset[Role], *, key: str) -> list[Role]:
    """Who may see a document besides human resources."""
    return st.pills(
        _("除人力资源外，谁可以查看"),
        READER_CHOICES,
        selection_mode="multi",
        default=[role for role in READER_CHOICES if role in default],
        format_func=lambda role: _(ROLE_NAMES[role]),
        key=key,
        help=_("人力资源负责人始终可以查看。检索和问答只会用到本人有权查看的文件。"),
    )


def _supersedes_choice(entries: list[Entry], kind: DocumentKind, file_name: str) -> int | None:
    by_id = {entry.document.id: entry.document for entry in entries if entry.document.kind is kind}
    if not by_id:
        return None
    likely = likely_predecessor(file_name.rpartition(".")[0], ((key, row.title) for key, row in by_id.items()))
    return st.selectbox(
        _("这是已有文件的新版本吗？"),
        list(by_id),
        index=list(by_id).index(likely) if likely else None,
        format_func=lambda document_id: by_id[document_id].title,
        placeholder=_("不是；同名文件会自动成为新版本"),
        key=f"up_supersedes_{file_name}",
        help=_("标题只差版本标记或年份的文件会先选上，请核对；不是就清空。"),
    )


def _add_all(
    actor: Actor, settings: Settings, chosen: list[UploadedFile], kind: DocumentKind, readers: list[Role], supersedes: int | None
) -> None:
    refused = _left_out([file.name for file in chosen])
    counts: dict[Outcome, int] = {}
    same: list[tuple[str, int]] = []
    batch: list[int] = []
    # Left as proposed, a new edition keeps the readers of the one before; nothing opens wider unawares.
    chosen_readers = None if set(readers) == DEFAULT_READERS[kind] - {Role.HR_LEADER} else [Role.HR_LEADER, *readers]
    for file in (file for file in chosen if is_readable(file.name) and not is_nobodys(file.name)):
        try:
            with instance().database.writing() as db:
                added = library.add(
                    db,
                    settings,
                    actor,
                    file.name,
                    file.getvalue(),
                    kind,
                    readers=chosen_readers,
                    supersedes=supersedes,
                    apart_from=batch,
                )
        except CexunError as failure:
            refused.append(_(failure.message))
        else:
            counts[added.outcome] = counts.get(added.outcome, 0) + 1
            batch.append(added.document_id)
            if added.outcome is Outcome.UNCHANGED:
                same.append((safe_name(file.name), added.document_id))
    instance().worker.wake()
    state.put("up_report", (counts, refused, same))
    state.put("up_round", state.get("up_round", 0) + 1)
    st.rerun()


def _left_out(names: list[str]) -> list[str]:
    """Sentences on the files that are not taken in for what they are; those that nobody wrote go without saying."""
    others = [name for name in names if not is_readable(name) and not is_nobodys(name)]
    old = [name for name in others if is_old_office(name)]
    unknown = [name for name in others if not is_old_office(name)]
    resave = _(
        "{n} 份文件是旧版 Office 或 WPS 格式，没有收下：{names}。请打开后另存为 .docx、.pptx 或 .xlsx，再上传。",
        n=len(old),
        names=_some(old),
    )
    other = _("{n} 份文件不是能读的类型，没有收下：{names}。", n=len(unknown), names=_some(unknown))
    return [sentence for names, sentence in ((old, resave), (unknown, other)) if names]


def _some(names: list[str]) -> str:
    shown = [safe_name(name) for name in names[:MOST_NAMED]]
    return joined(shown) + ("……" if len(names) > len(shown) else "")


def upload_report(actor: Actor) -> None:
    """What the last upload came to: said once."""
    counts, refused, same = state.take("up_report") or ({}, [], [])
    said = [_(_OUTCOMES[outcome].text, n=number) for outcome, number in counts.items()]
    if said:
        st.success(" ".join(said), icon=":material/check:")
    with reading() as db:
        known = [(name, library.find(db, actor, document_id).title) for name, document_id in same[:MOST_NAMED]]
    for name, title in known:
        st.caption(_("“{name}”的内容与《{title}》相同", name=literal(name), title=literal(title)))
    for sentence in refused:
        st.error(literal(sentence))
