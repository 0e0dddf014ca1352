"""The targets that code can measure in a sentence which a model points at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.documents.parsed import ParsedDocument
from core.documents.tables import DocumentKind
from core.strategy.decoding import targets
from core.strategy.decoding.profile import profile_of
from core.strategy.findings import Finding
from core.strategy.refining.units import Unit


class Measuring:
    """Reads figures by the rules alone, whatever these took them for."""

    def __init__(self, parsed: ParsedDocument, kind: DocumentKind, dated: date | None = None) -> None:
        self._profile = profile_of(parsed, kind, dated)

    def targets(self, unit: Unit) -> list[Finding]:
        """Every figure of the unit as a target; none for table rows, which have rules of their own."""
        if unit.sentence is None:
            return []
        # A heading is read like a sentence here: the rules by themselves look for no target in it.
        read = targets.read(replace(unit.sentence, block="paragraph"), self._profile, ordered=False)
        return [*read.targets, *(one.candidate for one in read.aside)]
