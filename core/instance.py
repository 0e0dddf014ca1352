"""One running copy of the product, bound to one data directory: its settings, its database, its index, its background work."""

from __future__ import annotations

import gc
import importlib
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from time import monotonic

from filelock import FileLock, Timeout

import core.tables  # noqa: F401  (whatever goes through all tables, as personal data and undoing do, must find them all)
from core import clock
from core import settings as settings_module
from core.assistant.asking import Assistant
from core.delivery.timetable import SOLVE_JOB
from core.delivery.timetable import repository as timetable
from core.demo import YEAR_JOB
from core.documents import repository
from core.documents.deletion import before_deletion, delete_expired
from core.documents.embedding import Embedder, EndpointEmbedder, WheelModel, folder_embedder, local_embedder, wheel_model
from core.documents.index import Index
from core.documents.indexing import FORGET_JOB, INDEX_JOB, REFINE_JOB, Indexing
from core.documents.parsed import ParsedDocument
from core.documents.tables import DocumentKind
from core.editing.presence import Presence
from core.errors import BadInput, Unavailable, file_reason
from core.exports.leadership.terms import PAPER_JOB
from core.i18n import Message
from core.jobs.tables import Job
from core.jobs.worker import Report, Worker, tell_failure
from core.llm import Model, model_of
from core.logs import logger
from core.notices.courier import Courier
from core.people.gaps.memory import facts
from core.people.gaps.releasing import Releasing
from core.people.importing.job import IMPORT_JOB, Importer, tidy
from core.privacy import retention
from core.projects import forgetting
from core.review.results import job as results_job
from core.review.results.following import keep_up
from core.settings import Settings
from core.snapshots import service as snapshots
from core.storage import Database, now, replacing
from core.storage.repository import stored_settings
from core.strategy.checking import keeping
from core.strategy.decoding.decode import decode
from core.strategy.decoding.reader import SentenceReader
from core.strategy.decoding_job import DECODE_JOB, Decoder
from core.strategy.findings import Decoding
from core.strategy.refining_job import REFINE_FINDINGS_JOB, Refiner

log = logger(__name__)

before_deletion(forgetting.forget)
before_deletion(keeping.keep)
before_deletion(snapshots.forget_document)

_ROOT = Path(__file__).parents[1]
_SWEEP_SECONDS = 3600.0
# Whoever opens a page as soon as the server answers comes before what is only useful later.
_VISITORS_FIRST_SECONDS = 10.0
_FOLLOW_SECONDS = 1.0


