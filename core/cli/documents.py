"""`documents add | list | show | remove`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from core.access.actor import LOCAL_ADMINISTRATOR, Role
from core.cli.console import Console
from core.cli.grammar import number
from core.documents import service
from core.documents.files import READABLE_ENDINGS, check_size, is_nobodys, is_readable
from core.documents.indexing import REFINE_JOB
from core.documents.service import Added, Entry, Outcome
from core.documents.tables import Document, DocumentKind, IndexState
from core.errors import BadInput, CexunError, file_reason
from core.i18n import Message
from core.instance import Instance, open_instance
from core.jobs import repository as jobs
from core.jobs.tables import Job

_OUTCOMES = {
    Outcome.ADDED: Message("已加入"),
    Outcome.NEW_EDITION: Message("已加入为新版本"),
    Outcome.UNCHANGED: Message("内容未变，已跳过"),
    Outcome.RESTORED: Message("已从回收站恢复"),
}


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to the grammar."""
    top = commands.add_parser("documents", help="the library")
    actions = top.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", parents=[common], help="add files; a folder is walked")
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    add.add_argument("--kind", choices=[kind.value for kind in DocumentKind], default=DocumentKind.HQ.value)
    add.add_argument("--readers", default="", help="roles that may see them, separated by commas: hr,manager,executive")
    add.set_defaults(run=_add)
    show_all = actions.add_parser("list", parents=[common], help="what is there")
    show_all.set_defaults(run=_list)
    show = actions.add_parser("show", parents=[common], help="one document with its text")
    show.add_argument("id", type=number)
    show.set_defaults(run=_show)
    remove = actions.add_parser("remove", parents=[common], help="remove a document; it can come back for 30 days")
    remove.add_argument("id", type=number)
    remove.add_argument("--for-good", action="store_true", help="delete file and text at once")
    remove.set_defaults(run=_remove)


def _add(options: argparse.Namespace, console: Console) -> int:
    paths = list(_walk(options.paths))
    readers = [_role(name) for name in options.readers.split(",") if name.strip()] or None
    instance = open_instance(options.data)
    try:
        taken: list[tuple[Path, Added | None, str]] = []
        for path in paths:
            batch = [added.document_id for _, added, _ in taken if added]
            taken.append(_add_one(instance, path, DocumentKind(options.kind), readers, batch, console))
        run_jobs(instance, [added.job_id for _, added, _ in taken if added and added.job_id], console)
        results = [_result(instance, path, added, problem, console) for path, added, problem in taken]
    finally:
        instance.close()
    console.result(results, [_line(result, console) for result in results])
    return 0 if any(result["state"] == IndexState.READY for result in results) else 2


def _add_one(
    instance: Instance, path: Path, kind: DocumentKind, readers: Sequence[Role] | None, batch: Sequence[int], console: Console
) -> tuple[Path, Added | None, str]:
    try:
        content = _content(path, instance.settings.max_file_megabytes)
        with instance.database.writing() as db:
            actor, settings = LOCAL_ADMINISTRATOR, instance.settings
            return path, service.add(db, settings, actor, path.name, content, kind, readers=readers, apart_from=batch), ""
    except OSError as error:
        where = str(instance.settings.uploads)
        problem = Message("无法写入文件 {path}：{reason}", path=where, reason=file_reason(error)).render(console.language)
    except CexunError as failure:
        problem = failure.render(console.language)
    console.complain(problem)
    return path, None, problem


def _content(path: Path, limit: int) -> bytes:
    try:
        check_size(path.name, path.stat().st_size, limit)
        return path.read_bytes()
    except OSError as error:
        raise BadInput(Message("无法读取文件 {path}：{reason}", path=str(path), reason=file_reason(error))) from error


def _result(instance: Instance, path: Path, added: Added | None, problem: str, console: Console) -> dict[str, Any]:
    if added is None:
        return {"path": str(path), "id": None, "title": None, "outcome": "refused", "state": "failed", "error": problem}
    with instance.database.reading() as db:
        row = service.find(db, LOCAL_ADMINISTRATOR, added.document_id)
    error = Message.from_json(row.error).render(console.language) if row.error else None
    if error:
        console.complain(f"{path}: {error}")
    return {"path": str(path), "outcome": added.outcome.value, **_summary(row), "error": error}


