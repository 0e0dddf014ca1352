"""`python -m core …` exactly as its users rely on it: one JSON document on stdout, sentences on stderr, exit 0, 2 or 1."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.cli.conftest import Ran, run
from tests.library import NOTICE, SECRET, STRATEGY, texts_of
from tests.sample import built, parser

Call = Callable[..., Ran]
HIT = {"document", "document_id", "page", "heading", "start", "end", "text", "score"}
CITATION = {"document", "page", "heading", "start", "end", "quote"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as people keep them: two documents, one of them deep, a broken one, and files that are none."""
    (tmp_path / "文件" / "子目录").mkdir(parents=True)
    (tmp_path / "文件" / "战略.md").write_text(STRATEGY, encoding="utf-8")
    (tmp_path / "文件" / "子目录" / "办法.MD").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "文件" / "坏.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "文件" / "~$战略.docx").write_bytes(b"lock")
    (tmp_path / "文件" / ".隐藏.md").write_text("隐藏", encoding="utf-8")
    (tmp_path / "文件" / "照片.jpg").write_bytes(b"jpg")
    return tmp_path / "文件"


def one_sentence(ran: Ran, *words: str) -> None:
    """Assert that a refusal is exit 2, nothing on stdout, and one line on stderr that says what and where."""
    assert ran.status == 2 and ran.out == "", ran
    assert len(ran.err.strip().splitlines()) == 1 and "Traceback" not in ran.err, ran.err
    assert all(word in ran.err for word in words), ran.err


def test_a_folder_is_added_searched_and_asked_by_other_programs(tmp_path: Path, folder: Path, call: Call) -> None:
    data = tmp_path / "data"
    added = run(data, "documents", "add", folder, "--json")
    assert added.status == 0, added.err
    by_name = {Path(row["path"]).name: row for row in added.json}
    assert set(by_name) == {"战略.md", "办法.MD", "坏.pdf"}
    assert (by_name["战略.md"]["outcome"], by_name["战略.md"]["state"], by_name["战略.md"]["kind"]) == ("added", "ready", "hq")
    assert by_name["坏.pdf"]["state"] == "failed" and by_name["坏.pdf"]["error"] in added.err

    questions = [
        {"id": "q1", "query": "持证上岗率是多少"},
        {"id": 2, "query": "培训\u2028经费按人均多少"},
        {"id": None, "query": "？\ud83d"},
    ]
    asked, hits_file, answers_file = tmp_path / "in.jsonl", tmp_path / "hits.jsonl", tmp_path / "answers.jsonl"
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in questions)
    asked.write_text(lines.replace("\ud83d", "\\ud83d") + "\n\n", encoding="utf-8")
    searched = run(data, "search", "--queries", asked, "-o", hits_file, "-k", 3, "--json")
    assert searched.status == 0 and searched.json["questions"] == 3, searched.err
    found = [json.loads(line) for line in hits_file.read_text(encoding="utf-8").split("\n") if line]
    assert [set(row) for row in found] == [{"id", "hits"}] * 3 and [row["id"] for row in found] == ["q1", 2, None]
    assert [len(row["hits"]) > 0 for row in found] == [True, True, False]
    ready = [row for row in by_name.values() if row["state"] == "ready"]
    texts = {row["id"]: call("documents", "show", row["id"], "--json").json["text"] for row in ready}
    for row in found:
        scores = [hit["score"] for hit in row["hits"]]
        assert scores == sorted(scores, reverse=True) and len(scores) <= 3
        for hit in row["hits"]:
            assert set(hit) == HIT and hit["text"] == texts[hit["document_id"]][hit["start"] : hit["end"]]
    assert found[0]["hits"][0]["document"] == "战略.md" and found[0]["hits"][0]["heading"] == ["客户经理队伍"]

    asked.write_text(
        '{"id": "a", "query": "培训经费按人均每年多少元安排？"}\n{"id": "b", "query": "食堂的菜单什么时候更新？"}\n', encoding="utf-8-sig"
    )
    assert run(data, "ask", "--queries", asked, "-o", answers_file).status == 0
    known, unknown = (json.loads(line) for line in answers_file.read_text(encoding="utf-8").splitlines())
    assert known["id"] == "a" and known["found"] is True and known["engine"] == "extractive" and "六千" in known["answer"]
    assert known["citations"] and all(set(one) == CITATION for one in known["citations"])
    by_document = {row["document"]: texts[row["id"]] for row in ready}
    assert all(one["quote"] == by_document[one["document"]][one["start"] : one["end"]] for one in known["citations"])
    assert (unknown["found"], unknown["citations"]) == (False, []) and len(unknown["answer"]) > 10

    single = run(data, "search", "持证上岗率", "--json")
    assert single.json["hits"][0]["document"] == "战略.md" and len(single.out.splitlines()) == 1


