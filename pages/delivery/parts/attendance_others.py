"""Those of a session who stand on no list: who came without being expected, and how many came where nobody is named."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from core import clock
from core.access.actor import Actor
from core.delivery.attendance import guests
from core.delivery.attendance.guests import Candidate
from core.delivery.attendance.service import MOST, Number, Sheet
from core.delivery.attendance.terms import PRESENCE_NAMES, Presence
from pages.shared import state
from pages.shared.database import reading
from pages.shared.text import _, bracketed, person


def early(sheet: Sheet) -> bool:
    """Whether the session is still to come."""
    return sheet.session.day is not None and sheet.session.day > clock.today()


def strangers(actor: Actor, plan_id: int, sheet: Sheet) -> dict[int, Presence | None] | None:
    """Who came without being on the list, as somebody of those who plan chose them in the roster."""
    if early(sheet):
        return None
    key = f"guests_{sheet.session.id}_{state.acts()}"
    name = _("登记名单外的人") if sheet.number is None else _("登记姓名")
    with st.popover(name, icon=":material/person_add:"):
        text = st.text_input(_("工号或姓名"), key=f"{key}_text", placeholder=_("在花名册里查找")).strip()
        if not text:
            st.caption(_("来听课但不在本班名单上的人：计入到课人数和本人的完成情况，不计入应到。"))
            return None
        with reading() as db:
            found = {one.employee_id: one for one in guests.search(db, actor, plan_id, sheet.session.id, text)}
        if not found:
            st.caption(_("花名册里没有找到，或已在名单上。"))
            return None
        only = list(found) if len(found) == 1 else []
        chosen = st.multiselect(_("是谁"), list(found), default=only, format_func=lambda one: _who(found[one]), key=f"{key}_who_{text}")
        kinds = (Presence.PRESENT, Presence.LATE)
        presence = st.segmented_control(
            _("到课情况"), kinds, default=kinds[0], format_func=lambda one: _(PRESENCE_NAMES[one]), required=True, key=f"{key}_presence"
        )
        if not st.button(_("登记"), type="primary", disabled=not chosen, key=f"{key}_save"):
            return None
        return dict.fromkeys(chosen, presence or Presence.PRESENT)


def counted(sheet: Sheet, may_note: bool) -> Number | None:
    """How many came to a class whose people nobody has named, as it was typed; None: nothing was."""
    stands = sheet.number
    if stands is None:
        return None
    st.info(_("这个班只有人数，没有名单。在这里登记到了多少人；来的人也可以扫码签到，或逐个登记姓名。"), icon=":material/groups:")
    if not may_note or early(sheet):
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.number_input(
            _("到了多少人"),
            min_value=0,
            max_value=MOST,
            value=stands.came,
            step=1,
            placeholder=_("未登记"),
            key=f"number_{sheet.session.id}_{stands.version}_{state.acts()}",
            width=180,
        )
        wanted = None if typed is None else int(typed)
        saved = st.button(_("保存人数"), type="primary", icon=":material/save:", key="number_save")
    if stands.came is not None:
        st.caption(_("{who}登记。", who=person(stands.by)))
        if stands.came > stands.seats:
            st.caption(_("比应到的 {n} 人多：到课率按应到算，不超过 100%。", n=stands.seats))
    return replace(stands, came=wanted) if saved and wanted != stands.came else None


def _who(one: Candidate) -> str:
    return bracketed(f"{one.name} {one.employee_no}", one.unit) if one.unit else f"{one.name} {one.employee_no}"
