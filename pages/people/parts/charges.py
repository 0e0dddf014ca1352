"""Which units are in the charge of which manager's account: what a manager reads of people is decided here."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.people.charges import Managed, Overview
from core.people.scope import give_charge
from pages.settings.parts.wish import Wish
from pages.shared.page import link
from pages.shared.text import _, joined, literal

_LISTED = 3


def charges_part(seen: Overview, may_edit: bool) -> Wish | None:
    """The managers with their units and how many people each reads; other units when the reader gives them."""
    with st.expander(_("机构负责人看得到谁（{n} 个账户）", n=len(seen.managers)), icon=":material/supervisor_account:"):
        if not seen.managers:
            st.caption(_("还没有机构负责人的账户。先在账户页面添加，再回来指定机构。"))
            link("accounts", _("打开账户与角色"), icon=":material/manage_accounts:")
            return None
        headings = [_("机构负责人"), _("负责的机构"), _("看得到的人数")]
        rows = [[_title(one), _listed(seen, one), seen.readable(one.unit_ids)] for one in seen.managers]
        st.dataframe(pd.DataFrame(rows, columns=headings), hide_index=True, placeholder="—", alt=_("机构负责人"))
        if seen.nobodys:
            some = joined(literal(seen.units[one]) for one in seen.nobodys[:_LISTED])
            more = "…" if len(seen.nobodys) > _LISTED else ""
            st.caption(_("没有负责人的机构：{count} 个（{names}）", count=len(seen.nobodys), names=some + more))
        return _form(seen) if may_edit and seen.units else None


def _form(seen: Overview) -> Wish | None:
    by_id = {one.account_id: one for one in seen.managers}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("机构负责人"),
            list(by_id),
            format_func=lambda one: _title(by_id[one]),
            placeholder=_("选择人员"),
            key="charge_manager",
            width=260,
        )
        held = by_id[chosen].unit_ids
        units = st.multiselect(
            _("负责的机构（含下级）"),
            sorted(seen.units, key=seen.units.__getitem__),
            default=[one for one in held if one in seen.units],
            format_func=seen.units.__getitem__,
            placeholder=_("选择机构"),
            key=f"charge_units_{chosen}_{'_'.join(map(str, sorted(held)))}",
        )
    same = set(units) == set(held)
    st.caption(_("会看到 {people} 人的姓名、测评和短板，看不到其他任何人。", people=f"{seen.readable(units):,}"))
    if not st.button(_("保存负责的机构"), type="primary" if not same else "secondary", disabled=same, key="charge_save"):
        return None

    def act(db: Any, actor: Actor) -> None:
        give_charge(db, actor, chosen, units)

    return Wish(_("已保存"), act)


def _title(one: Managed) -> str:
    return f"{one.name}（{one.login}）"


def _listed(seen: Overview, one: Managed) -> str | None:
    return joined(seen.units[unit] for unit in one.unit_ids if unit in seen.units) or None
