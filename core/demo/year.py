"""The sample branch's decoded year: made in the background once its documents are read and decoded, part by part.

A further part is one function in `planner.py` and one line in `PARTS`: what it is called, how one sees that the plan has it, who makes it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from core.access import repository as accounts
from core.access.actor import LOCAL_ADMINISTRATOR, Actor
from core.access.sign_ins import actor_of
from core.delivery.content import repository as content_rows
from core.demo import YEAR_JOB, measuring, planner, scheduling, workshopping
from core.demo.decisions import Decisions, decisions
from core.documents import repository as documents
from core.documents.indexing import INDEX_JOB
from core.errors import NotAllowed
from core.goals import repository as goal_rows
from core.goals.needs import repository as need_rows
from core.i18n import Message
from core.jobs import repository as jobs
from core.jobs.tables import Job, JobState
from core.jobs.worker import Report, refuse_lost
from core.people import sample
from core.plans import repository as plan_rows
from core.projects import repository as project_rows
from core.projects.gaps import repository as gap_rows
from core.storage import Database, Session
from core.strategy import repository as findings
from core.strategy.checking import repository as check_rows
from core.strategy.decoding_job import DECODE_JOB
from core.strategy.focus import repository as focus_rows
from core.strategy.ideas import repository as idea_rows
from core.strategy.ideas.terms import Author
from core.strategy.readiness import repository as readiness_rows
from core.strategy.repository import Filter
from core.strategy.tables import FindingState
from core.strategy.themes import repository as theme_rows

WAITING = "waiting"
_LOOK_AGAIN_SECONDS = 0.5


@dataclass(frozen=True)
class Part:
    """A part of the year. `there` says whether the plan has it, by whomever; `make` makes it, in one transaction, or `work` does, which
    takes long and opens its own, so that nobody waits for all of it: begun and not finished, it goes on with what it lacks."""

    name: str
    title: Message
    there: Callable[[Session, int], bool]
    make: Callable[[Session, Actor, int, Decisions], None] | None = None
    work: Callable[[Database, Actor, int], None] | None = None


def _decided(db: Session, plan_id: int) -> bool:
    seen = findings.by_state(db, plan_id, Filter(tuple(findings.documents_with_findings(db, plan_id))))
    return bool(seen.keys() - {FindingState.PENDING, FindingState.ASIDE})


def _grouped(db: Session, plan_id: int) -> bool:
    return bool(theme_rows.themes(db, plan_id) or theme_rows.removed(db, plan_id))


def _linked(db: Session, plan_id: int) -> bool:
    return bool(theme_rows.links(db, plan_id))


def _localised(db: Session, plan_id: int) -> bool:
    return bool(theme_rows.localisations(db, plan_id))


def _focused(db: Session, plan_id: int) -> bool:
    return bool(focus_rows.rows(db, plan_id))


def _proposed(db: Session, plan_id: int) -> bool:
    return bool(idea_rows.ideas(db, plan_id))


def _planned(db: Session, plan_id: int) -> bool:
    return any(row.origin is Author.PERSON for row in idea_rows.ideas(db, plan_id))


def _answering(db: Session, plan_id: int) -> bool:
    made = [row.id or 0 for row in project_rows.projects(db, plan_id)]
    return not sample.there(db) or bool(gap_rows.of_projects(db, made))


def _asked(db: Session, plan_id: int) -> bool:
    return bool(need_rows.calls(db, plan_id))


def _judged(db: Session, plan_id: int) -> bool:
    return bool(readiness_rows.rounds(db, plan_id))


def _checked(db: Session, plan_id: int) -> bool:
    return bool(check_rows.checks(db, plan_id))


def _aimed(db: Session, plan_id: int) -> bool:
    suggested = {row.id for row in idea_rows.ideas(db, plan_id) if row.origin is not Author.PERSON}
    made = [row.id or 0 for row in project_rows.projects(db, plan_id) if row.idea_id in suggested]
    return not made or bool(goal_rows.of_projects(db, made))


def _taught(db: Session, plan_id: int) -> bool:
    made = [row.id or 0 for row in project_rows.projects(db, plan_id)]
    return not made or bool(content_rows.contents(db, made))


PARTS = (
    Part("deciding", Message("裁定发现"), _decided, work=planner.decide),
    Part("grouping", Message("归成主题"), _grouped, planner.group),
    Part("linking", Message("连因果关系"), _linked, planner.link),
    Part("localising", Message("本地化条款"), _localised, planner.localise),
    Part("focusing", Message("锚定重点岗位"), _focused, planner.focus_on),
    Part("proposing", Message("提出并采纳项目"), _proposed, planner.propose),
    Part("planning", Message("写其余项目和目标"), _planned, work=planner.plan_projects),
    Part("answering", Message("连上能力短板"), _answering, planner.link_gaps),
    Part("asking", Message("收集并归并需求"), _asked, planner.collect_needs),
    Part("judging", Message("自评 AI 就绪度"), _judged, planner.judge_readiness),
    Part("checking", Message("检视一个季度"), _checked, planner.check),
    Part("aiming", Message("写项目目标"), _aimed, planner.set_goals),
    Part("teaching", Message("写项目内容和融合设计"), _taught, work=planner.teach_projects),
    Part("preparing", Message("编班，定下要排的课次"), scheduling.prepared, planner.prepare_sessions),
    Part("scheduling", Message("排出全年并发布"), scheduling.published, work=scheduling.schedule),
    Part("attending", Message("登记已办的班"), scheduling.noted, work=scheduling.note),
    Part("paying", Message("写预算明细"), scheduling.paid, planner.write_budget),
    Part("remembering", Message("补上一年的实际情况"), scheduling.last_year_there, work=scheduling.remember),
    Part("measuring", Message("写入评估结果"), measuring.measured, work=measuring.measure),
    Part("workshopping", Message("办一场共创"), workshopping.there, workshopping.hold),
)
STAGES = {WAITING: Message("等待文件读入"), **{part.name: part.title for part in PARTS}}
"""What each stage of the job is called."""


def missing(db: Session, plan_id: int) -> bool:
    """Whether the plan lacks a part of the decoded year, or some of one."""
    return _begun(db, plan_id) in {part.name for part in PARTS} or not all(part.there(db, plan_id) for part in PARTS)


def queue(db: Session, plan_id: int, account_id: int | None) -> Job:
    """A job that makes what the plan lacks, beginning with the part that the last one did not finish."""
    begun = _begun(db, plan_id)
    job = jobs.add(db, YEAR_JOB, plan_id, account_id)
    job.stage = begun
    return job


def _begun(db: Session, plan_id: int) -> str:
    """The part in which the last job of the plan stopped."""
    return next((job.stage for job in jobs.last_of(db, YEAR_JOB, [plan_id]) if job.state is not JobState.DONE), "")


class SampleYear:
    """The handler of `sample_year` jobs. A part that is there is not made again: what people have made meanwhile stays theirs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def handle(self, job: Job, report: Report) -> None:
        """Make the parts that the plan `job.subject_id` still lacks, and what is lacking of the one that was begun.

        Raises `CexunError` where its maker may not (any more).
        """
        refuse_lost(job)
        if not self._documents_are_done(job, report):
            return
        for number, part in enumerate(PARTS):
            if self._has(part, job):
                continue
            # From here on it is known as begun.
            report.progress(part.name, number, len(PARTS))
            if not self._make(part, job):
                return
        report.progress(PARTS[-1].name, len(PARTS), len(PARTS))

    def _has(self, part: Part, job: Job) -> bool:
        with self._database.reading() as db:
            return part.name != job.stage and part.there(db, job.subject_id)

    def _make(self, part: Part, job: Job) -> bool:
        """Make a part where it is not there. Returns False when the plan is gone."""
        with self._database.writing() as db:
            if plan_rows.plan(db, job.subject_id) is None:
                return False
            if part.work is None and part.there(db, job.subject_id):
                return True
            maker = _maker(db, job)
            if part.make is not None:
                part.make(db, maker, job.subject_id, decisions())
        if part.work is not None:
            part.work(self._database, maker, job.subject_id)
        return True

    def _documents_are_done(self, job: Job, report: Report) -> bool:
        """Wait for what another process is reading or decoding. What was put back into the queue comes first: this job queues up behind."""
        while True:
            with self._database.reading() as db:
                before = _before(db, job.subject_id)
            if any(one.state is JobState.WAITING for one in before):
                with self._database.writing() as db:
                    queue(db, job.subject_id, job.created_by)
                return False
            if not before:
                return True
            # A part that was begun stays known as such, whatever becomes of this job meanwhile.
            report.progress(job.stage or WAITING, 0, len(PARTS))
            time.sleep(_LOOK_AGAIN_SECONDS)


def _before(db: Session, plan_id: int) -> list[Job]:
    """What has to be done before: reading the sample's documents, decoding them for the plan."""
    reading = jobs.open_of(db, INDEX_JOB, [row.id or 0 for row in documents.samples(db)])
    return reading + jobs.open_of(db, DECODE_JOB, [row.id or 0 for row in findings.decoded(db, plan_id)])


def _maker(db: Session, job: Job) -> Actor:
    """Whoever loaded the sample: its decisions are theirs, as their rights are now."""
    if job.created_by is None:
        return LOCAL_ADMINISTRATOR
    account = accounts.account(db, job.created_by)
    if account is None or not account.enabled:
        raise NotAllowed(Message("载入示例的账户已停用，示例年度没有整理完。请由人力资源负责人重新载入示例。"))
    return actor_of(account, "")
