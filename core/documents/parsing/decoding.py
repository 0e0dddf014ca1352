"""Bytes of a text file as text, whatever encoding a Chinese office's software has written."""

from __future__ import annotations

import codecs
import re

from core.documents.parsing.cleaning import clean
from core.errors import BadInput
from core.i18n import Message

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_USUAL = re.compile("[\t\n\r -~\u2010-\u203b\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_SAMPLE_BYTES = 4_096


def decode(content: bytes) -> str:
    """The text of `content`, cleaned: by its byte order mark, as UTF-8, as UTF-16 without a mark, or as GB18030."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return clean(content.decode(encoding, errors="replace"))
    if unmarked := unmarked_utf16(content):
        return clean(content.decode(unmarked, errors="replace"))
    try:
        return clean(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _damaged_or_chinese(content)


def unmarked_utf16(content: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, when `content` begins like such a text: zero bytes, and only usual characters."""
    sample = content[: min(_SAMPLE_BYTES, len(content) // 2 * 2)]
    if b"\x00" not in sample:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, errors="replace")
        if len(_USUAL.findall(text)) >= len(text) * 0.95:
            return encoding
    return None


def _damaged_or_chinese(content: bytes) -> str:
    """UTF-8 with a few broken bytes, or GB18030: the reading with fewer characters that had to be replaced."""
    readings = [content.decode(encoding, errors="replace") for encoding in ("gb18030", "utf-8")]
    best = min(readings, key=lambda reading: reading.count("\ufffd"))
    if best.count("\ufffd") * 20 > len(best):
        raise BadInput(Message("文字编码无法识别。请用记事本打开，另存为 UTF-8 编码后再上传。"))
    return clean(best)
