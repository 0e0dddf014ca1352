"""Statements of a learning platform (xAPI) as results: scores, passes, completions and hours, each activity a measure of its own. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeGuard

from core.errors import BadInput, json_reason
from core.goals.goal import KirkpatrickLevel
from core.i18n import Message
from core.people.importing.plan import Problem
from core.review.results.found import Found, Given, Known, Reading
from core.review.results.measuring import LONGEST_NAME, MeasureDraft
from core.review.results.terms import Aggregation, Frequency, Moment, ResultKind, SourceKind
from core.sheets.reading import folded

_DURATION = re.compile(r"P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?")
_VERBS = ("completed", "passed", "failed", "scored", "progressed", "interacted")
_MOST = 200_000
# What each activity is measured by: a name of the measure, its level, its unit, how it adds up.
_SCORE = (Message("{name}·得分"), KirkpatrickLevel.LEARNING, "分", Aggregation.MEAN)
_PASS = (Message("{name}·通过率"), KirkpatrickLevel.LEARNING, "%", Aggregation.SHARE)
_DONE = (Message("{name}·完成人次"), KirkpatrickLevel.REACTION, "人次", Aggregation.SUM)
_ACTIVE = (Message("{name}·互动次数"), KirkpatrickLevel.REACTION, "次", Aggregation.SUM)
_HOURS = (Message("{name}·学习时长"), KirkpatrickLevel.REACTION, "小时", Aggregation.SUM)


def is_statements(content: bytes) -> bool:
    """Whether a file looks like statements and not like a table."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{")


