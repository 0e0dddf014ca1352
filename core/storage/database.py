"""The engine and the unit of work.

A page or a command opens one `reading()` or one `writing()`; the write is committed when the block ends well and undone when it does not.
A write takes its lock at BEGIN, on SQLite by BEGIN IMMEDIATE and on PostgreSQL by an advisory lock: what a transaction has read stays true
until it commits, on both alike. Without that, two writers who read the same number both write the next one, and an update is lost.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from core.errors import BadInput, Broken, Conflict, Unavailable
from core.i18n import Message

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MILLISECONDS = 15_000
# Another process may be bringing a large database up to date: whoever starts meanwhile waits for it.
_MIGRATING_MILLISECONDS = 30 * 60_000
# Any number, as long as every process of the product uses the same.
_WRITER_LOCK = 7_308_326_619_114
_CHANGED = "changed_rows"
_EXPECTED = {
    ("readonly database", "unable to open database file"): Message(
        "数据库文件打不开或不能写。请系统管理员检查数据目录的权限，以及磁盘是否只读。"
    ),
    ("disk I/O error",): Message("数据库所在的磁盘读写出错：可能已满，也可能有故障。请系统管理员检查这块磁盘。"),
    ("file is not a database", "disk image is malformed"): Message(
        "数据库文件已损坏。请系统管理员停止服务，从备份恢复（python -m core restore）。"
    ),
    (
        "onnection refused",
        "ailed to resolve host",
        "ould not translate host",
        "onnection timeout",
        "timeout expired",
        "authentication failed",
    ): Message("连不上数据库服务器。请系统管理员检查它是否在运行，以及 CEXUN_DATABASE_URL。"),
}


class Database:
    """One database, by its SQLAlchemy address (`sqlite:///…` or `postgresql+psycopg://…`)."""

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            self.engine = _engine(url)
        except (sa.exc.ArgumentError, ImportError) as error:
            # Without the address: it may hold a password.
            raise BadInput(
                Message("数据库地址（CEXUN_DATABASE_URL）不可用。请写成 postgresql+psycopg://USER:PASSWORD@HOST:PORT/DATABASE。")
            ) from error
        self._writer = self.engine.execution_options(immediate=True)
        # SQLite's readers see one moment by themselves.
        snapshot = {} if url.startswith("sqlite") else {"isolation_level": "REPEATABLE READ"}
        self._reader = self.engine.execution_options(**snapshot)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment and writes nothing. Raises `Unavailable` where the database cannot be read now."""
        with _told(), Session(self._reader, autoflush=False) as db:
            yield db
            # Rows outlive the session; a rollback would empty those that still belong to it.
            db.expunge_all()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction: committed when the block ends, undone when it raises.

        Raises `Conflict` when a row was changed by somebody else since it was read, `Unavailable` while the database is busy or has no
        room to write.
        """
        try:
            with _told(), Session(self._writer, expire_on_commit=False) as db:
                event.listen(db, "after_flush", _note_changed)
                yield db
                db.commit()
        except StaleDataError as stale:
            raise Conflict(Message("这一项刚被别人修改过，您的改动没有覆盖它。请刷新后查看最新内容，再决定是否修改。")) from stale

    def migrate(self) -> None:
        """Bring the tables to the newest revision. Does nothing when they are there already. Raises `Unavailable` for those of a newer
        version of the product, and where the database cannot be reached, read or written."""
        with _told():
            self._migrate()

    def _migrate(self) -> None:
        revision = self.revision()
        if revision == newest_revision():
            return
        refuse_newer(revision)
        # Alembic is read only where there is something to migrate: it costs every start a third of a second.
        from alembic import command

        patient = self._writer.execution_options(patience=_MIGRATING_MILLISECONDS)
        with patient.connect() as connection, _rebuilding(connection):
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def revision(self) -> str | None:
        """The migration the tables stand at, None for an empty database."""
        with self.engine.connect() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return None
            revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            return revision

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


@contextmanager
def _told() -> Iterator[None]:
    """Raises `Unavailable` with a sentence for what the database cannot do now; what is nobody's doing is passed on as a fault."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        expected = _expected(str(error.orig))
        if expected is not None:
            raise (Broken if expected in _EXPECTED.values() else Unavailable)(expected) from error
        raise


def _expected(said: str) -> Message | None:
    """What people are told of a database that cannot read or write, by what it said itself; None: a fault."""
    if "locked" in said or "lock timeout" in said:
        return Message("数据库正忙，这次改动没有保存。请稍后再试。")
    if "disk is full" in said or "No space left on device" in said:
        return Message("服务器的磁盘已满，这次改动没有保存。请告诉系统管理员，腾出空间后再试。")
    for words, message in _EXPECTED.items():
        if any(one in said for one in words):
            return message
    return None


def after_commit(db: Session, action: Callable[[], None]) -> None:
    """Do `action` once the transaction of `db` is committed, and not at all when it is undone: for what a rollback could not bring back."""
    event.listen(db, "after_commit", lambda _session: action(), once=True)


def changed_rows(db: Session) -> dict[tuple[str, int], int]:
    """The versions that the transaction of `db` gave to rows which were there before it, by table and number."""
    rows = db.info.get(_CHANGED, {}).values()
    return {(row.__tablename__, row.id): row.version for row in rows if isinstance(row.id, int)}


def _note_changed(db: Session, _flushing: object) -> None:
    """Keep the rows: their versions are known once all is written."""
    for row in db.dirty:
        if hasattr(row, "version") and hasattr(row, "id"):
            db.info.setdefault(_CHANGED, {})[id(row)] = row


@cache
def newest_revision() -> str:
    """The last migration there is. The names of the scripts begin with their numbers, which follow one another."""
    return max(script.name.partition("_")[0] for script in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def refuse_newer(revision: str | None) -> None:
    """Raises `Unavailable` where tables at this revision were made by a newer version of the product, which alone can read them."""
    if revision is not None and revision > newest_revision():
        raise Unavailable(
            Message(
                "这些数据由更新的版本写成（结构 {theirs}，本程序只到 {ours}），没有改动任何内容。请先升级程序。",
                theirs=revision,
                ours=newest_revision(),
            )
        )


def alembic_config() -> Config:
    """Alembic's settings without a file: the scripts are beside this module."""
    from alembic.config import Config

    # Its default is what stdout was when Alembic was first imported.
    config = Config(stdout=sys.stdout)
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _engine(url: str) -> sa.Engine:
    if not url.startswith("sqlite"):
        engine = sa.create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20, hide_parameters=True)
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    path = sa.make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, connect_args={"check_same_thread": False}, pool_size=10, max_overflow=40, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would be deferred; _begin_sqlite says which one
    # How long is waited comes first: of two processes that open a new file at once the second waits for the first.
    for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def _rebuilding(connection: sa.Connection) -> Iterator[None]:
    """A transaction in which tables are rebuilt. SQLite would take the old table's rows from all that points at them when it is dropped:
    it looks at foreign keys only at the end, and then at every one."""
    if connection.dialect.name != "sqlite":
        with connection.begin():
            yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")  # within a transaction it would have no effect
    driver.execute(f"PRAGMA busy_timeout={_MIGRATING_MILLISECONDS}")
    try:
        with connection.begin():
            yield
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise RuntimeError(f"the migration left a row of {broken[0]} that points at no row of {broken[2]}; nothing was changed")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
        driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def _begin_sqlite(connection: sa.Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _begin_postgresql(connection: sa.Connection) -> None:
    if connection.get_execution_options().get("immediate", False):
        patience = connection.get_execution_options().get("patience", BUSY_MILLISECONDS)
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {patience}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")
