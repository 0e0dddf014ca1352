"""The guide's texts: a Markdown file for each page and each topic, in both languages (docs/decisions/0036-guide.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.access.actor import Right
from core.i18n import Language

FOLDER = Path(__file__).parents[2] / "docs" / "guide"
# The guide's contents, for those who read it outside of the product.
CONTENTS = "README"
# What is told apart from any one page, in the order in which it is offered, and who needs it (None: everybody).
TOPICS: dict[str, Right | None] = {
    "topic_roles": None,
    "topic_import": Right.EDIT_PEOPLE,
    "topic_words": Right.SEE_REVIEW,
    "topic_links": Right.SHARE_PAGES,
    "topic_backup": Right.MANAGE_ACCOUNTS,
}

_LINK = re.compile(r"\[([^\]]+)\]\(([a-z_]+)\.md\)")
_HEADING = re.compile(r"^## ", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """A part of a text: its heading ("" before the first one) and its Markdown."""

    heading: str
    body: str


@dataclass(frozen=True)
class GuideText:
    """A text of the guide: its title, the question that it answers, its parts, and the names of the texts that it points to, each once."""

    name: str
    title: str
    question: str
    sections: tuple[Section, ...]
    links: tuple[str, ...]


@cache
def names(language: Language) -> frozenset[str]:
    """The names of all texts: those of pages as in the sitemap, and the topics."""
    return frozenset(path.stem for path in (FOLDER / language).glob("*.md")) - {CONTENTS}


@cache
def read(name: str, language: Language) -> GuideText:
    """The text `name`, which must be one of `names`. In its Markdown the links are the bold titles of what they point to: where
    they lead is in `links`, for whoever shows it knows which pages the reader may open."""
    source = (FOLDER / language / f"{name}.md").read_text(encoding="utf-8")
    lead, *parts = _HEADING.split(source)
    title, _, rest = lead.strip().partition("\n")
    question, _, opening = rest.strip().partition("\n")
    sections = [Section("", opening.strip())] if opening.strip() else []
    for part in parts:
        heading, _, body = part.partition("\n")
        sections.append(Section(heading.strip(), body.strip()))
    return GuideText(
        name,
        title.removeprefix("# ").strip(),
        question.strip(),
        tuple(Section(one.heading, _LINK.sub(r"**\1**", one.body)) for one in sections),
        tuple(dict.fromkeys(found[2] for found in _LINK.finditer(source))),
    )
