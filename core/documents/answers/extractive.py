"""Answers without a model: sentences, table cells and lists of the documents themselves, each with its citation, or an honest no.

Nothing is phrased here. A claim is a sentence to the letter; only a figure from a table is put together, out of that table's own
cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.documents.answers.answer import Answer, Citation, Claim, cite, not_found
from core.documents.answers.answerable import THRESHOLD, features, probability
from core.documents.answers.cells import is_named_instead, statement
from core.documents.answers.definitions import explains, says_no_more, word_asked_for
from core.documents.answers.evidence import Candidate, Stored, evidence, likeliest_first
from core.documents.answers.lists import Range, items_around, items_under_heading
from core.documents.answers.question import Question, understand
from core.documents.answers.support import Lexicon, weigh
from core.documents.embedding import Embedder
from core.documents.grams import grams
from core.documents.hits import Hit
from core.documents.parsed import ParsedDocument
from core.i18n import Message
from core.patterns import lazily

MADE_BY = "extractive 5"
"""To be raised with every change that answers differently."""

_FEW = 3
_SEVERAL = 5
_NEAR = 0.35
"""How far below the best score a further sentence may be."""
_NEAR_OF_SEVERAL = 0.6
_LESS = 0.12
_SAME = 0.75

Parsed = Callable[[int], ParsedDocument]


# What stands before a sentence in a list or a record of questions and answers; the quote keeps it, the claim reads better without.
_LEAD = lazily(r"^(?:[•·●▪■◆]\s*|[-–—]\s+|答[:：]\s*)+")
# The text of a cell that its program never calculated.
_FORMULA = lazily(r"(?<=：)=[A-Za-z(+\-][^；]*")


@dataclass(frozen=True)
class _Piece:
    """A claim to be: what it says and the range it rests on, within a hit's document."""

    text: str
    hit: Hit
    start: int
    end: int


def answer(
    question: str, hits: Sequence[Hit], lexicon: Lexicon, embedder: Embedder | None, parsed: Parsed, stored: Stored = lambda _: {}
) -> Answer:
    """The answer that the hits hold, made of their own words; `found` False when they hold none.

    `hits` are a search's results, best first (12 are looked at). `lexicon` is the index's, `embedder` None where there is none,
    `parsed` gives a document's structure by its id, `stored` the sentence vectors that the index has. Every quote equals the document's
    extracted text between its offsets.
    """
    asked = understand(question)
    if not asked.terms:
        return not_found("extractive", MADE_BY)
    found = evidence(asked, hits, lexicon, embedder, parsed, stored)
    word = word_asked_for(asked)
    if word:
        found = [candidate for candidate in found if not says_no_more(word, candidate.unit)]
        explaining = _explaining(word, found)
        if explaining:
            return _assembled([piece for candidate in explaining for piece in _around(asked, candidate, parsed)])
    if not found or probability(features(asked, found[0])) < THRESHOLD:
        return not_found("extractive", MADE_BY)
    return _assembled(_pieces(asked, likeliest_first(found), lexicon, parsed))


