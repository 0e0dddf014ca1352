"""Rows of a catalogue: several competencies in a cell, levels from and to, prerequisites; several rows that are one course."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from core.errors import BadInput
from core.i18n import Message
from core.people.courses.terms import CourseForm, CourseMethod
from core.people.importing.plan import Entry, Known
from core.people.importing.refusing import is_biometric
from core.sheets import cells
from core.sheets.grid import Cell
from core.sheets.reading import folded

# From which level on, and to which; None where nobody wrote it down.
Span = tuple[int | None, int | None]
Bad = list[tuple[Entry, str, Message]]

_BETWEEN = re.compile(r"[、，,；;\n]+|/(?!\d)|／")
_LEVELLED = re.compile(r"(?P<name>.+?)\s*[(（\[【]\s*(?P<levels>(?:l|lv|L|LV|Lv)?\s*[1-5一二三四五].*?)\s*[)）\]】]")
_RANGE = re.compile(r"(?<=[\d级])\s*(?:-|–|—|→|~|～|至|到|to|>)+\s*")
_AMOUNT = re.compile(r"[¥￥]?(\d+(?:\.\d+)?)(万)?(?:元|rmb|cny|yuan)?(?:/人|每人|/位|perhead)?")
_TIME = re.compile(r"(\d+(?:\.\d+)?)(学时|课时|小时|个小时|h|hour|hours|分钟|分|min|mins|minutes)?")
_FREE = {"免费", "无费用", "不收费", "free"}
_FORMS = {
    CourseForm.MENTOR: ("导师", "师傅", "带教", "辅导", "教练", "师带徒", "mentor", "coach"),
    CourseForm.TASK: ("任务", "行动学习", "项目组", "课题", "task", "assignment", "actionlearning"),
    CourseForm.PRACTICE: ("实践", "演练", "实操", "轮岗", "跟岗", "实训", "复盘", "沙盘", "practice", "roleplay", "rotation", "workshop"),
    CourseForm.COURSE: ("课", "培训", "讲座", "面授", "线上", "线下", "直播", "学习", "course", "training", "class", "lecture", "learning"),
}
_ONLINE = (
    "线上",
    "在线",
    "网络",
    "网课",
    "直播",
    "录播",
    "视频",
    "慕课",
    "online",
    "elearning",
    "e-learning",
    "webinar",
    "virtual",
    "video",
)
_TOGETHER = (
    "线下",
    "面授",
    "集中",
    "现场",
    "面对面",
    "脱产",
    "facetoface",
    "face-to-face",
    "classroom",
    "offline",
    "inperson",
    "in-person",
)
_BOTH = ("混合", "blended", "hybrid")
_LONGEST = {"course": 120, "code": 40, "provider": 80, "about": 500}


def readers() -> dict[str, Callable[[Cell], Any]]:
    """How the cells of a catalogue are read, where it differs from other kinds of files."""
    found: dict[str, Callable[[Cell], Any]] = {
        "form": _form,
        "method": _method,
        "hours": _hours,
        "cost": _cost,
        "competency": _competencies,
        "levels": _spans,
        "prerequisite": lambda cell: tuple(dict.fromkeys(cells.text(part, 120) for part in _parts(cell))),
    }
    return found | {name: lambda cell, limit=limit: cells.text(cell, limit) for name, limit in _LONGEST.items()}


def levelled(entries: Sequence[Entry]) -> tuple[list[Entry], Bad]:
    """The entries with one span for each competency: the one in its own brackets, else the row's; and those where they do not match."""
    good: list[Entry] = []
    bad: Bad = []
    for entry in entries:
        named, spans = entry.values.get("competency", ()), entry.values.get("levels", ())
        if len(spans) > 1 and len(spans) != len(named):
            said = Message(
                "写了 {names} 项能力、{levels} 个等级，对不上。请每项写一个等级，或只写一个给全部。", names=len(named), levels=len(spans)
            )
            bad.append((entry, "levels", said))
            continue
        spans = spans if len(spans) == len(named) else (spans or ((None, None),)) * len(named)
        values = {name: value for name, value in entry.values.items() if name not in ("competency", "levels")}
        if named:
            values["competency"] = tuple(name for name, _ in named)
            values["levels"] = tuple(own or span for (_, own), span in zip(named, spans, strict=True))
        good.append(Entry(entry.row, values))
    return good, bad


