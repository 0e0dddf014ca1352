"""The worker: every job ends in a known way, and a job whose process is gone goes back to the queue."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psutil
import pytest

from core.errors import BadInput, Unavailable
from core.exports.leadership.terms import PAPER_JOB
from core.i18n import Message
from core.instance import Instance
from core.jobs import repository, service
from core.jobs.tables import Job, JobState
from core.jobs.worker import FAULT, Report, Worker, refuse_lost
from core.logs import configure
from core.storage import Database, now
from core.strategy.refining_job import REFINE_FINDINGS_JOB
from tests.conftest import BOTH


class Bench:
    """A worker with one kind of job, whose handler the test chooses."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.done: list[int] = []
        self.handle = lambda job, report: self.done.append(job.subject_id)
        self.worker = Worker(database, {"work": lambda job, report: self.handle(job, report)}, idle=lambda: None)

    def queue(self, subject: int = 1) -> int:
        """A new job; returns its id."""
        with self.database.writing() as db:
            return repository.add(db, "work", subject, None).id or 0

    def job(self, job_id: int) -> Job:
        """A job as the database has it."""
        with self.database.reading() as db:
            return db.get_one(Job, job_id)

    def taken_by(self, job_id: int, worker: str, minutes_ago: float = 0.0) -> None:
        """Make it look as if `worker` had the job."""
        with self.database.writing() as db:
            job = db.get_one(Job, job_id)
            job.state, job.worker, job.heartbeat_at = JobState.RUNNING, worker, now() - timedelta(minutes=minutes_ago)


@pytest.fixture
def bench(house: Instance) -> Iterator[Bench]:
    """A bench on a database of its own."""
    made = Bench(house.database)
    yield made
    made.worker.stop()


@pytest.mark.parametrize("house", BOTH, indirect=True)
def test_jobs_are_done_in_their_order_and_only_once(bench: Bench) -> None:
    ids = [bench.queue(subject) for subject in (5, 6, 7)]
    bench.worker.run()
    bench.worker.run()
    assert bench.done == [5, 6, 7]
    assert {bench.job(job_id).state for job_id in ids} == {JobState.DONE}