def test_a_file_is_added_once_and_a_changed_one_becomes_a_new_edition(call: Call, folder: Path) -> None:
    path = folder / "战略.md"
    first = call("documents", "add", path, "--json").json[0]
    again = call("documents", "add", path, "--json")
    assert again.status == 0 and (again.json[0]["outcome"], again.json[0]["id"]) == ("unchanged", first["id"])
    path.write_text(STRATEGY.replace("一万亿", "两万亿"), encoding="utf-8")
    changed = call("documents", "add", path, "--json").json[0]
    assert (changed["outcome"], changed["edition"], changed["state"]) == ("new_edition", 2, "ready")
    listed = call("documents", "list", "--json").json
    assert [(row["id"], row["editions"], row["current"]) for row in listed] == [(changed["id"], 2, True)]
    assert "两万亿" in call("search", "财富管理客户资产规模", "--json").json["hits"][0]["text"]


def test_kinds_and_readers_are_as_given(call: Call, folder: Path) -> None:
    for kind in ("hq", "branch", "policy", "interview", "appraisal"):
        path = folder / f"{kind}.md"
        path.write_text(f"# {kind}\n\n{SECRET}", encoding="utf-8")
        assert call("documents", "add", path, "--kind", kind, "--json").json[0]["kind"] == kind
    listed = {row["kind"]: row["readers"] for row in call("documents", "list", "--json").json}
    assert listed["interview"] == ["hr"] and listed["hq"] == ["executive", "hr", "manager"]
    call("documents", "add", folder / "战略.md", "--readers", "manager", "--json")
    assert call("documents", "list", "--json").json[0]["readers"] == ["hr", "manager"]
    one_sentence(call("documents", "add", folder / "战略.md", "--readers", "king"), "king")
    assert call("documents", "add", folder / "战略.md", "--kind", "secret").status == 2


def test_a_batch_with_bad_files_takes_the_good_ones(call: Call, folder: Path, tmp_path: Path) -> None:
    (folder / "空.md").write_bytes(b"")
    added = call("documents", "add", folder / "空.md", folder / "战略.md", "--json")
    assert added.status == 0 and [row["outcome"] for row in added.json] == ["refused", "added"]
    assert "空.md" in added.err and added.json[0]["error"] in added.err
    only_bad = call("documents", "add", folder / "空.md", folder / "坏.pdf", "--json")
    assert only_bad.status == 2 and [row["state"] for row in only_bad.json] == ["failed", "failed"]


