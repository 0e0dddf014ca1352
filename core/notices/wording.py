"""The words of a notice: checked when somebody edits them, filled in when something happens. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping

from core.errors import BadInput
from core.i18n import Message
from core.patterns import lazily

LONGEST_SUBJECT, LONGEST_TEXT = 120, 1000
_PLACE = lazily(r"\{([^{}\n]*)\}")
_LONGEST_VALUE = 200
# Categories of characters: those that break a line or steer a device, and those that nobody sees.
_BREAKS, _HIDDEN = frozenset({"Cc", "Zl", "Zp"}), frozenset({"Cf", "Co", "Cs", "Cn"})


def check(text: str, allowed: Collection[str], longest: int) -> str:
    """The words without stray spaces. Raises `BadInput` for a place that is not among `allowed`, a lone brace, or too many words."""
    text = text.strip()
    if len(text) > longest:
        raise BadInput(Message("最多写 {most} 个字。", most=longest))
    for name in _PLACE.findall(text):
        if name not in allowed:
            known = Message.listed(f"{{{one}}}" for one in allowed)
            raise BadInput(Message("“{place}”不是这种通知能用的占位符。可以用的有：{known}。", place=f"{{{name}}}", known=known))
    if set("{}") & set(_PLACE.sub("", text)):
        raise BadInput(Message("花括号要成对，里面写占位符的名称，例如 {place}。", place=f"{{{next(iter(allowed))}}}"))
    return text


def fill(text: str, values: Mapping[str, str]) -> str:
    """The words with what is known of this notice in their places. What a value holds is never read as a place."""
    return _PLACE.sub(lambda found: values.get(found[1], ""), text)


def one_line(text: str) -> str:
    """A text as a value or a subject may hold it: on one line, without marks that steer a reader or a mail server."""
    kinds = ((one, unicodedata.category(one)) for one in text)
    plain = "".join(" " if kind in _BREAKS else one for one, kind in kinds if kind not in _HIDDEN)
    return " ".join(plain.split())[:_LONGEST_VALUE]
