"""The catalogue in the database: what it offers, what it lacks, and changing it. Nothing in it is about a person."""

from __future__ import annotations

from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Language, Message
from core.people import repository as model
from core.people.competencies import seeds
from core.people.courses import repository
from core.people.courses.course import Ability, Course, CourseFacts, Serving
from core.people.courses.coverage import Coverage, Requirement
from core.people.courses.coverage import coverage as measured
from core.people.courses.starters import starter
from core.people.courses.tables import CourseCompetency, CoursePrerequisite, CourseRow
from core.people.terms import LEVELS
from core.sheets.reading import folded
from core.storage import Session, now

LONGEST_NAME, LONGEST_CODE, LONGEST_PROVIDER, LONGEST_ABOUT = 120, 40, 80, 500
MOST_HOURS, MOST_COST = 2000.0, 10_000_000.0
_CHANGED = Message("这个条目刚被别人修改过，您的改动没有保存。请查看最新内容后再改。")


def courses(db: Session, actor: Actor) -> list[Course]:
    """The catalogue, archived courses included, in the order in which they came. Needs `SEE_GAPS`."""
    require(actor, Right.SEE_GAPS)
    servings: dict[int, list[Serving]] = {}
    for course_id, competency_id, low, high in repository.all_servings(db):
        servings.setdefault(course_id, []).append(Serving(competency_id, low, high))
    needs: dict[int, list[int]] = {}
    for one in repository.prerequisites(db):
        needs.setdefault(one.course_id, []).append(one.needs_id)
    return [_course(row, tuple(servings.get(row.id or 0, ())), tuple(needs.get(row.id or 0, ()))) for row in repository.courses(db)]


def abilities(db: Session, actor: Actor, language: Language) -> dict[int, Ability]:
    """The branch's competencies by id; one that came with the product and that nobody has changed is named in `language`."""
    require(actor, Right.SEE_GAPS)
    offered = {seed.code: seed.facts.name for seed in seeds(language)}
    return {
        row.id or 0: Ability(
            offered.get(row.code or "", row.name) if row.edition == 1 else row.name, row.dimension, row.archived_at is not None
        )
        for row in model.competencies(db)
    }


def coverage(db: Session, actor: Actor) -> Coverage:
    """How far the courses that are not archived answer what posts require."""
    require(actor, Right.SEE_GAPS)
    dimension_of = {row.id or 0: row.dimension for row in model.competencies(db)}
    wanted = [
        Requirement(post_id, post, ability, dimension_of[ability], level, weight)
        for post_id, post, ability, level, weight in repository.requirements(db)
    ]
    return measured(wanted, [one for one in courses(db, actor) if not one.archived], dimension_of)


def save(db: Session, actor: Actor, seen: Course | None, facts: CourseFacts) -> int:
    """Add a course, or change the one that the person saw. Returns its id.

    Needs `EDIT_PEOPLE`. Raises `BadInput`, `Conflict` when somebody changed it since.
    """
    require(actor, Right.EDIT_PEOPLE)
    row = _seen(db, seen) if seen else None
    _check(db, facts, row)
    if row is None:
        row = CourseRow(**_columns(facts))
        db.add(row)
    else:
        for name, value in _columns(facts).items():
            setattr(row, name, value)
        row.changed_at = now()
    db.flush()
    assert row.id is not None
    _serve(db, row.id, facts.servings)
    _need(db, row.id, facts.needs)
    record(db, actor, "course_changed" if seen else "course_added", "course", row.id, name=row.name)
    return row.id


def archive(db: Session, actor: Actor, seen: Course, *, archived: bool) -> None:
    """Put a course away, or take it back. Nothing of it is lost."""
    require(actor, Right.EDIT_PEOPLE)
    row = _seen(db, seen)
    row.archived_at = now() if archived else None
    record(db, actor, "course_archived" if archived else "course_unarchived", "course", row.id, name=row.name)


def take_starter(db: Session, actor: Actor, code: str, competency_ids: list[int], language: Language) -> int:
    """Take one of the forms that come with the product into the catalogue, for these competencies. Returns the new course's id."""
    require(actor, Right.EDIT_PEOPLE)
    one = starter(code, language)
    if not competency_ids:
        raise BadInput(Message("请先选它用来补哪些能力。"))
    servings = tuple(Serving(ability, one.from_level, one.to_level) for ability in competency_ids)
    facts = CourseFacts(name=one.name, form=one.form, method=one.method, hours=one.hours, about=one.about, servings=servings)
    return save(db, actor, None, facts)


