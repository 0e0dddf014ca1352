"""Documents for leaders as an actor may ask for, open and delete them, and the templates that they are made in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zipfile import BadZipFile

from core.access import repository as accounts
from core.access.actor import LOCAL_ADMINISTRATOR, Actor, Right, Role, require
from core.access.audit import record
from core.access.sign_ins import actor_of
from core.errors import BadInput, CexunError, Conflict, NotAllowed, NotFound
from core.exports.leadership import repository, sheets, slides, word
from core.exports.leadership.blocks import Matter
from core.exports.leadership.making import Told, Wanted, matter
from core.exports.leadership.tables import MadeContent, MadePaper, PaperTemplate
from core.exports.leadership.templates import LARGEST_MEGABYTES, Checked
from core.exports.leadership.terms import ENDINGS, PAPER_JOB, Paper, Part, State
from core.i18n import Language, Message, negotiate
from core.jobs import repository as jobs
from core.jobs import service as job_service
from core.jobs.service import Progress
from core.jobs.tables import Job
from core.jobs.worker import Report, refuse_lost
from core.plans import service as plans
from core.storage import Database, Session

TEMPLATED = ("docx", "pptx")
_STAGE = "sections"
_GONE = Message("没有找到这份文件，它可能已被删除。")


@dataclass(frozen=True)
class PaperView:
    """A document in the list; `progress` while it is being made, `failure` where that did not work out."""

    row: MadePaper
    progress: Progress | None
    failure: Message | None

    @property
    def id(self) -> int:
        """Its number."""
        return self.row.id or 0

    @property
    def file_name(self) -> str:
        """What the file is called."""
        return f"{self.row.paper.value}-{self.row.made_at:%Y%m%d}-{self.id}.{ENDINGS[self.row.paper]}"


@dataclass(frozen=True)
class Board:
    """What a person finds on the page: their documents of the plan, the templates, and whether they may change these."""

    papers: tuple[PaperView, ...]
    templates: tuple[PaperTemplate, ...]
    keeps: bool

    @property
    def working(self) -> bool:
        """Whether something is being made."""
        return any(one.row.state is State.WAITING for one in self.papers)

    def current(self, ending: str) -> PaperTemplate | None:
        """The template in use for files of this ending; None: the product's own."""
        return next((one for one in self.templates if one.ending == ending and one.current), None)


