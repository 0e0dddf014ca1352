"""A sentence as the joint reader sees it: with what a reader of the page has over it."""

from __future__ import annotations

from core.documents.answers.sentences import Unit

_TITLE, _HEADING, _ROW_HEAD = 24, 20, 60


def in_context(unit: Unit) -> str:
    """The document's title, the last heading, of a table's row what stands over it, and the sentence, each cut to what tells."""
    hit = unit.hit
    title = (hit.title or hit.document.rsplit(".", 1)[0])[:_TITLE]
    heading = hit.heading[-1][:_HEADING] if hit.heading else ""
    over = f"{unit.before[:_ROW_HEAD]} " if unit.table is not None else ""
    return f"{title} {heading} {over}{unit.text}"
