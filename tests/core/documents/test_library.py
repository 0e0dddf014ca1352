"""The library: what is added, changed, removed, and who sees it. On both databases."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from core.access.actor import Actor, Role
from core.access.tables import AuditEntry
from core.documents import files, repository, service
from core.documents.files import place
from core.documents.interviews import InterviewRecord
from core.documents.repository import indexed_texts
from core.documents.search import headings, search, titles
from core.documents.service import Outcome
from core.documents.tables import Document, DocumentKind, DocumentText, IndexState, PassageRow
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.storage import now
from tests.conftest import BOTH
from tests.library import NOTICE, SECRET, STRATEGY, add, read, settle, shelve

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)
BOARD = "班子搭配的短板"


def found(house: Instance, actor: Actor, question: str) -> list[int]:
    """The documents that a search gives, best first."""
    with house.database.reading() as db:
        return list(dict.fromkeys(hit.document_id for hit in search(db, house.index, actor, question)))


def row(house: Instance, document_id: int) -> Document:
    """A document as the database has it."""
    with house.database.reading() as db:
        return db.get_one(Document, document_id)


def remove(house: Instance, actor: Actor, document_id: int) -> None:
    """Remove a document without doing the work that follows."""
    with house.database.writing() as db:
        service.remove(db, actor, document_id)


# Adding


def test_a_file_that_was_added_is_found_and_described(house: Instance, leader: Actor) -> None:
    document_id = shelve(house, leader, "零售战略.md", STRATEGY)
    stored = row(house, document_id)
    assert (stored.title, stored.state, stored.language, stored.file_type) == ("零售战略", IndexState.READY, "zh", "md")
    assert stored.passages > 0 and stored.characters > 50 and stored.size == len(STRATEGY.encode())
    assert found(house, leader, "财富管理客户资产规模") == [document_id]


def test_the_same_content_under_another_name_is_the_same_document(house: Instance, leader: Actor) -> None:
    first = shelve(house, leader, "零售战略.md", STRATEGY)
    again = add(house, leader, "副本.md", STRATEGY, DocumentKind.BRANCH)
    assert (again.document_id, again.outcome, again.job_id) == (first, Outcome.UNCHANGED, None)


def test_other_content_under_the_same_name_and_kind_is_a_new_edition(house: Instance, leader: Actor) -> None:
    first = shelve(house, leader, "经费办法.md", NOTICE, DocumentKind.POLICY)
    added = add(house, leader, "经费办法.md", NOTICE.replace("六千", "八千"), DocumentKind.POLICY)
    assert added.outcome is Outcome.NEW_EDITION
    assert row(house, first).current, "until the new edition can be searched, the old one is"
    settle(house)
    assert (row(house, added.document_id).edition, row(house, first).current) == (2, False)
    assert found(house, leader, "培训经费按人均多少安排") == [added.document_id]
    with house.database.reading() as db:
        opened = service.open_document(db, leader, first)
        entries = service.entries(db, leader)
    assert opened.parsed is not None and "六千" in opened.parsed.text, "the older edition stays readable"
    assert [document.id for document in opened.editions] == [added.document_id, first]
    assert [(entry.document.id, entry.editions) for entry in entries] == [(added.document_id, 2)]


def test_the_same_name_in_another_kind_is_another_document(house: Instance, leader: Actor) -> None:
    shelve(house, leader, "通知.md", NOTICE, DocumentKind.POLICY)
    other = add(house, leader, "通知.md", STRATEGY, DocumentKind.HQ)
    assert other.outcome is Outcome.ADDED


def test_letters_of_any_width_make_the_same_name_in_upper_and_lower_case(house: Instance, leader: Actor) -> None:
    shelve(house, leader, "Plan总行.MD", NOTICE)
    assert add(house, leader, "plan总行.md", STRATEGY).outcome is Outcome.NEW_EDITION
    shelve(house, leader, "ＰＬＡＮ.md", NOTICE + "一")
    assert add(house, leader, "ＰＬＡＮ.md", NOTICE + "二").outcome is Outcome.NEW_EDITION


def test_an_older_edition_is_searched_only_when_that_is_asked_for(house: Instance, leader: Actor) -> None:
    first = shelve(house, leader, "经费办法.md", NOTICE)
    second = shelve(house, leader, "经费办法.md", NOTICE.replace("六千", "八千"))
    with house.database.reading() as db:
        hits = search(db, house.index, leader, "培训经费", superseded=True)
    assert {hit.document_id for hit in hits} == {first, second}


def test_a_new_edition_keeps_the_readers_of_the_old_one(house: Instance, leader: Actor, manager: Actor) -> None:
    shelve(house, leader, "经费办法.md", NOTICE, readers=[Role.HR_LEADER])
    shelve(house, leader, "经费办法.md", NOTICE.replace("六千", "八千"))
    assert found(house, manager, "培训经费") == []


def test_a_new_edition_of_what_is_not_there_leaves_no_file(house: Instance, leader: Actor) -> None:
    with pytest.raises(NotFound):
        add(house, leader, "经费办法.md", NOTICE, supersedes=999)
    assert not place(house.settings.uploads, files.fingerprint(NOTICE.encode())).exists()


def test_a_document_can_go_back_to_an_older_text(house: Instance, leader: Actor) -> None:
    first = shelve(house, leader, "经费办法.md", NOTICE)
    second = shelve(house, leader, "经费办法.md", NOTICE.replace("六千", "八千"))
    third = add(house, leader, "经费办法.md", NOTICE, supersedes=second)
    settle(house)
    assert third.outcome is Outcome.NEW_EDITION
    assert found(house, leader, "培训经费") == [third.document_id] and third.document_id != first


def test_a_file_that_failed_or_was_stopped_is_tried_again_when_it_is_added_again(house: Instance, leader: Actor) -> None:
    added = add(house, leader, "零售战略.md", STRATEGY)
    with house.database.writing() as db:
        service.stop(db, leader, [added.document_id])
    assert row(house, added.document_id).state is IndexState.STOPPED
    again = add(house, leader, "零售战略.md", STRATEGY)
    assert again.outcome is Outcome.UNCHANGED and again.job_id is not None
    assert add(house, leader, "零售战略.md", STRATEGY).job_id == again.job_id, "it waits already"
    settle(house)
    assert found(house, leader, "财富管理") == [added.document_id]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\文件\\战略.pdf", "战略.pdf"),
        ("a\x00b\u202egnp.pdf", "abgnp.pdf"),
        (" . ", "document"),
        ("", "document"),
        ("规" * 400 + ".docx", "规" * 200 + ".docx"),
        ("战略<script>.md", "战略script.md"),
    ],
)
def test_a_strange_name_becomes_a_harmless_one(house: Instance, leader: Actor, given: str, kept: str) -> None:
    assert row(house, add(house, leader, given, STRATEGY).document_id).file_name == kept


def test_an_empty_file_and_one_too_large_are_refused_with_a_sentence(house: Instance, leader: Actor) -> None:
    for content, said in ((b"", "空的"), (b"x" * (1024 * 1024 + 1), "1 MB")):
        settings = house.settings.model_copy(update={"max_file_megabytes": 1})
        with pytest.raises(BadInput, match=said), house.database.writing() as db:
            service.add(db, settings, leader, "文件.md", content, DocumentKind.HQ)


# Editions by hand


def test_a_document_declared_the_new_edition_of_another_brings_its_own_older_editions_along(house: Instance, leader: Actor) -> None:
    old = shelve(house, leader, "旧办法.md", NOTICE)
    draft = shelve(house, leader, "新办法.md", NOTICE.replace("六千", "七千"))
    final = shelve(house, leader, "新办法.md", NOTICE.replace("六千", "八千"))
    with house.database.writing() as db:
        service.set_predecessor(db, leader, final, old)
    assert found(house, leader, "培训经费") == [final]
    with house.database.writing() as db:
        service.separate(db, leader, final)
    assert set(found(house, leader, "培训经费")) == {final, draft}
    with pytest.raises(BadInput), house.database.writing() as db:
        service.separate(db, leader, old)


# Changing


def test_of_two_people_who_change_a_document_the_second_is_told(house: Instance, leader: Actor) -> None:
    document_id = shelve(house, leader, "零售战略.md", STRATEGY)
    seen = row(house, document_id).version or 0

    def change(title: str, readers: set[Role]) -> None:
        with house.database.writing() as db:
            service.change(db, leader, document_id, seen, title=title, kind=DocumentKind.HQ, readers=readers, dated=None)

    change("零售战略", {Role.HR_LEADER})  # only who may see it
    with pytest.raises(Conflict):
        change("另一个标题", {Role.HR_LEADER, Role.UNIT_MANAGER})
    with house.database.reading() as db:
        assert repository.readers(db, [document_id]) == {document_id: ["hr"]}
    assert row(house, document_id).title == "零售战略"


def test_background_work_is_no_conflict_for_who_is_changing_a_document(house: Instance, leader: Actor) -> None:
    older = shelve(house, leader, "经费办法.md", NOTICE)
    added = add(house, leader, "经费办法.md", NOTICE.replace("六千", "八千"))
    seen = {document_id: row(house, document_id).version or 0 for document_id in (older, added.document_id)}
    settle(house)
    for document_id, version in seen.items():
        with house.database.writing() as db:
            service.change(db, leader, document_id, version, title="新标题", kind=DocumentKind.HQ, readers=[], dated=None)


def test_a_title_cannot_be_empty_and_human_resources_cannot_be_locked_out(house: Instance, leader: Actor) -> None:
    document_id = shelve(house, leader, "零售战略.md", STRATEGY)
    version = row(house, document_id).version or 0
    with pytest.raises(BadInput), house.database.writing() as db:
        service.change(db, leader, document_id, version, title="  ", kind=DocumentKind.HQ, readers=[Role.HR_LEADER], dated=None)
    with house.database.writing() as db:
        service.change(db, leader, document_id, version, title="标题", kind=DocumentKind.HQ, readers=[], dated=None)
    assert found(house, leader, "财富管理") == [document_id]


# Removing


def test_a_removed_document_is_out_of_the_search_at_once_and_then_out_of_the_index(house: Instance, leader: Actor) -> None:
    document_id, other = shelve(house, leader, "零售战略.md", STRATEGY), shelve(house, leader, "办法.md", NOTICE)
    remove(house, leader, document_id)
    assert document_id not in found(house, leader, "财富管理客户资产规模")
    settle(house)
    assert set(house.index.lexical.documents.tolist()) == {other}
    assert house.index.lexical.frequency("财富") == 0
    with house.database.reading() as db:
        with pytest.raises(NotFound):
            service.find(db, leader, document_id)
        assert [one.document.id for one in service.removed(db, leader)] == [document_id]


def test_a_removed_document_comes_back_whole(house: Instance, leader: Actor) -> None:
    document_id = shelve(house, leader, "零售战略.md", STRATEGY)
    remove(house, leader, document_id)
    settle(house)
    with house.database.writing() as db:
        service.restore(db, leader, document_id)
    settle(house)
    assert found(house, leader, "财富管理") == [document_id]


def test_adding_a_removed_file_again_brings_it_back(house: Instance, leader: Actor) -> None:
    document_id = shelve(house, leader, "零售战略.md", STRATEGY)
    remove(house, leader, document_id)
    again = add(house, leader, "零售战略.md", STRATEGY)
    assert (again.document_id, again.outcome) == (document_id, Outcome.RESTORED)
    settle(house)
    assert found(house, leader, "财富管理") == [document_id]


def test_what_is_added_again_for_fewer_readers_does_not_come_back_for_all(house: Instance, leader: Actor, manager: Actor) -> None:
    document_id = shelve(house, leader, "零售战略.md", STRATEGY)
    remove(house, leader, document_id)
    assert add(house, leader, "零售战略.md", STRATEGY, readers=[Role.HR_LEADER]).outcome is Outcome.RESTORED
    settle(house)
    assert (found(house, leader, "财富管理"), found(house, manager, "财富管理")) == ([document_id], [])


def test_removing_the_newest_edition_brings_the_one_before_into_the_search(house: Instance, leader: Actor) -> None:
    first = shelve(house, leader, "经费办法.md", NOTICE)
    second = shelve(house, leader, "经费办法.md", NOTICE.replace("六千", "八千"))
    remove(house, leader, second)
    assert found(house, leader, "培训经费") == [first]


def test_removed_for_good_nothing_is_left(house: Instance, leader: Actor) -> None:
    document_id = shelve(house, leader, "零售战略.md", STRATEGY)
    path = place(house.settings.uploads, row(house, document_id).sha256)
    assert path.exists()
    remove(house, leader, document_id)
    with house.database.writing() as db:
        service.remove_for_good(db, house.settings, leader, document_id)
    settle(house)
    assert not path.exists()
    with house.database.reading() as db:
        assert [db.exec(select(table)).all() for table in (Document, DocumentText, PassageRow)] == [[], [], []]
        assert list(indexed_texts(db)) == []
    with pytest.raises(NotFound), house.database.writing() as db:
        service.restore(db, leader, document_id)


def test_a_file_that_another_document_shares_stays(house: Instance, leader: Actor) -> None:
    first = shelve(house, leader, "经费办法.md", NOTICE)
    second = shelve(house, leader, "经费办法.md", NOTICE.replace("六千", "八千"))
    third = add(house, leader, "经费办法.md", NOTICE, supersedes=second).document_id
    settle(house)
    path = place(house.settings.uploads, row(house, first).sha256)
    for document_id, left in ((first, True), (third, False)):
        remove(house, leader, document_id)
        with house.database.writing() as db:
            service.remove_for_good(db, house.settings, leader, document_id)
        assert path.exists() is left


def test_a_deletion_that_is_undone_keeps_the_file(house: Instance, leader: Actor) -> None:
    document_id = shelve(house, leader, "零售战略.md", STRATEGY)
    remove(house, leader, document_id)
    with pytest.raises(ZeroDivisionError), house.database.writing() as db:
        service.remove_for_good(db, house.settings, leader, document_id)
        raise ZeroDivisionError
    assert place(house.settings.uploads, row(house, document_id).sha256).exists()


def test_only_a_document_that_was_removed_can_be_removed_for_good(house: Instance, leader: Actor) -> None:
    document_id = shelve(house, leader, "零售战略.md", STRATEGY)
    with pytest.raises(NotFound), house.database.writing() as db:
        service.remove_for_good(db, house.settings, leader, document_id)


def test_a_file_that_comes_again_while_it_is_deleted_for_good_is_never_a_document_without_a_file(
    house: Instance, leader: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = add(house, leader, "a.md", STRATEGY).document_id
    with house.database.writing() as db:
        service.remove(db, leader, first)

    def delete() -> None:
        # Where it came again first, there is nothing to delete any more.
        with suppress(NotFound), house.database.writing() as db:
            service.remove_for_good(db, house.settings, leader, first)

    deleting, keep = threading.Thread(target=delete), files.keep

    def kept_while_it_is_deleted(uploads: Path, content: bytes) -> str:
        sha256 = keep(uploads, content)
        deleting.start()
        deleting.join(1.0)
        return sha256

    monkeypatch.setattr(files, "keep", kept_while_it_is_deleted)
    add(house, leader, "a.md", STRATEGY)
    deleting.join()
    with house.database.reading() as db:
        assert all(files.place(house.settings.uploads, one.document.sha256).exists() for one in service.entries(db, leader))


def test_after_thirty_days_a_removed_document_is_deleted_by_the_housekeeping(house: Instance, leader: Actor) -> None:
    old, recent = shelve(house, leader, "旧.md", STRATEGY), shelve(house, leader, "新.md", NOTICE)
    path = place(house.settings.uploads, row(house, old).sha256)
    for document_id, days in ((old, 31), (recent, 29)):
        remove(house, leader, document_id)
        with house.database.writing() as db:
            db.get_one(Document, document_id).removed_at = now() - timedelta(days=days)
    house.keep_house()
    with house.database.reading() as db:
        assert [one.document.id for one in service.removed(db, leader)] == [recent]
    assert not path.exists()


# Who sees what


def test_an_interview_is_for_human_resources_alone_until_they_open_it(
    house: Instance, leader: Actor, manager: Actor, executive: Actor
) -> None:
    record = InterviewRecord(
        "王行长", "副行长/党委委员", date(2026, 9, 1), "滨海新区三家支行的班子搭配存在明显短板。", ("明年要重点补齐。",)
    )
    with house.database.writing() as db:
        added = service.add_interview(db, house.settings, leader, record)
        name, content = service.original(db, house.settings, leader, added.document_id)
    read(house, added.document_id, name, content.read_bytes())
    settle(house)
    assert found(house, leader, BOARD) == [added.document_id]
    for other in (manager, executive):
        assert found(house, other, BOARD) == []
    with house.database.writing() as db:
        version = service.find(db, leader, added.document_id).version or 0
        readers = [Role.UNIT_MANAGER]
        service.change(db, leader, added.document_id, version, title="访谈", kind=DocumentKind.INTERVIEW, readers=readers, dated=None)
    assert found(house, manager, BOARD) == [added.document_id]
    assert found(house, executive, BOARD) == []


def test_what_a_person_may_not_see_is_not_there_for_them_in_any_way(house: Instance, leader: Actor, manager: Actor) -> None:
    hidden = shelve(house, leader, "访谈.md", SECRET, DocumentKind.INTERVIEW)
    open_to_all = shelve(house, leader, "零售战略.md", STRATEGY)
    with house.database.writing() as db:
        for look in (service.find, service.open_document, service.note_reading):
            with pytest.raises(NotFound):
                look(db, manager, hidden)
        with pytest.raises(NotFound):
            service.original(db, house.settings, manager, hidden)
        assert [entry.document.id for entry in service.entries(db, manager)] == [open_to_all]
        assert titles(db, manager) == ["零售战略"]
        assert not any("访谈" in part for path in headings(db, manager) for part in path)
        hits = search(db, house.index, manager, BOARD, 50, superseded=True, chosen=[hidden])
    assert hits == []


def test_an_older_edition_for_all_does_not_open_the_newer_one(house: Instance, leader: Actor, manager: Actor) -> None:
    shelve(house, leader, "经费办法.md", NOTICE)
    newer = shelve(house, leader, "经费办法.md", NOTICE.replace("六千", "八千"), readers=[Role.HR_LEADER])
    with house.database.reading() as db:
        with pytest.raises(NotFound):
            service.open_document(db, manager, newer)
        assert newer not in [one.document.id for one in service.entries(db, manager)]


def test_an_it_administrator_gets_nothing_of_the_library(house: Instance, leader: Actor, administrator: Actor) -> None:
    document_id = shelve(house, leader, "零售战略.md", STRATEGY)
    with house.database.writing() as db:
        for act in (
            lambda: service.entries(db, administrator),
            lambda: service.find(db, administrator, document_id),
            lambda: service.open_document(db, administrator, document_id),
            lambda: service.original(db, house.settings, administrator, document_id),
            lambda: search(db, house.index, administrator, "财富管理"),
            lambda: titles(db, administrator),
            lambda: headings(db, administrator),
            lambda: house.assistant.ask(administrator, "财富管理"),
            lambda: service.remove(db, administrator, document_id),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_a_manager_changes_nothing(house: Instance, leader: Actor, manager: Actor) -> None:
    document_id = shelve(house, leader, "零售战略.md", STRATEGY)
    with house.database.writing() as db:
        for act in (
            lambda: service.add(db, house.settings, manager, "x.md", b"x", DocumentKind.HQ),
            lambda: service.change(db, manager, document_id, 1, title="x", kind=DocumentKind.HQ, readers=[], dated=None),
            lambda: service.remove(db, manager, document_id),
            lambda: service.restore(db, manager, document_id),
            lambda: service.remove_for_good(db, house.settings, manager, document_id),
            lambda: service.index_again(db, manager, [document_id]),
            lambda: service.stop(db, manager, [document_id]),
            lambda: service.removed(db, manager),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_the_log_tells_what_happened_and_quotes_nothing(house: Instance, leader: Actor) -> None:
    document_id = shelve(house, leader, "零售战略.md", STRATEGY)
    with house.database.writing() as db:
        service.note_reading(db, leader, document_id)
        service.original(db, house.settings, leader, document_id)
    remove(house, leader, document_id)
    with house.database.reading() as db:
        entries = db.exec(select(AuditEntry).where(AuditEntry.subject == "document")).all()
    assert [entry.action for entry in entries] == ["document_added", "document_read", "document_downloaded", "document_removed"]
    assert all(entry.account_id == leader.account_id and "财富" not in str(entry.detail) for entry in entries)


# Interviews


def test_two_interviews_of_one_day_stay_apart_even_when_a_title_has_a_slash(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        added = [
            service.add_interview(
                db, house.settings, leader, InterviewRecord(person, "副行长/党委委员", date(2026, 9, 1), f"{person}谈短板。", ())
            )
            for person in ("王明", "李华")
        ]
    assert [one.outcome for one in added] == [Outcome.ADDED, Outcome.ADDED]
    assert all("副行长／党委委员" in row(house, one.document_id).file_name for one in added)


def test_a_corrected_interview_takes_the_place_of_the_first_and_can_be_corrected_back(house: Instance, leader: Actor) -> None:
    first = InterviewRecord("王明", "行长", date(2026, 9, 1), "短板在营销。", ("要快。",))
    corrected = InterviewRecord("王明", "行长", date(2026, 9, 1), "短板在风险。", ("要快。",))
    replaces: int | None = None
    for record in (first, corrected, first):
        with house.database.writing() as db:
            added = service.add_interview(db, house.settings, leader, record, replaces=replaces)
            name, path = service.original(db, house.settings, leader, added.document_id)
        read(house, added.document_id, name, path.read_bytes())
        settle(house)
        replaces = added.document_id
        with house.database.reading() as db:
            newest = service.entries(db, leader)
            assert len(newest) == 1
            assert service.open_document(db, leader, newest[0].document.id or 0).interview == record


@pytest.mark.parametrize(
    "record",
    [
        InterviewRecord("", "行长", date(2026, 9, 1), "纪要", ()),
        InterviewRecord("王明", " ", date(2026, 9, 1), "纪要", ()),
        InterviewRecord("王明", "行长", date(2026, 9, 1), " ", (" ",)),
        InterviewRecord("王明", "行长", date(2999, 1, 1), "纪要", ()),
    ],
)
def test_an_interview_without_person_role_words_or_a_past_date_is_refused(house: Instance, leader: Actor, record: InterviewRecord) -> None:
    with pytest.raises(BadInput), house.database.writing() as db:
        service.add_interview(db, house.settings, leader, record)


def test_files_of_one_name_in_one_batch_stay_apart(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        first = service.add(db, house.settings, leader, "工作总结.txt", "二〇二五年的总结。".encode(), DocumentKind.BRANCH)
        batch = [first.document_id]
        second = service.add(
            db, house.settings, leader, "工作总结.txt", "二〇二六年的总结。".encode(), DocumentKind.BRANCH, apart_from=batch
        )
    assert second.outcome is Outcome.ADDED
    with house.database.reading() as db:
        assert len(service.entries(db, leader)) == 2
