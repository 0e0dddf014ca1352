"""Backup and restore of a whole data directory.

A backup is a folder with a consistent copy of the database (always as SQLite, whatever the server uses), the original files, the keys and
the index, and a manifest with the SHA-256 of each file. It may be made while the server runs.
"""

from __future__ import annotations

import errno
import hashlib
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from filelock import Timeout
from sqlmodel import SQLModel

import core.tables  # noqa: F401  (all tables must be known to be copied)
from core.documents.index import Index
from core.errors import BadInput, Conflict, Unavailable, file_reason
from core.i18n import Message
from core.instance import serving_lock
from core.settings import Settings
from core.storage import Database, now, refuse_newer, replacing

_MANIFEST = "manifest.json"
_DATABASE = "cexun.db"
_FOLDERS = ("uploads", "keys", "index")
# How an error of the system reads in the list of those of a tree.
_NUMBERED = re.compile(r"\[Errno (\d+)\]")


@dataclass(frozen=True)
class Saved:
    """How much a backup holds; `bytes` is the sum of its files' sizes."""

    files: int
    bytes: int


def save(database: Database, index: Index, settings: Settings, folder: Path) -> Saved:
    """Copy everything into `folder`, which must be new or empty. Raises `Conflict` when it is not, `Unavailable` when it cannot be written:
    then nothing is left of what was begun."""
    if folder.exists() and not folder.is_dir():
        raise BadInput(Message("备份要写进一个新文件夹，{folder} 是一个文件。", folder=str(folder)))
    if folder.exists() and any(folder.iterdir()):
        raise Conflict(Message("备份文件夹 {folder} 不是空的。请换一个新文件夹，以免覆盖以前的备份。", folder=str(folder)))
    if folder.resolve().is_relative_to(settings.data.resolve()):
        raise BadInput(Message("备份文件夹不能放在数据目录里面。"))
    try:
        return _write(database, index, settings, folder)
    except (OSError, sqlite3.Error, sa.exc.DBAPIError) as error:
        # Half a backup would be in the way of the next one.
        for path in (folder / name for name in (_DATABASE, f"{_DATABASE}-journal", _MANIFEST)):
            path.unlink(missing_ok=True)
        for name in _FOLDERS:
            shutil.rmtree(folder / name, ignore_errors=True)
        raise Unavailable(
            Message("备份没有做成：{reason}。写了一半的内容已经删掉，腾出空间或换一个位置后再试。", reason=_reason(error))
        ) from error


def _write(database: Database, index: Index, settings: Settings, folder: Path) -> Saved:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    with index.writing():
        _copy_database(database, folder / _DATABASE)
        for name in _FOLDERS:
            if (settings.data / name).exists():
                left_out = shutil.ignore_patterns("*.lock", "*.new", "model")
                shutil.copytree(settings.data / name, folder / name, ignore=left_out, copy_function=_copy_if_there)
    listed = {path.relative_to(folder).as_posix(): _digest(path) for path in _files(folder)}
    (folder / _MANIFEST).write_text(json.dumps({"made_at": now().isoformat(), "files": listed}, indent=1), encoding="utf-8")
    return Saved(len(listed), sum(path.stat().st_size for path in _files(folder)))


def restore(settings: Settings, folder: Path) -> Path | None:
    """Put the backup in `folder` in place of the data directory; what was there is moved aside and its new place returned.

    Raises `BadInput` when the folder holds no backup or a file of it was damaged or lost, `Unavailable` when a newer version made it or
    there is no room for it; then nothing is touched. The server must not run. A restore that is killed leaves either what was there or what
    it restored, which whoever opens the product next puts in its place.
    """
    _verify(folder)
    replacing.finish(settings.data)
    _nobody_serves(settings)
    data = settings.data
    if folder.resolve().is_relative_to(data.resolve()):
        raise BadInput(Message("备份文件夹不能放在数据目录里面。"))
    try:
        return _put_in_place(settings, folder)
    except OSError as error:
        if error.errno == errno.EBUSY:
            raise BadInput(
                Message(
                    "数据目录 {data} 是一个挂载点，不能整个换掉，什么也没有改动。请恢复到其中的一个新文件夹，再让 CEXUN_DATA 指向那里。",
                    data=str(data),
                )
            ) from error
        raise Unavailable(Message("没有恢复：{reason}。原来的数据没有改动。", reason=_reason(error))) from error


def _put_in_place(settings: Settings, folder: Path) -> Path | None:
    data = settings.data
    data.parent.mkdir(parents=True, exist_ok=True)
    for left in replacing.left_behind(data):
        shutil.rmtree(left, ignore_errors=True)
    with replacing.room_beside(data) as room:
        fresh = room / data.name
        if settings.database_url and data.exists():
            # Whether it can be moved is known before rows are put into a database server, which nobody could take out again.
            replacing.try_moving(data, room)
        _unpack(folder, fresh, settings)
        return replacing.put_in_place(fresh, data)


