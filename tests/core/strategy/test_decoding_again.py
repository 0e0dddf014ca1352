"""Decoding a document again, or its new edition: what people decided, changed, parted, merged and added stays with its words."""

from __future__ import annotations

import pytest

from core.access.actor import Actor, Role
from core.documents import service as library
from core.documents.indexing import unpack
from core.documents.parsed import ParsedDocument
from core.documents.tables import DocumentKind, DocumentText
from core.errors import BadInput, Conflict
from core.jobs.worker import FAULT
from core.strategy import decoding_job, review
from core.strategy.decoding.decode import decode
from core.strategy.decoding_job import DECODE_JOB, Decoder, Outdated
from core.strategy.findings import Decoding, FindingKind, Measure
from core.strategy.review import Draft
from core.strategy.tables import DecodedDocument, FindingRow, FindingState
from tests.conftest import BOTH, person
from tests.core.strategy.test_review import TEXT, Desk
from tests.core.strategy.test_review import desk as desk
from tests.library import settle, shelve

TASK = "组建跨境金融专家小组"
NEWER = TEXT.replace("## 一、", "本行坚持稳中求进。\n\n## 一、").replace("持证上岗率不低于95%", "持证上岗率不低于96%")

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


def again(desk: Desk, leader: Actor, document: int | None = None) -> None:
    """Decode the desk's document once more, or another one."""
    with desk.house.database.writing() as db:
        decoding_job.start(db, leader, desk.plan, [document or desk.document])
    settle(desk.house)


def split(desk: Desk, leader: Actor, row: FindingRow) -> list[FindingRow]:
    """Part a finding after its first comma."""
    with desk.house.database.writing() as db:
        review.split(db, leader, desk.plan, row.id or 0, row.version or 0, row.quote.index("，") + 1)
    return [desk.one(leader, TASK), desk.one(leader, "覆盖全部")]


def everything(desk: Desk, leader: Actor) -> list[tuple[object, ...]]:
    """What the board holds of each finding that a person may have touched."""
    states = tuple(FindingState)
    return [(row.id, row.kind, row.text, row.quote, row.state, row.merged_into, row.moved) for row in desk.rows(leader, states=states)]


def words_stand_where_they_should(desk: Desk, leader: Actor, document: int) -> None:
    """Every quote that is not marked as gone is the text at its place."""
    with desk.house.database.reading() as db:
        parsed = library.open_document(db, leader, document).parsed
    assert parsed is not None
    rows = [row for row in desk.rows(leader, states=tuple(FindingState)) if not row.moved]
    assert [parsed.text[row.start : row.end] for row in rows] == [row.quote for row in rows]
    assert {row.document_id for row in rows} == {document}


def test_the_same_text_again_changes_nothing_that_people_did(desk: Desk, leader: Actor) -> None:
    split(desk, leader, desk.one(leader, TASK))
    theme, other = desk.one(leader, "打造专业化队伍"), desk.one(leader, "建立财富客户")
    target = desk.one(leader, "2027年零售存款")
    changed = Draft(FindingKind.TARGET, "零售存款新增", measure=Measure("储蓄存款", "+", 45, "亿元", "亿元", "2027-12-31"))
    with desk.house.database.writing() as db:
        review.merge(db, leader, desk.plan, [theme.id or 0, other.id or 0], other.id or 0)
        review.edit(db, leader, desk.plan, target.id or 0, target.version or 0, changed)
    before = everything(desk, leader)
    again(desk, leader)
    assert everything(desk, leader) == before
    with desk.house.database.writing() as db:
        assert review.undo(db, leader, desk.plan) == (target.id,)


def test_a_finding_that_a_person_made_another_kind_does_not_come_back_as_it_was(desk: Desk, leader: Actor) -> None:
    task = desk.one(leader, TASK)
    with desk.house.database.writing() as db:
        review.edit(db, leader, desk.plan, task.id or 0, task.version or 0, Draft(FindingKind.CAPABILITY, "跨境金融专家"))
    again(desk, leader)
    rows = [row for row in desk.rows(leader) if row.quote == task.quote]
    assert [(row.kind, row.text, row.moved) for row in rows] == [(FindingKind.CAPABILITY, "跨境金融专家", False)]


def test_parts_and_merges_go_along_to_a_new_edition(desk: Desk, leader: Actor) -> None:
    parts = split(desk, leader, desk.one(leader, TASK))
    theme, other = desk.one(leader, "打造专业化队伍"), desk.one(leader, "建立财富客户")
    with desk.house.database.writing() as db:
        review.decide(db, leader, desk.plan, [parts[0].id or 0], FindingState.ACCEPTED)
        review.merge(db, leader, desk.plan, [theme.id or 0, other.id or 0], other.id or 0)
    newer = shelve(desk.house, leader, "工作计划.md", NEWER)
    again(desk, leader, newer)
    words_stand_where_they_should(desk, leader, newer)
    with desk.house.database.reading() as db:
        first, second, merged = (review.find(db, leader, desk.plan, row.id or 0) for row in (*parts, theme))
    assert [first.state, second.state] == [FindingState.ACCEPTED, FindingState.PENDING]
    assert (merged.state, merged.merged_into) == (FindingState.MERGED, other.id)
    assert [row.quote for row in desk.rows(leader) if TASK in row.quote] == [parts[0].quote]


