"""What a figure measures, as a network sees it that was taught nothing else: for each token of the sentence whether it belongs to the name.

A name may be in pieces (客户经理…，高级以上占比…28%: 客户经理高级以上占比), so tokens are told one by one, and not a beginning and an end.
The rules (`metrics.py`) know better where a name ends; the network knows better which one is meant. So a name of the rules stays where the
network means the same or is not sure, and gives way where it means another. `python -m tests.evals.fit_names` makes the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from core.documents.embedding.heads import read_head
from core.documents.embedding.unigram import UnigramTokeniser
from core.documents.embedding.wheel import WheelModel
from core.documents.tables import DocumentKind
from core.patterns import lazily
from core.strategy.decoding.clauses import Sentence
from core.strategy.decoding.in_context import Laid, Place, laid_out
from core.strategy.findings import Finding

FILE = Path(__file__).with_name("names.npz")

_KIND = "names-by-e5-small-int8"
_MARKS = "«»"
_SURE = 0.5
_SAME = 2 / 3
_LEAST = 2
_EDGE = lazily(r"^[\s，、。；：:“”\"（()）》的]+|[\s，、：:“”\"（(《的]+$")


class Namer:
    """Names figures. Safe to share between threads."""

    def __init__(self, model: WheelModel) -> None:
        self._model = model

    def named(self, target: Finding, sentence: Sentence, title: str, kind: DocumentKind) -> Finding:
        """A target of a sentence, under another name where the network is sure that its figure measures something else."""
        head = read_head(FILE)
        network = head.network(self._model, _KIND)
        laid = laid_out(network.words.tokeniser, sentence, title, kind)
        marked = mark(network.words.tokeniser, laid, figure_of(target, sentence))
        if marked is None or target.measure is None:
            return target
        tokens, own = marked
        states = network.run(tokens)
        odds = np.array([head.scores(states[at]) for at in own])
        read = joined(sentence.text, [place for place, one in zip(laid.places, odds, strict=True) if one > 0])
        sure = float(np.abs(odds).min()) > _SURE and len(read) >= _LEAST
        return replace(target, measure=replace(target.measure, metric=read)) if sure and not alike(target.metric, read) else target


def figure_of(target: Finding, sentence: Sentence) -> Place:
    """Where the figure of a target stands in the text of its sentence; an empty place where it does not."""
    written = target.cues[-1] if target.cues else ""
    start = sentence.text.find(written, max(0, target.start - sentence.start)) if written else -1
    return (start, start + len(written)) if start >= 0 else (0, 0)


def mark(tokeniser: UnigramTokeniser, laid: Laid, figure: Place) -> tuple[list[int], list[int]] | None:
    """The tokens of a sentence in its context with marks around a figure, and where each of the sentence's own now stands; None where the
    figure lies beyond what is seen."""
    inside = laid.within(figure)
    if not inside:
        return None
    opening, closing = (tokeniser.encode(one, len(_MARKS) + 2)[-2] for one in _MARKS)
    first, stop, own = laid.first + inside[0], laid.first + inside[-1] + 1, range(len(laid.places))
    tokens = [*laid.tokens[:first], opening, *laid.tokens[first:stop], closing, *laid.tokens[stop:]]
    return tokens, [laid.first + at + (at >= inside[0]) + (at > inside[-1]) for at in own]


def alike(one: str, other: str) -> bool:
    """Whether two names say the same: one holds the other and is not more than half as long again."""
    short, long = sorted(("".join(one.split()), "".join(other.split())), key=len)
    return bool(short) and short in long and len(short) >= _SAME * len(long)


def joined(text: str, places: Sequence[Place]) -> str:
    """The pieces of a name, one after another; words of an alphabet stay apart."""
    pieces = [list(one) for one in places[:1]]
    for before, one in pairwise(places):
        if before[1] == one[0]:
            pieces[-1][1] = one[1]
        else:
            pieces.append(list(one))
    made = ""
    for piece in (_EDGE.sub("", text[start:stop]) for start, stop in pieces):
        apart = made[-1:].isascii() and made[-1:].isalnum() and piece[:1].isascii()
        made += f" {piece}" if apart else piece
    return made.strip()
