"""外部点缀、内部主导: the share of the branch's own trainers against its target, and who teaches beyond what is meant for outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.delivery.faculty import editing
from core.delivery.faculty.facts import LONGEST_REASON
from core.delivery.faculty.faculty import TrainerView
from core.delivery.faculty.share import Rule, Share, beyond
from core.delivery.faculty.terms import BASIS_NAMES, ROLE_NAMES, Basis, TrainerRole
from core.editing.comparing import Field
from core.i18n import Message
from core.people.terms import LEVELS
from pages.delivery.parts.trainer_words import roles
from pages.settings.parts.wish import Wish
from pages.shared.record_form import Record, record_form
from pages.shared.table import tall
from pages.shared.text import _, joined, literal

_RULE_FIELDS = {
    "target": Field(Message("内部讲师占比目标（%）"), "{:.0%}".format),
    "basis": Field(Message("按什么算"), BASIS_NAMES),
    "least_level": Field(Message("授课最低等级"), lambda level: f"L{level}"),
    "external_roles": Field(Message("外部讲师的分工"), ROLE_NAMES),
    "source": Field(Message("目标来自")),
}


def share_board(trainers: Sequence[TrainerView], found: Share, rule: Rule, may_edit: bool) -> Wish | None:
    """The share with its formula; what the reader wants of it."""
    with st.grid(3, min_column_width=150, height="stretch"):
        st.metric(_("讲师"), _("{n} 人", n=sum(not one.archived for one in trainers)), border=True, height="stretch")
        shown = f"{found.share:.0%}" if found.share is not None else "—"
        st.metric(
            _("内部讲师占比"), shown, delta=_verdict(found), delta_arrow="off", delta_color=_colour(found), border=True, height="stretch"
        )
        st.metric(_("外部讲师超出分工"), _("{n} 人", n=len(found.outside)), border=True, height="stretch")
    said = _("内部 {own} ÷ 全部 {total}，{basis}。", own=found.own, total=found.total, basis=_(BASIS_NAMES[found.basis]))
    target = _("示例目标 {target}，不是本行的目标。", target=f"{rule.target:.0%}") if rule.example else ""
    source = _("目标来自：{source}。", source=literal(rule.source)) if rule.source and not rule.example else ""
    waiting = _("还没有排期，先按人数算。") if rule.basis is not found.basis else ""
    st.caption(f"{said}{waiting}{target}{source}")
    _outside(trainers, found, rule)
    return _rule_form(rule) if may_edit else None


def _verdict(found: Share) -> str:
    if found.reached is None:
        return _("没有讲师")
    return _("达到 {target}", target=f"{found.target:.0%}") if found.reached else _("低于 {target}", target=f"{found.target:.0%}")


def _colour(found: Share) -> Any:
    return "off" if found.reached is None else ("normal" if found.reached else "inverse")


def _outside(trainers: Sequence[TrainerView], found: Share, rule: Rule) -> None:
    """Who from outside teaches what the branch wants its own people for, with or without a reason."""
    if not found.outside:
        return
    allowed = joined(_(ROLE_NAMES[role]) for role in rule.external_roles) or _("没有指定")
    title = _("外部讲师超出分工：{n} 人，其中 {bare} 人没有写理由", n=len(found.outside), bare=len(found.unexplained))
    with st.expander(title, icon=":material/rule:", expanded=bool(found.unexplained)):
        st.caption(_("外部讲师的分工：{roles}。超出的要写明理由，没有理由的不参与排课。", roles=allowed))
        unsaid, outside = _("没有写理由"), set(found.outside)
        rows = [(one.name, roles(beyond(one, rule.external_roles)), one.role_reason or unsaid) for one in trainers if one.id in outside]
        headings = [_("姓名"), _("超出的分工"), _("理由")]
        st.dataframe(pd.DataFrame(rows, columns=headings), hide_index=True, height=tall(len(rows)), alt=_("外部讲师超出分工"))


def _rule_form(rule: Rule) -> Wish | None:
    stored = replace(rule, source="" if rule.example else rule.source)
    record = Record("faculty_rule", 1, rule.version, actions=("faculty_rule_changed",), subject="faculty")
    written = record_form("faculty_rule", record, stored, _RULE_FIELDS, _fields)
    if written is None:
        return None

    def act(db: Any, actor: Actor) -> None:
        editing.save_rule(db, actor, rule, written.value)

    return Wish(written.done(_("已保存")), act)


def _fields(rule: Rule, key: str) -> Rule | None:
    with st.expander(_("占比目标和外部讲师分工"), icon=":material/tune:"), st.form(key, border=False):
        first, second, third = st.columns(3)
        target = first.number_input(_("内部讲师占比目标（%）"), 0, 100, round(rule.target * 100), step=5)
        bases = list(Basis)
        basis = second.selectbox(_("按什么算"), bases, bases.index(rule.basis), format_func=lambda one: _(BASIS_NAMES[one]))
        least = third.selectbox(_("授课最低等级"), list(LEVELS), LEVELS.index(rule.least_level), format_func=lambda one: f"L{one}")
        external = st.multiselect(
            _("外部讲师的分工"),
            list(TrainerRole),
            list(rule.external_roles),
            format_func=lambda one: _(ROLE_NAMES[one]),
            placeholder=_("不选就是外部讲师都要写理由"),
        )
        source = st.text_input(_("目标来自"), rule.source, max_chars=LONGEST_REASON, placeholder=_("例如：2027 年培训工作要点第 3 条"))
        if not st.form_submit_button(_("保存"), type="primary", key=f"{key}_save"):
            return None
    return replace(rule, target=target / 100, basis=basis, source=source, external_roles=tuple(external), least_level=least)
