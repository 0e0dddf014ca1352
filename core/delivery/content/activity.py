"""An activity: a step of a project's blended design, with its half days and how far it may be from the step before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from core.delivery.content.terms import HOURS_PER_SLOT, METHOD_PARTS, Method, Part, Pattern, Rhythm, Stage, Tier
from core.errors import BadInput
from core.i18n import Message

LONGEST_NAME, LONGEST_REASON, LONGEST_EQUIPMENT = 80, 200, 40
MOST_ACTIVITIES, MOST_SLOTS, MOST_LAG, MOST_HOURS = 30, 20, 500, 400.0


@dataclass(frozen=True)
class Activity:
    """A step of a design. `id` 0: not stored yet. `slots` are the half days to be scheduled; what has none is not scheduled.

    `min_lag` and `max_lag` are half days of work between the end of the scheduled step before it and its start. `reason` says why pure
    knowledge is taught face to face in it all the same.
    """

    id: int
    stage: Stage
    name: str
    method: Method
    slots: int = 0
    hours: float = 0.0
    online: bool = False
    min_lag: int = 0
    max_lag: int | None = None
    equipment: tuple[str, ...] = ()
    needs_trainer: bool = False
    item_ids: tuple[int, ...] = ()
    reason: str = ""

    @property
    def part(self) -> Part:
        """What it is for: to learn, to practise, to test, to certify."""
        return METHOD_PARTS[self.method]

    @property
    def face_to_face(self) -> bool:
        """Whether people sit in a room for it."""
        return self.slots > 0 and not self.online


@dataclass(frozen=True)
class Settings:
    """How a project is designed and what the schedule must heed; None: nobody has said."""

    pattern: Pattern | None = None
    tier: Tier | None = None
    rhythm: Rhythm | None = None
    priority: int | None = None
    earliest: date | None = None
    due: date | None = None
    cohort_size: int | None = None


@dataclass(frozen=True)
class Hours:
    """The hours of a participant."""

    face_to_face: float = 0.0
    online: float = 0.0
    on_the_job: float = 0.0
    by_stage: dict[Stage, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """All of them."""
        return self.face_to_face + self.online + self.on_the_job


_ON_THE_JOB = (Method.TASK, Method.COACHING)


def hours_of(activities: Sequence[Activity]) -> Hours:
    """The hours that one participant spends on these activities."""
    room = sum(one.hours for one in activities if one.face_to_face)
    job = sum(one.hours for one in activities if not one.face_to_face and one.method in _ON_THE_JOB)
    stages = {stage: sum(one.hours for one in activities if one.stage is stage) for stage in Stage}
    return Hours(room, sum(one.hours for one in activities) - room - job, job, stages)


def checked(one: Activity, place: int) -> Activity:
    """The activity with blanks taken off; its hours are those of its half days where it has any.

    Raises `BadInput` for what cannot be kept.
    """
    name, reason = " ".join(one.name.split()), one.reason.strip()
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(Message("第 {place} 步：请填写名称，最多 {limit} 个字。", place=place, limit=LONGEST_NAME))
    if len(reason) > LONGEST_REASON:
        raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=reason[:12], most=LONGEST_REASON))
    if not 0 <= one.slots <= MOST_SLOTS:
        raise BadInput(Message("“{name}”的半天数应在 0 到 {most} 之间。", name=name, most=MOST_SLOTS))
    if not 0 <= one.hours <= MOST_HOURS:
        raise BadInput(Message("“{name}”的学时应在 0 到 {most} 之间。", name=name, most=f"{MOST_HOURS:g}"))
    most = MOST_LAG if one.max_lag is None else one.max_lag
    if not 0 <= one.min_lag <= most <= MOST_LAG:
        raise BadInput(Message("“{name}”的间隔：最短不能是负数，也不能比最长还长，最长 {most} 个半天。", name=name, most=MOST_LAG))
    equipment = tuple(dict.fromkeys(each.strip()[:LONGEST_EQUIPMENT] for each in one.equipment if each.strip()))
    hours = one.slots * HOURS_PER_SLOT if one.slots else one.hours
    return replace(one, name=name, reason=reason, equipment=equipment, hours=round(hours, 2))
