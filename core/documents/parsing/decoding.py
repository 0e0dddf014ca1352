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
_CHINESE = re.compile("[\u3400-\u9fff\ue000-\uf8ff]")
# The first bytes of the characters in everyday use, by the standards' own order.
_COMMON_GB = range(0xB0, 0xD8)
_COMMON_BIG5 = range(0xA4, 0xC7)
# Text read the right way has nine tenths of them and more; simplified characters, or traditional ones in GBK, are rare to the other.
_RARE, _USUAL_SHARE = 0.6, 0.9


def decode(content: bytes) -> str:
    """The text of `content`, cleaned: by its byte order mark, as UTF-8, as UTF-16 without a mark, as GB18030, or as Big5."""
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
    """UTF-8 with a few broken bytes, GB18030, or Big5: the reading with fewer characters that had to be replaced."""
    readings = [content.decode(encoding, errors="replace") for encoding in ("gb18030", "utf-8")]
    best = min(readings, key=lambda reading: reading.count("\ufffd"))
    if best is readings[0] and _is_big5(content, best):
        best = content.decode("cp950", errors="replace")
    if best.count("\ufffd") * 20 > len(best):
        raise BadInput(Message("文字编码无法识别。请用记事本打开，另存为 UTF-8 编码后再上传。"))
    return clean(best)


def _is_big5(content: bytes, as_gb: str) -> bool:
    """Whether a text that can be read as GB18030 is Big5, as offices in Taiwan and Hong Kong write it: read the wrong way, common
    characters become rare ones."""
    as_big5 = content.decode("cp950", errors="replace")
    if as_big5.count("\ufffd") * 20 > len(as_big5):
        return False
    return _common(as_gb, "gb2312", _COMMON_GB) < _RARE and _common(as_big5, "cp950", _COMMON_BIG5) > _USUAL_SHARE


def _common(text: str, encoding: str, leads: range) -> float:
    """The share of Chinese characters that stand in the part of a character set that holds the common ones; 1 where there are none."""
    written = _CHINESE.findall(text[:_SAMPLE_BYTES])
    found = sum(character.encode(encoding, errors="replace")[0] in leads for character in written)
    return found / len(written) if written else 1.0