def united(entries: Sequence[Entry], known: Known) -> tuple[list[Entry], Bad, list[Message]]:
    """Each course once: its rows put together, with the competencies and prerequisites that the database has and the file leaves out."""
    spelling = dict(known.courses)
    codes = dict(known.codes) | {folded(one.values["code"]): one.values["course"] for one in entries if "code" in one.values}
    spelling |= {folded(one.values["course"]): spelling.get(folded(one.values["course"]), one.values["course"]) for one in entries}
    first: dict[str, Entry] = {}
    bad: Bad = []
    merged = 0
    for entry in entries:
        name = spelling[folded(entry.values["course"])]
        values = {**entry.values, "course": name}
        if "prerequisite" in values:
            values["prerequisite"] = tuple(_called(one, spelling, codes) for one in values["prerequisite"])
        earlier = first.get(name)
        if earlier is None:
            first[name] = Entry(entry.row, values)
        elif _agree(earlier.values, values):
            first[name] = Entry(earlier.row, _together(earlier.values, values))
            merged += 1
        else:
            bad.append((entry, "course", Message("与第 {row} 行重复，但内容不同。请只保留正确的一行。", row=earlier.row)))
    found = [Entry(one.row, _together(_stored(known.existing.get((name,), {})), one.values)) for name, one in first.items()]
    said = [Message("{n} 行与前面同一门课的行合在一起。", n=merged)] if merged else []
    return found, bad, said


def checked(entries: Sequence[Entry], known: Known) -> tuple[list[Entry], Bad]:
    """The entries whose competencies, code and prerequisites can be, and the others with the field and the reason."""
    there = {*known.courses.values(), *(entry.values["course"] for entry in entries)}
    good, bad = [], []
    holders = dict(known.codes)
    for entry in entries:
        field, message = _wrong(entry.values, there, holders)
        if message is None:
            good.append(entry)
        else:
            bad.append((entry, field, message))
    return _without_circles(good, known, bad)


def _wrong(values: Mapping[str, Any], there: set[str], holders: dict[str, str]) -> tuple[str, Message | None]:
    if any(is_biometric(name) for name in values.get("competency", ())):
        return "competency", Message("这像是生物特征或由表情、声音推断的数据，按规定不导入、不保存。")
    for span in values.get("levels", ()):
        if None not in span and span[0] >= span[1]:
            return "levels", Message("等级从 L1 到 L5，起点应低于终点。")
    if values["course"] in values.get("prerequisite", ()):
        return "prerequisite", Message("先修课程是它自己。请改正或留空。")
    missing = [name for name in values.get("prerequisite", ()) if name not in there]
    if missing:
        return "prerequisite", Message("目录和文件里都没有“{name}”。请核对名称，或先导入那门课程。", name=missing[0])
    if "code" in values:
        holder = holders.setdefault(folded(values["code"]), values["course"])
        if holder != values["course"]:
            return "code", Message("编号 {code} 已是“{name}”的。请换一个编号。", code=values["code"], name=holder)
    return "", None


def _without_circles(entries: list[Entry], known: Known, bad: Bad) -> tuple[list[Entry], Bad]:
    """A course that would come before itself stays out; the row that closes the circle is the one."""
    before = {key[0]: set(one.get("prerequisite", ())) for key, one in known.existing.items()}
    good = []
    for entry in entries:
        name, wanted = entry.values["course"], set(entry.values.get("prerequisite", ()))
        if name in _all_before(wanted, before):
            said = Message("先修关系成了圈：“{name}”最后又要求它自己。请去掉其中一门先修课程。", name=name)
            bad.append((entry, "prerequisite", said))
        else:
            before[name] = before.get(name, set()) | wanted
            good.append(entry)
    # What stays out can be nobody's prerequisite, unless it is in the database already.
    there = {*known.courses.values(), *(entry.values["course"] for entry in good)}
    kept = [entry for entry in good if not set(entry.values.get("prerequisite", ())) - there]
    for entry in good:
        if entry not in kept:
            said = Message("它的先修课程所在的行有错误，没有导入。请先改正那一行。")
            bad.append((entry, "prerequisite", said))
    return kept, bad


def _all_before(names: set[str], before: Mapping[str, set[str]]) -> set[str]:
    waiting, found = list(names), set[str]()
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(before.get(one, ()))
    return found


def _called(name: str, spelling: Mapping[str, str], codes: Mapping[str, str]) -> str:
    plain = folded(name)
    return spelling.get(plain) or spelling.get(folded(codes.get(plain, "")), codes.get(plain, name))


