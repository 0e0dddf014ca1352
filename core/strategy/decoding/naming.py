"""What a figure measures, as a network sees it that was taught nothing else: for each token of the sentence whether it belongs to the name.

A name may be in pieces (客户经理…，高级以上占比…28%: 客户经理高级以上占比), so tokens are told one by one, and not a beginning and an
end; each piece has to be worth it. A name of the rules (`metrics.py`) stays where the network finds none, and where it is not of this
sentence: what the one before speaks of. `python -m tests.evals.fit_names` makes the file.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

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
# What another piece costs, in log-odds.
_PIECE = 3.0
_LEAST = 2
# 设备更新贷款三年投放: until when, and no part of the name; 三年留存率 is one.
_SPAN = lazily(r"(?<![近第前后满入期过])[一二两三四五六]年(?=(?:累计|合计|共|投放|投入|捐赠|处置|新签|新增|安排|支持))")
# 每名信贷员每年参加农技培训.
_VERB = lazily(r"(?<=每[年月季周])(?:参加|组织|举办|开展)(?=[“\u4e00-\u9fff]{2})")
_EDGE = lazily(r"^[\s，、。；：:“”\"（()）》的]+|[\s，、：:“”\"（(《的]+$")


class Namer:
    """Names figures. Safe to share between threads."""

    def __init__(self, model: WheelModel) -> None:
        self._model = model

    def named(self, target: Finding, sentence: Sentence, title: str, kind: DocumentKind) -> Finding:
        """A target of a sentence, under the name that the network sees for its figure."""
        head = read_head(FILE)
        network = head.network(self._model, _KIND)
        laid = laid_out(network.words.tokeniser, sentence, title, kind)
        marked = mark(network.words.tokeniser, laid, figure_of(target, sentence))
        if marked is None or target.measure is None:
            return target
        tokens, own = marked
        states = network.run(tokens)
        odds = [float(head.scores(states[at])) for at in own]
        read = joined(sentence.text, [place for place, one in zip(laid.places, in_pieces(odds), strict=True) if one])
        # 签约率和用信率分别达到60%和30%: which is whose the rules count.
        read = _SPAN.sub("", _VERB.sub("", read))
        known = len(read) >= _LEAST and stands_in(target.metric, sentence.text) and "分别" not in sentence.text
        return replace(target, measure=replace(target.measure, metric=read)) if known else target


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


def in_pieces(odds: Iterable[float]) -> list[bool]:
    """Which tokens belong to a name by the log-odds of each: of all choices the likeliest, when each piece costs `_PIECE` (Viterbi)."""
    outside, inside = 0.0, -math.inf
    # For each token whether the one before belonged, if this one does not and if it does.
    came: list[tuple[bool, bool]] = []
    for one in odds:
        came.append((inside > outside, inside >= outside - _PIECE))
        outside, inside = max(outside, inside), max(inside, outside - _PIECE) + one
    chosen, belongs = [], inside > outside
    for before in reversed(came):
        chosen.append(belongs)
        belongs = before[belongs]
    return chosen[::-1]


def stands_in(name: str, text: str) -> bool:
    """Whether a text holds the letters of a name in their order."""
    letters = iter(text.lower())
    return all(letter in letters for letter in name.lower() if not letter.isspace())


def joined(text: str, places: Sequence[Place]) -> str:
    """The pieces of a name, one after another; words of an alphabet stay apart."""
    pieces = [list(one) for one in places[:1]]
    for before, one in pairwise(places):
        if before[1] == one[0]:
            pieces[-1][1] = one[1]
        else:
            pieces.append(list(one))
    made = ""
    for piece in (_quoted(_EDGE.sub("", text[start:stop])) for start, stop in pieces):
        apart = made[-1:].isascii() and made[-1:].isalnum() and piece[:1].isascii()
        made += f" {piece}" if apart else piece
    return made.strip()


def _quoted(piece: str) -> str:
    """A piece with the opening quote of what it begins with: “薪动力”小分队."""
    return f"“{piece}" if piece.count("”") > piece.count("“") else piece