def test_a_removed_document_is_gone_from_list_search_and_disk(call: Call, folder: Path, tmp_path: Path) -> None:
    document_id = call("documents", "add", folder / "战略.md", "--json").json[0]["id"]
    assert call("documents", "remove", document_id, "--json").json == {"id": document_id, "removed": True, "for_good": False}
    assert call("documents", "list", "--json").json == [] and call("search", "财富管理", "--json").json == {"hits": []}
    one_sentence(call("documents", "remove", document_id))
    one_sentence(call("documents", "show", document_id))
    again = call("documents", "add", folder / "战略.md", "--json").json[0]
    assert (again["id"], again["outcome"], again["state"]) == (document_id, "restored", "ready")
    assert texts_of(tmp_path / "data" / "uploads")
    call("documents", "remove", document_id, "--for-good")
    assert texts_of(tmp_path / "data" / "uploads") == {}
    from core.instance import open_instance
    from core.jobs import repository as jobs

    instance = open_instance(tmp_path / "data")
    with instance.database.reading() as db:
        assert jobs.all_open(db) == []
    instance.close()


def test_for_people_the_result_is_lines_and_for_english_ones_english(call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = call("documents", "add", folder / "战略.md")
    assert said.status == 0 and "战略" in said.out and not said.out.startswith("[")
    assert "财富管理" in call("documents", "show", 1).out
    assert "[1]" in call("ask", "持证上岗率不低于多少？").out
    monkeypatch.setenv("CEXUN_LANGUAGE", "en")
    refused = call("documents", "show", 99)
    assert refused.status == 2 and refused.err.isascii()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("documents", "add", "/nowhere/战略.pdf"), ("/nowhere/战略.pdf",)),
        (("documents", "show", "7"), ("文件",)),
        (("search",), ("--queries",)),
        (("search", "问", "--queries", "x.jsonl", "-o", "y.jsonl"), ("--queries",)),
        (("search", "--queries", "x.jsonl"), ("-o",)),
        (("search", "问", "-o", "y.jsonl"), ("-o",)),
        (("search", "问", "-k", "0"), ("-k",)),
        (("search", "--queries", "/nowhere/x.jsonl", "-o", "y.jsonl"), ("/nowhere/x.jsonl",)),
        (("ask", "  "), ("问题",)),
        (("ask", "问" * 1001), ("1001", "1000")),
        (("restore", "/nowhere/backup"), ("/nowhere/backup",)),
        (("user", "disable", "nobody"), ("nobody",)),
        (("demo", "clear"), ("示例",)),
    ],
)
def test_bad_input_is_exit_2_and_one_sentence(call: Call, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    one_sentence(call(*arguments), *words)


@pytest.mark.parametrize(
    "arguments",
    [(), ("dance",), ("documents",), ("documents", "show", "abc"), ("user", "add", "x"), ("user", "add", "x", "--role", "king")],
)
def test_a_command_that_does_not_exist_is_exit_2_on_stderr(call: Call, arguments: tuple[str, ...]) -> None:
    ran = call(*arguments)
    assert ran.status == 2 and ran.out == "" and ran.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"id": 1, "query": "好"}\nnot json\n', ("第 2 行",)),
        ('{"id": 1}\n', ("第 1 行", "query")),
        ('{"id": 1, "query": 5}\n', ("第 1 行", "query")),
        ("[1]\n", ("第 1 行",)),
        ('{"id": "q7", "query": "  "}\n', ("q7",)),
    ],
)
def test_a_bad_line_of_questions_is_named_and_nothing_is_written(call: Call, tmp_path: Path, content: str, words: tuple[str, ...]) -> None:
    asked, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    asked.write_text(content, encoding="utf-8")
    one_sentence(call("ask", "--queries", asked, "-o", out), *words)
    assert not out.exists() and sorted(path.name for path in tmp_path.iterdir() if path.name != "data") == ["in.jsonl"]


def test_an_output_that_cannot_be_written_is_named(call: Call, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "query": "好"}\n', encoding="utf-8")
    one_sentence(call("search", "--queries", tmp_path / "in.jsonl", "-o", tmp_path / "no" / "out.jsonl"), "out.jsonl")
    (tmp_path / "folder").mkdir()
    one_sentence(call("search", "--queries", tmp_path / "in.jsonl", "-o", tmp_path / "folder"), "folder")


