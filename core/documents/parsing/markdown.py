"""Markdown: headings, lists, pipe tables, quotes and paragraphs, without the marks that only format."""

from __future__ import annotations

import html
import re
from pathlib import Path

from core.documents.parsed import ParsedDocument
from core.documents.parsing.cleaning import joined, one_line
from core.documents.parsing.decoding import decode
from core.documents.parsing.draft import Draft
from core.documents.parsing.headings import WEAK_RANK, numbering_rank, reads_as_heading
from core.documents.parsing.pipe_tables import cells, stretches

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*$")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(.*)")
_NUMBERED = re.compile(r"\s*(\d{1,9}[.)]\s+.*)")
_OTHER_ITEM = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}(?:[）、]|\.(?=[\u4e00-\u9fff]))|[①-⑳•·●○◆◇■□▪▸►▶➢☆★])"
)
_BOLD = re.compile(r"\s*\*\*[^*\n]{2,40}\*\*\s*")
_SHORT, _LONG = 40, 60
_FENCE = re.compile(r" {0,3}(```|~~~)")
_RULE = re.compile(r" {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^>\n]*>"), ""),
    (re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])[*_](?=\S)([^*_\n]+?)(?<=\S)[*_](?![\w*])"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])"), r"\1"),
)


def read_markdown(path: Path, name: str) -> ParsedDocument:
    """A Markdown file as a document of one page; its title is its first heading."""
    reader = _Reader()
    for line in _without_front_matter(decode(path.read_bytes()).split("\n")):
        reader.read(line)
    reader.flush()
    return reader.draft.finish("md", reader.title or Path(name).stem)


def _without_front_matter(lines: list[str]) -> list[str]:
    if lines and lines[0].strip() == "---" and "---" in (line.strip() for line in lines[1:40]):
        return lines[[line.strip() for line in lines].index("---", 1) + 1 :]
    return lines


class _Reader:
    """Goes through the lines once; `_lines` are those of the block that is still open."""

    def __init__(self) -> None:
        self.draft = Draft()
        self.draft.page("第1页")
        self.title = ""
        self._lines: list[str] = []
        self._is_item = False
        self._fence = ""

    def read(self, line: str) -> None:
        """Take the next line."""
        fence = _FENCE.match(line)
        if self._fence or fence:
            self._code(line, fence[1] if fence else "")
        elif not line.strip():
            self.flush()
        elif heading := _HEADING.match(line):
            self.flush()
            self._heading(heading[2], len(heading[1]))
        elif self._lines and not self._is_item and "|" not in self._lines[-1] and (under := _UNDERLINE.match(line)):
            text, self._lines = " ".join(self._lines), []
            self._heading(text, 1 if under[1][0] == "=" else 2)
        elif _RULE.match(line):
            self.flush()
        else:
            self._continue(line)

    def flush(self) -> None:
        """Write the open block."""
        lines, self._lines = self._lines, []
        was_item, self._is_item = self._is_item, False
        for is_table, stretch in stretches(lines):
            if is_table:
                self.draft.table([[one_line(_inline(cell)) for cell in cells(line)] for line in stretch])
                continue
            for lines in _items(stretch):
                text = ""
                for line in lines:
                    text = joined(text, one_line(_inline(line)))
                self.draft.block("list" if was_item else "paragraph", text)

    def _code(self, line: str, fence: str) -> None:
        if self._fence:
            self._fence = "" if fence == self._fence else self._fence
            self.draft.block("paragraph", "" if fence else line)
        else:
            self.flush()
            self._fence = fence

    def _continue(self, line: str) -> None:
        line = line.lstrip(" >") if line.lstrip().startswith(">") else line
        if item := _ITEM.match(line):
            self.flush()
            numbered = _NUMBERED.match(line)
            self._lines, self._is_item = [numbered[1] if numbered else item[1]], True
        else:
            self._lines.append(line)

    def _heading(self, text: str, level: int) -> None:
        text = one_line(_inline(text))
        self.title = self.title or text
        self.draft.block("heading", text, level)


def _items(lines: list[str]) -> list[list[str]]:
    """The lines of a paragraph, apart where one begins with a mark of a list that Markdown does not know: （一）, 2）, ③, ▸, and below a
    title that no empty line parts from its text."""
    items: list[list[str]] = []
    for line in lines:
        if items and not _OTHER_ITEM.match(line) and not (len(items[-1]) == 1 and _is_title(items[-1][0], line)):
            items[-1].append(line)
        else:
            items.append([line])
    return items


def _is_title(line: str, below: str) -> bool:
    """Whether a line is a title of what stands directly below it: numbered as sections are, in bold, or a short item over long text."""
    if _BOLD.fullmatch(line):
        return True
    title = one_line(_inline(line))
    rank = numbering_rank(title)
    if rank is None or not reads_as_heading(title):
        return False
    return rank < WEAK_RANK or (len(title) <= _SHORT and len(below) >= _LONG and not below[:1].isspace())


def _inline(text: str) -> str:
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return html.unescape(text)
