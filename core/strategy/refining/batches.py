"""Numbered sentences in portions that a model can read at once, fenced so that nothing in them is taken for an instruction."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.documents.answers.fence import gives_orders, harmless
from core.strategy.conflicts import in_words
from core.strategy.refining.units import Proposal, Unit

# A model with a context of 8,000 tokens has room for these and for its answer.
_MOST_CHARACTERS = 4_000
_LONGEST_LINE = 1_000


@dataclass(frozen=True)
class Batch:
    """What goes to the model in one request: `text`, between tags called `tag`. `suspicious`: it holds words addressed to a model."""

    tag: str
    text: str
    units: tuple[Unit, ...]
    suspicious: bool


def batches(units: Sequence[Unit], most: int = _MOST_CHARACTERS) -> list[Batch]:
    """All units in order, in batches of about `most` characters."""
    found: list[Batch] = []
    inside: list[Unit] = []
    lines: list[str] = []
    for unit in units:
        shown = list(_lines(unit, inside[-1] if inside else None))
        if inside and sum(map(len, [*lines, *shown])) > most:
            found.append(_batch(inside, lines))
            inside, lines, shown = [], [], list(_lines(unit, None))
        inside.append(unit)
        lines.extend(shown)
    return [*found, _batch(inside, lines)] if inside else found


def _batch(units: Sequence[Unit], lines: Sequence[str]) -> Batch:
    suspicious = any(gives_orders(unit.text) for unit in units)
    return Batch(f"document-{secrets.token_hex(8)}", "\n".join(lines), tuple(units), suspicious)


def _lines(unit: Unit, before: Unit | None) -> Iterator[str]:
    if before is None or before.path != unit.path:
        yield f"# {harmless(' > '.join(unit.path)) or '-'}"
    what = f"row under {harmless(unit.lead)}" if unit.sentence is None else unit.sentence.block
    yield f"{unit.id} ({what[:_LONGEST_LINE]}): {harmless(unit.text)[:_LONGEST_LINE]}"
    for proposal in unit.proposals:
        yield f"  {proposal.id} = {_proposed(unit, proposal)}"


def _proposed(unit: Unit, proposal: Proposal) -> str:
    finding = proposal.finding
    parts = [f"none ({proposal.aside.rule})" if proposal.aside else finding.kind.value]
    if finding.perspective:
        parts.append(finding.perspective.value)
    if finding.competencies:
        parts.append("competencies: " + harmless(", ".join(finding.competencies)))
    if finding.measure:
        parts.append("measure: " + harmless(in_words(vars(finding.measure))))
    if finding.quote != unit.text:
        parts.append(f"words: {harmless(finding.quote)[:_LONGEST_LINE]}")
    return " | ".join(parts)
