"""People and the capability model in the database: what there is, what is missing, and the competencies that the branch edits."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Language, Message
from core.people import repository
from core.people.competencies import Competency, Facts, seeds
from core.people.tables import CompetencyEdition, CompetencyRow
from core.people.terms import LEVELS, Dimension, TalentClass
from core.sheets.reading import folded
from core.storage import Session, now

_CHANGED = Message("这项能力刚被别人修改过，您的改动没有保存。请查看最新内容后再改。")
_LONGEST_NAME, _LONGEST_TEXT = 80, 500


@dataclass(frozen=True)
class Standing:
    """What there is of people and what is missing: counts of rows, and of those that lack something."""

    employees: int
    units: int
    posts: int
    competencies: int
    requirements: int
    assessments: int
    without_unit: int
    without_post: int
    without_manager: int
    without_assessment: int
    posts_without_requirement: int


@dataclass(frozen=True)
class Edition:
    """What a competency was until somebody changed it."""

    number: int
    facts: Facts
    changed_by: str
    changed_at: Any


@dataclass(frozen=True)
class History:
    """How many posts require a competency, how many assessments there are of it, and its editions before, the latest first."""

    posts: int = 0
    assessments: int = 0
    editions: tuple[Edition, ...] = ()


@dataclass(frozen=True)
class UnitCount:
    """How many people a unit has, and how many of them have no post and no assessment."""

    name: str
    people: int
    without_post: int
    without_assessment: int


def standing(db: Session, actor: Actor) -> Standing:
    """What there is and what is missing. Needs `READ_PEOPLE`."""
    require(actor, Right.READ_PEOPLE)
    counts, lacking = repository.counts(db), repository.lacking(db)
    return Standing(
        **counts,
        **{f"without_{name}": lacking[name] for name in ("unit", "post", "manager", "assessment")},
        posts_without_requirement=lacking["requirement"],
    )


def measured(db: Session, actor: Actor) -> bool:
    """Whether there are people and assessments. Needs `READ_PEOPLE`."""
    require(actor, Right.READ_PEOPLE)
    return repository.any_assessment(db)


def competencies(db: Session, actor: Actor, language: Language) -> list[Competency]:
    """The branch's model, archived ones included, then what the starter library still offers. Needs `READ_PEOPLE`.

    A competency that came with the product and that nobody has changed is named in `language`.
    """
    require(actor, Right.READ_PEOPLE)
    return model(db, language)


def model(db: Session, language: Language) -> list[Competency]:
    """The same for services that ask for a right of their own."""
    rows = repository.competencies(db)
    offered = {seed.code: seed for seed in seeds(language)}
    taken = {row.code for row in rows}
    own = [_competency(row, offered.get(row.code or "")) for row in rows]
    return own + [seed for seed in offered.values() if seed.code not in taken]


def take_in(db: Session, actor: Actor, codes: list[str] | None = None) -> int:
    """Take competencies of the starter library into the model, all of them without `codes`. Returns how many were not there yet."""
    require(actor, Right.EDIT_PEOPLE)
    rows = repository.competencies(db)
    there, names = {row.code for row in rows}, {folded(row.name) for row in rows}
    wanted = [seed for seed in seeds("zh") if codes is None or seed.code in codes]
    _make_own(rows, {seed.code for seed in wanted})
    fresh = [
        CompetencyRow(code=seed.code, **columns_of(seed.facts))
        for seed in wanted
        if seed.code not in there and folded(seed.facts.name) not in names
    ]
    db.add_all(fresh)
    db.flush()
    if fresh:
        record(db, actor, "competencies_taken", "competency", None, count=len(fresh))
    return len(fresh)


def _make_own(rows: Iterable[CompetencyRow], codes: Collection[str]) -> None:
    """What somebody takes in stays when the sample goes that it came with."""
    for row in rows:
        if row.sample and row.code in codes:
            row.sample = False


def save_competency(db: Session, actor: Actor, seen: Competency | None, facts: Facts) -> int:
    """Add a competency of the branch's own (`seen` None), or change the one that the person saw. Raises `BadInput`, `Conflict`.

    What a changed one was before is kept as an edition. Returns the id of its row.
    """
    require(actor, Right.EDIT_PEOPLE)
    row = _row(db, seen) if seen else None
    _check(db, facts, row)
    if row is None:
        row = CompetencyRow(code=(seen.code or None) if seen else None, **columns_of(facts))
        db.add(row)
    elif columns_of(facts) != _facts_of(row):
        _change(db, actor, row, facts)
    db.flush()
    assert row.id is not None
    record(db, actor, "competency_changed" if seen else "competency_added", "competency", row.id, name=row.name)
    return row.id


def restore_competency(db: Session, actor: Actor, seen: Competency, number: int) -> None:
    """Make a competency again what its edition `number` said, as a new edition: what it is now is kept as one. `undo_change` takes it back.

    Raises `BadInput` where that edition says the same or its name is taken, `Conflict`, `NotFound`.
    """
    require(actor, Right.EDIT_PEOPLE)
    row = _row(db, seen)
    kept = repository.edition(db, row.id or 0, number) if row is not None else None
    if row is None or kept is None:
        raise NotFound(Message("没有找到这一版，可能刚被别人撤销。请刷新后再选。"))
    facts = _facts(kept.facts)
    if columns_of(facts) == columns_of(_facts(_facts_of(row))):
        raise BadInput(Message("第 {number} 版和现在的内容一样，不用恢复。", number=number))
    _check(db, facts, row)
    _change(db, actor, row, facts)
    record(db, actor, "competency_restored", "competency", row.id, name=row.name, edition=number)


def undo_change(db: Session, actor: Actor, seen: Competency) -> None:
    """Take back the last change of a competency: it is the edition before again. Raises `BadInput` where there is none, `Conflict`."""
    require(actor, Right.EDIT_PEOPLE)
    row = _row(db, seen)
    last = repository.edition(db, row.id or 0, row.edition - 1) if row is not None else None
    if row is None or last is None:
        raise BadInput(Message("没有可以撤销的改动。"))
    facts = _facts(last.facts)
    _check(db, facts, row)
    for name, value in columns_of(facts).items():
        setattr(row, name, value)
    row.edition -= 1
    db.delete(last)
    record(db, actor, "competency_undone", "competency", row.id, name=row.name)


def archive_competency(db: Session, actor: Actor, seen: Competency, *, archived: bool) -> None:
    """Put a competency of the model away, or take it back. Nothing of it is lost."""
    require(actor, Right.EDIT_PEOPLE)
    row = _row(db, seen)
    if row is None:
        raise NotFound(Message("这项能力不在本行的能力模型里。"))
    row.archived_at = now() if archived else None
    record(db, actor, "competency_archived" if archived else "competency_unarchived", "competency", row.id, name=row.name)


def histories(db: Session, actor: Actor) -> dict[int, History]:
    """What hangs on each competency of the model, and what it was before, by its row's id. Needs `READ_PEOPLE`."""
    require(actor, Right.READ_PEOPLE)
    posts, assessments = repository.required_by(db), repository.assessed(db)
    earlier: dict[int, list[Edition]] = {}
    for one in repository.editions(db):
        earlier.setdefault(one.competency_id, []).append(Edition(one.edition, _facts(one.facts), one.changed_by, one.changed_at))
    return {
        row_id: History(posts.get(row_id, 0), assessments.get(row_id, 0), tuple(earlier.get(row_id, ())))
        for row_id in {*posts, *assessments, *earlier}
    }


