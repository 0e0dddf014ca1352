"""What a file is, by its content; its name decides only between kinds of plain text."""

from __future__ import annotations

import codecs
import zipfile
from pathlib import Path, PurePath

from core.documents.parsed import FileKind
from core.documents.parsing.decoding import unmarked_utf16
from core.errors import BadInput
from core.i18n import Message
from core.sheets.archive import check_archive

_PARTS: tuple[tuple[str, FileKind], ...] = (
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
    ("xl/workbook.xml", "xlsx"),
)
_OLD_OFFICE = ("WordDocument", "PowerPoint Document", "Workbook", "Book", "\x01WPS", "ET Workbook")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_BY_NAME: dict[str, FileKind] = {".md": "md", ".markdown": "md", ".csv": "csv", ".tsv": "csv"}


def kind_of(path: Path, name: str) -> FileKind:
    """The kind of the file at `path`, whose own name is `name`; refused with a reason when it is none that can be read."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise BadInput(Message("文件是空的（0 字节）。请检查原文件后重新上传。"))
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed_kind(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise BadInput(_old_office(path))
    if head.lstrip().startswith(b"{\\rtf"):
        raise BadInput(Message("这是 RTF 文件。请用 Word 或 WPS 打开，另存为 .docx 后再上传。"))
    if head.startswith(_PROGRAMS):
        raise BadInput(Message("这是一个程序文件，不是文档，没有读取。"))
    if head.startswith(_PICTURES) and _is_binary(head):
        raise BadInput(Message("这是一张图片。请把扫描件保存为 PDF 后再上传，系统会识别其中的文字。"))
    if head.startswith(_ARCHIVES):
        raise BadInput(Message("这是压缩包。请先解压，再上传里面的文件。"))
    if _is_binary(head):
        raise BadInput(Message("无法识别这种文件。可以上传 PDF、DOCX、PPTX、XLSX、TXT、MD、HTML 或 CSV 文件。"))
    return _text_kind(head, PurePath(name).suffix.lower())


def _packed_kind(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "EncryptedPackage" in names:
                raise BadInput(password_message())
            for part, kind in _PARTS:
                if part in names:
                    check_archive(archive)
                    return kind
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise BadInput(Message("文件已损坏，打不开。请用原来的软件打开并另存一份，再上传。")) from error
    if "xl/workbook.bin" in names:
        raise BadInput(Message("这是 XLSB 工作簿。请用 Excel 另存为 .xlsx 后再上传。"))
    if "mimetype" in names or "content.xml" in names:
        raise BadInput(Message("这是 OpenDocument 文件。请另存为 .docx、.pptx 或 .xlsx 后再上传。"))
    raise BadInput(Message("这是压缩包。请先解压，再上传里面的文件。"))


def password_message() -> Message:
    """The sentence for a file that only opens with its password."""
    return Message("文件有密码，读不到内容。请在原来的软件里去掉密码，另存一份再上传。")


def _old_office(path: Path) -> Message:
    """An OLE container: an Office file under a password, or one in the format before 2007."""
    with path.open("rb") as file:
        content = file.read(20_000_000)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return password_message()
    if any(stream.encode("utf-16-le") in content for stream in _OLD_OFFICE):
        return Message("这是旧版 Office 或 WPS 格式（.doc、.ppt、.xls、.wps、.et 等）。请打开后另存为 .docx、.pptx 或 .xlsx，再上传。")
    return Message("无法识别这种文件。可以上传 PDF、DOCX、PPTX、XLSX、TXT、MD、HTML 或 CSV 文件。")


def _is_binary(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    if unmarked_utf16(head) is not None:
        return False
    controls = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1b\x00")
    return head.count(0) * 10 > len(head) or controls * 20 > len(head)


def _text_kind(head: bytes, suffix: str) -> FileKind:
    beginning = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    is_page = beginning.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in beginning
    if suffix in (".html", ".htm", ".xhtml") or (is_page and suffix not in _BY_NAME):
        return "html"
    return _BY_NAME.get(suffix, "txt")
