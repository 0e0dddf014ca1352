"""Whether a year is on track: each reason is named, the worst decides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.goals.goal import KirkpatrickLevel
from core.review.executive.judging import BEHIND, Facts, Verdict, judged

FINE = Facts(placed=40, over=20, planned=100_000, bound=60_000, scores=((KirkpatrickLevel.LEARNING, 95.0),))


def test_a_year_with_held_sessions_and_nothing_wrong_is_on_track() -> None:
    assert judged(FINE) == (Verdict.ON_TRACK, [])


@pytest.mark.parametrize(
    ("change", "verdict", "words"),
    [
        ({"stops": 1, "alarms": 1}, Verdict.OFF, "1 个项目按现在的走势应当止损"),
        ({"limit": 50_000.0, "restrictive": True}, Verdict.OFF, "超过了预算上限"),
        ({"limit": 50_000.0}, Verdict.WATCH, "超过了预算上限"),
        ({"limit": 80_000.0}, Verdict.WATCH, "计划要花的钱超过了预算上限"),
        ({"bound": 120_000.0}, Verdict.WATCH, "超过了预算"),
        ({"alarms": 2}, Verdict.WATCH, "2 个项目有预警"),
        ({"scores": ((KirkpatrickLevel.BEHAVIOUR, BEHIND - 1),)}, Verdict.WATCH, "行为层达成 79，低于 80"),
        ({"unnoted": 5}, Verdict.WATCH, "5 节上完的课还没有登记到课"),
        ({"overdue_results": 3}, Verdict.WATCH, "3 项指标过了期限还没有结果"),
        ({"placed": 0}, Verdict.UNKNOWN, "排期还没有发布"),
    ],
)
def test_what_is_wrong_is_said_and_decides(change: dict[str, object], verdict: Verdict, words: str) -> None:
    found, reasons = judged(replace(FINE, **change))  # type: ignore[arg-type]
    assert found is verdict and words in str(reasons[0].text)


@pytest.mark.parametrize(
    "change", [{"unnoted": 4}, {"scores": ((KirkpatrickLevel.RESULTS, BEHIND),)}, {"bound": 100_000.0}, {"limit": 100_000.0}]
)
def test_what_is_just_within_is_no_reason(change: dict[str, object]) -> None:
    assert judged(replace(FINE, **change))[0] is Verdict.ON_TRACK  # type: ignore[arg-type]


def test_of_several_reasons_the_worst_decides_and_stands_first() -> None:
    verdict, reasons = judged(replace(FINE, overdue_results=1, stops=1, alarms=3))
    assert verdict is Verdict.OFF and [one.verdict for one in reasons] == [Verdict.OFF, Verdict.WATCH, Verdict.WATCH]


def test_a_year_of_which_nothing_is_known_is_not_called_on_track() -> None:
    assert judged(replace(FINE, over=0, scores=((KirkpatrickLevel.REACTION, None),)))[0] is Verdict.UNKNOWN
