"""One clock for all of the product: the bank's, not the server's."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

from core import clock

_OTHER_CLOCKS = re.compile(r"\bdate\.today\(|\bdatetime\.(?:today|utcnow)\(|\bdatetime\.now\(\)|func\.current_date|\btime\.localtime\(")


def test_the_evening_of_a_server_in_greenwich_is_the_next_day_at_the_bank() -> None:
    assert clock.day_of(datetime(2027, 3, 31, 15, 59, tzinfo=UTC)) == date(2027, 3, 31)
    assert clock.day_of(datetime(2027, 3, 31, 16, 0, tzinfo=UTC)) == date(2027, 4, 1)
    assert clock.day_of(datetime.now(UTC)) <= clock.today()


def test_nothing_asks_the_server_what_day_it_is() -> None:
    found = [
        f"{path}:{number}"
        for folder in ("core", "pages")
        for path in sorted(Path(folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _OTHER_CLOCKS.search(line)
    ]
    assert not found, "ask core.clock for the day"
