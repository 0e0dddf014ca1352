"""The questions that the encoder is taught with stand in their documents, and in none that it is measured on."""

from __future__ import annotations

import html
import re
from collections import Counter

import numpy as np

from core.demo.build import SOURCES
from core.documents.embedding.adapter import read_adapter
from tests.evals import labels, library, training
from tests.evals.matching import plain

_TAG = re.compile(r"<[^>]+>")


def test_every_question_quotes_its_document() -> None:
    texts = {name: plain(html.unescape(_TAG.sub("\n", path.read_text(encoding="utf-8")))) for name, path in training.sources().items()}
    missing = [one.query for one in training.read() if plain(one.quote) not in texts[one.document]]
    assert not missing


def test_every_text_written_for_it_is_asked_about() -> None:
    counts = Counter(one.document for one in training.read())
    assert {path.name for path in (training.FOLDER / "texts").iterdir()} <= set(counts) == set(training.sources())
    assert min(counts.values()) >= 10


def test_it_teaches_nothing_that_is_measured() -> None:
    measured = {path.name for path in library.TEXTS.iterdir()} | {path.stem for path in SOURCES.rglob("*.*")}
    assert not measured & {name.rsplit(".", 1)[0] for name in training.sources()}
    asked = {plain(one.query) for one in labels.read()}
    assert not [one.query for one in training.read() if plain(one.query) in asked]


def test_the_adapter_changes_the_upper_layers_a_little() -> None:
    adapter = read_adapter()
    layers = {name.split(".")[0] for name in adapter.factors}
    assert layers and layers < {f"l{number}" for number in range(12)}
    for name in adapter.factors:
        change = np.asarray(adapter.change(name))
        assert 0 < np.abs(change).max() < 1.0, name
    assert adapter.change("l0.q") == 0.0
