"""How the cells of a bank's own list are read, as people write them: 两天, 一天半, 线上直播, 高. Pure."""

from __future__ import annotations

import math
import re

from core.delivery.content.terms import HOURS_PER_SLOT
from core.errors import BadInput
from core.i18n import Message
from core.sheets.reading import folded

MOST_SLOTS = 20

_DIGITS = {name: str(at) for at, name in enumerate("一二三四五六七八九十", 1)} | {"两": "2"}
_NUMERAL = re.compile(rf"[{''.join(_DIGITS)}](?=个?半?[天日]|个?(?:学时|课时|小时))")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(个?半天|个?半日|[天日]半|天|日|个?学时|个?课时|个?小时|days?|hours?|h|d)?")
_HALF_A_DAY = {"半天", "半日", "0.5天", "halfday", "halfaday"}
_YES = {"是", "y", "yes", "true", "1", "√", "✓"}
_ONLINE = (
    *("线上", "在线", "直播", "网络", "网课", "远程", "视频会议", "腾讯会议", "云课堂"),
    *("online", "webinar", "zoom", "virtual", "remote"),
)
_NOT_ONLINE = ("线下", "面授", "现场", "非线上", "offline", "face", "inperson", "classroom", "onsite", "hybrid", "blended")
_PRIORITIES = {"高": 5, "中": 3, "低": 1, "high": 5, "medium": 3, "low": 1}
_NOBODY_YET = {"待定", "未定", "另定", "待聘", "暂无", "无", "—", "-", "--", "/", "tbd", "tbc", "n/a", "none"}


def slots(text: str, heading: str) -> int:
    """Half days, by what the cell or its column says: 2 天, 一天半, 半天, 7 学时, 3. Raises `BadInput`."""
    if not text:
        raise BadInput(Message("请写时长，例如 2 天、半天或 7 学时。"))
    written = _NUMERAL.sub(lambda found: _DIGITS[found[0]], folded(text).replace(" ", ""))
    if written in _HALF_A_DAY:
        return 1
    match = _LENGTH.fullmatch(written)
    if match is None or not float(match[1]):
        raise BadInput(Message("时长“{text}”看不懂，可以写 2 天、半天或 7 学时。", text=text[:12]))
    whole = max(1, math.ceil(round(_half_days(float(match[1]), match[2] or folded(heading)), 4)))
    if whole > MOST_SLOTS:
        raise BadInput(Message("一节课最多 {n} 个半天，太长就分成几节。", n=MOST_SLOTS))
    return whole


def _half_days(number: float, unit: str) -> float:
    if unit in ("天半", "日半"):
        return 2 * number + 1
    if any(word in unit for word in ("半天", "半日", "half")):
        return number
    if any(word in unit for word in ("学时", "课时", "小时", "hour")) or unit == "h":
        return number / HOURS_PER_SLOT
    return 2 * number


def is_online(text: str) -> bool:
    """Whether a mode of teaching needs no room; what is partly face to face needs one."""
    plain = folded(text).replace(" ", "").replace("-", "")
    return plain in _YES or (any(word in plain for word in _ONLINE) and not any(word in plain for word in _NOT_ONLINE))


def priority(text: str) -> int | None:
    """A priority in words; None where it is none of these."""
    return _PRIORITIES.get(folded(text))


def is_open(text: str) -> bool:
    """Whether a cell for trainers says that nobody is chosen yet."""
    return folded(text) in _NOBODY_YET
