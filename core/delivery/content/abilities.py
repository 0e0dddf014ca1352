"""The branch's competencies by name, as content speaks of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.delivery.content.triage import Ability
from core.people import repository as model
from core.sheets.reading import folded
from core.storage import Session


@dataclass(frozen=True)
class Abilities:
    """Competencies by what they are called; an alias counts, unless another is called so."""

    by_name: dict[str, Ability]

    def of(self, name: str) -> Ability | None:
        """The competency of this name; None where the capability model has none."""
        return self.by_name.get(folded(name)) if name.strip() else None

    def ids(self, names: Iterable[str]) -> tuple[int, ...]:
        """The numbers of the competencies of these names, without those that the model lacks."""
        return tuple(dict.fromkeys(one.id for name in names if (one := self.of(name)) is not None))


def abilities(db: Session) -> Abilities:
    """The competencies of the model that are not put away. Whoever calls asks for the right."""
    rows = [row for row in model.competencies(db) if row.archived_at is None]
    made = [(row, Ability(row.id or 0, row.name, row.dimension, tuple(row.assessed_by), tuple(row.levels))) for row in rows]
    by_alias = {folded(alias): ability for row, ability in made for alias in row.aliases}
    return Abilities(by_alias | {folded(ability.name): ability for _, ability in made})
