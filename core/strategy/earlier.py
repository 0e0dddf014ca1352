"""Findings of earlier years' plans of the same unit that say what this year's say: in the same document, or another edition of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.access.actor import Actor
from core.documents import repository as document_rows
from core.documents import service as library
from core.plans import repository as plan_rows
from core.plans import service as plans
from core.plans.tables import AnnualPlan
from core.storage import Session
from core.strategy import repository
from core.strategy.findings import FindingKind
from core.strategy.locating import plain
from core.strategy.repository import Outline
from core.strategy.tables import FindingState

_Key = tuple[int, FindingKind, str, str]


@dataclass(frozen=True)
class Held:
    """The findings of a plan in the documents that the actor may see, in reading order, and the family of each document."""

    findings: tuple[Outline, ...]
    families: Mapping[int, int]


def years_before(db: Session, actor: Actor, plan_id: int) -> list[AnnualPlan]:
    """The plans of the unit for earlier years, the nearest first, put away or not. Raises `NotFound`."""
    plan = plans.find(db, actor, plan_id)
    return sorted((one for one in plan_rows.of_unit(db, plan.unit) if one.year < plan.year), key=lambda one: -one.year)


def held(db: Session, actor: Actor, plan_id: int, families: Iterable[int] | None = None, state: FindingState | None = None) -> Held:
    """What a plan has found in documents that the actor may see; only in these families of documents, and in this
    state, where given.

    The caller has asked for the right to see the plan.
    """
    seen = library.visible(db, actor, repository.documents_with_findings(db, plan_id))
    known = {row.id or 0: row.family for row in document_rows.some(db, seen)}
    if families is not None:
        wanted = frozenset(families)
        known = {number: family for number, family in known.items() if family in wanted}
    return Held(tuple(repository.outlines(db, plan_id, known.keys(), state)), known)


def same(now: Held, then: Held) -> dict[int, Outline]:
    """For the findings of `now`, by id, those of `then` that say the same: the same kind, metric and words of the same document.

    A changed figure is another demand. What stands several times goes in reading order. What a person has parted is left out: its parts
    were decided on, not the whole.
    """
    waiting: dict[_Key, deque[Outline]] = {}
    for one in _whole(then.findings):
        waiting.setdefault(_key(one, then.families), deque()).append(one)
    found = {}
    for one in _whole(now.findings):
        others = waiting.get(_key(one, now.families))
        if others:
            found[one.id] = others.popleft()
    return found


def _whole(findings: Sequence[Outline]) -> Iterable[Outline]:
    parts: dict[tuple[int, str], int] = {}
    for one in findings:
        if one.part is not None:
            parts[one.part] = parts.get(one.part, 0) + 1
    return (one for one in findings if one.part is None or parts[one.part] == 1)


def _key(one: Outline, families: Mapping[int, int]) -> _Key:
    return families[one.document_id], one.kind, one.metric, plain(one.quote)
