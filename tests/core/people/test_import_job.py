"""Imports in the background: they come in as a whole or not at all, are stopped, survive the end of their process, and leave no file."""

from __future__ import annotations

import stat
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.access import audit
from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed
from core.instance import Instance
from core.jobs import repository as jobs
from core.jobs.tables import Job, JobState
from core.logs import configure
from core.people import service as people
from core.people.importing import job as imports
from core.people.importing import repository, service
from core.people.importing import waiting as waiting_room
from core.people.importing.job import Busy
from core.people.importing.kinds import ImportKind, RunState
from core.people.importing.service import Run
from core.people.importing.waiting import Waiting
from core.people.importing.writing import Writer
from core.storage import now
from tests.conftest import BOTH
from tests.core.people.tables import PEOPLE, ROSTER, take
from tests.core.people.tables import table as as_table
from tests.texts import ROOT

both = pytest.mark.parametrize("house", BOTH, indirect=True)


def ask(house: Instance, actor: Actor, rows: Sequence[Sequence[Any]] = PEOPLE) -> int:
    """Queue a roster."""
    table = as_table(rows)
    with house.database.writing() as db:
        chosen = service.mapping(db, actor, ImportKind.ROSTER, table)
        return imports.ask(db, actor, house.settings, ImportKind.ROSTER, "名单.xlsx", table, chosen)


def run_of(house: Instance, actor: Actor) -> Run:
    with house.database.reading() as db:
        return service.runs(db, actor)[0]


def busy(house: Instance, actor: Actor) -> list[Busy]:
    with house.database.reading() as db:
        return imports.busy(db, actor, house.settings)


def counted(house: Instance, actor: Actor) -> int:
    with house.database.reading() as db:
        return people.standing(db, actor).employees


def files(house: Instance) -> list[Path]:
    return sorted(house.settings.imports.glob("*")) if house.settings.imports.exists() else []


def many(count: int) -> list[Sequence[Any]]:
    return [ROSTER, *((f"{number:06d}", f"员工{number}", "望海支行", "柜员", "", "", "") for number in range(count))]


@both
def test_a_roster_waits_in_a_file_of_its_own_and_comes_in_as_a_whole(house: Instance, leader: Actor) -> None:
    run_id = ask(house, leader, (*PEOPLE, ("0009", "新人", "望海支行", "柜员", "0001", "去年", "")))
    [path] = files(house)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    [one] = busy(house, leader)
    assert (one.run_id, one.rows, one.running, counted(house, leader)) == (run_id, 4, False, 0)
    assert run_of(house, leader).row.state is RunState.WAITING
    house.worker.run()
    found = run_of(house, leader)
    assert (found.row.state, found.row.created, found.row.skipped, len(found.problems)) == (RunState.DONE, 3, 1, 1)
    assert counted(house, leader) == 3 and not busy(house, leader) and not files(house)
    with house.database.writing() as db:
        service.undo(db, leader, run_id)
    assert counted(house, leader) == 0


