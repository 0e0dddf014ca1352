"""How the cells of these tables are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from core.delivery.faculty.facts import (
    LONGEST_ABOUT,
    LONGEST_ADDRESS,
    LONGEST_EQUIPMENT,
    LONGEST_NOTE,
    LONGEST_ORGANISATION,
    LONGEST_REASON,
    LONGEST_VENUE,
    check_numbers,
)
from core.delivery.faculty.terms import ROLE_NAMES, TrainerRole, VenueKind
from core.delivery.halves import LONGEST_DAYS, Half
from core.delivery.importing.kinds import ResourceKind
from core.errors import BadInput
from core.i18n import LANGUAGES, Message
from core.people.importing import catalogue
from core.sheets import cells
from core.sheets.grid import Cell
from core.sheets.reading import folded

Reader = Callable[[Cell], Any]

_PARTS = re.compile(r"[、，,；;\n/／|]+")
_AMOUNT = re.compile(r"[¥￥]?(\d+(?:\.\d+)?)(万)?(元|rmb|cny|yuan)?(?:(?:/|每|per)(半天|天|日|halfday|day))?")
_A_DAY = re.compile(r"(?<!半)[天日]|(?<!half)day")
_COUNT = re.compile(r"约?(?:可?容纳)?(\d+)(?:\.0+)?余?(?:个|次|人|半天|座|位|席)*(?:左右|以内)?")
_EVERYBODY = {
    *("全行", "全辖", "全体", "全员", "全体员工", "全行员工", "全行各机构", "所有机构", "全部机构", "各机构", "全部", "不限"),
    *("all", "everyone", "everybody", "allstaff", "allunits", "wholebank"),
}
_UNKNOWN = {"面议", "待定", "另议", "协商", "tbd", "negotiable"}
_UNLIMITED = {"不限", "无", "无限制", "不限制", "unlimited", "none"}
_FREE = {"免费", "无费用", "不收费", "free", "无偿"}
_INTERNAL = ("内部", "内", "内训师", "内训", "本行", "行内", "internal", "own", "inhouse", "in-house")
_EXTERNAL = ("外部", "外", "外请", "外聘", "行外", "外部机构", "external", "outside")
_OWN = ("自有", "自用", "行内", "内部", "自有场地", "own", "internal")
_RENTED = ("外租", "外部", "租用", "租赁", "酒店", "外借", "external", "rented", "hired")
_MORNING, _AFTERNOON = ("上午", "早上", "am", "a.m.", "morning"), ("下午", "pm", "p.m.", "afternoon")
_ALL_DAY = ("全天", "整天", "全日", "一天", "all day", "whole day", "full day")
_OFF = ("休", "放假", "休息", "节假日", "假", "否", "off", "holiday", "rest", "no", "0")
_ON = ("班", "上班", "补班", "工作", "工作日", "调休上班", "是", "work", "working", "workday", "yes", "1")
_ROLE_ALIASES = {
    TrainerRole.FRONTIER: ("前沿", "新理念", "frontier", "frontier ideas"),
    TrainerRole.TRENDS: ("趋势", "行业", "行业研究", "宏观", "trends", "industry trends"),
    TrainerRole.BUSINESS: ("业务", "业务实践", "实操", "营销", "业务技能", "business", "business practice"),
    TrainerRole.TECHNOLOGY: ("技术", "科技", "数字化", "ai", "technology", "tech"),
    TrainerRole.LEADERSHIP: ("管理", "领导力提升", "leadership", "management"),
    TrainerRole.RISK: ("合规", "风控", "风险", "合规风险", "risk", "compliance"),
    TrainerRole.SERVICE: ("服务", "服务礼仪", "service", "customer service"),
    TrainerRole.GENERAL: ("通用", "综合", "沟通", "general", "general skills"),
}
_BETWEEN = re.compile(r"\s*(?:至|到|~|～|—|–|－|\bto\b|(?<=[\d日号])\s*-\s*(?=\d{4})|(?<=[日号])\s*-\s*(?=\d))\s*")
_YEARLESS = re.compile(r"(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*[日号]?")
_DAY_ALONE = re.compile(r"(\d{1,2})\s*[日号]?")
# What is left of a level in brackets that is none: 资产配置（L9）.
_ODD_LEVEL = re.compile(r"[(（\[【]\s*[lL]?[vV]?\d+\s*级?\s*[)）\]】]\s*$")
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")


def readers(kind: ResourceKind, year: int, headings: Mapping[str, str]) -> dict[str, Reader]:
    """How a cell of each field is read below its heading. Days are of `year` where they do not say another; where something starts
    there may be a whole stretch."""
    own: dict[str, Reader] = {
        "day": lambda cell: days(cell, year),
        "starts": lambda cell: days(cell, year),
        "ends": lambda cell: days(cell, year)[-1],
        "cost_per_slot": lambda cell: _amount(cell, folded(headings.get("cost_per_slot", ""))),
    }
    return {**_COMMON, **_OF_KIND[kind], **own}


def is_a_day(heading: str) -> bool:
    """Whether a column of money says that it is for a whole day."""
    return _A_DAY.search(folded(heading)) is not None


def is_everybody(text: str) -> bool:
    """Whether a cell for units or posts leaves nobody out."""
    return folded(text) in _EVERYBODY


def parts(cell: Cell, limit: int = 60) -> tuple[str, ...]:
    """Several names in a cell, each once."""
    return tuple(dict.fromkeys(cells.text(part.strip(), limit) for part in _PARTS.split(_raw(cell)) if part.strip()))


def _raw(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cells.text_of(cell)


def _employee_no(cell: Cell) -> str:
    return cells.identifier(cell)


def _amount(cell: Cell, heading: str = "") -> float | None:
    """Yuan for half a day: what the cell says, or else its heading, may be for a whole one, or in units of ten thousand."""
    plain = folded(cells.text(cell)).replace(",", "")
    if plain in _FREE:
        return 0.0
    if plain in _UNKNOWN:
        return None
    found = _AMOUNT.fullmatch(plain)
    if not found:
        raise BadInput(Message("费用请写成每半天多少元，例如 800；免费写 0。"))
    ten_thousands = found[2] or ("万元" in heading and not found[3])
    whole_day = is_a_day(found[4]) if found[4] else is_a_day(heading)
    amount = float(found[1]) * (10_000 if ten_thousands else 1) / (2 if whole_day else 1)
    check_numbers(amount, None, None)
    return amount


def _count(cell: Cell) -> int:
    found = _COUNT.fullmatch(cells.arabic(folded(cells.text(cell))))
    if not found:
        raise BadInput(Message("应是整数，例如 8。"))
    return int(found[1])


def _limit(of_year: bool) -> Reader:
    def read(cell: Cell) -> int | None:
        limit = None if folded(cells.text(cell)) in _UNLIMITED else _count(cell)
        check_numbers(None, *((None, limit) if of_year else (limit, None)))
        return limit

    return read


def _one_of(words: dict[Any, tuple[str, ...]], wrong: Message) -> Reader:
    def read(cell: Cell) -> Any:
        plain = folded(cells.text(cell)).removesuffix("讲师").removesuffix("场地")
        for value, names in words.items():
            if plain in map(folded, names):
                return value
        raise BadInput(wrong)

    return read


def _roles(cell: Cell) -> tuple[str, ...]:
    found = []
    for part in parts(cell):
        role = next((role for role in TrainerRole if folded(part) in _called(role)), None)
        if role is None:
            known = Message.listed(ROLE_NAMES.values())
            raise BadInput(Message("没有“{name}”这个授课方向。可用：{known}", name=part, known=known))
        found.append(role.value)
    return tuple(dict.fromkeys(found))


def _called(role: TrainerRole) -> set[str]:
    shown = [ROLE_NAMES[role].render(language) for language in LANGUAGES]
    return {folded(one) for one in (role.value, *shown, *_ROLE_ALIASES[role])}


def _skills(cell: Cell) -> tuple[tuple[str, int | None], ...]:
    read = catalogue.readers()["competency"]
    if any(_ODD_LEVEL.search(name) for name, _span in read(cell)):
        raise BadInput(Message("等级从 L1 到 L5。"))
    return tuple((name, span[1] or span[0] if span else None) for name, span in read(cell))


def days(cell: Cell, year: int) -> tuple[date, ...]:
    """The days of a cell: one, or from one to another; a day or a month that is left out is that of the first, the year the plan's."""
    if not isinstance(cell, str):
        return (cells.day(cell),)
    plain = _BRACKETS.sub("", unicodedata.normalize("NFKC", cell)).strip()
    ends = [one for one in _BETWEEN.split(plain) if one]
    if len(ends) > 2 or not ends:
        raise BadInput(Message("看不出是哪一天。请写成 2026-03-01 或 2026年3月1日。"))
    first = _day(ends[0], year, None)
    last = _day(ends[1], first.year, first) if len(ends) == 2 else first
    if not 0 <= (last - first).days <= LONGEST_DAYS:
        raise BadInput(Message("结束应不早于开始。请核对日期。"))
    return tuple(first + timedelta(days=at) for at in range((last - first).days + 1))


