"""Documents cut for reading: screens, long tables, what is shown near a mark, the outline where one is."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from core.documents import reading
from core.documents.parsed import ParsedDocument
from core.documents.parsing.__main__ import parse
from core.documents.parsing.progress import Progress
from tests.library import STRATEGY, long_text


def parsed(tmp_path: Path, text: str) -> ParsedDocument:
    """A Markdown text as the parser sees it."""
    path = tmp_path / "text.md"
    path.write_text(text, encoding="utf-8")
    return parse(path, "text.md", Progress(100, lambda event: None))


@pytest.fixture
def table(tmp_path: Path) -> ParsedDocument:
    """A table of six hundred rows after a heading."""
    rows = "\n".join(f"| 第{i}号网点 | {i * 37 % 1000} | 达标后每季度复核 |" for i in range(600))
    return parsed(tmp_path, f"# 网点\n\n| 网点 | 数量 | 说明 |\n| --- | --- | --- |\n{rows}\n")


def test_screens_cover_the_text_without_a_gap(table: ParsedDocument, tmp_path: Path) -> None:
    for document in (table, parsed(tmp_path, long_text(40)), parsed(tmp_path, STRATEGY)):
        screens = reading.screens(document)
        assert screens[0].start == 0 and screens[-1].end == len(document.text)
        assert all(one.end == following.start for one, following in pairwise(screens))
        assert max(screen.end - screen.start for screen in screens) < 5000


def test_a_long_table_goes_on_over_screens_and_names_its_columns_on_each(table: ParsedDocument) -> None:
    shown: list[str] = []
    for screen in reading.screens(table):
        for block in reading.blocks_of(table, screen):
            found = reading.table_of(table, block)
            if found is None:
                continue
            rows = reading.rows_on(table, found, screen)
            assert [is_head for is_head, _ in rows].count(True) == 1
            assert table.text[rows[0][1][0].start : rows[0][1][0].end] == "网点"
            shown += [table.text[row[0].start : row[0].end] for is_head, row in rows if not is_head]
    assert shown == [f"第{i}号网点" for i in range(600)]


def test_near_a_row_of_a_long_table_only_the_rows_about_it_come_first(table: ParsedDocument) -> None:
    offset = table.text.index("第299号网点")
    screen = reading.screen_at(reading.screens(table), offset)
    nearer = reading.near(table, screen, offset)
    block = reading.blocks_of(table, nearer)[0]
    found = reading.table_of(table, block)
    assert found is not None
    first = [row for is_head, row in reading.rows_on(table, found, nearer) if not is_head][:3]
    assert [table.text[row[0].start : row[0].end] for row in first] == ["第297号网点", "第298号网点", "第299号网点"]


def test_near_the_top_of_a_screen_nothing_is_left_out(tmp_path: Path) -> None:
    document = parsed(tmp_path, STRATEGY)
    screen = reading.screens(document)[0]
    assert reading.near(document, screen, document.text.index("财富管理客户")) == screen


def test_around_a_passage_is_a_screen_at_most_and_holds_it(table: ParsedDocument, tmp_path: Path) -> None:
    for document, quote in ((table, "第450号网点"), (parsed(tmp_path, long_text(40)), "第20项任务")):
        start = document.text.index(quote)
        view = reading.around(document, start, start + len(quote))
        assert view.start <= start < start + len(quote) <= view.end and view.end - view.start <= 5000


def test_the_outline_shows_all_chapters_and_the_sections_of_the_present_one(tmp_path: Path) -> None:
    document = parsed(tmp_path, "# 一\n\n甲。\n\n## 一之一\n\n乙。\n\n# 二\n\n丙。\n\n## 二之一\n\n丁。\n\n### 细\n\n戊。\n")
    entries = reading.outline(document, reading.screens(document))
    shown, present = reading.outline_about(entries, document.text.index("戊"))
    assert [entry.text for entry in shown] == ["一", "二", "二之一"]
    assert present is not None and present.text == "二之一"
    assert reading.headings_at(document, document.text.index("戊")) == ("二", "二之一", "细")


def test_a_document_without_headings_has_no_outline() -> None:
    assert reading.outline_about([], 10) == ([], None)


def test_lines_of_cells_are_told_from_lines_of_text() -> None:
    runs = reading.runs_of_lines("表一\n指标 | 目标\n人数 | 9,900\n\n以上。")
    assert runs == [(False, ["表一"]), (True, ["指标 | 目标", "人数 | 9,900"]), (False, ["以上。"])]


def test_words_are_found_whatever_their_case_and_width(tmp_path: Path) -> None:
    document = parsed(tmp_path, "# 题\n\nＡＵＭ达到5,530亿元，aum 口径不变。\n")
    found = reading.find(document, reading.screens(document), "aum")
    assert [one.match for one in found] == ["ＡＵＭ", "aum"]
    assert all(document.text[one.start : one.end] == one.match for one in found)


def test_headings_and_a_table_above_a_passage_do_not_push_it_out_of_a_small_window(tmp_path: Path) -> None:
    review = "# 报告\n\n## 一、回顾\n\n| 条线 | 目标 |\n| --- | --- |\n| 零售 | 15% |\n| 公司 | 18% |\n\n"
    document = parsed(tmp_path, f"{review}## 二、安排\n\n### （一）队伍\n\n持证上岗率达到95%以上。\n")
    offset = document.text.index("持证上岗率")
    shown = reading.near(document, reading.screens(document)[0], offset)
    assert "回顾" not in document.text[shown.start : offset] and "队伍" in document.text[shown.start : offset]
