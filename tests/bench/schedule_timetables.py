"""Timetables as a PROBLEM of the command line: a week of lectures in which classes, teachers and rooms collide in every slot.

Generated at the sizes of the public course timetabling benchmark (ITC 2007, third track), around a hidden timetable without a broken rule;
`read` takes a file of that benchmark's own format. Its terms: lectures that lack seats, courses on too few days, courses that change rooms,
lectures of a class with no neighbour that day.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tests.schedule_facts import Json


@dataclass(frozen=True)
class Shape:
    """How big a timetable is: courses, their lectures together, rooms, periods a day, days and classes (curricula)."""

    courses: int
    lectures: int
    rooms: int
    periods: int
    days: int
    classes: int


SHAPES = {
    "T01": Shape(30, 160, 6, 6, 5, 14),
    "T02": Shape(82, 283, 16, 5, 5, 70),
    "T03": Shape(72, 251, 16, 5, 5, 68),
    "T04": Shape(79, 286, 18, 5, 5, 57),
    "T05": Shape(54, 152, 9, 6, 6, 139),
    "T06": Shape(108, 361, 18, 5, 5, 70),
    "T07": Shape(131, 434, 20, 5, 5, 77),
    "T08": Shape(86, 324, 18, 5, 5, 61),
    "T09": Shape(76, 279, 18, 5, 5, 75),
    "T10": Shape(115, 370, 18, 5, 5, 67),
    "T11": Shape(30, 162, 5, 9, 5, 13),
    "T12": Shape(88, 218, 11, 6, 6, 150),
    "T13": Shape(82, 308, 19, 5, 5, 66),
    "T14": Shape(85, 275, 17, 5, 5, 60),
    "T15": Shape(72, 251, 16, 5, 5, 68),
    "T16": Shape(108, 366, 20, 5, 5, 71),
    "T17": Shape(99, 339, 17, 5, 5, 70),
    "T18": Shape(47, 138, 9, 6, 6, 52),
    "T19": Shape(74, 277, 16, 5, 5, 66),
    "T20": Shape(121, 390, 19, 5, 5, 78),
    "T21": Shape(94, 327, 18, 5, 5, 78),
}


@dataclass
class Course:
    """Its lectures, on how many days they should lie, who takes part and when it cannot be."""

    name: str
    teacher: str
    lectures: int
    min_days: int
    students: int
    closed: set[tuple[int, int]] = field(default_factory=set)


@dataclass
class Timetable:
    """A course timetabling instance in its own terms."""

    days: int
    periods: int
    courses: list[Course]
    rooms: dict[str, int]
    classes: dict[str, list[str]]

    def problem(self) -> Json:
        """The same as a scheduling problem: courses are groups, lectures sessions, classes cohorts; only the four soft terms count."""
        cohorts = defaultdict(list)
        for name, members in self.classes.items():
            for member in members:
                cohorts[member].append(name)
        every = [(day, slot) for day in range(self.days) for slot in range(self.periods)]
        sessions = [
            {
                "id": f"{course.name}-{at + 1}",
                "group": course.name,
                "headcount": course.students,
                "trainers": [course.teacher],
                "cohorts": cohorts[course.name],
                **({"starts": [list(pair) for pair in every if pair not in course.closed]} if course.closed else {}),
            }
            for course in self.courses
            for at in range(course.lectures)
        ]
        return {
            "calendar": {"days": self.days, "slots_per_day": self.periods},
            "venues": [{"id": name, "capacity": seats} for name, seats in self.rooms.items()],
            "trainers": [{"id": name} for name in dict.fromkeys(course.teacher for course in self.courses)],
            "cohorts": [{"id": name, "compact": {"weight": 2}} for name in self.classes],
            "groups": [
                {"id": course.name, "spread": {"min_days": course.min_days, "weight": 5}, "same_venue": {"weight": 1}}
                for course in self.courses
            ],
            "sessions": sessions,
            "rules": {"venue_capacity": {"mode": "soft", "weight": 1}},
            "weights": {"late": 0, "start": 0, "cost": 0, "overload": 0},
        }


def timetable(name: str, seed: int = 1) -> Timetable:
    """A timetable of a shape, the same for the same seed. It can be done: its lectures were planted before anything was closed."""
    return _Planter(SHAPES[name], random.Random(f"{name}{seed}")).draw()


@dataclass
class _Planter:
    """Draws courses and classes and finds each lecture a period; closes only what the planted lectures do not need."""

    shape: Shape
    chance: random.Random
    held: set[tuple[str, int]] = field(default_factory=set)
    used: Counter[int] = field(default_factory=Counter)
    planted: dict[str, list[int]] = field(default_factory=dict)

    def draw(self) -> Timetable:
        courses = self._courses()
        classes = self._classes(courses)
        for course in sorted(courses, key=lambda one: -one.lectures):
            self._plant(course, classes)
        for course in courses:
            self._close(course)
        rooms = self._rooms(courses)
        return Timetable(
            self.shape.days, self.shape.periods, courses, rooms, {name: members for name, members in classes.items() if members}
        )

    def _courses(self) -> list[Course]:
        shape, chance = self.shape, self.chance
        lectures = [1] * shape.courses
        most = 8 if shape.lectures / shape.courses > 4.5 else 6
        while sum(lectures) < shape.lectures:
            at = chance.randrange(shape.courses)
            lectures[at] += lectures[at] < most
        teachers = [f"t{at:02d}" for at in range(max(1, shape.courses * 4 // 5))]
        found = []
        for at, count in enumerate(lectures):
            teacher = teachers[at] if at < len(teachers) else chance.choice(teachers)
            students = int(min(400, max(5, chance.lognormvariate(3.6, 0.8))))
            found.append(Course(f"c{at:03d}", teacher, count, max(1, min(count - chance.randint(0, 2), shape.days - 1)), students))
        return found

    def _classes(self, courses: list[Course]) -> dict[str, list[str]]:
        """Courses of a year belong together: a class takes some of a window of them, for at most two thirds of the week."""
        found: dict[str, list[str]] = {}
        for at in range(self.shape.classes):
            first = self.chance.randrange(len(courses))
            window = [courses[(first + step) % len(courses)] for step in range(7)]
            members: list[str] = []
            room = self.shape.days * self.shape.periods * 2 // 3
            for course in self.chance.sample(window, self.chance.randint(2, 6)):
                if course.lectures <= room:
                    members.append(course.name)
                    room -= course.lectures
            found[f"q{at:03d}"] = members
        return found

    def _plant(self, course: Course, classes: dict[str, list[str]]) -> None:
        while True:
            mine = [name for name, members in classes.items() if course.name in members]
            free = [period for period in self._periods() if self._is_free(course, mine, period)]
            if len(free) >= course.lectures:
                break
            if mine:
                classes[max(mine, key=lambda name: (self._taken(name), name))].remove(course.name)
            else:
                course.teacher = self.chance.choice([f"t{at:02d}" for at in range(self.shape.courses)])
        self.chance.shuffle(free)
        free.sort(key=lambda period: self.used[period])
        self.planted[course.name] = free[: course.lectures]
        for period in self.planted[course.name]:
            self.used[period] += 1
            self.held |= {(holder, period) for holder in (course.teacher, *mine)}

    def _periods(self) -> range:
        return range(self.shape.days * self.shape.periods)

    def _is_free(self, course: Course, mine: list[str], period: int) -> bool:
        return self.used[period] < self.shape.rooms and not any((holder, period) in self.held for holder in (course.teacher, *mine))

    def _taken(self, name: str) -> int:
        return sum((name, period) in self.held for period in self._periods())

    def _close(self, course: Course) -> None:
        """Half of the courses cannot be on one or two half days, a few only on some days."""
        if self.chance.random() < 0.5:
            return
        halves = [(day, half) for day in range(self.shape.days) for half in (0, 1)]
        for day, half in self.chance.sample(halves, self.chance.choice((1, 1, 2, 3, 4))):
            middle = self.shape.periods // 2
            for slot in range(middle) if half == 0 else range(middle, self.shape.periods):
                if day * self.shape.periods + slot not in self.planted[course.name]:
                    course.closed.add((day, slot))

    def _rooms(self, courses: list[Course]) -> dict[str, int]:
        """As many seats as the planted timetable needs in its fullest hours, give or take some."""
        wanted = [0] * self.shape.rooms
        for period in self._periods():
            sizes = sorted((course.students for course in courses if period in self.planted[course.name]), reverse=True)
            for at, size in enumerate(sizes):
                wanted[at] = max(wanted[at], size)
        return {f"r{at:02d}": max(10, round(seats * self.chance.uniform(0.9, 1.2))) for at, seats in enumerate(wanted)}


def read(path: Path) -> Timetable:
    """A timetable from a file of the public benchmark (`.ctt`)."""
    sections: dict[str, list[list[str]]] = defaultdict(list)
    title, head = "", {}
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if not words or words[0] == "END.":
            continue
        if len(words) == 1 and words[0].endswith(":"):
            title = words[0][:-1]
        elif title:
            sections[title].append(words)
        else:
            head[words[0].rstrip(":")] = words[1]
    courses = [
        Course(name, teacher, int(lectures), int(days), int(students))
        for name, teacher, lectures, days, students, *_ in sections["COURSES"]
    ]
    by_name = {course.name: course for course in courses}
    for name, day, slot in sections["UNAVAILABILITY_CONSTRAINTS"]:
        by_name[name].closed.add((int(day), int(slot)))
    rooms = {words[0]: int(words[1]) for words in sections["ROOMS"]}
    classes = {words[0]: words[2:] for words in sections["CURRICULA"]}
    return Timetable(int(head["Days"]), int(head["Periods_per_day"]), courses, rooms, classes)
