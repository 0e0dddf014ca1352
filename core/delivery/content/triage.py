"""AI 分流＋核心聚焦: what is pure knowledge is learnt alone and tested by the machine, what has to be done is learnt face to face.

A rule, the same for everybody: what the item's words, its level and the way in which that level is assessed say, weighed against each
other. Each reason names what decided. A model may be asked instead (`triage_model.py`); a person may decide otherwise, with a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.delivery.content.item import ItemFacts, Triage
from core.delivery.content.terms import Way
from core.delivery.content.words import told
from core.i18n import Message
from core.people.terms import LEVEL_NAMES, Dimension

RULE = "triage 1"
"""The version of this rule, which is stored beside what it advises."""

# How much each piece of evidence weighs: the name says most; what a level asks of the post says little of one item.
_NAME, _TEXT, _MOST_WORDS = 2.0, 1.0, 4.0
_KNOWN_LEVEL, _BARE_LEVEL, _ORGANISING, _ACT = 1.5, 1.0, 1.0, 0.5
_SHOWN_WORDS = 3


@dataclass(frozen=True)
class Ability:
    """A competency as content needs it: for each level, from L1 on, what is done there (`levels`) and how it is assessed."""

    id: int
    name: str
    dimension: Dimension
    assessed_by: Sequence[str] = ()
    levels: Sequence[str] = ()


@dataclass(frozen=True)
class Evidence:
    """Something that speaks for one of the ways: the rule's name, how much it weighs, and what it says."""

    way: Way
    rule: str
    weight: float
    said: Message


def triage(facts: ItemFacts, ability: Ability | None) -> Triage:
    """The way that the rule advises for an item, with the reason. `ability` None: the capability model does not know its competency."""
    found = evidence(facts, ability)
    balance = sum(one.weight if one.way is Way.FACE_TO_FACE else -one.weight for one in found)
    if balance == 0:
        said = Message("名称和说明里看不出要在人前做什么，按知识处理。请核对，或补上怎么用、达到几级。")
        return Triage(Way.SELF_STUDY, "nothing_tells", said, RULE)
    way = Way.FACE_TO_FACE if balance > 0 else Way.SELF_STUDY
    own, against = ([one for one in found if (one.way is way) is mine] for mine in (True, False))
    why = _joined(own)
    if against:
        why = Message("{first}。也有相反的：{second}，分量较轻。", first=why, second=_joined(against))
    return Triage(way, max(own, key=lambda one: one.weight).rule, why, RULE)


def evidence(facts: ItemFacts, ability: Ability | None) -> list[Evidence]:
    """What speaks for each of the ways, words first."""
    found = [
        *_words(facts, ("doing",), Way.FACE_TO_FACE, "words_of_doing"),
        *_words(facts, ("knowing", "subjects"), Way.SELF_STUDY, "words_of_knowing"),
        *_level(facts, ability),
    ]
    if ability is not None and ability.dimension is not Dimension.PROFESSIONAL and told("organising", ability.name):
        said = Message("“{competency}”是组织能力，要和人一起练", competency=ability.name)
        found.append(Evidence(Way.FACE_TO_FACE, "organising_ability", _ORGANISING, said))
    if facts.learnt and not told("knowing", facts.learnt) and not told("doing", facts.learnt):
        # Whoever writes down knowledge says so: tells apart, lists, names. What is left is something done at work.
        found.append(Evidence(Way.FACE_TO_FACE, "learnt_is_an_act", _ACT, Message("“学会什么”写的是做法，不是知识")))
    return found


def _words(facts: ItemFacts, lists: Sequence[str], way: Way, rule: str) -> list[Evidence]:
    """`lists` are those of a name; of what is learnt and of its use the first counts alone: to write a rule is not to know one."""
    weights: dict[str, float] = {}
    for text, weight, some in ((facts.name, _NAME, lists), (facts.learnt, _TEXT, lists[:1]), (facts.use, _TEXT, lists[:1])):
        for word in (word for words in some for word in told(words, text)):
            weights.setdefault(word, weight)
    if not weights:
        return []
    listed = Message.listed(f"“{word}”" for word in list(weights)[:_SHOWN_WORDS])
    said = Message("{words}说的是要做的事", words=listed) if way is Way.FACE_TO_FACE else Message("{words}说的是要知道的事", words=listed)
    return [Evidence(way, rule, min(sum(weights.values()), _MOST_WORDS), said)]


def _level(facts: ItemFacts, ability: Ability | None) -> list[Evidence]:
    if facts.level is None:
        return []
    name = LEVEL_NAMES[facts.level]
    assessed = ability.assessed_by[facts.level - 1] if ability and len(ability.assessed_by) >= facts.level else ""
    alone = bool(told("machine_test", assessed)) if assessed else facts.level == 1
    if assessed:
        said = Message("L{level} {name}用“{assessed}”考核", level=facts.level, name=name, assessed=assessed)
    else:
        said = Message("要达到 L{level} {name}", level=facts.level, name=name)
    weight = _KNOWN_LEVEL if alone else _BARE_LEVEL
    return [Evidence(Way.SELF_STUDY if alone else Way.FACE_TO_FACE, "level_assessment", weight, said)]


def _joined(some: Sequence[Evidence]) -> Message:
    why = some[0].said
    for one in some[1:]:
        why = Message("{first}；{second}", first=why, second=one.said)
    return why
