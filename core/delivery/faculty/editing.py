"""Trainers and venues as people change them: each change is checked, written down, and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.access.actor import Actor, Right, require
from core.delivery.faculty import repository
from core.delivery.faculty.facts import (
    LONGEST_ABOUT,
    LONGEST_REASON,
    RatingFacts,
    Seen,
    TrainerFacts,
    VenueFacts,
    check_numbers,
    check_rating,
    check_texts,
    check_venue,
    equipment_of,
)
from core.delivery.faculty.service import GONE, VENUE_GONE
from core.delivery.faculty.share import Rule
from core.delivery.faculty.tables import (
    FacultyRule,
    TrainerAbsence,
    TrainerRating,
    TrainerRow,
    TrainerSkill,
    VenueAbsence,
    VenueRow,
)
from core.delivery.halves import Span, check_span
from core.delivery.undo.service import FACULTY, VENUES, Action
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.people.terms import LEVELS
from core.sheets.reading import folded
from core.storage import Session, now

_CHANGED = Message("“{name}”刚被别人修改过，您的改动没有保存。请查看最新内容后再改。").text


def save_trainer(db: Session, actor: Actor, seen: Seen | None, facts: TrainerFacts, *, sample: bool = False) -> int:
    """Add a trainer, or change the one that the person saw. Returns its id. Needs `PLAN_DELIVERY`.

    Raises `BadInput`, `Conflict` when somebody changed it since.
    """
    require(actor, Right.PLAN_DELIVERY)
    row = _trainer(db, seen) if seen else None
    values = _trainer_values(db, facts, row)
    action = Action(db, actor, FACULTY, "trainer_changed" if row else "trainer_added", values["name"])
    if row is None:
        row = action.make(TrainerRow(**values, sample=sample))
        db.flush()
    else:
        action.change(row)
        for name, value in {**values, "changed_at": now()}.items():
            setattr(row, name, value)
    _teach(db, action, row.id or 0, facts.skills)
    action.write()
    return row.id or 0


def change_trainers(db: Session, actor: Actor, changes: Sequence[tuple[Seen, Mapping[str, Any]]]) -> None:
    """Change single values of several trainers at once, as one action. Needs `PLAN_DELIVERY`. Raises `BadInput`, `Conflict`."""
    require(actor, Right.PLAN_DELIVERY)
    rows = [(_trainer(db, seen), values) for seen, values in changes]
    action = Action(db, actor, FACULTY, "trainer_changed", "、".join(row.name for row, _ in rows))
    for row, values in rows:
        action.change(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.changed_at = now()
        check_numbers(row.cost_per_slot, row.max_slots_per_month, row.max_slots_per_year)
        check_texts(row.name, row.organisation, row.note)
    action.write()


def archive_trainer(db: Session, actor: Actor, seen: Seen, *, archived: bool) -> None:
    """Put a trainer away, or take them back. Nothing of them is lost. Needs `PLAN_DELIVERY`."""
    require(actor, Right.PLAN_DELIVERY)
    row = _trainer(db, seen)
    action = Action(db, actor, FACULTY, "trainer_archived" if archived else "trainer_unarchived", row.name)
    action.change(row)
    row.archived_at = now() if archived else None
    action.write()


def add_absence(db: Session, actor: Actor, trainer_id: int, span: Span) -> int:
    """Say when a trainer cannot teach. Returns the absence's id. Needs `PLAN_DELIVERY`. Raises `BadInput`, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    row = repository.trainer(db, trainer_id)
    if row is None:
        raise NotFound(GONE)
    check_span(span.starts, span.ends, span.first, span.last)
    action = Action(db, actor, FACULTY, "trainer_absence_added", row.name)
    made = action.make(TrainerAbsence(trainer_id=trainer_id, **_span_values(span)))
    action.write()
    return int(made.id)


def remove_absence(db: Session, actor: Actor, seen: Seen) -> None:
    """Take an absence of a trainer away. Needs `PLAN_DELIVERY`. Raises `Conflict` when it is gone."""
    require(actor, Right.PLAN_DELIVERY)
    row = repository.absence(db, seen.id)
    if row is None or row.version != seen.version:
        raise Conflict(_changed(_of(db, row)))
    action = Action(db, actor, FACULTY, "trainer_absence_removed", _of(db, row))
    action.drop(row)
    action.write()


