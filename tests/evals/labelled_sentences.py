"""The labelled units as sentences of the decoder, for what is fitted on them. Never those of the test half."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.documents.parsed import ParsedDocument
from core.documents.parsing.sandbox import parse_file
from core.documents.tables import DocumentKind
from core.strategy.decoding.clauses import Sentence, sentences
from core.strategy.decoding.profile import Profile, profile_of
from tests.evals import decoding_units as data
from tests.evals import training
from tests.evals.decoding_units import Label, Unit

_SHARED = 0.5
# What the names of the texts for search say of their kind, the first that fits.
_KIND_BY_NAME = (
    ("访谈 座谈 日志", DocumentKind.INTERVIEW),
    ("考核 评定", DocumentKind.APPRAISAL),
    ("办法 规定 细则 规则 制度 规范 指引", DocumentKind.POLICY),
    ("战略 规划", DocumentKind.HQ),
)


@dataclass(frozen=True)
class Given:
    """A sentence where it stands, with its label where somebody has labelled it."""

    sentence: Sentence
    document: str
    title: str
    kind: DocumentKind
    profile: Profile
    unit: Unit | None = None
    label: Label | None = None


def labelled(kept: Path | None) -> list[Given]:
    """The sentences of the dev and fresh units; rows of tables have rules of their own. `kept` as in `decoding_units.parse`."""
    units = [unit for split in ("dev", "fresh") for unit in data.units(split) if unit.unit != "row"]
    labels = data.gold()
    found = []
    for name, parsed in data.parse((unit.document for unit in units), kept).items():
        own = [unit for unit in units if unit.document == name]
        kind = data.sources()[name].kind
        profile = profile_of(parsed, kind, data.sources()[name].dated)
        found += [Given(sentence, name, parsed.title, kind, profile, unit, labels[unit.id]) for sentence, unit in _matched(parsed, own)]
    return found


def unlabelled(kept: Path | None) -> list[Given]:
    """Every sentence of the texts that may be tuned on, and of those that the encoder of search is taught with."""
    names = [name for name, source in data.sources().items() if source.split != "test"]
    found = [_whole(name, parsed, data.sources()[name].kind) for name, parsed in data.parse(names, kept).items()]
    for path in sorted((training.FOLDER / "texts").iterdir()):
        kind = next((kind for words, kind in _KIND_BY_NAME if any(word in path.name for word in words.split())), DocumentKind.BRANCH)
        found.append(_whole(path.name, parse_file(path), kind))
    return [one for document in found for one in document]


def _whole(name: str, parsed: ParsedDocument, kind: DocumentKind) -> list[Given]:
    profile = profile_of(parsed, kind)
    return [Given(sentence, name, parsed.title, kind, profile) for sentence in sentences(parsed)]


def _matched(parsed: ParsedDocument, units: Sequence[Unit]) -> Iterator[tuple[Sentence, Unit]]:
    """Each sentence with the unit that it shares most characters with, if that is at least half of the shorter of the two."""
    spans = [(unit, span) for unit in units if (span := data.find(unit, parsed))]
    for sentence in sentences(parsed):
        near = [(min(end, sentence.end) - max(start, sentence.start), end - start, unit) for unit, (start, end) in spans]
        enough = [(shared, unit) for shared, length, unit in near if shared >= _SHARED * min(length, sentence.end - sentence.start)]
        if enough:
            yield sentence, max(enough, key=lambda pair: pair[0])[1]
