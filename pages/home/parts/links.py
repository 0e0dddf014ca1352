"""Shared links: the form that makes one, its address, and the list of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from core.exports.qr import qr_svg
from core.shares.service import MOST_DAYS, LinkView
from core.shares.terms import SHARED_PAGE_NAMES, SharedPage
from core.snapshots.service import Wanted
from pages.shared import state
from pages.shared.addresses import server_address
from pages.shared.text import _, literal, moment, person

_QR = 180
_DAYS = 30


def new_link(asked: str | None) -> Wanted | None:
    """The form; `asked` is the page that somebody came from."""
    names = {page: _(SHARED_PAGE_NAMES[page]) for page in SharedPage}
    pages = list(names)
    here = next((place for place, one in enumerate(pages) if one.value == asked), 0)
    with st.container(border=True), st.form("share_new", border=False, clear_on_submit=True):
        st.markdown(_("**生成共享链接**：得到链接的人不用账号就能看这一页，只能看，不能改，看不到人名，也到不了别的页面。"))
        page = st.selectbox(_("共享哪一页"), pages, here, format_func=names.__getitem__, key="share_page")
        with st.container(horizontal=True):
            days = st.number_input(_("有效天数"), 1, MOST_DAYS, _DAYS, key="share_days", width=140)
            password = st.text_input(
                _("密码（可不设，至少 8 位）"), type="password", autocomplete="new-password", key="share_password", width=240
            )
            note = st.text_input(_("给谁看（备注，可不填）"), max_chars=80, key="share_note", width="stretch")
        kept = st.checkbox(
            _("定格为现在的内容"),
            key="share_kept",
            help=_(
                "打开的人一直看到生成链接时的内容，以后的改动不在内。战略主题与地图、柯氏四级、一页看全年可以；引用的文件被彻底删除时，定格的内容随之删除。"
            ),
        )
        pressed = st.form_submit_button(_("生成链接"), icon=":material/add_link:", type="primary")
    return Wanted(page, int(days), password, note, kept) if pressed else None


def made_link() -> None:
    """The address of the link that was made just now: it cannot be shown again."""
    token: str | None = state.get("share_made")
    if token is None:
        return
    address = f"{server_address()}/share/{token}"
    with st.container(border=True):
        st.markdown(_("**这个地址只显示这一次。** 复制它，或用手机扫二维码；丢了可以再生成一个。"))
        st.code(address, language=None, wrap_lines=True)
        st.image(qr_svg(address), width=_QR, caption=_("扫码打开"))
        if st.button(_("已保存，收起"), key="share_made_done", type="tertiary", icon=":material/check:"):
            state.drop("share_made")
            st.rerun()


def link_list(made: Sequence[LinkView], taken: Mapping[int, datetime]) -> int | None:
    """All links: those that open first, those that are closed folded away; the number of one that is to be closed.

    `taken`: when the pages of those were kept that show one moment.
    """
    standing = [one for one in made if one.open]
    closed = [one for one in made if not one.open]
    st.subheader(_("现在能打开的链接"), anchor=False)
    if not standing:
        st.caption(_("还没有。"))
    wish = None
    for view in standing:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_words(view, taken), width="stretch")
            if st.button(_("作废"), key=f"share_close_{view.id}", icon=":material/link_off:"):
                wish = view.id
    if closed:
        with st.expander(_("已作废或已过期（{n}）", n=len(closed)), icon=":material/history:"):
            for view in closed:
                st.markdown(_words(view, taken))
    return wish


def _words(view: LinkView, taken: Mapping[int, datetime]) -> str:
    row = view.row
    badge = f" :gray-badge[{_('有密码')}]" if row.password_hash else ""
    if view.id in taken:
        badge += f" :blue-badge[{_('截至 {when}', when=moment(taken[view.id]))}]"
    note = f" · {literal(row.note)}" if row.note else ""
    made = _("{name}于{when}生成", name=literal(person(row.created_by)), when=moment(row.created_at))
    used = _("打开过 {n} 次，最近{when}", n=row.uses, when=moment(row.used_at)) if row.used_at else _("还没有人打开过")
    ends = _("{when} 失效", when=moment(row.expires_at))
    if row.revoked_at is not None:
        ends = _("{name}于{when}作废", name=literal(person(row.revoked_by)), when=moment(row.revoked_at))
    return f"**{_(SHARED_PAGE_NAMES[row.page])}** · {literal(view.plan)}{note}{badge}  \n:small[{made} · {used} · {ends}]"
