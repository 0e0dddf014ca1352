"""Figures that a clause lists in turn: 2031年、2032年分别完成15家、16家; 不良率、成本收入比分别下降0.4个和3个百分点."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from core.patterns import lazily
from core.strategy.decoding.clauses import Clause
from core.strategy.decoding.dates import Moment, end_of_year
from core.strategy.decoding.deadlines import is_inside, moments
from core.strategy.decoding.figures import Figure
from core.strategy.decoding.metrics import clean
from core.strategy.decoding.operators import Binding
from core.strategy.decoding.plans import Plan
from core.strategy.decoding.quantities import Sort

_EACH = lazily(r"分别|依次")
# 贯标率逐年为75%、88%、95%: one figure for each year of the plan.
_YEAR_BY_YEAR = lazily(
    r"(?:逐年|分年度?|各年度?|[两三四五]年)(?:目标)?(?:分别|依次)?(?:为|是|达到?|不[低高]于|[提降][高升低]?[至到]|控制在)"
)
_EVERY = lazily(r"[末底]?(?:各|都|均)")
_AROUND_DATES = lazily(r"其中|[到至前内末底的，：\s]")
_SEVERAL = 2
_AND = lazily(r"[、和及与]|以及")
_LEADING_TO = lazily(r"\s*[，,]?(?:至|到|达到?|升至|降至)\s*")
_COORDINATE = lazily(r"\s*(?:[、和及与]|以及)\s*")


def dates_in_turn(clause: Clause, dates: list[Moment], listed: list[Figure], plan: Plan) -> list[tuple[Moment, ...]]:
    """The date of each figure where a clause lists as many dates as figures, or as many figures as the plan has years; else nothing."""
    if (year_by_year := _YEAR_BY_YEAR.search(clause.text)) and (years := _years_in_turn(plan)):
        after = [one for one in listed if one.quantity.start >= year_by_year.end()]
        if len(after) == len(listed) == len(years):
            return years
    if not _EACH.search(clause.text):
        return []
    own = [one for one in dates if clause.start <= one.start < clause.end and not one.relative]
    own = [one for one in own if not is_inside(clause.text, one.start - clause.start)]
    after = [one for one in listed if one.quantity.start + clause.start > max((date.end for date in own), default=0)]
    return [(one,) for one in own] if len(own) == len(after) > 1 else []


def _years_in_turn(plan: Plan) -> list[tuple[Moment, ...]]:
    """The years of a plan that has several whole ones."""
    if plan.first is None or plan.last is None or plan.last - plan.first + 1 != plan.length:
        return []
    return [(Moment(0, 0, end_of_year(year), year),) for year in range(plan.first, plan.last + 1)]


def dates_alike(clause: Clause, dates: list[Moment], listed: list[Figure]) -> list[Moment]:
    """The earlier dates of a clause whose one figure holds on each of them: 2027年、2028年都要稳定在6%以内."""
    own = [one for one in dates if clause.start <= one.start < clause.end and not one.relative]
    text = clause.text
    joined = all(_COORDINATE.fullmatch(text[one.end - clause.start : other.start - clause.start]) for one, other in pairwise(own))
    if len(own) < _SEVERAL or len(listed) != 1 or not joined:
        return []
    return own[:-1] if _EVERY.match(text[own[-1].end - clause.start :]) else []


def in_series(bound: Binding, before: Binding | None, figure: Figure, plan: Plan) -> Binding:
    """How a figure binds that stands after nothing but a date: as the one of the same unit before it, 降至8.8%，2029年底8%."""
    if before is None or bound.rule != "target_figure" or before.rule != "target_verb":
        return bound
    rest, named = figure.before, moments(figure.before, plan)
    for moment in reversed(named):
        rest = rest[: moment.start] + rest[moment.end :]
    return replace(bound, operator=before.operator, rule=before.rule) if named and not _AROUND_DATES.sub("", rest) else bound


def of_which(bound: Binding, whole: Binding | None, figure: Figure) -> Binding:
    """How a part binds: 存款净增95亿元，其中储蓄62亿元 grows by so much as the `whole` before it does, unless it says otherwise."""
    bare = bound.rule == "target_figure" and figure.before.lstrip("， ").startswith("其中")
    return replace(bound, operator=whole.operator, rule=whole.rule) if bare and whole is not None and whole.operator in "+-" else bound


def names_in_turn(clause: Clause, listed: list[Figure]) -> list[str]:
    """What each figure measures where a clause names as many things as it has figures; else nothing."""
    each = _EACH.search(clause.text)
    before = clause.text[: each.start()] if each else ""
    names = [name for part in _AND.split(clean(before)) if len(name := part.strip()) >= 2] if each else []
    return names if len(names) == len(listed) > 1 else []


def with_shared_unit(listed: list[Figure]) -> list[Figure]:
    """The figures with the unit that is said once, at the end: 0.4个和3个百分点."""
    shared = list(listed)
    for at, (one, following) in enumerate(pairwise(listed)):
        points = following.quantity
        if points.sort is Sort.POINTS and one.quantity.unit in ("个", "") and _COORDINATE.fullmatch(following.before):
            same = replace(one.quantity, unit=points.unit, unit_written=points.unit_written, sort=points.sort)
            shared[at] = replace(one, quantity=same)
    return shared


def bound_alike(bound: Binding, before: Binding | None, figure: Figure) -> Binding:
    """How a figure binds that is joined to the one `before` it: as that one does, where nothing else says how.

    新增授信3.5万户、贷款90亿 (a change goes on to other things), 不低于2.5%、2.8% (a bound to more figures of the same)."""
    # 提高8个百分点至64%: the level that the change leads to.
    if before is not None and before.operator in ("+", "-") and _LEADING_TO.fullmatch(figure.before):
        return replace(bound, operator=">=" if before.operator == "+" else "<=", rule="target_verb", before="")
    if before is None or bound.rule != "target_figure" or not _AND.match(figure.before.lstrip()):
        return bound
    alone = _COORDINATE.fullmatch(figure.before) is not None and not re.match(r"[\u4e00-\u9fff]{2}", figure.after)
    if before.operator in ("+", "-") or alone:
        return replace(bound, operator=before.operator, rule=before.rule)
    return bound
