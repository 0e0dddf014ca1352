"""HQ's clause beside the branch's version: what was kept, what was added, what was left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from core.documents.grams import normalise

# A number with its unit sign, a Latin word, one Chinese character, a stretch of spaces, or a mark.
_TOKEN = re.compile(r"\d[\d,.]*[%％]?|[A-Za-z]+(?:['&+.-][A-Za-z0-9]+)*|\s+|.", re.DOTALL)
_SHORTEST_KEPT = 2


class Change(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Run:
    """A stretch that was kept, added or removed. What is removed stands before what was added in its place."""

    change: Change
    text: str


def difference(original: str, version: str) -> tuple[Run, ...]:
    """From HQ's words to the branch's. The kept and removed runs together read `original`, the kept and added ones `version`."""
    before, after = _TOKEN.findall(original), _TOKEN.findall(version)
    runs: list[Run] = []
    matcher = SequenceMatcher(None, [_folded(token) for token in before], [_folded(token) for token in after], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        old, new = "".join(before[i:j]), "".join(after[k:m])
        if tag == "equal" and old == new and not _stray(old, runs, k, m, len(after)):
            runs.append(Run(Change.KEPT, old))
        else:
            runs.extend(Run(change, text) for change, text in ((Change.REMOVED, old), (Change.ADDED, new)) if text)
    return tuple(_joined(runs))


def is_verbatim(original: str, version: str) -> bool:
    """Whether the version says nothing of its own: HQ's words to the letter, apart from spaces, width and punctuation."""
    return _bare(original) == _bare(version)


def _stray(text: str, runs: list[Run], start: int, end: int, length: int) -> bool:
    """A single character that both happen to share amid changes makes the difference harder to read, not easier."""
    return start > 0 and end < length and bool(runs) and len(text.strip()) < _SHORTEST_KEPT and not text.strip().isdigit()


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Neighbouring changes as one removal and one addition, neighbouring kept runs as one."""
    removed = added = kept = ""
    for run in [*runs, Run(Change.KEPT, "")]:
        if run.change is Change.REMOVED:
            removed += run.text
        elif run.change is Change.ADDED:
            added += run.text
        if run.change is Change.KEPT:
            if removed or added:
                if kept:
                    yield Run(Change.KEPT, kept)
                yield from (one for one in (Run(Change.REMOVED, removed), Run(Change.ADDED, added)) if one.text)
                removed = added = kept = ""
            kept += run.text
    if kept:
        yield Run(Change.KEPT, kept)


def _folded(token: str) -> str:
    return " " if token.isspace() else normalise(token)


def _bare(text: str) -> str:
    return "".join(character for character in normalise(text) if character.isalnum())
