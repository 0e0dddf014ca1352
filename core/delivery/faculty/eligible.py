"""Who could teach something: by competency and by how they were rated, with the reason in words.

Somebody could teach a session when they reach the least level in at least half of its competencies, rounded up. Somebody from outside
has to be asked for what is meant for outside (all their fields, where the session names none), or there is a reason.

The score is 100 × covered share × (0.6 × level ÷ 5 + 0.4 × rating ÷ 100). The level is the mean over what is covered, a competency that
is only measured and not among what they teach counts four fifths, and who was never rated counts as 75.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.delivery.faculty.faculty import Skill, TrainerView
from core.delivery.faculty.terms import ROLE_NAMES, TrainerRole
from core.i18n import Message

UNRATED = 75.0
ONLY_MEASURED = 0.8
_LEVEL, _RATING = 0.6, 0.4
_TOP = 5.0


@dataclass(frozen=True)
class Eligible:
    """Somebody who could teach something, from 0 to 100 the better, and why. `lacks` are the competencies that they do not cover."""

    trainer_id: int
    score: float
    why: Message
    covers: tuple[int, ...] = ()
    lacks: tuple[int, ...] = ()


def eligible(
    trainers: Iterable[TrainerView],
    competency_ids: Sequence[int],
    names: Mapping[int, str],
    *,
    least_level: int,
    external_roles: Collection[TrainerRole],
    role: TrainerRole | None = None,
) -> list[Eligible]:
    """Those of `trainers` who could teach these competencies, the best first; in a `role` only those who are asked for it."""
    found = []
    for one in trainers:
        if one.archived or one.left or not in_role(one, external_roles, role):
            continue
        covered = [skill for skill in map(one.skill, competency_ids) if skill and (skill.level or 0) >= least_level]
        if 2 * len(covered) >= len(competency_ids):
            found.append(_eligible(one, competency_ids, covered, names, role))
    return sorted(found, key=lambda one: (-one.score, one.trainer_id))


def in_role(one: TrainerView, external_roles: Collection[TrainerRole], role: TrainerRole | None) -> bool:
    """Whether somebody may be asked: people from outside for what is meant for them, or with a reason; in a role those who have it."""
    if role is not None and role not in one.roles:
        return False
    meant = role in external_roles if role is not None else bool(one.roles) and set(one.roles) <= set(external_roles)
    return one.internal or bool(one.role_reason) or meant


def _eligible(
    one: TrainerView, wanted: Sequence[int], covered: Sequence[Skill], names: Mapping[int, str], role: TrainerRole | None
) -> Eligible:
    weighed = [(skill.level or 0.0) * (1.0 if skill.listed else ONLY_MEASURED) for skill in covered]
    level = sum(weighed) / len(weighed) if weighed else _TOP * ONLY_MEASURED
    rating = _rating(one, covered)
    share = len(covered) / len(wanted) if wanted else 1.0
    score = 100.0 * share * (_LEVEL * level / _TOP + _RATING * (UNRATED if rating is None else rating) / 100.0)
    ids = tuple(skill.competency_id for skill in covered)
    lacks = tuple(one_id for one_id in wanted if one_id not in ids)
    return Eligible(one.id, round(score, 1), _why(one, covered, lacks, names, rating, role), ids, lacks)


def _rating(one: TrainerView, covered: Sequence[Skill]) -> float | None:
    """How they were rated in these competencies, else in all."""
    own = [skill.rating for skill in covered if skill.rating is not None]
    return sum(own) / len(own) if own else one.rating


def _why(
    one: TrainerView,
    covered: Sequence[Skill],
    lacks: Sequence[int],
    names: Mapping[int, str],
    rating: float | None,
    role: TrainerRole | None,
) -> Message:
    skills = Message.listed(f"{names.get(skill.competency_id, '—')} L{round(skill.level or 0, 1):g}" for skill in covered)
    shown = f"{rating:.0f}" if rating is not None else "—"
    if lacks:
        missing = Message.listed(names.get(one_id, "—") for one_id in lacks)
        return Message("能讲 {skills}；不讲 {lacks}；评分 {rating}", skills=skills, lacks=missing, rating=shown)
    if not covered:
        return (
            Message("方向：{role}；评分 {rating}", role=ROLE_NAMES[role], rating=shown) if role else Message("评分 {rating}", rating=shown)
        )
    if any(not skill.listed for skill in covered):
        return Message("本人测评达到 {skills}，还没有列入授课能力；评分 {rating}", skills=skills, rating=shown)
    if not one.internal and one.role_reason:
        return Message("外部讲师，例外理由：{reason}；能讲 {skills}；评分 {rating}", reason=one.role_reason, skills=skills, rating=shown)
    return Message("能讲 {skills}；评分 {rating}", skills=skills, rating=shown)
