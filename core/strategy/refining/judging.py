"""What becomes of the rules' findings when a model has judged them. Code checks every proposal; what fails is refused and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from core.strategy.decoding.perspectives import of_action
from core.strategy.findings import BY_MODEL, Finding, FindingKind, Perspective, SetAside
from core.strategy.refining import wording
from core.strategy.refining.answers import NONE, REASONS, Answer, Change, Missed
from core.strategy.refining.measuring import Measuring
from core.strategy.refining.units import Proposal, Unit

MISSED = f"{BY_MODEL}missed"
WAS = f"{BY_MODEL}was_"
ASIDE = "aside"

_CHANGED_CONFIDENCE = 0.6
_MISSED_CONFIDENCE = 0.5
_KINDS = frozenset(FindingKind)


class Refusal(StrEnum):
    """Why a proposal of the model was not taken."""

    UNKNOWN = "unknown"
    UNSUPPORTED = "unsupported"
    UNMEASURED = "unmeasured"
    REPEATED = "repeated"


@dataclass(frozen=True)
class Judged:
    """All findings after the judgement, in reading order, and how many proposals were taken and refused."""

    findings: tuple[Finding, ...]
    set_aside: tuple[SetAside, ...]
    changed: int
    added: int
    put_aside: int
    refused: dict[Refusal, int]


def judge(units: Sequence[Unit], answers: Sequence[Answer], measuring: Measuring) -> Judged:
    """Apply a model's answers to what the rules found in `units`."""
    bench = _Bench(units, measuring)
    for answer in answers:
        for change in answer.changes:
            bench.change(change)
        for missed in answer.missed:
            bench.add(missed)
    return bench.result()


