"""The guests' way in: the link with its QR code, and codes to hand out."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor
from core.exports.qr import qr_svg
from core.exports.workbook import workbook
from core.instance import instance
from core.settings import own_secret
from core.workshops import service
from core.workshops.snapshot import Snapshot
from core.workshops.terms import HOURS, MOST_CODES, MOST_HOURS
from pages.shared import state
from pages.shared.addresses import server_address
from pages.shared.database import acting
from pages.shared.text import _, moment

_QR, _CODES = 160, 30


def joining(actor: Actor, plan_id: int, found: Snapshot, token: str | None, codes: tuple[int, int], *, allowed: bool) -> None:
    """The link as it stands, and what opens and closes it."""
    version = found.board.version or 0
    hours, revoked, number = None, False, None
    with st.container(border=True):
        st.markdown(_("**加入链接**"))
        if not allowed:
            st.warning(_("系统管理员已关闭共创链接：来宾现在打不开看板。"))
        if token is None:
            st.caption(_("还没有链接，或它已过期。生成后，来宾扫码、填昵称就能加入，看不到人员数据和其他页面。"))
        else:
            address = f"{server_address()}/join/{token}"
            st.image(qr_svg(address), width=_QR)
            st.code(address, language=None, wrap_lines=True)
            if found.board.link_ends_at is not None:
                st.caption(_("{when} 失效", when=moment(found.board.link_ends_at)))
        with st.popover(_("生成新链接") if token else _("生成链接"), icon=":material/add_link:"):
            wanted = st.number_input(_("有效小时数"), 1, MOST_HOURS, HOURS, key="workshop_hours")
            if st.button(_("生成"), key="workshop_link", type="primary"):
                hours = int(wanted)
        if token is not None and st.button(_("作废链接"), key="workshop_link_off", type="tertiary", icon=":material/link_off:"):
            revoked = True
        if found.board.by_code:
            number = _codes(found, codes)
    if hours is not None:
        with acting(_("链接已生成")) as db:
            service.open_link(db, actor, plan_id, found.id, version, _secret(), hours)
    if revoked:
        with acting(_("链接已作废")) as db:
            service.revoke_link(db, actor, plan_id, found.id, version)
    if number is not None:
        with acting(_("加入码已生成")) as db:
            state.put("workshop_codes", (found.id, service.make_codes(db, actor, plan_id, found.id, number)))


def _secret() -> str:
    return own_secret(instance().settings.keys, "workshop")


def _codes(found: Snapshot, codes: tuple[int, int]) -> int | None:
    st.markdown(_("**加入码**：{number} 个，已用 {used} 个", number=codes[0], used=codes[1]))
    held: tuple[int, list[str]] | None = state.get("workshop_codes")
    if held is not None and held[0] == found.id:
        st.caption(_("**这些码只显示这一次。** 请下载后剪开，每人发一个。"))
        rows, heading = [[code] for code in held[1]], _("加入码")
        st.download_button(
            _("下载加入码"),
            data=lambda: workbook(heading, [heading], rows),
            file_name="workshop_codes.xlsx",
            icon=":material/download:",
            on_click="ignore",
            key="workshop_codes_file",
            type="primary",
        )
        st.code("  ".join(held[1]), language=None, wrap_lines=True)
    room = MOST_CODES - codes[0]
    if room <= 0:
        return None
    wanted = st.number_input(_("再生成几个码"), 1, room, min(_CODES, room), key="workshop_code_number")
    return int(wanted) if st.button(_("生成加入码"), key="workshop_codes_make", icon=":material/confirmation_number:") else None
