"""The certificates of a person: which, since when, until when; recorded by hand, taken off, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from core import clock
from core.access.actor import Actor
from core.people.certificates import held
from core.people.certificates.held import FOR_GOOD, Held
from pages.settings.parts.wish import Wish
from pages.shared.record_form import blank_form, filled
from pages.shared.text import _, literal, person


def held_part(employee_id: int, found: Sequence[Held], choices: Mapping[str, str]) -> Wish | None:
    """What a person holds; what the reader wants changed. Without `choices` it is only read."""
    st.subheader(_("持有的证书"), anchor=False)
    if not any(not one.removed for one in found):
        st.caption(_("还没有持证记录。也可以在“人员与数据”页导入“持证情况”。") if choices else _("还没有持证记录。"))
    wish = None
    for one in found:
        wish = _line(one, may_edit=bool(choices)) or wish
    if choices:
        wish = _form(employee_id, choices) or wish
    return wish


def _line(one: Held, *, may_edit: bool) -> Wish | None:
    if one.removed and not may_edit:
        return None
    with st.container(horizontal=True, vertical_alignment="center"):
        said = f"{literal(one.name)}　:gray[{literal(_said(one))}]"
        st.markdown(f"- ~~{literal(one.name)}~~　:gray[{_('已取下')}]" if one.removed else f"- {said}", width="stretch")
        label, icon = (_("取回"), ":material/undo:") if one.removed else (_("取下"), ":material/close:")
        key = f"held_{one.row.id}_{one.row.version}"
        if not may_edit or not st.button(label, icon=icon, key=key, type="tertiary"):
            return None
    done = _("已取回") if one.removed else _("已取下，可以取回")

    def act(db: Any, actor: Actor) -> None:
        held.remove(db, actor, one, removed=not one.removed)

    return Wish(done, act)


def _said(one: Held) -> str:
    row = one.row
    since = _("取得：{day}", day=row.held_on.isoformat()) if row.held_on else _("取得日期不详")
    until = _("没写有效期")
    if row.expires_on is not None:
        until = _("长期有效") if row.expires_on == FOR_GOOD else _("有效至 {day}", day=row.expires_on.isoformat())
        if row.expires_on < clock.today():
            until += " " + _("已过期")
    parts = [since, until, _("编号 {number}", number=row.number) if row.number else "", _("{name} 记", name=person(row.recorded_by))]
    return " · ".join(part for part in parts if part)


def _form(employee_id: int, choices: Mapping[str, str]) -> Wish | None:
    name = f"held_new_{employee_id}"
    with st.expander(_("记一张证书"), icon=":material/add:"), st.form(blank_form(name), border=False):
        chosen = st.selectbox(
            _("证书"), list(choices), index=None, format_func=lambda key: choices.get(key, key), placeholder=_("选一张证书")
        )
        left, middle, right = st.columns(3)
        on = left.date_input(_("取得日期"), value=None, max_value=clock.today(), min_value=date(1980, 1, 1), format="YYYY-MM-DD")
        until = middle.date_input(_("有效期至"), value=None, min_value=date(1980, 1, 1), max_value=date(2099, 12, 31), format="YYYY-MM-DD")
        number = right.text_input(_("证书编号"), max_chars=60, placeholder=_("有就填。"))
        lasting = st.checkbox(_("长期有效"), help=_("没有到期日的证书。两样都不填时，满 24 个月后不再计入。"))
        if not st.form_submit_button(_("保存"), type="primary"):
            return None
    if chosen is None:
        st.error(_("请选一张证书。没有的先在“能力模型”页添加。"))
        return None

    def act(db: Any, actor: Actor) -> None:
        held.add(db, actor, employee_id, chosen, on, FOR_GOOD if lasting else until, number)
        filled(name)

    return Wish(_("已保存"), act)
