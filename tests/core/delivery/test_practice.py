"""Skill practice: a talk is scored by rule with reasons, a model's word counts only with a quote, a person checks by lot."""

from __future__ import annotations

import io
import json
import random
from dataclasses import replace
from datetime import UTC

import openpyxl
import pytest

from core.access.actor import Actor
from core.delivery.practice import asking, scoring, service, transcript
from core.delivery.practice.agreement import agreement
from core.delivery.practice.scenario import Point, ScenarioFacts, checked
from core.delivery.practice.scoring import Scoring, score
from core.delivery.practice.terms import Source, Verdict
from core.delivery.practice.transcript import Turn
from core.delivery.undo.service import last, undo
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.exports.practice import practice_workbook
from core.instance import Instance
from core.llm import Model
from core.settings import Settings
from tests.conftest import BOTH
from tests.core.delivery.world import branch
from tests.endpoint import Endpoint, says

both = pytest.mark.parametrize("house", BOTH, indirect=True)
FACTS = ScenarioFacts(
    "到期客户的资产配置",
    "王阿姨，58 岁，存款到期，怕亏",
    "我就想存定期。",
    "资产配置",
    (
        Point("名单触达", "说明来意", ("到期", "来电")),
        Point("需求挖掘", "问资金用途", ("用途", "打算用")),
        Point("需求挖掘", "问能承受的亏损", ("亏损", "风险承受")),
        Point("产品匹配", "按需求推荐", ("建议您", "推荐")),
    ),
    ("保证收益", "稳赚"),
    ("这个最火",),
)
GOOD = "客户：喂？\n我：王阿姨您好，您的存款到期了。\n我：这笔钱您打算用在哪里？能承受多少亏损？\n我：建议您一半存定期。"


def of(written: str, facts: ScenarioFacts = FACTS) -> Scoring:
    return score(facts, transcript.parse(written))


def test_a_talk_that_says_every_point_in_its_turn_passes_and_each_point_names_the_sentence() -> None:
    found = of(GOOD)
    assert (found.total, found.passed) == (100.0, True)
    assert [one.verdict for one in found.judged] == [Verdict.MET] * 4
    assert "学员第 1 句" in str(found.judged[0].why) and "存款到期" in str(found.judged[0].why)


def test_what_only_the_customer_says_counts_for_nothing() -> None:
    found = of("客户：我的存款到期了，打算用来养老，怕亏损。\n我：建议您买这个。")
    assert [one.verdict for one in found.judged] == [Verdict.MISSED] * 3 + [Verdict.MET]
    assert (found.total, found.passed) == (25.0, False)


def test_recommending_before_asking_counts_half() -> None:
    found = of("我：建议您买这只。\n我：您的存款到期了，打算用在哪里，能承受多少亏损？")
    assert found.judged[-1].verdict is Verdict.EARLY and found.total == 87.5


@pytest.mark.parametrize(
    ("sentence", "fails"),
    [
        ("这个保证收益。", True),
        ("这个产品不保证收益。", False),
        ("我们不能保证收益。", False),
        ("不瞒您说，亲戚们都买了，这个保证收益。", True),
        ("您别急，保证收益。", True),
        ("这个稳　赚。", True),
        ("这个最火。", False),
    ],
)
def test_a_red_line_fails_a_talk_unless_it_is_denied(sentence: str, fails: bool) -> None:
    found = of(f"{GOOD}\n我：{sentence}")
    assert found.passed is not fails
    assert found.total == (90.0 if "最火" in sentence else 100.0)


def test_a_talk_needs_speakers_and_somebody_who_practises() -> None:
    assert transcript.parse("Client: hi\nMe: good day\nhow are you") == (Turn(False, "hi"), Turn(True, "good day how are you"))
    for written in ("没有说话人", "客户：喂", ""):
        with pytest.raises(BadInput):
            transcript.parse(written)


def test_a_scenario_without_points_or_with_a_point_without_words_is_refused() -> None:
    for wrong in (replace(FACTS, points=()), replace(FACTS, points=(Point("触达", "来意", ()),)), replace(FACTS, pass_mark=0)):
        with pytest.raises(BadInput):
            checked(wrong)


def test_a_model_changes_a_verdict_only_where_it_quotes_what_was_said() -> None:
    turns = transcript.parse("我：您的存款到期了。\n我：这钱以后准备花在什么上面？\n我：推荐这个。")
    said = [
        {"number": "2", "said": "yes", "quote": "准备花在什么上面", "reason": "问了用途"},
        {"number": "3", "said": "yes", "quote": "您能亏多少", "reason": "编的"},
    ]
    with Endpoint() as endpoint:
        endpoint.script(says(json.dumps({"points": said}, ensure_ascii=False)))
        told = asking.look_over(Model(Settings(model_url=endpoint.url, model_name="stub-model")), FACTS, turns, "zh")
    found = scoring.with_model(score(FACTS, turns), told.points)
    assert [one.verdict for one in found.judged] == [Verdict.MET, Verdict.MET, Verdict.MISSED, Verdict.MET]
    assert [one.by_model for one in found.judged] == [False, True, False, False] and "stub-model" in told.made_by


