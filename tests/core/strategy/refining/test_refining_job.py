"""The model's job: the rules' findings first, the model's after, people's decisions above both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlmodel import select

from core.access.actor import Actor
from core.errors import BadInput, NotAllowed
from core.instance import Instance
from core.jobs.tables import Job, JobState
from core.plans import service as plans
from core.strategy import decoding_job, refining_job, review
from core.strategy.decoding.decode import MADE_BY
from core.strategy.findings import FindingKind
from core.strategy.refining_job import Refined
from core.strategy.review import Wanted
from core.strategy.tables import FindingRow, FindingState, Origin
from tests.conftest import BOTH
from tests.core.strategy.refining.scripts import TEXT, answer, answering, change, missed, nothing
from tests.endpoint import Endpoint, Reply, Request, fails, says
from tests.library import settle, shelve

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)

TASK, TARGET = "组建跨境金融专家小组", "2027年客户经理持证上岗率不低于95%"
STATES = tuple(FindingState)


@pytest.fixture
def endpoint(house: Instance, monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """A model that the house is set up with; it agrees with everything unless a test says otherwise."""
    with Endpoint() as running:
        monkeypatch.setenv("CEXUN_MODEL_URL", running.url)
        monkeypatch.setenv("CEXUN_MODEL_NAME", "stub-model")
        house.follow_settings()
        running.reply = nothing
        yield running


@dataclass(frozen=True)
class Desk:
    """A plan with a document that can be decoded."""

    house: Instance
    leader: Actor
    plan: int
    document: int

    def decode(self) -> None:
        """Let the rules do their part."""
        with self.house.database.writing() as db:
            decoding_job.start(db, self.leader, self.plan, [self.document])
        settle(self.house)

    def refine(self) -> None:
        """Let the model do its part."""
        self.house.model_worker.run()

    def both(self) -> None:
        """Decode, then let the model go over it."""
        self.decode()
        self.refine()

    def rows(self, words: str) -> list[FindingRow]:
        """All findings on these words, whatever their state."""
        with self.house.database.reading() as db:
            return list(review.board(db, self.leader, self.plan, Wanted(words=words, states=STATES), 0, 100).rows)

    def one(self, words: str) -> FindingRow:
        """The only finding on these words."""
        found = self.rows(words)
        assert len(found) == 1, [(row.kind, row.text, row.state) for row in found]
        return found[0]

    def decide(self, row: FindingRow, state: FindingState) -> None:
        """What the leader decides."""
        with self.house.database.writing() as db:
            review.decide(db, self.leader, self.plan, [row.id or 0], state)

    def seen(self) -> Refined:
        """What is known of the model's work on the document."""
        with self.house.database.reading() as db:
            return refining_job.refined(db, self.leader, self.plan)[0]

    def jobs(self) -> list[JobState]:
        """The model's jobs so far."""
        with self.house.database.reading() as db:
            chosen = select(Job.state).where(Job.kind == refining_job.REFINE_FINDINGS_JOB)
            return list(db.exec(chosen))


@pytest.fixture
def desk(house: Instance, leader: Actor) -> Desk:
    document = shelve(house, leader, "工作计划.md", TEXT)
    with house.database.writing() as db:
        return Desk(house, leader, plans.create(db, leader, "海城分行", 2027).id or 0, document)


def to_theme(request: Request) -> str:
    """The model takes the task for a theme."""
    return answer(change(request, TASK, "task", kind="theme"))


def test_the_rules_findings_are_there_before_the_model_has_begun(desk: Desk, endpoint: Endpoint) -> None:
    desk.decode()
    assert desk.one(TASK).origin is Origin.RULE and endpoint.requests == []
    assert desk.seen().progress is not None and not desk.seen().waits