def test_an_empty_folder_is_named(call: Call, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    one_sentence(call("documents", "add", tmp_path / "empty"), "empty")


def test_a_bad_setting_is_named_and_a_fault_is_exit_1(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    one_sentence(run(tmp_path / "data", "documents", "list", CEXUN_LOG_LEVEL="LOUD"), "log_level")
    (tmp_path / "data" / "cexun.db").parent.mkdir(exist_ok=True)
    (tmp_path / "data" / "cexun.db").write_bytes(b"this is no database " * 100)
    broken = call("documents", "list", "--json")
    assert broken.status == 1 and broken.out == "" and broken.err.startswith("数据库文件已损坏。") and broken.err.count("\n") == 1


def test_the_option_for_the_data_directory_stands_above_the_environment(call: Call, tmp_path: Path, folder: Path) -> None:
    call("documents", "add", folder / "战略.md", "--data", tmp_path / "other")
    assert call("documents", "list", "--json").json == []
    assert len(call("documents", "list", "--json", "--data", tmp_path / "other").json) == 1


def test_people_are_added_listed_linked_and_disabled(call: Call) -> None:
    made = call("user", "add", "Lin", "--name", "林芳", "--role", "hr", "--role", "executive", "--json")
    assert made.status == 0 and made.json["link"].startswith("http://localhost:8501/welcome/")
    listed = call("user", "list", "--json").json
    assert [(row["login"], row["name"], row["roles"], row["enabled"]) for row in listed] == [("lin", "林芳", ["executive", "hr"], True)]
    one_sentence(call("user", "add", "lin", "--role", "it"), "lin")
    call("user", "add", "wei", "--role", "hr")
    assert call("user", "link", "LIN", "--json").json["link"] != made.json["link"]
    assert call("user", "disable", "lin", "--json").json == {"login": "lin", "enabled": False}
    assert {row["login"]: row["enabled"] for row in call("user", "list", "--json").json} == {"lin": False, "wei": True}
    assert call("user", "enable", "lin").status == 0


def test_backup_restore_and_check(call: Call, tmp_path: Path, folder: Path) -> None:
    call("documents", "add", folder / "战略.md")
    saved = call("backup", tmp_path / "backup", "--json")
    assert saved.status == 0 and saved.json["files"] > 3 and saved.json["bytes"] > 1000
    one_sentence(call("backup", tmp_path / "backup"), "backup")
    call("documents", "remove", 1, "--for-good")
    assert call("check", "--json").json["ok"] is True
    restored = call("restore", tmp_path / "backup", "--json")
    assert restored.status == 0 and Path(restored.json["aside"]).exists()
    assert call("search", "财富管理", "--json").json["hits"][0]["document"] == "战略.md"
    checked = call("check", "--json")
    assert checked.status == 0 and checked.json["documents"] == 1 and checked.json["problems"] == []
    next(path for path in (tmp_path / "data" / "uploads").rglob("*") if path.is_file()).unlink()
    broken = call("check", "--json")
    assert broken.status == 1 and broken.json["ok"] is False and "战略" in broken.json["problems"][0]["message"]
    next(path for path in (tmp_path / "backup" / "uploads").rglob("*") if path.is_file()).write_bytes(b"x")
    before = texts_of(tmp_path / "data")
    one_sentence(call("restore", tmp_path / "backup"), "uploads")
    assert texts_of(tmp_path / "data") == before


def test_a_place_without_data_is_neither_saved_nor_found_sound(call: Call, tmp_path: Path) -> None:
    for arguments in (("backup", tmp_path / "backup"), ("check",)):
        one_sentence(call(*arguments, "--data", tmp_path / "mistyped"), "mistyped")
    assert not (tmp_path / "mistyped").exists() and not (tmp_path / "backup").exists()


def test_check_repairs_vectors_that_were_lost(
    call: Call, tmp_path: Path, folder: Path, model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    (data / "index").mkdir(parents=True)
    (data / "index" / "model").symlink_to(model_folder)
    # Indexed while there was no dense model.
    assert call("documents", "add", folder / "战略.md").status == 0
    monkeypatch.setenv("CEXUN_EMBEDDING", "local")
    found = call("check", "--json")
    assert found.status == 1 and found.json["vectors"] == 0 and found.json["passages"] > 0, found
    mended = call("check", "--repair", "--json")
    assert mended.status == 0 and mended.json["vectors"] == mended.json["passages"], mended


def test_an_interrupted_add_goes_on_when_it_is_called_again(call: Call, folder: Path, tmp_path: Path) -> None:
    from core.access.actor import LOCAL_ADMINISTRATOR
    from core.documents import service
    from core.documents.tables import DocumentKind
    from core.instance import open_instance
    from core.jobs.tables import Job, JobState

    instance = open_instance(tmp_path / "data")
    with instance.database.writing() as db:
        added = service.add(db, instance.settings, LOCAL_ADMINISTRATOR, "战略.md", STRATEGY.encode(), DocumentKind.HQ)
        job = db.get_one(Job, added.job_id)
        job.state, job.worker = JobState.RUNNING, f"{instance.worker.name.rsplit(':', 2)[0]}:{2**22 - 1}:0"
    instance.close()
    again = call("documents", "add", folder / "战略.md", "--json")
    assert again.status == 0 and (again.json[0]["outcome"], again.json[0]["state"]) == ("unchanged", "ready")


@pytest.mark.thorough
def test_the_sample_branch_is_loaded_asked_and_cleared(call: Call, tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Its files are those that other tests have made and read already.
    monkeypatch.setattr("core.demo.service.build_files", lambda: built(shared))
    monkeypatch.setattr("core.documents.indexing.parse_file", parser(shared))
    # What follows from its documents, half a minute of work, is made and looked at by tests/core/demo/test_year.py.
    monkeypatch.setattr("core.demo.year.PARTS", ())
    loaded = call("demo", "load", "--json")
    assert loaded.status == 0 and len(loaded.json["documents"]) > 8, loaded.err
    listed = call("documents", "list", "--json").json
    assert all(row["sample"] and row["state"] == "ready" for row in listed), listed
    assert call("check", "--json").json["problems"] == []
    assert call("search", "零售客户金融资产规模目标", "--json").json["hits"]
    again = call("demo", "load", "--json")
    assert {row["outcome"] for row in again.json["documents"]} == {"unchanged"}
    assert call("demo", "clear", "--json").json["removed"] == len(loaded.json["documents"])
    assert call("documents", "list", "--json").json == [] and texts_of(tmp_path / "data" / "uploads") == {}


def test_a_file_and_a_document_of_the_library_decode_alike(call: Call, folder: Path) -> None:
    added = call("documents", "add", folder / "战略.md", "--json").json[0]
    by_path, by_id = call("decode", folder / "战略.md", "--json"), call("decode", added["id"], "--json")
    assert (by_path.status, by_id.status) == (0, 0) and by_path.json == by_id.json, by_path.err
    assert by_path.json["document"] == "战略.md" and by_path.json["findings"]
    text = call("documents", "show", added["id"], "--json").json["text"]
    for finding in by_path.json["findings"]:
        assert finding["kind"] in ("theme", "task", "target", "capability")
        assert finding["quote"] == text[finding["start"] : finding["end"]]
        assert ("metric" in finding) == (finding["kind"] == "target")
    assert len(call("documents", "list", "--json").json) == 1, "a file that is decoded by its path is not stored"


def test_decoding_what_is_not_there_is_a_sentence(call: Call, tmp_path: Path) -> None:
    for missing in (str(tmp_path / "没有.md"), "77"):
        ran = call("decode", missing, "--json")
        assert (ran.status, ran.out) == (2, "") and len(ran.err.strip().splitlines()) == 1
