"""Documents for tests: real texts that go through the real parser, chunker and index."""

from __future__ import annotations

from pathlib import Path

from core.access.actor import Actor
from core.documents import repository, service
from core.documents.chunks import split
from core.documents.indexing import described, pack
from core.documents.parsing.__main__ import parse
from core.documents.parsing.progress import Progress
from core.documents.service import Added
from core.documents.tables import DocumentKind, DocumentText
from core.instance import Instance

STRATEGY = """# 零售银行战略

## 财富管理

到2028年末，财富管理客户资产规模达到一万亿元，年均增长百分之十五以上。

## 客户经理队伍

客户经理持证上岗率不低于百分之九十五，每季度末报告进展。
"""
NOTICE = """# 培训经费管理办法

培训经费按人均每年六千元安排，年中可以调剂一次，超出部分由人力资源部审批。
"""
SECRET = """# 高层访谈

行长在访谈中说，滨海新区三家支行的班子搭配存在明显短板，明年要重点补齐。
"""


def add(house: Instance, actor: Actor, name: str, text: str, kind: DocumentKind = DocumentKind.HQ, **more: object) -> Added:
    """Add a Markdown file and leave its job in the queue.

    It is parsed in this very process: starting another one for each of hundreds of little texts would only cost time.
    """
    content = text.encode()
    with house.database.writing() as db:
        added = service.add(db, house.settings, actor, name, content, kind, **more)  # type: ignore[arg-type]
    if added.job_id is not None:
        read(house, added.document_id, name, content)
    return added


def read(house: Instance, document_id: int, name: str, content: bytes) -> None:
    """Store a document's text as its job would after parsing."""
    path = house.settings.data / f"to-parse-{document_id}"
    path.write_bytes(content)
    parsed = parse(path, name, Progress(100, lambda event: None))
    path.unlink()
    passages = split(parsed)
    with house.database.writing() as db:
        row = repository.by_id(db, document_id)
        assert row is not None
        stored = DocumentText(document_id=document_id, text=parsed.text, structure=pack(parsed))
        repository.save_text(db, stored, passages, {page.number: page.label for page in parsed.pages})
        repository.note(db, row, **described(parsed, passages))


def settle(house: Instance) -> None:
    """Do all the work that waits."""
    house.worker.run()
    house.indexing.tidy()


def shelve(house: Instance, actor: Actor, name: str, text: str, kind: DocumentKind = DocumentKind.HQ, **more: object) -> int:
    """A document that is in the search; returns its id."""
    added = add(house, actor, name, text, kind, **more)
    settle(house)
    return added.document_id


def long_text(paragraphs: int, topic: str = "网点转型") -> str:
    """A text of many passages, each different."""
    body = "\n\n".join(
        f"第{i}项任务：在第{i}个网点推进{topic}，编号{i * 7919 % 10007}。" + "请各部门按期完成并报告。" * 32 for i in range(paragraphs)
    )
    return f"# {topic}方案\n\n{body}\n"


def texts_of(folder: Path) -> dict[str, bytes]:
    """The content of every file below `folder`, by its path there."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
