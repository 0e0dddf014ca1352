"""Words of notices: places that a kind does not have are refused, and nothing that a value holds is read as a place or a line."""

from __future__ import annotations

import pytest

from core.errors import BadInput
from core.i18n import LANGUAGES
from core.notices.kinds import KINDS, OF_GROUPS
from core.notices.templates import shipped
from core.notices.terms import Kind
from core.notices.wording import LONGEST_SUBJECT, LONGEST_TEXT, check, fill, one_line


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_come_with_the_product_hold_to_its_own_rules(kind: Kind, language: str) -> None:
    words = shipped(kind, "en" if language == "en" else "zh")
    assert check(words.subject, KINDS[kind].allowed, LONGEST_SUBJECT) == words.subject and "\n" not in words.subject
    assert check(words.text, KINDS[kind].allowed, LONGEST_TEXT) == words.text
    assert check(words.group, OF_GROUPS, LONGEST_TEXT) == words.group
    assert "{link}" in words.text


@pytest.mark.parametrize("text", ["{salary}", "{name.__class__}", "{0}", "{}", "{name!r}", "{name:>9}"])
def test_a_place_that_the_kind_does_not_have_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadInput, match="不是这种通知能用的占位符"):
        check(f"您好 {text}", ["name", "link"], 100)


@pytest.mark.parametrize("text", ["{name", "name}", "{{name}}", "{na\nme}"])
def test_a_lone_bracket_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        check(text, ["name"], 100)


def test_what_a_value_holds_is_never_read_as_a_place() -> None:
    assert fill("{name}，{link}", {"name": "{link}", "link": "http://x"}) == "{link}，http://x"


@pytest.mark.parametrize(
    "text",
    ["王敏\r\nBcc: all@bank.example", "王敏\nBcc: all@bank.example", "王敏\u2028Bcc: all@bank.example", "王敏\x0bBcc: all@bank.example"],
)
def test_a_value_stays_on_one_line(text: str) -> None:
    assert one_line(text).split() == ["王敏", "Bcc:", "all@bank.example"] and len(one_line(text).splitlines()) == 1


def test_marks_that_turn_the_line_around_are_taken_out() -> None:
    assert one_line("王\u202e敏\u200b\ue000") == "王敏"
