"""`share create | list | revoke`: links by which a page is read without an account."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.access.actor import LOCAL_ADMINISTRATOR
from core.cli.console import Console
from core.cli.grammar import number, whole
from core.errors import BadInput
from core.i18n import Message
from core.instance import Instance, open_instance
from core.shares import service as shares
from core.shares.service import LinkView
from core.shares.terms import SHARED_PAGE_NAMES, SharedPage
from core.snapshots import service as snapshots
from core.snapshots.service import Wanted


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to the grammar."""
    top = commands.add_parser("share", help="links by which a page is read without an account")
    actions = top.add_subparsers(dest="action", required=True)
    create = actions.add_parser("create", parents=[common], help="make a link; prints its address, which is never shown again")
    create.add_argument("page", choices=[page.value for page in SharedPage])
    create.add_argument("--plan", type=number, required=True, help="the number of the annual plan")
    create.add_argument("--days", type=whole, default=30, help="how long it opens the page")
    create.add_argument("--password", default="")
    create.add_argument("--note", default="", help="whom it is for")
    create.add_argument("--as-of-now", action="store_true", help="keep what the page shows now; the link shows that, whatever comes later")
    create.set_defaults(run=_create)
    actions.add_parser("list", parents=[common], help="all links").set_defaults(run=_list)
    revoke = actions.add_parser("revoke", parents=[common], help="close a link at once and for good")
    revoke.add_argument("id", type=number)
    revoke.set_defaults(run=_revoke)


def _create(options: argparse.Namespace, console: Console) -> int:
    instance = open_instance(options.data)
    try:
        if not instance.settings.shares:
            raise BadInput(Message("共享链接已被系统管理员关闭。"))
        with instance.database.writing() as db:
            wanted = Wanted(SharedPage(options.page), options.days, options.password, options.note, options.as_of_now)
            token = snapshots.create(db, LOCAL_ADMINISTRATOR, options.plan, wanted)
            made, taken = shares.links(db, LOCAL_ADMINISTRATOR)[0], snapshots.taken(db, LOCAL_ADMINISTRATOR)
        address = _address(instance, token)
    finally:
        instance.close()
    console.result({**_row(made, taken), "link": address}, [address])
    return 0


def _list(options: argparse.Namespace, console: Console) -> int:
    instance = open_instance(options.data)
    try:
        with instance.database.reading() as db:
            made, taken = shares.links(db, LOCAL_ADMINISTRATOR), snapshots.taken(db, LOCAL_ADMINISTRATOR)
    finally:
        instance.close()
    console.result([_row(one, taken) for one in made], [_line(one, console) for one in made])
    return 0


def _revoke(options: argparse.Namespace, console: Console) -> int:
    instance = open_instance(options.data)
    try:
        with instance.database.writing() as db:
            shares.revoke(db, LOCAL_ADMINISTRATOR, options.id)
    finally:
        instance.close()
    console.result({"id": options.id, "open": False}, [Message("链接 {id} 已作废。", id=options.id).render(console.language)])
    return 0


def _row(one: LinkView, taken: Mapping[int, datetime]) -> dict[str, Any]:
    return {
        "id": one.id,
        "page": one.row.page.value,
        "plan": one.row.plan_id,
        "note": one.row.note,
        "password": bool(one.row.password_hash),
        "expires": one.row.expires_at.isoformat(),
        "uses": one.row.uses,
        "used": one.row.used_at.isoformat() if one.row.used_at else None,
        "open": one.open,
        "as_of": taken[one.id].isoformat() if one.id in taken else None,
    }


def _line(one: LinkView, console: Console) -> str:
    state = Message("可打开") if one.open else Message("已关闭")
    name = SHARED_PAGE_NAMES[one.row.page].render(console.language)
    return f"{one.id:>4}  {state.render(console.language)}  {name} · {one.plan}  {one.row.expires_at:%Y-%m-%d}  {one.row.note}"


def _address(instance: Instance, token: str) -> str:
    return f"{(instance.settings.public_url or 'http://localhost:8501').rstrip('/')}/share/{token}"
