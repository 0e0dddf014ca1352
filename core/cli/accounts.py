"""`user add | list | link | enable | disable | delete`: the people of the product."""

from __future__ import annotations

import argparse
from typing import Any

from core.access import service as access
from core.access.accounts import Person
from core.access.actor import LOCAL_ADMINISTRATOR, ROLE_NAMES, Role
from core.cli.console import Console
from core.errors import NotFound
from core.i18n import Message
from core.instance import Instance, open_instance
from core.privacy import accounts as closing
from core.storage import Session


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to the grammar."""
    top = commands.add_parser("user", help="the people who may sign in")
    actions = top.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", parents=[common], help="add a person; prints a one-time link to choose a password")
    add.add_argument("login")
    add.add_argument("--name", default="")
    add.add_argument("--email", default="", help="for the bank's own sign-in")
    add.add_argument("--role", action="append", choices=[role.value for role in Role], required=True)
    add.set_defaults(run=_add)
    actions.add_parser("list", parents=[common], help="everybody").set_defaults(run=_list)
    for name, run, help_ in (
        ("link", _link, "a new one-time link to choose a password"),
        ("disable", _disable, "end all sign-ins of a person and let them in no more"),
        ("enable", _enable, "let a disabled or locked person in again"),
    ):
        command = actions.add_parser(name, parents=[common], help=help_)
        command.add_argument("login")
        command.set_defaults(run=run)
    delete = actions.add_parser("delete", parents=[common], help="delete an account for good; records keep the person's name")
    delete.add_argument("login")
    delete.add_argument("--confirm", metavar="LOGIN", required=True, help="the login once more: this cannot be undone")
    delete.set_defaults(run=_delete)


def _add(options: argparse.Namespace, console: Console) -> int:
    instance = open_instance(options.data)
    try:
        with instance.database.writing() as db:
            roles = [Role(role) for role in options.role]
            access.add(db, LOCAL_ADMINISTRATOR, options.login, options.name or options.login, roles, options.email)
            link = _address(instance, access.invite(db, LOCAL_ADMINISTRATOR, _find(db, options.login).id))
    finally:
        instance.close()
    said = Message("已添加 {login}。请把这个一次性链接交给本人（7 天内有效）：{link}", login=options.login, link=link)
    console.result({"login": options.login, "roles": options.role, "link": link}, [said.render(console.language)])
    return 0


def _list(options: argparse.Namespace, console: Console) -> int:
    instance = open_instance(options.data)
    try:
        with instance.database.reading() as db:
            people = access.people(db, LOCAL_ADMINISTRATOR)
    finally:
        instance.close()
    rows = [
        {
            "login": one.login,
            "name": one.name,
            "email": one.email,
            "roles": sorted(role.value for role in one.roles),
            "enabled": one.enabled,
        }
        for one in people
    ]
    console.result(rows, [_line(one, console) for one in people])
    return 0


def _line(one: Person, console: Console) -> str:
    roles = Message.listed(ROLE_NAMES[role] for role in Role if role in one.roles).render(console.language)
    state = Message("启用") if one.enabled else Message("停用")
    return f"{one.login:<20} {one.name:<12} {state.render(console.language)}  {roles}"


def _link(options: argparse.Namespace, console: Console) -> int:
    instance = open_instance(options.data)
    try:
        with instance.database.writing() as db:
            link = _address(instance, access.invite(db, LOCAL_ADMINISTRATOR, _find(db, options.login).id))
    finally:
        instance.close()
    console.result({"login": options.login, "link": link}, [link])
    return 0


def _disable(options: argparse.Namespace, console: Console) -> int:
    return _switch(options, console, enabled=False)


def _enable(options: argparse.Namespace, console: Console) -> int:
    return _switch(options, console, enabled=True)


def _switch(options: argparse.Namespace, console: Console, *, enabled: bool) -> int:
    instance = open_instance(options.data)
    try:
        with instance.database.writing() as db:
            change = access.enable if enabled else access.disable
            change(db, LOCAL_ADMINISTRATOR, _find(db, options.login).id)
    finally:
        instance.close()
    said = Message("已启用 {login}。", login=options.login) if enabled else Message("已停用 {login}，其登录全部失效。", login=options.login)
    console.result({"login": options.login, "enabled": enabled}, [said.render(console.language)])
    return 0


def _delete(options: argparse.Namespace, console: Console) -> int:
    instance = open_instance(options.data)
    try:
        with instance.database.writing() as db:
            person = _find(db, options.login)
            closing.delete(db, LOCAL_ADMINISTRATOR, person.id, person.version, options.confirm)
    finally:
        instance.close()
    said = Message("已删除 {name} 的账户", name=person.name)
    console.result({"login": person.login, "deleted": True}, [said.render(console.language)])
    return 0


def _find(db: Session, login: str) -> Person:
    found = next((one for one in access.people(db, LOCAL_ADMINISTRATOR) if one.login == login.strip().casefold()), None)
    if found is None:
        raise NotFound(Message("没有登录名为“{login}”的人员。", login=login))
    return found


def _address(instance: Instance, token: str) -> str:
    return f"{(instance.settings.public_url or 'http://localhost:8501').rstrip('/')}/welcome/{token}"
