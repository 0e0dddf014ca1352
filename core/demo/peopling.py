"""The sample's people on their way into the database, all at once: units, posts, what posts require, people, scores, courses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.demo.courses import courses
from core.demo.people import SamplePeople, people
from core.i18n import Message
from core.people import sample
from core.people.competencies import seeds
from core.people.importing import repository
from core.people.service import columns_of
from core.storage import Session, now

_BATCH = 5_000
OWN_PEOPLE = Message("您已经有自己的机构、岗位或员工，示例分行的人员没有载入。")


def load_people(db: Session, actor: Actor) -> bool:
    """Take the sample's people in, unless the house has units, posts or people of its own. Returns whether they are there now."""
    require(actor, Right.EDIT_PEOPLE)
    if sample.there(db):
        return True
    if sample.own(db):
        return False
    made = people()
    posts, competencies = _posts(db, made), _competencies(db, made)
    requires = [
        {"post_id": posts[post.name], "competency_id": competencies[one.code], "required_level": one.level, "weight": one.weight}
        for post in made.posts
        for one in post.requires
    ]
    _add(db, "requirement", requires)
    ids = _staff(db, made, _units(db, made), posts)
    scores = (
        {
            "employee_id": ids[one.number],
            "competency_id": competencies[one.code],
            "score": one.score,
            "scale_max": one.scale,
            "source": one.source,
            "assessed_on": one.day,
        }
        for one in made.scores
    )
    _add(db, "assessment", scores)
    if sample.no_courses(db):
        _courses(db, competencies)
    record(db, actor, "sample_people_loaded", people=len(ids), assessments=len(made.scores))
    return True


def _units(db: Session, made: SamplePeople) -> dict[str, int]:
    ids: dict[str, int] = {}
    for unit in made.units:
        [ids[unit.name]] = _add(db, "unit", [{"name": unit.name, "parent_id": ids.get(unit.parent), "sample": True}])
    return ids


def _posts(db: Session, made: SamplePeople) -> dict[str, int]:
    rows = [
        {"name": one.name, "family": one.family, "talent_class": one.talent_class, "line": one.line, "sample": True} for one in made.posts
    ]
    return dict(zip((one.name for one in made.posts), _add(db, "post", rows), strict=True))


def _competencies(db: Session, made: SamplePeople) -> dict[str, int]:
    """The id of each competency that a post requires, by code; those that the branch has not taken in come with the sample."""
    known = sample.competencies(db)
    fresh = [one for one in seeds("zh") if one.code in made.codes and one.code not in known]
    rows = [{"code": one.code, **columns_of(one.facts), "edition": 1, "archived_at": None, "sample": True} for one in fresh]
    return known | dict(zip((one.code for one in fresh), _add(db, "competency", rows), strict=True))


def _staff(db: Session, made: SamplePeople, units: dict[str, int], posts: dict[str, int]) -> dict[str, int]:
    """The id of each person by number; a manager is written before those who report to them."""
    ids: dict[str, int] = {}
    waiting = list(made.people)
    while waiting:
        ready = [one for one in waiting if not one.manager or one.manager in ids]
        rows = [
            {
                "employee_no": one.number,
                "name": one.name,
                "unit_id": units[one.unit],
                "post_id": posts[one.post.name],
                "manager_id": ids.get(one.manager),
                "hire_date": one.hired,
                "line": one.post.line,
                "left_at": None,
                "sample": True,
            }
            for one in ready
        ]
        ids |= dict(zip((one.number for one in ready), _add(db, "employee", rows), strict=True))
        waiting = [one for one in waiting if one.number not in ids]
    return ids


def _courses(db: Session, competencies: dict[str, int]) -> None:
    """The catalogue, with what each course serves and what comes before it."""
    rows = [
        {
            **{name: getattr(one, name) for name in ("code", "name", "form", "method", "hours", "cost", "provider")},
            "about": "",
            "archived_at": None,
            "changed_at": now(),
            "sample": True,
        }
        for one in courses()
    ]
    ids = dict(zip((one.code for one in courses()), _add(db, "course", rows), strict=True))
    serves = [
        {"course_id": ids[one.code], "competency_id": competencies[code], "from_level": begin, "to_level": end}
        for one in courses()
        for code, begin, end in one.serves
        if code in competencies
    ]
    _add(db, "serving", serves)
    _add(db, "prerequisite", [{"course_id": ids[one.code], "needs_id": ids[other]} for one in courses() for other in one.needs])


def _add(db: Session, subject: str, rows: Iterable[dict[str, Any]]) -> list[int]:
    waiting = [{**row, "version": 1, "created_at": now()} for row in rows]
    return [made for start in range(0, len(waiting), _BATCH) for made in repository.insert(db, subject, waiting[start : start + _BATCH])]
