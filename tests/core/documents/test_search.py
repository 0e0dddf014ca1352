"""Searching: verbatim passages, the better half weighs more, and only what one may see is ranked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.access.actor import Actor
from core.documents import repository
from core.documents.grams import grams, normalise
from core.documents.lexical import LexicalIndex
from core.documents.parsing.__main__ import parse
from core.documents.parsing.progress import Progress
from core.documents.ranking import fuse, held
from core.documents.reading import find, screens
from core.documents.search import search
from core.documents.tables import DocumentKind
from core.instance import Instance
from tests.conftest import BOTH
from tests.core.documents.indexing_process import NumberEmbedder
from tests.library import NOTICE, SECRET, STRATEGY, long_text, shelve

# Characters beyond the first plane and in other widths: a database that counts anything but characters would cut them elsewhere.
STRANGE = (
    "# 𠮷野家培训🙂\n\n𠀀𠀁🙂🙂，ＡＢＣ\u3000全角。\u00a0"
    + "员工培训满意度达到九成。" * 60
    + "\n\n## 第二节 🙂\n\n|指标|值|\n|-|-|\n|🙂覆盖率|95％|\n"
)


@pytest.mark.parametrize("house", BOTH, indirect=True)
def test_a_hit_is_the_extracted_text_to_the_letter(house: Instance, leader: Actor) -> None:
    for name, text in (("奇.md", STRANGE), ("长.md", long_text(40)), ("战略.md", STRATEGY)):
        shelve(house, leader, name, text)
    seen = 0
    for question in ("满意度", "🙂覆盖率", "网点转型", "持证上岗率", "第7项任务"):
        with house.database.reading() as db:
            for hit in search(db, house.index, leader, question, 20):
                stored = repository.text(db, hit.document_id)
                assert stored is not None and hit.text == stored.text[hit.start : hit.end] != ""
                seen += 1
    assert seen > 20


def test_a_question_of_nothing_finds_nothing(house: Instance, leader: Actor) -> None:
    shelve(house, leader, "战略.md", STRATEGY)
    with house.database.reading() as db:
        assert [search(db, house.index, leader, question) for question in ("", "  ", "？！…", "zzz", "\x00")] == [[]] * 5


def test_best_comes_first_and_no_more_than_asked_for(house: Instance, leader: Actor) -> None:
    shelve(house, leader, "长.md", long_text(60))
    with house.database.reading() as db:
        hits = search(db, house.index, leader, "第7项任务 网点转型", 3)
    assert len(hits) == 3 and [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert "第7项任务" in hits[0].text


def test_passages_that_may_not_be_seen_take_no_place_in_the_ranking(house: Instance, leader: Actor, manager: Actor) -> None:
    house.index.change_embedder(NumberEmbedder)
    # More hidden passages that fit better than either half looks at.
    shelve(house, leader, "访谈.md", long_text(150, "班子搭配"), DocumentKind.INTERVIEW)
    allowed = shelve(house, leader, "办法.md", NOTICE + "\n班子搭配一并考虑。\n")
    with house.database.reading() as db:
        hits = search(db, house.index, manager, "在网点推进班子搭配", 5)
    assert [hit.document_id for hit in hits] == [allowed] * len(hits) and hits
    assert any(hit.dense is not None for hit in hits)


def test_a_search_can_be_narrowed_to_chosen_documents(house: Instance, leader: Actor) -> None:
    shelve(house, leader, "战略.md", STRATEGY)
    chosen = shelve(house, leader, "访谈.md", SECRET)
    with house.database.reading() as db:
        hits = search(db, house.index, leader, "财富管理 明年 短板", chosen=[chosen])
    assert {hit.document_id for hit in hits} == {chosen}


def test_scores_are_stretched_then_weighted_then_added() -> None:
    fused = fuse({1: 0.9, 2: 0.8, 3: 0.7}, {}, {2: 10.0, 4: 5.0, 5: 0.0}, lexical_share=0.7)
    assert fused == pytest.approx({1: 0.3, 2: 0.3 * 0.5 + 0.7, 3: 0.0, 4: 0.35, 5: 0.0})


def test_a_passage_with_one_near_sentence_gains_on_one_that_is_near_as_a_whole() -> None:
    fused = fuse({1: 0.9, 2: 0.8}, {2: 0.95, 3: 0.85}, {}, lexical_share=0.0)
    assert fused == pytest.approx({1: 0.3, 2: 0.7, 3: 0.0})


def test_one_half_alone_decides_where_the_other_is_silent() -> None:
    assert fuse({}, {}, {7: 3.0}, lexical_share=1.0) == {7: 1.0}
    assert fuse({7: 0.8, 8: 0.8}, {}, {}, lexical_share=0.0) == {7: 1.0, 8: 1.0}
    assert fuse({}, {}, {}, lexical_share=0.7) == {}


def test_a_passage_in_another_language_holds_little_of_a_question() -> None:
    lexical = LexicalIndex.build([(1, 1, STRATEGY), (2, 1, NOTICE), (3, 1, "2028 targets")])
    passage = frozenset(grams(STRATEGY))
    assert held("财富管理客户资产规模达到", passage, lexical) == 1.0
    assert held("how much parking space do visitors have in 2028", passage, lexical) < 0.25
    assert held("？", passage, lexical) == 0.0


def test_a_question_in_another_language_leans_on_meaning(house: Instance, leader: Actor) -> None:
    house.index.change_embedder(NumberEmbedder)
    same_number = shelve(house, leader, "年份.md", "2028 is a leap year. " * 3)
    with house.database.reading() as db:
        row = repository.passage_rows(db, shelve(house, leader, "战略.md", STRATEGY))[0]
        stored = repository.text(db, row.document_id)
        assert stored is not None
        meant = NumberEmbedder().query(repository.as_passage(row).indexed(stored.text))

    class Translator(NumberEmbedder):
        """An embedder that knows what this one question means."""

        def query(self, text: str) -> NDArray[np.float32]:
            return meant if text.startswith("How") else super().query(text)

    house.index.change_embedder(Translator)
    with house.database.reading() as db:
        hits = search(db, house.index, leader, "How many parking lots shall be sold by 2028?")
    assert max(hits, key=lambda hit: hit.lexical).document_id == same_number != hits[0].document_id


def test_bm25_scores_nothing_that_is_not_allowed() -> None:
    lexical = LexicalIndex.build([(1, 1, "培训经费"), (2, 2, "培训经费"), (3, 3, "无关内容")])
    scores = lexical.scores("培训经费", np.array([True, False, True]))
    assert scores[0] > 0 and scores[1] == scores[2] == 0


def test_rare_grams_weigh_more_and_unknown_ones_most() -> None:
    lexical = LexicalIndex.build([(1, 1, "培训经费"), (2, 2, "培训计划"), (3, 3, "培训")])
    assert lexical.idf("未知") > lexical.idf("经费") > lexical.idf("培训") > 0
    assert lexical.frequency("") == lexical.frequency("未知") == 0


def test_an_empty_index_answers_with_nothing() -> None:
    lexical = LexicalIndex.build([])
    assert lexical.scores("培训", np.zeros(0, dtype=bool)).tolist() == [] and lexical.frequency("培训") == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("培训费", ["培", "训", "费", "培训", "训费"]),
        ("ＡＩ助手", ["ai", "助", "手", "助手"]),
        ("1,200户", ["1200", "户"]),
        ("R&D 3.5%", ["r&d", "3.5"]),
        ("，。", []),
    ],
)
def test_grams_are_characters_pairs_words_and_numbers(text: str, expected: list[str]) -> None:
    assert grams(text) == expected


def test_normalising_is_for_comparing() -> None:
    assert normalise("ＡＢＣ１，２００") == "abc1200"


@pytest.mark.parametrize(
    ("words", "shown"), [("1200", "1,200"), ("1,200", "1,200"), ("ａｉ", "AI"), ("98000户", "98000户"), ("覆盖", "覆盖")]
)
def test_search_inside_a_document_finds_numbers_and_letters_however_they_are_written(tmp_path: Path, words: str, shown: str) -> None:
    path = tmp_path / "文.md"
    path.write_text("# 目标\n\n新增客户1,200户，AI覆盖98000户。\n", encoding="utf-8")
    parsed = parse(path, path.name, Progress(10, lambda event: None))
    found = find(parsed, screens(parsed), words)
    assert [parsed.text[one.start : one.end] for one in found] == [one.match for one in found] == [shown]
