"""Pieces of the page of people: the table, one person's settings, the form for a new one, a fresh link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.access import service as access
from core.access.actor import ROLE_NAMES, Actor, Role
from core.access.service import Person
from core.editing.comparing import Field
from core.i18n import Message
from pages.settings.parts.places import here, welcome_address
from pages.settings.parts.wish import Wish
from pages.shared.record_form import Record, record_form
from pages.shared.text import _, joined

_FIELDS = {"name": Field(Message("姓名")), "email": Field(Message("邮箱")), "roles": Field(Message("角色"), ROLE_NAMES)}


def people_table(everybody: Sequence[Person]) -> None:
    """All people with their roles and whether they can come in."""
    name, login, roles, state, seen = _("姓名"), _("登录名"), _("角色"), _("状态"), _("最近使用")
    rows = [
        {
            name: person.name,
            login: person.login,
            roles: joined(role_name(role) for role in Role if role in person.roles),
            state: state_of(person),
            _("邮箱"): person.email,
            seen: here(person.last_seen_at),
        }
        for person in everybody
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={seen: st.column_config.DatetimeColumn(seen, format="YYYY-MM-DD HH:mm")},
        placeholder="—",
        alt=_("人员列表"),
    )


def choose_person(everybody: Sequence[Person]) -> Person:
    """Whom the settings below are about."""
    return st.selectbox(_("选择人员"), everybody, format_func=lambda person: f"{person.name} ({person.login})", key="person")


def person_panel(person: Person, is_self: bool) -> Wish | None:
    """One person's name, roles and ways in; returns what the reader of the page wants changed."""
    with st.container(border=True):
        return _details(person) or _ways_in(person, is_self)


def invite_form() -> Wish | None:
    """The form for a new person; the wish returns the token of their one-time link."""
    with st.form("new-person", clear_on_submit=True, border=True):
        st.subheader(_("添加人员"))
        left, right = st.columns(2)
        name = left.text_input(_("姓名"), placeholder=_("例如：李敏"))
        login = right.text_input(_("登录名"), placeholder=_("例如：limin 或工号"))
        email = st.text_input(_("邮箱（用于行内统一身份登录，可不填）"), placeholder="name@bank.example")
        roles = _roles("new-person-roles", [Role.UNIT_MANAGER])
        if not st.form_submit_button(_("添加并生成链接"), type="primary"):
            return None

    def act(db: Any, actor: Actor) -> str:
        person = access.add(db, actor, login, name, roles, email)
        return access.invite(db, actor, person.id)

    return Wish(_("已添加 {name}", name=name), act)


def show_link(token: str) -> None:
    """A link that has just been made. It is shown now and never again: only its hash is kept."""
    st.info(
        _("请把这个链接发给本人。它 7 天内有效，只能用一次，打开后设置密码即可进入。离开本页后不再显示。"),
        title=_("一次性链接"),
        icon=":material/link:",
    )
    st.code(welcome_address(token), language=None, wrap_lines=True)


def role_name(role: Role) -> str:
    """A role in the reader's language."""
    return _(ROLE_NAMES[role].text)


def state_of(person: Person) -> str:
    """Whether a person can come in, in a word."""
    if not person.enabled:
        return _("已停用")
    if person.locked_until:
        return _("暂时锁定")
    if not person.has_password and person.link_until:
        return _("等待设置密码")
    return _("可登录") if person.has_password or person.email else _("未设置密码")


def _details(person: Person) -> Wish | None:
    stored: dict[str, Any] = {"name": person.name, "email": person.email, "roles": frozenset(person.roles)}
    record = Record("account", person.id, person.version, actions=("account_renamed", "account_roles_changed"))
    written = record_form("person", record, stored, _FIELDS, _fields)
    if written is None:
        return None
    name, email, roles = (written.value[each] for each in ("name", "email", "roles"))

    def act(db: Any, actor: Actor) -> None:
        if roles != person.roles:
            access.change_roles(db, actor, person.id, person.version, [role for role in Role if role in roles])
        if (name, email) != (person.name, person.email):
            access.rename(db, actor, person.id, None if roles != person.roles else person.version, name, email)

    return Wish(written.done(_("已保存")), act)


def _fields(known: dict[str, Any], key: str) -> dict[str, Any] | None:
    with st.form(key, border=False):
        left, right = st.columns(2)
        name = left.text_input(_("姓名"), value=known["name"], key=f"{key}_name")
        email = right.text_input(_("邮箱"), value=known["email"], placeholder="name@bank.example", key=f"{key}_email")
        roles = _roles(f"{key}_roles", [role for role in Role if role in known["roles"]])
        pressed = st.form_submit_button(_("保存"), key=f"{key}_save")
    return {"name": name, "email": email, "roles": frozenset(roles)} if pressed else None


def _ways_in(person: Person, is_self: bool) -> Wish | None:
    with st.container(horizontal=True):
        if person.enabled:
            link = st.button(_("生成重置密码链接"), icon=":material/link:", key=f"link-{person.id}")
            off = st.button(_("停用此人"), icon=":material/block:", key=f"off-{person.id}", disabled=is_self)
            on = False
        else:
            on = st.button(_("重新启用"), icon=":material/check:", key=f"on-{person.id}")
            link = off = False
    st.caption(_("停用后立即退出所有浏览器；资料和记录都保留，可随时重新启用。"))
    if link:
        return Wish(_("已生成链接"), lambda db, actor: access.invite(db, actor, person.id))
    if off:
        return Wish(_("已停用 {name}", name=person.name), lambda db, actor: access.disable(db, actor, person.id))
    if on:
        return Wish(_("已启用 {name}", name=person.name), lambda db, actor: access.enable(db, actor, person.id))
    return None


def _roles(key: str, chosen: list[Role]) -> list[Role]:
    return st.pills(_("角色"), list(Role), default=chosen, selection_mode="multi", format_func=role_name, key=key)
