"""The sample branch: one click in, one click out, and how far its year is."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from core.access import service as access
from core.access.actor import Actor
from core.demo import service as demo
from core.demo.peopling import OWN_PEOPLE
from core.demo.service import Standing
from core.demo.year import STAGES, WAITING
from core.instance import instance
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import passing
from pages.shared.text import _


def take_in(actor: Actor, kind: Literal["primary", "secondary"] = "secondary") -> None:
    """The button that loads the sample branch and chooses its decoded year."""
    if st.button(_("载入示例分行"), key="sample_in", icon=":material/science:", type=kind):
        with st.spinner(_("正在生成示例文件……")):
            built = demo.build_files()
        with acting(done=_("示例已收下，正在后台读入；读完就为您整理好已解码的一年")) as db:
            loaded = demo.load(db, instance().settings, actor, built)
            if actor.account_id is not None:
                access.prefer(db, actor.account_id, plan_id=loaded.decoded.id)
            if not loaded.people:
                state.say_next(_(OWN_PEOPLE))


def sample_there(actor: Actor, words: str) -> None:
    """Where the sample is loaded: how far its year is, `words` on what is the sample's, and the button that removes it."""
    with reading() as db:
        standing = demo.standing(db, actor)
    sample_progress(standing)
    sample_out(actor, standing, words)


def sample_progress(standing: Standing) -> None:
    """How far the decoded year is, while it is being made."""
    with passing():
        if standing.progress is not None:
            _making()


def sample_out(actor: Actor, standing: Standing, words: str) -> None:
    """`words` on what is the sample's, what goes on with a year that is not whole, and what removes everything of it."""
    if standing.failure is not None:
        st.warning(_("示例的已解码年度没有整理完。{reason}", reason=standing.failure), icon=":material/error:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(words, width="content")
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
    st.progress(share, text=_("正在整理示例的已解码年度，可以离开本页：{stage}", stage=stage))
