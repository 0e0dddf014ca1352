"""Queries on people and the capability model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, func, select

from core.access.tables import Account
from core.people.courses.tables import CourseRow
from core.people.tables import Assessment, CompetencyEdition, CompetencyRow, Employee, Post, PostCompetency, Unit, UnitCharge


def competencies(db: Session) -> list[CompetencyRow]:
    """The branch's model, archived ones included, in the order in which it came."""
    return list(db.exec(select(CompetencyRow).order_by(col(CompetencyRow.id))))


def competency(db: Session, row_id: int) -> CompetencyRow | None:
    """One of these."""
    return db.get(CompetencyRow, row_id)


def competency_of(db: Session, code: str) -> CompetencyRow | None:
    """What the branch made of a competency that came with the product."""
    return db.exec(select(CompetencyRow).where(CompetencyRow.code == code)).first()


def editions(db: Session) -> list[CompetencyEdition]:
    """What competencies were before, the latest first."""
    return list(db.exec(select(CompetencyEdition).order_by(col(CompetencyEdition.id).desc())))


def edition(db: Session, competency_id: int, number: int) -> CompetencyEdition | None:
    """One of what a competency was before."""
    of = select(CompetencyEdition).where(CompetencyEdition.competency_id == competency_id, CompetencyEdition.edition == number)
    return db.exec(of).first()


def required_by(db: Session) -> dict[int, int]:
    """How many posts require each competency."""
    return dict(db.exec(select(PostCompetency.competency_id, func.count()).group_by(col(PostCompetency.competency_id))).all())


def assessed(db: Session) -> dict[int, int]:
    """How many assessments there are of each competency."""
    return dict(db.exec(select(Assessment.competency_id, func.count()).group_by(col(Assessment.competency_id))).all())


def call_in_needs(db: Session, unit_id: int, name: str) -> None:
    """Let the needs of a unit, and the rounds that ask it, go by its new name."""
    # Needs stand on a higher floor: of their tables the columns are enough.
    need, asked = (sa.table(of, *map(sa.column, ("unit_id", "unit", "call_id"))) for of in ("need", "needs_asked_unit"))
    db.execute(sa.update(need).where(need.c.unit_id == unit_id).values(unit=name))
    # A round may ask for the new name beside the old one: it keeps both apart.
    other = asked.alias()
    taken = sa.select(other.c.call_id).where(other.c.unit == name)
    db.execute(sa.update(asked).where(asked.c.unit_id == unit_id, asked.c.call_id.not_in(taken)).values(unit=name))


def by_unit(db: Session) -> list[tuple[str | None, int, int, int]]:
    """Each unit with people who have not left (None: those without one): how many, without a post, without any assessment."""
    known = select(Assessment.employee_id)
    bare = func.sum(sa.case((col(Employee.id).in_(known), 0), else_=1))
    idle = func.sum(sa.case((col(Employee.post_id).is_(None), 1), else_=0))
    chosen = select(Unit.name, func.count(), idle, bare).select_from(Employee).join(Unit, col(Unit.id) == Employee.unit_id, isouter=True)
    return list(db.exec(chosen.where(col(Employee.left_at).is_(None)).group_by(col(Unit.name)).order_by(col(Unit.name))).all())


def place_names(db: Session) -> set[str]:
    """What units and posts are called."""
    return {*db.exec(select(Unit.name)), *db.exec(select(Post.name))}


def person_names(db: Session) -> set[str]:
    """What people are called, those who have left too, and those who have an account."""
    return {name for name in (*db.exec(select(Employee.name)), *db.exec(select(Account.name))) if len(name) > 1}


def counts(db: Session) -> dict[str, int]:
    """How many rows there are of each kind of thing; people are those who have not left."""
    present = select(func.count()).select_from(Employee).where(col(Employee.left_at).is_(None))
    found = {"employees": db.exec(present).one()}
    for name, table in (("units", Unit), ("posts", Post), ("requirements", PostCompetency), ("assessments", Assessment)):
        found[name] = db.exec(select(func.count()).select_from(table)).one()
    found["competencies"] = db.exec(select(func.count()).where(col(CompetencyRow.archived_at).is_(None))).one()
    return found


def lacking(db: Session) -> dict[str, int]:
    """How many people who have not left lack a unit, a post, a manager or any assessment; posts without a requirement."""
    found = {}
    for name, column in (("unit", Employee.unit_id), ("post", Employee.post_id), ("manager", Employee.manager_id)):
        missing = select(func.count()).select_from(Employee).where(col(Employee.left_at).is_(None), col(column).is_(None))
        found[name] = db.exec(missing).one()
    assessed = select(Assessment.employee_id)
    bare = select(func.count()).select_from(Employee).where(col(Employee.left_at).is_(None), col(Employee.id).not_in(assessed))
    found["assessment"] = db.exec(bare).one()
    asked = select(PostCompetency.post_id)
    found["requirement"] = db.exec(select(func.count()).select_from(Post).where(col(Post.id).not_in(asked))).one()
    return found


