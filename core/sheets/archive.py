"""Office files are zip archives of XML: what is inside is measured before any of it is opened."""

from __future__ import annotations

import zipfile

from core.errors import BadInput
from core.i18n import Message

MAX_ENTRIES = 20_000
MAX_UNPACKED_BYTES = 600_000_000
MAX_XML_BYTES = 250_000_000
# Real sheets of repeated numbers pack up to about 60 times; below the floor even a higher ratio does no harm.
MAX_RATIO = 150
RATIO_FLOOR_BYTES = 20_000_000
_CHUNK = 1 << 20
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_XML = (".xml", ".rels", ".vml")


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that would unpack to a size out of all proportion, is encrypted, or declares XML entities.

    The sizes of the directory can be trusted that far: zipfile never yields more bytes of an entry than are declared there.
    """
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadInput(Message("文件有密码，读不到内容。请在原来的软件里去掉密码，另存一份再上传。"))
    bomb = unpacked > RATIO_FLOOR_BYTES and unpacked > MAX_RATIO * max(packed, 1)
    if bomb or len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
        raise BadInput(_too_large(unpacked))
    for entry in entries:
        if entry.filename.lower().endswith(_XML):
            if entry.file_size > MAX_XML_BYTES:
                raise BadInput(_too_large(unpacked))
            _refuse_entities(archive, entry)


def _too_large(unpacked: int) -> Message:
    return Message(
        "文件解压后异常庞大（约 {size} MB），为安全起见没有读取。请去掉不需要的内容，另存一份再上传。",
        size=unpacked // 1_000_000,
    )


def _refuse_entities(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """No Office program writes a document type; with one, a few lines of XML can grow to gigabytes."""
    tail = b""
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            window = (tail + chunk).replace(b"\x00", b"")
            if any(mark in window for mark in _FORBIDDEN):
                raise BadInput(Message("文件里有 Office 不会写入的 XML 定义，可能被人改动过，为安全起见没有读取。"))
            tail = chunk[-32:]
