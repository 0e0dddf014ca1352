"""What cannot be used is answered with exit 2 and one sentence: what is wrong, where, and what to do."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.cli import main
from tests.core.cli.conftest import ROOT, Ran
from tests.texts import HAN

HUGE = "9" * 30
GOAL = '{"pain_point": "a", "behaviour": "b", "pain_point": "c"}'


def refused(ran: Ran, status: int = 2) -> str:
    """The one sentence of a command that was refused."""
    assert ran.status == status and ran.out == "" and ran.err.count("\n") == 1, ran
    return ran.err.strip()


@pytest.mark.parametrize(
    "arguments",
    [
        *(("documents", "show", HUGE), ("documents", "remove", HUGE), ("share", "revoke", HUGE), ("decode", HUGE), ("decode", "0")),
        ("export", "plan", "-o", "a.docx", "--plan", HUGE),
        ("share", "create", "executive", "--plan", HUGE),
        ("results", "import", "a.csv", "--plan", HUGE, "--as", "test"),
        ("results", "import", "a.csv", "--plan", "1", "--project", "x", "--as", "test"),
    ],
)
def test_a_number_that_no_record_can_have_is_refused_with_a_sentence(call: Callable[..., Ran], arguments: tuple[str, ...]) -> None:
    assert "不是编号" in refused(call(*arguments))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("people", "import", "a.csv", "--as", "assessments", "--date", "3月"), "--date：“3月”不是日期，请写成 2027-03-12。"),
        (
            ("results", "import", "a.csv", "--plan", "1", "--as", "test", "--date", "2026-13-01"),
            "--date：“2026-13-01”不是日期，请写成 2027-03-12。",
        ),
        (("results", "import", "a.csv", "--plan", "1", "--as", "test", "--pass-mark", "nan"), "--pass-mark：“nan”不是数字。"),
        (("decode", "a.pdf", "--dated", "x"), "--dated：“x”不是日期，请写成 2027-03-12。"),
        (("search", "a", "-k", "5.5"), "-k：“5.5”不是整数，或者太长。"),
        (("schedule", "a.json", "-o", "b.json", "--seconds", "inf"), "--seconds：“inf”不是数字。"),
    ],
)
def test_a_wrong_value_of_an_option_is_named(bare: Callable[..., Ran], arguments: tuple[str, ...], said: str) -> None:
    assert refused(bare(*arguments)) == said


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        ((), "缺少 COMMAND", "COMMAND is missing"),
        (("people", "import", "a.csv"), "缺少 --as", "--as is missing"),
        (("nosuch",), "COMMAND 不能是 'nosuch'", "COMMAND cannot be 'nosuch'"),
        (("user", "add", "zhang", "--role", "boss"), "--role 不能是 'boss'，可用：'hr'", "--role cannot be 'boss', only one of: 'hr'"),
        (("search", "a", "-k"), "-k 后面缺少内容", "something is missing behind -k"),
        (("goal", "check", "--fast"), "不认识 --fast", "--fast is not known here"),
    ],
)
def test_a_wrong_command_line_is_answered_in_the_readers_language(
    bare: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], zh: str, en: str
) -> None:
    said = refused(bare(*arguments))
    assert zh in said and said.endswith("--help")
    monkeypatch.setenv("CEXUN_LANGUAGE", "en")
    said = refused(bare(*arguments))
    assert en in said and not HAN.search(said)


def test_a_file_in_place_of_a_folder_is_refused(call: Callable[..., Ran], tmp_path: Path) -> None:
    there = tmp_path / "there.txt"
    there.write_text("x")
    assert refused(call("backup", there)) == f"备份要写进一个新文件夹，{there} 是一个文件。"
    assert refused(call("documents", "list", "--data", there)) == f"数据目录 {there} 无法使用：那里已经有一个文件"
    assert refused(call("documents", "list", "--data", there / "x")) == f"数据目录 {there / 'x'} 无法使用：路径里有一段是文件，不是文件夹"
    assert there.read_text() == "x"


def test_a_place_that_cannot_be_read_or_written_is_said_in_words(call: Callable[..., Ran], tmp_path: Path) -> None:
    asked = tmp_path / "q.jsonl"
    asked.write_text('{"id": 1, "query": "a"}\n', encoding="utf-8")
    away = tmp_path / "away" / "o.jsonl"
    assert refused(call("search", "--queries", asked, "-o", away)) == f"无法写入文件 {away}：没有这个文件或文件夹"
    assert refused(call("search", "--queries", asked, "-o", tmp_path)) == f"无法写入文件 {tmp_path}：这是一个文件夹，不是文件"
    assert refused(call("search", "--queries", tmp_path, "-o", away)) == f"无法读取文件 {tmp_path}：这是一个文件夹，不是文件"
    asked.write_bytes('{"id": 1, "query": "零售"}'.encode("gbk"))
    assert refused(call("search", "--queries", asked, "-o", away)) == f"无法读取文件 {asked}：不是 UTF-8 文本，请另存为 UTF-8 后再试"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ('"query": "a", "id": ' + "9" * 5_000, "输入里有一个数太长。"),
        ('"query": "a", "id": ' + "[" * 100_000, "输入的 JSON 嵌套过深。"),
        ('"query": "a", "id": NaN', "NaN 不是数字。"),
        ('"query": "a", "query": "b"', "字段“query”在同一个对象里写了两次，请只留一个。"),
    ],
)
def test_a_line_of_questions_that_cannot_be_read_is_named(call: Callable[..., Ran], tmp_path: Path, value: str, said: str) -> None:
    asked = tmp_path / "q.jsonl"
    asked.write_text('{"id": 1, "query": "a"}\n{' + value + "}\n", encoding="utf-8")
    assert refused(call("ask", "--queries", asked, "-o", tmp_path / "o.jsonl")) == f"{asked} 第 2 行：{said}"
    assert not (tmp_path / "o.jsonl").exists()


def test_a_field_that_stands_twice_is_refused_in_every_file(bare: Callable[..., Ran], tmp_path: Path) -> None:
    problem = tmp_path / "p.json"
    problem.write_text('{"calendar": {"days": 5}, "sessions": [{"id": 1}], "sessions": []}')
    twice = "字段“{}”在同一个对象里写了两次，请只留一个。"
    assert refused(bare("schedule", problem, "-o", tmp_path / "s.json")) == f"{problem}：{twice.format('sessions')}"
    rows, mapping = tmp_path / "a.csv", tmp_path / "m.json"
    rows.write_text("工号,姓名\n1,张敏\n", encoding="utf-8")
    mapping.write_text('{"工号": "employee_no", "姓名": "name", "姓名": "post"}', encoding="utf-8")
    assert refused(bare("people", "import", rows, "--as", "roster", "--mapping", mapping)) == f"{mapping}：{twice.format('姓名')}"
    checked = subprocess.run(
        [sys.executable, "-m", "core", "goal", "check"], cwd=ROOT, input=GOAL, capture_output=True, encoding="utf-8", env=_spoken()
    )
    assert (checked.returncode, checked.stderr.strip()) == (2, twice.format("pain_point"))


def test_a_fault_is_told_beside_its_record(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CEXUN_LANGUAGE", "zh")
    monkeypatch.setattr("core.cli.accounts.open_instance", lambda _data: 1 / 0)
    assert main(["user", "list", "--json", "--data", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.splitlines()[-1].startswith("出了意外的错误，命令没有做完")


def _spoken() -> dict[str, str]:
    return {**os.environ, "CEXUN_EMBEDDING": "none", "CEXUN_LANGUAGE": "zh"}


@pytest.mark.parametrize(
    ("url", "status", "said"),
    [
        ("nonsense", 2, "数据库地址（CEXUN_DATABASE_URL）不可用。"),
        ("nosuch://a:secret@b/c", 2, "数据库地址（CEXUN_DATABASE_URL）不可用。"),
        ("postgresql://a:secret@127.0.0.1:1/c", 1, "连不上数据库服务器。"),
    ],
)
def test_a_database_that_cannot_be_reached_is_said_in_words(
    bare: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, url: str, status: int, said: str
) -> None:
    monkeypatch.setenv("CEXUN_DATABASE_URL", url)
    told = refused(bare("user", "list"), status)
    assert told.startswith(said) and "secret" not in told


def test_a_database_file_that_is_none_is_said_in_words(call: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "data" / "cexun.db").write_bytes(b"not a database at all" * 500)
    for command in (("user", "list"), ("check",), ("backup", tmp_path / "backup")):
        assert refused(call(*command), 1).startswith("数据库文件已损坏。")


def test_a_library_with_no_room_is_not_taken_for_a_file_that_cannot_be_read(
    call: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    note = tmp_path / "a.txt"
    note.write_text("一、总体目标\n零售客户增长一成。\n", encoding="utf-8")
    monkeypatch.setattr("core.documents.service.add", full)
    ran = call("documents", "add", note)
    assert ran.status == 2 and ran.err == f"无法写入文件 {tmp_path / 'data' / 'uploads'}：磁盘空间不足\n"


@pytest.mark.parametrize(
    ("said", "status", "told"),
    [
        ("disk I/O error", 1, "数据库所在的磁盘读写出错"),
        ("unable to open database file", 1, "数据库文件打不开或不能写。"),
        ("attempt to write a readonly database", 1, "数据库文件打不开或不能写。"),
        ("database or disk is full", 2, "服务器的磁盘已满"),
    ],
)
def test_a_database_that_cannot_be_opened_is_said_in_words(
    call: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, said: str, status: int, told: str
) -> None:
    def fail(_connection: object, _record: object) -> None:
        raise sqlite3.OperationalError(said)

    monkeypatch.setattr("core.storage.database._prepare_sqlite", fail)
    assert refused(call("user", "list"), status).startswith(told)
