"""A plan becomes rows, with a note of what each was before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from core.people import repository as model
from core.people.certificates import naming as certificates
from core.people.competencies import Competency, Facts, seeds
from core.people.courses.tables import CourseCompetency, CoursePrerequisite, CourseRow
from core.people.courses.terms import CourseForm
from core.people.importing import repository
from core.people.importing.kinds import ImportKind
from core.people.importing.plan import Entry, Key, Plan
from core.people.service import columns_of
from core.people.tables import Assessment, CompetencyRow, Employee, HeldCertificate, Post, PostCompetency, Unit
from core.people.terms import Dimension
from core.storage import Session, now

Progress = Callable[[int, int], None]

SUBJECTS: dict[type[Any], str] = {
    Unit: "unit",
    Post: "post",
    Employee: "employee",
    CompetencyRow: "competency",
    PostCompetency: "requirement",
    Assessment: "assessment",
    HeldCertificate: "held",
    CourseRow: "course",
    CourseCompetency: "serving",
    CoursePrerequisite: "prerequisite",
}
# What a row is restored to; the rest (names that tell it from others, when it was made) never changes by an import.
RESTORED = {
    "employee": ("name", "unit_id", "post_id", "manager_id", "hire_date", "line", "left_at"),
    "post": ("family", "talent_class", "line"),
    "requirement": ("required_level", "weight"),
    "assessment": ("score", "scale_max"),
    "held": ("expires_on", "number"),
    "course": ("code", "form", "method", "hours", "cost", "provider", "about"),
    "serving": ("from_level", "to_level"),
}
# What a new row holds where the file says nothing.
_DEFAULTS: dict[str, dict[str, Any]] = {
    "unit": {"parent_id": None},
    "post": {"family": "", "talent_class": None, "line": ""},
    "employee": {"unit_id": None, "post_id": None, "manager_id": None, "hire_date": None, "line": "", "left_at": None},
    "competency": {"edition": 1, "archived_at": None},
    "requirement": {"weight": 1.0},
    "assessment": {"source": "", "assessed_on": None},
    "held": {"held_on": None, "expires_on": None, "number": "", "removed_at": None, "removed_by": ""},
    "course": {
        **dict.fromkeys(("code", "method", "hours", "cost", "archived_at")),
        "form": CourseForm.COURSE,
        "provider": "",
        "about": "",
    },
    "serving": {},
    "prerequisite": {},
}
_BATCH = 1000
_FIRST = 1


@dataclass(frozen=True)
class Written:
    """A row that was written: what it was before (None: it was not there), and its versions."""

    subject: str
    row_id: int
    before: dict[str, Any] | None = None
    before_version: int | None = None


@dataclass
class Writer:
    """Writes a plan into one transaction and remembers what it wrote."""

    db: Session
    plan: Plan
    on_progress: Progress
    by: str = ""
    created: list[Written] = field(default_factory=list)
    changed: list[Written] = field(default_factory=list)
    _waiting: list[tuple[str, int, Mapping[str, Any]]] = field(default_factory=list)

    def write(self) -> None:
        """Write the whole plan."""
        {
            ImportKind.ROSTER: self._roster,
            ImportKind.ASSESSMENTS: self._assessments,
            ImportKind.POSTS: self._posts,
            ImportKind.MATRIX: self._matrix,
            ImportKind.CATALOGUE: self._catalogue,
            ImportKind.CERTIFICATES: self._certificates,
        }[self.plan.kind]()
        self._flush()
        # What the session holds of these rows is what they were before.
        self.db.flush()
        self.db.expire_all()

    def note(self, run_id: int) -> None:
        """Keep what each row was before, and which version it has now."""
        versions = [(one, _FIRST) for one in self.created] + [(one, (one.before_version or 0) + 1) for one in self.changed]
        repository.note(self.db, [{**vars(one), "run_id": run_id, "row_version": version} for one, version in versions])

    def _add(self, subject: str, rows: Iterable[dict[str, Any]]) -> list[int]:
        """Insert rows a batch at a time; returns their ids."""
        waiting = [{**_DEFAULTS[subject], **row, "version": _FIRST, "created_at": now()} for row in rows]
        ids: list[int] = []
        for start in range(0, len(waiting), _BATCH):
            made = repository.insert(self.db, subject, waiting[start : start + _BATCH])
            self.created += [Written(subject, row_id) for row_id in made]
            ids += made
            self._tell()
        return ids

    def _change(self, row: Any, values: Mapping[str, Any]) -> None:
        subject = SUBJECTS[type(row)]
        before = {name: _stored(getattr(row, name)) for name in RESTORED[subject]}
        self.changed.append(Written(subject, row.id, before, row.version))
        self._waiting.append((subject, row.id, values))
        if len(self._waiting) == _BATCH:
            self._flush()

    def _flush(self) -> None:
        """Write what waits to be changed: rows whose same columns change in one go, without an object for each."""
        alike: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = {}
        for subject, row_id, values in self._waiting:
            alike.setdefault((subject, tuple(values)), []).append({**values, "row_id": row_id})
        for (subject, _names), rows in alike.items():
            repository.update(self.db, subject, rows)
        self._waiting.clear()
        self._tell()

    def _tell(self) -> None:
        total = len(self.plan.created) + len(self.plan.updated)
        self.on_progress(min(len(self.created) + len(self.changed), total), total)

    def _roster(self) -> None:
        units, posts = self._units(), self._named_posts()
        ids = repository.employee_ids(self.db)

        def values(entry: Entry) -> dict[str, Any]:
            given = entry.values
            found = {name: given[name] for name in ("name", "hire_date", "line", "left_at") if name in given}
            found |= {"unit_id": units[given["unit"]]} if "unit" in given else {}
            found |= {"post_id": posts[given["post"]]} if "post" in given else {}
            return found | ({"manager_id": ids[given["manager_no"]]} if "manager_no" in given else {})

        # A manager is written before those who report to them, wherever they stand in the file.
        waiting = {entry.values["employee_no"]: entry for entry in self.plan.created}
        while waiting:
            ready = [number for number, entry in waiting.items() if entry.values.get("manager_no") not in waiting]
            made = self._add("employee", [{"employee_no": number, **values(waiting.pop(number))} for number in ready])
            ids |= dict(zip(ready, made, strict=True))
        updated = {entry.values["employee_no"]: entry for entry in self.plan.updated}
        for row in list(repository.employees(self.db, list(updated))):
            self._change(row, values(updated[row.employee_no]))

    def _assessments(self) -> None:
        ids, competencies = repository.employee_ids(self.db), self._competencies()

        def key(entry: Entry) -> Key:
            given = entry.values
            return ids[given["employee_no"]], competencies[given["competency"]], given.get("source", ""), given.get("date")

        names = ("employee_id", "competency_id", "source", "assessed_on")
        self._add(
            "assessment",
            (
                {**dict(zip(names, key(one), strict=True)), "score": one.values["score"], "scale_max": one.values["scale_max"]}
                for one in self.plan.created
            ),
        )
        updated = {key(entry): entry.values for entry in self.plan.updated}
        for row in list(repository.assessments_of(self.db, sorted({one[0] for one in updated}))):
            given = updated.get((row.employee_id, row.competency_id, row.source, row.assessed_on))
            if given is not None:
                self._change(row, {"score": given["score"], "scale_max": given["scale_max"]})

    def _certificates(self) -> None:
        ids, keys = repository.employee_ids(self.db), {name: key for key, name in certificates.names(self.db).items()}

        def key(entry: Entry) -> Key:
            given = entry.values
            return ids[given["employee_no"]], keys[given["certificate"]], given.get("date")

        names = ("employee_id", "certificate", "held_on")
        made = ({**dict(zip(names, key(one), strict=True)), **_held_values(one), "recorded_by": self.by} for one in self.plan.created)
        self._add("held", made)
        updated = {key(entry): _held_values(entry) for entry in self.plan.updated}
        for row in list(repository.held_of(self.db, sorted({one[0] for one in updated}))):
            given = updated.get((row.employee_id, row.certificate, row.held_on))
            if given is not None:
                self._change(row, given)

    def _posts(self) -> None:
        self._add("post", ({"name": entry.values["post"], **_post_values(entry)} for entry in self.plan.created))
        updated = {entry.values["post"]: entry for entry in self.plan.updated}
        for row in repository.posts(self.db):
            if row.name in updated:
                self._change(row, _post_values(updated[row.name]))

    def _matrix(self) -> None:
        posts, competencies = self._named_posts(), self._competencies()
        by_key = {(posts[one.values["post"]], competencies[one.values["competency"]]): one for one in self.plan.created}
        self._add("requirement", ({"post_id": post, "competency_id": ability, **_required(one)} for (post, ability), one in by_key.items()))
        updated = {(posts[one.values["post"]], competencies[one.values["competency"]]): one for one in self.plan.updated}
        for row in list(repository.requirements_of(self.db, sorted({post for post, _ in updated}))):
            if (row.post_id, row.competency_id) in updated:
                self._change(row, _required(updated[row.post_id, row.competency_id]))

    def _catalogue(self) -> None:
        made = ({"name": one.values["course"], "changed_at": now(), **_course_values(one)} for one in self.plan.created)
        self._add("course", made)
        updated = {entry.values["course"]: entry for entry in self.plan.updated}
        rows = repository.courses(self.db)
        for row in rows:
            if row.name in updated:
                self._change(row, {"changed_at": now(), **_course_values(updated[row.name])})
        ids = {row.name: row.id or 0 for row in rows}
        competencies, entries = self._competencies(), (*self.plan.created, *self.plan.updated)
        spans = {
            (ids[one.values["course"]], competencies[name]): {"from_level": span[0], "to_level": span[1]}
            for one in entries
            for name, span in zip(one.values.get("competency", ()), one.values.get("levels", ()), strict=True)
        }
        there = {(row.course_id, row.competency_id): row for row in repository.servings(self.db)}
        for key in spans.keys() & there.keys():
            if (there[key].from_level, there[key].to_level) != tuple(spans[key].values()):
                self._change(there[key], spans[key])
        fresh = (key for key in spans if key not in there)
        self._add("serving", [{"course_id": key[0], "competency_id": key[1], **spans[key]} for key in fresh])
        needs = {(ids[one.values["course"]], ids[name]): None for one in entries for name in one.values.get("prerequisite", ())}
        known = {(row.course_id, row.needs_id) for row in repository.prerequisites(self.db)}
        self._add("prerequisite", [{"course_id": course, "needs_id": needed} for course, needed in needs if (course, needed) not in known])

    def _units(self) -> dict[str, int]:
        """The id of each unit by name, with new ones made; “a/b” hangs below “a”."""
        ids = {row.name: row.id or 0 for row in repository.units(self.db)}
        for name in self.plan.units:
            parent: int | None = None
            parts = name.split("/")
            for depth in range(1, len(parts) + 1):
                path = "/".join(parts[:depth])
                if path not in ids:
                    [ids[path]] = self._add("unit", [{"name": path, "parent_id": parent}])
                parent = ids[path]
        return ids

    def _named_posts(self) -> dict[str, int]:
        self._add("post", [{"name": name} for name in self.plan.posts])
        return {row.name: row.id or 0 for row in repository.posts(self.db)}

    def _competencies(self) -> dict[str, int]:
        """The id of each competency by name; a new one comes from the starter library where that has it."""
        offered = {seed.facts.name: seed for seed in seeds("zh")}
        facts = [
            offered[name] if name in offered else Competency("", Facts(name, Dimension.PROFESSIONAL)) for name in self.plan.competencies
        ]
        self._add("competency", [{"code": one.code or None, **columns_of(one.facts)} for one in facts])
        return {row.name: row.id or 0 for row in model.competencies(self.db)}


def _post_values(entry: Entry) -> dict[str, Any]:
    given = entry.values
    found = {name: given[name] for name in ("family", "line") if name in given}
    return found | ({"talent_class": given["class"]} if "class" in given else {})


def _course_values(entry: Entry) -> dict[str, Any]:
    names = ("code", "form", "method", "hours", "cost", "provider", "about")
    return {name: entry.values[name] for name in names if name in entry.values}


def _held_values(entry: Entry) -> dict[str, Any]:
    fields = {"expiry": "expires_on", "certificate_no": "number"}
    return {column: entry.values[name] for name, column in fields.items() if name in entry.values}


def _required(entry: Entry) -> dict[str, Any]:
    return {name: entry.values[name] for name in ("required_level", "weight") if name in entry.values}


def _stored(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
