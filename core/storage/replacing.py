"""A data directory that takes the place of another.

That takes two renames. A process killed between them leaves no data directory, but beside its place one that is whole: whoever opens the
product next puts it there.
"""

from __future__ import annotations

import glob
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.storage.types import now

_WHOLE = "whole"


@contextmanager
def room_beside(data: Path) -> Iterator[Path]:
    """A folder beside the data directory, in which what takes its place is made. It is gone afterwards, unless the process is killed."""
    with tempfile.TemporaryDirectory(prefix=_prefix(data), dir=data.parent) as made:
        yield Path(made)


def try_moving(data: Path, room: Path) -> None:
    """Move the data directory into `room` and back. Raises `OSError` where it cannot be moved, as a mount point."""
    data.rename(room / _WHOLE).rename(data)


def put_in_place(fresh: Path, data: Path) -> Path | None:
    """Make `fresh`, which is whole and in a room beside it, the data directory. Returns where the one before is now, None for none.

    Raises `OSError`; then the one before is where it was.
    """
    whole, aside = fresh.rename(fresh.with_name(_WHOLE)), None
    if data.exists() and any(data.iterdir()):
        aside = data.rename(data.with_name(f"{data.name}.{now():%Y%m%d-%H%M%S-%f}"))
    elif data.exists():
        data.rmdir()
    try:
        whole.rename(data)
    except OSError:
        if aside is not None:
            aside.rename(data)
        raise
    return aside


def finish(data: Path) -> bool:
    """Put the data directory in its place where a process was killed before it could. Returns whether that was so."""
    if data.exists():
        return False
    for room in left_behind(data):
        # Another process that starts now may have been the first.
        with suppress(FileNotFoundError):
            (room / _WHOLE).rename(data)
            shutil.rmtree(room, ignore_errors=True)
            return True
    return False


def left_behind(data: Path) -> list[Path]:
    """The rooms that killed processes have left beside the data directory."""
    return sorted(data.parent.glob(f"{glob.escape(_prefix(data))}*"))


def _prefix(data: Path) -> str:
    return f"{data.name}.restoring-"
