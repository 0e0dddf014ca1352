"""How a search goes through trainers and venues."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from core.delivery.faculty.faculty import TrainerView, VenueView
from core.delivery.faculty.terms import TrainerRole
from core.documents.grams import normalise


def matching(
    trainers: Iterable[TrainerView],
    abilities: Mapping[int, str],
    words: str = "",
    internal: bool | None = None,
    roles: Collection[TrainerRole] = (),
) -> list[TrainerView]:
    """The trainers that hold `words` in their name, place, note or competencies, of these roles; `internal` None: all."""
    wanted = normalise(words).split()
    found = []
    for one in trainers:
        taught = " ".join(abilities.get(skill.competency_id, "") for skill in one.taught)
        text = normalise(" ".join((one.name, one.employee_no, one.unit, one.organisation, one.note, taught)))
        fits = (internal is None or one.internal is internal) and (not roles or bool(set(roles) & set(one.roles)))
        if fits and all(word in text for word in wanted):
            found.append(one)
    return found


def matching_venues(
    venues: Iterable[VenueView], words: str = "", people: int | None = None, equipment: Collection[str] = ()
) -> list[VenueView]:
    """The venues that hold `words` in their name, address or equipment, have room for `people` and all of this equipment."""
    wanted = normalise(words).split()
    return [
        one
        for one in venues
        if all(word in normalise(" ".join((one.name, one.address, one.note, *one.equipment))) for word in wanted)
        and one.capacity >= (people or 0)
        and set(equipment) <= set(one.equipment)
    ]
