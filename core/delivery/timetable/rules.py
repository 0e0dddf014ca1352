"""What a timetable of a plan must keep to, and what the solver weighs: the product's defaults, over them what the plan says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from core.delivery.timetable.terms import Policy
from core.errors import BadInput
from core.i18n import Message

LARGEST_COHORT = 500
MOST_SLOTS_A_MONTH = 40
LONGEST_SECONDS = 600


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules of a plan's timetable.

    `absent_share`: what share of a unit may be away in one half day; `absent_of_unit`: how many of a unit, where that was set by hand.
    `person_slots`: half days of training that somebody has in a month at most. `budget_year` and `budget_quarters` are yuan for trainers
    and venues (None: no limit), and the solver keeps to them where `budget_binds`. `wage_per_slot`: what half a day of a participant is
    counted as in yuan (None: it is not counted), by `wage_source`. `over_weekend`: whether a class of several days may run over a weekend;
    `even`: whether the months shall have about as much training each. `leave_share`: a cohort is not taught while more of it is on leave.
    `seconds`: how long the solver looks.
    """

    cohort_size: int = 30
    absent_share: float = 0.2
    absent_of_unit: Mapping[str, int] = field(default_factory=dict)
    person_slots: int = 8
    budget_year: float | None = None
    budget_quarters: tuple[float | None, float | None, float | None, float | None] = (None, None, None, None)
    budget_binds: bool = True
    wage_per_slot: float | None = None
    wage_source: str = ""
    over_weekend: bool = False
    even: bool = True
    leave_share: float = 0.2
    seconds: float = 30.0
    policy: Policy = Policy.REASON


def to_facts(rules: Rules) -> dict[str, Any]:
    """What of the rules is not the default, as it is stored."""
    standard = asdict(Rules())
    return {name: value for name, value in asdict(rules).items() if name != "policy" and value != standard[name]}


def from_facts(facts: Mapping[str, Any], policy: Policy) -> Rules:
    """The rules that were stored, over the defaults."""
    known = {name: value for name, value in facts.items() if name in Rules.__dataclass_fields__}
    if "budget_quarters" in known:
        known["budget_quarters"] = tuple(known["budget_quarters"])
    return Rules(**known, policy=policy)


def checked(rules: Rules) -> Rules:
    """The rules as they can be kept. Raises `BadInput`."""
    if not 1 <= rules.cohort_size <= LARGEST_COHORT:
        raise BadInput(Message("每班人数应在 1 到 {most} 之间。", most=LARGEST_COHORT))
    if not 0 < rules.absent_share <= 1 or any(number < 0 for number in rules.absent_of_unit.values()):
        raise BadInput(Message("同时离岗的比例应大于 0、不超过 100%，人数不能是负数。"))
    if not 1 <= rules.person_slots <= MOST_SLOTS_A_MONTH:
        raise BadInput(Message("每人每月的培训半天数应在 1 到 {most} 之间。", most=MOST_SLOTS_A_MONTH))
    if any(money is not None and money < 0 for money in (rules.budget_year, *rules.budget_quarters)):
        raise BadInput(Message("预算不能是负数。不设上限就留空。"))
    if rules.wage_per_slot is not None and rules.wage_per_slot < 0:
        raise BadInput(Message("学员工时的单价不能是负数。不计工时就留空。"))
    if not 1 <= rules.seconds <= LONGEST_SECONDS:
        raise BadInput(Message("求解时间应在 1 到 {most} 秒之间。", most=LONGEST_SECONDS))
    return rules


def absent_cap(rules: Rules, unit_id: int, headcount: int) -> int:
    """How many of a unit may be away at a time: what was set for it, else its share of the unit's people, and one at least."""
    by_hand = rules.absent_of_unit.get(str(unit_id))
    return by_hand if by_hand is not None else max(1, int(rules.absent_share * headcount))
