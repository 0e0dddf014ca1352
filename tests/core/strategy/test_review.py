"""Reviewing findings: who may, what each action does, and that every action can be undone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlmodel import select

from core.access.actor import Actor, Role
from core.documents import service as library
from core.documents.tables import DocumentKind
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.plans import service as plans
from core.strategy import decoding_job, repository, review
from core.strategy.findings import FindingKind, Measure
from core.strategy.review import Draft, Wanted
from core.strategy.tables import FindingRow, FindingState, Origin, ReviewChange
from tests.conftest import BOTH, person
from tests.library import settle, shelve

TEXT = """# 海城银行2027年工作计划

## 一、打造专业化队伍

组建跨境金融专家小组，覆盖全部一级支行。2027年客户经理持证上岗率不低于95%。

## 二、深化零售转型

建立财富客户分层经营机制。2027年零售存款新增45亿元。
"""
CHANGED = TEXT.replace("覆盖全部一级支行", "覆盖全部一级支行和县域").replace("建立财富客户分层经营机制。", "")

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


@dataclass(frozen=True)
class Desk:
    """A plan with a decoded document."""

    house: Instance
    plan: int
    document: int

    def rows(self, actor: Actor, **wanted: object) -> tuple[FindingRow, ...]:
        """The findings that the actor sees."""
        with self.house.database.reading() as db:
            return review.board(db, actor, self.plan, Wanted(**wanted), 0, 100).rows  # type: ignore[arg-type]

    def one(self, actor: Actor, text: str) -> FindingRow:
        """The finding whose text begins like this."""
        return next(row for row in self.rows(actor) if row.text.startswith(text))


@pytest.fixture
def desk(house: Instance, leader: Actor) -> Desk:
    """An HR leader's desk after decoding."""
    document = shelve(house, leader, "工作计划.md", TEXT)
    with house.database.writing() as db:
        plan = plans.create(db, leader, "海城分行", 2027).id or 0
        decoding_job.start(db, leader, plan, [document])
    settle(house)
    return Desk(house, plan, document)


def test_decoding_gives_findings_to_decide_and_nothing_flows_on(desk: Desk, leader: Actor) -> None:
    rows = desk.rows(leader)
    assert {row.kind for row in rows} >= {FindingKind.THEME, FindingKind.TASK, FindingKind.TARGET}
    assert all(row.state is FindingState.PENDING for row in rows)
    with desk.house.database.reading() as db:
        assert repository.findings(db, desk.plan) == []


def test_accepting_several_lets_them_flow_on_and_undo_takes_it_back(desk: Desk, leader: Actor) -> None:
    ids = [row.id or 0 for row in desk.rows(leader)[:3]]
    with desk.house.database.writing() as db:
        assert review.decide(db, leader, desk.plan, ids, FindingState.ACCEPTED) == 3
    with desk.house.database.reading() as db:
        assert [row.id for row in repository.findings(db, desk.plan)] == ids
    with desk.house.database.writing() as db:
        assert len(review.undo(db, leader, desk.plan)) == 3
    with desk.house.database.reading() as db:
        assert repository.findings(db, desk.plan) == []
    with desk.house.database.writing() as db, pytest.raises(BadInput):
        review.undo(db, leader, desk.plan)


def test_an_edit_is_kept_by_version_and_undone(desk: Desk, leader: Actor) -> None:
    row = desk.one(leader, "2027年客户经理持证")
    better = Draft(FindingKind.TARGET, "持证上岗率95%以上", measure=Measure("持证上岗率", ">=", 95, "%", "%", "2027-12-31"))
    with desk.house.database.writing() as db:
        review.edit(db, leader, desk.plan, row.id or 0, row.version or 0, better)
    with desk.house.database.writing() as db, pytest.raises(Conflict):
        review.edit(db, leader, desk.plan, row.id or 0, row.version or 0, better)
    with desk.house.database.writing() as db:
        review.undo(db, leader, desk.plan)
    after = desk.one(leader, "2027年客户经理持证")
    assert (after.text, after.measure, after.edited) == (row.text, row.measure, False)


def test_a_deadline_that_a_person_types_is_a_day_for_all_that_follows(desk: Desk, leader: Actor) -> None:
    row = desk.one(leader, "2027年客户经理持证")
    better = Draft(FindingKind.TARGET, "持证上岗率95%以上", measure=Measure("持证上岗率", ">=", 95, "%", "%", "2027年底"))
    with desk.house.database.writing() as db:
        review.edit(db, leader, desk.plan, row.id or 0, row.version or 0, better)
    assert (desk.one(leader, "持证上岗率95%").measure or {})["deadline"] == "2027-12-31"


@pytest.mark.parametrize(
    "draft",
    [
        Draft(FindingKind.TASK, "  "),
        Draft(FindingKind.TARGET, "没有指标"),
        Draft(FindingKind.TARGET, "日期不对", measure=Measure("持证率", ">=", 95, "%", "%", "2027-02-30")),
    ],
)
def test_a_finding_that_says_nothing_is_refused(desk: Desk, leader: Actor, draft: Draft) -> None:
    row = desk.rows(leader)[0]
    with desk.house.database.writing() as db, pytest.raises(BadInput):
        review.edit(db, leader, desk.plan, row.id or 0, row.version or 0, draft)


