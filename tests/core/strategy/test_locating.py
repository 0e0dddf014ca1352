"""Finding words again in another text."""

from __future__ import annotations

import pytest

from core.strategy.locating import Text, plain


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("专家小组", "组建专家小组。", "专家小组"),
        ("一级支行", "覆盖全部一级\n支行。", "一级\n支行"),
        ("AUM达到9,200亿元", "零售ＡＵＭ达到9200亿元", "ＡＵＭ达到9200亿元"),
        ("5户", "新增15户", None),
        ("新增5", "新增5.5亿元", None),
        ("9,200亿元", "达到19,200亿元", None),
        ("增长3.5%", "增长35%", None),
        ("", "空", None),
    ],
)
def test_words_are_found_to_the_letter_or_apart_from_width_space_and_marks(words: str, text: str, found: str | None) -> None:
    place = Text(text).find(words, 0)
    assert (text[slice(*place)] if place else None) == found


def test_of_several_places_the_nearest_is_the_one() -> None:
    assert Text("小组，小组，小组").find("小组", 4) == (3, 5)


def test_the_point_of_a_decimal_counts_and_other_marks_do_not() -> None:
    assert plain("增长３．５％。") == "增长3.5%" and plain("A.B，c") == "abc"
