"""What a reader tells about its way through the pages, and the limit of pages it keeps to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.errors import BadInput
from core.i18n import Message


def _silent(event: dict[str, int]) -> None:
    """Nobody listens."""


@dataclass(frozen=True)
class Progress:
    """`tell` receives {"done", "total"} after each page and {"ocr": page} before a page is read from its picture."""

    max_pages: int = 2_000
    tell: Callable[[dict[str, int]], None] = _silent

    def check_pages(self, total: int) -> None:
        """Announce the number of pages; refuse a document with more than the limit."""
        if total > self.max_pages:
            raise BadInput(
                Message(
                    "文件有 {total} 页，超过 {limit} 页的上限。请拆分成几个文件再上传。",
                    total=total,
                    limit=self.max_pages,
                )
            )
        self.tell({"done": 0, "total": total})

    def done(self, pages: int, total: int) -> None:
        """`pages` of `total` are read."""
        self.tell({"done": pages, "total": total})

    def before_ocr(self, page: int) -> None:
        """Page `page` is now read from its picture, which takes seconds."""
        self.tell({"ocr": page})
