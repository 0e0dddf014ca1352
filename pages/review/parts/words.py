"""How figures of measures are written."""

from __future__ import annotations

from core.review.results.service import Actual, MeasureView
from pages.shared.text import _

_SIGNS = {">=": "≥", "<=": "≤", "=": "=", "+": "+", "-": "−", "": ""}


def figure(value: float | None, unit: str) -> str:
    """A figure with its unit; — where there is none."""
    if value is None:
        return "—"
    text = f"{value:,.1f}".rstrip("0").rstrip(".")
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}".strip()


def target(one: MeasureView) -> str:
    """What is to be reached, as the goal says it."""
    if one.target is None:
        return "—"
    return f"{_SIGNS[one.operator]} {figure(one.target, one.unit)}".strip()


def actual(one: MeasureView, found: Actual) -> str:
    """What it came to."""
    return _("人数不足 5，不显示") if found.hidden else figure(found.value, one.shown_unit)


def share(part: float | None) -> str:
    """A part of one in per cent."""
    return "—" if part is None else f"{part:.0%}"


def count(found: Actual) -> str:
    """On how many people and results a figure rests."""
    if found.hidden or not found.attendances:
        return "—"
    if not found.people:
        return _("{n} 条", n=found.attendances)
    return _("{people} 人 / {n} 人次", people=found.people, n=found.attendances)


def called(one: MeasureView) -> str:
    """A measure with its project."""
    return f"{one.name} · {one.project}" if one.project else one.name
