"""What an import would do, before it does it: values on the way from rows to the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.i18n import Message
from core.people.importing.kinds import ImportKind

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Problem:
    """Why a row stays out: `row` is the number that Excel shows, `column` the file's own, `value` what stands there."""

    row: int
    column: str
    value: str
    message: Message


@dataclass(frozen=True)
class Entry:
    """A row that was read: a value for each field that is not blank."""

    row: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """What the database holds that a file is read against.

    `existing` are the rows of the file's kind by key; `units`, `posts` and `competencies` give the name in the database for a folded
    name, which for a competency may still be the starter library's alone: `model` are those of the branch. `managers` gives each
    employee's, "" for none. `courses` give a course's name for its folded name, `codes` for its folded code, `certificates` the name of
    one in use for all that it is called.
    """

    existing: Mapping[Key, Mapping[str, Any]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    posts: Mapping[str, str] = field(default_factory=dict)
    competencies: Mapping[str, str] = field(default_factory=dict)
    model: Collection[str] = frozenset()
    managers: Mapping[str, str] = field(default_factory=dict)
    courses: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    certificates: Mapping[str, str] = field(default_factory=dict)

    def stored(self, field_name: str) -> Collection[str]:
        """The names of units, posts or competencies that are rows already."""
        return {"unit": self.units.values(), "post": self.posts.values(), "competency": self.model}[field_name]

    @property
    def employees(self) -> Collection[str]:
        """All employee numbers."""
        return self.managers.keys()


@dataclass(frozen=True)
class Plan:
    """What an import does: the entries that become rows, those that change one, how many rows change nothing, which stay out and why.

    `rows` = created + updated + unchanged + skipped; `units`, `posts` and `competencies` are those that
    the file names and that are not rows yet.
    """

    kind: ImportKind
    rows: int
    created: tuple[Entry, ...]
    updated: tuple[Entry, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    mapping: Mapping[str, str]
    units: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def skipped(self) -> int:
        """How many rows do not go in: those with errors, and repetitions of others."""
        return self.rows - len(self.created) - len(self.updated) - self.unchanged

    @property
    def readable(self) -> bool:
        """Whether at least one row says something that could be used."""
        return bool(self.created or self.updated or self.unchanged)
