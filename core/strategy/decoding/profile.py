"""What a document is like as a whole, which its single sentences do not say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.documents.parsed import ParsedDocument
from core.documents.tables import DocumentKind
from core.patterns import lazily
from core.strategy.decoding.plans import Plan, plan_of

_ARTICLE = lazily(r"(?:^|\n|[。；])\s*第[一二三四五六七八九十百\d]+条")
_ARTICLES = 4


@dataclass(frozen=True)
class Profile:
    """`kind` and `language` as the library knows them, the years of the `plan`, whether it is a `regulation` in numbered articles."""

    kind: DocumentKind
    language: str
    plan: Plan
    regulation: bool


def profile_of(parsed: ParsedDocument, kind: DocumentKind, dated: date | None = None) -> Profile:
    """The profile of a document, written on the day `dated` where that is known from elsewhere."""
    plan = plan_of(parsed.title, parsed.text, dated)
    return Profile(kind, parsed.language, plan, len(_ARTICLE.findall(parsed.text)) >= _ARTICLES)