def _agree(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows of a course say nothing different of the course itself."""
    several = ("competency", "levels", "prerequisite")
    if any(one[name] != other[name] for name in one.keys() & other.keys() if name not in several):
        return False
    spans, others = _spans_of(one), _spans_of(other)
    return all(spans[name] == others[name] for name in spans.keys() & others.keys())


def _together(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Both; where they differ, the other's."""
    found = {**one, **other}
    spans = _spans_of(one) | _spans_of(other)
    if spans:
        found["competency"], found["levels"] = tuple(sorted(spans)), tuple(spans[name] for name in sorted(spans))
    needs = {*one.get("prerequisite", ()), *other.get("prerequisite", ())}
    return found | ({"prerequisite": tuple(sorted(needs))} if needs else {})


def _spans_of(values: Mapping[str, Any]) -> dict[str, Span]:
    return dict(zip(values.get("competency", ()), values.get("levels", ()), strict=True))


def _stored(existing: Mapping[str, Any]) -> dict[str, Any]:
    """What the database holds of a course in several rows: a file that leaves some of it out does not take it away."""
    return {name: existing[name] for name in ("competency", "levels", "prerequisite") if existing.get(name)}


def _parts(cell: Cell) -> list[str]:
    """The names in a cell, each once, brackets kept together with what they follow."""
    whole = (
        cells.text_of(cell) if not isinstance(cell, str) else unicodedata.normalize("NFKC", cell.replace("；", "\n").replace("，", "\n"))
    )
    return [part for part in (" ".join(one.split()) for one in _BETWEEN.split(whole)) if part and not cells.is_blank(part)]


def _competencies(cell: Cell) -> tuple[tuple[str, Span | None], ...]:
    found: dict[str, tuple[str, Span | None]] = {}
    for part in _parts(cell):
        match = _LEVELLED.fullmatch(part)
        name = cells.text(match["name"] if match else part, 80)
        found.setdefault(folded(name), (name, _span(match["levels"]) if match else None))
    return tuple(found.values())


def _spans(cell: Cell) -> tuple[Span, ...]:
    # Excel takes “2-3” for the third of February.
    if isinstance(cell, date):
        return (_span(f"{cell.month}-{cell.day}"),)
    return tuple(_span(part) for part in _parts(cell))


def _span(written: str) -> Span:
    ends = _RANGE.split(unicodedata.normalize("NFKC", written).strip())
    try:
        levels = [cells.level(one) for one in ends]
    except BadInput as refused:
        raise BadInput(Message("等级请写成 L2-L3，或只写到达的等级，例如 L3。")) from refused
    if len(levels) > 2 or (len(levels) == 2 and levels[0] >= levels[1]):
        raise BadInput(Message("等级从 L1 到 L5，起点应低于终点。"))
    return (levels[0], levels[1]) if len(levels) == 2 else (None, levels[0])


def _form(cell: Cell) -> CourseForm:
    plain = folded(cells.text(cell))
    for form, words in _FORMS.items():
        if any(word in plain for word in words):
            return form
    raise BadInput(Message("形式应是：课程、任务、导师或实践。"))


def _method(cell: Cell) -> CourseMethod:
    plain = folded(cells.text(cell))
    online, together = (any(word in plain for word in words) for words in (_ONLINE, _TOGETHER))
    if any(word in plain for word in _BOTH) or (online and together):
        return CourseMethod.BLENDED
    if online or together:
        return CourseMethod.ONLINE if online else CourseMethod.FACE_TO_FACE
    raise BadInput(Message("授课方式应是：线上或面授。"))


def _hours(cell: Cell) -> float:
    found = _TIME.fullmatch(folded(cells.text(cell)))
    hours = float(found[1]) / (60 if (found[2] or "").startswith(("分", "min")) else 1) if found else 0.0
    if not 0 < hours <= 2000:
        raise BadInput(Message("学时请写成小时数，例如 6 或 90分钟；“天”请按本行口径换算。"))
    return round(hours, 2)


def _cost(cell: Cell) -> float:
    plain = folded(cells.text(cell)).replace(",", "")
    found = _AMOUNT.fullmatch(plain)
    if plain in _FREE:
        return 0.0
    if not found:
        raise BadInput(Message("费用请写成每人多少元，例如 1200；免费写 0。"))
    return float(found[1]) * (10_000 if found[2] else 1)