def add_rating(db: Session, actor: Actor, trainer_id: int, facts: RatingFacts) -> int:
    """Write down how a trainer was rated. Returns the rating's id. Needs `PLAN_DELIVERY`. Raises `BadInput`, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    row = repository.trainer(db, trainer_id)
    if row is None:
        raise NotFound(GONE)
    check_rating(facts)
    action = Action(db, actor, FACULTY, "trainer_rating_added", row.name)
    made = action.make(
        TrainerRating(
            trainer_id=trainer_id,
            competency_id=facts.competency_id,
            about=facts.about.strip(),
            rated_on=facts.rated_on,
            score=facts.score,
            scale_max=facts.scale_max,
            n=facts.n,
            source=facts.source.strip(),
        )
    )
    action.write()
    return int(made.id)


def remove_rating(db: Session, actor: Actor, seen: Seen) -> None:
    """Take a rating away. Needs `PLAN_DELIVERY`. Raises `Conflict` when it is gone."""
    require(actor, Right.PLAN_DELIVERY)
    row = repository.rating(db, seen.id)
    if row is None or row.version != seen.version:
        raise Conflict(_changed(_of(db, row)))
    action = Action(db, actor, FACULTY, "trainer_rating_removed", _of(db, row))
    action.drop(row)
    action.write()


def save_rule(db: Session, actor: Actor, seen: Rule, wanted: Rule) -> None:
    """Say what the branch wants of its faculty. Needs `PLAN_DELIVERY`. Raises `BadInput`, `Conflict`."""
    require(actor, Right.PLAN_DELIVERY)
    row = repository.rule(db)
    if (row.version if row else 0) != seen.version:
        raise Conflict(_changed("内部讲师占比"))
    if not 0 <= wanted.target <= 1 or wanted.least_level not in LEVELS:
        raise BadInput(Message("目标应在 0% 到 100% 之间，最低等级应在 L1 到 L5 之间。"))
    if not wanted.source.strip() or len(wanted.source.strip()) > LONGEST_REASON:
        raise BadInput(Message("请写明目标从哪里来，最多 {limit} 个字，例如：2027 年培训工作要点。", limit=LONGEST_REASON))
    action = Action(db, actor, FACULTY, "faculty_rule_changed")
    row = action.make(FacultyRule(target=wanted.target)) if row is None else action.change(row)
    row.target, row.basis, row.source, row.least_level = wanted.target, wanted.basis, wanted.source.strip(), wanted.least_level
    row.external_roles, row.sample = [role.value for role in wanted.external_roles], False
    action.write()


def save_venue(db: Session, actor: Actor, seen: Seen | None, facts: VenueFacts, *, sample: bool = False) -> int:
    """Add a venue, or change the one that the person saw. Returns its id. Needs `PLAN_DELIVERY`. Raises `BadInput`, `Conflict`."""
    require(actor, Right.PLAN_DELIVERY)
    row = _venue(db, seen) if seen else None
    values = _venue_values(db, facts, row)
    action = Action(db, actor, VENUES, "venue_changed" if row else "venue_added", values["name"])
    if row is None:
        row = action.make(VenueRow(**values, sample=sample))
    else:
        action.change(row)
        for name, value in values.items():
            setattr(row, name, value)
    action.write()
    return row.id or 0


def change_venues(db: Session, actor: Actor, changes: Sequence[tuple[Seen, Mapping[str, Any]]]) -> None:
    """Change single values of several venues at once, as one action. Needs `PLAN_DELIVERY`. Raises `BadInput`, `Conflict`."""
    require(actor, Right.PLAN_DELIVERY)
    rows = [(_venue(db, seen), values) for seen, values in changes]
    action = Action(db, actor, VENUES, "venue_changed", "、".join(row.name for row, _ in rows))
    for row, values in rows:
        action.change(row)
        for name, value in values.items():
            setattr(row, name, value)
        check_venue(VenueFacts(row.name, row.capacity or 0, row.kind, row.address, tuple(row.equipment), row.cost_per_slot, row.note))
    action.write()


def archive_venue(db: Session, actor: Actor, seen: Seen, *, archived: bool) -> None:
    """Put a venue away, or take it back. Nothing of it is lost. Needs `PLAN_DELIVERY`."""
    require(actor, Right.PLAN_DELIVERY)
    row = _venue(db, seen)
    action = Action(db, actor, VENUES, "venue_archived" if archived else "venue_unarchived", row.name)
    action.change(row)
    row.archived_at = now() if archived else None
    action.write()


def close_venue(db: Session, actor: Actor, venue_id: int, span: Span) -> int:
    """Say when a venue cannot be had. Returns the row's id. Needs `PLAN_DELIVERY`. Raises `BadInput`, `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    row = repository.venue(db, venue_id)
    if row is None:
        raise NotFound(VENUE_GONE)
    check_span(span.starts, span.ends, span.first, span.last)
    action = Action(db, actor, VENUES, "venue_closed", row.name)
    made = action.make(VenueAbsence(venue_id=venue_id, **_span_values(span)))
    action.write()
    return int(made.id)


def reopen_venue(db: Session, actor: Actor, seen: Seen) -> None:
    """Take such a stretch away. Needs `PLAN_DELIVERY`. Raises `Conflict` when it is gone."""
    require(actor, Right.PLAN_DELIVERY)
    row = repository.closure(db, seen.id)
    venue = repository.venue(db, row.venue_id) if row else None
    if row is None or venue is None or row.version != seen.version:
        raise Conflict(_changed(venue.name if venue else "—"))
    action = Action(db, actor, VENUES, "venue_reopened", venue.name)
    action.drop(row)
    action.write()


