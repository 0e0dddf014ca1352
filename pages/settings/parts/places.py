"""Where and when the person in front of the page is: their time zone, the address under which they see the product."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from pages.shared.addresses import server_address

_BANKS_TIME = "Asia/Shanghai"


def zone() -> ZoneInfo:
    """The browser's time zone, or that of the bank when the browser does not say."""
    try:
        return ZoneInfo(st.context.timezone or _BANKS_TIME)
    except ZoneInfoNotFoundError:
        return ZoneInfo(_BANKS_TIME)


def here(moment: datetime | None) -> datetime | None:
    """`moment` on the person's own clock."""
    return moment.astimezone(zone()) if moment else None


def welcome_address(token: str) -> str:
    """The whole address of a one-time link, as it can be sent to somebody."""
    return f"{server_address()}/welcome/{token}"
