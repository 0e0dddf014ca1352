"""Every page of step 4, in the order in which a year is looked back on."""

from __future__ import annotations

from core.i18n import Message
from pages.shared.page_spec import PageSpec

REVIEW = Message("④ 复盘迭代")

REVIEW_PAGES: dict[str, PageSpec] = {}
