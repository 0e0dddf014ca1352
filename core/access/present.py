"""`Present`: the person behind this page or request, as the database knows them now."""

from __future__ import annotations

from dataclasses import dataclass

from core.access.actor import Actor


@dataclass(frozen=True)
class Present:
    """Somebody who is signed in.

    `language` is what they chose ("" when they never did), `plan_id` the annual plan they work on, `sign_in_id` the
    row that can be revoked (None for the bank's own sign-in before its first visit is written down).
    """

    actor: Actor
    language: str
    plan_id: int | None
    sign_in_id: int | None
