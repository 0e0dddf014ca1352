"""Files that would hang, fill, crash or fool a parser: each gets a sentence, soon, and the asking process goes on."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pypdf
import pytest

from core.documents.parsing.sandbox import Limits, ParsingStopped, parse_file
from core.errors import BadInput
from tests.core.documents import files

NORMAL = Limits(seconds=20)


def _refusal(path: Path, limits: Limits = NORMAL) -> str:
    with pytest.raises(BadInput) as refused:
        parse_file(path, limits=limits)
    return refused.value.render("zh")


def _zip(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def _encrypted_pdf(path: Path) -> Path:
    writer = pypdf.PdfWriter(clone_from=files.long_pdf(path, 1))
    writer.encrypt("secret")
    writer.write(path)
    return path


@pytest.mark.parametrize(
    ("make", "name"),
    [(files.report_docx, "word/a.xml"), (files.retail_pptx, "ppt/a.xml"), (files.appraisal_xlsx, "xl/a.xml")],
)
def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path, make: Callable[[Path], Path], name: str) -> None:
    bomb = files.rewritten(make(tmp_path / "a.zip"), lambda _, content: content, {name: bytes(300_000_000)})
    began = time.monotonic()
    assert "解压后异常庞大" in _refusal(bomb)
    assert time.monotonic() - began < 5


def test_an_archive_of_archives_is_refused(tmp_path: Path) -> None:
    inner = _zip(tmp_path / "inner.zip", {"a": bytes(1000)}).read_bytes()
    assert "请先解压" in _refusal(_zip(tmp_path / "a.docx", {"inner.zip": inner}))


def test_an_archive_of_countless_entries_is_refused(tmp_path: Path) -> None:
    entries = {f"x/{n}": b"" for n in range(21_000)} | {"word/document.xml": b"<a/>"}
    assert "解压后异常庞大" in _refusal(_zip(tmp_path / "a.docx", entries))


@pytest.mark.parametrize(("make", "part"), [(files.report_docx, "word/document.xml"), (files.appraisal_xlsx, "xl/worksheets/sheet1.xml")])
def test_xml_entities_that_multiply_are_refused(tmp_path: Path, make: Callable[[Path], Path], part: str) -> None:
    laughs = b"<!DOCTYPE a [<!ENTITY l0 'ha'>" + b"".join(b"<!ENTITY l%d '%s'>" % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    path = files.rewritten(make(tmp_path / "a.zip"), lambda name, old: laughs + b"]>" + old if name == part else old)
    assert "XML 定义" in _refusal(path)


def test_a_pdf_of_ten_thousand_pages_is_refused(tmp_path: Path) -> None:
    sentence = _refusal(files.blank_pdf(tmp_path / "a.pdf", 10_000))
    assert "10000 页" in sentence and "2000 页" in sentence


def test_a_pdf_with_a_password_says_so(tmp_path: Path) -> None:
    assert "密码" in _refusal(_encrypted_pdf(tmp_path / "a.pdf"))


def test_an_office_file_with_a_password_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    assert "密码" in _refusal(path)


def test_an_old_office_file_says_what_to_save_it_as(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(600))
    assert "另存为 .docx" in _refusal(path)


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    path = files.long_pdf(tmp_path / "a.pdf", 1).rename(tmp_path / "a.docx")
    assert parse_file(path).kind == "pdf"


def test_a_program_named_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"MZ\x90\x00" + os.urandom(2000))
    assert "程序文件" in _refusal(path)


def test_the_text_of_a_file_with_macros_is_read_and_no_macro_runs(tmp_path: Path) -> None:
    path = files.rewritten(files.report_docx(tmp_path / "a.docm"), lambda _, old: old, {"word/vbaProject.bin": b"Shell"})
    assert "2025年零售AUM较上年增长28%" in parse_file(path).text


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    assert "0 字节" in _refusal(tmp_path / "a.pdf")


def test_a_file_of_two_hundred_megabytes_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.pdf").open("wb") as file:
        file.truncate(200_000_000)
    assert _refusal(tmp_path / "a.pdf") == "文件有 200 MB，超过 100 MB 的上限。请拆分或压缩图片后再上传。"


@pytest.mark.parametrize("share", [0.2, 0.9])
def test_a_truncated_file_is_read_or_refused_with_a_sentence(tmp_path: Path, share: float) -> None:
    for make, name in ((files.report_docx, "a.docx"), (files.retail_pptx, "a.pptx"), (files.appraisal_xlsx, "a.xlsx")):
        path = make(tmp_path / name)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])
        assert "损坏" in _refusal(path)


def test_random_bytes_after_a_pdf_header_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + os.urandom(5000))
    assert "PDF 已损坏" in _refusal(path)


def test_an_office_file_without_its_main_parts_is_refused(tmp_path: Path) -> None:
    assert "损坏" in _refusal(_zip(tmp_path / "a.docx", {"word/document.xml": b"<w:document/>"}))


def test_a_page_of_huge_size_is_drawn_small(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=files.scanned_pdf(tmp_path / "a.pdf", "合规培训" * 10, "通知"))
    writer.pages[0].scale_by(22)
    writer.write(tmp_path / "a.pdf")
    assert "合规培训" in parse_file(tmp_path / "a.pdf").text


def test_deeply_nested_html_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html>" + "<div>" * 400_000 + "深处的文字" + "</div>" * 400_000, encoding="utf-8")
    assert parse_file(path, limits=NORMAL).text == "深处的文字"


def test_a_sheet_that_claims_a_million_rows_costs_nothing(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"] = "指标"
    book.active["XFD1048576"] = "尽头"
    book.save(tmp_path / "a.xlsx")
    assert "尽头" in parse_file(tmp_path / "a.xlsx", limits=NORMAL).text


def test_a_file_of_nothing_but_blanks_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" \n\u200b\n", encoding="utf-8")
    assert "没有可以读取的文字" in _refusal(tmp_path / "a.txt")


def test_a_strange_file_name_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "--max-pages=0 $(x) “引号”\n\u202e.md"
    path.write_text("# 题目\n\n正文", encoding="utf-8")
    assert parse_file(path).title == "题目"


@pytest.fixture
def no_more_processes() -> Callable[[], bool]:
    """Whether this process has no children but those that it had before: other tests may have left servers running for all."""
    before = set(psutil.Process().children())
    return lambda: set(psutil.Process().children()) <= before


def test_work_beyond_the_time_limit_is_ended(tmp_path: Path, no_more_processes: Callable[[], bool]) -> None:
    path = files.long_pdf(tmp_path / "a.pdf", 60)
    began = time.monotonic()
    assert "用时过长" in _refusal(path, Limits(seconds=0.6, page_seconds=0))
    assert time.monotonic() - began < 3
    assert no_more_processes()


def test_work_beyond_the_memory_limit_is_ended(tmp_path: Path, no_more_processes: Callable[[], bool]) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>很长的一段文字</p>" * 1_500_000, encoding="utf-8")
    assert "内存太多" in _refusal(path, Limits(memory_mb=150))
    assert no_more_processes()


def test_a_person_can_stop_it(tmp_path: Path, no_more_processes: Callable[[], bool]) -> None:
    path = files.long_pdf(tmp_path / "a.pdf", 60)
    heard: list[int] = []
    with pytest.raises(ParsingStopped):
        parse_file(path, on_progress=lambda done, _: heard.append(done), should_stop=lambda: len(heard) > 3)
    assert len(heard) < 60
    assert no_more_processes()


def test_recognising_pictures_needs_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    from core.documents.parsing.__main__ import parse
    from core.documents.parsing.progress import Progress

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    path = files.scanned_pdf(tmp_path / "a.pdf", "合规培训" * 10, "通知")
    assert "合规培训" in parse(path, path.name, Progress()).text


def test_keys_in_the_environment_do_not_reach_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.documents.parsing import sandbox

    monkeypatch.setenv("CEXUN_MODEL_KEY", "secret")
    (tmp_path / "a.txt").write_text("正文", encoding="utf-8")
    child = sandbox._start(tmp_path / "a.txt", "a.txt", tmp_path / "o.json", io.FileIO(tmp_path / "e", "w"), NORMAL)  # type: ignore[arg-type]
    try:
        assert "CEXUN_MODEL_KEY" not in psutil.Process(child.pid).environ()
    finally:
        sandbox._end(child)
