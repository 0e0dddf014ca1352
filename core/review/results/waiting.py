"""Files of results that wait to be taken in: in the data directory's `result_imports` folder, until their import is over.

They hold data on people: they lie here for this system user alone, and in no backup. How far an import is, and that it should stop, is
told by files too: while it writes, it has the database to itself.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from core.errors import NotFound
from core.i18n import Message
from core.people.importing.waiting import Waiting
from core.review.results.found import Given
from core.review.results.terms import Moment, ResultKind

_FILE, _ORDER = "file", "order"


@dataclass(frozen=True)
class Order:
    """What a file is, for which plan, which column is which (None: as they are guessed), and what holds for all its rows."""

    plan_id: int
    kind: ResultKind
    name: str
    chosen: dict[str, str] | None
    given: Given


class Orders(Waiting):
    """The folder. An order is named by the number of its job."""

    def keep_file(self, job_id: int, order: Order, content: bytes) -> None:
        """Store a file and what is to be done with it, whole or not at all."""
        self._write(job_id, _ORDER, json.dumps(_packed(order), ensure_ascii=False))
        path = self.file(job_id)
        fresh = path.with_name(f"{path.name}.new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        fresh.replace(path)

    def file(self, job_id: int) -> Path:
        """Where the file of an order lies."""
        return self._path(job_id, _FILE)

    def of(self, job_id: int) -> Order:
        """What is to be done. Raises `NotFound` when it is gone."""
        packed = self._read(job_id, _ORDER)
        if not isinstance(packed, dict) or not self.file(job_id).is_file():
            raise NotFound(Message("等待导入的文件已经不在了（例如数据目录是从备份恢复的）。请重新导入。"))
        return _unpacked(packed)

    def drop(self, run_id: int) -> None:
        """Delete all that is stored of an order."""
        super().drop(run_id)
        for what in (_FILE, _ORDER):
            self._path(run_id, what).unlink(missing_ok=True)


def _packed(order: Order) -> dict[str, Any]:
    given = order.given
    return {
        "plan": order.plan_id,
        "kind": order.kind.value,
        "name": order.name,
        "chosen": order.chosen,
        "project": given.project_id,
        "measure": given.measure,
        "on": given.on.isoformat() if given.on else None,
        "moment": given.moment.value if given.moment else None,
        "mark": given.pass_mark,
    }


def _unpacked(packed: dict[str, Any]) -> Order:
    on, moment = packed["on"], packed["moment"]
    given = Given(
        packed["project"],
        packed["measure"],
        date.fromisoformat(on) if on else None,
        Moment(moment) if moment else None,
        packed["mark"],
    )
    return Order(packed["plan"], ResultKind(packed["kind"]), packed["name"], packed["chosen"], given)