class _Bench:
    """The findings while they are being judged, by the numbers of their proposals."""

    def __init__(self, units: Sequence[Unit], measuring: Measuring) -> None:
        self._measuring = measuring
        self._units = {unit.id: unit for unit in units}
        self._proposals = {proposal.id: proposal for unit in units for proposal in unit.proposals}
        self._unit_of = {proposal.id: unit for unit in units for proposal in unit.proposals}
        self._standing = {one.id: one.finding for one in self._proposals.values() if one.aside is None}
        self._aside = {one.id: one.aside for one in self._proposals.values() if one.aside is not None}
        self._fresh: list[Finding] = []
        self._judged: set[str] = set()
        self._put_aside = 0
        self._refused: Counter[Refusal] = Counter()

    def change(self, change: Change) -> None:
        """One proposal about a finding of the rules."""
        proposal = self._proposals.get(change.finding)
        if proposal is None or change.kind not in ("", NONE, *_KINDS):
            self._refuse(Refusal.UNKNOWN)
        elif proposal.id in self._judged:
            self._refuse(Refusal.REPEATED)
        elif change.kind == NONE:
            self._set_aside(proposal, change.reason)
        elif change.kind or proposal.aside is None:
            self._keep(proposal, change)

    def add(self, missed: Missed) -> None:
        """One finding that the rules missed."""
        unit = self._units.get(missed.sentence)
        if unit is None or missed.kind not in _KINDS:
            self._refuse(Refusal.UNKNOWN)
            return
        kind = FindingKind(missed.kind)
        if kind is FindingKind.TARGET:
            found = [
                replace(one, rule=MISSED, cues=(), confidence=_MISSED_CONFIDENCE) for one in self._measured(unit, unit.start, unit.end)
            ]
            if not found:
                self._refuse(Refusal.UNMEASURED)
            self._fresh.extend(self._described(unit, one, missed, named=len(found) == 1) for one in found)
        elif any(one.kind is kind for one in self._of_unit(unit)):
            self._refuse(Refusal.REPEATED)
        else:
            self._fresh.append(self._described(unit, _whole(unit, kind), missed))

    def result(self) -> Judged:
        """The findings as they stand."""
        findings = sorted([*self._standing.values(), *self._fresh], key=lambda one: (one.start, one.end))
        return Judged(
            findings=tuple(findings),
            set_aside=tuple(sorted(self._aside.values(), key=lambda one: one.candidate.start)),
            changed=sum(one.by_model for one in self._standing.values()),
            added=len(self._fresh),
            put_aside=self._put_aside,
            refused=dict(self._refused),
        )

    def _set_aside(self, proposal: Proposal, reason: str) -> None:
        if proposal.aside is not None:
            return
        self._judged.add(proposal.id)
        del self._standing[proposal.id]
        candidate = replace(proposal.finding, refined_from=proposal.finding)
        self._aside[proposal.id] = SetAside(candidate, f"{BY_MODEL}{reason if reason in REASONS else 'no_demand'}")
        self._put_aside += 1

    def _keep(self, proposal: Proposal, change: Change) -> None:
        unit, was = self._unit_of[proposal.id], proposal.finding
        finding: Finding | None = was
        if change.kind and (proposal.aside is not None or change.kind != was.kind):
            finding = self._of_kind(unit, proposal, FindingKind(change.kind))
        if finding is None:
            self._refuse(Refusal.UNMEASURED)
            return
        finding = self._described(unit, finding, change)
        if finding is not was:
            self._judged.add(proposal.id)
            self._aside.pop(proposal.id, None)
            rule = finding.rule if finding.by_model else f"{BY_MODEL}{was.rule}"
            self._standing[proposal.id] = replace(finding, rule=rule, refined_from=was)

    def _of_kind(self, unit: Unit, proposal: Proposal, kind: FindingKind) -> Finding | None:
        """The proposal as a finding of another kind; None for a target that code cannot measure."""
        was = proposal.finding
        rule = f"{WAS}{ASIDE if proposal.aside else was.kind.value}"
        if kind is not FindingKind.TARGET:
            return replace(was, kind=kind, measure=None, rule=rule, confidence=_CHANGED_CONFIDENCE)
        measured = [was] if was.measure else self._measured(unit, was.start, was.end)
        if not measured:
            return None
        made = [replace(one, rule=rule, cues=(), confidence=_CHANGED_CONFIDENCE) for one in measured]
        self._fresh.extend(made[1:])
        return made[0]

    def _measured(self, unit: Unit, start: int, end: int) -> list[Finding]:
        """The figures within `[start, end)` that are no target yet. Those that the rules had set aside are so no longer."""
        standing = {_figure(one) for one in self._of_unit(unit)}
        found = [one for one in self._measuring.targets(unit) if start <= one.start and one.end <= end and _figure(one) not in standing]
        taken = {_figure(one) for one in found}
        for proposal in unit.proposals:
            if proposal.id in self._aside and _figure(proposal.finding) in taken:
                del self._aside[proposal.id]
                self._judged.add(proposal.id)
        return found

    def _described(self, unit: Unit, finding: Finding, words: Change | Missed, *, named: bool = True) -> Finding:
        """The finding in the model's words, as far as they hold; the very same one where nothing changes."""
        text, view, names = finding.text, finding.perspective, finding.competencies
        if named and words.text.strip():
            text = self._checked(self._said(unit, finding, words.text)) or text
        if words.perspective in frozenset(Perspective):
            view = Perspective(words.perspective)
        if given := [name for one in words.competencies if (name := self._checked(wording.competency(one)))]:
            names = tuple(dict.fromkeys(given))
        if (text, view, names) == (finding.text, finding.perspective, finding.competencies):
            return finding
        return replace(finding, text=text, perspective=view, competencies=names)

    def _said(self, unit: Unit, finding: Finding, text: str) -> str | None:
        if unit.sentence is not None:
            return wording.said(text, finding.quote, unit.around)
        # The rules' own text of a row already says what its figures are of.
        return wording.said(text, finding.quote, f"{unit.around}\n{finding.text}", table=True)

    def _checked(self, words: str | None) -> str | None:
        if words is None:
            self._refuse(Refusal.UNSUPPORTED)
        return words

    def _of_unit(self, unit: Unit) -> list[Finding]:
        standing = [self._standing[one.id] for one in unit.proposals if one.id in self._standing]
        return [*standing, *(one for one in self._fresh if unit.start <= one.start < unit.end)]

    def _refuse(self, why: Refusal) -> None:
        self._refused[why] += 1


def _whole(unit: Unit, kind: FindingKind) -> Finding:
    """A finding whose quote is all of the unit."""
    return Finding(
        kind=kind,
        text=" ".join(unit.text.split()),
        quote=unit.text,
        page=unit.page,
        start=unit.start,
        end=unit.end,
        heading=unit.path,
        perspective=of_action(unit.text, " ".join(unit.path[-1:])),
        competencies=(),
        measure=None,
        confidence=_MISSED_CONFIDENCE,
        rule=MISSED,
    )


def _figure(finding: Finding) -> tuple[int, int, object]:
    """What tells one figure of a sentence from another: two in one clause share their place."""
    return finding.start, finding.end, (finding.measure.metric, finding.measure.value, finding.measure.unit) if finding.measure else None
