"""Pieces of the page of personal data: whom, what is held, handing it out, deleting it; how long things are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.privacy import service
from core.privacy.kinds import KINDS
from core.privacy.retention import Period
from core.privacy.service import Holding, Someone
from core.privacy.terms import COUNTED_FROM, KEPT_NAMES, LONGEST, SHORTEST, Kept
from pages.settings.parts.places import here
from pages.shared import state
from pages.shared.database import acting
from pages.shared.text import _, literal


@dataclass(frozen=True)
class Request:
    """That somebody is to be deleted."""

    typed_no: str
    reason: str


@dataclass(frozen=True)
class Decision:
    """That something is to be kept for so long; `version` is the one that was seen."""

    kept: Kept
    version: int
    months: int | None


def choose(find: Callable[[str], list[Someone]]) -> Someone | None:
    """Whose records are wanted."""
    st.subheader(_("一个人的信息"), anchor=False)
    text = st.text_input(_("工号或姓名"), placeholder=_("例如：00123 或 李敏"), key="privacy_text", max_chars=60)
    if not text.strip():
        st.caption(_("输入后列出名单里的人，离职的也在内。看到的只是各类记录有多少条；内容在导出的文件里，导出和删除都记入审计日志。"))
        return None
    found = find(text)
    if not found:
        st.info(_("名单里没有这个人。"), icon=":material/person_off:")
        return None
    return st.selectbox(_("选择人员"), found, format_func=_called, key="privacy_person")


def holding_table(held: Holding) -> None:
    """How many records of each kind there are."""
    st.caption(
        _(
            "关于这个人共有 {n} 条记录；查看和改动被记录了 {looks} 次。访谈、文件和备注等自由文字里提到的姓名不在其中，请用检索查找。",
            n=held.total,
            looks=held.entries,
        )
    )
    rows = [{_("类别"): _(KINDS[name].title.text), _("条数"): number} for name, number in held.records.items()]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width=420, alt=_("各类记录的条数"))


def export_button(actor: Actor, held: Holding) -> None:
    """All of it as a file."""

    def content() -> bytes:
        with acting(rerun=False) as db:
            return service.export(db, actor, held.person.id, state.language())
        raise RuntimeError("what could not be written down is not handed over")

    st.download_button(
        _("导出给本人（Excel）"),
        data=content,
        file_name=f"personal-data-{held.person.employee_no}.xlsx",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
        key="privacy_export",
    )


def erase_form(held: Holding) -> Request | None:
    """The form by which a person is deleted: not by a slip of the hand."""
    person = held.person
    with st.expander(_("应本人要求删除"), icon=":material/delete_forever:"), st.form(f"erase-{person.id}-{person.version}", border=False):
        st.warning(
            _(
                "删除 {name} 的名单信息和全部 {n} 条记录，不能恢复。各项汇总会重新计算；课程是谁讲的保留讲师姓名。"
                "登录账户不在其中，需要时在“人员与权限”停用；以前的备份里仍有这个人；再次导入含此人的名单会重新建立。",
                name=literal(person.name),
                n=held.total,
            ),
            title=_("无法撤销"),
            icon=":material/warning:",
        )
        left, right = st.columns(2)
        typed = left.text_input(_("输入工号以确认"), placeholder=person.employee_no, autocomplete="off")
        reason = right.text_input(_("删除的原因"), placeholder=_("例如：本人书面申请，2026年11月"), max_chars=200)
        return Request(typed, reason) if st.form_submit_button(_("永久删除"), icon=":material/delete_forever:") else None


def periods_table(periods: Sequence[Period]) -> None:
    """How long everything is kept."""
    st.subheader(_("保留多久"), anchor=False)
    st.caption(_("到期的内容由系统每小时清理一次，不能恢复；清理了多少记入审计日志。"))
    decided = _("定于")
    rows = [
        {
            _("内容"): _(KEPT_NAMES[one.kept].text),
            _("保留期限"): _length(one.months),
            _("已到期"): one.due,
            _("怎样算"): _(COUNTED_FROM[one.kept].text),
            _("谁定的"): one.decided_by,
            decided: here(one.decided_at),
        }
        for one in periods
    ]
    config = {decided: st.column_config.DatetimeColumn(decided, format="YYYY-MM-DD HH:mm")}
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config=config, placeholder="—", alt=_("各类内容的保留期限"))


def period_form(periods: Sequence[Period], due: Callable[[Kept, int | None], int]) -> Decision | None:
    """A form for one of them, which says how much would go at once."""
    names = {one.kept: _(KEPT_NAMES[one.kept].text) for one in periods}
    by_kept = {one.kept: one for one in periods}
    with st.expander(_("修改保留期限"), icon=":material/timer:"):
        kept = st.selectbox(_("内容"), list(by_kept), format_func=lambda one: names[one], key="retention_kept")
        seen = by_kept[kept]
        limited = st.toggle(_("到期清理"), value=seen.months is not None, key=f"retention_limited_{kept.value}_{seen.version}")
        given = st.number_input(
            _("保留几个月"),
            min_value=SHORTEST[kept],
            max_value=LONGEST,
            value=seen.months or max(SHORTEST[kept], 24),
            disabled=not limited,
            key=f"retention_months_{kept.value}_{seen.version}",
        )
        months = int(given) if limited else None
        number = due(kept, months)
        sure = True
        if number:
            st.warning(_("保存后一小时内会清理 {n} 条已经到期的内容，不能恢复。", n=number), icon=":material/warning:")
            sure = st.checkbox(_("我确认清理这些内容"), key=f"retention_sure_{kept.value}_{months}")
        if st.button(_("保存"), key="retention_save", disabled=not sure or months == seen.months):
            return Decision(kept, seen.version, months)
    return None


def _called(one: Someone) -> str:
    left = _("（已离职）") if one.left else ""
    return f"{one.name} {one.employee_no} {one.unit}{left}"


def _length(months: int | None) -> str:
    return _("一直保留") if months is None else _("{n} 个月", n=months)
