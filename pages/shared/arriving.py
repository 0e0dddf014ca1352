"""Addresses that name a thing: whoever opens one sees it in the plan that holds it, whichever plan was chosen before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.access import service as access
from core.access.actor import Actor
from core.access.present import Present
from core.assistant import service as assistant
from core.comments import service as comments
from core.comments.terms import Subject
from core.delivery.timetable import service as timetable
from core.goals.chain.chain import Column
from core.plans import service as plans
from core.review.conclusions import service as conclusions
from core.workshops import service as workshops
from pages.shared import state
from pages.shared.database import acting_first, reading
from pages.shared.sitemap import PAGES
from pages.shared.text import _

# The plan of a thing by its number; None for one that is not there, and for one that the reader may not see.
_Find = Callable[[Any, Actor, int], int | None]
_ARRIVED = "arrived"
# The nodes of the chain that are things of one plan. The others are named by words, which many plans have.
_NODES = {Column.CLAUSE: Subject.FINDING, Column.THEME: Subject.THEME, Column.PROJECT: Subject.PROJECT, Column.GOAL: Subject.GOAL}


def _by(subject: Subject) -> _Find:
    return lambda db, actor, number: comments.plan_of(db, actor, subject, number)


def _itself(db: Any, actor: Actor, number: int) -> int | None:
    return number if plans.readable(db, actor, number) else None


_PROJECT, _THEME, _SESSION, _MEASURE = map(_by, (Subject.PROJECT, Subject.THEME, Subject.SESSION, Subject.MEASURE))
NAMED: dict[str, dict[str, _Find]] = {
    "assistant": {"conversation": assistant.plan_of},
    "attendance": {"session": _SESSION},
    "chain": {"node": _PROJECT},
    "checklist": {"project": _PROJECT},
    "conclusions": {"conclusion": conclusions.plan_of},
    "content": {"project": _PROJECT},
    "decode": {"finding": _by(Subject.FINDING), "plan": _itself},
    "design": {"project": _PROJECT},
    "effects": {"project": _PROJECT, "measure": _MEASURE},
    "goals": {"project": _PROJECT},
    "ideas": {"project": _PROJECT},
    "localise": {"theme": _THEME},
    "meetings": {"decision": _by(Subject.DECISION)},
    "needs": {"need": _by(Subject.NEED), "project": _PROJECT},
    "projector": {"id": workshops.plan_of},
    "results": {"measure": _MEASURE, "project": _PROJECT},
    "retention": {"project": _PROJECT},
    "schedule": {"timetable": timetable.plan_of},
    "session": {"id": _SESSION, "timetable": timetable.plan_of},
    "targets": {"project": _PROJECT},
    "themes": {"theme": _THEME},
    "transfer": {"project": _PROJECT},
    "warnings": {"programme": _by(Subject.WARNING)},
    "workshop": {"id": workshops.plan_of},
    "workshop_results": {"id": workshops.plan_of},
}
"""By the address of a page: its parameters that name a thing of a plan. The first that is there tells which plan."""


def arrive(person: Present, page: str) -> bool:
    """Choose the plan that holds what the address of the page at `page` names. False where there is nothing of it for this reader.

    What goes away while the page is open is not told here: whoever took it away knows.
    """
    spec = next((one for one in PAGES.values() if one.url_path == page), None)
    name = next((one for one in NAMED.get(page, {}) if state.asked(one) is not None), None)
    if spec is None or name is None or (spec.right is not None and not person.actor.may(spec.right)):
        return True
    value = state.asked(name) or ""
    find, value = _of_chain(value) if page == "chain" else (NAMED[page][name], value)
    if find is None:
        return True
    plan_id = _found(person.actor, find, value)
    if plan_id is None:
        return bool(state.get(_ARRIVED) == (page, value))
    state.put(_ARRIVED, (page, value))
    if plan_id != person.plan_id:
        _follow(person.actor, plan_id)
    return True


def leave(page: str) -> None:
    """Forget the address of a thing: another plan was chosen."""
    if page in NAMED:
        state.ask()


def nothing_there() -> None:
    """Tell whoever came by the address of something that is not there, or not for them; nobody learns which of the two."""
    st.warning(_("这个地址里的内容没有找到：它可能已被删除，或不对您开放。请向发给您的人核对。"), icon=":material/wrong_location:")


def _of_chain(node: str) -> tuple[_Find | None, str]:
    column, _dash, number = node.partition("-")
    return (_by(_NODES[Column(column)]) if column in _NODES else None), number


def _found(actor: Actor, find: _Find, value: str) -> int | None:
    number = state.whole_number(value)
    if number is None:
        return None
    with reading() as db:
        return find(db, actor, number)


def _follow(actor: Actor, plan_id: int) -> None:
    """Choose a plan, unless it was put away: what may be read of it all the same, the page shows beside the plan that is chosen."""
    with reading() as db:
        plan = plans.find(db, actor, plan_id) if plans.readable(db, actor, plan_id) else None
    if plan is None:
        return
    with acting_first(_("已转到这个地址所属的年度计划：{plan}", plan=f"{plan.unit} · {plan.year}")) as db:
        access.prefer(db, actor.account_id or 0, plan_id=plan_id)
