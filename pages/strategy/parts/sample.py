"""The sample branch: one click in, one click out."""

from __future__ import annotations

import streamlit as st

from core.access import service as access
from core.access.actor import Actor
from core.demo import service as demo
from core.demo.peopling import OWN_PEOPLE
from core.demo.year import STAGES, WAITING
from core.documents.service import Entry
from core.instance import instance
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import empty
from pages.shared.text import _


def sample_offer(actor: Actor) -> None:
    """Offer the sample to somebody whose library is empty."""
    with (
        st.container(border=True),
        st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"),
    ):
        st.markdown(_("还没有自己的文件？先载入虚构的“示例银行滨海分行”，看看系统怎样工作。"), width="content")
        if st.button(_("载入示例分行"), key="sample_in", icon=":material/science:"):
            with st.spinner(_("正在生成示例文件……")):
                built = demo.build_files()
            with acting(done=_("示例已收下，正在后台读入；读完就为您整理好已解码的一年")) as db:
                loaded = demo.load(db, instance().settings, actor, built)
                if actor.account_id is not None:
                    access.prefer(db, actor.account_id, plan_id=loaded.decoded.id)
                if not loaded.people:
                    state.say_next(_(OWN_PEOPLE))


def nothing_yet() -> None:
    """What somebody sees who waits for others to fill the library."""
    empty(_("文件库里还没有您可以查看的文件。人力资源加入并开放后，会出现在这里。"), icon=":material/library_books:")


def sample_note(actor: Actor, entries: list[Entry]) -> None:
    """Where the sample is loaded, say so and offer to remove it."""
    if not any(entry.document.sample for entry in entries):
        return
    with reading() as db:
        standing = demo.standing(db, actor)
    if standing.progress is not None:
        _making()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("标有“示例”的文件属于虚构的示例分行。"), width="content")
        if standing.lacking and st.button(_("补全示例的已解码年度"), key="sample_go_on", icon=":material/refresh:", type="tertiary"):
            with acting(done=_("已开始整理，可以离开本页")) as db:
                demo.go_on(db, actor)
        with st.popover(_("移除示例"), icon=":material/delete_sweep:", type="tertiary"):
            st.markdown(_("示例文件、示例人员、示例计划和其下的对话与依据都会删除，您自己的文件和人员不受影响。"))
            if st.button(_("一键移除示例"), key="sample_out", type="primary"):
                with acting(done=_("示例已移除")) as db:
                    demo.clear(db, instance().settings, actor)


@st.fragment(run_every=1.0)
def _making() -> None:
    actor = state.present().actor
    with reading() as db:
        progress = demo.standing(db, actor).progress
    if progress is None:
        st.rerun()
    stage = STAGES.get(progress.stage, STAGES[WAITING])
    share = progress.done / progress.total if progress.total else 0.0
    st.progress(share, text=_("正在整理示例的已解码年度：{stage}", stage=stage))
