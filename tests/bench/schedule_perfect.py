"""Timetables whose best soft cost is known: a perfect one, that costs nothing, is hidden in each.

Every room holds two programmes, one in the first periods of each day and one in the rest. A programme fills its block of a day without a
hole, each of its courses at most once a day, always in the same room, which is big enough. So no lecture lacks seats or a neighbour, no
course changes rooms or lies on too few days. Classes that take a course of another programme take one that lies right beside their block.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.bench.schedule_timetables import SHAPES, Course, Timetable
from tests.schedule_facts import Json


@dataclass
class _Programme:
    """A block of the day in a room: its courses, the places of their lectures, and the one that always lies beside the other block."""

    room: str
    first: bool
    courses: list[Course] = field(default_factory=list)
    lectures: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    beside: Course | None = None


@dataclass(frozen=True)
class Perfect:
    """A timetable and the assignments that cost nothing."""

    timetable: Timetable
    plan: list[Json]


def perfect(name: str, seed: int = 1) -> Perfect:
    """A timetable of a shape that can be done for nothing, the same for the same seed."""
    return _Planter(name, random.Random(f"perfect {name}{seed}")).draw()


class _Planter:
    def __init__(self, name: str, chance: random.Random) -> None:
        self.shape, self.chance = SHAPES[name], chance
        self.cut = [chance.randint(2, self.shape.periods - 2) for _ in range(self.shape.days)]
        self.courses = 0

    def draw(self) -> Perfect:
        programmes: list[_Programme] = []
        left = self.shape.lectures
        places = [(f"r{at:02d}", first) for at in range(self.shape.rooms) for first in (True, False)]
        self.chance.shuffle(places)
        for room, first in places:
            if left > 0:
                programmes.append(self._programme(room, first))
                left -= sum(len(one) for one in programmes[-1].lectures.values())
        courses = [course for programme in programmes for course in programme.courses]
        rooms = {f"r{at:02d}": 20 + 5 * at for at in range(self.shape.rooms)}
        for programme in programmes:
            for course in programme.courses:
                course.students = self.chance.randint(5, rooms[programme.room])
        self._share_teachers(programmes)
        held = {course: slots for programme in programmes for course, slots in programme.lectures.items()}
        for course in courses:
            self._close(course, held[course.name])
        timetable = Timetable(self.shape.days, self.shape.periods, courses, rooms, dict(self._classes(programmes)))
        return Perfect(timetable, [*_plan(programmes)])

    def _programme(self, room: str, first: bool) -> _Programme:
        """Courses until the block is full: on every day as many different ones as it has periods, the same one beside the other block."""
        made = _Programme(room, first)
        lengths = [cut if first else self.shape.periods - cut for cut in self.cut]
        made.courses = [self._course() for _ in range(max(max(lengths), self.chance.randint(3, 5)))]
        made.lectures = {course.name: [] for course in made.courses}
        made.beside = made.courses[0]
        for day, length in enumerate(lengths):
            others = sorted(made.courses[1:], key=lambda one: (len(made.lectures[one.name]), self.chance.random()))[: length - 1]
            slots = range(length) if first else range(self.cut[day], self.shape.periods)
            edge = slots[-1] if first else slots[0]
            inner = [slot for slot in slots if slot != edge]
            for course, slot in zip([made.beside, *others], [edge, *inner], strict=True):
                made.lectures[course.name].append((day, slot))
        made.courses = [course for course in made.courses if made.lectures[course.name]]
        for course in made.courses:
            course.lectures = len(made.lectures[course.name])
            course.min_days = max(1, course.lectures - self.chance.randint(0, 1))
        return made

    def _course(self) -> Course:
        self.courses += 1
        return Course(f"c{self.courses:03d}", f"t{self.courses:03d}", 0, 1, 0)

    def _share_teachers(self, programmes: list[_Programme]) -> None:
        """Some teachers of the first block teach in the second too: they are never at once."""
        early = [course.teacher for one in programmes if one.first for course in one.courses]
        for course in (course for one in programmes if not one.first for course in one.courses):
            if early and self.chance.random() < 0.4:
                course.teacher = early.pop(self.chance.randrange(len(early)))

    def _close(self, course: Course, lectures: list[tuple[int, int]]) -> None:
        every = [(day, slot) for day in range(self.shape.days) for slot in range(self.shape.periods)]
        free = [pair for pair in every if pair not in lectures]
        if self.chance.random() < 0.5:
            course.closed = set(self.chance.sample(free, len(free) // 4))

    def _classes(self, programmes: list[_Programme]) -> Iterator[tuple[str, list[str]]]:
        """One for every programme; then programmes with a course of the other block that lies right beside theirs."""
        at = 0
        for programme in programmes:
            yield f"q{at:03d}", [course.name for course in programme.courses]
            at += 1
        while at < self.shape.classes:
            programme = self.chance.choice(programmes)
            others = [one.beside for one in programmes if one.first != programme.first and one.beside is not None]
            if others:
                yield f"q{at:03d}", [*(course.name for course in programme.courses), self.chance.choice(others).name]
            at += 1


def _plan(programmes: list[_Programme]) -> Iterator[Json]:
    for programme in programmes:
        for course in programme.courses:
            for at, (day, slot) in enumerate(programme.lectures[course.name]):
                place = {"day": day, "slot": slot, "trainer": course.teacher, "venue": programme.room}
                yield {"session": f"{course.name}-{at + 1}", **place}
