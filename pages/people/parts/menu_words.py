"""Menus in words: the parts of a score, what worked before, what comes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from core.people.courses.course import Ability, Course
from core.people.courses.terms import FORM_NAMES
from core.people.remedies.effect import Effect
from core.people.remedies.ranking import NEAR, UNKNOWN, Part
from core.people.remedies.tables import EnrolmentState
from pages.shared.text import _, joined


def state_name(state: EnrolmentState) -> str:
    """How far an arrangement is."""
    if state is EnrolmentState.PLANNED:
        return _("已安排")
    return _("已完成") if state is EnrolmentState.DONE else _("已取消")


def form_of(course: Course) -> str:
    """In which form something is learnt."""
    return _(FORM_NAMES[course.facts.form])


def part_words(part: Part, abilities: Mapping[int, Ability]) -> str:
    """One gap that an entry works on, with all that its points are made of."""
    name = abilities[part.competency_id].name if part.competency_id in abilities else "—"
    said = _(
        "{name} 现在 {current}，要求 {required}：补 {closes} 级 × 权重 {weight}",
        name=name,
        current=level_name(part.current),
        required=level_name(part.required),
        closes=number(part.closes),
        weight=f"{part.weight:.0%}",
    )
    if part.urgency != 1.0:
        said += _(" × 紧迫 {factor}（项目“{project}”）", factor=number(part.urgency), project=part.because)
    return f"{said} × 100 = {part.points:.0f}"


def reason_words(parts: Sequence[Part], effect: Effect | None, abilities: Mapping[int, Ability], before: str) -> str:
    """Why an entry stands where it stands. `before` names the entry that it comes before."""
    said = [part_words(part, abilities) for part in parts]
    if before:
        said.append(_("先修：做完它才能做“{name}”", name=before))
    if effect:
        said.append(effect_words(effect))
    return _("；").join(said)


def effect_words(effect: Effect) -> str:
    """What an entry did for others, with its interval and what the figure cannot say."""
    return _(
        "以前 {n} 人做过，下一次测评 95% 区间 {low} 至 {high} 级，平均 {mean} 级，系数 {factor}（没有对照组，不能都算作它的效果）",
        n=effect.people,
        low=f"{effect.low:+.2f}",
        high=f"{effect.high:+.2f}",
        mean=f"{effect.mean:+.2f}",
        factor=number(effect.factor),
    )


def first_words(first: Iterable[int], names: Mapping[int, str]) -> str | None:
    """What has to be done before an entry."""
    return joined(names[one] for one in first if one in names) or None


def level_name(level: float) -> str:
    """A level, between two of them too: L3.5."""
    return f"L{number(level)}"


def number(value: float) -> str:
    """A number with as many places as it needs, two at most."""
    return f"{round(value, 2):g}"


def formula() -> None:
    """How the points come about."""
    said = _("得分 = 各项能力（能补的级数 × 能力在岗位里的权重 × 紧迫系数）之和 × 100 × 以前做过的人的实效系数。")
    rules = _(
        "能补的级数到岗位要求或条目的终点为止；没有写等级的条目最多算 {unknown} 级；"
        "起点比现在的等级高出 {near} 级以上的，暂不推荐。不知道等级的能力不推荐任何条目。",
        unknown=number(UNKNOWN),
        near=number(NEAR),
    )
    st.caption("  \n".join([said, rules, _("这是建议，由人决定。")]))
