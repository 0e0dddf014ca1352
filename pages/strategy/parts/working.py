"""Background work on the library, while it happens, and what came to grief."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor, Right
from core.documents import service as library
from core.documents import several
from core.documents.indexing import PARSING
from core.documents.service import Entry
from core.documents.tables import IndexState
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.text import _, literal, sample_mark

_SHOWN = 5
_BROKEN_SHOWN = 5


def working(actor: Actor, entries: list[Entry]) -> None:
    """The documents that are being read in, followed live; the page may be closed meanwhile."""
    if any(entry.progress for entry in entries):
        _live()


@st.fragment(run_every=1.5)
def _live() -> None:
    # A fragment runs without the page around it: whoever has been shut out since must not go on.
    actor = state.present().actor
    with reading() as db:
        busy = several.being_read(db, actor)
    if not busy:
        st.rerun()
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_("正在读入 {n} 份文件，可以离开本页。", n=len(busy)))
            if actor.may(Right.EDIT_LIBRARY) and st.button(_("全部停止"), key="stop_all", icon=":material/stop_circle:"):
                with acting(done=_("已停止，已完成的部分保留")) as db:
                    library.stop(db, actor, [entry.document.id or 0 for entry in busy])
        for entry in busy[:_SHOWN]:
            _progress(entry)
        if len(busy) > _SHOWN:
            st.caption(_("另有 {n} 份排队等候。", n=len(busy) - _SHOWN))


def _progress(entry: Entry) -> None:
    job = entry.progress
    assert job is not None
    title = literal(entry.document.title)
    if not job.running or not job.total:
        st.progress(0.0, text=_("{title}：排队中", title=title))
    elif job.stage == PARSING:
        st.progress(
            min(1.0, job.done / job.total), text=_("{title}：读取第 {done} / {total} 页", title=title, done=job.done, total=job.total)
        )
    else:
        st.progress(
            min(1.0, job.done / job.total), text=_("{title}：建立索引 {done} / {total} 段", title=title, done=job.done, total=job.total)
        )


def failures(actor: Actor, entries: list[Entry]) -> None:
    """The documents that could not be read, each with its reason, and those that were stopped."""
    broken = [e for e in entries if e.document.state in (IndexState.FAILED, IndexState.STOPPED) and not e.progress]
    if not broken:
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(_("**{n} 份文件没有读完**", n=len(broken)), width="content")
            if len(broken) > 1 and actor.may(Right.EDIT_LIBRARY) and st.button(_("全部重试"), key="retry_all", icon=":material/refresh:"):
                with acting(done=_("已重新排队")) as db:
                    library.index_again(db, actor, [entry.document.id or 0 for entry in broken])
        for entry in broken[:_BROKEN_SHOWN]:
            _failure(actor, entry)
        if len(broken) > _BROKEN_SHOWN:
            st.caption(_("另有 {n} 份，可在下面的列表中按状态查看。", n=len(broken) - _BROKEN_SHOWN))


def _failure(actor: Actor, entry: Entry) -> None:
    document = entry.document
    assert document.id is not None
    reason = _(entry.error) if entry.error else _("已停止，已完成的部分保留，可以继续。")
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap=None):
            st.markdown(f":red[:material/error:] {literal(document.title)}{sample_mark(document.sample)}")
            st.caption(literal(reason))
        if not actor.may(Right.EDIT_LIBRARY):
            return
        with st.container(horizontal=True, width="content", wrap=False):
            if st.button(_("重试") if entry.error else _("继续"), key=f"retry_{document.id}", icon=":material/refresh:"):
                with acting(done=_("已重新排队")) as db:
                    library.index_again(db, actor, [document.id])
            if st.button(_("移除"), key=f"drop_{document.id}", icon=":material/delete:", type="tertiary"):
                with acting(done=_("已移除，30 天内可以恢复")) as db:
                    library.remove(db, actor, document.id)


def read_before(actor: Actor, before: list[int]) -> None:
    """Offer to read those documents anew that an earlier version has read."""
    if not before:
        return
    with (
        st.container(border=True),
        st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"),
    ):
        with st.container(width="stretch", gap=None):
            st.markdown(_("**{n} 份文件是旧版程序读入的**，重新读取会读得更全、更准。", n=len(before)))
            st.caption(_("读取时暂时搜不到它们；文字有变化的文件会提示重新解码，对话里旧的引文可能对不上。"))
        if st.button(_("全部重新读取"), key="read_anew", icon=":material/refresh:"):
            with acting(done=_("已重新排队")) as db:
                library.index_again(db, actor, before, from_file=True)
