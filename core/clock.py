"""The bank's clock. Branches of the mainland keep one time, whatever zone the server is set to."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The day that it is at the bank."""
    return datetime.now(ZONE).date()


def day_of(moment: datetime) -> date:
    """The day at the bank on which an aware `moment` falls."""
    return moment.astimezone(ZONE).date()
