"""Settings: the environment above the page, secrets in files of the owner alone, nothing secret in the database or a log."""

from __future__ import annotations

import json
import logging
import stat
from pathlib import Path

import pytest
from sqlmodel import select

from core import administration, logs
from core import settings as settings_module
from core.access.actor import Actor
from core.access.tables import AuditEntry
from core.documents.indexing import INDEX_JOB
from core.documents.tables import IndexState
from core.errors import BadInput, CexunError, NotAllowed, Unavailable
from core.instance import Instance, open_instance
from core.jobs.tables import Job
from core.storage.repository import stored_settings
from core.upkeep import checks
from tests.core.documents.indexing_process import NumberEmbedder
from tests.library import STRATEGY, settle, shelve

KEY = "sk-very-secret-0123456789"


def test_the_environment_stands_above_what_was_stored_above_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CEXUN_BRANCH_NAME", "环境")
    loaded = settings_module.load({"branch_name": "页面", "max_pages": 50})
    assert (loaded.branch_name, loaded.max_pages, loaded.max_file_megabytes) == ("环境", 50, 100)


def test_only_what_the_page_may_change_is_taken_from_the_database() -> None:
    assert settings_module.load({"public_url": "http://evil", "unknown": 1}).public_url == ""


@pytest.mark.parametrize(("name", "value"), [("MAX_PAGES", "many"), ("MAX_PAGES", "0"), ("EMBEDDING", "best"), ("LOG_LEVEL", "LOUD")])
def test_a_value_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"CEXUN_{name}", value)
    with pytest.raises(BadInput, match=name.lower()):
        settings_module.load()


def test_settings_are_changed_for_this_and_the_next_start(house: Instance, administrator: Actor) -> None:
    administration.change(administrator, house, {"branch_name": "滨海分行", "max_pages": 300})
    assert house.settings.branch_name == house.indexing.settings.branch_name == "滨海分行"
    again = open_instance(house.settings.data)
    assert (again.settings.branch_name, again.settings.max_pages) == ("滨海分行", 300)
    again.close()


def test_what_the_environment_decides_the_page_cannot_change(
    house: Instance, administrator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CEXUN_MODEL_URL", "http://inside")
    with pytest.raises(BadInput, match="model_url"):
        administration.change(administrator, house, {"branch_name": "滨海", "model_url": "http://outside"})
    assert house.settings.branch_name == ""


def test_a_change_with_one_bad_value_changes_nothing(house: Instance, administrator: Actor) -> None:
    with pytest.raises(BadInput, match="max_pages"):
        administration.change(administrator, house, {"branch_name": "滨海", "max_pages": -1, "model_key": KEY})
    assert house.settings.branch_name == "" and not (house.settings.keys / "model_key").exists()
    with house.database.reading() as db:
        assert stored_settings(db) == {}


def test_a_secret_is_a_file_of_its_owner_and_nowhere_else(
    house: Instance, administrator: Actor, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure("DEBUG")
    administration.change(administrator, house, {"model_key": KEY, "model_url": "http://inside", "model_name": "m"})
    path = house.settings.keys / "model_key"
    assert house.settings.model_key == path.read_text() == KEY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with house.database.reading() as db:
        audit = db.exec(select(AuditEntry).where(AuditEntry.action == "settings_changed")).one()
    assert audit.detail == {"detail_names": ["model_key", "model_name", "model_url"]}
    assert KEY not in repr(house.settings)
    house.database.close()
    written = [found for found in house.settings.data.rglob("*") if found.is_file() and found != path]
    assert not [found for found in written if KEY.encode() in found.read_bytes()]
    assert KEY not in "".join(capsys.readouterr())


def test_an_empty_secret_is_removed(house: Instance, administrator: Actor) -> None:
    administration.change(administrator, house, {"model_key": KEY})
    administration.change(administrator, house, {"model_key": ""})
    assert house.settings.model_key == "" and list(house.settings.keys.iterdir()) == []


def test_only_an_it_administrator_changes_settings(house: Instance, leader: Actor, manager: Actor) -> None:
    for actor in (leader, manager):
        with pytest.raises(NotAllowed):
            administration.change(actor, house, {"branch_name": "x"})
        with pytest.raises(NotAllowed):
            administration.current(actor, house)


def test_a_source_of_vectors_that_does_not_work_changes_nothing(
    house: Instance, leader: Actor, administrator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CEXUN_EMBEDDING")
    document_id = shelve(house, leader, "战略.md", STRATEGY)
    for values in (
        {"embedding": "folder", "embedding_folder": "/nowhere"},
        {"embedding": "endpoint", "embedding_url": "http://127.0.0.1:9/v1", "embedding_name": "m"},
    ):
        with pytest.raises((BadInput, Unavailable)):
            administration.change_embedding(administrator, house, values)
    with house.database.reading() as db:
        assert stored_settings(db) == {}
        from core.documents.tables import Document

        assert db.get_one(Document, document_id).state is IndexState.READY


def test_another_source_of_vectors_has_everything_indexed_again(
    house: Instance, leader: Actor, administrator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CEXUN_EMBEDDING")
    house.index.change_embedder(NumberEmbedder)
    shelve(house, leader, "战略.md", STRATEGY)
    before = house.index._store().have(1)
    assert before
    assert administration.change_embedding(administrator, house, {"embedding": "none"}) == 1
    settle(house)
    assert house.index.stamp == "none"
    report = checks.check(house.database, house.index, house.settings)
    assert report.problems == () and report.vectors == 0
    with house.database.reading() as db:
        assert len(db.exec(select(Job).where(Job.kind == INDEX_JOB)).all()) == 2


def test_the_key_that_signs_cookies_is_made_once(tmp_path: Path) -> None:
    first = settings_module.own_secret(tmp_path / "keys", "cookie")
    assert settings_module.own_secret(tmp_path / "keys", "cookie") == first and len(first) > 40


def test_a_data_directory_that_cannot_be_made_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("CEXUN_DATA", str(tmp_path / "file" / "data"))
    with pytest.raises(CexunError, match="file"):
        open_instance()


# Logs


def test_a_log_line_is_one_json_object_without_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO")
    log = logs.logger("tests")
    log.info("signed_in", account=3, password="p4ss", session_token="t0k", model_key="k3y", question="谁要离职", Text="机密")
    log.debug("not shown")
    try:
        raise ValueError("broken")
    except ValueError:
        log.exception("failed", document=7)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == ["signed_in", "failed"]
    assert lines[0]["account"] == 3 and lines[0]["level"] == "info" and lines[0]["timestamp"].endswith("Z")
    assert not any(secret in json.dumps(lines, ensure_ascii=False) for secret in ("p4ss", "t0k", "k3y", "谁要离职", "机密"))
    assert "ValueError: broken" in lines[1]["exception"]


def test_indexing_logs_no_word_of_a_document(
    house: Instance, leader: Actor, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    logs.configure("DEBUG")
    caplog.set_level(logging.DEBUG)
    shelve(house, leader, "战略.md", STRATEGY)
    house.assistant.ask(leader, "财富管理客户资产规模是多少？")
    said = "".join(capsys.readouterr()) + caplog.text
    assert "财富" not in said and "document_indexed" in said
