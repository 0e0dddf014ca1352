"""A branch with posts, requirements and assessments, as tables that are imported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from core import clock
from core.access.actor import Actor
from core.instance import Instance
from core.people import repository
from core.people.gaps.repository import posts as posts_of
from core.people.importing.kinds import ImportKind
from tests.core.people.tables import take
from tests.remembered import remembered

AS_OF = date(2026, 10, 1)
RECENT = (clock.today() - timedelta(days=30)).isoformat()

ROSTER = ("工号", "姓名", "机构", "岗位")
MATRIX = ("岗位", "能力", "等级", "权重")
SCORES = ("工号", "能力", "得分", "满分", "来源", "日期")

Rows = Sequence[Sequence[Any]]


@remembered
def fill(house: Instance, leader: Actor, roster: Rows, matrix: Rows, scores: Rows) -> None:
    """Take all of it in."""
    for kind, head, rows in (
        (ImportKind.ROSTER, ROSTER, roster),
        (ImportKind.MATRIX, MATRIX, matrix),
        (ImportKind.ASSESSMENTS, SCORES, scores),
    ):
        if rows:
            take(house, leader, kind, [head, *rows], today=clock.today())
    house.releasing.keep_up()


def unit_ids(house: Instance) -> dict[str, int]:
    """The units by name."""
    with house.database.reading() as db:
        return {row.name: row.id or 0 for row in repository.units(db)}


def post_ids(house: Instance) -> dict[str, int]:
    """The posts by name."""
    with house.database.reading() as db:
        return {row.name: row_id for row_id, row in posts_of(db).items()}


def competency_ids(house: Instance) -> dict[str, int]:
    """The competencies by name."""
    with house.database.reading() as db:
        return {row.name: row.id or 0 for row in repository.competencies(db)}


def employee_ids(house: Instance) -> dict[str, int]:
    """The people by number."""
    from core.people.importing.repository import employee_ids as found

    with house.database.reading() as db:
        return found(db)
