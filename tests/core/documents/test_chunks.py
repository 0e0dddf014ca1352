"""Passages: what is indexed and quoted."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from core.documents.chunks import Passage, split
from core.documents.parsed import Page, ParsedDocument
from core.documents.parsing.draft import Draft
from core.documents.parsing.sandbox import parse_file
from tests.core.documents import files

SENTENCE = "各分行要把县域客户经理队伍建设摆在突出位置，持证上岗率不低于百分之九十五。"


def _document(*blocks: tuple[str, str, int] | list[list[str]]) -> ParsedDocument:
    draft = Draft()
    draft.page("第1页")
    for block in blocks:
        if isinstance(block, list):
            draft.table(block)
        else:
            kind, text, level = block
            draft.block(kind, text, level)  # type: ignore[arg-type]
    return draft.finish("docx", "题目")


def _texts(document: ParsedDocument) -> list[str]:
    return [passage.slice(document.text) for passage in split(document)]


def test_a_long_paragraph_is_parted_between_sentences_into_even_passages() -> None:
    texts = _texts(_document(("heading", "一、队伍", 1), ("paragraph", SENTENCE * 40, 0)))
    assert all(250 <= len(text) <= 510 for text in texts)
    assert all(text.endswith("。") for text in texts)
    assert "".join(texts).replace("\n", "") == "一、队伍" + SENTENCE * 40


def test_a_decimal_or_an_abbreviation_does_not_end_a_sentence() -> None:
    text = "Growth reached 12.5 percent, e.g. in wealth, said Mr. Li of the bank. " * 20
    for passage in _texts(_document(("paragraph", text, 0))):
        assert passage.startswith("Growth") and passage.endswith("bank.")


def test_closing_quotes_stay_with_their_sentence() -> None:
    text = "行长强调：“要先训后战。”" * 60
    assert all(passage.endswith("。”") for passage in _texts(_document(("paragraph", text, 0))))


def test_a_sentence_is_cut_only_when_it_is_longer_than_eight_hundred_characters() -> None:
    assert len(_texts(_document(("paragraph", "客户经理，" * 150 + "。", 0)))) == 1
    cut = _texts(_document(("paragraph", "客户经理，" * 300 + "。", 0)))
    assert len(cut) > 1 and all(text.endswith(("，", "。")) for text in cut)


def test_short_paragraphs_go_together_only_under_one_heading() -> None:
    document = _document(
        ("heading", "第一章 总则", 1),
        ("heading", "一、目的", 2),
        ("paragraph", "甲。", 0),
        ("paragraph", "乙。", 0),
        ("heading", "二、依据", 2),
        ("paragraph", "丙。", 0),
    )
    passages = split(document)
    assert [(passage.heading, passage.slice(document.text)) for passage in passages] == [
        (("第一章 总则", "一、目的"), "一、目的\n甲。\n乙。"),
        (("第一章 总则", "二、依据"), "二、依据\n丙。"),
    ]


def test_headings_with_nothing_below_them_are_still_found() -> None:
    document = _document(
        ("heading", "三、重点任务", 1),
        ("heading", "（一）客群扩面", 2),
        ("heading", "（二）跨境金融", 2),
        ("heading", "四、保障", 1),
    )
    assert any("（一）客群扩面\n（二）跨境金融" in text for text in _texts(document))


def test_a_table_stays_whole_with_its_caption() -> None:
    document = _document(("paragraph", "表1 目标", 0), [["指标", "目标"], ["AUM", "10,800"]])
    assert _texts(document) == ["表1 目标\n指标 | 目标\nAUM | 10,800"]


def test_a_long_table_is_parted_between_rows_and_each_part_knows_the_header() -> None:
    rows = [["机构", "零售AUM（亿元）"], *([f"示例银行滨海分行第{n}支行", str(n * 1000)] for n in range(200))]
    document = _document(("paragraph", "表1 目标", 0), rows)
    passages = split(document)
    assert len(passages) > 2
    for passage in passages[1:]:
        assert "机构 | 零售AUM（亿元）" in passage.context
        assert "机构 |" not in passage.slice(document.text)
        assert "机构 | 零售AUM（亿元）" in passage.indexed(document.text)
    lines = [line for passage in passages for line in passage.slice(document.text).split("\n")]
    assert lines == document.text.split("\n")


def test_lines_of_the_table_of_contents_are_no_passages() -> None:
    document = _document(("contents", "第一章 总则......3", 0), ("paragraph", SENTENCE, 0))
    assert _texts(document) == [SENTENCE]


def test_slides_are_never_mixed_but_a_paragraph_over_a_page_end_is_whole() -> None:
    draft = Draft()
    draft.page("第1页")
    draft.block("paragraph", "上一页。")
    draft.block("paragraph", SENTENCE, 0, {10: Page(2, "第2页", 0, 0)})
    draft.block("paragraph", "下一页。")
    document = draft.finish("pdf", "题目")
    passages = split(document)
    assert [(passage.page, passage.slice(document.text)) for passage in passages] == [
        (1, "上一页。\n" + SENTENCE),
        (2, "下一页。"),
    ]


def test_what_is_indexed_names_the_heading_path_once() -> None:
    document = _document(("heading", "第一章 总则", 1), ("heading", "一、目的", 2), ("paragraph", "甲。", 0))
    assert split(document)[0].indexed(document.text) == "第一章 总则\n一、目的\n甲。"


@pytest.fixture(scope="module")
def strategy(tmp_path_factory: pytest.TempPathFactory) -> ParsedDocument:
    return parse_file(files.strategy_pdf(tmp_path_factory.mktemp("chunks") / "a.pdf"))


def test_passages_of_a_real_file_cover_all_of_it_in_order(strategy: ParsedDocument) -> None:
    passages: list[Passage] = split(strategy)
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    assert all(first.end <= second.start for first, second in pairwise(passages))
    for block in strategy.blocks:
        if block.kind in ("paragraph", "list", "table"):
            inside = [p for p in passages if p.start < block.end and block.start < p.end]
            assert sum(min(p.end, block.end) - max(p.start, block.start) for p in inside) == block.end - block.start


def test_text_files_of_any_kind_give_passages(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"# 题目\n\n## 一、队伍\n\n{SENTENCE}\n", encoding="utf-8")
    document = parse_file(path)
    assert [(p.heading, p.page) for p in split(document)] == [(("一、队伍",), 1)]