def test_a_part_whose_words_are_gone_is_marked_and_the_other_goes_along(desk: Desk, leader: Actor) -> None:
    parts = split(desk, leader, desk.one(leader, TASK))
    newer = shelve(desk.house, leader, "工作计划.md", TEXT.replace("覆盖全部一级支行", "设在营业部"))
    again(desk, leader, newer)
    with desk.house.database.reading() as db:
        first, second = (review.find(db, leader, desk.plan, row.id or 0) for row in parts)
    assert (first.document_id, first.moved, second.moved) == (newer, False, True)


def test_a_finding_of_ones_own_goes_along_to_a_new_edition_or_is_marked(desk: Desk, leader: Actor) -> None:
    with desk.house.database.reading() as db:
        parsed = library.open_document(db, leader, desk.document).parsed
    assert parsed is not None
    ids = []
    for words in ("专家小组", "一级支行", "不低于95%"):
        start = parsed.text.index(words)
        with desk.house.database.writing() as db:
            draft = Draft(FindingKind.CAPABILITY, words)
            ids.append(review.add(db, leader, desk.plan, desk.document, start, start + len(words), draft))
    newer = shelve(desk.house, leader, "工作计划.md", NEWER.replace("一级支行", "一级 支行"))
    again(desk, leader, newer)
    with desk.house.database.reading() as db:
        expert, branch, level = (review.find(db, leader, desk.plan, one) for one in ids)
    assert (expert.document_id, expert.quote, expert.moved, expert.heading) == (newer, "专家小组", False, ["一、打造专业化队伍"])
    assert (branch.document_id, branch.quote, branch.moved) == (newer, "一级 支行", False)
    assert (level.document_id, level.quote, level.moved) == (desk.document, "不低于95%", True)
    words_stand_where_they_should(desk, leader, newer)


def test_what_others_were_merged_into_is_never_dropped(desk: Desk, leader: Actor) -> None:
    stays, goes = desk.one(leader, "建立财富客户"), desk.one(leader, TASK)
    with desk.house.database.writing() as db:
        review.merge(db, leader, desk.plan, [stays.id or 0, goes.id or 0], stays.id or 0)
        review.decide(db, leader, desk.plan, [stays.id or 0], FindingState.PENDING)
    again(desk, leader, shelve(desk.house, leader, "工作计划.md", TEXT.replace("建立财富客户分层经营机制。", "")))
    with desk.house.database.reading() as db:
        assert review.find(db, leader, desk.plan, stays.id or 0).moved
        assert [row.id for row in review.merged(db, leader, desk.plan, stays.id or 0)] == [goes.id]


def test_what_was_merged_before_goes_along_and_undo_parts_it_again(desk: Desk, leader: Actor) -> None:
    first, second, third = (row.id or 0 for row in desk.rows(leader)[:3])
    with desk.house.database.writing() as db:
        review.merge(db, leader, desk.plan, [first, second], first)
        review.merge(db, leader, desk.plan, [first, third], third)
    with desk.house.database.reading() as db:
        assert [row.id for row in review.merged(db, leader, desk.plan, third)] == [first, second]
    with desk.house.database.writing() as db:
        review.undo(db, leader, desk.plan)
    with desk.house.database.reading() as db:
        assert [row.id for row in review.merged(db, leader, desk.plan, first)] == [second]


def test_a_target_is_not_parted(desk: Desk, leader: Actor) -> None:
    row = desk.one(leader, "2027年零售存款")
    with desk.house.database.writing() as db, pytest.raises(BadInput):
        review.split(db, leader, desk.plan, row.id or 0, row.version or 0, 5)


def test_other_rules_or_another_extraction_are_a_reason_to_decode_again(desk: Desk, leader: Actor) -> None:
    def reasons() -> list[Outdated | None]:
        with desk.house.database.reading() as db:
            return [source.outdated for source in decoding_job.sources(db, leader, desk.plan)]

    assert reasons() == [None]
    with desk.house.database.writing() as db:
        row = db.get(DecodedDocument, 1)
        assert row is not None
        row.made_by = "rules 0"
    assert reasons() == [Outdated.RULES]
    again(desk, leader)
    assert reasons() == [None]
    with desk.house.database.writing() as db:
        library.find(db, leader, desk.document).fingerprint = "another"
    assert reasons() == [Outdated.TEXT]


def test_the_fingerprint_is_that_of_the_stored_text(desk: Desk, leader: Actor) -> None:
    with desk.house.database.reading() as db:
        stored = db.get(DocumentText, desk.document)
        source = decoding_job.sources(db, leader, desk.plan)[0]
    assert stored is not None and source.decoded is not None and source.is_decoded
    assert unpack(stored.structure) == ParsedDocument.from_json(unpack(stored.structure).to_json())
    assert source.document.fingerprint == source.decoded.fingerprint != ""


