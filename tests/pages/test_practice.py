"""Practising on the page: a talk is scored, kept, and judged by a person before anybody sees its score."""

from __future__ import annotations

import random

from core.access.actor import Actor
from core.delivery.practice import service, transcript
from core.instance import Instance
from tests.core.delivery.test_practice import FACTS, GOOD
from tests.core.delivery.world import branch
from tests.pages.conftest import Visit
from tests.pages.words import words


def test_a_talk_is_scored_before_it_is_kept_and_stays_after_it(house: Instance, leader: Actor, visit: Visit) -> None:
    branch(house, leader)
    with house.database.writing() as db:
        number = service.save(db, leader, None, 0, FACTS)
    at = visit(leader, "delivery/practice.py")
    next(one for one in at.get("button_group") if one.label == "查看").set_value(1).run()
    at.selectbox(key="practice_who").select("0003").run()
    at.text_area(key="practice_text_0").input(GOOD).run()
    assert "100 分，合格" in words(at)
    at.button(key="practice_keep").click().run()
    with house.database.reading() as db:
        [kept] = service.practised(db, leader, number).attempts
    assert kept.name == "李强" and kept.scoring.total == 100


def test_a_talk_that_waits_for_a_person_shows_no_score(house: Instance, leader: Actor, visit: Visit) -> None:
    branch(house, leader)
    with house.database.writing() as db:
        number = service.save(db, leader, None, 0, FACTS)
        service.keep(db, leader, number, "0003", transcript.parse(GOOD), draw=random.Random(3))
        service.keep(db, leader, number, "0002", transcript.parse(f"{GOOD}\n我：保证收益。"), draw=random.Random(1))
    with house.database.reading() as db:
        states = {one.name: one.waits for one in service.practised(db, leader, number).attempts}
    at = visit(leader, "delivery/practice.py", "en")
    frame = at.dataframe[0].value
    shown = dict(zip(frame["name"], frame["total"].isna(), strict=True))
    assert shown == states and set(states.values()) == {True, False}