def _nobody_serves(settings: Settings) -> None:
    if not settings.data.exists():
        return
    try:
        with serving_lock(settings).acquire(timeout=0):
            pass
    except Timeout as error:
        raise Conflict(Message("服务正在使用数据目录 {data}。请先停止服务，再恢复备份。", data=str(settings.data))) from error
    (settings.data / "server.lock").unlink(missing_ok=True)


def _unpack(folder: Path, fresh: Path, settings: Settings) -> None:
    """The backup as a data directory beside the old one, which is not touched before all of it is there."""
    fresh.mkdir()
    for name in _FOLDERS:
        if (folder / name).exists():
            shutil.copytree(folder / name, fresh / name)
    if (fresh / "keys").exists():
        (fresh / "keys").chmod(0o700)
    shutil.copy2(folder / _DATABASE, fresh / _DATABASE)
    if settings.database_url:
        _fill(Database(settings.database), fresh / _DATABASE)
        (fresh / _DATABASE).unlink()


def _copy_if_there(source: str, target: str) -> str:
    # While the server runs, a file may be deleted between being listed and being copied.
    try:
        return str(shutil.copy2(source, target))
    except FileNotFoundError:
        return target


def _copy_database(database: Database, target: Path) -> None:
    if database.engine.dialect.name == "sqlite":
        source = database.engine.url.database or ""
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
        return
    saved = Database(f"sqlite:///{target.as_posix()}")
    saved.migrate()
    _copy_rows(database, saved)
    saved.close()
    with closing(sqlite3.connect(target)) as done:
        done.execute("PRAGMA journal_mode=DELETE")


def _fill(database: Database, source: Path) -> None:
    database.migrate()
    with database.reading() as db:
        if db.connection().execute(sa.text("SELECT count(*) FROM account")).scalar():
            raise Conflict(Message("目标数据库里已有数据。请恢复到一个空的数据库。"))
    saved = Database(f"sqlite:///{source.as_posix()}")
    saved.migrate()
    _copy_rows(saved, database)
    saved.close()
    database.close()
    for beside in source.parent.glob(f"{source.name}-*"):
        beside.unlink()


def _copy_rows(source: Database, target: Database) -> None:
    """Every row of `source` into the migrated, otherwise empty `target`; what migrations put into both is the source's."""
    with source.engine.connect() as reading, target.engine.begin() as writing:
        for table in reversed(SQLModel.metadata.sorted_tables):
            writing.execute(sa.delete(table))
        for table in SQLModel.metadata.sorted_tables:
            # A row may point at one of its own table that comes later: somebody's manager.
            own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
            result = reading.execution_options(yield_per=500).execute(sa.select(table))
            for part in result.mappings().partitions():
                writing.execute(sa.insert(table), [{**row, **dict.fromkeys(own)} for row in part])
            _point(reading, writing, table, own)
            if writing.dialect.name == "postgresql" and "id" in table.c and isinstance(table.c.id.type, sa.Integer):
                name = f'"{table.name}"'
                writing.execute(
                    sa.text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name} HAVING max(id) IS NOT NULL")
                )


def _point(reading: sa.Connection, writing: sa.Connection, table: sa.Table, names: Sequence[str]) -> None:
    """Give the rows of a table the other rows of it that they point at."""
    for name in names:
        pointing = sa.select(table.c.id.label("row_id"), table.c[name].label("pointed")).where(table.c[name].is_not(None))
        rows = [dict(row) for row in reading.execute(pointing).mappings()]
        if rows:
            writing.execute(sa.update(table).where(table.c.id == sa.bindparam("row_id")).values({name: sa.bindparam("pointed")}), rows)


def _verify(folder: Path) -> None:
    try:
        listed = dict(json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))["files"])
        listed[_DATABASE]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(Message("{folder} 里没有完整的备份（缺少 manifest.json）。", folder=str(folder))) from error
    for name, digest in listed.items():
        path = folder / name
        if not path.is_file() or _digest(path) != digest:
            raise _damaged(name)
    refuse_newer(_revision(folder / _DATABASE))


def _revision(path: Path) -> str:
    """At which migration the tables of a backup stand. The file is not written to, not even beside it."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as saved:
            return str(saved.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except (sqlite3.Error, TypeError) as error:
        raise _damaged(_DATABASE) from error


def _damaged(name: str) -> BadInput:
    return BadInput(Message("备份里的文件 {name} 缺失或已损坏，没有恢复任何内容。请换一份备份。", name=name))


def _reason(error: Exception) -> Message | str:
    """What the system says of it, in one line. Of a tree of files it lists each that failed."""
    said = str(error.args[0][0][-1]) if isinstance(error, shutil.Error) else str(error).splitlines()[0]
    if found := _NUMBERED.match(said):
        return file_reason(OSError(int(found[1]), said))
    return file_reason(OSError(errno.ENOSPC, said)) if "disk is full" in said else said


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != _MANIFEST)


def _digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
