"""What units, posts and competencies are called on pages of gaps, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from core.access.actor import Actor
from core.i18n import Language
from core.people import repository as model
from core.people.competencies import seeds
from core.people.gaps import repository
from core.people.gaps.gap import GapKey
from core.people.scope import Scope, scope
from core.people.terms import Dimension, TalentClass
from core.storage import Session


@dataclass(frozen=True)
class Names:
    """Names by id. `units` are those of whose people the reader sees something, a unit below its upper one."""

    units: dict[int, str]
    posts: dict[int, str]
    classes: dict[int, TalentClass | None]
    competencies: dict[int, str]
    dimensions: dict[int, Dimension]

    def group(self, key: GapKey) -> str:
        """The unit or the post of a gap; "" for the people without one, and for everybody."""
        if key.unit_id is not None:
            return self.units.get(key.unit_id, "")
        return self.posts.get(key.post_id or 0, "")

    def competency(self, competency_id: int) -> str:
        """A competency; one that is gone since is called by its number."""
        return self.competencies.get(competency_id, f"#{competency_id}")


@dataclass(frozen=True)
class Ground:
    """What there is to measure from, for those whom the reader may see: whether nobody at all, no requirement, no assessment."""

    scope: Scope
    required: bool
    assessed: bool

    @property
    def without_unit(self) -> bool:
        """Whether the reader is a manager to whom no unit was given."""
        return self.scope.counted == frozenset()


def names(db: Session, actor: Actor, language: Language) -> Names:
    """What is called how. Needs `SEE_GAPS`."""
    seen = scope(db, actor)
    offered = {seed.code: seed.facts.name for seed in seeds(language)}
    rows = model.competencies(db)
    posts = repository.posts(db)
    return Names(
        {unit_id: name for unit_id, name in repository.unit_names(db).items() if seen.may_count(unit_id)},
        {post_id: row.name for post_id, row in posts.items()},
        {post_id: row.talent_class for post_id, row in posts.items()},
        {row.id or 0: offered.get(row.code or "", row.name) if row.edition == 1 else row.name for row in rows},
        {row.id or 0: row.dimension for row in rows},
    )


def ground(db: Session, actor: Actor) -> Ground:
    """Why there may be no gaps to see. Needs `SEE_GAPS`."""
    seen, counts = scope(db, actor), model.counts(db)
    return Ground(seen, counts["requirements"] > 0, counts["assessments"] > 0)