def _line(result: dict[str, Any], console: Console) -> str:
    if result["error"]:
        return f"✗ {result['path']}"
    outcome = _OUTCOMES[Outcome(result["outcome"])].render(console.language)
    return f"{result['id']:>5}  {outcome}  {result['title']}"


def run_jobs(instance: Instance, job_ids: Sequence[int], console: Console) -> None:
    """See the jobs of a command through, with progress on stderr, and bring the index up to date. A server may take some of them."""

    def watch(job: Job, stage: str, done: int, total: int) -> None:
        console.progress(f"{stage} {done}/{total}  (#{job.subject_id})")

    instance.worker.finish(list(job_ids), watch)
    with instance.database.reading() as db:
        subjects = [job.subject_id for job_id in job_ids if (job := jobs.get(db, job_id))]
        refining = [job.id for job in jobs.open_of(db, REFINE_JOB, subjects) if job.id is not None]
    instance.worker.finish(refining, watch)
    instance.indexing.tidy()


def _walk(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if _is_worth_reading(p))
            if not found:
                endings = Message.listed(READABLE_ENDINGS)
                raise BadInput(Message("文件夹 {path} 里没有可以读取的文件（{endings}）。", path=str(path), endings=endings))
            yield from found
        elif path.exists():
            yield path
        else:
            raise BadInput(Message("没有这个文件或文件夹：{path}", path=str(path)))


def _is_worth_reading(path: Path) -> bool:
    return path.is_file() and is_readable(path.name) and not is_nobodys(path.name)


def _list(options: argparse.Namespace, console: Console) -> int:
    instance = open_instance(options.data)
    try:
        with instance.database.reading() as db:
            entries = service.entries(db, LOCAL_ADMINISTRATOR)
    finally:
        instance.close()
    console.result(
        [_listed(entry, console) for entry in entries],
        [f"{entry.document.id:>5}  {entry.document.state.value:<9} {entry.document.title}" for entry in entries],
    )
    return 0


def _listed(entry: Entry, console: Console) -> dict[str, Any]:
    return {
        **_summary(entry.document),
        "readers": sorted(role.value for role in entry.readers),
        "editions": entry.editions,
        "error": entry.error.render(console.language) if entry.error else None,
    }


def _summary(row: Document) -> dict[str, Any]:
    return {
        "id": row.id,
        "document": row.file_name,
        "title": row.title,
        "kind": row.kind.value,
        "state": row.state.value,
        "type": row.file_type,
        "pages": row.pages,
        "passages": row.passages,
        "language": row.language,
        "size": row.size,
        "edition": row.edition,
        "current": row.current,
        "sample": row.sample,
        "added_at": row.added_at.isoformat(),
    }


def _show(options: argparse.Namespace, console: Console) -> int:
    instance = open_instance(options.data)
    try:
        with instance.database.reading() as db:
            opened = service.open_document(db, LOCAL_ADMINISTRATOR, options.id)
    finally:
        instance.close()
    text = opened.parsed.text if opened.parsed else ""
    headings = [
        {"level": block.level, "page": block.page, "text": text[block.start : block.end]}
        for block in (opened.parsed.blocks if opened.parsed else ())
        if block.kind == "heading"
    ]
    console.result({**_summary(opened.document), "headings": headings, "text": text}, [opened.document.title, "", text])
    return 0


def _remove(options: argparse.Namespace, console: Console) -> int:
    instance = open_instance(options.data)
    try:
        with instance.database.writing() as db:
            title = service.find(db, LOCAL_ADMINISTRATOR, options.id).title
            job = service.remove(db, LOCAL_ADMINISTRATOR, options.id)
        run_jobs(instance, [job], console)
        if options.for_good:
            with instance.database.writing() as db:
                forget = service.remove_for_good(db, instance.settings, LOCAL_ADMINISTRATOR, options.id)
            run_jobs(instance, [forget], console)
    finally:
        instance.close()
    said = (
        Message("已彻底删除《{title}》。", title=title)
        if options.for_good
        else Message("已移除《{title}》，30 天内可以恢复。", title=title)
    )
    console.result({"id": options.id, "removed": True, "for_good": options.for_good}, [said.render(console.language)])
    return 0


def _role(name: str) -> Role:
    try:
        return Role(name.strip())
    except ValueError as error:
        raise BadInput(
            Message("没有“{name}”这个角色。可用：{roles}", name=name, roles=Message.listed(role.value for role in Role))
        ) from error
