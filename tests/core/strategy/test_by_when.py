"""Deadlines as people type them."""

from __future__ import annotations

import pytest

from core.errors import BadInput
from core.strategy.by_when import by_when


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2027-06-30", "2027-06-30"),
        ("2027/6/30", "2027-06-30"),
        ("２０２７．６．３０", "2027-06-30"),
        ("2027年6月30日", "2027-06-30"),
        ("2027年6月30日前", "2027-06-30"),
        ("2027-6", "2027-06-30"),
        ("2027年2月底", "2027-02-28"),
        ("2027年底", "2027-12-31"),
        ("到2027年末", "2027-12-31"),
        ("2027年上半年", "2027-06-30"),
        ("2027年三季度末", "2027-09-30"),
        ("2027", "2027-12-31"),
        ("30 June 2027", "2027-06-30"),
        ("by the end of 2027", "2027-12-31"),
        ("训后2个月内", "训后2个月内"),
        ("2027年底验收后3个月内", "2027年底验收后3个月内"),
        ("待总行通知", "待总行通知"),
        ("", ""),
    ],
)
def test_a_day_is_a_day_however_it_is_written(written: str, meant: str) -> None:
    assert by_when(written) == meant


@pytest.mark.parametrize("written", ["2027-02-30", "2027/13/1", "2027-13", "2027.0.1", "0000"])
def test_a_day_that_does_not_exist_is_refused(written: str) -> None:
    with pytest.raises(BadInput, match="没有"):
        by_when(written)
