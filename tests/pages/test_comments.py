"""Whatever has a page is spoken of there: the thread stands beside the item, and an address opens the item that it names."""

from __future__ import annotations

from datetime import date

import pytest

from core.access.actor import Actor
from core.comments import service
from core.comments.service import Item
from core.comments.terms import PLACES, Subject
from core.documents.tables import DocumentKind
from core.instance import Instance
from core.review.conclusions import service as conclusions
from core.review.conclusions.gathering import About
from core.review.conclusions.service import ConclusionDraft
from core.review.conclusions.terms import Choice
from core.review.results import service as results
from core.review.reviews import service as reviews
from core.review.reviews.service import Work
from core.strategy.findings import FindingKind
from pages.shared.sitemap import PAGES
from tests.core.delivery.timetable_world import sessions
from tests.core.goals.needs.world import asking, file
from tests.core.review.world import review
from tests.core.strategy.world import accept, build
from tests.library import STRATEGY, shelve
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words


def asked(house: Instance, actor: Actor, item: Item) -> str:
    """Something was said about an item; what it was."""
    with house.database.writing() as db:
        service.add(db, actor, item, f"请看{item.subject.value}")
    return f"请看{item.subject.value}"


def opened(visit: Visit, actor: Actor, item: Item, language: str = "zh") -> str:
    """What stands on the page that the item's address opens."""
    page, parameter = PLACES[item.subject]
    given = {parameter: item.id} if parameter else {}
    return words(visit(actor, PAGES[page].script.removeprefix("pages/"), language, **given))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_delivered_and_looked_back_on_is_spoken_of_where_it_stands(
    language: str, house: Instance, leader: Actor, visit: Visit
) -> None:
    made = review(house, leader)
    works_on(house, leader, made.plan)
    one = sessions(house, leader, made.plan)[0]
    with house.database.writing() as db:
        measure = results.measures(db, leader, made.plan)[-1].id
        meeting = reviews.prepare(db, leader, made.plan, 2, date(2027, 6, 1))
        decision = reviews.decide(db, leader, meeting, Work("换案例", "王教研", date(2027, 6, 10)))
        draft = ConclusionDraft(About(made.project), 4, Choice.KEEP, "明年照旧")
        conclusion = conclusions.save(db, leader, made.plan, draft, today=date(2027, 12, 1))
    for subject, number in (
        (Subject.SESSION, one.id),
        (Subject.PROJECT, made.project),
        (Subject.WARNING, one.programme_id),
        (Subject.MEASURE, measure),
        (Subject.DECISION, decision),
        (Subject.CONCLUSION, conclusion),
    ):
        item = Item(made.plan, subject, number)
        assert asked(house, leader, item) in opened(visit, leader, item, language), subject


def test_a_need_is_spoken_of_beside_it_and_answered(house: Instance, leader: Actor, visit: Visit) -> None:
    world = asking(house, leader)
    works_on(house, leader, world.plan)
    file(house, leader, world.plan, "云岭支行")
    item = Item(world.plan, Subject.NEED, file(house, leader, world.plan, "望海支行").id)
    said = asked(house, leader, item)
    assert said in opened(visit, leader, item)
    at = visit(leader, "goals/needs.py", need=item.id)
    assert "能看到它的只有您" in words(at) and "发表评论" in labels(at, "button")
    at = press(at, "标为已解决")
    assert "标为已解决" in words(at) and "重新打开" in labels(at, "button")


def test_the_address_of_a_finding_opens_it_whatever_its_state(house: Instance, leader: Actor, visit: Visit) -> None:
    plan = build(house, leader).plan
    works_on(house, leader, plan)
    document = shelve(house, leader, "总行战略.md", STRATEGY, DocumentKind.HQ)
    item = Item(
        plan, Subject.FINDING, accept(house, leader, plan, document, STRATEGY, STRATEGY[2:6], "要做的事", FindingKind.TASK, None, "")
    )
    said = asked(house, leader, item)
    assert said in opened(visit, leader, item)