def by_unit(db: Session, actor: Actor) -> list[UnitCount]:
    """Where people are: each unit that has some, with what is missing of them; those without a unit under "". Needs `READ_PEOPLE`."""
    require(actor, Right.READ_PEOPLE)
    return [UnitCount(name or "", *map(int, counts)) for name, *counts in repository.by_unit(db)]


def _row(db: Session, seen: Competency) -> CompetencyRow | None:
    row = repository.competency(db, seen.row_id) if seen.row_id else repository.competency_of(db, seen.code)
    if (row.version if row else 0) != seen.version:
        raise Conflict(_CHANGED)
    return row


def _change(db: Session, actor: Actor, row: CompetencyRow, facts: Facts) -> None:
    """Write another content; what it was before is kept as an edition."""
    kept = CompetencyEdition(competency_id=row.id or 0, edition=row.edition, facts=_facts_of(row), changed_by=actor.name[:80])
    db.add(kept)
    for name, value in columns_of(facts).items():
        setattr(row, name, value)
    row.edition += 1


def _check(db: Session, facts: Facts, row: CompetencyRow | None) -> None:
    name = facts.name.strip()
    if not name or len(name) > _LONGEST_NAME:
        raise BadInput(Message("请填写能力名称，最多 {limit} 个字。", limit=_LONGEST_NAME))
    if any(len(text) > _LONGEST_TEXT for text in (facts.definition, *facts.levels, *facts.assessed_by)):
        raise BadInput(Message("定义和每一级的行为最多 {limit} 个字。", limit=_LONGEST_TEXT))
    for other in repository.competencies(db):
        if other is not row and folded(name) in {folded(one) for one in (other.name, *other.aliases)}:
            raise BadInput(Message("能力模型里已有“{name}”（或以它为别名的能力）。请直接修改它，或换一个名称。", name=other.name))


def columns_of(facts: Facts) -> dict[str, Any]:
    """What a competency is, by the columns of its row."""
    return {
        "name": facts.name.strip(),
        "aliases": [alias.strip() for alias in facts.aliases if alias.strip()],
        "dimension": facts.dimension,
        "talent_class": facts.talent_class,
        "definition": facts.definition.strip(),
        "levels": [text.strip() for text in facts.levels],
        "assessed_by": [text.strip() for text in facts.assessed_by],
        "indicators": list(facts.indicators),
    }


def _facts_of(row: CompetencyRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in columns_of(Facts("", Dimension.CORE))}


def _facts(stored: dict[str, Any]) -> Facts:
    return Facts(
        name=stored["name"],
        dimension=Dimension(stored["dimension"]),
        talent_class=TalentClass(stored["talent_class"]) if stored["talent_class"] else None,
        definition=stored["definition"],
        aliases=tuple(stored["aliases"]),
        levels=_five(stored["levels"]),
        assessed_by=_five(stored["assessed_by"]),
        indicators=tuple(stored["indicators"]),
    )


def _five(texts: list[str]) -> tuple[str, ...]:
    return tuple((*texts, *("",) * len(LEVELS))[: len(LEVELS)])


def _competency(row: CompetencyRow, seed: Competency | None) -> Competency:
    facts = seed.facts if seed is not None and row.edition == 1 else _facts(_facts_of(row))
    return Competency(row.code or "", facts, row.id, row.version or 0, row.edition, row.archived_at is not None)
