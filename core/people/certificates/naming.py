"""What certificates are called, and what each proves: the product's as the branch has changed them, and the branch's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from core.i18n import Language
from core.people import competencies
from core.people.certificates import repository
from core.sheets.reading import folded
from core.storage import Session


@dataclass(frozen=True)
class Naming:
    """A certificate by its Chinese name; `grants` are the levels that it proves, by the competency's key."""

    name: str
    grants: Mapping[str, int]
    archived: bool = False


def every(db: Session) -> dict[str, Naming]:
    """Each certificate by its key, archived ones included."""
    offered = {one.name: Naming(one.name, one.grants) for one in competencies.certificates("zh")}
    own = {row.code or f"own-{row.id}": Naming(row.name, row.grants, row.archived_at is not None) for row in repository.certificates(db)}
    return offered | own


def called(name: str, language: Language) -> str:
    """A certificate's name in `language`, where it is one of the product's."""
    return _translated(language).get(name, name)


@cache
def _translated(language: Language) -> dict[str, str]:
    spoken = zip(competencies.certificates("zh"), competencies.certificates(language), strict=True)
    return {chinese.name: one.name for chinese, one in spoken}


def names(db: Session) -> dict[str, str]:
    """What each certificate is called, by its key."""
    return {key: one.name for key, one in every(db).items()}


def named(db: Session) -> dict[str, str]:
    """The name of each certificate in use, for all that it is called, folded: its name now, its first one, the one in English."""
    english = dict(zip((one.name for one in competencies.certificates("zh")), competencies.certificates("en"), strict=True))
    found: dict[str, str] = {}
    for key, one in every(db).items():
        if not one.archived:
            also = (key, english[key].name) if key in english else ()
            for name in (one.name, *also):
                found.setdefault(folded(name), one.name)
    return found