def test_a_decoding_that_fails_says_why_and_can_be_tried_again(desk: Desk, leader: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(parsed: ParsedDocument, kind: DocumentKind) -> Decoding:
        if "海城" in parsed.title:
            raise RuntimeError("no rule for this")
        return decode(parsed, kind)

    def failures() -> list[object]:
        with desk.house.database.reading() as db:
            return [source.failure for source in decoding_job.sources(db, leader, desk.plan)]

    handlers = desk.house.worker._handlers
    monkeypatch.setitem(handlers, DECODE_JOB, Decoder(desk.house.database, broken).handle)  # type: ignore[arg-type]
    again(desk, leader)
    assert failures() == [FAULT]
    monkeypatch.undo()
    again(desk, leader)
    assert failures() == [None]


def test_everything_that_was_done_before_a_new_edition_can_still_be_undone_after_it(desk: Desk, leader: Actor) -> None:
    before = everything(desk, leader)
    split(desk, leader, desk.one(leader, TASK))
    theme, other = desk.one(leader, "打造专业化队伍"), desk.one(leader, "建立财富客户")
    with desk.house.database.writing() as db:
        review.merge(db, leader, desk.plan, [theme.id or 0, other.id or 0], other.id or 0)
    merged = desk.one(leader, "建立财富客户")
    with desk.house.database.writing() as db:
        review.edit(db, leader, desk.plan, other.id or 0, merged.version or 0, Draft(FindingKind.TASK, "客户分层"))
        review.decide(db, leader, desk.plan, [other.id or 0], FindingState.REJECTED)
    newer = shelve(desk.house, leader, "工作计划.md", TEXT.replace("## 一、", "本行坚持稳中求进。\n\n## 一、"))
    again(desk, leader, newer)
    seen = []
    for _ in range(4):
        with desk.house.database.writing() as db:
            review.undo(db, leader, desk.plan)
        words_stand_where_they_should(desk, leader, newer)
        seen.append(next((row.text, row.state) for row in desk.rows(leader, states=tuple(FindingState)) if row.id == other.id))
    assert seen == [
        ("客户分层", FindingState.ACCEPTED),
        ("建立财富客户分层经营机制。", FindingState.ACCEPTED),
        ("建立财富客户分层经营机制。", FindingState.PENDING),
        ("建立财富客户分层经营机制。", FindingState.PENDING),
    ]
    # The sentence that the new edition adds is a finding of its own.
    assert [one for one in everything(desk, leader) if one[0] in {known[0] for known in before}] == before
    whole = everything(desk, leader)
    again(desk, leader, newer)
    assert everything(desk, leader) == whole


def test_undo_after_a_new_edition_never_overwrites_what_somebody_else_decided(desk: Desk, leader: Actor) -> None:
    row, second = desk.one(leader, "建立财富客户"), person(desk.house, "second", Role.HR_LEADER)
    for actor, state in ((leader, FindingState.ACCEPTED), (second, FindingState.REJECTED)):
        with desk.house.database.writing() as db:
            review.decide(db, actor, desk.plan, [row.id or 0], state)
    again(desk, leader, shelve(desk.house, leader, "工作计划.md", NEWER))
    with desk.house.database.writing() as db, pytest.raises(Conflict):
        review.undo(db, leader, desk.plan)
    with desk.house.database.writing() as db:
        assert review.undo(db, second, desk.plan) == (row.id,)
    with desk.house.database.writing() as db:
        assert review.undo(db, leader, desk.plan) == (row.id,)


def test_what_was_parted_is_not_joined_where_a_new_edition_has_parted_it_itself(desk: Desk, leader: Actor) -> None:
    parts = split(desk, leader, desk.one(leader, TASK))
    apart = TEXT.replace("，覆盖全部一级支行", "。小组名单另行印发，覆盖全部一级支行")
    again(desk, leader, shelve(desk.house, leader, "工作计划.md", apart))
    before = everything(desk, leader)
    with desk.house.database.writing() as db, pytest.raises(Conflict):
        review.undo(db, leader, desk.plan)
    assert everything(desk, leader) == before and len(parts) == 2


def test_a_decision_on_words_that_a_new_edition_has_touched_up_is_undone_in_the_new_words(desk: Desk, leader: Actor) -> None:
    row = desk.one(leader, TASK)
    with desk.house.database.writing() as db:
        review.decide(db, leader, desk.plan, [row.id or 0], FindingState.ACCEPTED)
    newer = shelve(desk.house, leader, "工作计划.md", TEXT.replace("覆盖全部一级支行", "覆盖全部一级支行和县域"))
    again(desk, leader, newer)
    with desk.house.database.writing() as db:
        assert review.undo(db, leader, desk.plan) == (row.id,)
    now = desk.one(leader, TASK)
    assert (now.id, now.state, now.document_id) == (row.id, FindingState.PENDING, newer) and "县域" in now.text and "县域" in now.quote
    words_stand_where_they_should(desk, leader, newer)
