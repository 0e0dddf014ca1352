"""Tables that wait to be imported, and what is said of an import while it writes: files of the data directory's `imports` folder.

A table holds data on people: it lies here, for this system user alone, from the moment somebody asks until its import is over, and in
no backup. While an import writes, it has the database to itself; how far it is and that it should stop are therefore told by files.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import NotFound
from core.i18n import Message
from core.sheets.finding import Table
from core.sheets.grid import Grid, from_json, to_json

_TABLE, _STOP, _TOLD = "table", "stop", "told"
# A request that has not been committed yet has no row: what is younger than this belongs to one.
_YOUNG_SECONDS = 60.0


@dataclass(frozen=True)
class Order:
    """A table, which column is which field, and what holds for all its rows."""

    table: Table
    chosen: Mapping[str, str]
    given: Mapping[str, str]


class Waiting:
    """The folder. An import is named by the number of its run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, run_id: int, order: Order) -> None:
        """Store an order, whole or not at all."""
        table = order.table
        packed = {
            "rows": to_json([Grid(table.sheet, table.rows)]),
            "header": table.header,
            "groups": table.groups,
            "header_row": table.header_row,
            "notes": [note.to_json() for note in table.notes],
            "chosen": dict(order.chosen),
            "given": dict(order.given),
        }
        self._write(run_id, _TABLE, json.dumps(packed, ensure_ascii=False))

    def order(self, run_id: int) -> Order:
        """What was stored. Raises `NotFound` when it is gone."""
        try:
            packed = json.loads(self._path(run_id, _TABLE).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise NotFound(Message("等待导入的文件已经不在了（例如数据目录是从备份恢复的）。请重新导入。")) from error
        [grid] = from_json(packed["rows"])
        notes = tuple(Message.from_json(note) for note in packed["notes"])
        table = Table(grid.name, tuple(packed["header"]), packed["header_row"], grid.rows, notes, tuple(packed["groups"]))
        return Order(table, packed["chosen"], packed["given"])

    def drop(self, run_id: int) -> None:
        """Delete all that is stored of an import."""
        for what in (_TABLE, _STOP, _TOLD):
            self._path(run_id, what).unlink(missing_ok=True)

    def ask_to_stop(self, run_id: int, account_id: int | None) -> None:
        """Leave word that an import should stop, and who wants that."""
        self._write(run_id, _STOP, json.dumps(account_id))

    def stop_asked(self, run_id: int) -> bool:
        """Whether somebody wants an import to stop."""
        return self._path(run_id, _STOP).exists()

    def who_stops(self, run_id: int) -> int | None:
        """The account that wants it; None for the command line, or nobody."""
        found = self._read(run_id, _STOP)
        return found if isinstance(found, int) else None

    def tell(self, run_id: int, done: int, total: int) -> None:
        """Say how far an import is."""
        self._write(run_id, _TOLD, json.dumps([done, total]))

    def told(self, run_id: int) -> tuple[int, int]:
        """How far an import is: rows written, rows in all; zeros while that is not known."""
        found = self._read(run_id, _TOLD)
        return (int(found[0]), int(found[1])) if isinstance(found, list) else (0, 0)

    def sweep(self, waiting: Collection[int]) -> int:
        """Delete what belongs to no import that waits. Returns how many files."""
        swept = 0
        for path in self._folder.glob("*") if self._folder.is_dir() else ():
            number = path.name.partition(".")[0]
            try:
                young = time.time() - path.stat().st_mtime < _YOUNG_SECONDS
            except FileNotFoundError:
                continue
            if not young and not (number.isdecimal() and int(number) in waiting):
                path.unlink(missing_ok=True)
                swept += 1
        return swept

    def _path(self, run_id: int, what: str) -> Path:
        return self._folder / f"{run_id}.{what}"

    def _write(self, run_id: int, what: str, text: str) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(run_id, what)
        fresh = path.with_name(f"{path.name}.new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as target:
            target.write(text)
            if what == _TABLE:
                target.flush()
                os.fsync(target.fileno())
        fresh.replace(path)

    def _read(self, run_id: int, what: str) -> object:
        try:
            return json.loads(self._path(run_id, what).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
