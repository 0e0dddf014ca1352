"""The interviews of the sample branch, as records: they are typed into a form in the product, not uploaded as files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class InterviewSource:
    """Who was asked and when, the notes (one question or answer a line), and sentences worth quoting, as in the notes."""

    person: str
    role: str
    date: date
    notes: str
    quotes: tuple[str, ...]


def read(folder: Path) -> list[InterviewSource]:
    """All interviews of `folder`, by date."""
    found = [_interview(path) for path in folder.glob("*.toml")]
    return sorted(found, key=lambda interview: (interview.date, interview.person))


def _interview(path: Path) -> InterviewSource:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return InterviewSource(
        content["person"], content["role"], content["date"], content["notes"].strip(), tuple(content["quotes"])
    )  # fmt: skip
