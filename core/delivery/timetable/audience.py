"""Who takes part in what is to be held, and how that is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.access.actor import Actor
from core.delivery.importing.cells import is_everybody
from core.delivery.timetable import repository
from core.delivery.timetable.forming import Participant
from core.delivery.timetable.tables import Programme
from core.goals import repository as goal_rows
from core.i18n import Message
from core.people import repository as people_rows
from core.people.gaps import repository as gap_facts
from core.people.gaps import service as gaps
from core.people.gaps.gap import GapKey, PersonGap
from core.people.scope import below
from core.projects import repository as project_rows
from core.projects.gaps import repository as gap_links
from core.projects.tables import Project
from core.sheets.reading import folded
from core.storage import Session

_BY_TARGETS = Message("已确认个人目标的 {n} 人")
_BY_GAPS = Message("对应短板上低于要求的 {n} 人")
_BY_POST = Message("岗位“{post}”的 {n} 人")
_BY_POST_WORST = Message("岗位“{post}”的 {all} 人中短板最大的 {n} 人")
_BY_LIST = Message("清单里写的机构和岗位，共 {n} 人")
_BY_NUMBER = Message("只有人数：{n} 人，还没有名单")
_WITH_BEGUN = Message("{source}；另有 {n} 人已在上课，留在班里")
_NOBODY = Message("还不知道谁来上：没有短板、岗位，也没有人数。")


@dataclass(frozen=True)
class Audience:
    """Those who take part, or how many `seats` where nobody is named; `source` says how that is known. `most`: they were chosen from more,
    for so many places."""

    people: tuple[Participant, ...]
    seats: int
    source: Message
    most: int | None = None

    @property
    def size(self) -> int:
        """How many take part."""
        return len(self.people) or self.seats


class Audiences:
    """Everything that is needed to say who takes part, read once for all programmes of a plan."""

    def __init__(self, db: Session, actor: Actor, rows: Sequence[Programme]) -> None:
        self._db, self._actor = db, actor
        ids = [row.project_id for row in rows if row.project_id is not None]
        staff = repository.staff(db)
        self._staff = {number: Participant(number, unit, line) for number, unit, _, line in staff}
        self._post_of = {number: post for number, _, post, _ in staff}
        self._projects = {row.id or 0: row for one in ids if (row := project_rows.project(db, one)) is not None}
        self._targets = repository.with_targets(db, ids)
        self._links: dict[int, list[GapKey]] = {}
        for link in gap_links.of_projects(db, ids):
            if link.unlinked_at is None:
                key = GapKey(link.competency_id, link.unit_id, link.post_id)
                self._links.setdefault(link.project_id, []).append(key)
        self._units, self._posts = unit_and_post_names(db)
        self._abilities = {folded(way): row.id or 0 for row in people_rows.competencies(db) for way in (row.name, *row.aliases)}
        self._known: dict[GapKey, list[PersonGap]] = {}
        self._goals = goal_rows.of_projects(db, ids)

    def of(self, row: Programme) -> Audience:
        """Who takes part in a programme."""
        if any(row.audience.get(whom) for whom in ("units", "posts", "people")):
            return self._of_list(row)
        project = self._projects.get(row.project_id or 0)
        if project is None:
            return Audience((), 0, _NOBODY)
        goal = self._goals.get(project.id or 0)
        seats = (goal.headcount if goal else None) or project.people or 0
        return self._named(project, seats) or _unnamed(seats)

    def with_begun(self, found: Audience, begun: Sequence[int], standing: Collection[int]) -> Audience:
        """The same with those of classes that have begun: whoever learned there what they lacked was there all the same.

        Others are taken in as far as there are places, those first who stand in a class already (`standing`).
        """
        stay = self._some(begun)
        if not stay:
            return found
        there = {one.employee_id for one in stay}
        rest = sorted((one for one in found.people if one.employee_id not in there), key=lambda one: one.employee_id not in standing)
        if found.most is not None:
            rest = rest[: max(0, found.most - len(stay))]
        more = len(there - {one.employee_id for one in found.people})
        source = Message(_WITH_BEGUN.text, source=found.source, n=more) if more else found.source
        return Audience((*stay, *rest), 0, source, found.most)

    def _named(self, project: Project, seats: int) -> Audience | None:
        targeted = self._some(self._targets.get(project.id or 0, ()))
        if targeted:
            return Audience(targeted, 0, Message(_BY_TARGETS.text, n=len(targeted)))
        if lacking := self._lacking(self._links.get(project.id or 0, ())):
            chosen = self._some(lacking[:seats] if seats else lacking)
            return Audience(chosen, 0, Message(_BY_GAPS.text, n=len(chosen)), seats or None)
        return self._of_post(project, seats)

    def _lacking(self, keys: Iterable[GapKey]) -> list[int]:
        """The people below what is required in these gaps, the largest gap first."""
        worst: dict[int, float] = {}
        for key in keys:
            for one in self._gaps(key):
                if one.gap:
                    worst[one.employee_id] = worst.get(one.employee_id, 0.0) + one.gap
        return sorted(worst, key=lambda number: (-worst[number], number))

    def _gaps(self, key: GapKey) -> list[PersonGap]:
        if key not in self._known:
            self._known[key] = gaps.of_group(self._db, self._actor, key)
        return self._known[key]

    def _of_post(self, project: Project, seats: int) -> Audience | None:
        post_id = self._posts.get(folded(project.post)) if project.post else None
        holders = [number for number, post in self._post_of.items() if post_id is not None and post == post_id]
        if not holders:
            return None
        if not seats or seats >= len(holders):
            return Audience(self._some(holders), 0, Message(_BY_POST.text, post=project.post, n=len(holders)))
        ordered = self._by_gap(project, holders)
        return Audience(
            self._some(ordered[:seats]),
            0,
            Message(_BY_POST_WORST.text, post=project.post, all=len(holders), n=min(seats, len(ordered))),
            seats,
        )

    def _by_gap(self, project: Project, holders: Sequence[int]) -> list[int]:
        wanted = [self._abilities[folded(name)] for name in project.competencies if folded(name) in self._abilities]
        lacking: dict[int, float] = dict.fromkeys(holders, 0.0)
        for competency_id in dict.fromkeys(wanted):
            found: Iterable[PersonGap] = self._gaps(GapKey(competency_id))
            for one in found:
                if one.employee_id in lacking:
                    lacking[one.employee_id] += one.gap or 0.0
        return sorted(holders, key=lambda number: -lacking[number])

    def _of_list(self, row: Programme) -> Audience:
        units = below(self._db, [self._units[folded(name)] for name in row.audience.get("units", ()) if folded(name) in self._units])
        posts = {self._posts[folded(name)] for name in row.audience.get("posts", ()) if folded(name) in self._posts}
        seats = int(row.audience.get("people") or 0)
        if strangers(row.audience.get("units", ()), self._units) or strangers(row.audience.get("posts", ()), self._posts):
            # Whom a name means that nobody has is not to be guessed: without it the class would be of the whole bank.
            return _unnamed(seats)
        if not row.audience.get("units") and not row.audience.get("posts"):
            return _unnamed(seats)
        found = [
            number
            for number, one in self._staff.items()
            if (not units or one.unit_id in units) and (not posts or self._post_of[number] in posts)
        ]
        if not found or 0 < seats < len(found):
            # Which of them go is for people to say, and not for a rule.
            return _unnamed(seats)
        return Audience(self._some(found), 0, Message(_BY_LIST.text, n=len(found)))

    def _some(self, numbers: Iterable[int]) -> tuple[Participant, ...]:
        return tuple(self._staff[number] for number in numbers if number in self._staff)


def unit_and_post_names(db: Session) -> tuple[dict[str, int], dict[str, int]]:
    """The units and the posts by their folded names."""
    units = {folded(row.name): row.id or 0 for row in people_rows.units(db)}
    return units, {folded(row.name): number for number, row in gap_facts.posts(db).items()}


def strangers(names: Iterable[str], known: Mapping[str, int]) -> list[str]:
    """Those of the names that neither are known nor mean everybody."""
    return [name for name in names if folded(name) not in known and not is_everybody(name)]


def unit_sizes(db: Session) -> Mapping[int, int]:
    """How many people each unit has itself."""
    return {unit: number for unit, number in people_rows.people_by_unit(db).items() if unit is not None}


def _unnamed(seats: int) -> Audience:
    return Audience((), seats, Message(_BY_NUMBER.text, n=seats) if seats else _NOBODY)
