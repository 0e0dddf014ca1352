"""Looking whether rows, files and index fit together, and mending what can be made anew."""

from __future__ import annotations

from dataclasses import dataclass

from core.access.actor import LOCAL_ADMINISTRATOR
from core.documents import files, repository, service
from core.documents.index import Index
from core.documents.tables import Document, IndexState
from core.i18n import Message
from core.settings import Settings
from core.storage import Database, Session, replacing

_UNUSED = Message("存储目录里有 {n} 份原文件不属于任何文件：添加或彻底删除时进程被中断。运行 check --repair 删掉它们。")
_LEFT_BEHIND = Message("{folder} 是一次中断的恢复留下的，没有用处，可以删掉。下一次恢复也会删掉它。")


@dataclass(frozen=True)
class Problem:
    """Something that does not fit. `document_id` None: it concerns the whole. `can_reindex`: indexing the document anew mends it,
    `from_file`: its text has to be extracted again, too."""

    subject: str
    message: Message
    document_id: int | None
    can_reindex: bool
    from_file: bool = False


@dataclass(frozen=True)
class Report:
    """What was looked at and what was found."""

    documents: int
    passages: int
    vectors: int
    problems: tuple[Problem, ...]


def check(database: Database, index: Index, settings: Settings) -> Report:
    """Compare database, uploads and index. Changes nothing."""
    problems = [*_database_problems(database), *_left_behind(settings)]
    passages = vectors = 0
    with database.reading() as db:
        if unused := files.others(settings.uploads, repository.contents(db)):
            problems.append(Problem("uploads", Message(_UNUSED.text, n=len(unused)), None, False))
        stamp = repository.stamp(db)
        index.follow(stamp.generation)
        rows = repository.in_state(db, list(IndexState))
        for row in rows:
            found, held, stored = _document_problems(db, index, settings, row)
            problems += found
            passages += held
            vectors += stored
    if stamp.lexical_generation != stamp.generation or (rows and not index.has_lexical):
        problems.append(Problem("index", Message("全文索引落后于文件库；服务启动后会自动更新，也可运行 check --repair。"), None, False))
    return Report(len(rows), passages, vectors, tuple(problems))


def repair(database: Database, index: Index, settings: Settings) -> list[int]:
    """Queue the documents whose text or vectors do not fit for the index; a text that does not fit is extracted again. Delete the stored
    files that no document has.

    Returns the job ids.
    """
    problems = [problem for problem in check(database, index, settings).problems if problem.can_reindex]
    lost_text = {problem.document_id for problem in problems if problem.from_file and problem.document_id}
    lost_vectors = {problem.document_id for problem in problems if problem.document_id} - lost_text
    with database.writing() as db:
        # The query takes the writer's lock: nobody is adding a file meanwhile.
        for path in files.others(settings.uploads, repository.contents(db)):
            path.unlink(missing_ok=True)
        return [
            *service.index_again(db, LOCAL_ADMINISTRATOR, sorted(lost_text), from_file=True),
            *service.index_again(db, LOCAL_ADMINISTRATOR, sorted(lost_vectors)),
        ]


def _database_problems(database: Database) -> list[Problem]:
    if database.engine.dialect.name != "sqlite":
        return []
    with database.engine.connect() as connection:
        said = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
    if said == "ok":
        return []
    return [Problem("database", Message("数据库文件已损坏（{detail}）。请从备份恢复。", detail=str(said)), None, False)]


def _left_behind(settings: Settings) -> list[Problem]:
    rooms = replacing.left_behind(settings.data)
    return [Problem("data", Message(_LEFT_BEHIND.text, folder=str(room)), None, False) for room in rooms]


def _document_problems(db: Session, index: Index, settings: Settings, row: Document) -> tuple[list[Problem], int, int]:
    assert row.id is not None
    title = row.title
    subject = f"document {row.id}"
    problems = []
    path = files.place(settings.uploads, row.sha256)
    intact = path.exists() and files.fingerprint(path.read_bytes()) == row.sha256
    if not intact:
        problems.append(Problem(subject, Message("《{title}》的原文件缺失或已损坏。", title=title), row.id, False))
    if row.state is not IndexState.READY:
        return problems, 0, 0
    stored = repository.text(db, row.id)
    passages = repository.passage_rows(db, row.id)
    length = len(stored.text) if stored else 0
    if stored is None or any(not 0 <= passage.start < passage.end <= length for passage in passages):
        problems.append(Problem(subject, Message("《{title}》的文本与段落不一致。", title=title), row.id, intact, intact))
    missing = index.missing(row.id, [passage.id for passage in passages if passage.id is not None])
    if missing:
        problems.append(Problem(subject, Message("《{title}》有 {n} 个段落不在语义索引中。", title=title, n=len(missing)), row.id, True))
    return problems, len(passages), len(passages) - len(missing) if index.embedder else 0
