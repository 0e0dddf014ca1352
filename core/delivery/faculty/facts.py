"""What a trainer, a venue and a rating are when somebody enters them, and what cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.delivery.faculty.terms import TrainerRole, VenueKind
from core.errors import BadInput
from core.i18n import Message

LONGEST_NAME, LONGEST_ORGANISATION, LONGEST_REASON, LONGEST_NOTE = 60, 80, 200, 500
LONGEST_VENUE, LONGEST_ADDRESS, LONGEST_ABOUT, LONGEST_SOURCE = 80, 160, 120, 60
LONGEST_EQUIPMENT, MOST_EQUIPMENT = 30, 20
MOST_COST, MOST_SLOTS_MONTH, MOST_SLOTS_YEAR, MOST_CAPACITY, MOST_SCALE, MOST_RATERS = 1_000_000.0, 62, 732, 5_000, 1_000.0, 100_000


@dataclass(frozen=True)
class TrainerFacts:
    """What a trainer is. `skills` gives the level of each competency that they teach; None: as high as they are measured."""

    name: str
    internal: bool = True
    employee_id: int | None = None
    unit_id: int | None = None
    organisation: str = ""
    roles: tuple[TrainerRole, ...] = ()
    role_reason: str = ""
    cost_per_slot: float | None = None
    max_slots_per_month: int | None = None
    max_slots_per_year: int | None = None
    note: str = ""
    skills: tuple[tuple[int, int | None], ...] = ()


@dataclass(frozen=True)
class VenueFacts:
    """What a venue is."""

    name: str
    capacity: int
    kind: VenueKind = VenueKind.OWN
    address: str = ""
    equipment: tuple[str, ...] = ()
    cost_per_slot: float | None = None
    note: str = ""


@dataclass(frozen=True)
class RatingFacts:
    """What people thought of a session or a course."""

    about: str
    score: float
    scale_max: float = 100.0
    n: int = 1
    rated_on: date | None = None
    source: str = ""
    competency_id: int | None = None


@dataclass(frozen=True)
class Seen:
    """A row as somebody saw it."""

    id: int
    version: int


def check_texts(name: str, organisation: str, note: str) -> None:
    """Raises `BadInput` for texts that are missing or too long."""
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        raise BadInput(Message("请填写讲师姓名，最多 {limit} 个字。", limit=LONGEST_NAME))
    for text, limit in ((organisation, LONGEST_ORGANISATION), (note, LONGEST_NOTE)):
        if len(text.strip()) > limit:
            raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=text.strip()[:12], most=limit))


def check_numbers(cost: float | None, month: int | None, year: int | None) -> None:
    """Raises `BadInput` for a cost or a limit that cannot be."""
    if cost is not None and not 0 <= cost <= MOST_COST:
        raise BadInput(Message("每半天费用不能是负数，也不超过 {most} 元。不知道就留空。", most=f"{MOST_COST:,.0f}"))
    for value, most in ((month, MOST_SLOTS_MONTH), (year, MOST_SLOTS_YEAR)):
        if value is not None and not 0 <= value <= most:
            raise BadInput(Message("最多半天数应在 0 到 {most} 之间。没有限制就留空。", most=most))


def check_rating(facts: RatingFacts) -> None:
    """Raises `BadInput` for a rating that cannot be."""
    if not facts.about.strip() or len(facts.about.strip()) > LONGEST_ABOUT:
        raise BadInput(Message("请写明是哪次课或哪门课的评分，最多 {limit} 个字。", limit=LONGEST_ABOUT))
    if len(facts.source.strip()) > LONGEST_SOURCE:
        raise BadInput(Message("来源最多 {limit} 个字。", limit=LONGEST_SOURCE))
    if not 0 < facts.scale_max <= MOST_SCALE or not 0 <= facts.score <= facts.scale_max:
        raise BadInput(Message("评分应在 0 和满分之间，满分不超过 {most}。", most=f"{MOST_SCALE:g}"))
    if not 1 <= facts.n <= MOST_RATERS:
        raise BadInput(Message("评分人数至少 1 人。"))


def equipment_of(names: Sequence[str]) -> list[str]:
    """Equipment by name, each once."""
    return list(dict.fromkeys(one.strip() for one in names if one.strip()))


def check_venue(facts: VenueFacts) -> None:
    """Raises `BadInput` for a venue that cannot be."""
    if not facts.name.strip() or len(facts.name.strip()) > LONGEST_VENUE:
        raise BadInput(Message("请填写场地名称，最多 {limit} 个字。", limit=LONGEST_VENUE))
    if not 1 <= facts.capacity <= MOST_CAPACITY:
        raise BadInput(Message("请填写“{name}”能容纳多少人，1 到 {most}。", name=facts.name.strip(), most=f"{MOST_CAPACITY:,}"))
    for text, limit in ((facts.address, LONGEST_ADDRESS), (facts.note, LONGEST_NOTE)):
        if len(text.strip()) > limit:
            raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=text.strip()[:12], most=limit))
    if len(facts.equipment) > MOST_EQUIPMENT or any(len(one.strip()) > LONGEST_EQUIPMENT for one in facts.equipment):
        raise BadInput(Message("设备最多 {n} 项，每项最多 {limit} 个字。", n=MOST_EQUIPMENT, limit=LONGEST_EQUIPMENT))
    check_numbers(facts.cost_per_slot, None, None)
