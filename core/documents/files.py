"""Original files, kept under the hash of their content in the data directory's `uploads` folder."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Collection
from pathlib import Path

from core.errors import BadInput, NotFound
from core.i18n import Message

# What a file is is decided by its content; these are the endings that are worth looking into when a folder is walked.
READABLE_ENDINGS = ("pdf", "docx", "docm", "pptx", "pptm", "xlsx", "xlsm", "txt", "csv", "md", "html", "htm")
_OLD_ENDINGS = ("doc", "dot", "ppt", "pps", "xls", "xlt", "wps", "wpt", "dps", "et", "ett")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def fingerprint(content: bytes) -> str:
    """The SHA-256 of a file's bytes: two files with the same one are the same document."""
    return hashlib.sha256(content).hexdigest()


def safe_name(name: str) -> str:
    """A file's own name without folders and without characters that a file system or a reader could stumble over."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    cleaned = _UNSAFE.sub("", unicodedata.normalize("NFC", base)).strip(" .")
    stem, dot, ending = cleaned.rpartition(".")
    return f"{stem[:200]}{dot}{ending[:10]}" if dot and stem else cleaned[:200] or "document"


def is_readable(name: str) -> bool:
    """Whether a file's name ends like one that can be read."""
    return _ending(name) in READABLE_ENDINGS


def is_old_office(name: str) -> bool:
    """Whether a file's name ends like one of Office before 2007 or of WPS, which its own program can save so that it can be read."""
    return _ending(name) in _OLD_ENDINGS


def is_nobodys(name: str) -> bool:
    """Whether nobody wrote this file: hidden, or left by Office beside a document that is open."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    return base.startswith(("~$", ".")) or base.lower() in ("thumbs.db", "desktop.ini")


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def check_size(name: str, size: int, limit_megabytes: int) -> None:
    """Raises `BadInput` for an empty file and one of more bytes than the limit allows."""
    if not size:
        raise BadInput(Message("文件“{name}”是空的（0 字节），没有收下。请检查原文件后重新上传。", name=name))
    if size > limit_megabytes * 1024 * 1024:
        raise BadInput(
            Message(
                "文件“{name}”有 {size} MB，超过了 {limit} MB 的上限，没有收下。请压缩图片或拆分后再上传。",
                name=name,
                size=f"{size / 1024 / 1024:.1f}",
                limit=limit_megabytes,
            )
        )


def place(uploads: Path, sha256: str) -> Path:
    """Where the file with this hash is."""
    return uploads / sha256[:2] / sha256


def stored(uploads: Path, sha256: str) -> Path:
    """Where the file with this hash is. Raises `NotFound` when it has been lost."""
    path = place(uploads, sha256)
    if not path.exists():
        raise NotFound(Message("原文件不在存储目录中，请检查备份或重新上传。"))
    return path


def keep(uploads: Path, content: bytes) -> str:
    """Store a file, whole or not at all; returns its SHA-256. A file that is there already, undamaged, is not written again."""
    sha256 = fingerprint(content)
    path = place(uploads, sha256)
    if not path.exists() or fingerprint(path.read_bytes()) != sha256:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{sha256}.{secrets.token_hex(4)}")
        with fresh.open("wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        fresh.replace(path)
    return sha256


def others(uploads: Path, known: Collection[str]) -> list[Path]:
    """The stored files whose hash is not `known`, and parts of files that were never finished."""
    return sorted(path for path in uploads.glob("??/*") if path.name not in known)


def discard(uploads: Path, sha256: str) -> None:
    """Delete a stored file."""
    place(uploads, sha256).unlink(missing_ok=True)
