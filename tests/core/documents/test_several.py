"""Several documents at once."""

from __future__ import annotations

import zlib

import pytest

from core.access.actor import Actor, Role
from core.documents import repository, several
from core.documents import service as library
from core.documents.indexing import INDEX_JOB, unpack
from core.documents.tables import DocumentKind
from core.errors import Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.jobs import repository as jobs
from tests.library import NOTICE, STRATEGY, add, settle, shelve


def kinds(house: Instance, actor: Actor) -> dict[str, DocumentKind]:
    """Each document's kind, as this person sees the library."""
    with house.database.reading() as db:
        return {entry.document.title: entry.document.kind for entry in library.entries(db, actor)}


def test_kind_and_readers_change_together_and_human_resources_always_stay(house: Instance, leader: Actor, executive: Actor) -> None:
    ids = [shelve(house, leader, "甲.md", STRATEGY), shelve(house, leader, "乙.md", NOTICE)]
    with house.database.writing() as db:
        several.change_many(db, leader, ids, kind=DocumentKind.POLICY, readers=[])
    assert kinds(house, leader) == {"甲": DocumentKind.POLICY, "乙": DocumentKind.POLICY}
    assert kinds(house, executive) == {}
    with house.database.writing() as db:
        several.change_many(db, leader, ids, readers=[Role.EXECUTIVE])
    assert kinds(house, executive) == {"甲": DocumentKind.POLICY, "乙": DocumentKind.POLICY}


def test_one_that_is_gone_leaves_all_as_they_were(house: Instance, leader: Actor) -> None:
    known = shelve(house, leader, "甲.md", STRATEGY)
    with pytest.raises(NotFound), house.database.writing() as db:
        several.change_many(db, leader, [known, 999], kind=DocumentKind.POLICY)
    assert kinds(house, leader) == {"甲": DocumentKind.HQ}


def test_only_editors_change_documents(house: Instance, leader: Actor, manager: Actor) -> None:
    known = shelve(house, leader, "甲.md", STRATEGY)
    with pytest.raises(NotAllowed), house.database.writing() as db:
        several.change_many(db, manager, [known], kind=DocumentKind.POLICY)


def test_what_is_being_read_is_followed_only_by_those_who_may_see_it(
    house: Instance, leader: Actor, executive: Actor, administrator: Actor
) -> None:
    add(house, leader, "甲.md", STRATEGY)
    add(house, leader, "访谈.md", NOTICE, DocumentKind.INTERVIEW)
    with house.database.reading() as db:
        assert [one.document.title for one in several.being_read(db, leader)] == ["甲", "访谈"]
        assert [one.document.title for one in several.being_read(db, executive)] == ["甲"]
        with pytest.raises(NotAllowed):
            several.being_read(db, administrator)
    settle(house)
    with house.database.reading() as db:
        assert several.being_read(db, leader) == []


def test_what_is_read_now_stands_before_what_waits_for_its_turn(house: Instance, leader: Actor) -> None:
    first, second, third = (add(house, leader, f"{name}.md", NOTICE + name) for name in "甲乙丙")
    with house.database.writing() as db:
        assert jobs.claim_next(db, "test:1:1", [INDEX_JOB], [second.job_id or 0]) is not None
    with house.database.reading() as db:
        followed = several.being_read(db, leader)
    assert [one.document.id for one in followed] == [second.document_id, first.document_id, third.document_id]
    assert [one.progress is not None and one.progress.running for one in followed] == [True, False, False]


def test_who_edits_a_document_is_told_when_its_readers_were_changed_among_many(house: Instance, leader: Actor) -> None:
    known = shelve(house, leader, "甲.md", STRATEGY)
    with house.database.reading() as db:
        seen = library.find(db, leader, known).version or 0
    with house.database.writing() as db:
        several.change_many(db, leader, [known], readers=[])
    with pytest.raises(Conflict), house.database.writing() as db:
        library.change(db, leader, known, seen, title="甲", kind=DocumentKind.HQ, readers=[Role.UNIT_MANAGER], dated=None)


def test_the_samples_are_known_by_their_ids(house: Instance, leader: Actor) -> None:
    shelve(house, leader, "甲.md", STRATEGY)
    sample = shelve(house, leader, "乙.md", NOTICE, sample=True)
    with house.database.reading() as db:
        assert several.sample_ids(db) == {sample}


def test_what_an_earlier_version_has_read_is_found_until_it_is_read_anew(house: Instance, leader: Actor, manager: Actor) -> None:
    old, new = shelve(house, leader, "甲.md", STRATEGY), shelve(house, leader, "乙.md", NOTICE)
    with house.database.writing() as db:
        stored = repository.text(db, old)
        assert stored is not None
        # As it was written before readers were counted.
        stored.structure = zlib.compress(unpack(stored.structure).to_json().encode())
        assert unpack(stored.structure).text == stored.text
    with house.database.reading() as db:
        assert several.read_before(db, leader) == [old]
        with pytest.raises(NotAllowed):
            several.read_before(db, manager)
    with house.database.writing() as db:
        library.index_again(db, leader, [old], from_file=True)
    settle(house)
    with house.database.reading() as db:
        assert several.read_before(db, leader) == []
        assert library.visible(db, leader, [old, new]) == {old, new}