def test_agreement_is_kappa_and_says_nothing_of_a_few_points() -> None:
    assert agreement([(True, True)] * 19).kappa is None
    assert agreement([(True, True)] * 20).kappa is None, "who says always the same shows nothing"
    # 10 of 20 both heard, 5 neither, 5 apart: p = .75, chance = .75*.5+.25*.5 = .5
    found = agreement([(True, True)] * 10 + [(False, False)] * 5 + [(True, False)] * 5)
    assert (found.alike, found.kappa, found.enough) == (15, 0.5, False)


@both
def test_talks_are_kept_drawn_by_lot_judged_once_and_named_only_to_those_in_charge(
    house: Instance, leader: Actor, manager: Actor, executive: Actor
) -> None:
    branch(house, leader)
    with house.database.writing() as db:
        number = service.save(db, leader, None, 0, replace(FACTS, check_percent=50))
        for seed in range(8):
            service.keep(db, leader, number, "0002", transcript.parse(GOOD), Source.PASTED, draw=random.Random(seed))
    with house.database.reading() as db:
        found = service.practised(db, leader, number)
        assert len(found.attempts) == 8 and found.passed == 8 and found.agreement.points == 0
        waiting = [one for one in found.attempts if one.waits]
        assert 0 < len(waiting) < 8
        assert not service.practised(db, executive, number).attempts
        assert not service.practised(db, manager, number).attempts, "nobody is in this manager's charge"
    for one in waiting:
        with house.database.writing() as db:
            service.judge(db, leader, one.id, one.version, [True, True, False, True], "亏损问得太急")
    with pytest.raises(Conflict), house.database.writing() as db:
        service.judge(db, leader, waiting[0].id, waiting[0].version, [True] * 4)
    with house.database.reading() as db:
        found = service.practised(db, leader, number)
    assert found.agreement.points == 4 * len(waiting) and found.agreement.alike == 3 * len(waiting)
    for actor, fault in ((executive, NotAllowed), (manager, BadInput)):
        with pytest.raises(fault), house.database.writing() as db:
            service.keep(db, actor, number, "0002", transcript.parse(GOOD))


@both
def test_a_changed_scenario_leaves_old_scores_as_they_were_and_a_removed_one_takes_no_more(house: Instance, leader: Actor) -> None:
    branch(house, leader)
    with house.database.writing() as db:
        number = service.save(db, leader, None, 0, FACTS)
        service.keep(db, leader, number, "0003", transcript.parse(GOOD))
    with house.database.writing() as db:
        [one] = service.scenarios(db, leader)
        service.save(db, leader, number, one.version, replace(FACTS, pass_mark=90, points=FACTS.points[:1]))
    with house.database.reading() as db:
        [kept] = service.practised(db, leader, number).attempts
        [one] = service.scenarios(db, leader)
    assert len(kept.scoring.judged) == 4 and kept.scoring.pass_mark == 70 and one.facts.pass_mark == 90
    with pytest.raises(Conflict), house.database.writing() as db:
        service.save(db, leader, number, one.version - 1, FACTS)
    with house.database.writing() as db:
        service.remove(db, leader, number, one.version)
    with pytest.raises(NotFound), house.database.writing() as db:
        service.keep(db, leader, number, "0003", transcript.parse(GOOD))
    with house.database.reading() as db:
        assert not service.scenarios(db, leader)


def test_the_export_holds_back_the_score_of_a_talk_that_waits(house: Instance, leader: Actor) -> None:
    branch(house, leader)
    with house.database.writing() as db:
        number = service.save(db, leader, None, 0, replace(FACTS, check_percent=50))
        for seed in (0, 1):  # 84 and 13 of 100: the second is drawn
            service.keep(db, leader, number, "0002", transcript.parse(GOOD), draw=random.Random(seed))
    with house.database.reading() as db:
        [one], found = service.scenarios(db, leader), service.practised(db, leader, number)
    book = openpyxl.load_workbook(io.BytesIO(practice_workbook(one, found, "zh", UTC)))
    talks, points = (list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
    assert [row[4:6] for row in talks[1:3]] == [(None, "等人复核"), (100, "合格")]
    assert len(points) == 1 + len(FACTS.points)


def test_a_scenario_that_was_rewritten_or_taken_down_is_as_it_was_again(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        number = service.save(db, leader, None, 0, FACTS)
    with house.database.writing() as db:
        service.save(db, leader, number, 1, replace(FACTS, title="另一个"))
    with house.database.writing() as db:
        service.remove(db, leader, number, 2)
    for title in ("另一个", FACTS.title):
        with house.database.writing() as db:
            done = last(db, leader, service.ROOM)
            assert done is not None
            undo(db, leader, done.id)
        with house.database.reading() as db:
            assert [one.facts.title for one in service.scenarios(db, leader)] == [title]
