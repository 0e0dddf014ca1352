"""The sample branch comes as a whole, is labelled, and goes without a trace and without harm to what is one's own."""

from __future__ import annotations

import pytest
from sqlmodel import select

from core.access.actor import Actor
from core.delivery.faculty import editing
from core.delivery.faculty.facts import VenueFacts
from core.delivery.undo import service as undo
from core.demo import service as demo
from core.demo.service import Sample
from core.documents import service
from core.documents.service import Outcome
from core.documents.tables import Document, DocumentKind, DocumentText
from core.errors import BadInput, NotAllowed
from core.instance import Instance
from core.plans import service as plans
from tests.conftest import BOTH
from tests.library import NOTICE, add, settle, shelve, texts_of


def load(house: Instance, actor: Actor, sample: Sample) -> demo.Loaded:
    """Take the sample in."""
    with house.database.writing() as db:
        return demo.load(db, house.settings, actor, sample)


def clear(house: Instance, actor: Actor) -> None:
    """Remove the sample."""
    with house.database.writing() as db:
        demo.clear(db, house.settings, actor)


@pytest.mark.parametrize("house", BOTH, indirect=True)
def test_loading_twice_changes_nothing_and_clearing_leaves_nothing(house: Instance, leader: Actor, sample: Sample) -> None:
    first = load(house, leader, sample)
    assert all(one.outcome in (Outcome.ADDED, Outcome.NEW_EDITION) for one in first.added)
    assert {one.outcome for one in load(house, leader, sample).added} == {Outcome.UNCHANGED}
    with house.database.reading() as db:
        assert all(entry.document.sample for entry in service.entries(db, leader))
        assert [(plan.year, plan.sample) for plan in plans.plans(db, leader)] == [(2027, True), (2026, True)]
    clear(house, leader)
    with house.database.reading() as db:
        assert db.exec(select(Document)).all() == [] and db.exec(select(DocumentText)).all() == []
        assert plans.plans(db, leader) == [] and plans.plans(db, leader, archived=True) == []
    assert texts_of(house.settings.uploads) == {}
    with pytest.raises(BadInput):
        clear(house, leader)


def test_ones_own_file_of_the_same_name_is_neither_replaced_nor_removed(house: Instance, leader: Actor, sample: Sample) -> None:
    twin = sample.files[0].document
    own = shelve(house, leader, twin.path.name, NOTICE, DocumentKind(twin.kind))
    loaded = load(house, leader, sample)
    assert own not in [one.document_id for one in loaded.added]
    with house.database.reading() as db:
        assert service.find(db, leader, own).current
    assert add(house, leader, twin.path.name, NOTICE + "\n新。\n", DocumentKind(twin.kind)).outcome is Outcome.NEW_EDITION
    clear(house, leader)
    settle(house)
    with house.database.reading() as db:
        left = service.entries(db, leader)
    assert [(entry.document.sample, entry.editions) for entry in left] == [(False, 2)]


def test_with_the_sample_goes_what_is_remembered_of_it_and_nothing_of_ones_own(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        editing.save_venue(db, leader, None, VenueFacts("海州培训室", 40))
    load(house, leader, Sample((), ()))
    with house.database.reading() as db:
        assert undo.history(db, leader, "cases")
    clear(house, leader)
    with house.database.writing() as db:
        assert not undo.history(db, leader, "cases")
        (mine,) = undo.history(db, leader, undo.VENUES)
        undo.undo(db, leader, mine.id)


def test_only_human_resources_load_and_clear_it(house: Instance, manager: Actor, sample: Sample) -> None:
    with pytest.raises(NotAllowed):
        load(house, manager, sample)
    with pytest.raises(NotAllowed):
        clear(house, manager)
