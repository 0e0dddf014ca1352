"""Backup, restore and check: what comes back is whole, and what is damaged is refused before anything is touched."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from core import settings as settings_module
from core.access.actor import LOCAL_ADMINISTRATOR, Actor
from core.assistant import service as assistant
from core.documents import deletion, repository, service
from core.documents.answers.answer import cite
from core.documents.files import place
from core.documents.search import search
from core.errors import BadInput, CexunError, Conflict, Unavailable
from core.instance import Instance
from core.people.importing import repository as people
from core.people.importing.kinds import ImportKind
from core.plans import service as plans
from core.settings import write_secret
from core.storage import Database
from core.upkeep import backup, checks
from tests.conftest import BOTH
from tests.core.documents.indexing_process import NumberEmbedder, open_with_numbers
from tests.core.people.tables import PEOPLE, take
from tests.library import NOTICE, STRATEGY, long_text, settle, shelve, texts_of

both = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def lived_in(house: Instance, leader: Actor) -> Instance:
    """A house with documents, vectors, a key, people whose managers come after them, a plan and its evidence."""
    house.index.change_embedder(NumberEmbedder)
    shelve(house, leader, "战略.md", STRATEGY)
    shelve(house, leader, "方案.md", long_text(20))
    write_secret(house.settings.keys, "model_key", "sk-secret")
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    with house.database.writing() as db:
        plan = plans.create(db, leader, "滨海分行", 2027)
        hit = search(db, house.index, leader, "财富管理")[0]
        assistant.keep(db, leader, plan.id or 0, cite(1, hit, hit.start, hit.end), question="", statement="", made_by="")
    return house


def save(house: Instance, folder: Path) -> Path:
    """Back up a house."""
    backup.save(house.database, house.index, house.settings, folder)
    return folder


def same_as_before(restored: Instance) -> None:
    """Assert that what was in the house is there again and works."""
    report = checks.check(restored.database, restored.index, restored.settings)
    assert report.problems == () and report.documents == 2 and report.vectors == report.passages > 10
    with restored.database.reading() as db:
        assert people.managers(db) == {"0001": "", "0002": "0003", "0003": "0001"}
        hit = search(db, restored.index, LOCAL_ADMINISTRATOR, "财富管理客户资产规模")[0]
        plan = plans.plans(db, LOCAL_ADMINISTRATOR)[0]
        kept = assistant.evidence(db, LOCAL_ADMINISTRATOR, plan.id or 0)
    assert hit.document == "战略.md" and hit.dense is not None
    assert plan.unit == "滨海分行" and len(kept) == 1 and "财富" in kept[0].evidence.quote


def test_a_restored_backup_is_the_same_house(lived_in: Instance, tmp_path: Path) -> None:
    saved = save(lived_in, tmp_path / "backup")
    target = settings_module.load(data=tmp_path / "other" / "place")
    assert backup.restore(target, saved) is None
    restored = open_with_numbers(target.data)
    same_as_before(restored)
    restored.close()
    assert (target.keys / "model_key").read_text() == "sk-secret"
    assert stat.S_IMODE((target.keys / "model_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(target.keys.stat().st_mode) == 0o700


def test_what_was_there_is_moved_aside_whole(lived_in: Instance, tmp_path: Path) -> None:
    saved = save(lived_in, tmp_path / "backup")
    lived_in.close()
    before = texts_of(lived_in.settings.uploads)
    aside = backup.restore(lived_in.settings, saved)
    assert aside is not None and texts_of(aside / "uploads") == before == texts_of(lived_in.settings.uploads)
    assert sorted(path.name for path in lived_in.settings.data.parent.iterdir()) == sorted(["backup", "data", aside.name])


_RESTORE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from core import settings
from core.upkeep import backup

rename, left = Path.rename, int(sys.argv[3])
def renamed(path, target):
    global left
    left -= 1
    return rename(path, target) if left >= 0 else os.kill(os.getpid(), signal.SIGKILL)
Path.rename = renamed
backup.restore(settings.load(data=Path(sys.argv[1])), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("renames", [1, 2])
def test_a_restore_killed_before_or_between_its_renames_leaves_a_whole_house(lived_in: Instance, tmp_path: Path, renames: int) -> None:
    saved, data = save(lived_in, tmp_path / "backup"), lived_in.settings.data
    lived_in.close()
    killed = subprocess.run([sys.executable, "-c", _RESTORE_AND_DIE, data, saved, str(renames)], check=False).returncode
    assert killed == -signal.SIGKILL
    # Opened as by the next start: what was there, or what was restored, and never an empty house.
    found = open_with_numbers(data)
    report = checks.check(found.database, found.index, found.settings)
    found.close()
    assert report.documents == 2 and report.vectors == report.passages > 10
    left = [path for path in tmp_path.iterdir() if ".restoring-" in path.name]
    assert [one.subject for one in report.problems] == ["data"] * len(left)
    # The next one goes through and clears away.
    assert backup.restore(lived_in.settings, saved) is not None
    restored = open_with_numbers(data)
    same_as_before(restored)
    restored.close()


def test_work_goes_on_after_a_restore(lived_in: Instance, tmp_path: Path) -> None:
    saved = save(lived_in, tmp_path / "backup")
    target = settings_module.load(data=tmp_path / "other")
    backup.restore(target, saved)
    restored = open_with_numbers(target.data)
    added = shelve(restored, LOCAL_ADMINISTRATOR, "办法.md", NOTICE)
    with restored.database.reading() as db:
        assert search(db, restored.index, LOCAL_ADMINISTRATOR, "培训经费")[0].document_id == added
    restored.close()


def _lose_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def _damage_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("[1, 2]")


def _damage_database(folder: Path) -> None:
    content = bytearray((folder / "cexun.db").read_bytes())
    content[5000] ^= 1
    (folder / "cexun.db").write_bytes(content)


def _lose_upload(folder: Path) -> None:
    next(path for path in (folder / "uploads").rglob("*") if path.is_file()).unlink()


def _lose_everything(folder: Path) -> None:
    shutil.rmtree(folder)


def _lose_database(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["files"]["cexun.db"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "cexun.db").unlink()


@pytest.mark.parametrize("damage", [_lose_manifest, _damage_manifest, _damage_database, _lose_upload, _lose_everything, _lose_database])
def test_a_damaged_backup_is_refused_and_nothing_is_touched(lived_in: Instance, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    saved = save(lived_in, tmp_path / "backup")
    lived_in.close()
    damage(saved)
    before = texts_of(lived_in.settings.data)
    with pytest.raises(BadInput):
        backup.restore(lived_in.settings, saved)
    assert texts_of(lived_in.settings.data) == before
    assert {path.name for path in tmp_path.iterdir()} <= {"backup", "data"}


def rewrite(folder: Path, name: str, content: bytes) -> None:
    """Another content of a file in a backup, as if it had been saved so."""
    (folder / name).write_bytes(content)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][name] = hashlib.sha256(content).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_a_backup_of_a_newer_version_is_refused_and_nothing_is_touched(lived_in: Instance, tmp_path: Path) -> None:
    saved = save(lived_in, tmp_path / "backup")
    lived_in.close()
    with closing(sqlite3.connect(saved / "cexun.db")) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    rewrite(saved, "cexun.db", (saved / "cexun.db").read_bytes())
    before, in_backup = texts_of(lived_in.settings.data), texts_of(saved)
    with pytest.raises(Unavailable, match="9999"):
        backup.restore(lived_in.settings, saved)
    assert texts_of(lived_in.settings.data) == before and texts_of(saved) == in_backup
    assert {path.name for path in tmp_path.iterdir()} == {"backup", "data"}
    with pytest.raises(Unavailable, match="9999"):
        Database(f"sqlite:///{saved / 'cexun.db'}").migrate()


def test_a_backup_without_a_database_that_can_be_read_is_refused(lived_in: Instance, tmp_path: Path) -> None:
    saved = save(lived_in, tmp_path / "backup")
    lived_in.close()
    before = texts_of(lived_in.settings.data)
    for content in (b"no database at all", b""):
        rewrite(saved, "cexun.db", content)
        with pytest.raises(BadInput, match=r"cexun\.db"):
            backup.restore(lived_in.settings, saved)
    assert texts_of(lived_in.settings.data) == before


def _full(*_arguments: object, **_more: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def _full_of_rows(*_arguments: object) -> None:
    raise sqlite3.OperationalError("database or disk is full")


def _full_of_files(*_arguments: object, **_more: object) -> None:
    raise shutil.Error([("a", "b", "[Errno 28] No space left on device: 'a' -> 'b'")])


def test_half_a_backup_is_cleared_away_so_that_the_next_one_has_its_place(
    lived_in: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backup"
    with monkeypatch.context() as patch:
        patch.setattr(backup, "_digest", _full)
        with pytest.raises(Unavailable, match="没有做成：磁盘空间不足"):
            save(lived_in, folder)
        assert list(folder.iterdir()) == []
    with monkeypatch.context() as patch:
        patch.setattr(backup.shutil, "copy2", _full)
        with pytest.raises(Unavailable, match="没有做成：磁盘空间不足"):
            save(lived_in, folder)
        assert list(folder.iterdir()) == []
    with monkeypatch.context() as patch:
        patch.setattr(backup, "_copy_database", _full_of_rows)
        with pytest.raises(Unavailable, match="没有做成：磁盘空间不足"):
            save(lived_in, folder)
    save(lived_in, folder)
    lived_in.close()
    monkeypatch.setattr(backup.shutil, "copytree", _full_of_files)
    with pytest.raises(Unavailable, match="没有恢复：磁盘空间不足。"):
        backup.restore(lived_in.settings, folder)


@pytest.mark.parametrize(("number", "failure"), [(errno.ENOSPC, Unavailable), (errno.EBUSY, BadInput)])
def test_what_cannot_be_put_in_place_leaves_everything_as_it_was(
    lived_in: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, failure: type[CexunError]
) -> None:
    saved = save(lived_in, tmp_path / "backup")
    lived_in.close()
    before = texts_of(lived_in.settings.data)

    def fail(_self: Path, _target: Path) -> None:
        raise OSError(number, "said by the system")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(failure):
        backup.restore(lived_in.settings, saved)
    assert texts_of(lived_in.settings.data) == before
    # Nor is anything put into a database of its own: the next try would find it filled.
    server = Database(f"sqlite:///{tmp_path / 'server.db'}")
    with pytest.raises(failure):
        backup.restore(lived_in.settings.model_copy(update={"database_url": server.url}), saved)
    assert server.revision() is None
    server.close()
    assert {path.name for path in tmp_path.iterdir()} <= {"backup", "data", "server.db"}


def test_a_backup_never_goes_over_another_nor_into_the_data(lived_in: Instance, tmp_path: Path) -> None:
    saved = save(lived_in, tmp_path / "backup")
    with pytest.raises(Conflict):
        save(lived_in, saved)
    with pytest.raises(BadInput):
        save(lived_in, lived_in.settings.data / "backup")
    inside = lived_in.settings.data / "moved-here"
    saved.rename(inside)
    with pytest.raises(BadInput):
        backup.restore(lived_in.settings, inside)
    assert inside.exists()


def test_a_backup_of_postgresql_is_restored_to_postgresql_and_to_sqlite(
    lived_in: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_postgresql: Callable[..., str]
) -> None:
    saved, target = save(lived_in, tmp_path / "from-sqlite"), tmp_path / "elsewhere"
    for number, address in enumerate((fresh_postgresql(), fresh_postgresql("template0"), "")):
        monkeypatch.setenv("CEXUN_DATABASE_URL", address)
        settings = settings_module.load(data=target / str(number))
        before = texts_of(saved)
        backup.restore(settings, saved)
        assert texts_of(saved) == before, "a backup can be used more than once"
        assert (settings.data / "cexun.db").exists() is not bool(address)
        restored = open_with_numbers(settings.data)
        same_as_before(restored)
        shelve(restored, LOCAL_ADMINISTRATOR, "办法.md", NOTICE)
        with restored.database.writing() as db:
            service.remove(db, LOCAL_ADMINISTRATOR, 3)
            service.remove_for_good(db, restored.settings, LOCAL_ADMINISTRATOR, 3)
        settle(restored)
        saved = save(restored, tmp_path / f"from-{number}")
        restored.close()


def test_a_database_that_is_not_empty_is_not_filled_and_nothing_is_touched(
    lived_in: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_postgresql: Callable[..., str]
) -> None:
    saved = save(lived_in, tmp_path / "backup")
    lived_in.close()
    monkeypatch.setenv("CEXUN_DATABASE_URL", fresh_postgresql())
    settings = settings_module.load(data=tmp_path / "data")
    backup.restore(settings, saved)
    before = texts_of(settings.data)
    with pytest.raises(Conflict):
        backup.restore(settings, saved)
    assert texts_of(settings.data) == before


def test_a_backup_can_be_made_while_documents_are_added(lived_in: Instance, leader: Actor, tmp_path: Path) -> None:
    import threading

    saved: list[Path] = []
    thread = threading.Thread(target=lambda: saved.append(save(lived_in, tmp_path / "backup")))
    thread.start()
    for number in range(5):
        shelve(lived_in, leader, f"新{number}.md", f"# 新文件{number}\n\n第{number}号内容。\n")
    thread.join()
    assert saved
    target = settings_module.load(data=tmp_path / "other")
    backup.restore(target, saved[0])
    restored = Database(target.database)
    with restored.reading() as db:
        for row in repository.in_state(db, list(service.IndexState)):
            assert place(target.uploads, row.sha256).exists()
    restored.close()


# check


@both
def test_a_sound_house_has_no_problems(lived_in: Instance) -> None:
    same_as_before(lived_in)


def test_a_deleted_and_a_damaged_original_are_found(lived_in: Instance, leader: Actor) -> None:
    with lived_in.database.writing() as db:
        paths = [service.original(db, lived_in.settings, leader, number)[1] for number in (1, 2)]
    paths[0].unlink()
    paths[1].write_bytes(b"something else")
    problems = checks.check(lived_in.database, lived_in.index, lived_in.settings).problems
    assert [(one.document_id, one.can_reindex) for one in problems] == [(1, False), (2, False)]
    assert all("原文件" in one.message.render("zh") for one in problems)


def test_files_that_no_document_has_are_found_and_deleted_when_asked(
    lived_in: Instance, leader: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = shelve(lived_in, leader, "私密.md", "# 私密\n\n这一份要彻底删除。")
    stored = texts_of(lived_in.settings.uploads)
    with lived_in.database.writing() as db:
        service.remove(db, leader, number)
    with monkeypatch.context() as patch, lived_in.database.writing() as db:
        # Killed after the row was gone, before its file was.
        patch.setattr(deletion, "_discard_unused", lambda *_: None)
        service.remove_for_good(db, lived_in.settings, leader, number)
    settle(lived_in)
    assert texts_of(lived_in.settings.uploads) == stored
    assert [one.subject for one in checks.check(lived_in.database, lived_in.index, lived_in.settings).problems] == ["uploads"]
    checks.repair(lived_in.database, lived_in.index, lived_in.settings)
    assert len(texts_of(lived_in.settings.uploads)) == len(stored) - 1
    same_as_before(lived_in)


def test_lost_vectors_are_found_and_made_again_without_extracting_the_text_again(lived_in: Instance, leader: Actor) -> None:
    with lived_in.database.reading() as db:
        before = [row.id for row in repository.passage_rows(db, 2)]
    with lived_in.index.writing():
        lived_in.index.remove(2)
    problems = checks.check(lived_in.database, lived_in.index, lived_in.settings).problems
    assert [(one.document_id, one.can_reindex) for one in problems] == [(2, True)]
    jobs = checks.repair(lived_in.database, lived_in.index, lived_in.settings)
    lived_in.worker.finish(jobs)
    lived_in.indexing.tidy()
    assert checks.check(lived_in.database, lived_in.index, lived_in.settings).problems == ()
    with lived_in.database.reading() as db:
        assert [row.id for row in repository.passage_rows(db, 2)] == before


def test_an_index_folder_that_was_deleted_is_made_again(lived_in: Instance) -> None:
    lived_in.close()
    shutil.rmtree(lived_in.settings.index)
    reopened = open_with_numbers(lived_in.settings.data)
    found = {one.document_id for one in checks.check(reopened.database, reopened.index, reopened.settings).problems}
    assert found == {1, 2, None}
    reopened.worker.finish(checks.repair(reopened.database, reopened.index, reopened.settings))
    reopened.indexing.tidy()
    same_as_before(reopened)
    reopened.close()


def test_a_text_that_does_not_fit_its_passages_is_extracted_again(lived_in: Instance) -> None:
    with lived_in.database.writing() as db:
        stored = repository.text(db, 1)
        assert stored is not None
        stored.text = stored.text[:10]
    problems = checks.check(lived_in.database, lived_in.index, lived_in.settings).problems
    assert [(one.document_id, one.from_file) for one in problems] == [(1, True)]
    lived_in.worker.finish(checks.repair(lived_in.database, lived_in.index, lived_in.settings))
    lived_in.indexing.tidy()
    same_as_before(lived_in)


def test_nothing_is_restored_under_a_running_server(lived_in: Instance, tmp_path: Path) -> None:
    folder = save(lived_in, tmp_path / "backup")
    lived_in.start()
    with pytest.raises(Conflict):
        backup.restore(lived_in.settings, folder)
    with lived_in.database.reading() as db:
        assert len(service.entries(db, LOCAL_ADMINISTRATOR)) == 2
    lived_in.close()
    assert backup.restore(lived_in.settings, folder) is not None
