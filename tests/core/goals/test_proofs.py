"""Competencies and the indicators that show them: told by either side, matched by name, changed for a competency."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed
from core.goals import proofs
from core.goals.goal import KirkpatrickLevel
from core.goals.rewriting import check
from core.instance import Instance
from core.people import service as people
from core.people.competencies import Competency, seeds
from core.strategy.environment import service as environment
from core.strategy.environment.indicators import Indicator
from core.strategy.environment.indicators import seeds as indicator_seeds
from tests.conftest import BOTH
from tests.core.goals.worked import WORKED

KNOWN = {one.key: one for one in indicator_seeds("zh")}
RISK = next(one for one in seeds("zh") if "npl" in one.facts.indicators)


def named(name: str, *indicators: str) -> Competency:
    return replace(RISK, code=name, facts=replace(RISK.facts, name=name, aliases=(), indicators=indicators))


def told(indicator: Indicator, *competencies: str) -> Indicator:
    return replace(indicator, facts=replace(indicator.facts, competencies=competencies))


def test_either_side_may_tell_and_once_is_enough() -> None:
    focus = named("客户导向", "satisfaction", KNOWN["new_customers"].facts.name)
    found = proofs.link([focus], [told(KNOWN["satisfaction"], "客户 导向"), told(KNOWN["new_customers"]), told(KNOWN["churn"], "客户导向")])
    assert [(one.indicator.key, one.by_competency, one.by_indicator) for one in found.of(focus)] == [
        ("satisfaction", True, True),
        ("new_customers", True, False),
        ("churn", False, True),
    ]
    assert [one.competency.facts.name for one in found.by(KNOWN["churn"])] == ["客户导向"]


def test_names_that_match_nothing_are_named() -> None:
    risk = named("风险意识", "npl", "风险事件识别数")
    found = proofs.link([risk], [told(KNOWN["npl"], "审慎")])
    assert found.lost_of(risk) == ["风险事件识别数"] and found.lost_by(KNOWN["npl"]) == ["审慎"]
    assert [one.indicator.key for one in found.all] == ["npl"]


def test_a_projects_competencies_lead_to_indicators_with_the_reason() -> None:
    found = proofs.link(
        [named("风险意识", "npl", "overdue")], [told(KNOWN["npl"]), told(KNOWN["overdue"]), told(KNOWN["churn"], "数字化营销")]
    )
    assert found.showing(["风险意识", "数字化营销"]) == {"npl": ["风险意识"], "overdue": ["风险意识"], "churn": ["数字化营销"]}
    assert found.showing(["别的"]) == {}
    ordered = proofs.first(KNOWN.values(), {"npl"})
    assert ordered[0].key == "npl" and len(ordered) == len(KNOWN)


def test_a_rewrite_proposes_what_shows_the_projects_competencies_without_figures() -> None:
    library = indicator_seeds("zh")
    strange = replace(WORKED, behaviour="每天读一页书", pain_point="墙皮掉了三块没人管", process=(), performance=(), headcount=None)
    offered = check(strange, library, showing=[KNOWN["satisfaction"]]).suggestion
    assert offered is not None
    one = offered.performance[0]
    assert one.name == KNOWN["satisfaction"].facts.name and one.value is None and one.level is KirkpatrickLevel.RESULTS


@pytest.mark.parametrize("house", BOTH, indirect=True)
def test_indicators_are_set_for_a_competency_whichever_side_named_them(house: Instance, leader: Actor, manager: Actor) -> None:
    with house.database.writing() as db:
        people.take_in(db, leader, ["asset_allocation"])

    def look() -> tuple[Competency, proofs.Proofs]:
        with house.database.reading() as db:
            seen = next(one for one in people.competencies(db, leader, "zh") if one.taken)
            return seen, proofs.proofs(db, leader, "zh")

    seen, known = look()
    assert any(one.by_indicator for one in known.of(seen)) and any(one.by_competency for one in known.of(seen))
    with house.database.writing() as db:
        proofs.set_indicators(db, leader, seen, ["churn"], "zh")
    again, known = look()
    assert [one.indicator.key for one in known.of(again)] == ["churn"] and again.edition == 2
    with pytest.raises(Conflict, match="刚被别人修改"), house.database.writing() as db:
        proofs.set_indicators(db, leader, seen, [], "zh")
    with pytest.raises(Conflict, match="1 个指标已被归档"), house.database.writing() as db:
        proofs.set_indicators(db, leader, again, ["no_such_thing"], "zh")
    with pytest.raises(NotAllowed), house.database.writing() as db:
        proofs.set_indicators(db, manager, again, [], "zh")
    offered = next(one for one in seeds("zh") if one.code != "asset_allocation")
    with pytest.raises(BadInput, match="先采用"), house.database.writing() as db:
        proofs.set_indicators(db, leader, offered, [], "zh")


@pytest.mark.parametrize("house", BOTH, indirect=True)
def test_an_indicator_of_the_banks_own_shows_a_competency_by_its_name(house: Instance, leader: Actor, executive: Actor) -> None:
    facts = replace(KNOWN["npl"].facts, name="风险事件识别数", competencies=("风险意识",))
    with house.database.writing() as db:
        environment.save_indicator(db, leader, None, facts)
    with house.database.reading() as db:
        for actor in (leader, executive):
            key = next(one.key for one in environment.indicators(db, actor, "zh") if not one.code)
            assert proofs.proofs(db, actor, "zh").showing(["风险意识"])[key] == ["风险意识"]