def _day(text: str, year: int, first: date | None) -> date:
    try:
        if found := _YEARLESS.fullmatch(text):
            return date(year, int(found[1]), int(found[2]))
        if first is not None and (found := _DAY_ALONE.fullmatch(text)):
            return first.replace(day=int(found[1]))
    except ValueError as error:
        raise BadInput(Message("没有这一天。请核对年、月、日。")) from error
    return cells.day(text)


def _text(limit: int) -> Reader:
    return lambda cell: cells.text(cell, limit)


# None: both halves of the day.
_HALF = _one_of({Half.MORNING: _MORNING, Half.AFTERNOON: _AFTERNOON, None: _ALL_DAY}, Message("应是上午或下午。"))
_COMMON: dict[str, Reader] = {
    "name": _text(60),
    "employee_no": _employee_no,
    "first": _HALF,
    "last": _HALF,
    "reason": _text(LONGEST_ABOUT),
    "note": _text(LONGEST_NOTE),
}
_OF_KIND: dict[ResourceKind, dict[str, Reader]] = {
    ResourceKind.TRAINERS: {
        "name": cells.person,
        "internal": _one_of({True: _INTERNAL, False: _EXTERNAL}, Message("应是内部或外部。")),
        "organisation": _text(LONGEST_ORGANISATION),
        "roles": _roles,
        "skills": _skills,
        "max_slots_per_month": _limit(of_year=False),
        "max_slots_per_year": _limit(of_year=True),
        "role_reason": _text(LONGEST_REASON),
    },
    ResourceKind.ABSENCES: {"name": cells.person},
    ResourceKind.VENUES: {
        "name": _text(LONGEST_VENUE),
        "capacity": _count,
        "kind": _one_of({VenueKind.OWN: _OWN, VenueKind.EXTERNAL: _RENTED}, Message("应是自有或外租。")),
        "address": _text(LONGEST_ADDRESS),
        "equipment": lambda cell: parts(cell, LONGEST_EQUIPMENT),
    },
    ResourceKind.BLACKOUTS: {"units": lambda cell: parts(cell, 120), "lines": parts},
    ResourceKind.NOTICE: {"works": _one_of({False: _OFF, True: _ON}, Message("应是“休”或“班”。"))},
    ResourceKind.LEAVE: {},
}
