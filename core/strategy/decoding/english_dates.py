"""Dates as English writes them: by the end of 2028, 30 June, the second quarter, within three years."""

from __future__ import annotations

import re

from core.strategy.decoding.dates import (
    Day,
    Forms,
    Moment,
    Reader,
    as_written,
    at,
    day_of,
    end_of,
    in_its_year,
    last_day,
    last_year,
    month_end,
    quarter_end,
    years_ahead,
)
from core.strategy.decoding.plans import MONTHS, Plan

_NUMBERS = ("one", "two", "three", "four", "five")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}


def _month_number(written: str) -> int:
    return MONTHS.index(written[:3].lower()) + 1


def _day_number(written: str | None) -> int | None:
    return int(written) if written else None


def _in_this_year(day: Day) -> Reader:
    """The reader of a form without a year: of the one that the plan speaks in, else the plan's end."""
    return lambda match, plan, _base: at(match, day(match, plan.now), plan.now) if plan.now else end_of(match, plan.last)


def _by_numbers(match: re.Match[str], year: int) -> str:
    return day_of(year, int(match["month"]), int(match["day"]))


def _month_of(match: re.Match[str], year: int) -> str:
    return day_of(year, _month_number(match["month"]), _day_number(match["day"] or match["day_after"]))


def _day_of_month(match: re.Match[str], year: int) -> str:
    return day_of(year, _month_number(match["month"]), int(match["day"]))


def _month(match: re.Match[str], year: int) -> str:
    return month_end(year, _month_number(match["month"]))


def _quarter(match: re.Match[str], year: int) -> str:
    return quarter_end(year, int(match["quarter"]))


def _quarter_in_words(match: re.Match[str], year: int) -> str:
    return quarter_end(year, _ORDINALS[match["quarter"].lower()])


def _half(match: re.Match[str], year: int) -> str:
    return month_end(year, 6 if match["half"].lower() in ("1", "first") else 12)


def _middle(_match: re.Match[str], year: int) -> str:
    return month_end(year, 6)


def _this_year(match: re.Match[str], plan: Plan, _base: int | None) -> Moment:
    return end_of(match, plan.now)


def _next_year(match: re.Match[str], plan: Plan, _base: int | None) -> Moment:
    return end_of(match, plan.now + 1 if plan.now else None)


def _period(match: re.Match[str], plan: Plan, _base: int | None) -> Moment:
    return end_of(match, plan.last)


def _years(match: re.Match[str], plan: Plan, _base: int | None) -> Moment | None:
    written = match["years"].lower()
    moment = years_ahead(match, _NUMBERS.index(written) + 1 if written in _NUMBERS else int(written), plan)
    depends = match["how"].lower() == "within" and (moment is None or moment.year != plan.last)
    return as_written(match) if depends else moment


def _after_an_event(match: re.Match[str], _plan: Plan, _base: int | None) -> Moment:
    return as_written(match)


_MONTH_NAME = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_ENDS = r"(?=\s*(?:[,.;:)]|and\b|to\b|we\b|with\b|at\b|in\b|for\b|the\b|all\b|each\b|every\b|it\b|they\b|you\b|our\b|onwards?\b|$))"

ENGLISH = Forms(
    (r"\b(?P<day>\d{1,2})\.(?P<month>1[0-2]|0?[1-9])\.(?P<year>20\d\d)\b", in_its_year(_by_numbers)),
    (r"\b20\d\d\s?(?:-|–|—|to|through)\s?(?P<year>20\d\d)\b", in_its_year(last_day)),
    (
        rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{_MONTH_NAME})\s+(?:(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?"
        r"(?P<year>20\d\d)\b",
        in_its_year(_month_of),
    ),
    (r"\bq(?P<quarter>[1-4])\s+(?:of\s+)?(?P<year>20\d\d)\b", in_its_year(_quarter)),
    (r"\b(?P<year>20\d\d)\s?q(?P<quarter>[1-4])\b", in_its_year(_quarter)),
    (r"\bh(?P<half>[12])\s+(?P<year>20\d\d)\b", in_its_year(_half)),
    (r"\b(?:mid-)(?P<year>20\d\d)\b", in_its_year(_middle)),
    (r"\b(?P<half>first|second) half of (?P<year>20\d\d)\b", in_its_year(_half)),
    # 30 June, the end of March, in May, the second quarter: of the year that is spoken of.
    (rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH_NAME})(?!\w)", _in_this_year(_day_of_month)),
    (rf"\b(?P<month>{_MONTH_NAME})\s+(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?\b(?!\s*(?:%|percent))", _in_this_year(_day_of_month)),
    (rf"(?:\b(?:by|in|before|until|from|since|of|early|late)\s+|\bmid-)(?P<month>{_MONTH_NAME}){_ENDS}", _in_this_year(_month)),
    (r"\b(?:the\s+)?(?P<quarter>first|second|third|fourth|last)\s+quarter\b(?!\s+of\s+20)", _in_this_year(_quarter_in_words)),
    (r"\bq(?P<quarter>[1-4])\b", _in_this_year(_quarter)),
    (r"\b(?:the\s+)?(?P<half>first|second)\s+half(?:\s+of\s+(?:the|this)\s+year)?(?=\s*(?:[,.;:)]|$|we\b|and\b))", _in_this_year(_half)),
    (r"\b(?:mid-?year|half-year(?:[- ]end)?(?! (?:results?|report|review|figures?)))\b", _in_this_year(_middle)),
    (r"\b(?:fy\s?|year[- ]end\s+)?(?P<year>20[1-4]\d)\b(?!\s*(?:customers|people|staff))", in_its_year(last_day)),
    (
        r"\b(?:(?:this|the|current) (?:fiscal |financial |full )?year(?:[- ]end)?|full year|year[- ]end|end of the year|within the year)\b",
        _this_year,
    ),
    (r"\bnext year\b", _next_year),
    (r"\b(?:last year|previous year|prior year|year[- ]on[- ]year|over the past \w+ years?)\b", last_year),
    (
        r"\b(?:(?:over the )?(?:plan(?:ning)?|roadmap|strategy|programme) period|"
        r"(?:over|throughout|over the (?:life|course) of|in each year of|by the end of) the (?:plan|strategy|programme))\b",
        _period,
    ),
    (
        r"\b(?<!lowest )(?<!highest )(?<!best )(?<!worst )(?P<how>within|over|in)\s+(?:the\s+)?(?:next\s+|coming\s+)?"
        r"(?P<years>one|two|three|four|five|[1-5])[ -]years?\b",
        _years,
    ),
    (
        r"\b(?:within\s+(?:\w+|\d+)\s+(?:working |business )?(?:days?|weeks?|months?|hours?)(?:\s+(?:of|after)\s+(?:the\s+)?\w+)?)\b",
        _after_an_event,
    ),
    flags=re.IGNORECASE,
)
