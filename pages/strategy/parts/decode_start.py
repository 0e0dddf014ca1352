"""Choosing what to decode, and seeing it done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from core.access.actor import Actor, Right
from core.documents.service import KIND_NAMES
from core.i18n import Message
from core.strategy import decoding_job
from core.strategy.decoding_job import Outdated, Source
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import empty
from pages.shared.text import _, joined, literal, sample_mark
from pages.strategy.parts.decode_model import who_decodes

REASONS = {Outdated.TEXT: Message("文本已更新"), Outdated.DATE: Message("日期已更新"), Outdated.RULES: Message("规则已更新")}
_SHOWN = 5


def begin(actor: Actor, plan_id: int, sources: Sequence[Source]) -> None:
    """What the page says before anything was decoded."""
    if any(source.progress for source in sources):
        return
    if not actor.may(Right.DECIDE_STRATEGY):
        empty(_("还没有解码任何文件。人力资源解码并确认后，发现会显示在这里。"), icon=":material/checklist:")
        return
    with st.container(border=True):
        st.markdown(_("**把文件解码成主题、任务、目标和能力要求**"))
        st.caption(_("每条发现都带原文引文，点开就能核对。采纳之前，什么也不会流到后面的步骤。{where}", where=who_decodes()))
        _choice(actor, plan_id, sources, [source.id for source in sources], primary=True)


def choose_documents(actor: Actor, plan_id: int, sources: Sequence[Source]) -> None:
    """Decode more documents, or again; those not decoded yet, and those where decoding again may find something else, come first."""
    fresh = [source.id for source in sources if not source.is_decoded]
    newer = sum(source.superseding for source in sources)
    outdated = [source for source in sources if source.outdated and not source.progress]
    if outdated:
        _offer_again(actor, plan_id, outdated)
    label = _("解码更多文件（{n} 份还没有解码）", n=len(fresh)) if fresh else _("重新解码")
    with st.expander(label, icon=":material/document_scanner:"):
        if newer:
            st.info(_("{n} 份文件有了新版本。解码新版本时，已作的决定会跟着原文走，不会丢失。", n=newer), icon=":material/update:")
        st.caption(_("重新解码不会丢失任何已作的决定：采纳、修改和不采纳都保留，原文不见了的会标出来。"))
        _choice(actor, plan_id, sources, fresh or [source.id for source in outdated], primary=False)


def failures(actor: Actor, plan_id: int, sources: Sequence[Source]) -> None:
    """The documents whose decoding came to nothing, each with its reason and another try."""
    failed = [source for source in sources if source.failure and not source.progress]
    if not failed:
        return
    may_decide = actor.may(Right.DECIDE_STRATEGY)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(_("**{n} 份文件没有解码成功**", n=len(failed)), width="content")
            if len(failed) > 1 and may_decide and st.button(_("全部重试"), key="decode_failed", icon=":material/refresh:"):
                _again(actor, plan_id, failed)
        for source in failed[:_SHOWN]:
            with st.container(horizontal=True, vertical_alignment="center"):
                with st.container(width="stretch", gap=None):
                    st.markdown(f":red[:material/error:] {literal(source.document.title)}{sample_mark(source.document.sample)}")
                    st.caption(literal(_(source.failure or "")))
                if may_decide and st.button(_("重试"), key=f"decode_failed_{source.id}", icon=":material/refresh:"):
                    _again(actor, plan_id, [source])
        if len(failed) > _SHOWN:
            st.caption(_("另有 {n} 份没有解码成功。", n=len(failed) - _SHOWN))


def _offer_again(actor: Actor, plan_id: int, outdated: Sequence[Source]) -> None:
    """One press decodes them all; the list below chooses among them."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            said = _("规则、文本或日期更新之后，{n} 份文件还没有重新解码", n=len(outdated))
            st.markdown(f":material/update: {said}", width="content")
            if st.button(_("重新解码（{n} 份）", n=len(outdated)), key="decode_outdated", icon=":material/refresh:"):
                _again(actor, plan_id, outdated)
        for reason in REASONS:
            titles = [literal(source.document.title) for source in outdated if source.outdated is reason]
            if titles:
                first = joined(titles[:_SHOWN])
                names = first if len(titles) <= _SHOWN else _("{names} 等", names=first)
                st.caption(_line(reason, names))


def _line(reason: Outdated, names: str) -> str:
    match reason:
        case Outdated.TEXT:
            return _("文本已更新：{names}", names=names)
        case Outdated.DATE:
            return _("日期已更新：{names}", names=names)
        case Outdated.RULES:
            return _("规则已更新：{names}", names=names)


def _again(actor: Actor, plan_id: int, sources: Sequence[Source]) -> None:
    with acting(done=_("已开始解码，可以离开本页")) as db:
        decoding_job.start(db, actor, plan_id, [source.id for source in sources])


def decoding_now(actor: Actor, plan_id: int, sources: Sequence[Source]) -> None:
    """The documents that are being decoded, followed live."""
    if any(source.progress for source in sources):
        _live(plan_id, len([source for source in sources if source.progress]))


@st.fragment(run_every=1.0)
def _live(plan_id: int, total: int) -> None:
    actor = state.present().actor
    with reading() as db:
        busy = [source for source in decoding_job.sources(db, actor, plan_id) if source.progress]
    if not busy:
        st.rerun()
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        done = max(0, total - len(busy))
        names = literal(busy[0].document.title)
        st.progress(done / total if total else 0.0, text=_("正在解码《{title}》，还有 {n} 份", title=names, n=len(busy)))
        if actor.may(Right.DECIDE_STRATEGY) and st.button(_("停止"), key="stop_decoding", icon=":material/stop_circle:"):
            with acting(done=_("已停止，已完成的部分保留")) as db:
                decoding_job.stop(db, actor, plan_id)


def _choice(actor: Actor, plan_id: int, sources: Sequence[Source], chosen: list[int], *, primary: bool) -> None:
    titles = {source.id: _name(source) for source in sources}
    wanted = st.multiselect(
        _("文件"),
        list(titles),
        default=[one for one in chosen if one in titles],
        format_func=titles.__getitem__,
        placeholder=_("选择文件"),
        key=f"to_decode_{len(chosen)}",
    )
    kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    if st.button(_("开始解码（{n} 份）", n=len(wanted)), key="decode", type=kind, icon=":material/play_arrow:", disabled=not wanted):
        with acting(done=_("已开始解码，可以离开本页")) as db:
            decoding_job.start(db, actor, plan_id, wanted)


def _name(source: Source) -> str:
    facts = [KIND_NAMES[source.document.kind]]
    if source.superseding:
        facts.append(Message("新版本"))
    known = [_(fact) for fact in facts] + ([_reason(source)] if source.outdated else [])
    return f"{source.document.title}（{joined(known)}）"


def _reason(source: Source) -> str:
    return _(REASONS[source.outdated]) if source.outdated else ""
