"""A plan goes up layer after layer; what was submitted stays; what has changed is said in words. On both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import select

from core.access import service as access
from core.access.actor import Actor, Role
from core.access.tables import AuditEntry
from core.approvals import chain, service
from core.approvals.contents import Contents, Figure, Item, from_stored, to_stored
from core.approvals.differences import differences
from core.approvals.service import Board
from core.approvals.tables import ApprovalDecision
from core.approvals.terms import Decision, SubmissionState
from core.errors import BadInput, Conflict, NotAllowed
from core.instance import Instance
from core.notices import inbox
from core.projects import service as projects
from tests.conftest import BOTH, person
from tests.core.delivery.timetable_world import furnish, published

both = pytest.mark.parametrize("house", BOTH, indirect=True)
A = Item("project:1", "厅堂营销", 60, "痛点", "行为", (Figure("performance", "新增客户", ">=", 60.0, "户"),), 2, 100_000.0)


def board(house: Instance, actor: Actor, plan: int) -> Board:
    with house.database.reading() as db:
        return service.board(db, actor, plan)


def layers(house: Instance, leader: Actor, plan: int, *some: tuple[str, list[int]], version: int = 0) -> None:
    with house.database.writing() as db:
        chain.save(db, leader, plan, version, some)


def submit(house: Instance, actor: Actor, plan: int, seen: int = 0, note: str = "") -> None:
    with house.database.writing() as db:
        service.submit(db, actor, plan, seen, note)


def decide(house: Instance, actor: Actor, plan: int, decision: Decision, words: str = "", version: int | None = None) -> None:
    last = board(house, actor, plan).last
    assert last is not None
    with house.database.writing() as db:
        service.decide(db, actor, last.id, last.row.version or 0 if version is None else version, decision, words)


def two_layers(house: Instance, leader: Actor, plan: int) -> tuple[Actor, Actor]:
    deputy, head = person(house, "deputy", Role.EXECUTIVE), person(house, "head", Role.EXECUTIVE)
    layers(house, leader, plan, ("分管领导", [deputy.account_id or 0]), ("行长", [head.account_id or 0]))
    return deputy, head


def told(house: Instance, actor: Actor) -> list[tuple[str, bool]]:
    """What somebody was told, the newest first, and whether it is still to be read."""
    with house.database.reading() as db:
        return [(one.subject, one.unread) for one in inbox.inbox(db, actor, "zh").notices]


def sentences(found: tuple[object, ...] | None) -> str:
    return "\n".join(str(one) for one in found or ())


@both
def test_a_plan_goes_up_layer_by_layer_comes_back_with_a_reason_and_goes_up_again(house: Instance, leader: Actor) -> None:
    plan = published(house, leader).plan
    deputy, head = two_layers(house, leader, plan)
    submit(house, leader, plan, note="请审批")
    with house.database.reading() as db:
        assert [(one.mine, str(one.layer)) for one in service.waiting(db, deputy)] == [(True, "分管领导")]
        assert service.waiting(db, head) == []
        assert [one.who for one in service.waiting(db, leader)] == [("Deputy",)]
    with pytest.raises(NotAllowed):
        decide(house, head, plan, Decision.APPROVED)
    assert told(house, deputy) == [("请审批：滨海分行 2027 培训计划", True)] and told(house, head) == []
    decide(house, deputy, plan, Decision.APPROVED, "同意")
    assert [read for _subject, read in told(house, deputy) + told(house, head)] == [False, True], "what was decided waits for nobody"
    with pytest.raises(BadInput, match="退回要写明原因"):
        decide(house, head, plan, Decision.RETURNED, " ")
    decide(house, head, plan, Decision.RETURNED, "预算太高，请压缩")
    found = board(house, leader, plan)
    assert found.last is not None and found.last.row.state is SubmissionState.RETURNED and found.approved is None
    assert [(one.by, one.words) for one in found.last.decisions] == [("Deputy", "同意"), ("Head", "预算太高，请压缩")]
    assert [subject for subject, _new in told(house, leader)] == [
        "滨海分行 2027 培训计划：行长已退回",
        "滨海分行 2027 培训计划：分管领导审批通过",
    ]
    submit(house, leader, plan, seen=1)
    decide(house, deputy, plan, Decision.APPROVED)
    decide(house, head, plan, Decision.APPROVED)
    found = board(house, head, plan)
    assert [one.row.state for one in found.submissions] == [SubmissionState.APPROVED, SubmissionState.RETURNED]
    assert found.since_approved == () and len(found.submissions[1].decisions) == 2
    with house.database.reading() as db:
        actions = list(db.exec(select(AuditEntry.action)))
    assert actions.count("plan_submitted") == 2 and actions.count("plan_approved") == 3 and "plan_returned" in actions


@both
def test_what_changes_after_the_approval_is_said_in_words_and_stands_beside_it(house: Instance, leader: Actor) -> None:
    world = published(house, leader)
    deputy, head = two_layers(house, leader, world.plan)
    submit(house, leader, world.plan)
    for one in (deputy, head):
        decide(house, one, world.plan, Decision.APPROVED)
    with pytest.raises(BadInput, match="不用再提交"):
        submit(house, leader, world.plan, seen=1)
    with house.database.writing() as db:
        gone = projects.find(db, leader, world.projects[0])
        projects.withdraw(db, leader, gone.id, gone.row.version or 0)
    found = board(house, head, world.plan)
    assert f"去掉项目“{gone.row.name}”" in sentences(found.since_approved)
    assert found.approved is not None and len(found.approved.contents.items) == 2
    line = next(one for one in found.lines if one.key == f"project:{world.projects[0]}")
    assert line.approved_sessions and line.approved_money
    submit(house, leader, world.plan, seen=1)
    assert sentences(service.changed_by_submitting(board(house, deputy, world.plan))) == sentences(found.since_approved)


@both
def test_two_who_decide_at_once_do_not_overwrite_each_other_and_both_are_shown(house: Instance, leader: Actor) -> None:
    plan = furnish(house, leader).plan
    one, other = person(house, "one", Role.EXECUTIVE), person(house, "other", Role.EXECUTIVE)
    layers(house, leader, plan, ("班子", [one.account_id or 0, other.account_id or 0]))
    submit(house, leader, plan)
    seen = board(house, one, plan).last
    assert seen is not None
    decide(house, one, plan, Decision.APPROVED, "可以")
    with pytest.raises(Conflict) as both_said:
        decide(house, other, plan, Decision.RETURNED, "我不同意", version=seen.row.version)
    assert "One刚已通过：“可以”" in str(both_said.value) and "我不同意" in str(both_said.value)
    with house.database.reading() as db:
        assert len(db.exec(select(ApprovalDecision)).all()) == 1
    with pytest.raises(Conflict) as changed:
        layers(house, leader, plan, ("行长", [one.account_id or 0]), version=0)
    assert "班子（One、Other）" in str(changed.value) and "行长（One）" in str(changed.value)


@both
def test_a_submission_is_withdrawn_nudged_and_never_decided_by_who_submitted_it(house: Instance, leader: Actor) -> None:
    plan = furnish(house, leader).plan
    second = person(house, "second", Role.HR_LEADER)
    with pytest.raises(BadInput, match="还没有指定审批人"):
        submit(house, leader, plan)
    layers(house, leader, plan, ("人力", [leader.account_id or 0]))
    with pytest.raises(BadInput, match="没有能审批的人"):
        submit(house, leader, plan)
    layers(house, leader, plan, ("人力", [leader.account_id or 0, second.account_id or 0]), version=1)
    submit(house, leader, plan)
    with pytest.raises(Conflict):
        submit(house, second, plan, seen=0)
    with pytest.raises(NotAllowed, match="不能由您自己审批"):
        decide(house, leader, plan, Decision.APPROVED)
    last = board(house, second, plan).last
    assert last is not None
    with house.database.writing() as db:
        service.nudge(db, leader, last.id, last.row.version or 0)
    with house.database.reading() as db:
        assert service.waiting(db, second)[0].nudged_at is not None
    with house.database.writing() as db, pytest.raises(Conflict):
        service.withdraw(db, leader, last.id, last.row.version or 0)
    with house.database.writing() as db:
        service.withdraw(db, leader, last.id, (last.row.version or 0) + 1)
    withdrawn = board(house, leader, plan).last
    assert withdrawn is not None and withdrawn.row.state is SubmissionState.WITHDRAWN


@both
def test_a_reminder_while_somebody_writes_their_opinion_loses_nothing_of_it(house: Instance, leader: Actor) -> None:
    plan = furnish(house, leader).plan
    deputy, head = two_layers(house, leader, plan)
    submit(house, leader, plan)
    decide(house, deputy, plan, Decision.APPROVED)
    seen = board(house, head, plan).last
    assert seen is not None
    with house.database.writing() as db:
        service.nudge(db, leader, seen.id, seen.row.version or 0)
    decide(house, head, plan, Decision.APPROVED, "同意", version=seen.row.version)
    last = board(house, head, plan).last
    assert last is not None and last.row.state is SubmissionState.APPROVED and last.decisions[-1].words == "同意"


@both
def test_whoever_decides_on_what_was_withdrawn_meanwhile_is_told_so(house: Instance, leader: Actor) -> None:
    plan = furnish(house, leader).plan
    deputy, head = two_layers(house, leader, plan)
    submit(house, leader, plan)
    decide(house, deputy, plan, Decision.APPROVED)
    seen = board(house, head, plan).last
    assert seen is not None
    with house.database.writing() as db:
        service.withdraw(db, leader, seen.id, seen.row.version or 0)
    with pytest.raises(Conflict, match="Leader刚已撤回这次提交") as told:
        decide(house, head, plan, Decision.APPROVED, "", version=seen.row.version)
    assert "Deputy" not in str(told.value) and "“”" not in str(told.value)


@both
def test_a_layer_in_which_nobody_is_left_is_told(house: Instance, leader: Actor, administrator: Actor) -> None:
    plan = furnish(house, leader).plan
    deputy, _head = two_layers(house, leader, plan)
    submit(house, leader, plan)
    assert board(house, leader, plan).stuck is None
    with house.database.writing() as db:
        access.disable(db, administrator, deputy.account_id or 0)
    stuck = board(house, leader, plan).stuck
    assert stuck is not None and str(stuck.name) == "分管领导"
    with house.database.reading() as db:
        assert [one.who for one in service.waiting(db, leader)] == [()]


def test_only_those_with_the_right_submit_decide_and_are_named(house: Instance, leader: Actor, manager: Actor, executive: Actor) -> None:
    plan = furnish(house, leader).plan
    for actor in (manager, executive):
        assert board(house, actor, plan).last is None
        with pytest.raises(NotAllowed):
            submit(house, actor, plan)
        with pytest.raises(NotAllowed):
            layers(house, actor, plan, ("行长", [executive.account_id or 0]))
    with pytest.raises(BadInput, match="有人不能审批"):
        layers(house, leader, plan, ("行长", [manager.account_id or 0]))
    named = [executive.account_id or 0]
    with pytest.raises(BadInput, match="一个人只在一层审批"):
        layers(house, leader, plan, ("分管领导", named), ("行长", named))
    layers(house, leader, plan, ("行长", named))
    submit(house, leader, plan)
    guest = Actor(None, "shared link", frozenset({Role.EXECUTIVE}))
    for actor in (manager, guest):
        with pytest.raises(NotAllowed):
            decide(house, actor, plan, Decision.APPROVED)


def test_what_is_kept_reads_back_the_same(house: Instance, leader: Actor) -> None:
    now = board(house, leader, published(house, leader).plan).now
    assert now.lines and now.planned and from_stored(to_stored(now)) == now


def test_a_draft_timetable_that_a_reader_may_not_see_is_unknown_to_them_and_no_difference() -> None:
    before = Contents((A,), planned=100_000.0)
    assert differences(before, Contents((replace(A, sessions=0, planned=0.0),), timed=False)) == []


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (replace(A, figures=(replace(A.figures[0], value=80.0),)), "“厅堂营销”指标“新增客户”目标值 ≥ 60 户 → ≥ 80 户。"),
        (replace(A, planned=220_000.0), "“厅堂营销”预算 +12.0 万元（10.0 → 22.0）。"),
        (replace(A, planned=100_200.0), "“厅堂营销”预算 +0.02 万元（10 → 10.02）。"),
        (replace(A, planned=99_000.0), "“厅堂营销”预算 -0.1 万元（10.0 → 9.9）。"),
        (replace(A, name="网点营销"), "项目改名：“厅堂营销” → “网点营销”。"),
        (replace(A, people=None), "“厅堂营销”人数 60 → 空。"),
        (replace(A, behaviour="每周两次"), "“厅堂营销”行为目标由“行为”改为“每周两次”。"),
        (replace(A, figures=()), "“厅堂营销”去掉指标“新增客户”，原目标值 ≥ 60 户。"),
        (replace(A, key="project:2", name="新的"), "新增项目“新的”，预算 10.0 万元。"),
    ],
)
def test_a_difference_is_a_sentence(after: Item, said: str) -> None:
    assert said in [str(one) for one in differences(Contents((A,), planned=100_000.0), Contents((after,), planned=after.planned))]


def test_each_language_says_sums_in_its_own_way() -> None:
    added = replace(A, key="project:2", name="新", planned=5_000.0)
    before, after = Contents((A,)), Contents((replace(A, planned=330_000.0), added))
    said = {language: [one.render(language) for one in differences(before, after)] for language in ("zh", "en")}
    assert "新增项目“新”，预算 0.5 万元。" in said["zh"] and "“厅堂营销”预算 +23.0 万元（10.0 → 33.0）。" in said["zh"]
    assert "Project “新” added, budget ¥5,000." in said["en"] and "“厅堂营销”: budget +¥230,000 (¥100,000 → ¥330,000)." in said["en"]
