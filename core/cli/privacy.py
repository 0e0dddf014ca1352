"""`privacy show | export | erase | sweep`: what is held on a person, handed out or deleted."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core import clock
from core.access.actor import LOCAL_ADMINISTRATOR
from core.cli.console import Console, write_bytes
from core.i18n import Message
from core.instance import open_instance
from core.privacy import retention, service
from core.privacy.kinds import KINDS
from core.privacy.terms import KEPT_NAMES


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to the grammar."""
    top = commands.add_parser("privacy", help="what is held on a person: handed out, or deleted for good")
    actions = top.add_subparsers(dest="action", required=True)
    show = actions.add_parser("show", parents=[common], help="how many records of each kind there are")
    export = actions.add_parser("export", parents=[common], help="all of them as an Excel file")
    erase = actions.add_parser("erase", parents=[common], help="delete all of them; cannot be undone")
    for one in (show, export, erase):
        one.add_argument("employee_no")
    export.add_argument("-o", "--out", required=True, type=Path, metavar="FILE.xlsx")
    erase.add_argument("--reason", required=True)
    show.set_defaults(run=_show)
    export.set_defaults(run=_export)
    erase.set_defaults(run=_erase)
    actions.add_parser("sweep", parents=[common], help="delete what is over its time").set_defaults(run=_sweep)


def _show(options: argparse.Namespace, console: Console) -> int:
    instance = open_instance(options.data)
    try:
        with instance.database.reading() as db:
            person = service.numbered(db, LOCAL_ADMINISTRATOR, options.employee_no)
            held = service.held(db, LOCAL_ADMINISTRATOR, person.id)
    finally:
        instance.close()
    lines = [f"{number:>6}  {KINDS[name].title.render(console.language)}" for name, number in held.records.items()]
    console.result({"employee_no": person.employee_no, "records": held.records, "log_entries": held.entries}, lines)
    return 0


def _export(options: argparse.Namespace, console: Console) -> int:
    instance = open_instance(options.data)
    try:
        with instance.database.writing() as db:
            person = service.numbered(db, LOCAL_ADMINISTRATOR, options.employee_no)
            content = service.export(db, LOCAL_ADMINISTRATOR, person.id, console.language)
            write_bytes(options.out, content)
    finally:
        instance.close()
    console.result({"employee_no": person.employee_no, "file": str(options.out)}, [str(options.out)])
    return 0


def _erase(options: argparse.Namespace, console: Console) -> int:
    instance = open_instance(options.data)
    try:
        with instance.database.writing() as db:
            person = service.numbered(db, LOCAL_ADMINISTRATOR, options.employee_no)
            gone = service.erase(db, LOCAL_ADMINISTRATOR, person.id, person.version, person.employee_no, options.reason)
    finally:
        instance.close()
    said = Message("已删除 {n} 条记录。以前的备份里仍有这个人，恢复备份后请再删除一次。", n=gone)
    console.result({"employee_no": options.employee_no, "records": gone}, [said.render(console.language)])
    return 0


def _sweep(options: argparse.Namespace, console: Console) -> int:
    instance = open_instance(options.data)
    try:
        with instance.database.writing() as db:
            gone = retention.sweep(db, clock.today())
    finally:
        instance.close()
    lines = [f"{number:>6}  {KEPT_NAMES[kept].render(console.language)}" for kept, number in gone.items()]
    console.result({kept.value: number for kept, number in gone.items()}, lines)
    return 0
