"""What stands in a field for who answers for something, as somebody without an account may read it: departments and posts, no persons."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from core.access.actor import Actor
from core.people import repository
from core.storage import Session

HIDDEN = "***"
"""What stands where a name was."""

_BETWEEN = re.compile(r"[、，,;；/／|]|\s+和\s+|\s+and\s+")
# How departments, branches and posts are called, whether the roster knows them or not.
_OFFICES = re.compile(
    r"(部|部门|行|处|科|室|岗|组|中心|条线|团队|委员会|department|dept\.?|office|branch|centre|center|division|team|committee|unit|desk)$",
    re.IGNORECASE,
)


def without_persons(text: str, places: Collection[str], persons: Collection[str]) -> str:
    """The departments and posts of a list of those who answer for something; `HIDDEN` in place of whatever else it names.

    A part stays when it is one of `places`, or is called as an office is and holds the name of none of `persons`.
    """
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    kept = [part for part in parts if part in places or (_OFFICES.search(part) and not names_one(part, persons))]
    return "、".join([*kept, *([HIDDEN] if len(kept) < len(parts) else [])])


def names_one(text: str, persons: Collection[str]) -> bool:
    """Whether a text holds the name of one of these persons."""
    return any(name in text for name in persons)


def owners_for(db: Session, actor: Actor) -> Callable[[str], str]:
    """How this reader is shown who answers for something: as it was written, for a guest of a shared link without persons."""
    if not actor.is_guest:
        return str
    places, persons = repository.place_names(db), repository.person_names(db)
    return lambda text: without_persons(text, places, persons)


def sources_for(db: Session, actor: Actor) -> Callable[[str], str]:
    """How this reader is shown where figures come from: as it was written, for a guest nothing that names somebody we know."""
    if not actor.is_guest:
        return str
    persons = repository.person_names(db)
    return lambda text: HIDDEN if names_one(text, persons) else text
