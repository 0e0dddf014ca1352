"""A plan that is ripe for projects, and a branch whose people lack what its themes ask for."""

from __future__ import annotations

from dataclasses import dataclass

from core.access.actor import Actor
from core.goals.gaps import service as making
from core.goals.gaps.service import Offer, Wanted
from core.instance import Instance
from core.people.gaps.gap import GapKey
from core.people.scope import give_charge
from tests.core.people.branch import RECENT, competency_ids, fill, post_ids, unit_ids
from tests.core.strategy.ideas_world import Ripe, ripe
from tests.remembered import remembered

NEAR, FAR = "望海支行", "云岭支行"
_NEEDS = (("客户经理", "资产配置", 3, 60), ("客户经理", "需求挖掘", 3, 40), ("柜员", "反洗钱", 2, 100))
_EACH = 12


@dataclass(frozen=True)
class Branch:
    """The plan's world, and the ids of its people's units, posts and competencies by name."""

    ripe: Ripe
    units: dict[str, int]
    posts: dict[str, int]
    competencies: dict[str, int]

    @property
    def plan(self) -> int:
        """The plan's number."""
        return self.ripe.plan

    def of_unit(self, competency: str, unit: str = NEAR) -> GapKey:
        """A gap by unit."""
        return GapKey(self.competencies[competency], unit_id=self.units[unit])

    def of_post(self, competency: str, post: str = "客户经理") -> GapKey:
        """A gap by post."""
        return GapKey(self.competencies[competency], post_id=self.posts[post])


@remembered
def build(house: Instance, leader: Actor) -> Branch:
    """Twelve account managers in each of two sub-branches, eight of twelve below in allocation; and three tellers, two of them below."""
    made = ripe(house, leader)
    people, scores = [], []
    for unit, first in ((NEAR, 100), (FAR, 200)):
        for n in range(_EACH):
            number = str(first + n)
            people.append((number, f"员工{number}", unit, "客户经理"))
            scores.append((number, "资产配置", 40 if n < 8 else 70, 100, "考核系统", RECENT))
            scores.append((number, "需求挖掘", 50 if n < 6 else 80, 100, "上级评价", RECENT))
    for n in range(3):
        people.append((str(300 + n), f"柜员{n}", NEAR, "柜员"))
        scores.append((str(300 + n), "反洗钱", 20 if n < 2 else 80, 100, "考核系统", RECENT))
    fill(house, leader, people, _NEEDS, scores)
    named = {"需求挖掘与产品匹配": "需求挖掘", "反洗钱与客户尽职调查": "反洗钱"}
    found = {named.get(name, name): number for name, number in competency_ids(house).items()}
    found |= {"反洗钱": next(number for name, number in found.items() if "反洗钱" in name)}
    return Branch(made, unit_ids(house), post_ids(house), found)


def offered(house: Instance, actor: Actor, branch: Branch, *keys: GapKey) -> Offer:
    """What can be made of these gaps."""
    with house.database.reading() as db:
        return making.offer(db, actor, branch.plan, keys, "zh")


def wanted(offer: Offer, *keys: GapKey) -> Wanted:
    """A project as it is proposed, for the theme that fits best."""
    theme = offer.fits(keys)[0].theme_id
    return Wanted(keys, theme, offer.project(keys, theme), offer.goal(keys))


def make(house: Instance, actor: Actor, branch: Branch, *projects: Wanted) -> list[int]:
    """Make the projects."""
    with house.database.writing() as db:
        return making.make(db, actor, branch.plan, projects)


def in_charge(house: Instance, leader: Actor, manager: Actor, branch: Branch, unit: str) -> None:
    """Put a unit in the charge of its manager."""
    with house.database.writing() as db:
        give_charge(db, leader, manager.account_id or 0, [branch.units[unit]])