def units(db: Session) -> list[Unit]:
    """All units, in the order in which they came."""
    return list(db.exec(select(Unit).order_by(col(Unit.id))))


def charges(db: Session) -> list[UnitCharge]:
    """Which units are in whose charge."""
    return list(db.exec(select(UnitCharge).order_by(col(UnitCharge.id))))


def charges_of(db: Session, account_id: int | None) -> list[int]:
    """The units in one account's charge."""
    return list(db.exec(select(UnitCharge.unit_id).where(UnitCharge.account_id == account_id)))


def people_by_unit(db: Session) -> dict[int | None, int]:
    """How many people who have not left each unit has itself."""
    present = select(Employee.unit_id, func.count()).where(col(Employee.left_at).is_(None))
    return dict(db.exec(present.group_by(col(Employee.unit_id))).all())


def accounts(db: Session) -> list[Account]:
    """Everybody who may sign in."""
    return list(db.exec(select(Account).where(col(Account.enabled).is_(True)).order_by(col(Account.name), col(Account.id))))


def account(db: Session, account_id: int) -> Account | None:
    """Somebody who may sign in."""
    return db.get(Account, account_id)


def any_people(db: Session, *, sample: bool) -> bool:
    """Whether there are people, units or posts that belong to the sample branch, or that do not."""
    return any(db.exec(select(table.id).where(table.sample == sample).limit(1)).first() for table in (Employee, Unit, Post))


def any_assessment(db: Session) -> bool:
    """Whether anybody has been assessed."""
    return db.exec(select(Assessment.id).limit(1)).first() is not None


def remove_sample_people(db: Session) -> int:
    """Delete the people of the sample branch with all that hangs on them; how many people that were."""
    those = select(Employee.id).where(col(Employee.sample))
    for table, column, refusing in _pointing(db, Employee):
        if table.name == Employee.__tablename__:
            db.execute(sa.update(Employee).where(col(Employee.manager_id).in_(those)).values(manager_id=None))
        elif refusing:
            db.execute(sa.delete(table).where(column.in_(those)))
    return int(getattr(db.execute(sa.delete(Employee).where(col(Employee.sample))), "rowcount", 0))


def remove_sample_posts(db: Session) -> None:
    """Delete the posts of the sample branch with what they require; one that somebody holds stays, as one of the branch's own."""
    own = [column for table, column, refusing in _pointing(db, Post) if refusing and table.name != PostCompetency.__tablename__]
    _keep(db, Post, own)
    those = select(Post.id).where(col(Post.sample))
    db.execute(sa.delete(PostCompetency).where(col(PostCompetency.post_id).in_(those)))
    db.execute(sa.delete(Post).where(col(Post.sample)))


def remove_sample_units(db: Session) -> None:
    """Delete the units of the sample branch; one that somebody works in stays, as one of the branch's own."""
    _keep(db, Unit, [column for _, column, refusing in _pointing(db, Unit) if refusing])
    those = select(Unit.id).where(col(Unit.sample))
    db.execute(sa.update(Unit).where(col(Unit.parent_id).in_(those)).values(parent_id=None))
    db.execute(sa.delete(Unit).where(col(Unit.sample)))


def remove_sample_courses(db: Session) -> None:
    """Delete the courses of the sample branch; one that somebody else is to take stays, as one of the branch's own."""
    _keep(db, CourseRow, [column for _, column, refusing in _pointing(db, CourseRow) if refusing])
    db.execute(sa.delete(CourseRow).where(col(CourseRow.sample)))


def remove_sample_competencies(db: Session) -> None:
    """Delete the competencies that came with the sample branch's posts; one that is in use, or was changed, stays as the branch's own."""
    edited = str(CompetencyEdition.__tablename__)
    _keep(db, CompetencyRow, [column for table, column, refusing in _pointing(db, CompetencyRow) if refusing or table.name == edited])
    db.execute(sa.delete(CompetencyRow).where(col(CompetencyRow.sample)))


def _pointing(db: Session, table: type[SQLModel]) -> list[tuple[sa.TableClause, sa.ColumnClause[Any], bool]]:
    """Every column, wherever in the product, that points at a row of this table; whether it keeps the row from being deleted."""
    found: list[tuple[sa.TableClause, sa.ColumnClause[Any], bool]] = []
    for (_, other), keys in sa.inspect(db.connection()).get_multi_foreign_keys().items():
        for key in keys:
            if key["referred_table"] == table.__tablename__:
                column: sa.ColumnClause[Any] = sa.column(key["constrained_columns"][0])
                refusing = key["options"].get("ondelete", "NO ACTION") == "NO ACTION"
                found.append((sa.table(str(other), column), column, refusing))
    return found


def _keep(db: Session, table: Any, columns: Iterable[sa.ColumnClause[Any]]) -> None:
    """Rows of the sample that one of these columns points at are the branch's own from now on."""
    for column in columns:
        held = sa.select(column).where(column.is_not(None))
        db.execute(sa.update(table).where(table.sample, table.id.in_(held)).values(sample=False))
