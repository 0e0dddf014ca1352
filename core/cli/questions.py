"""`search` and `ask`: one question, or a file of them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.access.actor import LOCAL_ADMINISTRATOR
from core.cli.console import Console, read_jsonl, write_jsonl
from core.cli.grammar import whole
from core.documents.answers.answer import Answer
from core.documents.hits import Hit
from core.documents.search import search
from core.errors import BadInput
from core.i18n import Message
from core.instance import Instance, open_instance


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to the grammar."""
    for name, run, help_ in (("search", _search, "the passages that answer a question"), ("ask", _ask, "an answer with citations")):
        command = commands.add_parser(name, parents=[common], help=help_)
        command.add_argument("question", nargs="?", metavar="QUESTION")
        command.add_argument("-k", type=whole, default=5, help="how many passages") if name == "search" else None
        command.add_argument("--queries", type=Path, metavar="IN.jsonl", help='one {"id", "query"} a line')
        command.add_argument("-o", "--output", type=Path, metavar="OUT.jsonl")
        command.set_defaults(run=run)


def _search(options: argparse.Namespace, console: Console) -> int:
    if options.k < 1:
        raise BadInput(Message("-k 至少为 1。"))

    def find(instance: Instance, question: str) -> dict[str, Any]:
        with instance.database.reading() as db:
            return {"hits": [_hit(hit) for hit in search(db, instance.index, LOCAL_ADMINISTRATOR, question, options.k)]}

    return _each(options, console, find, lambda found: [_hit_line(hit) for hit in found["hits"]])


def _ask(options: argparse.Namespace, console: Console) -> int:
    def answer(instance: Instance, question: str) -> dict[str, Any]:
        last = None
        asked = instance.assistant.look_up(LOCAL_ADMINISTRATOR, question)
        for piece in instance.assistant.answer(asked, (), console.language):
            last = piece
        assert isinstance(last, Answer), "a stream of an answer ends with the answer"
        return _answer(last, console)

    def lines(given: dict[str, Any]) -> list[str]:
        cited = [f"[{n}] {c['document']} · {c['page']} · {' > '.join(c['heading'])}" for n, c in enumerate(given["citations"], 1)]
        return [given["answer"], "", *cited] if cited else [given["answer"]]

    return _each(options, console, answer, lines)


def _each(options: argparse.Namespace, console: Console, work: Any, lines: Any) -> int:
    if (options.question is None) == (options.queries is None):
        raise BadInput(Message("请给出一个问题，或用 --queries 给出问题文件（二选一）。"))
    if options.queries is not None and options.output is None:
        raise BadInput(Message("用 --queries 时请用 -o 给出输出文件。"))
    if options.queries is None and options.output is not None:
        raise BadInput(Message("-o 只能与 --queries 一起用。"))
    asked = read_jsonl(options.queries, "query") if options.queries else []
    instance = open_instance(options.data)
    try:
        instance.indexing.tidy()
        if options.question is not None:
            found = work(instance, options.question)
            console.result(found, lines(found))
            return 0
        write_jsonl(options.output, (_answered(instance, row, work) for row in asked))
    finally:
        instance.close()
    console.result({"questions": len(asked), "output": str(options.output)}, [str(options.output)])
    return 0


def _answered(instance: Instance, row: dict[str, Any], work: Any) -> dict[str, Any]:
    try:
        return {"id": row.get("id"), **work(instance, row["query"])}
    except BadInput as refused:
        raise BadInput(Message("问题 {id}：{reason}", id=str(row.get("id")), reason=refused.message)) from refused


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "document": hit.document,
        "document_id": hit.document_id,
        "page": hit.page,
        "heading": list(hit.heading),
        "start": hit.start,
        "end": hit.end,
        "text": hit.text,
        "score": round(hit.score, 6),
    }


def _hit_line(hit: dict[str, Any]) -> str:
    return f"{hit['score']:.3f}  {hit['document']} · {hit['page']}  {' '.join(hit['text'].split())[:100]}"


def _answer(answer: Answer, console: Console) -> dict[str, Any]:
    return {
        "answer": answer.text(console.language),
        "found": answer.found,
        "engine": answer.engine,
        "citations": [
            {"document": c.document, "page": c.page, "heading": list(c.heading), "start": c.start, "end": c.end, "quote": c.quote}
            for c in answer.citations
        ],
        "notes": [note.render(console.language) for note in answer.notes],
    }
