"""A CSV file of any length as tables of so many rows, so that no file need be in memory as a whole."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from itertools import islice
from pathlib import Path

from core.sheets.finding import Table
from core.sheets.grid import Row

ROWS = 50_000
"""How many rows are taken at a time."""

LONG_BYTES = 8 << 20
"""A CSV file above this goes in piece by piece."""

_HEAD = 1 << 16
Heard = Callable[[int, int], None]


def is_long(name: str, size: int) -> bool:
    """Whether a file is read piece by piece."""
    return size > LONG_BYTES and Path(name).suffix.lower() == ".csv"


def pieces(path: Path, heard: Heard) -> Iterator[Table]:
    """The file as tables, its first line the header of each. `heard` is told how much of the file was handed over of how much.

    Both are in bytes, the first as good as the characters tell.
    """
    total = path.stat().st_size
    with path.open(encoding=_encoding(path), errors="replace", newline="") as file:
        read = 0

        def lines() -> Iterator[str]:
            nonlocal read
            for line in file:
                read += len(line)
                yield line

        rows = csv.reader(lines())
        header = tuple(one.strip() for one in next(rows, ()))
        number = 1
        while some := list(islice(rows, ROWS)):
            yield Table("", header, 1, tuple(Row(number + at, _cells(fields)) for at, fields in enumerate(some, 1)))
            number += len(some)
            heard(min(read, total), total)


def beginning(content: bytes, count: int) -> Table:
    """The header and the first rows of a file's content."""
    with TextIOWrapper(BytesIO(content), _encoded(content[:_HEAD]), errors="replace", newline="") as file:
        rows = csv.reader(file)
        header = tuple(one.strip() for one in next(rows, ()))
        return Table("", header, 1, tuple(Row(number, _cells(fields)) for number, fields in enumerate(islice(rows, count), 2)))


def _cells(fields: list[str]) -> tuple[str | None, ...]:
    return tuple(one.strip() or None for one in fields)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        return _encoded(file.read(_HEAD))


def _encoded(head: bytes) -> str:
    try:
        # A character may be cut at the end of what was read.
        head[:-4].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "utf-8-sig" if error.start > len(head) - 8 else "gb18030"
    return "utf-8-sig"
