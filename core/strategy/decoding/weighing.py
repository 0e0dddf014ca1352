"""Rules and wording weighed against each other: what a sentence is, and in which perspective its findings stand.

What a rule's yes or no is worth beside what the wording speaks for was estimated on sentences of documents that neither the rules nor the
wording had seen (`tests/evals/fit_wording.py`): on those that rules were tuned on they would be worth far too much. The constants of themes
and targets are a little above the estimate (.2 to .4): what is missed costs a planner more than what is waved away.
"""

from __future__ import annotations

import math
from dataclasses import replace

from core.strategy.decoding import targets, tasks, themes
from core.strategy.decoding.achieved import reports
from core.strategy.decoding.clauses import Sentence
from core.strategy.decoding.competencies import capability, named
from core.strategy.decoding.headings import caption, names_a_part, unnumbered
from core.strategy.decoding.perspectives import of_action
from core.strategy.decoding.profile import Profile
from core.strategy.decoding.targets import Read
from core.strategy.decoding.wholes import whole
from core.strategy.decoding.wording import Evidence
from core.strategy.findings import Finding, FindingKind, Perspective, SetAside

# By kind: a constant; the rule's yes (1) or no (-1); the wording's log-odds of the kind and of something achieved; whether it is a
# heading; the rule in a heading. Log-odds, the rarity of each kind included.
_OF_NETWORK = {
    FindingKind.THEME: (1.17, 0.83, 0.66, -0.09, -0.66, -0.78),
    FindingKind.TASK: (0.17, 0.80, 0.67, 0.00, -0.66, 0.66),
    FindingKind.TARGET: (-0.15, 0.99, 0.58, -0.03, -0.65, 0.65),
    FindingKind.CAPABILITY: (-0.17, 0.74, 0.83, -0.18, -0.56, 0.56),
}
# The same where the large reader has looked at the sentence; the last is what the small network's log-odds of the kind still count.
_OF_READER = {
    FindingKind.THEME: (0.45, 0.30, 0.43, -0.23, -0.87, -0.31, 0.33),
    FindingKind.TASK: (-0.13, 0.68, 0.37, -0.01, -0.58, 0.58, 0.30),
    FindingKind.TARGET: (-0.20, 0.60, 0.39, -0.06, -0.51, 0.51, 0.31),
    FindingKind.CAPABILITY: (-0.35, 0.39, 0.59, -0.20, -0.45, 0.45, 0.35),
}
# Beyond this the wording is sure, and more says no more.
_SURE = 7.0
# What the perspective that a rule sees counts.
_VIEW = 2.0
_ENDS = ("。", "！", "；", ".", "!", ";")
# A bare word says too little, but 绿色金融 as a heading says enough.
_SHORTEST, _SHORTEST_HEADING = 5, 4


def by_rules(sentence: Sentence, profile: Profile) -> tuple[list[Finding], Read]:
    """What the rules alone make of a sentence: its theme, task and ability, and its figures."""
    made = [finding for make in (themes.theme, tasks.task, capability) if (finding := make(sentence, profile)) is not None]
    return made, targets.read(sentence, profile, ordered=any(finding.kind is FindingKind.TASK for finding in made))


def signs(kind: FindingKind, by_rule: bool, sentence: Sentence, said: Evidence) -> tuple[float, ...]:
    """What speaks for and against a kind, in the order of its weights."""
    rule, heading = (1.0 if by_rule else -1.0), float(sentence.block == "heading")
    seen = (1.0, rule, _held(said.kinds[kind]), _held(said.achieved), heading, rule * heading)
    return seen if said.before is None else (*seen, _held(said.before.kinds[kind]))


def weighed(sentence: Sentence, profile: Profile, said: Evidence) -> tuple[list[Finding], Read]:
    """What the rules make of a sentence as far as its wording does not speak against it clearly, and what the wording speaks for although
    no rule knows it."""
    made, read = by_rules(sentence, profile)
    found = []
    for kind in (FindingKind.THEME, FindingKind.TASK, FindingKind.CAPABILITY):
        by_rule = next((finding for finding in made if finding.kind is kind), None)
        odds = _odds(kind, by_rule is not None, sentence, said)
        if odds > 0 and (by_rule is not None or _may_be(kind, sentence)):
            found.append(by_rule if by_rule is not None else _worded(kind, sentence, odds))
    odds = _odds(FindingKind.TARGET, bool(read.targets), sentence, said)
    read = _judged(read, aims=odds > 0)
    return [_seen(finding, said) for finding in found], replace(read, targets=tuple(_seen(finding, said) for finding in read.targets))


def _may_be(kind: FindingKind, sentence: Sentence) -> bool:
    """Whether wording may find what no rule does."""
    heading = kind is FindingKind.THEME and sentence.block == "heading"
    if len(unnumbered(sentence.text)) < (_SHORTEST_HEADING if heading else _SHORTEST):
        return False
    # What names a part of a document, 保障措施 or a title, is no whole sentence.
    if kind is not FindingKind.THEME or sentence.text.rstrip('”"）) ').endswith(_ENDS):
        return True
    return not (names_a_part(sentence.text) or reports(caption(sentence.text)))


def _odds(kind: FindingKind, by_rule: bool, sentence: Sentence, said: Evidence) -> float:
    weights = (_OF_NETWORK if said.before is None else _OF_READER)[kind]
    return sum(weight * sign for weight, sign in zip(weights, signs(kind, by_rule, sentence, said), strict=True))


def _held(odds: float) -> float:
    return max(-_SURE, min(_SURE, odds))


def _worded(kind: FindingKind, sentence: Sentence, odds: float) -> Finding:
    """The finding that the wording speaks for, in the perspective that the rules would give it."""
    views = {
        FindingKind.THEME: themes.of_direction(sentence.text),
        FindingKind.TASK: of_action(sentence.text, tasks.around(sentence)),
        FindingKind.CAPABILITY: Perspective.LEARNING,
    }
    abilities = named(sentence.text) if kind is FindingKind.CAPABILITY else ()
    return whole(kind, sentence, f"{kind.value}_wording", round(1 / (1 + math.exp(-odds)), 2), views[kind], (), abilities)


def _seen(finding: Finding, said: Evidence) -> Finding:
    """The finding in the perspective that rule and wording together speak for."""
    if finding.kind is FindingKind.CAPABILITY:
        return finding

    def speaks_for(view: Perspective) -> float:
        before = 0.0 if said.before is None else said.before.views[view]
        return said.views[view] + before + _VIEW * (view is finding.perspective)

    return replace(finding, perspective=max(said.views, key=speaks_for))


def _judged(read: Read, *, aims: bool) -> Read:
    """The figures of a sentence: none an aim where the wording is of results or rules, and those that looked achieved where it is of aims
    and no other figure is one. What a rule sets as a threshold stays one."""
    if read.targets and not aims:
        return Read((), (*read.aside, *(SetAside(finding, "wording", ()) for finding in read.targets)))
    if aims and not read.targets:
        standing = tuple(one for one in read.aside if one.rule == "standing_rule")
        return Read(tuple(one.candidate for one in read.aside if one not in standing), standing)
    return read