def test_what_the_model_touched_is_labelled_and_waits_for_a_person(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.reply = answering(
        lambda request: answer(
            change(request, TASK, "task", kind="theme"),
            change(request, TARGET, "target", kind="none", reason="achieved"),
            added=[missed(request, "厅堂里，客户等候不再烦躁", "task")],
        )
    )
    desk.both()
    theme, aside, added, other = desk.one(TASK), desk.one("持证上岗率"), desk.one("厅堂里"), desk.one("打造专业化队伍")
    made_by = f"{MADE_BY} + stub-model · strategy/decode v1"
    assert (theme.kind, theme.rule, theme.origin, theme.made_by) == (FindingKind.THEME, "model:was_task", Origin.MODEL, made_by)
    assert (aside.state, aside.rule, aside.origin) == (FindingState.ASIDE, "model:achieved", Origin.MODEL)
    assert (added.state, added.rule, added.made_by) == (FindingState.PENDING, "model:missed", made_by)
    assert (other.origin, other.made_by) == (Origin.RULE, MADE_BY)
    assert desk.seen().decoded.refined_by == "stub-model · strategy/decode v1" and "改动了 1 条" in str(desk.seen().notes[0])


def test_without_a_model_nothing_is_queued_and_asking_for_one_says_what_to_do(desk: Desk, leader: Actor) -> None:
    desk.decode()
    assert desk.jobs() == [] and desk.seen().waits and not desk.seen().failed
    with desk.house.database.writing() as db, pytest.raises(BadInput, match="还没有设置模型"):
        refining_job.start(db, leader, desk.plan, [desk.document], None)


@pytest.mark.parametrize("reply", [fails(503, Retry_After="99"), says("我不会")], ids=["error", "rubbish"])
def test_when_the_model_fails_the_rules_findings_stay_whole_and_the_document_says_why(desk: Desk, endpoint: Endpoint, reply: Reply) -> None:
    endpoint.reply = reply
    desk.decode()
    before = [(row.id, row.version, row.kind, row.text, row.made_by) for row in desk.rows("")]
    desk.refine()
    assert [(row.id, row.version, row.kind, row.text, row.made_by) for row in desk.rows("")] == before
    assert desk.seen().failed and str(desk.seen().notes[0]).startswith("只用规则解码：模型没有给出可用的回答。原因：")
    assert desk.seen().decoded.refined_by == ""


def test_a_document_on_which_the_model_failed_can_be_given_to_it_again(desk: Desk, leader: Actor, endpoint: Endpoint) -> None:
    endpoint.reply = fails(500)
    desk.both()
    endpoint.reply = answering(to_theme)
    with desk.house.database.writing() as db:
        assert refining_job.start(db, leader, desk.plan, [desk.document], desk.house.model()) == 1
        assert refining_job.start(db, leader, desk.plan, [desk.document], desk.house.model()) == 0
    desk.refine()
    assert desk.one(TASK).kind is FindingKind.THEME and not desk.seen().failed


def test_an_accepted_finding_is_not_touched_by_the_model(desk: Desk, endpoint: Endpoint) -> None:
    desk.decode()
    desk.decide(desk.one(TASK), FindingState.ACCEPTED)
    before = desk.one(TASK)
    endpoint.reply = answering(lambda request: answer(change(request, TASK, "task", kind="theme", text="组建专家小组")))
    desk.refine()
    after = desk.one(TASK)
    assert (after.id, after.kind, after.text, after.state, after.origin) == (
        before.id,
        FindingKind.TASK,
        before.text,
        FindingState.ACCEPTED,
        Origin.RULE,
    )
    assert not after.moved


def test_what_was_accepted_in_the_models_words_stays_when_the_document_is_decoded_by_rules_alone(
    desk: Desk, endpoint: Endpoint, leader: Actor
) -> None:
    endpoint.reply = answering(
        lambda request: answer(
            change(request, TASK, "task", kind="theme", text="组建跨境金融专家小组"),
            change(request, "打造专业化队伍", "theme", text="打造专业队伍"),
            added=[missed(request, "厅堂里，客户等候不再烦躁", "task")],
        )
    )
    desk.both()
    for words in (TASK, "打造专业", "厅堂里"):
        desk.decide(desk.one(words), FindingState.ACCEPTED)
    endpoint.reply = fails(500)
    desk.both()
    kept = [desk.one(words) for words in (TASK, "打造专业", "厅堂里")]
    assert [(row.text, row.state, row.moved) for row in kept[:2]] == [
        ("组建跨境金融专家小组", FindingState.ACCEPTED, False),
        ("打造专业队伍", FindingState.ACCEPTED, False),
    ]
    assert (kept[2].state, kept[2].moved, kept[2].origin) == (FindingState.ACCEPTED, False, Origin.MODEL)


def test_undecided_findings_of_the_model_give_way_when_it_is_not_there(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.reply = answering(
        lambda request: answer(
            change(request, TASK, "task", kind="theme"), change(request, TARGET, "target", kind="none", reason="achieved")
        )
    )
    desk.both()
    endpoint.reply = fails(500)
    desk.both()
    assert [(row.kind, row.origin, row.state) for row in (desk.one(TASK), desk.one("持证上岗率"))] == [
        (FindingKind.TASK, Origin.RULE, FindingState.PENDING),
        (FindingKind.TARGET, Origin.RULE, FindingState.PENDING),
    ]


def test_what_a_person_took_in_is_not_set_aside_again(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.reply = answering(lambda request: answer(change(request, TARGET, "target", kind="none", reason="achieved")))
    desk.both()
    desk.decide(desk.one("持证上岗率"), FindingState.PENDING)
    desk.both()
    assert desk.one("持证上岗率").state is FindingState.PENDING


def test_a_model_that_is_stopped_leaves_the_rules_findings_and_says_so(desk: Desk, endpoint: Endpoint, leader: Actor) -> None:
    def stop_meanwhile(request: Request) -> Reply:
        with desk.house.database.writing() as db:
            assert refining_job.stop(db, leader, desk.plan) == 1
        return says(to_theme(request), piece=200)

    endpoint.reply = stop_meanwhile
    desk.both()
    assert desk.jobs() == [JobState.STOPPED] and len(endpoint.chats) == 1
    assert desk.one(TASK).kind is FindingKind.TASK and "有人停止了模型核对" in str(desk.seen().notes[0])


def test_no_transaction_is_held_while_the_model_thinks(desk: Desk, endpoint: Endpoint) -> None:
    def decide_meanwhile(request: Request) -> Reply:
        desk.decide(desk.one("打造专业化队伍"), FindingState.REJECTED)
        return says(to_theme(request), piece=200)

    endpoint.reply = decide_meanwhile
    desk.both()
    assert desk.one("打造专业化队伍").state is FindingState.REJECTED and desk.one(TASK).kind is FindingKind.THEME


def test_a_manager_may_neither_ask_the_model_nor_stop_it(desk: Desk, endpoint: Endpoint, manager: Actor) -> None:
    desk.decode()
    with desk.house.database.writing() as db, pytest.raises(NotAllowed):
        refining_job.start(db, manager, desk.plan, [desk.document], desk.house.model())
    with desk.house.database.writing() as db, pytest.raises(NotAllowed):
        refining_job.stop(db, manager, desk.plan)
