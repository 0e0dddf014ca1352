"""What a project may teach, proposed from what is already decided: its competencies, the behaviour of its goal, courses that serve them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core.access.actor import Actor, Right, require
from core.delivery.content import service as contents
from core.delivery.content.abilities import Abilities, abilities
from core.delivery.content.item import LONGEST_NAME, LONGEST_TEXT, ContentItem, ItemFacts
from core.delivery.content.service import Entered
from core.delivery.content.terms import Origin
from core.errors import NotFound
from core.goals import repository as goal_rows
from core.i18n import Language, Message
from core.people.courses import repository as course_rows
from core.people.courses import service as catalogue
from core.people.courses.course import Course
from core.people.gaps import repository as gap_rows
from core.people.terms import LEVEL_NAMES
from core.projects.tables import Project
from core.sheets.reading import folded
from core.storage import Session

_USUAL_LEVEL = 3
# What an hour count begins with where nobody has written one down: an hour to know, a half day to apply, a day to judge.
_HOURS = {1: 1.0, 2: 3.5, 3: 7.0, 4: 7.0, 5: 7.0}
_BEHAVIOUR_HOURS, _COURSE_HOURS = 3.5, 2.0


@dataclass(frozen=True)
class Proposed:
    """An item that may be taken in; `fits`: a course that serves one of the project's competencies."""

    facts: ItemFacts
    fits: bool = True


@dataclass(frozen=True)
class Proposals:
    """What may be taken in. `lacking` are the project's competencies that the capability model does not know."""

    own: tuple[ItemFacts, ...]
    courses: tuple[Proposed, ...]
    lacking: tuple[str, ...] = ()


def proposals(db: Session, actor: Actor, project_id: int, language: Language) -> Proposals:
    """What the project does not teach yet and may, courses that serve its competencies first.

    Needs `PLAN_DELIVERY`. Raises `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    view = contents.find(db, actor, project_id)
    known = abilities(db)
    own = [*_of_competencies(db, view.project, known, language), *_of_goal(db, view.project, language)]
    wanted = set(known.ids(view.project.competencies))
    named = {one.id: one for one in known.by_name.values()}
    courses = [
        Proposed(_of_course(one, {ability: each.name for ability, each in named.items()}, wanted), _serves(one, wanted))
        for one in catalogue.courses(db, actor)
        if not one.archived
    ]
    fresh = [one for one in courses if _is_new(one.facts, view.content.items)]
    lacking = tuple(name for name in view.project.competencies if known.of(name) is None)
    kept = tuple(one for one in own if _is_new(one, view.content.items))
    return Proposals(kept, tuple(sorted(fresh, key=lambda one: not one.fits)), lacking)


def take(db: Session, actor: Actor, project_id: int, version: int, facts: Iterable[ItemFacts]) -> int:
    """Add these to what a project teaches, but those that it teaches already. Returns how many came in.

    Raises `BadInput`, `Conflict`, `NotFound`.
    """
    before = contents.seen(db, actor, project_id, version)
    fresh: list[ItemFacts] = []
    for one in facts:
        if _is_new(one, before.items) and folded(one.name) not in {folded(each.name) for each in fresh}:
            fresh.append(one)
    if lost := {one.course_id for one in fresh if one.course_id} - {row.id for row in course_rows.courses(db)}:
        raise NotFound(Message("有 {n} 门课已不在课程目录里，请刷新后再选。", n=len(lost)))
    kept = [Entered(one.id, one.facts) for one in before.items]
    if fresh:
        contents.save_items(db, actor, project_id, version, [*kept, *(Entered(0, one) for one in fresh)])
    return len(fresh)


def _of_competencies(db: Session, project: Project, known: Abilities, language: Language) -> list[ItemFacts]:
    """Of each competency what has to be known and what has to be done, as the model's levels say, up to what the post requires."""
    required = _required(db, project)
    found = []
    # Two of a project's words may be names of one competency.
    for ability in {one.id: one for name in project.competencies if (one := known.of(name)) is not None}.values():
        top = required.get(ability.id, _USUAL_LEVEL)
        for level in dict.fromkeys((1, top)):
            title = Message("{competency}：L{level} {name}", competency=ability.name, level=level, name=LEVEL_NAMES[level])
            learnt = ability.levels[level - 1] if len(ability.levels) >= level else ""
            facts = ItemFacts(title.render(language)[:LONGEST_NAME], learnt[:LONGEST_TEXT], _HOURS[level], ability.name, level)
            found.append(replace(facts, origin=Origin.COMPETENCY))
    return found


def _of_goal(db: Session, project: Project, language: Language) -> list[ItemFacts]:
    goal = goal_rows.of_project(db, project.id or 0)
    behaviour = " ".join(goal.behaviour.split()) if goal else ""
    if not behaviour:
        return []
    competency = project.competencies[0] if project.competencies else ""
    name = Message("行为演练：{behaviour}", behaviour=_short(behaviour)).render(language)[:LONGEST_NAME]
    facts = ItemFacts(name, behaviour[:LONGEST_TEXT], _BEHAVIOUR_HOURS, competency, use=behaviour[:LONGEST_TEXT])
    return [replace(facts, origin=Origin.BEHAVIOUR)]


def _of_course(course: Course, names: dict[int, str], wanted: set[int]) -> ItemFacts:
    servings = sorted(course.facts.servings, key=lambda one: one.competency_id not in wanted)
    first = servings[0] if servings else None
    where = "　".join(text for text in (course.facts.code, course.facts.provider) if text)
    return ItemFacts(
        name=course.facts.name[:LONGEST_NAME],
        learnt=course.facts.about[:LONGEST_TEXT],
        hours=course.facts.hours or _COURSE_HOURS,
        competency=names.get(first.competency_id, "") if first else "",
        level=first.to_level if first else None,
        material=where,
        course_id=course.id,
        origin=Origin.COURSE,
    )


def _required(db: Session, project: Project) -> dict[int, int]:
    """The level of each competency that the project's post requires."""
    post = next((row_id for row_id, row in gap_rows.posts(db).items() if folded(row.name) == folded(project.post)), None)
    return {ability: level for post_id, _, ability, level, _ in course_rows.requirements(db) if post_id == post}


def _serves(course: Course, wanted: set[int]) -> bool:
    return any(one.competency_id in wanted for one in course.facts.servings)


def _is_new(facts: ItemFacts, items: Sequence[ContentItem]) -> bool:
    return not any(
        folded(one.facts.name) == folded(facts.name) or (facts.course_id is not None and one.facts.course_id == facts.course_id)
        for one in items
    )


def _short(text: str) -> str:
    for stop in "，。；,;":
        text = text.split(stop)[0]
    return text[:30]
