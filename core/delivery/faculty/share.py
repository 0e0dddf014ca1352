"""外部点缀、内部主导: the share of the branch's own trainers, and what people from outside teach, against what the branch wants."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from core.delivery.faculty.faculty import TrainerView
from core.delivery.faculty.terms import EXTERNAL_ROLES, Basis, TrainerRole

# An example to begin with, shown as one until the branch says what it wants.
EXAMPLE_TARGET = 0.7
LEAST_LEVEL = 3


@dataclass(frozen=True)
class Rule:
    """What the branch wants: a share of its own trainers, 0–1, taken of `basis`; what people from outside may teach; the least level.

    `source` is where the target comes from; `example`: nobody of the branch has said anything yet.
    """

    target: float = EXAMPLE_TARGET
    basis: Basis = Basis.PEOPLE
    source: str = ""
    external_roles: tuple[TrainerRole, ...] = EXTERNAL_ROLES
    least_level: int = LEAST_LEVEL
    version: int = 0
    example: bool = True


@dataclass(frozen=True)
class Share:
    """How many trainers, or half days, are the branch's own (`own` of `total`), and whether that reaches the target.

    `outside` are trainers from outside with a role that is not meant for them: `unexplained` those without a reason.
    """

    basis: Basis
    own: int
    total: int
    target: float
    outside: tuple[int, ...]
    unexplained: tuple[int, ...]

    @property
    def share(self) -> float | None:
        """The part that is the branch's own; None where there is nothing to take it of."""
        return self.own / self.total if self.total else None

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where nothing can be said."""
        return None if self.share is None else self.share >= self.target


def share(trainers: Iterable[TrainerView], rule: Rule, slots: Mapping[int, int] | None = None) -> Share:
    """The share by the rule; `slots` are the half days that are planned for each trainer: without any, people are counted."""
    standing = [one for one in trainers if not one.archived]
    planned = slots or {}
    basis = rule.basis if planned else Basis.PEOPLE
    counts = {one.id: planned.get(one.id, 0) if basis is Basis.SLOTS else 1 for one in standing}
    outside = [one for one in standing if beyond(one, rule.external_roles)]
    return Share(
        basis=basis,
        own=sum(counts[one.id] for one in standing if one.internal),
        total=sum(counts.values()),
        target=rule.target,
        outside=tuple(one.id for one in outside),
        unexplained=tuple(one.id for one in outside if not one.role_reason),
    )


def beyond(one: TrainerView, external_roles: Collection[TrainerRole]) -> tuple[TrainerRole, ...]:
    """The roles of somebody from outside that the branch wants its own people for."""
    return () if one.internal else tuple(role for role in one.roles if role not in external_roles)
