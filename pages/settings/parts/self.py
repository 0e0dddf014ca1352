"""Pieces of the page of one's own account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.access import service as access
from core.access.actor import Actor
from core.access.passwords import MINIMUM_LENGTH
from core.access.service import OpenSignIn, Person, Present
from core.i18n import LANGUAGES
from core.notices import inbox
from core.notices.terms import KIND_NAMES, Kind
from core.settings import Settings
from pages.settings.parts.browsers import browser_name
from pages.settings.parts.wish import Wish
from pages.shared.text import _, literal, moment

_LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


def name_and_language(me: Person, person: Present) -> Wish | None:
    """The form for one's name and language."""
    with st.form("own-name", border=True):
        st.subheader(_("姓名与语言"))
        st.caption(_("登录名：{login}", login=literal(me.login)))
        name = st.text_input(_("姓名"), value=me.name)
        language = st.segmented_control(
            _("界面语言"),
            LANGUAGES,
            default=person.language or None,
            format_func=_LANGUAGE_NAMES.__getitem__,
            help=_("未选择时使用浏览器的语言。"),
        )
        if not st.form_submit_button(_("保存")):
            return None

    def act(db: Any, actor: Actor) -> None:
        access.prefer(db, me.id, language=language)
        if name != me.name:
            access.rename_self(db, actor, name)

    return Wish(_("已保存"), act)


def mail_form(me: Person, mine: Sequence[Kind], without: frozenset[Kind], settings: Settings) -> Wish | None:
    """The form for one's e-mail address, and for which notices it is used."""
    names = {kind: _(KIND_NAMES[kind]) for kind in mine}
    with st.form("own-mail", border=True):
        st.subheader(_("邮箱与邮件通知"))
        email = st.text_input(_("邮箱"), value=me.email, max_chars=200, disabled=settings.has_oidc, key="own_email", autocomplete="email")
        if settings.has_oidc:
            st.caption(_("您用行内统一登录，邮箱是登录的凭据。要改请找人力资源负责人或系统管理员。"))
        wanted = list(mine)
        if mine:
            chosen = [kind for kind in mine if kind not in without]
            wanted = st.multiselect(
                _("哪些通知也发邮件"),
                list(mine),
                default=chosen,
                format_func=names.__getitem__,
                placeholder=_("都不发"),
                key="own_mail_kinds",
            )
            st.caption(_("所有通知都登在系统内的“通知”里。") + ("" if _mails(settings) else " " + _("系统现在没有开通邮件，选择先记下。")))
        if not st.form_submit_button(_("保存")):
            return None

    def act(db: Any, actor: Actor) -> None:
        if email != me.email:
            access.change_own_email(db, actor, email, signs_in=settings.has_oidc)
        left_out = frozenset(mine) - frozenset(wanted)
        if left_out != without:
            inbox.choose(db, actor, left_out)

    return Wish(_("已保存"), act)


def _mails(settings: Settings) -> bool:
    return settings.notices_outside and settings.has_mail


def password_form(me: Person, person: Present) -> Wish | None:
    """The form for another password, or the first one."""
    with st.form("own-password", border=True, clear_on_submit=True):
        st.subheader(_("修改密码") if me.has_password else _("设置密码"))
        if not me.has_password:
            st.caption(_("您还没有密码。设置后，换一个浏览器也能登录。"))
        current = ""
        if me.has_password:
            current = st.text_input(_("当前密码"), type="password", autocomplete="current-password")
        new = st.text_input(
            _("新密码"),
            type="password",
            autocomplete="new-password",
            help=_("至少 {minimum} 个字符。修改后，其他浏览器上的登录会结束。", minimum=MINIMUM_LENGTH),
        )
        again = st.text_input(_("再输入一次新密码"), type="password", autocomplete="new-password")
        if not st.form_submit_button(_("保存密码"), type="primary"):
            return None
    if new != again:
        st.error(_("两次输入的新密码不一样，密码没有修改。"))
        return None
    return Wish(_("密码已修改"), lambda db, _actor: access.change_password(db, person, current, new))


def sign_ins_list(open_now: Sequence[OpenSignIn], person: Present) -> Wish | None:
    """Where one is signed in, each with a button that ends it."""
    wish: Wish | None = None
    with st.container(border=True):
        st.subheader(_("登录着的浏览器"))
        for row in open_now:
            wish = _sign_in(row, person) or wish
        others = [row for row in open_now if not row.here]
        if others and st.button(_("退出其他所有浏览器"), icon=":material/logout:"):
            wish = Wish(_("已退出其他浏览器"), lambda db, _actor: _nothing(access.revoke_all(db, person)))
    return wish


def _sign_in(row: OpenSignIn, person: Present) -> Wish | None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        place = _("这个浏览器") if row.here else literal(row.address or _("地址未知"))
        st.markdown(
            f"**{browser_name(row.browser)}**  \n{place} · {_('最近使用 {when}', when=moment(row.last_seen_at))}",
            width="stretch",
        )
        if row.here or not st.button(_("退出"), key=f"revoke-{row.id}", icon=":material/logout:"):
            return None
    return Wish(_("已退出该浏览器"), lambda db, _actor: access.revoke_own(db, person, row.id))


def _nothing(_count: int) -> None:
    return None
