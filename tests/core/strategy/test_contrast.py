"""Interviews held against documents: what both say, what only one side says, and whose words count."""

from __future__ import annotations

from datetime import date

import pytest

from core.access.actor import Actor
from core.documents import service as library
from core.documents.interviews import InterviewRecord, as_markdown
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.plans import service as plans
from core.strategy import decoding_job, interviews, review, same_matter
from core.strategy.contrast import By, Demand, Line, contrast, is_question
from core.strategy.findings import FindingKind
from core.strategy.interviews import Held
from core.strategy.tables import FindingState
from tests.conftest import BOTH
from tests.library import read, settle, shelve

HQ = """# 总行战略

## 零售转型

建立财富客户分层经营机制。2027年零售AUM达到553亿元。客户经理持证上岗率不低于95%。
"""
NOTES = (
    "问：客户经理最缺什么能力？\n答：要把望海、云岭两县的名单先合并，再谈培训。\n\n2027年零售AUM达到553亿元。要建立财富客户分层经营机制。"
)
TALK = InterviewRecord("林予安", "分管零售副行长", date(2026, 10, 22), NOTES, ())
OTHER = InterviewRecord("周牧野", "望海县支行行长", date(2026, 10, 29), "要建立县域导师津贴按季兑现的制度。", ())

both = pytest.mark.parametrize("house", BOTH, indirect=True)


def said(number: int, text: str, **more: object) -> Demand:
    return Demand(number, True, "林予安", more.pop("kind", FindingKind.TASK), text, **more)  # type: ignore[arg-type]


def written(number: int, text: str, source: str = "总行战略", **more: object) -> Demand:
    return Demand(number, False, source, more.pop("kind", FindingKind.TASK), text, **more)  # type: ignore[arg-type]


def test_what_reads_alike_on_both_sides_is_said_by_both() -> None:
    seen = contrast([said(1, "建立财富客户分层经营机制"), said(2, "名单先合并再谈培训"), written(3, "建立财富客户的分层经营机制")])
    assert [line.id for line in seen.both] == [1] and seen.both[0].matches[0].by is By.WORDS
    assert [line.id for line in seen.spoken] == [2] and seen.written == ()


def test_targets_on_one_metric_are_compared_by_value() -> None:
    target: dict[str, object] = {"kind": FindingKind.TARGET, "metric": "零售AUM", "unit": "亿元"}
    same = contrast([said(1, "要做到五百多亿", value=553.0, **target), written(2, "年末余额", value=553.0, **target)])
    other = contrast([said(1, "要做到五百多亿", value=560.0, **target), written(2, "年末余额", value=553.0, **target)])
    rise = contrast([said(1, "要做到", value=553.0, **target), written(2, "新增", value=83.0, change=True, **target)])
    assert (same.both[0].agrees, other.both[0].agrees, rise.both[0].agrees) == (True, False, None)
    assert same.both[0].matches[0].by is By.METRIC


def test_a_shared_ability_connects_demands_that_share_no_word() -> None:
    ability: dict[str, object] = {"kind": FindingKind.CAPABILITY, "competencies": ("需求挖掘",)}
    seen = contrast([said(1, "会问、会听、会记", **ability), written(2, "强化KYC训练", **ability)])
    assert seen.both[0].matches[0].by is By.ABILITY
    mentioned = contrast([said(1, "会问、会听、会记", **ability), written(2, "强化KYC训练", competencies=("需求挖掘",))])
    assert mentioned.both == ()


def test_what_is_said_twice_is_one_line_and_what_most_say_comes_first() -> None:
    seen = contrast(
        [
            said(1, "答：路上就去了一天。"),
            said(2, "“路上就去了一天”"),
            written(3, "食堂改造"),
            written(4, "网点撤并", "甲"),
            written(5, "网点撤并。", "乙"),
        ]
    )
    assert [line.ids for line in seen.spoken] == [(1, 2)]
    assert [line.ids for line in seen.written] == [(4, 5), (3,)] and seen.written[0].sources == ("甲", "乙")


def test_what_a_person_says_about_two_lines_stands_above_the_rules() -> None:
    demands = [
        *(said(1, "建立财富客户分层经营机制"), said(2, "财富客户分层经营机制"), said(3, "名单先合并再谈培训")),
        *(written(4, "建立财富客户的分层经营机制"), written(5, "统一客户清单"), written(6, "统一客户清单", "工作会议报告")),
    ]
    parted = contrast(demands, {(1, 4): False})
    assert [line.parted for line in parted.spoken if line.id == 1] == [(4,)] and [line.id for line in parted.both] == [2]
    linked = contrast(demands, {(3, 5): True})
    (line,) = (line for line in linked.both if line.id == 3)
    # What says the same as the clause comes along; nobody says any more that interviews are silent on it.
    assert [(match.id, match.by) for match in line.matches] == [(5, By.PERSON), (6, By.PERSON)] and linked.written == ()
    assert contrast(demands, {(3, 5): False, (3, 6): True}) == contrast(demands, {(3, 6): True}), "the latest counts"
    assert contrast(demands, {(1, 99): False, (99, 4): False}) == contrast(demands), "what is not there any more counts for nothing"


@pytest.mark.parametrize(
    ("quote", "question"), [("问：缺什么？", True), ("答：缺人。", False), ("Q: What?", True), ("问题是缺人。", False)]
)
def test_the_interviewers_question_is_nobodys_stress(quote: str, question: bool) -> None:
    assert is_question(quote) is question


def talk(house: Instance, leader: Actor, record: InterviewRecord) -> int:
    with house.database.writing() as db:
        added = library.add_interview(db, house.settings, leader, record)
    read(house, added.document_id, "访谈.md", as_markdown(record).encode())
    settle(house)
    return added.document_id


