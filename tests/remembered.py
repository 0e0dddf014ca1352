"""Worlds that many tests begin with are made once for each test process; whoever asks again gets a copy of what was there then."""

from __future__ import annotations

import copy
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cache, wraps
from itertools import count
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlmodel import SQLModel

from core.access.tables import Account
from core.instance import Instance

Given = ParamSpec("Given")
Made = TypeVar("Made")

# A file of tests begins with few worlds, and a process works through one file after the other. Each may stand on half a dozen others, is
# there once for each database and for each set of people: fewer places than that, and every test makes its world anew.
_MOST = 24
# What a house holds in which nothing has been done yet: its accounts, and the tokens of tables that nobody has written to.
_THERE_FROM_THE_START = {"account", "people_revision"}
_numbers = count()


@dataclass(frozen=True)
class _Kept:
    """What a function returned, and the house as it left it."""

    made: Any
    files: Path
    database: _Sqlite | _Postgresql


@dataclass(frozen=True)
class _Sqlite:
    copied: sqlite3.Connection

    @classmethod
    def of(cls, house: Instance) -> _Sqlite:
        copied = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(_path(house))) as there:
            there.backup(copied)
        return cls(copied)

    def put_back(self, house: Instance) -> None:
        with closing(sqlite3.connect(_path(house))) as there:
            self.copied.backup(there)

    def forget(self) -> None:
        self.copied.close()


@dataclass(frozen=True)
class _Postgresql:
    server: sa.URL
    name: str

    @classmethod
    def of(cls, house: Instance) -> _Postgresql:
        there = sa.make_url(house.database.url)
        kept = cls(there.set(database="postgres"), f"remembered_{next(_numbers)}")
        # A database that somebody is connected to can be neither copied nor taken away.
        house.database.close()
        kept._run(f"CREATE DATABASE {kept.name} TEMPLATE {there.database} STRATEGY FILE_COPY")
        return kept

    def put_back(self, house: Instance) -> None:
        there = sa.make_url(house.database.url)
        house.database.close()
        self._run(f"DROP DATABASE {there.database} WITH (FORCE)")
        self._run(f"CREATE DATABASE {there.database} TEMPLATE {self.name} STRATEGY FILE_COPY")

    def forget(self) -> None:
        self._run(f"DROP DATABASE {self.name}")

    def _run(self, statement: str) -> None:
        server = sa.create_engine(self.server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with server.connect() as connection:
            connection.exec_driver_sql(statement)


_kept: dict[Any, _Kept] = {}


def remembered(make: Callable[Concatenate[Instance, Given], Made]) -> Callable[Concatenate[Instance, Given], Made]:
    """`make`, which furnishes a house, done once for the same people and arguments. In a house where more than accounts is there already
    it is done as always."""

    @wraps(make)
    def furnish(house: Instance, *given: Given.args, **named: Given.kwargs) -> Made:
        people = _people_of_a_fresh(house)
        if people is None:
            return make(house, *given, **named)
        key = (make.__module__, make.__qualname__, house.database.engine.dialect.name, people, repr(given), repr(named))
        found = _kept.pop(key, None)
        if found is None:
            made = make(house, *given, **named)
            found = _keep(house, made)
        else:
            shutil.copytree(found.files, house.settings.data, dirs_exist_ok=True)
            found.database.put_back(house)
        _kept[key] = found
        return copy.deepcopy(found.made)  # type: ignore[no-any-return]

    return furnish


def _keep(house: Instance, made: Any) -> _Kept:
    while len(_kept) >= _MOST:
        longest_ago = _kept.pop(next(iter(_kept)))
        shutil.rmtree(longest_ago.files, ignore_errors=True)
        longest_ago.database.forget()
    files = Path(tempfile.mkdtemp(prefix="remembered-", dir=house.settings.data.parent))
    shutil.copytree(house.settings.data, files, dirs_exist_ok=True, ignore=shutil.ignore_patterns("cexun.db*", "*.lock"))
    database = _Sqlite.of(house) if house.database.engine.dialect.name == "sqlite" else _Postgresql.of(house)
    return _Kept(copy.deepcopy(made), files, database)


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


def _path(house: Instance) -> Path:
    return Path(sa.make_url(house.database.url).database or "")
