"""A goal as JSON: read with a sentence for what is wrong, and written back in the same shape."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import Any

from core.errors import BadInput, json_reason, json_value
from core.goals.goal import OPERATORS, Goal, GoalIndicator, KirkpatrickLevel
from core.i18n import LANGUAGES, Language, Message

_TEXT = Message("文本")
_NUMBER = Message("数字或 null")
_WHOLE = Message("整数或 null")
_LIST = Message("列表")
_OBJECT = Message("对象")
_SIGNS = {"≥": ">=", "≤": "<=", "＝": "=", "＋": "+", "−": "-", "－": "-", "==": "="}


def read_goal(text: str) -> Goal:
    """The goal that `text` holds as JSON. Raises `BadInput` that names the field."""
    try:
        data = json_value(text)
    except json.JSONDecodeError as error:
        raise BadInput(Message("输入的第 {line} 行不是有效的 JSON：{reason}", line=error.lineno, reason=json_reason(error))) from error
    return goal_of(data)


def goal_of(data: Any) -> Goal:
    """The goal that this JSON value is. A field that is absent is empty. Raises `BadInput` that names the field."""
    if not isinstance(data, dict):
        raise BadInput(Message("输入应为一个 JSON 对象：一个培训目标。"))
    return Goal(
        pain_point=_text(data, "pain_point", ""),
        behaviour=_text(data, "behaviour", ""),
        process=_indicators(data, "process"),
        performance=_indicators(data, "performance"),
        headcount=_whole(data, "headcount"),
        due_days=_whole(data, "due_days"),
        language=_language(data),
    )


def as_json(goal: Goal) -> dict[str, Any]:
    """The goal in the shape that `goal_of` reads."""
    made = asdict(goal)
    for field in ("process", "performance"):
        made[field] = [{**one, "level": int(one["level"]) if one["level"] else None} for one in made[field]]
    return made


def _indicators(data: dict[str, Any], field: str) -> tuple[GoalIndicator, ...]:
    listed = data.get(field)
    if listed is None:
        return ()
    if not isinstance(listed, list):
        raise _wrong(field, _LIST)
    return tuple(_indicator(one, f"{field}[{place}]") for place, one in enumerate(listed))


def _indicator(data: Any, path: str) -> GoalIndicator:
    if not isinstance(data, dict):
        raise _wrong(path, _OBJECT)
    written = _text(data, "operator", f"{path}.").strip()
    operator = next((one for one in OPERATORS if one == _SIGNS.get(written, written)), None)
    if operator is None:
        raise _other(f"{path}.operator", '">=", "<=", "=", "+", "-", ""')
    return GoalIndicator(
        name=_text(data, "name", f"{path}."),
        operator=operator,
        value=_number(data, "value", f"{path}."),
        unit=_text(data, "unit", f"{path}."),
        baseline=_number(data, "baseline", f"{path}."),
        per_head=_number(data, "per_head", f"{path}."),
        source=_text(data, "source", f"{path}."),
        level=_level(data, f"{path}.level"),
    )


def _language(data: dict[str, Any]) -> Language:
    spoken = next((one for one in LANGUAGES if one == (data.get("language") or "zh")), None)
    if spoken is None:
        raise _other("language", '"zh", "en"')
    return spoken


def _level(data: dict[str, Any], path: str) -> KirkpatrickLevel | None:
    level = data.get("level")
    if level is None:
        return None
    if isinstance(level, bool) or level not in (1, 2, 3, 4):
        raise _other(path, "1, 2, 3, 4, null")
    return KirkpatrickLevel(int(level))


def _text(data: dict[str, Any], field: str, path: str) -> str:
    value = data.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(f"{path}{field}", _TEXT)
    return value


def _number(data: dict[str, Any], field: str, path: str) -> float | None:
    value = data.get(field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not _finite(value):
        raise _wrong(f"{path}{field}", _NUMBER)
    return value


def _whole(data: dict[str, Any], field: str) -> int | None:
    value = _number(data, field, "")
    if value is None:
        return None
    if value != int(value):
        raise _wrong(field, _WHOLE)
    return int(value)


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _other(field: str, choices: str) -> BadInput:
    return BadInput(Message("字段 {field} 只能是 {choices}。", field=field, choices=choices))


def _wrong(field: str, wanted: Message) -> BadInput:
    return BadInput(Message("字段 {field} 应为{wanted}。", field=field, wanted=wanted))
