"""What a model does with the findings: while it is at it, what came of it, and where it failed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.access.actor import Actor, Right
from core.i18n import Message
from core.instance import instance
from core.strategy import refining_job
from core.strategy.refining_job import Refined
from core.strategy.tables import FindingRow
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.text import _, joined, literal, sample_mark

_SHOWN = 5

# What a model's rules are called, without the mark of the model; those of the rules themselves stand beside the finding.
MODEL_RULE_NAMES = {
    "missed": Message("规则没有找到，模型指出的"),
    "was_theme": Message("规则看作战略主题，模型改判"),
    "was_task": Message("规则看作核心任务，模型改判"),
    "was_target": Message("规则看作量化目标，模型改判"),
    "was_capability": Message("规则看作能力要求，模型改判"),
    "was_aside": Message("规则没有当作目标，模型认为是要求"),
    "baseline": Message("读起来是对照的基数"),
    "threshold": Message("读起来是一直适用的门槛"),
    "no_demand": Message("读起来没有提出要求"),
}


def who_decodes() -> str:
    """Where decoding happens, for people who are about to begin it."""
    model = instance().model()
    if model is None:
        return _("全部在本机完成，不调用任何外部服务。")
    return _("规则先在本机解码，再由模型 {model} 核对：文件的文字会发送到设置里的模型地址。", model=literal(model.name))


def had_a_hand(row: FindingRow) -> str:
    """The model that found a finding or changed it."""
    name = row.made_by.partition(" + ")[2].partition(" · ")[0]
    return _("模型参与：{model}", model=name)


def model_at_work(actor: Actor, plan_id: int, documents: Sequence[Refined]) -> None:
    """The model's progress, its failures, and what it has not gone over yet."""
    if any(one.progress for one in documents):
        _live(plan_id)
    _failures(actor, plan_id, [one for one in documents if one.failed])
    model = instance().model()
    waiting = [one for one in documents if one.waits and not one.failed]
    if model is not None and waiting and actor.may(Right.DECIDE_STRATEGY):
        with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(
                _("{n} 份文件只用规则解码过，可以请模型 {model} 核对。", n=len(waiting), model=literal(model.name)), width="content"
            )
            if st.button(_("请模型核对"), key="refine_all", icon=":material/auto_awesome:"):
                _ask(actor, plan_id, waiting)
    _done([one for one in documents if one.decoded.refined_by])


@st.fragment(run_every=1.5)
def _live(plan_id: int) -> None:
    # A fragment runs without the page around it: ask again who is here.
    actor = state.present().actor
    with reading() as db:
        busy = [one for one in refining_job.refined(db, actor, plan_id) if one.progress]
    if not busy:
        st.rerun()
    first = next((one for one in busy if one.progress and one.progress.running), busy[0])
    job = first.progress
    assert job is not None
    share = job.done / job.total if job.total else 0.0
    title = literal(first.document.title)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        if job.total:
            said = _("模型正在核对《{title}》：{done} / {total} 段，还有 {n} 份", title=title, done=job.done, total=job.total, n=len(busy))
        else:
            said = _("等候模型核对《{title}》，还有 {n} 份", title=title, n=len(busy))
        st.progress(share, text=f"{said}　:gray[{_('规则找到的发现可以先看')}]")
        if actor.may(Right.DECIDE_STRATEGY) and st.button(_("停止"), key="stop_refining", icon=":material/stop_circle:"):
            with acting(done=_("模型已停止，规则找到的发现都在")) as db:
                refining_job.stop(db, actor, plan_id)


def _failures(actor: Actor, plan_id: int, failed: Sequence[Refined]) -> None:
    if not failed:
        return
    reasons: dict[Message, list[str]] = {}
    for one in failed:
        reasons.setdefault(one.notes[0], []).append(literal(one.document.title) + sample_mark(one.document.sample))
    with st.container(border=True):
        for reason, titles in reasons.items():
            with st.container(gap=None):
                st.markdown(f":orange[:material/rule:] {literal(_(reason))}")
                rest = _("另有 {n} 份", n=len(titles) - _SHOWN) if len(titles) > _SHOWN else ""
                st.caption(joined(filter(None, [*titles[:_SHOWN], rest])))
        may_ask = actor.may(Right.DECIDE_STRATEGY) and instance().model() is not None
        if may_ask and st.button(_("请模型重新核对（{n} 份）", n=len(failed)), key="refine_again", icon=":material/refresh:"):
            _ask(actor, plan_id, failed)


def _ask(actor: Actor, plan_id: int, documents: Sequence[Refined]) -> None:
    with acting(done=_("模型已开始核对，可以离开本页")) as db:
        refining_job.start(db, actor, plan_id, [one.id for one in documents], instance().model())
    instance().model_worker.wake()


def _done(documents: Sequence[Refined]) -> None:
    if not documents:
        return
    with st.expander(_("规则与模型一起解码的文件（{n}）", n=len(documents)), icon=":material/auto_awesome:"):
        for one in documents:
            with st.container(gap=None):
                st.markdown(f"{literal(one.document.title)}{sample_mark(one.document.sample)}　:gray[{literal(one.makers)}]")
                st.caption(literal(" ".join(_(note) for note in one.notes)))
