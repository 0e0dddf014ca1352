"""What a document is made of, whatever file it becomes: sections of sentences, tables, charts and pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.exports.leadership.terms import Paper, Part

Cell = str | int | float | date | None


class Form(StrEnum):
    """How the cells of a column are written: whole numbers, yuan, shares from 0 to 1, days, figures with a decimal, text."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    DAY = "day"
    FIGURE = "figure"


class Tone(StrEnum):
    """How a sentence is set: as text, in small type, as a line of a list."""

    TEXT = "text"
    NOTE = "note"
    ITEM = "item"


@dataclass(frozen=True)
class Said:
    """A sentence. `short`: it stands on slides too, where running text does not."""

    text: str
    tone: Tone = Tone.TEXT
    short: bool = True


@dataclass(frozen=True)
class Lack:
    """What a section has nothing to say of yet, and what would fill it."""

    text: str


@dataclass(frozen=True)
class Head:
    """A heading inside a section; what follows it is for those who read, not for slides, up to the next one."""

    text: str


@dataclass(frozen=True)
class Column:
    """A column: its heading, its share of the width, how its cells are written."""

    title: str
    width: float
    form: Form = Form.TEXT


@dataclass(frozen=True)
class Table:
    """A table. `name` is what a sheet is called; `note` says how its figures come about. `sheet_only`: too long for paper and slides;
    `reading`: for paper and sheets, not for slides."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    sheet_only: bool = False
    reading: bool = False


@dataclass(frozen=True)
class Series:
    """A row of bars. `past`: it is what the others are compared with."""

    name: str
    values: tuple[float | None, ...]
    past: bool = False


@dataclass(frozen=True)
class Bars:
    """A bar chart that states its finding as its title; `across`: bars lie, for long names. `form` is how values are written."""

    title: str
    names: tuple[str, ...]
    series: tuple[Series, ...]
    form: Form
    note: str
    across: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture that no office program can edit, with its words."""

    title: str
    png: bytes
    note: str = ""


Block = Said | Lack | Head | Table | Bars | Picture


@dataclass(frozen=True)
class Section:
    """A section with all that it says."""

    part: Part
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Cover:
    """What the title page says: whose plan, who made the document, from which version of the plan, for whose eyes its figures are."""

    title: str
    unit: str
    year: int
    made_by: str
    made_on: date
    version: str
    scope: str
    sample: bool


@dataclass(frozen=True)
class Matter:
    """A whole document before it becomes a file."""

    paper: Paper
    cover: Cover
    sections: tuple[Section, ...]

    @property
    def stamp(self) -> str:
        """Eight signs that two documents share only where they say the same."""
        return stamp(self.sections)

    def section(self, part: Part) -> Section | None:
        """One of the sections."""
        return next((one for one in self.sections if one.part is part), None)


def stamp(sections: Sequence[Section]) -> str:
    """Eight signs of what these sections say."""
    return hashlib.sha256(repr(sections).encode()).hexdigest()[:8]