def statements(content: bytes) -> list[tuple[int, Any]]:
    """The statements of a file, a JSON array or one on each line, with their places. Raises `BadInput`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(Message("xAPI 文件应是 UTF-8 编码的 JSON。")) from error
    try:
        found = json.loads(text)
        listed = found.get("statements", [found]) if isinstance(found, dict) else found
        made = list(enumerate(listed, 1))
    except json.JSONDecodeError:
        made = list(_lines(text))
    except RecursionError as error:
        raise BadInput(Message("输入的 JSON 嵌套过深。")) from error
    if not made:
        raise BadInput(Message("文件里没有一条学习记录。"))
    if len(made) > _MOST:
        raise BadInput(Message("一次最多导入 {limit} 条学习记录。请拆分成几个文件再导入。", limit=f"{_MOST:,}"))
    return made


def read(found: Sequence[tuple[int, Any]], seen: set[str], known: Known, given: Given) -> Reading:
    """What the statements say. `seen` are those that came in before; who acts is found by number, mail or account, else by name."""
    people = _people(known)
    results: dict[tuple[Any, ...], Found] = {}
    problems: list[Problem] = []
    fresh: dict[str, MeasureDraft] = {}
    taken: dict[str, None] = {}
    repeated = silent = 0
    for place, one in found:
        try:
            told = _told(one, people)
        except BadInput as refusal:
            problems.append(Problem(place, "xAPI", str(_at(one, "id") or "")[:80], refusal.message))
            continue
        if told.id in seen or told.id in taken:
            repeated += 1
            continue
        figures = list(_figures(told))
        silent += not figures
        taken[told.id] = None
        for (title, level, unit, way), value in figures:
            name = _measure(title, told.activity, known)
            plain = folded(name)
            if plain not in known.measures and plain not in fresh:
                fresh[plain] = MeasureDraft(
                    name, level, SourceKind.XAPI, given.project_id, "xAPI", unit, frequency=Frequency.ONCE, aggregation=way
                )
            key = (plain, told.on, told.person[0])
            result = Found(place, plain, told.on, told.person[0], told.person[1], given.moment or Moment.AFTER, value)
            results[key] = _better(results.get(key), result, way)
    notes = [Message("{n} 条记录以前导入过，跳过了。", n=repeated)] if repeated else []
    notes += [Message("{n} 条记录的动词或结果不在计算之内，没有产生结果。", n=silent)] if silent else []
    notes += (
        [Message("将新建 {n} 个评估指标：{names}", n=len(fresh), names=Message.listed(one.name for one in fresh.values()))] if fresh else []
    )
    return Reading(
        ResultKind.XAPI, len(found), tuple(results.values()), tuple(problems), {}, fresh, tuple(notes), tuple(taken), given.project_id
    )


@dataclass(frozen=True)
class _Told:
    """One statement, read."""

    id: str
    person: tuple[int, int | None, str]
    verb: str
    activity: str
    on: date
    result: Mapping[str, Any]


def _told(one: Any, people: Mapping[str, tuple[int, int | None, str]]) -> _Told:
    if not isinstance(one, dict) or not isinstance(one.get("actor"), dict):
        raise BadInput(Message("不是一条 xAPI 记录：缺少 actor、verb 或 object。"))
    verb = str(_at(one, "verb", "id") or "").rstrip("/").rsplit("/", 1)[-1].lower()
    names = _at(one, "object", "definition", "name")
    named = names.get("zh-CN") or names.get("zh") or next(iter(names.values()), "") if isinstance(names, dict) else ""
    activity = str(named or str(_at(one, "object", "id") or "").rstrip("/").rsplit("/", 1)[-1])
    if not verb or not activity:
        raise BadInput(Message("不是一条 xAPI 记录：缺少 actor、verb 或 object。"))
    actor = one["actor"]
    mail = str(actor.get("mbox") or "").removeprefix("mailto:")
    tried = [str(_at(actor, "account", "name") or ""), mail, mail.partition("@")[0], str(actor.get("name") or "")]
    person = next((people[folded(word)] for word in tried if word and folded(word) in people), None)
    if person is None:
        shown = next((word for word in tried if word), "")
        raise BadInput(Message("员工名单里找不到“{name}”：账号、邮箱前缀和姓名都对不上，或有重名。", name=shown[:60]))
    when = str(one.get("timestamp") or one.get("stored") or "")
    try:
        on = datetime.fromisoformat(when.replace("Z", "+00:00")).date()
    except ValueError as error:
        raise BadInput(Message("这条记录没有可读的时间（timestamp）。")) from error
    result = one.get("result")
    return _Told(str(one.get("id") or "") or _shown_id(one), person, verb, activity, on, result if isinstance(result, dict) else {})


def _shown_id(one: Any) -> str:
    """What stands for the id of a statement that has none: what it says."""
    return hashlib.sha256(json.dumps(one, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _figures(told: _Told) -> Iterator[tuple[tuple[Message, KirkpatrickLevel, str, Aggregation], float]]:
    if told.verb not in _VERBS:
        return
    score = told.result.get("score")
    if isinstance(score, dict) and (mark := _mark(score)) is not None:
        yield _SCORE, mark
    success = told.result.get("success")
    if told.verb in ("passed", "failed") or isinstance(success, bool):
        yield _PASS, float(told.verb == "passed" if told.verb in ("passed", "failed") else bool(success))
    if told.verb == "completed":
        yield _DONE, 1.0
    if told.verb == "interacted":
        yield _ACTIVE, 1.0
    if (hours := _hours(told.result.get("duration"))) is not None:
        yield _HOURS, hours


def _mark(score: Mapping[str, Any]) -> float | None:
    """A score out of a hundred."""
    scaled, raw, most = (score.get(name) for name in ("scaled", "raw", "max"))
    if _is_number(scaled):
        return float(scaled) * 100
    if not _is_number(raw):
        return None
    return float(raw) * 100 / float(most) if _is_number(most) and float(most) > 0 else float(raw)


def _hours(told: Any) -> float | None:
    found = _DURATION.fullmatch(told) if isinstance(told, str) else None
    if not found or not any(found.groups()):
        return None
    days, hours, minutes, seconds = (float(one or 0) for one in found.groups())
    return days * 24 + hours + minutes / 60 + seconds / 3600


def _better(earlier: Found | None, one: Found, way: Aggregation) -> Found:
    """Several of one day: what is added up is added, of tries the best counts."""
    if earlier is None:
        return one
    value = earlier.value + one.value if way is Aggregation.SUM else max(earlier.value, one.value)
    return Found(earlier.row, one.measure, one.on, one.employee_id, one.unit_id, one.moment, value)


def _measure(title: Message, activity: str, known: Known) -> str:
    name = Message(title.text, name=activity[: LONGEST_NAME - 8]).render("zh")
    return known.measures[folded(name)].name if folded(name) in known.measures else name


def _people(known: Known) -> dict[str, tuple[int, int | None, str]]:
    """Everybody by number, and by name where nobody else is called so."""
    names: dict[str, list[tuple[int, int | None, str]]] = {}
    for person in known.staff.values():
        names.setdefault(folded(person[2]), []).append(person)
    return {**{name: some[0] for name, some in names.items() if len(some) == 1}, **{folded(no): one for no, one in known.staff.items()}}


def _lines(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                said = Message("输入的第 {line} 行不是有效的 JSON：{reason}", line=number, reason=json_reason(error))
                raise BadInput(said) from error


def _at(one: Any, *path: str) -> Any:
    for name in path:
        one = one.get(name) if isinstance(one, dict) else None
    return one


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
