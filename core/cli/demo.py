"""`demo load | clear`: the sample branch."""

from __future__ import annotations

import argparse
from typing import Any

from core.access.actor import LOCAL_ADMINISTRATOR
from core.cli.console import Console
from core.cli.documents import run_jobs
from core.demo import service as demo
from core.demo.peopling import OWN_PEOPLE
from core.i18n import Message
from core.instance import open_instance


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to the grammar."""
    top = commands.add_parser("demo", help="the fictional sample branch")
    actions = top.add_subparsers(dest="action", required=True)
    actions.add_parser("load", parents=[common], help="build it and take it into the library").set_defaults(run=_load)
    actions.add_parser("clear", parents=[common], help="remove all of it").set_defaults(run=_clear)


def _load(options: argparse.Namespace, console: Console) -> int:
    sample = demo.build_files()
    instance = open_instance(options.data)
    try:
        with instance.database.writing() as db:
            loaded = demo.load(db, instance.settings, LOCAL_ADMINISTRATOR, sample)
        run_jobs(instance, loaded.job_ids, console)
        with instance.database.reading() as db:
            failure = demo.standing(db, LOCAL_ADMINISTRATOR).failure
    finally:
        instance.close()
    documents = [{"id": added.document_id, "title": added.title, "outcome": added.outcome.value} for added in loaded.added]
    if failure is not None:
        console.complain(Message("示例的已解码年度没有整理完。{reason}", reason=failure).render(console.language))
        return 1
    said = Message(
        "示例分行已载入：{n} 份文件；“{unit}”的 {decoded} 年计划已解码，{year} 年计划等待开始。",
        n=len(documents),
        unit=demo.BRANCH,
        decoded=str(loaded.decoded.year),
        year=str(loaded.plan.year),
    )
    lines = [said] if loaded.people else [said, OWN_PEOPLE]
    found = {"plan": loaded.plan.id, "decoded_plan": loaded.decoded.id, "documents": documents, "people": loaded.people}
    console.result(found, [one.render(console.language) for one in lines])
    return 0


def _clear(options: argparse.Namespace, console: Console) -> int:
    instance = open_instance(options.data)
    try:
        with instance.database.writing() as db:
            queued = demo.clear(db, instance.settings, LOCAL_ADMINISTRATOR)
        run_jobs(instance, queued, console)
    finally:
        instance.close()
    said = Message("示例分行已移除：{n} 份文件。", n=len(queued))
    console.result({"removed": len(queued)}, [said.render(console.language)])
    return 0
