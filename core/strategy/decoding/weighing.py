"""Rules and wording weighed against each other: whether a sentence asks for an ability, and in which perspective its findings stand.

Both are taken as independent evidence, whose log-odds add up. What a rule's yes or no is worth was estimated on texts that the rules
of their time had not seen (`tests/evals/README.md`): on those that they were tuned on it would be worth far too much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.patterns import lazily
from core.strategy.decoding import wording
from core.strategy.decoding.achieved import looks_back
from core.strategy.decoding.clauses import Sentence
from core.strategy.decoding.competencies import asked_for
from core.strategy.decoding.headings import unnumbered
from core.strategy.decoding.profile import Profile
from core.strategy.findings import Finding, FindingKind

# Log-odds of a rule's yes and of its no, the rarity of abilities included, and what its perspective counts.
_YES, _NO, _VIEW = 3.0, -0.75, 2.25
_CONFIDENCE = 0.5
# A bare word says too little.
_SHORTEST = 5
# Too few English sentences are labelled.
_HAN = lazily(r"[\u4e00-\u9fff]")
_ANNOUNCES = lazily(r"[？?：:]\s*$")


def weighed(made: Sequence[Finding], sentence: Sentence, profile: Profile) -> list[Finding]:
    """What the rules `made` of `sentence`, in the perspective that its wording speaks for too, and the ability that is asked for: that of
    the rules unless the wording speaks against it clearly, or one that it speaks for although no rule knows it."""
    said = wording.evidence(sentence)
    by_rule = next((finding for finding in made if finding.kind is FindingKind.CAPABILITY), None)
    found = [_seen(finding, said) for finding in made if finding is not by_rule]
    tells = bool(_HAN.search(sentence.text))
    if by_rule is not None and (said.ability + _YES > 0 or not tells):
        found.append(by_rule)
    elif by_rule is None and said.ability + _NO > 0 and tells and _may_be(sentence, profile):
        found.append(asked_for(sentence, "capability_wording", (), confidence=_CONFIDENCE))
    return found


def _may_be(sentence: Sentence, profile: Profile) -> bool:
    """Whether wording may find something that no rule does: not where the place alone decides."""
    if len(unnumbered(sentence.text)) < _SHORTEST or looks_back(sentence, profile.plan):
        return False
    return sentence.block not in ("heading", "note") and not _ANNOUNCES.search(sentence.text)


def _seen(finding: Finding, said: wording.Evidence) -> Finding:
    """The finding in the perspective that rule and wording together speak for."""
    if finding.perspective is None:
        return finding
    return replace(finding, perspective=max(said.views, key=lambda view: said.views[view] + _VIEW * (view is finding.perspective)))