class Instance:
    """What pages, routes and commands share. Opening it creates the data directory and brings the tables up to date."""

    def __init__(self, settings: Settings) -> None:
        if replacing.finish(settings.data):
            log.warning("restore_finished", data=str(settings.data))
        _make_folder(settings.data)
        self.database = Database(settings.database)
        self.database.migrate()
        self._data = settings.data
        self._lock = threading.Lock()
        self._serving = serving_lock(settings)
        self._swept = float("-inf")
        self._end = threading.Event()
        self._following = threading.Thread(target=self._follow, name="follow", daemon=True)
        self.settings = self._load_settings()
        self.index = self._open_index()
        self.assistant = Assistant(self.database, self.index, lambda: self.settings)
        self.indexing = Indexing(self.database, self.index, self.settings, self.follow_settings)
        self.releasing = Releasing(self.database)
        self.presence = Presence()
        refiner = Refiner(self.database, self.model, self.decode)
        handlers = {
            INDEX_JOB: self.indexing.handle,
            FORGET_JOB: self.indexing.forget,
            DECODE_JOB: Decoder(self.database, self.decode, then=refiner.ask).handle,
            YEAR_JOB: self._make_sample_year,
            REFINE_JOB: self.indexing.refine,
            IMPORT_JOB: Importer(self.database, self.settings).handle,
            results_job.RESULTS_JOB: results_job.Importer(self.database, self.settings).handle,
        }
        self.worker = Worker(self.database, handlers, idle=self.keep_house)
        # A model may take minutes over a document: what needs none does not wait for it.
        self.model_worker = Worker(self.database, {REFINE_FINDINGS_JOB: refiner.handle}, idle=lambda: None)
        # Documents are indexed by the thousand: somebody who waits for a file does not wait for them.
        self.paper_worker = Worker(self.database, {PAPER_JOB: self._make_paper}, idle=lambda: None)
        # A mail server may hang for as long as it likes: nothing else waits for it.
        self.courier = Courier(self.database, lambda: self.settings)
        self.notice_worker = Worker(self.database, {}, idle=self.courier.keep_up)
        # A timetable is looked for as long as people allow: what is quick does not wait for it.
        self.schedule_worker = Worker(self.database, {SOLVE_JOB: self._solve_timetable}, idle=lambda: None)

    def model(self) -> Model | None:
        """The model that the settings name now, if any."""
        return model_of(self.settings)

    def decode(self, parsed: ParsedDocument, kind: DocumentKind, dated: date | None = None) -> Decoding:
        """The findings of a document written on the day `dated`, where that is known, read a second time where the wheel is there and whole
        and the settings want a model."""
        wheel = None
        if self.settings.embedding != "none":
            try:
                wheel = self._wheel
            except Unavailable:
                log.exception("read_once_without_the_wheel")
        return decode(parsed, kind, None if wheel is None else SentenceReader(wheel, self.settings.threads), dated=dated)

    def follow_settings(self) -> None:
        """Take over what has been stored, here or by another process on the same data directory."""
        with self._lock:
            found, before = self._load_settings(), self.settings
            if found == before:
                return
            self.settings = self.indexing.settings = found
        if found.vectors != before.vectors:
            self.use_other_embedder()

    def use_other_embedder(self) -> None:
        """Make vectors with what the settings name now; documents have to be indexed again."""
        self.index.change_embedder(self._embedder)

    def start(self) -> None:
        """Begin to work in the background, and a little later load what the first search would otherwise wait for.

        While this runs, `restore` leaves the data directory alone (it asks for the same lock). A second server on the same directory
        works without the lock, and takes it when the first has ended.
        """
        self._hold_directory()
        self._swept = monotonic() - _SWEEP_SECONDS + _VISITORS_FIRST_SECONDS
        self._following.start()
        self.worker.start()
        self.model_worker.start()
        self.schedule_worker.start()
        self.paper_worker.start()
        self.notice_worker.start()
        threading.Thread(target=self._warm_up, name="warm-up", daemon=True).start()

    def _hold_directory(self) -> None:
        if not self._serving.is_locked:
            with suppress(Timeout):
                self._serving.acquire(timeout=0)

    def _follow(self) -> None:
        """Keep in step with the other servers on this data directory. In a thread of its own: work may take minutes."""
        while not self._end.wait(_FOLLOW_SECONDS):
            try:
                self._hold_directory()
                self.follow_settings()
            except Exception as failure:
                tell_failure("following_failed", failure)

    def _make_sample_year(self, job: Job, report: Report) -> None:
        # It knows every step of the method: seconds to import, for a job that few houses ever have.
        from core.demo.year import SampleYear

        SampleYear(self.database).handle(job, report)

    def _make_paper(self, job: Job, report: Report) -> None:
        # It reads every step of the method: seconds to import, for a job that a house has now and then.
        from core.exports.leadership.service import Maker

        Maker(self.database).handle(job, report)

    def _solve_timetable(self, job: Job, report: Report) -> None:
        # The solver compiles itself when it is imported.
        from core.delivery.timetable.solving import Solver
        from core.schedule.solving import solve

        Solver(self.database, solve).handle(job, report)

    def _warm_up(self) -> None:
        if self._end.wait(_VISITORS_FIRST_SECONDS):
            return
        try:
            with self.database.reading() as db:
                generation = repository.stamp(db).generation
            self.index.warm_up(generation)
            importlib.import_module("pandas")  # every table of a page needs it, and it takes more than a second
            with self.database.reading() as db:
                facts(db)
            self._warm_up_solver()
            if self.settings.has_model:
                importlib.import_module("langchain_openai")
            # What is imported lives as long as the process: no collection has to look through it again.
            gc.collect()
            gc.freeze()
        except Exception:
            log.exception("warm_up_failed")

    def _warm_up_solver(self) -> None:
        """Where there is something to schedule: the solver is compiled once a machine, in a process of its own that nobody waits for."""
        with self.database.reading() as db:
            if not timetable.anything(db):
                return
        code = "from core.schedule.solving import warm_up; warm_up()"
        subprocess.Popen([sys.executable, "-c", code], cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def keep_house(self) -> None:
        """What is due when nothing else is: release sums, bring the index up to date, complete it, delete what has had its time."""
        self.releasing.keep_up()
        self.indexing.tidy()
        if monotonic() - self._swept > _SWEEP_SECONDS:
            self._swept = monotonic()
            self.indexing.catch_up()
            with self.database.writing() as db:
                delete_expired(db, self.settings)
                tidy(db, self.settings)
                results_job.tidy(db, self.settings)
                keep_up(db)
            with self.database.writing() as db:
                retention.sweep(db, clock.today())
                snapshots.forget_closed(db)
            self._remind()

    def _remind(self) -> None:
        # It reads from every step of the method, which nothing else of a quick start needs.
        from core.reminders.service import remind

        remind(self.database, now())

    def close(self) -> None:
        """Give everything back."""
        self._end.set()
        if self._following.is_alive():
            self._following.join(5.0)
        self.worker.stop()
        self.model_worker.stop()
        self.schedule_worker.stop()
        self.paper_worker.stop()
        self.notice_worker.stop()
        self.index.close()
        self.database.close()
        self._serving.release()

    def _load_settings(self) -> Settings:
        with self.database.reading() as db:
            return settings_module.load(stored_settings(db), self._data)

    @cached_property
    def _wheel(self) -> WheelModel | None:
        return wheel_model(self.settings.index / "model")

    def _open_index(self) -> Index:
        return Index(self.settings.index, self.settings.chroma_url, self._embedder)

    def _embedder(self) -> Embedder | None:
        settings = self.settings
        match settings.embedding:
            case "local":
                return None if self._wheel is None else local_embedder(self._wheel, settings.threads)
            case "endpoint":
                return EndpointEmbedder(settings.embedding_url, settings.embedding_key, settings.embedding_name)
            case "folder":
                return folder_embedder(Path(settings.embedding_folder), settings.threads)
            case "none":
                return None


def serving_lock(settings: Settings) -> FileLock:
    """The lock that a running server holds on its data directory."""
    # Whichever thread takes it, the server has it.
    return FileLock(settings.data / "server.lock", thread_local=False)


def _make_folder(data: Path) -> None:
    try:
        if not data.is_dir():
            data.mkdir(parents=True)
            # Documents about people and strategy: for this system user alone.
            data.chmod(0o700)
    except OSError as error:
        raise BadInput(Message("数据目录 {path} 无法使用：{reason}", path=str(data), reason=file_reason(error))) from error


def open_instance(data: Path | None = None) -> Instance:
    """The copy of the product in `data` (or where the environment says)."""
    return Instance(settings_module.load(data=data))


@cache
def instance() -> Instance:
    """This process's own instance."""
    return open_instance()
