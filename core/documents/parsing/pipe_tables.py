"""Tables that a text draws with pipes, with a rule of dashes under the header as Markdown has it, or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
# So many lines with as many pipes each, three columns or more, are a table without a rule.
_FEWEST_LINES, _FEWEST_PIPES = 3, 2


def stretches(lines: Sequence[str]) -> Iterator[tuple[bool, list[str]]]:
    """The lines in stretches in order, each with whether it is a table: its header and its rows, without the rule between them.

    A table may follow a line of text, such as its caption, and ends before the next line without a pipe.
    """
    start = at = 0
    while at < len(lines):
        rule = _begins(lines, at)
        if not rule and not _begins_without_rule(lines, at):
            at += 1
            continue
        if at > start:
            yield False, list(lines[start:at])
        first = at + 2 if rule else at + 1
        end = first
        while end < len(lines) and "|" in lines[end]:
            end += 1
        yield True, [lines[at], *lines[first:end]]
        start = at = end
    if start < len(lines):
        yield False, list(lines[start:])


def cells(line: str) -> list[str]:
    """What stands between the pipes of a line."""
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return _PIPE.split(inner)


def _begins(lines: Sequence[str], at: int) -> bool:
    return "|" in lines[at] and at + 1 < len(lines) and bool(_RULE.match(lines[at + 1])) and not _RULE.match(lines[at])


def _begins_without_rule(lines: Sequence[str], at: int) -> bool:
    pipes = [len(_PIPE.findall(line.strip())) for line in lines[at : at + _FEWEST_LINES]]
    return len(pipes) == _FEWEST_LINES and pipes[0] >= _FEWEST_PIPES and len(set(pipes)) == 1