def _trainer(db: Session, seen: Seen) -> TrainerRow:
    row = repository.trainer(db, seen.id)
    if row is None:
        raise NotFound(GONE)
    if row.version != seen.version:
        raise Conflict(_changed(row.name))
    return row


def _venue(db: Session, seen: Seen) -> VenueRow:
    row = repository.venue(db, seen.id)
    if row is None:
        raise NotFound(VENUE_GONE)
    if row.version != seen.version:
        raise Conflict(_changed(row.name))
    return row


def _changed(name: str) -> Message:
    return Message(_CHANGED, name=name)


def _of(db: Session, row: TrainerAbsence | TrainerRating | None) -> str:
    trainer = repository.trainer(db, row.trainer_id) if row else None
    return trainer.name if trainer else "—"


def _span_values(span: Span) -> dict[str, Any]:
    reason = span.reason.strip()
    if len(reason) > LONGEST_ABOUT:
        raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=reason[:12], most=LONGEST_ABOUT))
    return {"starts": span.starts, "first": span.first, "ends": span.ends, "last": span.last, "reason": reason}


def _trainer_values(db: Session, facts: TrainerFacts, row: TrainerRow | None) -> dict[str, Any]:
    """What the row is to hold: of somebody of the roster the name and the unit are the roster's."""
    name, unit_id, organisation = facts.name.strip(), facts.unit_id, facts.organisation.strip()
    employee_id = facts.employee_id if facts.internal else None
    if employee_id is not None:
        name, unit_id = _of_roster(db, employee_id, row)
    check_texts(name, organisation, facts.note)
    if not facts.internal and not organisation:
        raise BadInput(Message("请写明外部讲师来自哪个单位。"))
    if len(facts.role_reason.strip()) > LONGEST_REASON:
        raise BadInput(Message("例外理由最多 {limit} 个字。", limit=LONGEST_REASON))
    check_numbers(facts.cost_per_slot, facts.max_slots_per_month, facts.max_slots_per_year)
    _check_twin(db, name, organisation if not facts.internal else "", employee_id, row)
    return {
        "name": name,
        "internal": facts.internal,
        "employee_id": employee_id,
        "unit_id": unit_id if facts.internal else None,
        "organisation": "" if facts.internal else organisation,
        "roles": [role.value for role in facts.roles],
        "role_reason": "" if facts.internal else facts.role_reason.strip(),
        "cost_per_slot": facts.cost_per_slot,
        "max_slots_per_month": facts.max_slots_per_month,
        "max_slots_per_year": facts.max_slots_per_year,
        "note": facts.note.strip(),
    }


def _of_roster(db: Session, employee_id: int, row: TrainerRow | None) -> tuple[str, int | None]:
    found = repository.staff(db, [employee_id]).get(employee_id)
    if found is None:
        raise NotFound(Message("名单里已经没有这个人，可能有人撤销了导入。请刷新后再看。"))
    if any(one.employee_id == employee_id and one is not row for one in repository.trainers(db)):
        raise BadInput(Message("{name} 已经是讲师了（可能已归档）。请直接修改那一位。", name=found[1]))
    return found[1], found[2]


def _check_twin(db: Session, name: str, organisation: str, employee_id: int | None, row: TrainerRow | None) -> None:
    """Two of the same name and the same place cannot be told apart, unless the roster tells them apart."""
    if employee_id is not None:
        return
    for one in repository.trainers(db):
        if (
            one is not row
            and one.employee_id is None
            and (folded(one.name), folded(one.organisation)) == (folded(name), folded(organisation))
        ):
            raise BadInput(Message("已有讲师“{name}”（可能已归档）。请直接修改，或在姓名后加以区分。", name=one.name))


def _teach(db: Session, action: Action, trainer_id: int, skills: Sequence[tuple[int, int | None]]) -> None:
    rows = {row.competency_id: row for row in repository.skills(db, trainer_id)}
    for competency_id, level in dict(skills).items():
        if level is not None and level not in LEVELS:
            raise BadInput(Message("等级从 L1 到 L5。"))
        row = rows.pop(competency_id, None)
        if row is None:
            action.make(TrainerSkill(trainer_id=trainer_id, competency_id=competency_id, level=level))
        elif row.level != level:
            action.change(row).level = level
    for gone in rows.values():
        action.drop(gone)


def _venue_values(db: Session, facts: VenueFacts, row: VenueRow | None) -> dict[str, Any]:
    check_venue(facts)
    name = facts.name.strip()
    if any(one is not row and folded(one.name) == folded(name) for one in repository.venues(db)):
        raise BadInput(Message("已有场地“{name}”（可能已归档）。请直接修改它，或换一个名称。", name=name))
    return {
        "name": name,
        "kind": facts.kind,
        "address": facts.address.strip(),
        "capacity": facts.capacity,
        "equipment": equipment_of(facts.equipment),
        "cost_per_slot": facts.cost_per_slot,
        "note": facts.note.strip(),
    }