@pytest.fixture
def plan(house: Instance, leader: Actor) -> int:
    documents = [shelve(house, leader, "总行战略.md", HQ), talk(house, leader, TALK), talk(house, leader, OTHER)]
    with house.database.writing() as db:
        number = plans.create(db, leader, "滨海分行", 2027).id or 0
        decoding_job.start(db, leader, number, documents)
    settle(house)
    return number


@both
def test_interviews_are_held_against_documents(house: Instance, leader: Actor, plan: int) -> None:
    with house.database.reading() as db:
        held = interviews.hold(db, leader, plan)
        found = interviews.talks(db, leader, plan)
    assert [(one.person, one.decoded) for one in found] == [("周牧野", True), ("林予安", True)]
    texts = {name: [held.rows[line.id].text for line in getattr(held.contrast, name)] for name in ("both", "spoken", "written")}
    assert any("分层经营" in text for text in texts["both"])
    assert any("导师津贴" in text for text in texts["spoken"]) and any("持证上岗率" in text for text in texts["written"])
    assert not any("最缺什么" in row.text or "访谈记录" in row.text for row in held.rows.values())


@both
def test_what_is_rejected_counts_for_nobody(house: Instance, leader: Actor, plan: int) -> None:
    with house.database.reading() as db:
        held = interviews.hold(db, leader, plan)
    line = next(line for line in held.contrast.spoken if "导师津贴" in held.rows[line.id].text)
    with house.database.writing() as db:
        review.decide(db, leader, plan, line.ids, FindingState.REJECTED)
    with house.database.reading() as db:
        again = interviews.hold(db, leader, plan)
    assert not any("导师津贴" in row.text for row in again.rows.values())


@both
def test_one_persons_words_alone_can_be_looked_at(house: Instance, leader: Actor, plan: int) -> None:
    with house.database.reading() as db:
        own = interviews.hold(db, leader, plan, people=["周牧野"])
        by_role = interviews.hold(db, leader, plan, roles=["望海县支行行长"])
        everybody = interviews.stress(interviews.hold(db, leader, plan))
    assert {line.sources for line in own.contrast.spoken} == {("周牧野",)} and own.contrast == by_role.contrast
    assert {one.person: (one.talks, one.lines > 0) for one in everybody} == {"周牧野": (1, True), "林予安": (1, True)}


@both
def test_who_may_not_read_interviews_sees_none_of_their_words(house: Instance, leader: Actor, manager: Actor, plan: int) -> None:
    with house.database.reading() as db:
        held = interviews.hold(db, manager, plan)
        assert interviews.talks(db, manager, plan) == []
        with pytest.raises(NotFound):
            interviews.hold(db, leader, plan + 1)
    assert held.contrast.spoken == held.contrast.both == () and held.contrast.written


@both
def test_a_planner_parts_and_links_lines_and_takes_it_back(house: Instance, leader: Actor, executive: Actor, plan: int) -> None:
    before = seen(house, leader, plan)
    line = before.contrast.both[0]
    clause = before.contrast.whole(line.matches[0].id)
    judged(house, leader, plan, line, clause, before, same=False)
    after = seen(house, leader, plan)
    assert clause.id not in {match.id for one in after.contrast.both for match in one.matches}
    assert next(one for one in after.contrast.raised if one.id == line.id).parted == (clause.id,)
    row = after.set_between(line.ids, clause.ids)
    assert row is not None and (row.same, row.set_by) == (False, leader.name)
    # Decoding again asks nobody anew.
    documents = {one.document_id for one in after.rows.values()}
    with house.database.writing() as db:
        decoding_job.start(db, leader, plan, sorted(documents))
    settle(house)
    assert seen(house, leader, plan).contrast == after.contrast
    with pytest.raises(Conflict):
        judged(house, leader, plan, line, clause, before, same=True)
    with pytest.raises(NotAllowed):
        judged(house, executive, plan, line, clause, after, same=True)
    with pytest.raises(BadInput):
        judged(house, leader, plan, clause, line, after, same=True)
    judged(house, leader, plan, line, clause, after, same=None)
    assert seen(house, leader, plan).contrast == before.contrast
    alone, unsaid = before.contrast.spoken[0], before.contrast.written[0]
    judged(house, leader, plan, alone, unsaid, before, same=True)
    linked = seen(house, leader, plan)
    assert {match.by for match in linked.contrast.whole(alone.id).matches} == {By.PERSON}
    assert unsaid.id not in {one.id for one in linked.contrast.written}


@both
def test_what_a_planner_said_about_a_finding_keeps_it_when_its_words_change(house: Instance, leader: Actor, plan: int) -> None:
    before = seen(house, leader, plan)
    alone = before.contrast.spoken[0]
    unsaid = next(line for line in before.contrast.written if "持证上岗率" in before.rows[line.id].text)
    judged(house, leader, plan, alone, unsaid, before, same=True)
    newer = shelve(house, leader, "总行战略.md", HQ.replace("客户经理持证上岗率不低于95%。", ""))
    with house.database.writing() as db:
        decoding_job.start(db, leader, plan, [newer])
    settle(house)
    with house.database.reading() as db:
        assert review.find(db, leader, plan, unsaid.id).moved


def seen(house: Instance, actor: Actor, plan: int) -> Held:
    with house.database.reading() as db:
        return interviews.hold(db, actor, plan)


def judged(house: Instance, actor: Actor, plan: int, spoken: Line, written: Line, held: Held, *, same: bool | None) -> None:
    versions = {pair: row.version or 0 for pair, row in held.matters.items()}
    with house.database.writing() as db:
        same_matter.judge(db, actor, plan, spoken.ids, written.ids, same=same, seen=versions)
