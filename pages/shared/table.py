"""Tables as pages show them."""

from __future__ import annotations

from typing import Literal

ROW_PIXELS = 35


def tall(rows: int, most: int = 12) -> int | Literal["content"]:
    """The height of a table of so many rows: all of them where there are no more than `most`, else a frame of that many to scroll in."""
    return "content" if rows <= most else (most + 1) * ROW_PIXELS + 2
