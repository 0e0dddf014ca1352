"""A plan becomes rows, with a note of what each was before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from core.people import repository as model
from core.people.competencies import seeds
from core.people.importing import repository
from core.people.importing.kinds import ImportKind
from core.people.importing.plan import Entry, Key, Plan
from core.people.service import row_of
from core.people.tables import Assessment, CompetencyRow, Employee, ImportChange, Post, PostCompetency, Unit
from core.people.terms import Dimension
from core.storage import Session

Progress = Callable[[int, int], None]

SUBJECTS: dict[type[Any], str] = {
    Unit: "unit",
    Post: "post",
    Employee: "employee",
    CompetencyRow: "competency",
    PostCompetency: "requirement",
    Assessment: "assessment",
}
# What a row is restored to; the rest (names that tell it from others, when it was made) never changes by an import.
RESTORED = {
    "employee": ("name", "unit_id", "post_id", "manager_id", "hire_date", "line"),
    "post": ("family", "talent_class", "line"),
    "requirement": ("required_level", "weight"),
    "assessment": ("score", "scale_max"),
}
_BATCH = 1000


@dataclass
class Writer:
    """Writes a plan into one transaction and remembers what it wrote."""

    db: Session
    plan: Plan
    on_progress: Progress
    created: list[Any] = field(default_factory=list)
    changed: list[tuple[Any, dict[str, Any], int | None]] = field(default_factory=list)

    def write(self) -> None:
        """Write the whole plan."""
        {
            ImportKind.ROSTER: self._roster,
            ImportKind.ASSESSMENTS: self._assessments,
            ImportKind.POSTS: self._posts,
            ImportKind.MATRIX: self._matrix,
        }[self.plan.kind]()
        self.db.flush()

    def note(self, run_id: int) -> None:
        """Keep what each row was before, and which version it has now."""
        made = ((row, None, None) for row in self.created)
        for row, before, version in (*made, *self.changed):
            self.db.add(
                ImportChange(
                    run_id=run_id,
                    subject=SUBJECTS[type(row)],
                    row_id=row.id,
                    before=before,
                    before_version=version,
                    row_version=row.version or 0,
                )
            )
        self.db.flush()

    def _add(self, rows: Iterable[Any]) -> None:
        """Insert rows a batch at a time; each has its id afterwards."""
        waiting = list(rows)
        for start in range(0, len(waiting), _BATCH):
            batch = waiting[start : start + _BATCH]
            self.db.add_all(batch)
            self.db.flush()
            self.created += batch
            self._tell()

    def _change(self, row: Any, values: Mapping[str, Any]) -> None:
        names = RESTORED[SUBJECTS[type(row)]]
        self.changed.append((row, {name: _stored(getattr(row, name)) for name in names}, row.version))
        for name, value in values.items():
            setattr(row, name, value)
        if len(self.changed) % _BATCH == 0:
            self.db.flush()
            self._tell()

    def _tell(self) -> None:
        total = len(self.plan.created) + len(self.plan.updated)
        self.on_progress(min(len(self.created) + len(self.changed), total), total)

    def _roster(self) -> None:
        units, posts = self._units(), self._named_posts()
        ids = repository.employee_ids(self.db)

        def values(entry: Entry) -> dict[str, Any]:
            given = entry.values
            found = {name: given[name] for name in ("name", "hire_date", "line") if name in given}
            found |= {"unit_id": units[given["unit"]]} if "unit" in given else {}
            found |= {"post_id": posts[given["post"]]} if "post" in given else {}
            return found | ({"manager_id": ids[given["manager_no"]]} if "manager_no" in given else {})

        # A manager is written before those who report to them, wherever they stand in the file.
        waiting = {entry.values["employee_no"]: entry for entry in self.plan.created}
        while waiting:
            ready = [number for number, entry in waiting.items() if entry.values.get("manager_no") not in waiting]
            rows = [Employee(employee_no=number, **values(waiting.pop(number))) for number in ready]
            self._add(rows)
            ids |= {row.employee_no: row.id or 0 for row in rows}
        updated = {entry.values["employee_no"]: entry for entry in self.plan.updated}
        for row in list(repository.employees(self.db, list(updated))):
            self._change(row, values(updated[row.employee_no]))

    def _assessments(self) -> None:
        ids, competencies = repository.employee_ids(self.db), self._competencies()

        def key(entry: Entry) -> Key:
            given = entry.values
            return ids[given["employee_no"]], competencies[given["competency"]], given.get("source", ""), given.get("date")

        self._add(
            Assessment(
                employee_id=key(entry)[0],
                competency_id=key(entry)[1],
                source=key(entry)[2],
                assessed_on=key(entry)[3],
                score=entry.values["score"],
                scale_max=entry.values["scale_max"],
            )
            for entry in self.plan.created
        )
        updated = {key(entry): entry.values for entry in self.plan.updated}
        for row in list(repository.assessments_of(self.db, sorted({one[0] for one in updated}))):
            given = updated.get((row.employee_id, row.competency_id, row.source, row.assessed_on))
            if given is not None:
                self._change(row, {"score": given["score"], "scale_max": given["scale_max"]})

    def _posts(self) -> None:
        self._add(Post(name=entry.values["post"], **_post_values(entry)) for entry in self.plan.created)
        updated = {entry.values["post"]: entry for entry in self.plan.updated}
        for row in repository.posts(self.db):
            if row.name in updated:
                self._change(row, _post_values(updated[row.name]))

    def _matrix(self) -> None:
        posts, competencies = self._named_posts(), self._competencies()
        by_key = {(posts[one.values["post"]], competencies[one.values["competency"]]): one for one in self.plan.created}
        self._add(PostCompetency(post_id=post, competency_id=ability, **_required(one)) for (post, ability), one in by_key.items())
        updated = {(posts[one.values["post"]], competencies[one.values["competency"]]): one for one in self.plan.updated}
        for row in list(repository.requirements_of(self.db, sorted({post for post, _ in updated}))):
            if (row.post_id, row.competency_id) in updated:
                self._change(row, _required(updated[row.post_id, row.competency_id]))

    def _units(self) -> dict[str, int]:
        """The id of each unit by name, with new ones made; “a/b” hangs below “a”."""
        ids = {row.name: row.id or 0 for row in repository.units(self.db)}
        for name in self.plan.units:
            parent: int | None = None
            parts = name.split("/")
            for depth in range(1, len(parts) + 1):
                path = "/".join(parts[:depth])
                if path not in ids:
                    row = Unit(name=path, parent_id=parent)
                    self._add([row])
                    ids[path] = row.id or 0
                parent = ids[path]
        return ids

    def _named_posts(self) -> dict[str, int]:
        self._add([Post(name=name) for name in self.plan.posts])
        return {row.name: row.id or 0 for row in repository.posts(self.db)}

    def _competencies(self) -> dict[str, int]:
        """The id of each competency by name; a new one comes from the starter library where that has it."""
        offered = {seed.facts.name: seed for seed in seeds("zh")}
        self._add(
            [
                row_of(offered[name]) if name in offered else CompetencyRow(name=name, dimension=Dimension.PROFESSIONAL)
                for name in self.plan.competencies
            ]
        )
        return {row.name: row.id or 0 for row in model.competencies(self.db)}


def _post_values(entry: Entry) -> dict[str, Any]:
    given = entry.values
    found = {name: given[name] for name in ("family", "line") if name in given}
    return found | ({"talent_class": given["class"]} if "class" in given else {})


def _required(entry: Entry) -> dict[str, Any]:
    return {name: entry.values[name] for name in ("required_level", "weight") if name in entry.values}


def _stored(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
