"""A document becomes findings: the entry of decoding, the same for the command line, the jobs and the tests."""

from __future__ import annotations

from core.documents.parsed import ParsedDocument
from core.documents.tables import DocumentKind
from core.strategy.decoding import actions, tables, targets
from core.strategy.decoding.clauses import blocks_with_path, sentences
from core.strategy.decoding.deadlines import plan_of
from core.strategy.findings import Decoding, Finding, FindingKind, SetAside

MADE_BY = "rules 1"
"""To be raised with every change that decodes differently."""


def decode(parsed: ParsedDocument, kind: DocumentKind) -> Decoding:
    """The findings of a document in reading order. Every quote equals the extracted text between its offsets."""
    plan = plan_of(parsed.title, parsed.text)
    found: list[Finding] = []
    aside: list[SetAside] = []
    for sentence in sentences(parsed):
        read = targets.read(sentence, plan, kind, parsed.language)
        for make in (actions.theme, actions.task, actions.capability):
            finding = make(sentence, kind)
            if finding is not None and not (read.targets and finding.kind is FindingKind.TASK and actions.only_a_level(finding)):
                found.append(finding)
        found.extend(read.targets)
        aside.extend(read.aside)
    paths = {block.start: path for block, path in blocks_with_path(parsed) if block.kind == "table"}
    for table in parsed.tables:
        path = paths.get(table.start, ())
        found.extend(tables.targets(parsed, table, path, plan))
        found.extend(tables.capabilities(parsed, table, path))
    found.sort(key=lambda finding: (finding.start, finding.end))
    return Decoding(tuple(found), tuple(aside), MADE_BY)
