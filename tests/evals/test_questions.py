"""The labels hold: what they quote is in the documents, and what they call absent is not."""

from __future__ import annotations

import html
import re
import tomllib
from collections import Counter
from functools import cache

import pytest

from core.demo.build import SOURCES
from tests.evals import labels
from tests.evals.labels import Gold, Question
from tests.evals.library import TEXTS
from tests.evals.matching import Place, holds, plain, same_document
from tests.evals.minilm import installed

ALL = labels.read()
_TAG = re.compile(r"<[^>]+>")
_AT_LEAST = {
    "literal": 50,
    "paraphrase": 60,
    "follow_up": 20,
    "table": 25,
    "cross_document": 15,
    "english_on_chinese": 20,
    "unanswerable": 60,
}


@cache
def sources() -> dict[str, str]:
    """The words of every document by the file name it is built under, the superseded one included."""
    catalogue = tomllib.loads((SOURCES / "catalog.toml").read_text(encoding="utf-8"))["documents"]
    texts = {row["file"]: "\n".join([*row["lines"], (SOURCES / row["source"]).read_text(encoding="utf-8")]) for row in catalogue}
    for path in (SOURCES / "interviews").glob("*.toml"):
        talk = tomllib.loads(path.read_text(encoding="utf-8"))
        texts[f"访谈记录:{talk['person']}"] = talk["notes"]
    for path in TEXTS.iterdir():
        text = path.read_text(encoding="utf-8")
        name = path.name.replace("纪要.md", "纪要.docx")
        texts[name] = html.unescape(_TAG.sub("\n", text)) if path.suffix == ".html" else text
    return texts


@pytest.mark.parametrize("question", [one for one in ALL if one.answerable], ids=lambda one: one.id)
def test_a_label_quotes_its_document(question: Question) -> None:
    for gold in (gold for group in question.groups for gold in group):
        texts = [text for name, text in sources().items() if same_document(gold, name)]
        assert texts, gold.document
        cells = [plain(cell) for cell in gold.quote.split(" | ")]
        # A workbook's source lists its cells one by one, with quotation marks and commas, so that its rows are compared by cell.
        found = all(cell in plain(texts[0]) for cell in cells) if gold.document.endswith(".xlsx") else plain(gold.quote) in plain(texts[0])
        assert found, gold.quote


@pytest.mark.parametrize("question", [one for one in ALL if not one.answerable], ids=lambda one: one.id)
def test_no_line_of_a_document_answers_an_unanswerable_question(question: Question) -> None:
    words = [plain(word) for word in question.absent]
    assert words
    lines = [(name, line) for name, text in sources().items() for line in text.splitlines()]
    assert not [(name, line[:80]) for name, line in lines if all(word in plain(line) for word in words)]


def test_the_halves_share_no_question_and_have_every_type() -> None:
    halves = {split: [one for one in ALL if one.split == split] for split in labels.SPLITS}
    assert len({one.id for one in ALL}) == len({one.query + "|".join(one.earlier) for one in ALL}) == len(ALL)
    counts = {split: Counter(one.type for one in half) for split, half in halves.items()}
    for type_, least in _AT_LEAST.items():
        assert counts["dev"][type_] + counts["test"][type_] >= least
        assert abs(counts["dev"][type_] - counts["test"][type_]) <= 2


def test_labels_come_from_the_final_plan_and_never_from_the_superseded_draft() -> None:
    assert not [gold for one in ALL for group in one.groups for gold in group if "征求意见稿" in gold.document]


def test_a_follow_up_has_something_to_follow() -> None:
    assert all(one.earlier for one in ALL if one.type == "follow_up")


def test_a_passage_counts_when_it_holds_the_words_or_most_of_their_place() -> None:
    texts = {"a.txt": "前言。目标是到2027年末达到9,200亿元，\n比上年增长。"}
    gold = Gold("a.txt", "到2027年末达到9，200 亿元")
    start = texts["a.txt"].index("到")
    whole, half = Place("a.txt", 0, 99, texts["a.txt"]), Place("a.txt", start, start + 5, texts["a.txt"][start : start + 5])
    assert holds(whole, gold, texts)
    assert not holds(half, gold, texts)
    assert not holds(Place("b.txt", 0, 99, texts["a.txt"]), gold, texts)


@pytest.mark.skipif(installed() is None, reason="the tutorial stack's model is not installed")
def test_the_tutorial_stack_is_measured_with_its_real_model() -> None:
    model = installed()
    assert model is not None
    food, bread, baby = model.vectors(["A man is eating food.", "A man is eating a piece of bread.", "The girl is carrying a baby."])
    # What the model's own documentation gives for these sentences.
    assert food @ bread == pytest.approx(0.7553, abs=1e-3)
    assert food @ baby == pytest.approx(-0.1050, abs=1e-3)
