"""Worlds that many tests begin with are made once for all test processes; whoever asks again gets a copy of what was there then."""

from __future__ import annotations

import hashlib
import pickle
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from filelock import FileLock
from sqlmodel import SQLModel

from core.access.tables import Account
from core.instance import Instance

Given = ParamSpec("Given")
Made = TypeVar("Made")

# What a house holds in which nothing has been done yet: its accounts, and the tokens of tables that nobody has written to.
_THERE_FROM_THE_START = {"account", "people_revision"}


@dataclass(frozen=True)
class _Sqlite:
    """A world's database as a file in its folder."""

    there: Path
    kept: Path

    @classmethod
    def of(cls, house: Instance, folder: Path) -> _Sqlite:
        return cls(Path(sa.make_url(house.database.url).database or ""), folder / "world.db")

    def is_kept(self) -> bool:
        return self.kept.exists()

    def keep(self) -> None:
        _copy(self.there, self.kept)

    def put_back(self) -> None:
        _copy(self.kept, self.there)


@dataclass(frozen=True)
class _Postgresql:
    """A world's database beside the others on the server."""

    house: Instance
    there: sa.URL
    kept: str

    @classmethod
    def of(cls, house: Instance, folder: Path) -> _Postgresql:
        return cls(house, sa.make_url(house.database.url), f"remembered_{folder.name}")

    def is_kept(self) -> bool:
        with self._server() as server:
            return bool(server.execute(sa.text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": self.kept}).scalar())

    def keep(self) -> None:
        # A database that somebody is connected to can be neither copied nor taken away.
        self.house.database.close()
        with self._server() as server:
            server.exec_driver_sql(f"CREATE DATABASE {self.kept} TEMPLATE {self.there.database} STRATEGY FILE_COPY")

    def put_back(self) -> None:
        self.house.database.close()
        with self._server() as server:
            server.exec_driver_sql(f"DROP DATABASE {self.there.database} WITH (FORCE)")
            server.exec_driver_sql(f"CREATE DATABASE {self.there.database} TEMPLATE {self.kept} STRATEGY FILE_COPY")

    @contextmanager
    def _server(self) -> Iterator[sa.Connection]:
        address = self.there.set(database="postgres")
        with sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool).connect() as connection:
            yield connection


# Where the worlds lie; nowhere outside of a test run, where each is made as always.
_folder: list[Path] = []


def keep_in(folder: Path) -> None:
    """Let all worlds lie in `folder`, which the processes of a test run share."""
    _folder[:] = [folder]


def remembered(make: Callable[Concatenate[Instance, Given], Made]) -> Callable[Concatenate[Instance, Given], Made]:
    """`make`, which furnishes a house, done once for the same people and arguments. In a house where more than accounts is there already
    it is done as always."""

    @wraps(make)
    def furnish(house: Instance, *given: Given.args, **named: Given.kwargs) -> Made:
        people = _people_of_a_fresh(house) if _folder else None
        if people is None:
            return make(house, *given, **named)
        key = (make.__module__, make.__qualname__, house.database.engine.dialect.name, people, repr(given), repr(named))
        folder = _folder[0] / hashlib.sha256(repr(key).encode()).hexdigest()[:40]
        database = (_Sqlite if house.database.engine.dialect.name == "sqlite" else _Postgresql).of(house, folder)
        made, files = folder / "made.pickle", folder / "files"
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "making.lock"):
            if not (made.exists() and database.is_kept()):
                result = make(house, *given, **named)
                database.keep()
                shutil.copytree(house.settings.data, files, dirs_exist_ok=True, ignore=shutil.ignore_patterns("cexun.db*", "*.lock"))
                made.write_bytes(pickle.dumps(result))
                return result
        shutil.copytree(files, house.settings.data, dirs_exist_ok=True)
        database.put_back()
        return pickle.loads(made.read_bytes())  # type: ignore[no-any-return]

    return furnish


def _copy(source: Path, target: Path) -> None:
    """Copy a SQLite database, which others may have open."""
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as copied:
        there.backup(copied)


def _people_of_a_fresh(house: Instance) -> tuple[Any, ...] | None:
    with house.database.reading() as db:
        if db.connection().execute(_anything_else()).scalar():
            return None
        rows = db.connection().execute(sa.select(*(column for column in _accounts().columns if column.name != "created_at")))
        return tuple(repr(row) for row in rows)


@cache
def _anything_else() -> sa.Select[Any]:
    tables = (table for name, table in SQLModel.metadata.tables.items() if name not in _THERE_FROM_THE_START)
    return sa.select(sa.or_(*(sa.exists(sa.select(sa.literal(1)).select_from(table)) for table in tables)))


def _accounts() -> sa.Table:
    return SQLModel.metadata.tables[str(Account.__tablename__)]