@pytest.mark.parametrize("house", BOTH, indirect=True)
def test_two_workers_never_take_the_same_job(house: Instance, bench: Bench) -> None:
    second = Bench(house.database)
    for subject in range(30):
        bench.queue(subject)
    threads = [threading.Thread(target=one.worker.run) for one in (bench, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(bench.done + second.done) == list(range(30))


def test_a_command_does_its_own_jobs_alone(bench: Bench) -> None:
    other, own = bench.queue(1), bench.queue(2)
    bench.worker.run([own])
    assert bench.done == [2] and bench.job(other).state is JobState.WAITING


def test_an_expected_failure_keeps_its_sentence(bench: Bench) -> None:
    def refuse(_job: Job, _report: Report) -> None:
        raise BadInput(Message("第 {page} 页无法读取。", page=3))

    bench.handle = refuse
    job_id = bench.queue()
    bench.worker.run()
    failure = service.failure(bench.job(job_id))
    assert bench.job(job_id).state is JobState.FAILED and str(failure) == "第 3 页无法读取。"


def test_a_fault_is_logged_shown_as_a_sentence_and_does_not_end_the_worker(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO")
    ids = [bench.queue(0), bench.queue(2)]
    bench.handle = lambda job, report: bench.done.append(1 // job.subject_id)
    bench.worker.run()
    assert bench.job(ids[0]).error == FAULT.to_json() and bench.job(ids[1]).state is JobState.DONE
    logged = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert logged[0]["event"] == "job_failed" and logged[0]["job"] == ids[0] and "ZeroDivisionError" in logged[0]["exception"]


def test_progress_is_seen_and_a_stop_is_obeyed(bench: Bench) -> None:
    seen: list[service.Progress] = []

    def work(job: Job, report: Report) -> None:
        for step in range(1, 4):
            report.progress(f"stage {step}", step, 10)
            with bench.database.reading() as db:
                seen.append(service.progress(db, "work", [1])[1])
            if step == 2:
                with bench.database.writing() as db:
                    service.request_stop(db, "work", [1])

    bench.handle = work
    job_id = bench.queue()
    bench.worker.run()
    assert [(one.stage, one.done, one.total, one.running) for one in seen] == [("stage 1", 1, 10, True), ("stage 2", 2, 10, True)]
    assert bench.job(job_id).state is JobState.STOPPED
    with bench.database.reading() as db:
        assert service.progress(db, "work", [1]) == {}


def test_a_job_that_waits_is_stopped_at_once(bench: Bench) -> None:
    job_id = bench.queue()
    with bench.database.writing() as db:
        assert service.request_stop(db, "work", [1]) == 1
    bench.worker.run()
    assert bench.done == [] and bench.job(job_id).state is JobState.STOPPED


def test_a_stop_that_was_asked_for_outlives_the_process(bench: Bench) -> None:
    job_id = bench.queue()
    bench.taken_by(job_id, "elsewhere:1:0", minutes_ago=5)
    with bench.database.writing() as db:
        service.request_stop(db, "work", [1])
    assert bench.worker.recover() == 1
    bench.handle = lambda job, report: report.progress("again", 1, 2)
    bench.worker.run()
    assert bench.job(job_id).state is JobState.STOPPED


def test_a_job_whose_process_is_gone_is_put_back(bench: Bench) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    host = bench.worker.name.rsplit(":", 2)[0]
    own, started = bench.worker.name.rsplit(":", 2)[1:]
    alive = psutil.Process(int(own)).parent()
    assert alive is not None
    cases = {
        f"{host}:{gone.pid}:{time.time():.0f}": JobState.WAITING,
        bench.worker.name: JobState.RUNNING,
        f"{host}:{own}:{float(started) - 3600:.0f}": JobState.WAITING,  # a process of the same number, before a restart
        f"{host}:{alive.pid}:{alive.create_time():.0f}": JobState.RUNNING,
        f"{host}:{alive.pid}:{alive.create_time() - 3600:.0f}": JobState.WAITING,
    }
    jobs = {bench.queue(n): (worker, state) for n, (worker, state) in enumerate(cases.items())}
    for job_id, (worker, _) in jobs.items():
        bench.taken_by(job_id, worker)
    assert bench.worker.recover() == 3
    for job_id, (worker, state) in jobs.items():
        assert bench.job(job_id).state is state, worker


def test_a_job_on_another_machine_is_put_back_when_nothing_was_heard_of_it(bench: Bench) -> None:
    silent, busy = bench.queue(1), bench.queue(2)
    bench.taken_by(silent, "elsewhere:1:0", minutes_ago=2)
    bench.taken_by(busy, "elsewhere:1:0", minutes_ago=0.5)
    assert bench.worker.recover() == 1
    assert (bench.job(silent).state, bench.job(busy).state) == (JobState.WAITING, JobState.RUNNING)


def test_who_only_asks_whether_to_stop_is_heard_of_too(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.jobs import worker

    monkeypatch.setattr(worker, "_BEAT_SECONDS", 0.0)
    job_id = bench.queue()
    bench.taken_by(job_id, bench.worker.name, minutes_ago=5)
    assert Report(bench.database, job_id).should_stop() is False
    heard = bench.job(job_id).heartbeat_at
    assert heard is not None and now() - heard < timedelta(seconds=5)


def test_the_background_thread_works_wakes_and_ends(bench: Bench) -> None:
    first = bench.queue(1)
    bench.worker.start()
    deadline = time.monotonic() + 10
    while bench.job(first).state is not JobState.DONE and time.monotonic() < deadline:
        time.sleep(0.02)
    second = bench.queue(2)
    bench.worker.wake()
    while bench.job(second).state is not JobState.DONE and time.monotonic() < deadline:
        time.sleep(0.02)
    bench.worker.stop()
    assert bench.done == [1, 2]
    third = bench.queue(3)
    time.sleep(0.1)
    assert bench.job(third).state is JobState.WAITING


def test_the_end_of_a_job_is_noted_as_soon_as_the_database_can_be_written_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    finish, refusals = repository.finish, iter([Unavailable(Message("数据库正忙，这次改动没有保存。请稍后再试。"))])

    def busy_at_first(*given: Any) -> None:
        if (refused := next(refusals, None)) is not None:
            raise refused
        finish(*given)

    monkeypatch.setattr(repository, "finish", busy_at_first)
    job_id = bench.queue(1)
    bench.worker.start()
    deadline = time.monotonic() + 20
    while bench.job(job_id).state is not JobState.DONE and time.monotonic() < deadline:
        time.sleep(0.05)
    assert bench.job(job_id).state is JobState.DONE and bench.done == [1]


def test_a_busy_database_is_a_line_in_the_log_and_a_fault_is_told_in_full(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO")
    failures = iter([Unavailable(Message("数据库正忙，这次改动没有保存。请稍后再试。")), ZeroDivisionError("none"), None])
    asked = threading.Event()

    def idle() -> None:
        if (failure := next(failures)) is not None:
            raise failure
        asked.set()

    worker = Worker(bench.database, {"work": bench.handle}, idle=idle)
    worker.start()
    assert asked.wait(20)
    worker.stop()
    busy, fault = [json.loads(line) for line in capsys.readouterr().err.splitlines() if "worker_failed" in line]
    assert busy["level"] == "warning" and busy["kinds"] == ["work"] and "数据库正忙" in busy["reason"] and "exception" not in busy
    assert fault["level"] == "error" and "Traceback" in fault["exception"] and "ZeroDivisionError" in fault["exception"]


def test_a_job_that_ends_its_process_each_time_is_given_up_with_a_sentence(bench: Bench) -> None:
    def work(job: Job, _report: Report) -> None:
        refuse_lost(job)
        bench.done.append(job.subject_id)

    bench.handle = work
    job_id = bench.queue(7)
    for _ in range(3):
        bench.taken_by(job_id, "elsewhere:1:0", minutes_ago=5)
        assert bench.job(job_id).state is JobState.RUNNING and bench.worker.recover() == 1
    bench.worker.run()
    failure = service.failure(bench.job(job_id))
    assert bench.job(job_id).state is JobState.FAILED and bench.done == []
    assert failure is not None and "已经 3 次意外中断" in str(failure) and "interrupted 3 times" in failure.render("en")
    # Somebody tries again: that is a job of its own.
    bench.queue(7)
    bench.worker.run()
    assert bench.done == [7]


def test_a_job_that_was_lost_once_or_paused_by_an_orderly_end_goes_on(bench: Bench) -> None:
    bench.handle = lambda job, report: (refuse_lost(job), bench.done.append(job.subject_id))  # type: ignore[func-returns-value,assignment,return-value]
    job_id = bench.queue(7)
    for _ in range(2):
        bench.taken_by(job_id, "elsewhere:1:0", minutes_ago=5)
        bench.worker.recover()
    with bench.database.writing() as db:
        repository.put_back(db, job_id)
    assert bench.job(job_id).lost == 2
    bench.worker.run()
    assert bench.done == [7]


def test_every_kind_of_work_is_given_up_at_last(house: Instance) -> None:
    workers = (house.worker, house.model_worker, house.paper_worker, house.schedule_worker)
    handlers = {kind: handler for one in workers for kind, handler in one._handlers.items()}
    # These look first whether what they are for is there; what they do then is tested beside them.
    for kind in handlers.keys() - {PAPER_JOB, REFINE_FINDINGS_JOB}:
        with pytest.raises(Unavailable, match="已经 3 次意外中断"):
            handlers[kind](Job(id=1, kind=kind, subject_id=1, lost=3), Report(house.database, 1))
    assert len(handlers) >= 10


def test_a_command_waits_for_jobs_that_a_server_has_taken(house: Instance, bench: Bench) -> None:
    server = Bench(house.database)
    server.handle = lambda job, report: (time.sleep(0.8), server.done.append(job.subject_id))  # type: ignore[func-returns-value,assignment,return-value]
    job_id = bench.queue(4)
    server.worker.start()
    while bench.job(job_id).state is JobState.WAITING:
        time.sleep(0.02)
    bench.worker.finish([job_id])
    assert bench.job(job_id).state is JobState.DONE and server.done == [4] and bench.done == []
    server.worker.stop()


def test_old_jobs_are_forgotten_and_open_ones_never(bench: Bench) -> None:
    old, fresh, waiting = bench.queue(1), bench.queue(2), bench.queue(3)
    bench.worker.run([old, fresh])
    with bench.database.writing() as db:
        db.get_one(Job, old).finished_at = now() - timedelta(days=40)
        db.flush()
        repository.delete_finished_before(db, now() - timedelta(days=30))
    with bench.database.reading() as db:
        assert [db.get(Job, job_id) is None for job_id in (old, fresh, waiting)] == [True, False, False]
