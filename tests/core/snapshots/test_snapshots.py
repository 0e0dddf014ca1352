"""Links that keep what their page showed: nothing later comes in, nothing that had to go stays. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from core.access.actor import Actor
from core.access.tables import AuditEntry
from core.documents import service as library
from core.documents.deletion import delete_row
from core.documents.tables import Document
from core.errors import BadInput, NotAllowed, NotFound
from core.goals.goal import KirkpatrickLevel
from core.instance import Instance
from core.people.nameless import HIDDEN
from core.review.results import service as results
from core.review.results.measuring import MeasureDraft
from core.review.results.terms import SourceKind
from core.shares import service as shares
from core.shares.terms import SharedPage
from core.snapshots import service as snapshots
from core.snapshots.service import Wanted
from core.snapshots.tables import ShareSnapshot
from core.storage import now
from core.strategy.themes import service as themes
from core.strategy.themes.service import draft_of
from tests.conftest import BOTH
from tests.core.review.world import a_year, review
from tests.core.strategy.ideas_world import Ripe, ripe

both = pytest.mark.parametrize("house", BOTH, indirect=True)


def keep(house: Instance, actor: Actor, plan: int, page: SharedPage = SharedPage.STRATEGY_MAP) -> int:
    with house.database.writing() as db:
        row = shares.link_of(db, snapshots.create(db, actor, plan, Wanted(page, 3, as_of_now=True)))
        assert row is not None and row.id is not None
        return row.id


def shown(house: Instance, plan: int, link: int | None) -> themes.Overview:
    with house.database.reading() as db:
        return snapshots.strategy_map(db, shares.visitor(), plan, link).seen


def names(seen: themes.Overview) -> list[str]:
    return [view.theme.name for view in seen.themes]


def rename(house: Instance, leader: Actor, made: Ripe, name: str) -> None:
    with house.database.writing() as db:
        row = next(view.theme for view in themes.overview(db, leader, made.plan).themes if view.id == made.retail)
        themes.change(db, leader, made.retail, row.version or 0, replace(draft_of(row), name=name))


@both
def test_a_kept_page_shows_what_was_there_when_its_link_was_made(house: Instance, leader: Actor) -> None:
    made = ripe(house, leader)
    link, before = keep(house, leader, made.plan), shown(house, made.plan, None)
    rename(house, leader, made, "另一个名字")
    assert shown(house, made.plan, link) == before
    assert "另一个名字" in names(shown(house, made.plan, None))
    with house.database.reading() as db:
        assert snapshots.taken_at(db, link) is not None and list(snapshots.taken(db, leader)) == [link]
        assert "share_snapshot_taken" in set(db.exec(select(AuditEntry.action)))


@both
def test_the_words_of_a_document_that_is_closed_go_and_those_of_one_that_is_deleted_take_all_with_them(
    house: Instance, leader: Actor
) -> None:
    made = ripe(house, leader)
    link = keep(house, leader, made.plan)
    with house.database.writing() as db:
        library.remove(db, leader, made.world.hq)
    closed = shown(house, made.plan, link)
    assert names(closed) and not closed.ungrouped and not any(view.members for view in closed.themes)
    with house.database.writing() as db:
        row = db.get(Document, made.world.hq)
        assert row is not None
        delete_row(db, house.settings, row)
    with pytest.raises(NotFound, match="已经不在了"):
        shown(house, made.plan, link)
    with house.database.reading() as db:
        kept = db.get(ShareSnapshot, link)
        assert kept is not None and kept.content is None


@both
def test_what_no_longer_fits_or_was_given_by_a_weaker_gate_is_refused_and_never_replaced(
    house: Instance, leader: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ripe(house, leader)
    link = keep(house, leader, made.plan)
    with monkeypatch.context() as patch, pytest.raises(NotFound):
        patch.setattr(snapshots, "HIDE", 10)
        shown(house, made.plan, link)
    assert shown(house, made.plan, link).themes
    with house.database.writing() as db:
        row = db.get(ShareSnapshot, link)
        assert row is not None
        row.content = {**(row.content or {}), "later": 1}
    with pytest.raises(NotFound):
        shown(house, made.plan, link)


@both
def test_what_is_kept_goes_with_the_link(house: Instance, leader: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    made = ripe(house, leader)
    revoked, standing = keep(house, leader, made.plan), keep(house, leader, made.plan)
    with house.database.writing() as db:
        shares.revoke(db, leader, revoked)
    with house.database.writing() as db:
        assert snapshots.forget_closed(db) == 1
    with house.database.reading() as db:
        kept = {row.link_id: row.content is not None for row in db.exec(select(ShareSnapshot))}
    assert kept == {revoked: False, standing: True}
    later = now() + timedelta(days=4)
    monkeypatch.setattr(shares, "now", lambda: later)
    with house.database.writing() as db:
        assert snapshots.forget_closed(db) == 1 and snapshots.forget_closed(db) == 0


def test_a_page_that_cannot_be_kept_is_refused_in_words_and_makes_no_link(house: Instance, leader: Actor, executive: Actor) -> None:
    made: Ripe = ripe(house, leader)
    for page in set(SharedPage) - set(snapshots.CONTENTS):
        with pytest.raises(BadInput, match="还不能定格"):
            keep(house, leader, made.plan, page)
    with pytest.raises(NotAllowed):
        keep(house, executive, made.plan)
    with house.database.reading() as db:
        assert not shares.links(db, leader)


@both
def test_levels_and_year_are_kept_whole_and_name_nobody(house: Instance, leader: Actor) -> None:
    made = review(house, leader)
    a_year(house, leader, made)
    person = leader.name
    with house.database.writing() as db:
        due = (now() - timedelta(days=9)).date()
        draft = MeasureDraft("按期回访", KirkpatrickLevel.BEHAVIOUR, SourceKind.BEHAVIOUR, owner=f"零售金融部、{person}", due=due)
        late = results.save_measure(db, leader, made.plan, draft)
    levels, year = (keep(house, leader, made.plan, page) for page in (SharedPage.LEVELS, SharedPage.EXECUTIVE))
    guest = shares.visitor()
    with house.database.reading() as db:
        whole = snapshots.levels(db, guest, made.plan, None)
        part = snapshots.levels(db, guest, made.plan, None, project=made.project)
        measured = next(line.measure.id for one in part.levels for line in one.lines if line.actual.attendances)
        months, found = snapshots.months(db, guest, measured, None), snapshots.executive(db, guest, made.plan, None)
        stored = str([row.content for row in db.exec(select(ShareSnapshot))])
    assert [one.owner for one in whole.missing if one.measure.id == late] == [f"零售金融部、{HIDDEN}"]
    assert dict(found.owed)[f"零售金融部、{HIDDEN}"] == 1 and person not in stored
    with house.database.writing() as db:
        row = next(one for one in results.measures(db, leader, made.plan) if one.id == measured)
        results.save_measures(db, leader, made.plan, [], {row.id: row.version, late: 1})
    with house.database.reading() as db:
        assert snapshots.levels(db, guest, made.plan, levels) == whole
        assert snapshots.levels(db, guest, made.plan, levels, project=made.project) == part
        assert list(snapshots.months(db, guest, measured, levels)) == list(months)
        assert snapshots.executive(db, guest, made.plan, year) == found
        assert snapshots.levels(db, guest, made.plan, None) != whole
