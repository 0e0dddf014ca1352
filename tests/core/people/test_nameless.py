"""Who answers for something, as guests read it: departments and posts, no persons."""

from __future__ import annotations

import pytest

from core.people.nameless import HIDDEN, without_persons

PLACES, PERSONS = {"望海支行", "零售客户经理"}, {"李晓", "王部", "Ann Lee"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("零售金融部", "零售金融部"),
        ("人力资源部、信息科技部", "人力资源部、信息科技部"),
        ("望海支行/李晓", f"望海支行、{HIDDEN}"),
        ("零售客户经理", "零售客户经理"),
        ("王主任", HIDDEN),
        ("李晓", HIDDEN),
        ("李晓的部", HIDDEN),
        ("王部", HIDDEN),
        ("Ann Lee", HIDDEN),
        ("Retail Department and Ann Lee", f"Retail Department、{HIDDEN}"),
        ("", ""),
    ],
)
def test_departments_and_posts_stay_and_whatever_may_be_a_person_goes(text: str, shown: str) -> None:
    assert without_persons(text, PLACES, PERSONS) == shown
