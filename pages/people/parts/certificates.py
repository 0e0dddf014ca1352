"""The certificates: what each of them proves, searched, changed, added, put away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.editing.comparing import Field
from core.i18n import Message
from core.people.certificates import service as certificates
from core.people.certificates.service import Certificate, CertificateFacts
from core.people.competencies import Competency
from core.people.terms import LEVELS
from pages.settings.parts.wish import Wish
from pages.shared.picking import stay_with
from pages.shared.record_form import Record, blank_form, filled, record_form
from pages.shared.table import tall
from pages.shared.text import _, joined, literal, moment, person

_NEW = CertificateFacts("")


def certificates_part(known: Sequence[Certificate], model: Sequence[Competency], may_edit: bool) -> Wish | None:
    """All certificates, and one of them opened; what the reader wants changed."""
    names = {one.key: one.facts.name for one in model}
    used = sum(not one.archived for one in known)
    with st.expander(_("证书和它证明的等级（{n} 张）", n=used), icon=":material/workspace_premium:", key="certificates_part"):
        chosen = _table(known, names)
        if chosen is None:
            if not may_edit:
                return None
            st.markdown(f"**{_('添加证书')}**")
            return _add(names)
        st.markdown(f"**{literal(chosen.facts.name)}**")
        wish = _states(chosen) if may_edit else None
        if may_edit and not chosen.archived:
            wish = _change(chosen, names) or wish
        for one in chosen.earlier:
            when = moment(one.changed_at)
            said = _("第 {number} 版，{name} 于 {moment} 改掉", number=one.number, name=person(one.changed_by), moment=when)
            with st.container(horizontal=True, vertical_alignment="center"):
                told = f"{said}：{one.facts.name}　{one.facts.issuer}　{_grants(one.facts, names)}"
                st.caption(literal(told), width="stretch")
                key = f"certificate_restore_{chosen.key}_{one.number}"
                if (
                    may_edit
                    and not chosen.archived
                    and st.button(_("恢复第 {number} 版", number=one.number), icon=":material/history:", key=key, type="tertiary")
                ):
                    return Wish(_("已恢复第 {number} 版", number=one.number), _restoring(chosen, one.number))
        return wish


def _restoring(one: Certificate, number: int) -> Any:
    return lambda db, actor: certificates.restore(db, actor, one, number)


def _table(known: Sequence[Certificate], names: Mapping[str, str]) -> Certificate | None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(_("搜索"), placeholder=_("证书、发证机构或能力中的字"), key="certificate_words", live=True, width=280)
        archived = st.toggle(_("已归档"), key="certificate_archived")
    wanted = certificates.matching([one for one in known if one.archived == archived], words, names)
    rows = [[one.facts.name, one.facts.issuer or None, _grants(one.facts, names), _origin(one)] for one in wanted]
    headings = [_("证书"), _("发证机构"), _("证明的能力和等级"), _("来历")]
    key = f"certificates_{archived}_{len(wanted)}_{len(known)}"
    picked = st.dataframe(
        pd.DataFrame(rows, columns=headings),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height=tall(len(wanted)),
        placeholder="—",
        alt=_("证书"),
        key=key,
    )
    chosen = stay_with("certificates", key, [one.key for one in wanted], picked)
    return next((one for one in wanted if one.key == chosen), None)


def _grants(facts: CertificateFacts, names: Mapping[str, str]) -> str:
    return joined(f"{names.get(key, key)} L{level}" for key, level in facts.grants.items())


def _origin(one: Certificate) -> str:
    if not one.code:
        return _("本行")
    return _("自带（已修改）") if one.edition > 1 else _("自带")


def _states(one: Certificate) -> Wish | None:
    if one.archived:
        if st.button(_("取回"), icon=":material/undo:", key=f"certificate_back_{one.key}"):
            return Wish(_("已取回"), lambda db, actor: certificates.archive(db, actor, one, archived=False))
    elif st.button(_("归档"), icon=":material/inventory_2:", key=f"certificate_away_{one.key}", help=_("归档后不再算作证明，可以取回。")):
        return Wish(_("已归档"), lambda db, actor: certificates.archive(db, actor, one, archived=True))
    return None


def _change(one: Certificate, names: Mapping[str, str]) -> Wish | None:
    named = {
        "name": Field(Message("证书")),
        "issuer": Field(Message("发证机构")),
        "grants": Field(
            Message("证明的能力和等级"), lambda grants: joined(f"{names.get(key, key)} L{level}" for key, level in grants.items())
        ),
    }

    def draw(known: CertificateFacts, key: str) -> CertificateFacts | None:
        return _fields(known, names, key)

    prefix = "certificate" if one.row_id else f"certificate_{one.key}"
    written = record_form(prefix, Record(prefix, one.row_id or 0, one.version), one.facts, named, draw)
    if written is None:
        return None

    def act(db: Any, actor: Actor) -> None:
        certificates.save(db, actor, one, written.value)

    return Wish(written.done(_("已保存")), act)


def _add(names: Mapping[str, str]) -> Wish | None:
    entered = _fields(_NEW, names, blank_form("certificate_new"))
    if entered is None:
        return None

    def act(db: Any, actor: Actor) -> None:
        certificates.save(db, actor, None, entered)
        filled("certificate_new")

    return Wish(_("已保存"), act)


def _fields(facts: CertificateFacts, names: Mapping[str, str], key: str) -> CertificateFacts | None:
    with st.form(key, border=False):
        left, right = st.columns(2)
        name = left.text_input(_("证书"), value=facts.name, max_chars=120, placeholder=_("例如：AFP 金融理财师"))
        issuer = right.text_input(_("发证机构"), value=facts.issuer, max_chars=120, placeholder=_("由谁颁发"))
        grants = st.data_editor(
            pd.DataFrame({"competency": list(facts.grants), "level": list(facts.grants.values())}).astype({"competency": object}),
            num_rows="dynamic",
            hide_index=True,
            column_config={
                "competency": st.column_config.SelectboxColumn(
                    _("能力名称"), options=list(names), format_func=lambda one: names.get(str(one), str(one)), required=True, width="large"
                ),
                "level": st.column_config.SelectboxColumn(
                    _("等级"), options=list(LEVELS), format_func=lambda level: f"L{level}", required=True
                ),
            },
            key=f"{key}_grants",
            alt=_("证明的能力和等级"),
        )
        if not st.form_submit_button(_("保存"), type="primary", key=f"{key}_save"):
            return None
    rows: list[dict[Any, Any]] = grants.dropna().to_dict("records")
    return CertificateFacts(name, issuer, {str(row["competency"]): int(row["level"]) for row in rows})
