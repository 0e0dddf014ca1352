"""A need as it is written down: its unit found in the roster, its competency in the model, its round among those that are open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from core.goals.needs import repository
from core.goals.needs.draft import NeedDraft, unit_name
from core.goals.needs.tables import NeedRow, NeedsCall
from core.goals.needs.terms import NeedState
from core.people import repository as people
from core.sheets.reading import folded
from core.storage import Session, now

# Chinese banks keep one time: a round ends with its last day there.
_BANKS_TIME = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Directory:
    """What the words of a need may name. `units` and `competencies` by folded name; the units of the open round by their
    number and by their folded name."""

    units: Mapping[str, tuple[int, str]]
    competencies: Mapping[str, int]
    asked_ids: Mapping[int, int]
    asked_names: Mapping[str, int]

    def unit(self, name: str) -> tuple[int | None, str]:
        """A unit's number and name; None for one that the roster does not have. Raises `BadInput` without a name."""
        clean = unit_name(name)
        return self.units.get(folded(clean), (None, clean))

    def asked(self, unit_id: int | None, unit: str) -> int | None:
        """The unit's place in the open round."""
        return self.asked_ids.get(unit_id or 0) or self.asked_names.get(folded(unit))


def today() -> date:
    """Today, where the bank is."""
    return now().astimezone(_BANKS_TIME).date()


def ends_at(call: NeedsCall) -> datetime:
    """When a round ends: with its last day, or when it was closed."""
    last = datetime.combine(call.due_on + timedelta(days=1), time(), _BANKS_TIME).astimezone(UTC)
    return min(last, call.closed_at) if call.closed_at else last


def is_open(call: NeedsCall) -> bool:
    """Whether a round still takes answers."""
    return now() < ends_at(call)


def directory(db: Session, plan_id: int) -> Directory:
    """What there is to be named in a plan's needs."""
    names: dict[str, int] = {}
    for row in people.competencies(db):
        if row.archived_at is None:
            names.update({folded(alias): row.id or 0 for alias in (*row.aliases, row.name)})
    asked = [one for call in repository.calls(db, plan_id)[:1] if is_open(call) for one in repository.asked(db, call.id or 0)]
    return Directory(
        units={folded(row.name): (row.id or 0, row.name) for row in people.units(db)},
        competencies=names,
        asked_ids={one.unit_id: one.id or 0 for one in asked if one.unit_id is not None},
        asked_names={folded(one.unit): one.id or 0 for one in asked},
    )


def write(row: NeedRow, draft: NeedDraft, known: Directory, *, filing: bool) -> None:
    """Put a checked draft into a need."""
    row.problem, row.behaviour, row.evidence = draft.problem, draft.behaviour, draft.evidence
    row.post, row.people, row.layer, row.level = draft.post, draft.people, draft.layer, draft.level
    row.competency, row.competency_id = draft.competency, known.competencies.get(folded(draft.competency)) if draft.competency else None
    row.urgency, row.kind, row.quarter = draft.urgency, draft.kind, draft.quarter
    row.state, row.reason, row.project_id = NeedState.FILED if filing else NeedState.DRAFT, "", None


def draft_of(row: NeedRow) -> NeedDraft:
    """What is written of a need."""
    return NeedDraft(
        problem=row.problem,
        post=row.post,
        people=row.people,
        behaviour=row.behaviour,
        competency=row.competency,
        layer=row.layer,
        level=row.level,
        urgency=row.urgency,
        kind=row.kind,
        evidence=row.evidence,
        quarter=row.quarter,
    )
