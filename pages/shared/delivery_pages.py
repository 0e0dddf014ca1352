"""Every page of step 3, in the order in which a plan goes through them."""

from __future__ import annotations

from core.i18n import Message
from pages.shared.page_spec import PageSpec

DELIVERY = Message("③ 计划实施")

DELIVERY_PAGES: dict[str, PageSpec] = {}
