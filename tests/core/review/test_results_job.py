"""Files of results taken in in the background: they go on without a page, say how far they are, stop, and say why they brought nothing."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.errors import Conflict, NotAllowed
from core.instance import Instance
from core.jobs import repository as jobs
from core.jobs.tables import Job, JobState
from core.jobs.worker import Report, Stopped
from core.review.results import importing, pieces
from core.review.results import job as imports
from core.review.results.found import Given
from core.review.results.service import actuals
from core.review.results.terms import ResultKind
from core.review.results.waiting import Order
from tests.conftest import BOTH
from tests.core.review.world import Review, named, review

both = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def made(house: Instance, leader: Actor) -> Review:
    return review(house, leader)


def file(made: Review, *more: str) -> bytes:
    return "\n".join(["工号,日期,话术得分", *(f"{no},2027-11-01,80" for no in made.near), *more]).encode()


def ask(house: Instance, actor: Actor, made: Review, content: bytes, name: str = "成绩.csv") -> int:
    order = Order(made.plan, ResultKind.TEST, name, None, Given(made.project))
    with house.database.writing() as db:
        return imports.ask(db, actor, house.settings, order, content)


def state(house: Instance, number: int) -> JobState:
    with house.database.reading() as db:
        return db.get_one(Job, number).state


@both
@pytest.mark.parametrize("long", [False, True])
def test_a_file_comes_in_without_a_page_and_can_be_undone(
    house: Instance, leader: Actor, executive: Actor, made: Review, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    if long:
        monkeypatch.setattr(pieces, "LONG_BYTES", 10)
        monkeypatch.setattr(pieces, "ROWS", 5)
    with pytest.raises(NotAllowed):
        ask(house, executive, made, file(made))
    number = ask(house, leader, made, file(made))
    with house.database.reading() as db:
        (busy,) = imports.busy(db, leader, house.settings, made.plan)
    assert (busy.job_id, busy.name, busy.running, busy.kind) == (number, "成绩.csv", False, ResultKind.TEST)
    house.worker.run([number])
    measure = named(house, leader, made, "话术得分")
    with house.database.reading() as db:
        assert actuals(db, leader, made.plan)[measure.id].people == len(made.near)
        assert not imports.busy(db, leader, house.settings, made.plan) and imports.failure(db, leader, made.plan) is None
        (run,) = importing.runs(db, leader, made.plan)
    assert run.row.created == len(made.near) and not list(house.settings.result_imports.glob("*"))
    with pytest.raises(Conflict):
        ask(house, leader, made, file(made))
    with house.database.writing() as db:
        assert importing.undo(db, leader, run.row.id or 0) == len(made.near)


@both
def test_what_is_stopped_leaves_nothing_and_what_fails_says_why(
    house: Instance, leader: Actor, made: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "LONG_BYTES", 10)
    monkeypatch.setattr(pieces, "ROWS", 5)
    waiting, running, bad = (ask(house, leader, made, content) for content in (file(made), file(made, ""), "工号,日期\n1,2\n".encode()))
    with house.database.writing() as db:
        first = imports.busy(db, leader, house.settings, made.plan)[0]
        imports.stop(db, leader, house.settings, first)
    assert first.job_id == waiting and state(house, waiting) is JobState.STOPPED
    seen: list[bool] = []

    def heard_and_stopped(*_rest: object) -> None:
        with house.database.reading() as db:
            (one,) = (one for one in imports.busy(db, leader, house.settings, made.plan) if one.job_id == running)
            seen.append(one.running)
        # The import has the database to itself: who stops it writes nothing there.
        imports.stop(db, leader, house.settings, one)

    begun = importing.import_chunks
    monkeypatch.setattr(importing, "import_chunks", lambda *given: (heard_and_stopped(), begun(*given))[1])
    house.worker.run([running])
    assert seen == [True] and state(house, running) is JobState.STOPPED
    house.worker.run([bad])
    assert state(house, bad) is JobState.FAILED
    with house.database.reading() as db:
        assert not importing.runs(db, leader, made.plan) and imports.failure(db, leader, made.plan) is not None
    assert not list(house.settings.result_imports.glob("*"))


def test_a_worker_that_ends_puts_the_file_back_in_the_queue(house: Instance, leader: Actor, made: Review) -> None:
    number = ask(house, leader, made, file(made))
    with house.database.writing() as db:
        job = jobs.claim_next(db, "another", [imports.RESULTS_JOB], None)
    assert job is not None
    ending = Report(house.database, number, ending=lambda: True)
    with pytest.raises(Stopped):
        imports.Importer(house.database, house.settings).handle(job, ending)
    with house.database.writing() as db:
        jobs.put_back(db, number)
        imports.tidy(db, house.settings)
    house.worker.run([number])
    assert state(house, number) is JobState.DONE
