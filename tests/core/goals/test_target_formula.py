"""What one person is advised to reach: above the post's target only for those above the requirement, the right way round, within bounds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.goals.checking.names import named
from core.goals.goal import Goal, GoalIndicator, Kind
from core.goals.targets.formula import Level, PostTarget, advise, of_goal, weights
from core.i18n import Message
from core.strategy.environment.indicators import seeds
from tests.core.goals.worked import WORKED, result

SCORE = PostTarget("质检得分", ">=", 85, "分", "more", 100, Message("x"))
ABOVE, AT, BELOW = Level(4.25, 4), Level(4, 4), Level(3.5, 4)


def said(message: Message) -> str:
    return message.render("zh")


def test_a_score_of_85_where_80_is_required_makes_85_to_90() -> None:
    found = advise(SCORE, ABOVE)
    assert (found.value, found.further) == (90, True)
    assert said(found.formula) == "得分 85 超过要求 80：85 × 85 ÷ 80 = 90.31，取 90"


@pytest.mark.parametrize("level", [AT, BELOW, None])
def test_whoever_is_not_above_the_requirement_gets_the_posts_target(level: Level | None) -> None:
    found = advise(SCORE, level)
    assert (found.value, found.further) == (85, False)
    assert ("没有现行测评" if level is None else "没有超过岗位要求 80") in said(found.formula)


def test_where_less_is_better_the_target_goes_down() -> None:
    found = advise(replace(SCORE, indicator="审批天数", operator="<=", value=20, unit="天", better="less", most=None), ABOVE)
    assert found.value == 19 and said(found.formula).endswith("20 × 80 ÷ 85 = 18.82，取 19")


def test_a_small_figure_gets_as_many_places_as_it_takes_to_be_further() -> None:
    assert advise(replace(SCORE, value=2, unit="户", most=None), ABOVE).value == 2.1
    assert advise(replace(SCORE, value=1.5, operator="<=", better="less"), ABOVE).value == 1.4


def test_nobody_is_asked_for_more_than_a_fifth_above() -> None:
    found = advise(replace(SCORE, value=50), Level(5, 2))
    assert found.value == 60 and "最多放大 1.2 倍" in said(found.formula)
    assert advise(replace(SCORE, value=12, better="less", operator="<="), Level(5, 2)).value == 10


def test_no_rate_and_no_mark_passes_its_bound() -> None:
    assert advise(replace(SCORE, value=96, unit="%"), ABOVE).value == 100
    full = advise(replace(SCORE, value=100, unit="%"), ABOVE)
    assert (full.value, full.further) == (100, False) and "已到上限" in said(full.formula)


@pytest.mark.parametrize("post", [replace(SCORE, better=""), replace(SCORE, value=0), replace(SCORE, value=-5)])
def test_without_a_way_further_the_posts_target_stays(post: PostTarget) -> None:
    assert advise(post, ABOVE).value == post.value


def asked(goal: Goal) -> tuple[list[PostTarget], list[str]]:
    known = seeds(goal.language)
    found, left = of_goal(goal, [(kind, named(one, known)) for kind, _, one in goal.indicators()])
    return found, [said(why) for _, why in left]


def test_each_persons_part_is_the_figure_a_head_the_share_or_the_level_itself() -> None:
    found, left = asked(WORKED)
    assert not left and [(one.indicator, one.value) for one in found] == [("新增有效客户", 2), ("新增授信客户占比", 30)]
    assert [said(one.basis) for one in found] == ["目标写明人均 2 户", "每个人与目标相同：30 %"]
    shared, _ = asked(result(per_head=None))
    assert shared[0].value == 2 and said(shared[0].basis) == "60 ÷ 30 人"


def test_what_cannot_be_parted_is_left_out_with_the_reason() -> None:
    assert asked(replace(result(per_head=None), headcount=None)) == ([], ["目标没有人均，也没有参训人数，算不出每个人的份。"])
    assert asked(result(value=None)) == ([], ["目标里还没有目标值。"])
    assert all(one.indicator != "话术通关率" for one in asked(WORKED)[0])


def test_an_operator_against_what_is_better_leads_nobody_further() -> None:
    wrong = replace(WORKED, performance=(GoalIndicator("不良率", ">=", 2, "%", baseline=1.5, source="信贷系统"),))
    assert asked(wrong)[0][0].better == "" and Kind.PERFORMANCE


@pytest.mark.parametrize(
    ("count", "own", "expected"),
    [
        (1, [None], [(100,)]),
        (3, [None] * 3, [(40, 30, 30), (50, 20, 30), (34, 33, 33)]),
        (2, [70.0, 30.0], [(70, 30), (60, 40), (50, 50)]),
        (7, [None] * 7, [(16, 14, 14, 14, 14, 14, 14)]),
        (0, [], []),
    ],
)
def test_weights_always_sum_to_100_and_the_goals_own_come_first(count: int, own: list[float | None], expected: list[tuple[float]]) -> None:
    assert weights(count, own) == expected
    assert all(sum(way) == 100 for way in weights(count, own))
