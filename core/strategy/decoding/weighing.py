"""Rules and wording weighed against each other: which themes, tasks and abilities of a sentence stand, and in which perspective.

Both are taken as independent evidence, whose log-odds add up. What a rule's yes or no is worth was estimated on texts that the rules
of their time had not seen (`tests/evals/decoding/GUIDELINES.md`): on those that they were tuned on it would be worth far too much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.patterns import lazily
from core.strategy.decoding import wording
from core.strategy.decoding.achieved import looks_back
from core.strategy.decoding.clauses import Sentence
from core.strategy.decoding.competencies import named
from core.strategy.decoding.headings import unnumbered
from core.strategy.decoding.perspectives import of_action
from core.strategy.decoding.profile import Profile
from core.strategy.findings import Finding, FindingKind, Perspective

# Log-odds of a rule's yes and of its no, the kind's rarity included.
_YES = {FindingKind.THEME: 3.5, FindingKind.TASK: 3.0, FindingKind.CAPABILITY: 3.0}
_NO = {FindingKind.THEME: -0.25, FindingKind.TASK: -1.0, FindingKind.CAPABILITY: -0.75}
_VIEW = 2.25
_CONFIDENCE = 0.5
# A bare word says too little: 第2页 打法.
_SHORTEST = 5
# Too few English sentences are labelled: their wording serves themes alone.
_HAN = lazily(r"[\u4e00-\u9fff]")
_ANNOUNCES = lazily(r"[？?：:]\s*$")


def weighed(made: Sequence[Finding], sentence: Sentence, profile: Profile) -> list[Finding]:
    """The themes, tasks and abilities of `sentence`: those of the rules (`made`) that its wording does not speak against clearly, and
    those that it speaks for although no rule knows it."""
    by_rule = {finding.kind: finding for finding in made}
    said = wording.evidence(sentence)
    found: list[Finding] = []
    for kind, odds in said.kinds.items():
        if kind in by_rule and (odds + _YES[kind] > 0 or not _tells(kind, sentence)):
            found.append(_seen(by_rule[kind], said))
        elif kind not in by_rule and odds + _NO[kind] > 0 and _may_be(kind, sentence, profile):
            found.append(_by_wording(kind, sentence, said))
    return found


def _tells(kind: FindingKind, sentence: Sentence) -> bool:
    """Whether the wording of such a sentence tells its kind better than the rules alone."""
    return kind is FindingKind.THEME or bool(_HAN.search(sentence.text))


def _may_be(kind: FindingKind, sentence: Sentence, profile: Profile) -> bool:
    """Whether wording may find something that no rule does: not where the place alone decides."""
    if not _tells(kind, sentence) or len(unnumbered(sentence.text)) < _SHORTEST or looks_back(sentence, profile.plan):
        return False
    if kind is FindingKind.THEME:
        return not (profile.regulation and sentence.block == "heading")
    return sentence.block not in ("heading", "note") and not _ANNOUNCES.search(sentence.text)


def _seen(finding: Finding, said: wording.Evidence) -> Finding:
    """The finding in the perspective that rule and wording together speak for."""
    if finding.perspective is None or finding.kind is FindingKind.CAPABILITY:
        return finding
    return replace(finding, perspective=_perspective(finding.perspective, said))


def _perspective(by_rule: Perspective | None, said: wording.Evidence) -> Perspective:
    return max(said.views, key=lambda view: said.views[view] + _VIEW * (view is by_rule))


def _by_wording(kind: FindingKind, sentence: Sentence, said: wording.Evidence) -> Finding:
    ability = kind is FindingKind.CAPABILITY
    text = " ".join(sentence.text.split())
    return Finding(
        kind=kind,
        text=text,
        quote=sentence.text,
        page=sentence.page,
        start=sentence.start,
        end=sentence.end,
        heading=sentence.path,
        perspective=Perspective.LEARNING if ability else _perspective(of_action(text), said),
        competencies=named(text) if ability else (),
        measure=None,
        confidence=_CONFIDENCE,
        rule=f"{kind.value}_wording",
        cues=wording.telling(sentence, kind),
    )
