"""The ways outside: the switch, the mail server, the robots of groups, each tried with a button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import streamlit as st

from core import administration
from core.access.actor import Actor
from core.errors import CexunError
from core.i18n import LANGUAGES, Message
from core.instance import instance
from core.notices import reach
from core.notices.groups import address_of, host_of
from core.notices.terms import CHANNEL_NAMES, Channel
from core.settings import MailSecurity, Settings, from_environment
from pages.shared import state
from pages.shared.database import acting
from pages.shared.languages import LANGUAGE_NAMES
from pages.shared.page import MEASURE
from pages.shared.text import _, literal

_SAVED = "notice_channels_saved"
_SECURITIES = {
    "starttls": Message("STARTTLS（一般是 587 端口）"),
    "tls": Message("TLS（一般是 465 端口）"),
    "none": Message("不加密（一般是 25 端口，仅限行内中继）"),
}


def channels_forms(actor: Actor, settings: Settings) -> None:
    """All of them."""
    with st.container(width=MEASURE):
        _switch(actor, settings)
        _mail(actor, settings)
        _group(actor, settings, Channel.DINGTALK, "https://oapi.dingtalk.com/robot/send?access_token=…")
        _group(actor, settings, Channel.WECOM, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…")


def _switch(actor: Actor, settings: Settings) -> None:
    with st.container(border=True), st.form("notices_outside", border=False):
        st.subheader(_("对外发送"), anchor=False)
        on = st.toggle(_("允许把通知发到系统外"), value=settings.notices_outside, disabled=from_environment("notices_outside"))
        st.caption(_("关闭时通知只登在系统内，本系统不连接任何邮件服务器或群。关闭以后，还没送出的不再送。"))
        if not settings.public_url:
            st.caption(_("服务器没有设置对外地址（CEXUN_PUBLIC_URL），通知里没有可点的地址，只写“请登录策训”。"))
        language = st.segmented_control(
            _("发到群里的话用哪种语言"),
            LANGUAGES,
            default=settings.groups_language,
            format_func=LANGUAGE_NAMES.__getitem__,
            disabled=from_environment("groups_language"),
            key="groups_language",
            required=True,
        )
        if st.form_submit_button(_("保存"), type="primary"):
            _save(actor, {"notices_outside": on, "groups_language": language})


def _mail(actor: Actor, settings: Settings) -> None:
    names = {name: _(said) for name, said in _SECURITIES.items()}
    with st.container(border=True):
        st.subheader(_("邮件"), anchor=False)
        with st.form("smtp", border=False):
            fixed = from_environment("smtp_host")
            host = st.text_input(_("邮件服务器"), settings.smtp_host, placeholder="smtp.bank.example", disabled=fixed)
            with st.container(horizontal=True):
                port = st.number_input(_("端口"), 1, 65535, settings.smtp_port, disabled=from_environment("smtp_port"), width=130)
                security = st.selectbox(
                    _("加密方式"),
                    get_args(MailSecurity),
                    index=get_args(MailSecurity).index(settings.smtp_security),
                    format_func=names.__getitem__,
                    placeholder=_("请选择"),
                    disabled=from_environment("smtp_security"),
                    width="stretch",
                )
            sender = st.text_input(
                _("发件地址"), settings.smtp_sender, placeholder="hr@bank.example", disabled=from_environment("smtp_sender")
            )
            fixed = from_environment("smtp_user")
            user = st.text_input(_("用户名（不需要登录可留空）"), settings.smtp_user, disabled=fixed, autocomplete="off")
            secret = _secret(_("密码"), "smtp_password", there=bool(settings.smtp_password))
            saved = st.form_submit_button(_("保存"), type="primary", key="smtp_save")
        if saved:
            values = {"smtp_host": host, "smtp_port": int(port), "smtp_security": security, "smtp_sender": sender, "smtp_user": user}
            _save(actor, {**values, **({"smtp_password": secret} if secret else {})})
        _try(actor, settings, Channel.EMAIL)
        _forget(actor, "smtp_password", there=bool(settings.smtp_password), label=_("删除已保存的密码"))


def _group(actor: Actor, settings: Settings, channel: Channel, example: str) -> None:
    name = "dingtalk_url" if channel is Channel.DINGTALK else "wecom_url"
    address = address_of(settings, channel)
    with st.container(border=True):
        st.subheader(_(CHANNEL_NAMES[channel]), anchor=False)
        st.caption(_("群机器人的地址里有口令，只存在服务器上，不再显示。群里只发数目和地址，不发人名。"))
        if address:
            st.markdown(f":green[:material/check_circle:] {_('已填写：{host}', host=literal(host_of(address)))}")
        with st.form(name, border=False):
            typed = _secret(_("机器人地址"), name, there=bool(address), example=example)
            secret = ""
            if channel is Channel.DINGTALK:
                secret = _secret(_("加签密钥（以 SEC 开头）"), "dingtalk_secret", there=bool(settings.dingtalk_secret))
            saved = st.form_submit_button(_("保存"), type="primary", key=f"{name}_save")
        if saved:
            _save(actor, {key: value for key, value in ((name, typed), ("dingtalk_secret", secret)) if value})
        _try(actor, settings, channel)
        _forget(actor, name, there=bool(address), label=_("删除已保存的地址"))


def _secret(label: str, name: str, *, there: bool, example: str = "") -> str:
    shown = _("已保存；留空则不变") if there else example
    # What was saved is not kept in the field: with each saving it is another one.
    key = f"secret_{name}_{state.get(_SAVED, 0)}"
    return st.text_input(label, type="password", placeholder=shown, disabled=from_environment(name), autocomplete="off", key=key).strip()


def _try(actor: Actor, settings: Settings, channel: Channel) -> None:
    if not st.button(_("试发一条"), icon=":material/network_check:", key=f"try_{channel.value}"):
        return
    ready = None
    with acting(rerun=False) as db:
        ready = reach.try_out(db, actor, settings, channel)
    if ready is None:
        return
    with st.spinner(_("正在试发……")):
        found = reach.try_now(settings, actor, channel, ready, _("策训的试发通知，收到即表示配置可用。"))
    (st.success if found.ok else st.error)(literal(_(found.message)))


def _forget(actor: Actor, name: str, *, there: bool, label: str) -> None:
    if there and not from_environment(name) and st.button(label, type="tertiary", key=f"forget_{name}"):
        # The secret of a robot is of no use without its address.
        _save(actor, {name: "", **({"dingtalk_secret": ""} if name == "dingtalk_url" else {})})


def _save(actor: Actor, values: Mapping[str, Any]) -> None:
    typed = {name: value.strip() if isinstance(value, str) else value for name, value in values.items() if not from_environment(name)}
    try:
        administration.change(actor, instance(), typed)
    except CexunError as failure:
        st.error(literal(_(failure.message)))
        return
    state.put(_SAVED, state.get(_SAVED, 0) + 1)
    state.say_next(_("已保存"))
    st.rerun()
