"""The sheet of a template that explains its columns: it is read by people, and never taken for their data."""

from __future__ import annotations

from core.i18n import LANGUAGES, Language, Message
from core.sheets.grid import Grid

TITLE = Message("填写说明")
HEADINGS = (Message("列"), Message("必填"), Message("怎么填"))


def is_guide(grid: Grid) -> bool:
    """Whether the sheet begins as the explanation of a template does, in any language."""
    return bool(grid.rows) and any(grid.rows[0].cells[: len(HEADINGS)] == _headings(language) for language in LANGUAGES)


def _headings(language: Language) -> tuple[str, ...]:
    return tuple(heading.render(language) for heading in HEADINGS)
