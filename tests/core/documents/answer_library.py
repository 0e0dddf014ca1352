"""A small library in memory for the tests of answers: texts in light Markdown, searched by words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from core.documents.answers.answer import Answer
from core.documents.answers.extractive import answer
from core.documents.hits import Hit
from core.documents.lexical import LexicalIndex
from core.documents.parsed import Block, BlockKind, Cell, Page, ParsedDocument, Table


def document(title: str, source: str) -> ParsedDocument:
    """The parsed document of a few lines: `# heading`, `- item`, `| cell | cell |` (the first row names the columns), else a
    paragraph.
    """
    text = ""
    blocks: list[Block] = []
    tables: list[Table] = []
    rows: list[tuple[Cell, ...]] = []

    def close_table() -> None:
        if rows:
            start, end = rows[0][0].start, len(text) - 1
            tables.append(Table(start, end, 1, tuple(rows), 1))
            blocks.append(Block("table", start, end, 1))
            rows.clear()

    for line in filter(None, map(str.strip, source.splitlines())):
        if line.startswith("|"):
            cells = []
            for number, words in enumerate(part.strip() for part in line.strip("|").split("|")):
                text += " | " if number else ""
                cells.append(Cell(len(text), len(text) + len(words)))
                text += words
            rows.append(tuple(cells))
            text += "\n"
            continue
        close_table()
        level = len(line) - len(line.lstrip("#"))
        words = line.lstrip("# ").removeprefix("- ") if level or line.startswith("- ") else line
        kind: BlockKind = "heading" if level else "list" if line.startswith("- ") else "paragraph"
        blocks.append(Block(kind, len(text), len(text) + len(words), 1, level))
        text += words + "\n"
    close_table()
    return ParsedDocument(text, (Page(1, "第1页", 0, len(text)),), tuple(blocks), tuple(tables), title, "zh", "md")


class Library:
    """Documents numbered from 1; a passage is what stands under one heading, a table apart."""

    def __init__(self, *documents: ParsedDocument) -> None:
        self.documents = dict(enumerate(documents, start=1))
        self._passages = [hit for number, parsed in self.documents.items() for hit in _passages(number, parsed)]
        rows = [(i, hit.document_id, "\n".join((*hit.heading, hit.context, hit.text))) for i, hit in enumerate(self._passages)]
        self._lexical = LexicalIndex.build(rows)

    def idf(self, gram: str) -> float:
        return self._lexical.idf(gram)

    def search(self, question: str) -> list[Hit]:
        scores = self._lexical.scores(question, np.ones(len(self._passages), dtype=np.bool_))
        top = float(scores.max()) or 1.0
        return [_scored(self._passages[i], float(scores[i]), float(scores[i]) / top) for i in np.argsort(-scores)[:12]]

    def ask(self, question: str) -> Answer:
        return answer(question, self.search(question), self, None, self.documents.__getitem__)

    def claims(self, question: str) -> Sequence[str]:
        return [claim.text for claim in self.ask(question).claims]


def _scored(hit: Hit, lexical: float, score: float) -> Hit:
    return Hit(**{**hit.__dict__, "lexical": lexical, "score": score})


def _passages(number: int, parsed: ParsedDocument) -> list[Hit]:
    found: list[Hit] = []
    path: list[str] = []
    caption = ""
    for block in parsed.blocks:
        words = parsed.text[block.start : block.end]
        if block.kind == "heading":
            path = [*path[: block.level - 1], words]
            continue
        joins = found and found[-1].heading == tuple(path) and block.kind != "table" and "|" not in found[-1].text
        start = found.pop().start if joins else block.start
        context = caption if block.kind == "table" else ""
        caption = words if re.match(r"表\d", words) else ""
        text = parsed.text[start : block.end]
        found.append(
            Hit(
                0,
                number,
                f"{parsed.title}.md",
                parsed.title,
                1,
                "第1页",
                tuple(path),
                context,
                start,
                block.end,
                text,
                0.0,
                None,
                0.0,
            )
        )
    return found