@both
def test_a_stop_in_the_middle_leaves_nothing(house: Instance, leader: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = ask(house, leader, many(2_500))
    tell, heard = Waiting.tell, []

    def told(self: Waiting, number: int, done: int, total: int) -> None:
        tell(self, number, done, total)
        heard.append(done)
        if done >= 1_000:
            # What the page does while the import has the database to itself: no transaction, no waiting for one.
            [one] = busy(house, leader)
            assert one.running and one.done == done
            imports.stop(None, leader, house.settings, one)  # type: ignore[arg-type]
            assert busy(house, leader)[0].stopping

    monkeypatch.setattr(Waiting, "tell", told)
    monkeypatch.setattr(imports, "_TELL_SECONDS", 0.0)
    house.worker.run()
    assert heard[0] == 0 and 1_000 <= heard[-1] < 2_500
    found = run_of(house, leader)
    assert (found.row.state, counted(house, leader), files(house)) == (RunState.STOPPED, 0, [])
    with house.database.reading() as db:
        [entry] = [one for one in audit.entries(db, leader).entries if one.action == "import_stopped"]
        assert (entry.actor, entry.subject_id) == ("Leader", run_id)
        assert not repository.units(db)
    with house.database.writing() as db, pytest.raises(Conflict, match="没有写入任何行"):
        service.undo(db, leader, run_id)


def test_one_that_waits_its_turn_stops_at_once(house: Instance, leader: Actor) -> None:
    ask(house, leader)
    [one] = busy(house, leader)
    with house.database.writing() as db:
        imports.stop(db, leader, house.settings, one)
    assert run_of(house, leader).row.state is RunState.STOPPED and not files(house) and not busy(house, leader)
    house.worker.run()
    assert counted(house, leader) == 0


def test_a_file_without_one_usable_row_says_why_in_the_list_of_imports(house: Instance, leader: Actor) -> None:
    ask(house, leader, (ROSTER, ("", "无名", "", "", "", "", "")))
    house.worker.run()
    found = run_of(house, leader)
    assert found.row.state is RunState.FAILED and found.failure == service.NOTHING_USABLE and len(found.problems) == 1


def test_a_fault_writes_nothing_is_said_and_logged_without_a_value_of_the_table(
    house: Instance, leader: Actor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    quoted = "张敏 0002"

    def breaks(_self: Writer, _run_id: int) -> None:
        raise ValueError(quoted)

    configure()

    monkeypatch.setattr(Writer, "note", breaks)
    ask(house, leader)
    house.worker.run()
    assert run_of(house, leader).row.state is RunState.FAILED and counted(house, leader) == 0 and not files(house)
    logged = capsys.readouterr().err
    assert "import_failed" in logged and "ValueError" in logged and "张敏" not in logged and "0002" not in logged


KILLED = """
import os, signal, sys
from core import settings
from core.instance import Instance
from core.people.importing import waiting
house = Instance(settings.load())
told = waiting.Waiting.tell
def tell(self, run_id, done, total):
    told(self, run_id, done, total)
    if done:
        os.kill(os.getpid(), signal.SIGKILL)
waiting.Waiting.tell = tell
from core.people.importing import job
job._TELL_SECONDS = 0.0
house.worker.run()
"""


def test_one_whose_process_is_killed_begins_again_at_the_next_start(house: Instance, leader: Actor) -> None:
    ask(house, leader, many(2_500))
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, env=_environment(house), check=False)
    assert done.returncode == -9 and counted(house, leader) == 0
    with house.database.reading() as db:
        assert jobs.all_open(db)[0].state is JobState.RUNNING
    assert house.worker.recover() == 1
    house.worker.run()
    assert counted(house, leader) == 2_500 and run_of(house, leader).row.state is RunState.DONE and not files(house)


def _environment(house: Instance) -> dict[str, str]:
    import os

    return {**os.environ, "CEXUN_DATA": str(house.settings.data), "CEXUN_EMBEDDING": "none"}


def test_one_that_was_committed_before_its_process_died_is_not_done_twice(house: Instance, leader: Actor) -> None:
    ask(house, leader)
    house.worker.run()
    with house.database.writing() as db:
        job = db.get_one(Job, 1)
        job.state, job.finished_at = JobState.WAITING, None
    house.worker.run()
    assert counted(house, leader) == 3 and len(service_runs(house, leader)) == 1


def service_runs(house: Instance, leader: Actor) -> list[Run]:
    with house.database.reading() as db:
        return service.runs(db, leader)


def test_files_that_nobody_waits_for_go_and_imports_without_a_job_are_closed(
    house: Instance, leader: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(house, leader)
    (house.settings.imports / "99.table").write_text("{}")
    monkeypatch.setattr(waiting_room, "_YOUNG_SECONDS", 0.0)
    time.sleep(0.01)
    house.keep_house()
    assert [path.name for path in files(house)] == ["1.table"]
    with house.database.writing() as db:
        db.delete(db.get_one(Job, 1))
    with house.database.writing() as db:
        imports.tidy(db, house.settings)
    found = run_of(house, leader)
    assert found.row.state is RunState.FAILED and "没有完成" in str(found.failure) and not files(house)


def test_a_file_that_a_restored_backup_does_not_hold_is_asked_for_again(house: Instance, leader: Actor) -> None:
    ask(house, leader)
    files(house)[0].unlink()
    house.worker.run()
    assert "请重新导入" in str(run_of(house, leader).failure)


def test_only_who_may_edit_people_imports_and_stops(house: Instance, leader: Actor, manager: Actor) -> None:
    with pytest.raises(NotAllowed):
        ask(house, manager)
    ask(house, leader)
    [one] = busy(house, leader)
    with house.database.writing() as db, pytest.raises(NotAllowed):
        imports.stop(db, manager, house.settings, one)
    with pytest.raises(NotAllowed):
        busy(house, manager)
    with pytest.raises(BadInput):
        ask(house, leader, (("姓名", "机构"), ("张敏", "望海支行")))


@both
def test_old_values_and_left_out_rows_go_with_the_undo_and_after_thirty_days(house: Instance, leader: Actor) -> None:
    rows = (*PEOPLE, ("0009", "新人", "", "", "", "去年", ""))
    first, _ = take(house, leader, ImportKind.ROSTER, rows)
    second, _ = take(
        house, leader, ImportKind.ROSTER, (ROSTER, ("0001", "王行", "", "", "", "", ""), ("0008", "张", "", "", "", "前年", ""))
    )
    assert len(run_of(house, leader).problems) == 1
    with house.database.writing() as db:
        service.undo(db, leader, second)
    with house.database.reading() as db:
        undone, kept = service.runs(db, leader)
        assert not undone.problems and undone.forgotten and not repository.changes(db, second)
        assert kept.problems and kept.can_be_undone and repository.changes(db, first)
    with house.database.writing() as db:
        row = repository.run(db, first)
        assert row is not None
        row.done_at = now() - timedelta(days=service.UNDO_DAYS, minutes=1)
    with house.database.writing() as db:
        assert service.forget_expired(db)
    with house.database.writing() as db:
        old = service.runs(db, leader)[1]
        assert not old.problems and old.forgotten and not old.can_be_undone and not repository.changes(db, first)
        with pytest.raises(Conflict, match="超过 30 天"):
            service.undo(db, leader, first)
    assert counted(house, leader) == 3
