"""The unit of work: what is written is written whole, and nobody's change is lost."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlmodel import Session, SQLModel

from core.access.actor import Actor
from core.errors import Conflict, Unavailable
from core.instance import Instance
from core.people.tables import CompetencyRow, Employee, Post, Unit
from core.people.terms import Dimension
from core.plans import service as plans
from core.plans.tables import AnnualPlan
from core.settings import Settings
from core.storage import Database, after_commit
from core.storage import database as database_module
from core.storage.database import alembic_config, newest_revision
from core.storage.repository import store_settings, stored_settings
from core.storage.tables import StoredSetting
from tests.conftest import BOTH

both = pytest.mark.parametrize("house", BOTH, indirect=True)


@both
def test_what_raises_leaves_nothing_behind(house: Instance) -> None:
    with pytest.raises(ZeroDivisionError), house.database.writing() as db:
        store_settings(db, {"branch_name": "滨海分行"})
        db.flush()
        raise ZeroDivisionError
    with house.database.reading() as db:
        assert stored_settings(db) == {}


def test_a_full_disk_is_said_in_a_sentence_and_nothing_is_written(house: Instance) -> None:
    with pytest.raises(Unavailable, match="磁盘已满"), house.database.writing() as db:
        db.connection().exec_driver_sql("PRAGMA max_page_count = 1")
        store_settings(db, {"branch_name": "滨海分行" * 100_000})
    with house.database.reading() as db:
        assert stored_settings(db) == {}


@both
def test_twenty_writers_at_once_lose_no_update(house: Instance) -> None:
    with house.database.writing() as db:
        db.add(StoredSetting(name="count", value=0))

    def increment() -> None:
        for _ in range(5):
            with house.database.writing() as db:
                row = db.get_one(StoredSetting, "count")
                row.value += 1

    threads = [threading.Thread(target=increment) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with house.database.reading() as db:
        assert stored_settings(db)["count"] == 100


@both
def test_a_reader_sees_one_moment(house: Instance) -> None:
    with house.database.reading() as reader:
        before = stored_settings(reader)
        with house.database.writing() as db:
            store_settings(db, {"branch_name": "滨海分行"})
        assert stored_settings(reader) == before == {}


@both
def test_of_two_editors_with_the_same_row_the_second_gets_a_conflict(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        plan = plans.create(db, leader, "滨海分行", 2027)
        plan_id = plan.id
    with house.database.writing() as db:
        db.get_one(AnnualPlan, plan_id).note = "先改的"
    plan.note = "后改的"
    with pytest.raises(Conflict), house.database.writing() as db:
        db.add(plan)
    with house.database.reading() as db:
        assert db.get_one(AnnualPlan, plan_id).note == "先改的"


@both
def test_a_writer_who_waits_too_long_is_told_so(house: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "BUSY_MILLISECONDS", 200)
    second = Database(house.settings.database)
    with house.database.writing() as db:
        db.add(StoredSetting(name="mine", value=1))
        db.flush()
        with pytest.raises(Unavailable), second.writing() as late:
            stored_settings(late)
    second.close()


def test_rows_outlive_their_session(house: Instance) -> None:
    with house.database.writing() as db:
        db.add(StoredSetting(name="x", value=["中文", 1]))
    with house.database.reading() as db:
        row = db.get_one(StoredSetting, "x")
    assert row.value == ["中文", 1]


@both
def test_an_action_after_the_commit_waits_for_it_and_is_dropped_with_a_rollback(house: Instance) -> None:
    done: list[str] = []
    with house.database.writing() as db:
        after_commit(db, lambda: done.append("kept"))
        store_settings(db, {"branch_name": "滨海分行"})
        assert done == []
    with pytest.raises(ZeroDivisionError), house.database.writing() as db:
        after_commit(db, lambda: done.append("undone"))
        raise ZeroDivisionError
    assert done == ["kept"]


def test_sqlite_is_set_up_to_lose_nothing(house: Instance) -> None:
    with house.database.reading() as db:
        pragmas = {
            name: db.connection().exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 15000}


def test_a_database_fault_says_nothing_of_the_values(house: Instance) -> None:
    with pytest.raises(sa.exc.IntegrityError) as fault, house.database.writing() as db:
        db.add(StoredSetting(name="password", value="s3cret-value"))
        db.flush()
        db.connection().execute(sa.insert(StoredSetting).values(name="password", value="s3cret-value"))
    assert "s3cret-value" not in str(fault.value)


@pytest.mark.parametrize("kind", BOTH)
def test_the_migrations_make_exactly_the_tables_of_the_code(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    address = f"sqlite:///{tmp_path}/new.db" if kind == "sqlite" else request.getfixturevalue("fresh_postgresql")("template0")
    database = Database(address)
    assert database.revision() is None
    database.migrate()
    first = database.revision()
    database.migrate()
    assert first is not None and database.revision() == first == newest_revision()
    assert ScriptDirectory.from_config(alembic_config()).get_heads() == [first]
    with database.engine.connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.check(config)
    database.close()


def test_no_number_of_a_deleted_row_is_given_again_wherever_the_code_says_so(house: Instance) -> None:
    with house.database.reading() as db:
        made = dict(db.connection().exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all())  # type: ignore[arg-type]
    once = {name for name, table in SQLModel.metadata.tables.items() if table.dialect_options["sqlite"]["autoincrement"]}
    assert {"document", "passage", "annual_plan", "job", "employee", "unit", "column_mapping"} <= once
    assert {name for name in once if "AUTOINCREMENT" not in made[name]} == set()


def test_an_older_database_with_people_in_it_is_brought_up_to_date_with_nothing_lost(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/old.db")
    _upgrade(database, "0019")
    with database.engine.begin() as connection:
        for statement in _OLD:
            connection.exec_driver_sql(statement)
    database.migrate()
    with database.engine.connect() as connection:
        read = connection.exec_driver_sql
        assert [tuple(row) for row in read("SELECT id, name, parent_id FROM unit ORDER BY id")] == [(1, "分行", None), (2, "支行", 1)]
        assert [tuple(row) for row in read("SELECT id, employee_no, unit_id, post_id, manager_id FROM employee ORDER BY id")] == [
            (1, "0001", 1, 3, None),
            (2, "0002", 2, 3, 1),
        ]
        assert [tuple(row) for row in read("SELECT account_id, unit_id FROM unit_charge")] == [(1, 2)]
        assert read("PRAGMA foreign_key_check").all() == [] and read("PRAGMA foreign_keys").scalar() == 1
        assert {row.name for row in read("PRAGMA index_list(employee)")} >= {"ix_employee_manager_id", "ix_employee_unit_id"}
        assert {row.table for row in read("PRAGMA foreign_key_list(employee)")} == {"unit", "post", "employee"}
    database.close()


def test_a_number_that_the_history_knows_is_not_given_to_somebody_else_after_the_tables_were_rebuilt(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/old.db")
    _upgrade(database, "0028")
    with database.engine.begin() as connection:
        for statement in (*_OLD, *_REMEMBERED):
            connection.exec_driver_sql(statement)
    database.migrate()
    with database.writing() as db:
        made = [
            Unit(name="新支行"),
            Post(name="新岗位"),
            Employee(employee_no="0003", name="丙"),
            CompetencyRow(name="新能力", dimension=Dimension.CORE),
        ]
        db.add_all(made)
    assert [one.id for one in made] == [3, 8, 13, 1]
    database.close()


def _upgrade(database: Database, revision: str) -> None:
    with database.engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


_AT = "'2026-01-01 00:00:00'"
_OLD = (
    f"INSERT INTO unit (id, name, parent_id, created_at, version) VALUES (1, '分行', NULL, {_AT}, 1), (2, '支行', 1, {_AT}, 1)",
    f"INSERT INTO post (id, name, family, line, created_at, version) VALUES (3, '客户经理', '', '', {_AT}, 1)",
    "INSERT INTO employee (id, employee_no, name, unit_id, post_id, manager_id, line, created_at, version) "
    f"VALUES (1, '0001', '甲', 1, 3, NULL, '', {_AT}, 1), (2, '0002', '乙', 2, 3, 1, '', {_AT}, 1)",
    "INSERT INTO account (id, login, name, email, password_hash, roles, language, enabled, created_at, failures, version) "
    f"VALUES (1, 'm', 'M', '', '', '[]', '', 1, {_AT}, 0, 1)",
    "INSERT INTO unit_charge (account_id, unit_id) VALUES (1, 2)",
)
# Employee 9 was deleted by an undone import, and somebody has read the profile of employee 12.
_REMEMBERED = (
    "INSERT INTO import_run (id, kind, file_name, sheet, state, rows, created, updated, unchanged, skipped, mapping, errors, notes, "
    f"done_by, done_at, undone_by) VALUES (1, 'roster', 'a.xlsx', '', 'done', 1, 1, 0, 0, 0, '{{}}', '[]', '[]', '', {_AT}, '')",
    "INSERT INTO import_change (run_id, subject, row_id, row_version) VALUES (1, 'employee', 9, 1), (1, 'post', 7, 1)",
    "INSERT INTO audit_entry (at, actor, address, action, subject, subject_id, detail) "
    f"VALUES ({_AT}, 'A', '', 'profile_viewed', 'employee', 12, '{{}}'), ({_AT}, 'A', '', 'x', 'plan', 99, '{{}}')",
)


@pytest.mark.parametrize("given", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_a_postgresql_address_works_as_its_own_tools_write_it(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CEXUN_DATABASE_URL", given)
    assert Settings().database == "postgresql+psycopg://u@h/d"


def test_no_transaction_is_left_open_by_a_reader(house: Instance) -> None:
    with house.database.reading():
        pass
    with Session(house.database.engine) as db:
        assert db.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").first()[0] == 0  # type: ignore[index]