def _course(row: CourseRow, servings: tuple[Serving, ...], needs: tuple[int, ...]) -> Course:
    facts = CourseFacts(row.name, row.code or "", row.form, row.method, row.hours, row.cost, row.provider, row.about, servings, needs)
    return Course(row.id or 0, row.version or 0, facts, row.archived_at is not None)


def _seen(db: Session, seen: Course) -> CourseRow:
    row = repository.course(db, seen.id)
    if row is None:
        raise NotFound(Message("课程目录里没有这个条目，它可能已随一次导入被撤销。"))
    if row.version != seen.version:
        raise Conflict(_CHANGED)
    return row


def _columns(facts: CourseFacts) -> dict[str, Any]:
    return {
        "code": facts.code.strip() or None,
        "name": facts.name.strip(),
        "form": facts.form,
        "method": facts.method,
        "hours": facts.hours,
        "cost": facts.cost,
        "provider": facts.provider.strip(),
        "about": facts.about.strip(),
    }


def _check(db: Session, facts: CourseFacts, row: CourseRow | None) -> None:
    name = facts.name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(Message("请填写名称，最多 {limit} 个字。", limit=LONGEST_NAME))
    for text, limit in ((facts.code, LONGEST_CODE), (facts.provider, LONGEST_PROVIDER), (facts.about, LONGEST_ABOUT)):
        if len(text.strip()) > limit:
            raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=text.strip()[:12], most=limit))
    if not (facts.hours is None or 0 < facts.hours <= MOST_HOURS) or not (facts.cost is None or 0 <= facts.cost <= MOST_COST):
        raise BadInput(Message("学时应大于 0、不超过 {hours}；费用不能是负数。不知道就留空。", hours=f"{MOST_HOURS:g}"))
    for serving in facts.servings:
        _check_levels(serving)
    others = [one for one in repository.courses(db) if one is not row]
    if any(folded(one.name) == folded(name) for one in others):
        raise BadInput(Message("课程目录里已有“{name}”。请直接修改它，或换一个名称。", name=name))
    taken = next((one.name for one in others if facts.code.strip() and one.code == facts.code.strip()), None)
    if taken is not None:
        raise BadInput(Message("编号 {code} 已是“{name}”的。请换一个编号。", code=facts.code.strip(), name=taken))
    _check_needs(db, facts, row)


def _check_levels(serving: Serving) -> None:
    levels = [one for one in (serving.from_level, serving.to_level) if one is not None]
    if any(one not in LEVELS for one in levels) or (len(levels) == 2 and levels[0] >= levels[1]):
        raise BadInput(Message("等级从 L1 到 L5，起点应低于终点。"))


def _check_needs(db: Session, facts: CourseFacts, row: CourseRow | None) -> None:
    """What comes before a course is in the catalogue, and does not come after it."""
    names = {one.id: one.name for one in repository.courses(db)}
    if set(facts.needs) - names.keys():
        raise NotFound(Message("有的先修课程已经不在了，请刷新后再选。"))
    if row is None:
        return
    before: dict[int, set[int]] = {}
    for one in repository.prerequisites(db):
        before.setdefault(one.course_id, set()).add(one.needs_id)
    waiting, found = list(facts.needs), set[int]()
    while waiting:
        one_id = waiting.pop()
        if one_id == row.id:
            raise BadInput(Message("先修关系成了圈：“{name}”最后又要求它自己。请去掉其中一门先修课程。", name=row.name))
        if one_id not in found:
            found.add(one_id)
            waiting.extend(before.get(one_id, ()))


def _serve(db: Session, course_id: int, servings: tuple[Serving, ...]) -> None:
    rows = {row.competency_id: row for row in repository.servings(db, course_id)}
    for serving in servings:
        row = rows.pop(serving.competency_id, None)
        if row is None:
            db.add(
                CourseCompetency(
                    course_id=course_id,
                    competency_id=serving.competency_id,
                    from_level=serving.from_level,
                    to_level=serving.to_level,
                )
            )
        else:
            row.from_level, row.to_level = serving.from_level, serving.to_level
    for gone in rows.values():
        db.delete(gone)
    db.flush()


def _need(db: Session, course_id: int, needs: tuple[int, ...]) -> None:
    rows = {row.needs_id: row for row in repository.prerequisites(db, course_id)}
    for needed in set(needs) - rows.keys():
        db.add(CoursePrerequisite(course_id=course_id, needs_id=needed))
    for gone in rows.keys() - set(needs):
        db.delete(rows[gone])
    db.flush()
