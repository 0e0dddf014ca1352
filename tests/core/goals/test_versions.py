"""A goal that two people have written."""

from __future__ import annotations

from dataclasses import replace

from core.editing.comparing import Side
from core.goals.draft import Draft, Line
from core.goals.goal import GoalIndicator, Kind
from core.goals.versions import compare_drafts, together


def line(name: str, value: float, owner: str = "") -> Line:
    return Line(Kind.PERFORMANCE, GoalIndicator(name=name, value=value, unit="户"), owner)


SEEN = Draft("痛点", "行为", (line("新增客户", 60), line("签约", 5)), 30, 60)


def test_texts_and_indicators_of_both_stand_and_the_same_one_is_asked_about() -> None:
    mine = replace(SEEN, behaviour="先问三个问题", lines=(line("新增客户", 80), line("签约", 5), line("回访", 9)))
    theirs = replace(SEEN, headcount=42, lines=(line("新增客户", 70), line("签约", 5, "王芳"), line("转介", 3)))
    found, named = compare_drafts(SEEN, mine, theirs, lambda one: f"{one.indicator.value:g}")
    assert [str(named[name].label) for name in found.disputed] == ["新增客户"]
    own = together(found.merged(), mine)
    assert (own.behaviour, own.headcount) == ("先问三个问题", 42)
    assert [(one.indicator.name, one.indicator.value, one.owner) for one in own.lines] == [
        *(("新增客户", 80, ""), ("签约", 5, "王芳"), ("回访", 9, ""), ("转介", 3, ""))
    ]
    other = together(found.merged({found.disputed[0]: Side.THEIRS}), mine)
    assert other.lines[0].indicator.value == 70


def test_an_indicator_that_one_deleted_and_the_other_changed_is_asked_about() -> None:
    found, named = compare_drafts(SEEN, replace(SEEN, lines=SEEN.lines[:1]), replace(SEEN, lines=(SEEN.lines[0], line("签约", 9))), str)
    assert [str(named[name].label) for name in found.disputed] == ["签约"]
    assert len(together(found.merged(), SEEN).lines) == 1
    assert len(together(found.merged({found.disputed[0]: Side.THEIRS}), SEEN).lines) == 2
