"""The bank's own list of what is to be held, from a sheet: a row for each project or for each of its sessions; a row that cannot be used
says why."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.delivery.timetable.list_cells import is_online, is_open, priority, slots
from core.delivery.timetable.periods import span
from core.errors import BadInput
from core.i18n import Message
from core.sheets import cells
from core.sheets.finding import without_notes
from core.sheets.grid import Cell, Row
from core.sheets.mapping import Field, guess
from core.sheets.pasting import Refused
from core.sheets.reading import folded

MOST_ROWS, LONGEST_NAME = 2000, 80
_PARTED = re.compile(r"[、,，;；/\n]+")
_CHINESE = re.compile(r"[一-鿿·]{2,}")

# In the order in which rows without a heading are read.
FIELDS = (
    Field(
        "programme",
        Message("项目"),
        ("项目名称", "培训项目", "班级名称", "培训班", "课程", "课程名称", "program", "project"),
        required=True,
    ),
    Field("name", Message("课次"), ("课次名称", "环节", "阶段", "模块", "session", "module")),
    Field("length", Message("时长"), ("天数", "半天数", "学时", "课时", "培训天数", "days", "hours", "duration"), required=True),
    Field("people", Message("人数"), ("参训人数", "计划人数", "headcount", "people")),
    Field("units", Message("机构"), ("参训机构", "单位", "支行", "部门", "units", "branch")),
    Field("posts", Message("岗位"), ("对象", "培训对象", "参训对象", "post", "audience")),
    Field("size", Message("每班人数"), ("班额", "班容量", "cohort size", "class size")),
    Field("classes", Message("期数"), ("班数", "班次数", "期次", "办班期数", "计划期数", "number of classes", "classes")),
    Field(
        "when",
        Message("计划时间"),
        (
            *("培训时间", "实施时间", "时间安排", "计划月份", "培训月份", "月份", "季度", "拟办时间", "举办时间", "办班时间"),
            *("when", "planned", "month", "quarter", "period"),
        ),
    ),
    Field("earliest", Message("最早开始"), ("开始日期", "开始时间", "不早于", "earliest", "from")),
    Field("due", Message("最晚完成"), ("截止日期", "完成时限", "结束日期", "完成日期", "due", "deadline")),
    Field("trainer", Message("讲师"), ("授课讲师", "师资", "拟请师资", "授课老师", "授课教师", "老师", "trainer", "teacher")),
    Field("online", Message("线上"), ("是否线上", "授课方式", "方式", "形式", "online", "mode")),
    Field("priority", Message("优先级"), ("重要性", "priority")),
    Field("equipment", Message("设备"), ("场地要求", "equipment")),
    Field("competencies", Message("能力"), ("对应能力", "胜任力", "competency", "skill")),
    Field("lag", Message("间隔天数"), ("与上次间隔", "间隔", "lag", "gap days")),
)


@dataclass
class Listed:
    """A project of a list, first named in a `line`: whom it is for, by when, and its sessions as columns."""

    name: str
    line: int = 0
    units: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    people: int | None = None
    size: int | None = None
    classes: int | None = None
    priority: int | None = None
    earliest: date | None = None
    due: date | None = None
    activities: list[dict[str, Any]] = field(default_factory=list)

    @property
    def slots(self) -> int:
        """The half days of all its sessions."""
        return sum(int(one["slots"]) for one in self.activities)

    @property
    def trainers(self) -> tuple[str, ...]:
        """Who is named for any of its sessions, each once."""
        return tuple(dict.fromkeys(name for one in self.activities for name in one["trainer_names"]))


@dataclass(frozen=True)
class Reading:
    """What a list says: its projects, the rows that cannot be used, and what was left out."""

    listed: tuple[Listed, ...]
    refused: tuple[Refused, ...]
    notes: tuple[Message, ...]


def read(rows: Sequence[Row], abilities: Mapping[str, int], year: int) -> Reading:
    """What the rows say. Rows of the same project, one after the other, are its sessions in order.

    `abilities` are the numbers of competencies by folded name, `year` is the plan's. A heading is understood whatever the order of its
    columns; what closes the table, as a total does, is no row of it.
    """
    filled = [row for row in rows if any(not cells.is_blank(cell) for cell in row.cells)]
    columns, names, body = _columns(filled)
    header = [cells.text_of(cell) for cell in filled[body - 1].cells if not cells.is_blank(cell)] if body else [one.name for one in FIELDS]
    body_rows, notes = without_notes(filled[body:], header)
    found: dict[str, Listed] = {}
    refused: list[Refused] = []
    last = ""
    for place, row in enumerate(body_rows):
        at = {name: row.at(column) for name, column in columns.items()}
        # What follows a row that cannot be used still belongs to its project.
        last = _text(at, "programme") or last
        try:
            if place >= MOST_ROWS:
                raise BadInput(Message("一次最多导入 {most} 行，请分几次。", most=MOST_ROWS))
            _row(_Line(row.number, at, names.get("length", ""), year), found, abilities, last)
        except BadInput as error:
            text = " ".join(cells.text_of(cell) for cell in row.cells if not cells.is_blank(cell))
            refused.append(Refused(row.number, text[:80], error.message))
    listed = [one for one in found.values() if one.activities]
    return Reading(tuple(listed), tuple(refused), tuple(notes))


@dataclass(frozen=True)
class _Line:
    """A row: its number, its cells by field, what the column of durations is called, and the year that it is about."""

    number: int
    at: Mapping[str, Cell]
    heading: str
    year: int


def _columns(rows: Sequence[Row]) -> tuple[Mapping[str, int], Mapping[str, str], int]:
    """Where each field stands, what its column is called, and at which row the data begin."""
    for place, row in enumerate(rows[:5]):
        header = [cells.text_of(cell) if not cells.is_blank(cell) else "" for cell in row.cells]
        found = guess([one for one in header if one], FIELDS)
        if "programme" in found.values() and "length" in found.values():
            by_field = {name: column for column, name in found.items()}
            return {name: header.index(column) for name, column in by_field.items()}, by_field, place + 1
    return {one.name: place for place, one in enumerate(FIELDS)}, {}, 0


def _row(line: _Line, found: dict[str, Listed], abilities: Mapping[str, int], name: str) -> None:
    """Add a row to the project of this name."""
    at = line.at
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(Message("请写项目名称，最多 {limit} 个字。", limit=LONGEST_NAME))
    one = found.setdefault(folded(name), Listed(name, line.number))
    length = slots(_text(at, "length"), line.heading)
    one.units = one.units or _parts(at, "units")
    one.posts = one.posts or _parts(at, "posts")
    for key in ("people", "size"):
        if getattr(one, key) is None:
            setattr(one, key, _whole(at, key))
    if one.priority is None:
        one.priority = priority(_text(at, "priority")) or _whole(at, "priority")
    if one.priority is not None and not 1 <= one.priority <= 5:
        raise BadInput(Message("优先级应在 1 到 5 之间，5 最要紧。"))
    _in_time(one, line)
    _in_classes(one, at)
    place = len(one.activities)
    lag = _whole(at, "lag") or 0
    one.activities.append(
        {
            "activity_key": f"l{place + 1}",
            "place": place,
            "name": (_text(at, "name") or name)[:120],
            "stage": "during",
            "method": "",
            "slots": length,
            "online": is_online(_text(at, "online")),
            "needs_trainer": True,
            "competency_ids": _abilities(at, abilities),
            "equipment": list(_parts(at, "equipment")),
            "trainer_names": list(_names(at)),
            "min_lag": 2 * lag if place else 0,
            "max_lag": None,
        }
    )


def _in_time(one: Listed, line: _Line) -> None:
    """From when and until when: the days that are written, else what the planned time says."""
    for key in ("earliest", "due"):
        if getattr(one, key) is None and not cells.is_blank(line.at.get(key)):
            setattr(one, key, cells.day(line.at.get(key)))
    planned = line.at.get("when")
    if not cells.is_blank(planned) and (found := span(planned, line.year)) is not None:
        one.earliest, one.due = one.earliest or found[0], one.due or found[1]


def _in_classes(one: Listed, at: Mapping[str, Cell]) -> None:
    """So many in a class that as many classes are held as the list says."""
    classes = _whole(at, "classes")
    if classes is None or classes < 2 or one.classes is not None:
        return
    if one.people is None and one.size is None:
        raise BadInput(Message("写了办几期，还要写人数或每班人数，才能分班。"))
    one.classes = classes
    if one.size is None and one.people is not None:
        one.size = max(1, math.ceil(one.people / classes))


def _names(at: Mapping[str, Cell]) -> tuple[str, ...]:
    """The trainers of a row; names in Chinese may be parted by nothing but a blank."""
    found = []
    for part in _parts(at, "trainer"):
        apart = part.split()
        found += apart if all(_CHINESE.fullmatch(one) for one in apart) else [part]
    return tuple(dict.fromkeys(one for one in found if not is_open(one)))


def _text(at: Mapping[str, Cell], name: str) -> str:
    cell = at.get(name)
    return "" if cells.is_blank(cell) else " ".join(cells.text_of(cell).split())


def _parts(at: Mapping[str, Cell], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _PARTED.split(_text(at, name)) if part.strip())


def _whole(at: Mapping[str, Cell], name: str) -> int | None:
    written = _text(at, name)
    if not written:
        return None
    match = re.fullmatch(r"约?(\d{1,5})(?:\.0+)?(?:人|名|天|级|期|班|个班)?", written.replace(",", ""))
    if match is None:
        raise BadInput(Message("“{text}”不是整数。", text=written[:12]))
    return int(match[1])


def _abilities(at: Mapping[str, Cell], known: Mapping[str, int]) -> list[int]:
    names = _parts(at, "competencies")
    lacking = [name for name in names if folded(name) not in known]
    if lacking:
        raise BadInput(Message("能力模型里没有“{name}”。请改成模型里的名称，或先在能力模型里添加。", name=lacking[0]))
    return [known[folded(name)] for name in names]
