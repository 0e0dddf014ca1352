"""`backup`, `restore`, `check`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core import settings
from core.cli.console import Console
from core.cli.documents import run_jobs
from core.errors import BadInput
from core.i18n import Message
from core.instance import Instance, open_instance
from core.storage import replacing
from core.upkeep import backup, checks


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to the grammar."""
    save = commands.add_parser("backup", parents=[common], help="copy everything into a new folder, while the server runs")
    save.add_argument("folder", type=Path, metavar="DIR")
    save.set_defaults(run=_backup)
    back = commands.add_parser("restore", parents=[common], help="put a backup in place; what was there is moved aside")
    back.add_argument("folder", type=Path, metavar="DIR")
    back.set_defaults(run=_restore)
    check = commands.add_parser("check", parents=[common], help="look whether files, texts and index fit together")
    check.add_argument("--repair", action="store_true", help="index anew what is damaged and can be")
    check.set_defaults(run=_check)


def _opened(options: argparse.Namespace, console: Console) -> Instance:
    """The house that is there. Opening makes one where there is none: a wrong --data would be saved empty, and found sound."""
    plain = settings.load(data=options.data)
    if replacing.finish(plain.data):
        console.say(Message("一次恢复在换目录时中断，现已放好。被换下的数据若有，在 {data} 旁边带日期的文件夹里。", data=str(plain.data)))
    if not plain.database_url and not (plain.data / "cexun.db").exists():
        raise BadInput(Message("{data} 里没有策训的数据。请核对 --data 或 CEXUN_DATA。", data=str(plain.data)))
    return open_instance(options.data)


def _backup(options: argparse.Namespace, console: Console) -> int:
    instance = _opened(options, console)
    try:
        saved = backup.save(instance.database, instance.index, instance.settings, options.folder)
    finally:
        instance.close()
    said = Message(
        "已备份到 {folder}：{files} 个文件，{size} MB。", folder=str(options.folder), files=saved.files, size=saved.bytes // 1_000_000
    )
    console.result({"folder": str(options.folder), "files": saved.files, "bytes": saved.bytes}, [said.render(console.language)])
    return 0


def _restore(options: argparse.Namespace, console: Console) -> int:
    plain = settings.load(data=options.data)
    aside = backup.restore(plain, options.folder)
    lines = [Message("已从 {folder} 恢复到 {data}。", folder=str(options.folder), data=str(plain.data)).render(console.language)]
    if aside is not None:
        lines.append(Message("原来的数据移到了 {folder}。", folder=str(aside)).render(console.language))
    console.result({"data": str(plain.data), "aside": str(aside) if aside else None}, lines)
    return 0


def _check(options: argparse.Namespace, console: Console) -> int:
    instance = _opened(options, console)
    try:
        if options.repair:
            run_jobs(instance, checks.repair(instance.database, instance.index, instance.settings), console)
        report = checks.check(instance.database, instance.index, instance.settings)
    finally:
        instance.close()
    problems = [{"subject": problem.subject, "message": problem.message.render(console.language)} for problem in report.problems]
    counts = {"documents": report.documents, "passages": report.passages, "vectors": report.vectors}
    summary = Message("{documents} 份文件，{passages} 个段落。", documents=report.documents, passages=report.passages)
    lines = [f"✗ {problem['message']}" for problem in problems] + [summary.render(console.language)]
    console.result({"ok": not problems, **counts, "problems": problems}, lines)
    return 1 if problems else 0