def test_merged_findings_point_to_the_one_that_stays(desk: Desk, leader: Actor) -> None:
    first, second = desk.rows(leader)[:2]
    with desk.house.database.writing() as db:
        review.merge(db, leader, desk.plan, [first.id or 0, second.id or 0], first.id or 0)
    merged = desk.rows(leader, states=(FindingState.MERGED,))
    assert [(row.id, row.merged_into) for row in merged] == [(second.id, first.id)]
    with desk.house.database.writing() as db:
        review.undo(db, leader, desk.plan)
    assert desk.rows(leader, states=(FindingState.MERGED,)) == ()


def test_both_parts_of_a_split_finding_quote_the_document_and_undo_joins_them(desk: Desk, leader: Actor) -> None:
    row = desk.one(leader, "组建跨境金融专家小组")
    with desk.house.database.writing() as db:
        ids = review.split(db, leader, desk.plan, row.id or 0, row.version or 0, row.quote.index("，") + 1)
    with desk.house.database.reading() as db:
        parsed = library.open_document(db, leader, desk.document).parsed
        parts = [review.find(db, leader, desk.plan, one) for one in ids]
    assert parsed is not None and [parsed.text[one.start : one.end] for one in parts] == [one.quote for one in parts]
    assert "".join(one.quote for one in parts) == row.quote
    with desk.house.database.writing() as db:
        review.undo(db, leader, desk.plan)
    assert desk.one(leader, "组建跨境金融专家小组").quote == row.quote
    with desk.house.database.reading() as db, pytest.raises(NotFound):
        review.find(db, leader, desk.plan, ids[1])


def test_several_steps_on_one_finding_are_undone_one_after_the_other(desk: Desk, leader: Actor) -> None:
    row = desk.one(leader, "2027年客户经理持证")
    number = row.id or 0
    with desk.house.database.writing() as db:
        review.edit(db, leader, desk.plan, number, row.version or 0, Draft(FindingKind.TASK, "办好持证培训"))
    with desk.house.database.writing() as db:
        review.decide(db, leader, desk.plan, [number], FindingState.REJECTED)
    seen = []
    for _ in range(2):
        with desk.house.database.writing() as db:
            assert review.undo(db, leader, desk.plan) == (number,)
        with desk.house.database.reading() as db:
            now = review.find(db, leader, desk.plan, number)
            seen.append((now.text, now.state))
    assert seen == [("办好持证培训", FindingState.PENDING), (row.text, FindingState.PENDING)]


def test_undo_never_overwrites_what_somebody_else_decided_since(desk: Desk, leader: Actor) -> None:
    other = person(desk.house, "second", Role.HR_LEADER)
    row = desk.rows(leader)[0]
    with desk.house.database.writing() as db:
        review.decide(db, leader, desk.plan, [row.id or 0], FindingState.ACCEPTED)
    with desk.house.database.writing() as db:
        review.decide(db, other, desk.plan, [row.id or 0], FindingState.REJECTED)
    with desk.house.database.writing() as db, pytest.raises(Conflict):
        review.undo(db, leader, desk.plan)


def test_a_finding_of_ones_own_rests_on_words_of_the_document(desk: Desk, leader: Actor) -> None:
    with desk.house.database.reading() as db:
        parsed = library.open_document(db, leader, desk.document).parsed
    assert parsed is not None
    start = parsed.text.index("专家小组")
    with desk.house.database.writing() as db:
        made = review.add(db, leader, desk.plan, desk.document, start, start + 4, Draft(FindingKind.CAPABILITY, "跨境金融"))
    with desk.house.database.reading() as db:
        row = review.find(db, leader, desk.plan, made)
        assert (row.quote, row.origin, row.state) == ("专家小组", Origin.PERSON, FindingState.ACCEPTED)
    with desk.house.database.writing() as db, pytest.raises(BadInput):
        review.add(db, leader, desk.plan, desk.document, 5, 5, Draft(FindingKind.TASK, "没有原文"))


def test_a_new_edition_keeps_what_was_decided(desk: Desk, leader: Actor) -> None:
    task, gone = desk.one(leader, "组建跨境金融专家小组"), desk.one(leader, "建立财富客户分层经营机制")
    with desk.house.database.writing() as db:
        review.decide(db, leader, desk.plan, [task.id or 0, gone.id or 0], FindingState.ACCEPTED)
    newer = shelve(desk.house, leader, "工作计划.md", CHANGED)
    with desk.house.database.reading() as db:
        assert [source.superseding for source in decoding_job.sources(db, leader, desk.plan)] == [True]
    with desk.house.database.writing() as db:
        decoding_job.start(db, leader, desk.plan, [newer])
    settle(desk.house)
    with desk.house.database.reading() as db:
        kept = review.find(db, leader, desk.plan, task.id or 0)
        lost = review.find(db, leader, desk.plan, gone.id or 0)
    assert (kept.state, kept.document_id, kept.moved) == (FindingState.ACCEPTED, newer, False) and "县域" in kept.quote
    assert (lost.state, lost.moved) == (FindingState.ACCEPTED, True)


