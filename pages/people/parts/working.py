"""Imports while they happen, followed live."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor, Right
from core.instance import instance
from core.people.importing import job as imports
from core.people.importing.job import Busy
from core.people.importing.kinds import KIND_NAMES
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.text import _, literal

# A small file is in at the first look.
_LOOK_SECONDS = 0.5


@st.fragment(run_every=_LOOK_SECONDS)
def working() -> None:
    """The imports that wait or are at work; the page may be closed meanwhile."""
    # A fragment runs without the page around it: whoever has been shut out since must not go on.
    actor = state.present().actor
    with reading() as db:
        found = imports.busy(db, actor, instance().settings)
    if not found:
        st.rerun()
    for one in found:
        _import(actor, one)


def _import(actor: Actor, one: Busy) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            said = _("正在导入{kind}“{name}”，可以离开本页。", kind=_(KIND_NAMES[one.kind]), name=literal(one.file_name))
            st.markdown(said, width="stretch")
            stoppable = actor.may(Right.EDIT_PEOPLE) and not one.stopping
            if stoppable and st.button(_("停止"), key=f"people_stop_{one.run_id}", icon=":material/stop_circle:"):
                with acting(done=_("已请它停下。没停下来就写完的，可以在导入记录里撤销。")) as db:
                    imports.stop(db, actor, instance().settings, one)
        st.progress(min(1.0, one.done / one.total) if one.total else 0.0, text=_said(one))


def _said(one: Busy) -> str:
    if one.stopping:
        return _("正在停止，已写的行会收回")
    if not one.running:
        return _("排队等候，共 {n} 行", n=one.rows)
    if not one.done:
        return _("正在核对 {n} 行", n=one.rows)
    return _("已写入 {done} / {total} 行", done=one.done, total=one.total)
