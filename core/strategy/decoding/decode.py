"""A document becomes findings: the entry of decoding, the same for the command line, the jobs and the tests."""

from __future__ import annotations

from datetime import date

from core.documents.parsed import ParsedDocument
from core.documents.tables import DocumentKind
from core.strategy.decoding import tables, worded, wording
from core.strategy.decoding.clauses import Sentence, blocks_with_path, sentences
from core.strategy.decoding.profile import profile_of
from core.strategy.decoding.reader import SentenceReader
from core.strategy.decoding.weighing import weighed
from core.strategy.findings import Decoding, Finding, SetAside

MADE_BY = "rules 14"
"""To be raised with every change that decodes differently."""


def decode(parsed: ParsedDocument, kind: DocumentKind, reader: SentenceReader | None = None, *, dated: date | None = None) -> Decoding:
    """The findings of a document in reading order; `reader` gives a second opinion on what is least sure, `dated` is the day it was written
    where that is known from elsewhere. Every quote equals the extracted text between its offsets."""
    profile = profile_of(parsed, kind, dated)
    found: list[Finding] = []
    targets: list[tuple[Finding, Sentence]] = []
    aside: list[SetAside] = []
    given = list(sentences(parsed))
    said = wording.evidence(given, kind)
    if reader is not None:
        said = reader.second_opinion(given, said, parsed.title, kind)
    for sentence, speaks_for in zip(given, said, strict=True):
        made, read = weighed(sentence, profile, speaks_for)
        found.extend(made)
        targets.extend((target, sentence) for target in read.targets)
        aside.extend(read.aside)
    found.extend([target for target, _ in targets] if reader is None else reader.named(targets, parsed.title, kind))
    paths = {block.start: path for block, path in blocks_with_path(parsed) if block.kind == "table"}
    for table in parsed.tables:
        path = paths.get(table.start, ())
        found.extend(tables.targets(parsed, table, path, profile))
        found.extend(tables.capabilities(parsed, table, path))
        found.extend(worded.asked(parsed, table, path, profile))
        found.extend(worded.tasks(parsed, table, path, profile))
    found.sort(key=lambda finding: (finding.start, finding.end))
    return Decoding(tuple(found), tuple(aside), MADE_BY if reader is None else f"{MADE_BY}, read twice")