def _explaining(word: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Those that say what a word means, each saying something else."""
    chosen: list[Candidate] = []
    for candidate in found:
        if explains(word, candidate.unit) and not any(_alike(candidate, other) for other in chosen):
            chosen.append(candidate)
    return chosen[:_FEW]


def _pieces(asked: Question, found: Sequence[Candidate], lexicon: Lexicon, parsed: Parsed) -> list[_Piece]:
    if asked.kind == "list":
        listed = _listed(asked, found, lexicon, parsed)
        if listed:
            return listed
    pieces: list[_Piece] = []
    for candidate in _chosen(asked, found, parsed):
        pieces.extend(_around(asked, candidate, parsed))
    return pieces


def _chosen(asked: Question, found: Sequence[Candidate], parsed: Parsed) -> list[Candidate]:
    """The best candidate and those about as good that say something else."""
    best = found[0]
    text = parsed(best.unit.hit.document_id).text
    most, near = (_SEVERAL, _NEAR_OF_SEVERAL) if asked.wants_several else (_FEW, _NEAR)
    chosen: list[Candidate] = []
    for candidate in found:
        good = candidate.score >= best.score - near and candidate.fit >= best.fit and candidate.time >= best.time - 0.2
        # A neighbouring row has the same words but for the one that matters.
        good = good and (asked.wants_several or candidate.support.coverage >= best.support.coverage - _LESS)
        same = candidate.unit.hit.document_id == best.unit.hit.document_id
        good = good and not (same and is_named_instead(asked, best.unit, candidate.unit, text))
        if good and not any(_alike(candidate, other) for other in chosen):
            chosen.append(candidate)
        if len(chosen) == most:
            break
    return chosen


def _alike(one: Candidate, other: Candidate) -> bool:
    if (one.unit.hit.document_id, one.unit.start) == (other.unit.hit.document_id, other.unit.start):
        return True
    first, second = set(grams(one.unit.text)), set(grams(other.unit.text))
    # The same words with other figures are two documents that disagree: both are shown.
    if _figures(first) != _figures(second):
        return False
    return len(first & second) >= _SAME * min(len(first), len(second))


def _figures(found: set[str]) -> set[str]:
    return {gram for gram in found if gram[0].isdigit()}


def _around(asked: Question, candidate: Candidate, parsed: Parsed) -> list[_Piece]:
    unit = candidate.unit
    document = parsed(unit.hit.document_id)
    if unit.table is not None:
        return [_Piece(statement(asked, unit, document.text), unit.hit, unit.start, unit.end)]
    if asked.kind == "method" or unit.text.endswith(("：", ":")):
        items = items_around(document, unit.start)
        if items:
            return [_piece(unit.hit, document, item) for item in items]
    return [_Piece(unit.text, unit.hit, unit.start, unit.end)]


def _listed(asked: Question, found: Sequence[Candidate], lexicon: Lexicon, parsed: Parsed) -> list[_Piece]:
    """The whole enumeration that the best candidate belongs to, or that stands under a heading which the question names."""
    best = found[0].unit
    if best.table is not None:
        return []
    document = parsed(best.hit.document_id)
    items = items_around(document, best.start)
    if not items and _itself_a_list(best.text):
        return []
    if items:
        return [_piece(best.hit, document, item) for item in items]
    weighed = weigh(asked, lexicon)
    for hit in dict.fromkeys(candidate.unit.hit for candidate in found[:_SEVERAL]):
        document = parsed(hit.document_id)
        items = items_under_heading(asked, weighed, hit, document)
        if items:
            return [_piece(hit, document, item) for item in items]
    return []


def _itself_a_list(text: str) -> bool:
    """Whether a sentence enumerates: 风险计量、数据分析、跨境金融三个方向."""
    return text.count("、") >= 2 or text.count("；") + text.count(";") >= 2 or text.count("一是") + text.count("二是") >= 2


def _piece(hit: Hit, document: ParsedDocument, item: Range) -> _Piece:
    """A range that may lie outside the hit: the hit is moved there, so that page and quote are those of the range."""
    start, end = item
    page = document.page_at(start)
    moved = replace(hit, start=start, end=end, text=document.text[start:end], page=page.number, page_label=page.label)
    return _Piece(document.text[start:end].strip(), moved, start, end)


def _assembled(pieces: Sequence[_Piece]) -> Answer:
    citations: dict[tuple[int, int, int], Citation] = {}
    claims = []
    for piece in pieces:
        key = (piece.hit.document_id, piece.start, piece.end)
        if key not in citations:
            citations[key] = cite(len(citations) + 1, piece.hit, piece.start, piece.end)
        claims.append(Claim(_LEAD.sub("", piece.text), (citations[key].number,)))
    return Answer(True, "extractive", tuple(claims), tuple(citations.values()), _uncalculated(claims), MADE_BY)


def _uncalculated(claims: Sequence[Claim]) -> tuple[Message, ...]:
    """A word on a formula that stands where its result should: nobody must take it for a figure that we lost."""
    found = next((found for claim in claims if (found := _FORMULA.search(claim.text))), None)
    if found is None:
        return ()
    return (Message("“{formula}”是公式，文件里没有存它算出来的数。请用 Excel 打开、保存后重新上传。", formula=found.group()),)
