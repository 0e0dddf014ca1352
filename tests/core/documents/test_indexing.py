"""Taking documents into the search: it can be stopped, killed, done by two at once, and nothing is lost or left over."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromadb.errors import InternalError

from core.access.actor import LOCAL_ADMINISTRATOR, Actor
from core.documents import repository, service
from core.documents import vectors as vector_store
from core.documents.index import Index
from core.documents.indexing import INDEXING, REFINE_JOB, REFINING
from core.documents.lexical import LexicalIndex
from core.documents.search import search
from core.documents.tables import Document, DocumentKind, IndexState
from core.errors import BadInput
from core.instance import Instance
from core.jobs import repository as jobs
from core.jobs.tables import Job, JobState
from core.upkeep import checks
from tests.core.documents.indexing_process import NumberEmbedder, open_with_numbers
from tests.library import NOTICE, STRATEGY, add, long_text, read, settle, shelve


@pytest.fixture
def dense(house: Instance) -> Instance:
    """The house with vectors that cost nothing, in a real Chroma."""
    house.index.change_embedder(NumberEmbedder)
    return house


def start(data: Path, *arguments: str) -> subprocess.Popen[str]:
    """Another process on the same library."""
    environment = {**os.environ, "CEXUN_EMBEDDING": "none"}
    root = Path(__file__).parents[3]
    pipe = subprocess.PIPE
    called = "import sys; from tests.core.documents.indexing_process import main; main(*sys.argv[1:])"
    command = [sys.executable, "-c", called, str(data), *arguments]
    return subprocess.Popen(command, cwd=root, env=environment, stdin=pipe, stdout=pipe, text=True)


def vectors(house: Instance, document_id: int) -> tuple[int, int]:
    """How many passages a document has, and how many of them have a vector."""
    with house.database.reading() as db:
        ids = [row.id for row in repository.passage_rows(db, document_id) if row.id is not None]
        generation = repository.stamp(db).generation
    house.index.follow(generation)
    return len(ids), len(ids) - len(house.index.missing(document_id, ids))


def state(house: Instance, document_id: int) -> IndexState:
    """Where a document stands."""
    with house.database.reading() as db:
        return db.get_one(Document, document_id).state


def test_every_passage_gets_its_vector_and_a_removed_document_keeps_none(dense: Instance, leader: Actor) -> None:
    document_id = shelve(dense, leader, "方案.md", long_text(30))
    passages, stored = vectors(dense, document_id)
    assert passages == stored > 20
    with dense.database.writing() as db:
        service.remove(db, leader, document_id)
    settle(dense)
    assert vectors(dense, document_id) == (passages, 0)


def test_every_document_is_searchable_before_the_first_has_its_sentences(dense: Instance, leader: Actor) -> None:
    first = add(dense, leader, "方案.md", long_text(30)).document_id
    second = add(dense, leader, "另一方案.md", long_text(30, "数字化营销")).document_id
    states: list[tuple[IndexState, IndexState]] = []

    def look(_job: Job, stage: str, done: int, total: int) -> None:
        if stage == REFINING:
            states.append((state(dense, first), state(dense, second)))

    dense.worker.run(watch=look)
    assert states and set(states) == {(IndexState.READY, IndexState.READY)}
    with dense.database.reading() as db:
        passages = [row.id for row in repository.passage_rows(db, first) if row.id is not None]
    sentences = dense.index.sentence_vectors(passages)
    assert {passage for passage, _ in sentences} == set(passages) and len(sentences) >= len(passages)


def test_sentences_go_with_their_document_and_with_a_text_that_is_extracted_anew(dense: Instance, leader: Actor) -> None:
    document_id = shelve(dense, leader, "方案.md", long_text(30))
    before = dense.index._store().sentences_of(document_id)  # the test is about what lies in the store
    with dense.database.writing() as db:
        service.index_again(db, leader, [document_id], from_file=True)
    settle(dense)
    after = dense.index._store().sentences_of(document_id)
    assert before and len(after) == len(before) and not before & after
    with dense.database.writing() as db:
        service.remove(db, leader, document_id)
    settle(dense)
    assert dense.index._store().sentences_of(document_id) == set()


def test_a_library_of_an_earlier_version_gets_its_sentences_in_time(dense: Instance, leader: Actor) -> None:
    document_id = shelve(dense, leader, "方案.md", long_text(30))
    sentences = dense.index._store().sentences_of(document_id)
    dense.index._store()._sentences.delete(where={"document": document_id})
    dense.indexing.catch_up()
    dense.indexing.catch_up()
    with dense.database.reading() as db:
        assert len(jobs.open_of(db, REFINE_JOB, [document_id])) == 1
    settle(dense)
    assert dense.index._store().sentences_of(document_id) == sentences
    dense.indexing.catch_up()
    with dense.database.reading() as db:
        assert jobs.open_of(db, REFINE_JOB, [document_id]) == []


def test_after_an_update_of_the_model_a_library_gets_its_vectors_anew_by_itself(dense: Instance, leader: Actor) -> None:
    document_id = shelve(dense, leader, "方案.md", long_text(30))
    later = NumberEmbedder()
    later.name = "numbers, taught"
    dense.index.change_embedder(lambda: later)
    assert vectors(dense, document_id)[1] == 0
    dense.indexing.catch_up()

    def stays_searchable(_job: Job, _stage: str, _done: int, _total: int) -> None:
        assert state(dense, document_id) is IndexState.READY

    dense.worker.run(watch=stays_searchable)
    passages, stored = vectors(dense, document_id)
    assert passages == stored > 20 and dense.index._store().sentences_of(document_id)
    with dense.database.reading() as db:
        assert search(db, dense.index, leader, "网点转型")[0].dense is not None


def test_a_text_that_is_extracted_again_gets_new_vectors_and_leaves_no_old_ones(dense: Instance, leader: Actor) -> None:
    document_id = shelve(dense, leader, "方案.md", long_text(30))
    before = dense.index._store().have(document_id)  # the test is about what lies in the store
    with dense.database.writing() as db:
        service.index_again(db, leader, [document_id], from_file=True)
    read(dense, document_id, "方案.md", long_text(30, "网点转型升级").encode())
    settle(dense)
    passages, stored = vectors(dense, document_id)
    after = dense.index._store().have(document_id)
    assert passages == stored == len(after) and not before & after


def test_a_new_document_never_gets_the_vectors_of_one_that_was_deleted(dense: Instance, leader: Actor) -> None:
    first = shelve(dense, leader, "方案.md", long_text(30))
    with dense.database.writing() as db:
        service.remove(db, leader, first)
        service.remove_for_good(db, dense.settings, leader, first)
    second = shelve(dense, leader, "另一方案.md", long_text(30, "数字化营销"))
    assert second != first
    text = "在第7个网点推进数字化营销"
    with dense.database.reading() as db:
        hit = search(db, dense.index, leader, text, 1)[0]
        row = next(row for row in repository.passage_rows(db, second) if row.id == hit.passage_id)
        stored = repository.text(db, second)
    assert stored is not None and hit.dense is not None
    vector = NumberEmbedder().query(repository.as_passage(row).indexed(stored.text))
    assert dense.index.cosines(vector, [hit.passage_id])[hit.passage_id] == pytest.approx(1.0, abs=1e-4)


def test_a_job_that_is_stopped_keeps_what_it_has_embedded_and_goes_on_there(dense: Instance, leader: Actor) -> None:
    slow = NumberEmbedder(pause=0.2)  # the worker looks twice a second whether it should stop
    dense.index.change_embedder(lambda: slow)
    added = add(dense, leader, "方案.md", long_text(100))

    def stop_half_way(_job: Job, stage: str, done: int, total: int) -> None:
        if stage == INDEXING and done >= total / 3:
            with dense.database.writing() as db:
                service.stop(db, leader, [added.document_id])

    dense.worker.run(watch=stop_half_way)
    passages, stored = vectors(dense, added.document_id)
    assert state(dense, added.document_id) is IndexState.STOPPED and 0 < stored < passages
    with dense.database.reading() as db:
        assert search(db, dense.index, leader, "网点转型") == []
    slow.pause = 0.0
    seen: list[int] = []
    with dense.database.writing() as db:
        service.index_again(db, leader, [added.document_id])
    dense.worker.run(watch=lambda job, stage, done, total: seen.append(done))
    assert seen[0] == stored, "nothing that was embedded is embedded again"
    assert vectors(dense, added.document_id) == (passages, passages)
    assert state(dense, added.document_id) is IndexState.READY


def test_when_the_server_ends_a_job_waits_for_the_next_start(dense: Instance, leader: Actor) -> None:
    added = add(dense, leader, "方案.md", long_text(100))
    dense.worker.run(watch=lambda job, stage, done, total: dense.worker.stop() if done else None)
    with dense.database.reading() as db:
        assert db.get_one(Job, added.job_id).state is JobState.WAITING
    assert state(dense, added.document_id) is IndexState.WAITING
    again = open_with_numbers(dense.settings.data)
    settle(again)
    assert state(again, added.document_id) is IndexState.READY
    again.close()


def test_a_document_removed_while_it_is_indexed_leaves_no_vector(dense: Instance, leader: Actor) -> None:
    added = add(dense, leader, "方案.md", long_text(100))

    def remove_half_way(_job: Job, stage: str, done: int, total: int) -> None:
        if stage == INDEXING and done >= total / 3 and state(dense, added.document_id) is IndexState.INDEXING:
            with dense.database.writing() as db:
                service.remove(db, leader, added.document_id)
                service.remove_for_good(db, dense.settings, leader, added.document_id)

    dense.worker.run(watch=remove_half_way)
    dense.indexing.tidy()
    assert dense.index._store().have(added.document_id) == set()


def test_an_embedder_chosen_in_mid_job_gets_all_passages(dense: Instance, leader: Actor) -> None:
    added = add(dense, leader, "方案.md", long_text(100))
    other = NumberEmbedder()
    other.name = "other numbers"

    def change_half_way(_job: Job, stage: str, done: int, total: int) -> None:
        if stage == INDEXING and done >= total / 3 and dense.index.stamp != other.name:
            dense.index.change_embedder(lambda: other)

    dense.worker.run(watch=change_half_way)
    passages, stored = vectors(dense, added.document_id)
    assert dense.index.stamp == other.name and passages == stored


def test_one_bad_file_does_not_hold_up_the_others(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        bad = service.add(db, house.settings, leader, "坏.pdf", b"%PDF-1.7 broken", DocumentKind.HQ)
    good = [add(house, leader, f"好{n}.md", STRATEGY + f"\n第{n}份。\n") for n in range(3)]
    settle(house)
    assert [state(house, one.document_id) for one in good] == [IndexState.READY] * 3
    with house.database.reading() as db:
        failed = next(entry for entry in service.entries(db, leader) if entry.document.id == bad.document_id)
    assert failed.document.state is IndexState.FAILED and failed.error is not None
    assert len(failed.error.render("zh")) > 10 and "Traceback" not in failed.error.render("zh")


def test_a_file_goes_through_the_real_parser_in_its_own_process(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        added = service.add(db, house.settings, leader, "零售战略.md", STRATEGY.encode(), DocumentKind.HQ)
    settle(house)
    with house.database.reading() as db:
        hits = search(db, house.index, leader, "持证上岗率")
        opened = service.open_document(db, leader, added.document_id)
    assert opened.parsed is not None
    assert hits[0].text == opened.parsed.text[hits[0].start : hits[0].end]
    assert hits[0].heading[-1] == "客户经理队伍"


def test_a_lost_original_is_a_sentence_not_a_fault(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        added = service.add(db, house.settings, leader, "零售战略.md", STRATEGY.encode(), DocumentKind.HQ)
        path = service.original(db, house.settings, leader, added.document_id)[1]
    path.unlink()
    settle(house)
    with house.database.reading() as db:
        error = service.entries(db, leader)[0].error
    assert error is not None and "原文件" in error.render("zh")
    with house.database.writing() as db:
        again = service.add(db, house.settings, leader, "零售战略.md", STRATEGY.encode(), DocumentKind.HQ)
    settle(house)
    assert again.document_id == added.document_id and state(house, added.document_id) is IndexState.READY


def test_a_document_can_be_indexed_again_and_only_once_at_a_time(house: Instance, leader: Actor) -> None:
    document_id = shelve(house, leader, "零售战略.md", STRATEGY)
    with house.database.writing() as db:
        assert len(service.index_again(db, leader, [document_id])) == 1
        assert service.index_again(db, leader, [document_id]) == []
    settle(house)
    assert state(house, document_id) is IndexState.READY


def test_bm25_that_was_deleted_or_damaged_is_built_again(house: Instance, leader: Actor) -> None:
    document_id = shelve(house, leader, "零售战略.md", STRATEGY)
    for path in (house.settings.index / "lexical").rglob("*.npy"):
        path.write_bytes(path.read_bytes()[:40])
    reopened = Instance(house.settings)
    reopened.indexing.tidy()
    with reopened.database.reading() as db:
        assert search(db, reopened.index, leader, "财富管理")[0].document_id == document_id
    reopened.close()


def test_who_reads_bm25_while_it_is_replaced_gets_one_or_the_other(tmp_path: Path) -> None:
    folder, seen, done = tmp_path / "lexical", set(), threading.Event()
    LexicalIndex.build([(1, 1, "第一版")]).save(folder)

    def look() -> None:
        while not done.is_set():
            index = LexicalIndex.load(folder)
            seen.add(len(index.passages) if index else None)

    reader = threading.Thread(target=look)
    reader.start()
    for n in range(2, 40):
        LexicalIndex.build([(i, 1, f"第{i}版") for i in range(n % 2 + 1)]).save(folder)
    done.set()
    reader.join()
    assert seen <= {1, 2} and len([path for path in folder.iterdir() if path.is_dir()]) <= 2


# Several processes


def test_a_killed_process_loses_nothing_and_the_next_one_finishes(dense: Instance, leader: Actor) -> None:
    added = add(dense, leader, "方案.md", long_text(150))
    worker = start(dense.settings.data, "work")
    assert worker.stdout is not None
    for line in worker.stdout:
        stage, done, _ = line.split()
        if stage == INDEXING and int(done) >= 64:
            break
    worker.kill()
    worker.wait()
    with dense.database.reading() as db:
        assert db.get_one(Job, added.job_id).state is JobState.RUNNING
    passages, stored = vectors(dense, added.document_id)
    assert 64 <= stored < passages
    assert dense.worker.recover() == 1
    seen: list[int] = []
    dense.worker.run(watch=lambda job, stage, done, total: seen.append(done))
    dense.indexing.tidy()
    assert seen[0] >= 64
    assert vectors(dense, added.document_id) == (passages, passages)
    assert checks.check(dense.database, dense.index, dense.settings).problems == ()


def test_two_processes_that_index_at_the_same_time_lose_no_vector(dense: Instance, tmp_path: Path) -> None:
    names = ["甲.md", "乙.md"]
    for name in names:
        (tmp_path / name).write_text(long_text(600, name), encoding="utf-8")
    both = [start(dense.settings.data, "add", name, str(tmp_path / name)) for name in names]
    assert [process.wait() for process in both] == [0, 0]
    report = checks.check(dense.database, dense.index, dense.settings)
    assert report.documents == 2 and report.passages == report.vectors > 1000 and report.problems == ()


def test_two_processes_that_store_vectors_in_turn_leave_a_graph_in_which_each_is_found(dense: Instance) -> None:
    both = [start(dense.settings.data, "store") for _ in range(2)]
    first, step, turns = 100_000, 100, 7
    for turn in range(turns):
        for number, process in enumerate(both):
            assert process.stdin is not None and process.stdout is not None
            begin = first * (number + 1) + turn * step
            print(begin, begin + step, file=process.stdin, flush=True)
            assert process.stdout.readline() == "stored\n"
    keys = [first * document + number for document in (1, 2) for number in range(0, turns * step, 7)]
    found = [dense.index.nearest(NumberEmbedder().query(str(key)), [1, 2], 1) for key in keys]
    assert [list(one) for one in found] == [[key] for key in keys]
    for process in both:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait() == 0


def test_a_reader_in_another_process_sees_what_was_added_and_removed(dense: Instance, leader: Actor) -> None:
    first = shelve(dense, leader, "方案.md", long_text(20))
    reader = start(dense.settings.data, "search")

    def ask(question: str) -> tuple[int, bool]:
        assert reader.stdin is not None and reader.stdout is not None
        print(question, file=reader.stdin, flush=True)
        document, has_vector = reader.stdout.readline().split()
        return int(document), has_vector == "True"

    assert ask("网点转型") == (first, True)
    second = shelve(dense, leader, "零售战略.md", STRATEGY)
    assert ask("财富管理客户资产规模") == (second, True)
    with dense.database.writing() as db:
        service.remove(db, leader, first)
    settle(dense)
    assert ask("网点转型方案") != (first, True)
    assert reader.stdin is not None
    reader.stdin.close()
    assert reader.wait() == 0


def test_this_process_sees_the_vectors_that_another_wrote_before_it_tidied(dense: Instance, leader: Actor, tmp_path: Path) -> None:
    shelve(dense, leader, "零售战略.md", STRATEGY)
    with dense.database.reading() as db:
        search(db, dense.index, leader, "财富管理")
    (tmp_path / "乙.md").write_text(long_text(20), encoding="utf-8")
    assert start(dense.settings.data, "add", "乙.md", str(tmp_path / "乙.md")).wait() == 0
    shelve(dense, leader, "办法.md", NOTICE)
    with dense.database.reading() as db:
        hits = search(db, dense.index, leader, "网点转型", 10)
    assert hits and all(hit.dense is not None for hit in hits)


def test_a_reader_whose_files_were_written_meanwhile_opens_them_anew(
    dense: Instance, leader: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(dense, leader, "零售战略.md", STRATEGY)
    ask, failures = vector_store._query, iter([InternalError("Error finding id")])

    def stale_once(*arguments: Any) -> list[tuple[str, float]]:
        for failure in failures:
            raise failure
        return ask(*arguments)

    monkeypatch.setattr(vector_store, "_query", stale_once)
    with dense.database.reading() as db:
        hits = search(db, dense.index, leader, "财富管理", 3)
    assert hits and all(hit.dense is not None for hit in hits)


# The real model


@pytest.fixture
def e5(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model_folder: Path, migrated: Path) -> Iterator[Instance]:
    """A house with the real dense model."""
    monkeypatch.setenv("CEXUN_EMBEDDING", "local")
    data = tmp_path / "e5"
    (data / "index").mkdir(parents=True)
    (data / "index" / "model").symlink_to(model_folder)
    shutil.copy(migrated, data / "cexun.db")
    from core import settings

    instance = Instance(settings.load(data=data))
    if instance.index.embedder is None:
        pytest.skip("no dense model for this platform")
    yield instance
    instance.close()


def test_with_the_real_model_a_paraphrase_and_an_english_question_find_the_passage(e5: Instance) -> None:
    strategy = shelve(e5, LOCAL_ADMINISTRATOR, "零售战略.md", STRATEGY)
    policy = shelve(e5, LOCAL_ADMINISTRATOR, "办法.md", NOTICE)
    for question, document_id in (
        ("How much money is there for training each employee per year?", policy),
        ("学习费用每个员工能花多少钱", policy),
        ("wealth management assets target", strategy),
    ):
        with e5.database.reading() as db:
            hits = search(db, e5.index, LOCAL_ADMINISTRATOR, question, 10)
        assert hits[0].document_id == document_id, question
        assert hits[0].dense is not None
        others = [hit.dense for hit in hits if hit.document_id != document_id and hit.dense is not None]
        assert others and hits[0].dense > max(others), question
    report = checks.check(e5.database, e5.index, e5.settings)
    assert report.vectors == report.passages > 0 and report.problems == ()


def test_a_lock_that_is_never_given_back_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.documents import index as module
    from core.errors import Unavailable

    monkeypatch.setattr(module, "_LOCK_SECONDS", 0.1)
    first, second = (Index(tmp_path, "", lambda: None) for _ in range(2))
    with first.writing(), pytest.raises(Unavailable), second.writing():
        pass


def test_a_file_larger_than_the_settings_allow_by_now_is_refused_by_the_job(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        added = service.add(db, house.settings, leader, "大.txt", "字".encode() * 500_000, DocumentKind.HQ)
    house.indexing.settings = house.settings.model_copy(update={"max_file_megabytes": 1})
    house.worker.run()
    with house.database.reading() as db:
        job = db.get_one(Job, added.job_id)
    assert job.state is JobState.FAILED and job.error is not None
    assert BadInput.__name__ not in str(job.error)