def test_documents_that_disagree_are_shown_newer_first(desk: Desk, leader: Actor) -> None:
    later = shelve(desk.house, leader, "补充通知.md", "# 海城银行2027年工作计划补充\n\n## 目标\n\n2027年客户经理持证上岗率不低于98%。\n")
    with desk.house.database.writing() as db:
        decoding_job.start(db, leader, desk.plan, [later])
    settle(desk.house)
    with desk.house.database.reading() as db:
        found = review.conflicts(db, leader, desk.plan)
    assert [(one.metric, [(row.measure or {})["value"] for row in one.rows]) for one in found] == [("客户经理持证上岗率", [98, 95])]


def test_a_manager_reads_and_does_not_decide(desk: Desk, leader: Actor, manager: Actor, administrator: Actor) -> None:
    row = desk.rows(manager)[0]
    with desk.house.database.writing() as db, pytest.raises(NotAllowed):
        review.decide(db, manager, desk.plan, [row.id or 0], FindingState.ACCEPTED)
    with desk.house.database.writing() as db, pytest.raises(NotAllowed):
        decoding_job.start(db, manager, desk.plan, [desk.document])
    with pytest.raises(NotAllowed):
        desk.rows(administrator)


def test_findings_of_a_document_that_a_person_may_not_see_are_not_there(desk: Desk, leader: Actor, manager: Actor) -> None:
    secret = shelve(desk.house, leader, "访谈.md", "# 行长访谈2027年\n\n我建议组建县域金融小组。\n", DocumentKind.INTERVIEW)
    with desk.house.database.writing() as db:
        decoding_job.start(db, leader, desk.plan, [secret])
    settle(desk.house)
    hidden = [row for row in desk.rows(leader) if row.document_id == secret]
    assert hidden and not [row for row in desk.rows(manager) if row.document_id == secret]
    with desk.house.database.reading() as db, pytest.raises(NotFound):
        review.find(db, manager, desk.plan, hidden[0].id or 0)


def test_words_and_kind_filter_the_board(desk: Desk, leader: Actor) -> None:
    assert [row.text for row in desk.rows(leader, words="分层")] == ["建立财富客户分层经营机制。"]
    assert {row.kind for row in desk.rows(leader, kinds=(FindingKind.TARGET,))} == {FindingKind.TARGET}
    assert desk.rows(leader, words="100%_") == ()


def test_two_planners_never_overwrite_each_others_decision(desk: Desk, leader: Actor) -> None:
    seen = desk.rows(leader)[0]
    versions = {seen.id or 0: seen.version}
    other = person(desk.house, "second", Role.HR_LEADER)
    with desk.house.database.writing() as db:
        review.decide(db, other, desk.plan, versions, FindingState.REJECTED, versions=versions)
    with desk.house.database.writing() as db, pytest.raises(Conflict):
        review.decide(db, leader, desk.plan, versions, FindingState.ACCEPTED, versions=versions)
    assert desk.rows(leader, states=(FindingState.REJECTED,))[0].id == seen.id


def test_nothing_of_a_document_outlives_its_deletion(desk: Desk, leader: Actor) -> None:
    ids = [row.id or 0 for row in desk.rows(leader)]
    with desk.house.database.writing() as db:
        review.decide(db, leader, desk.plan, ids, FindingState.ACCEPTED)
    with desk.house.database.writing() as db:
        library.remove(db, leader, desk.document)
        library.remove_for_good(db, desk.house.settings, leader, desk.document)
    with desk.house.database.reading() as db:
        assert db.exec(select(FindingRow)).all() == [] and db.exec(select(ReviewChange)).all() == []
    with desk.house.database.writing() as db, pytest.raises(BadInput):
        review.undo(db, leader, desk.plan)


def test_what_was_merged_into_a_document_that_is_deleted_waits_for_a_decision_again(desk: Desk, leader: Actor) -> None:
    other = shelve(desk.house, leader, "专业队伍方案.md", "# 方案\n\n## 队伍\n\n2027年客户经理持证上岗率达到96%。\n")
    with desk.house.database.writing() as db:
        decoding_job.start(db, leader, desk.plan, [other])
    settle(desk.house)
    stays, kept = desk.rows(leader, document=other)[-1], desk.one(leader, "2027年客户经理持证上岗率不低于")
    with desk.house.database.writing() as db:
        review.merge(db, leader, desk.plan, [stays.id or 0, kept.id or 0], stays.id or 0)
    with desk.house.database.writing() as db:
        library.remove(db, leader, other)
        library.remove_for_good(db, desk.house.settings, leader, other)
    assert desk.rows(leader, states=(FindingState.MERGED,)) == ()
    assert kept.id in [row.id for row in desk.rows(leader, states=(FindingState.PENDING,))]