class Maker:
    """The handler of `make_paper` jobs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def handle(self, job: Job, report: Report) -> None:
        """Make the document `job.subject_id` as the person who asked for it, with what they may read now. Raises `CexunError`."""
        paper_id = job.subject_id
        with self._database.reading() as db:
            row = repository.paper(db, paper_id)
        if row is None:
            return
        try:
            refuse_lost(job)
            content, version, stamp = self._make(row, report)
        except CexunError:
            self._end(paper_id, State.FAILED)
            raise
        with self._database.writing() as db:
            there = repository.paper(db, paper_id)
            if there is not None:
                there.state, there.plan_version, there.stamp, there.size = State.READY, version, stamp, len(content)
                db.add(MadeContent(paper_id=paper_id, content=content))

    def _make(self, row: MadePaper, report: Report) -> tuple[bytes, str, str]:
        with self._database.reading() as db:
            actor = _asker(db, row)
            template = repository.template(db, row.template_id) if row.template_id else None
            held = template.content if template else None
            wanted = Wanted(row.paper, negotiate(row.language), tuple(Part(one) for one in row.parts))
            found = matter(db, actor, row.plan_id, wanted, told=lambda done, total: report.progress(_STAGE, done, total))
        return _written(found, wanted.language, held), found.cover.version, found.stamp

    def _end(self, paper_id: int, state: State) -> None:
        with self._database.writing() as db:
            there = repository.paper(db, paper_id)
            if there is not None:
                there.state = state


def board(db: Session, actor: Actor, plan_id: int) -> Board:
    """The person's documents of a plan; for those who answer for the plan, everybody's. Needs `READ_PLANS`. Raises `NotFound`."""
    require(actor, Right.READ_PLANS)
    plans.find(db, actor, plan_id)
    rows = [row for row in repository.papers(db, plan_id, actor.account_id, everybody=actor.may(Right.EDIT_PLANS)) if _may_open(actor, row)]
    ids = [row.id or 0 for row in rows]
    busy, failed = job_service.progress(db, PAPER_JOB, ids), job_service.failures(db, PAPER_JOB, ids)
    views = (PaperView(row, busy.get(row.id or 0), failed.get(row.id or 0)) for row in rows)
    return Board(tuple(views), tuple(repository.templates(db)), actor.may(Right.EDIT_PLANS))


def make(db: Session, actor: Actor, plan_id: int, wanted: Wanted, *, own_template: bool = True) -> int:
    """Ask for a document; a job makes it. `own_template` False: in the product's template, though the bank has one. Returns its number.

    Needs `READ_PLANS`. Raises `NotFound`.
    """
    require(actor, Right.READ_PLANS)
    plans.find(db, actor, plan_id)
    template = repository.current(db, ENDINGS[wanted.paper]) if own_template else None
    row = MadePaper(
        plan_id=plan_id,
        paper=wanted.paper,
        language=wanted.language,
        parts=[one.value for one in wanted.chosen],
        template_id=template.id if template else None,
        template=f"{template.name} ({template.number})" if template else "",
        made_by=actor.name[:80],
        account_id=actor.account_id,
        roles=sorted(role.value for role in actor.roles),
    )
    db.add(row)
    db.flush()
    jobs.add(db, PAPER_JOB, row.id or 0, actor.account_id)
    record(db, actor, "paper_made", "plan", plan_id, paper=wanted.paper.value, number=row.id)
    return row.id or 0


def file_of(db: Session, actor: Actor, plan_id: int, wanted: Wanted, *, today: date | None = None, told: Told | None = None) -> bytes:
    """A document at once, which is not kept. Needs `READ_PLANS`. Raises `NotFound`."""
    require(actor, Right.READ_PLANS)
    template = repository.current(db, ENDINGS[wanted.paper])
    found = matter(db, actor, plan_id, wanted, today, told)
    return _written(found, wanted.language, template.content if template else None)


def download(db: Session, actor: Actor, paper_id: int) -> bytes:
    """The file of a document; the audit log remembers. Raises `NotFound` for one that this person may not open."""
    row = _seen(db, actor, paper_id)
    content = repository.content(db, paper_id)
    if content is None:
        raise NotFound(_GONE)
    record(db, actor, "paper_downloaded", "plan", row.plan_id, paper=row.paper.value, number=paper_id)
    return content


def remove(db: Session, actor: Actor, paper_id: int) -> None:
    """Delete a document for good. Raises `NotFound`."""
    row = _seen(db, actor, paper_id)
    job_service.request_stop(db, PAPER_JOB, [paper_id])
    record(db, actor, "paper_removed", "plan", row.plan_id, paper=row.paper.value, number=paper_id)
    db.delete(row)


def check(name: str, content: bytes) -> tuple[str, Checked]:
    """What places somebody's template has, and what kind of file it is. Raises `BadInput` for what is no .docx or .pptx."""
    ending = name.rsplit(".", 1)[-1].lower()
    if ending not in TEMPLATED:
        raise BadInput(Message("模板要是 .docx 或 .pptx 文件。"))
    if len(content) > LARGEST_MEGABYTES * 1024 * 1024:
        raise BadInput(Message("模板最大 {limit} MB。", limit=LARGEST_MEGABYTES))
    try:
        return ending, (word if ending == "docx" else slides).check_template(content)
    except (BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise BadInput(Message("这个文件打不开，它可能损坏、加密，或不是 {ending} 文件。", ending=ending)) from error


def add_template(db: Session, actor: Actor, name: str, content: bytes) -> int:
    """Keep a template and use it from now on. Needs `EDIT_PLANS`. Raises `BadInput` where it has no place for the text."""
    require(actor, Right.EDIT_PLANS)
    ending, found = check(name, content)
    if not found.usable:
        raise BadInput(found.sentences[-1])
    _put_away(db, ending)
    number = repository.last_number(db, ending) + 1
    row = PaperTemplate(ending=ending, number=number, name=name[-120:], content=content, current=True, added_by=actor.name[:80])
    db.add(row)
    db.flush()
    record(db, actor, "paper_template_added", "paper_template", row.id, name=row.name, number=number)
    return row.id or 0


def use_template(db: Session, actor: Actor, ending: str, template_id: int | None, version: int | None = None) -> None:
    """Use an earlier template again; None: the product's own. `version` is the one that the person saw.

    Needs `EDIT_PLANS`. Raises `Conflict`, `NotFound`.
    """
    require(actor, Right.EDIT_PLANS)
    row = repository.template(db, template_id) if template_id is not None else None
    if template_id is not None and (row is None or row.ending != ending):
        raise NotFound(Message("没有找到这个模板，它可能已被删除。"))
    if row is not None and version is not None and row.version != version:
        raise Conflict(Message("模板刚被别人换过，您的改动没有保存。请刷新后再选。"))
    _put_away(db, ending)
    if row is not None:
        row.current = True
    record(db, actor, "paper_template_chosen", "paper_template", template_id, name=row.name if row else "")


def template_file(db: Session, actor: Actor, ending: str, language: Language, template_id: int | None = None) -> bytes:
    """A template to take away: one of the bank's, or the product's own. Needs `READ_PLANS`. Raises `NotFound`."""
    require(actor, Right.READ_PLANS)
    if template_id is None:
        return word.default_template(language) if ending == "docx" else slides.default_template(language)
    row = repository.template(db, template_id)
    if row is None:
        raise NotFound(Message("没有找到这个模板，它可能已被删除。"))
    return row.content


def _written(found: Matter, language: Language, template: bytes | None) -> bytes:
    if found.paper is Paper.PLAN:
        return word.write(found, language, template)
    return sheets.write(found, language) if found.paper is Paper.WORKBOOK else slides.write(found, language, template)


def _asker(db: Session, row: MadePaper) -> Actor:
    """Whoever asked for it, with the roles of today: what they may no longer read is not made for them."""
    if row.account_id is None:
        return LOCAL_ADMINISTRATOR
    account = accounts.account(db, row.account_id)
    if account is None or not account.enabled:
        raise NotAllowed(Message("提出这份文件的账号已停用，没有生成。"))
    return actor_of(account, "job")


def _may_open(actor: Actor, row: MadePaper) -> bool:
    """Those who answer for the plan open all; others their own, as long as they have the roles that it was read with."""
    if Role.HR_LEADER in actor.roles:
        return True
    return row.account_id == actor.account_id and {Role(one) for one in row.roles} <= actor.roles


def _seen(db: Session, actor: Actor, paper_id: int) -> MadePaper:
    require(actor, Right.READ_PLANS)
    row = repository.paper(db, paper_id)
    if row is None or not _may_open(actor, row):
        raise NotFound(_GONE)
    plans.find(db, actor, row.plan_id)
    return row


def _put_away(db: Session, ending: str) -> None:
    there = repository.current(db, ending)
    if there is not None:
        there.current = False
        db.flush()
