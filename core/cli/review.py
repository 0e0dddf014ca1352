"""`evaluate RESULTS.csv|xlsx… --design …`: what training changed, with an interval, and what that does not show."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from core.cli.console import Console
from core.documents import files
from core.errors import BadInput
from core.i18n import Message
from core.review.effects.evaluating import evaluate
from core.review.effects.evaluation import as_json
from core.review.effects.reading import read_sample
from core.review.effects.terms import Design
from core.settings import load
from core.sheets.opening import open_file


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the grammar."""
    made = commands.add_parser("evaluate", parents=[common], help="the effect of training, from results before and after")
    made.add_argument("files", type=Path, nargs="+", metavar="RESULTS", help="CSV or XLSX with person, group, pre, post")
    made.add_argument("--design", choices=[one.value for one in Design], required=True, help="how those who were trained were chosen")
    made.set_defaults(run=_evaluate)


def _evaluate(options: argparse.Namespace, console: Console) -> int:
    status, limit = 0, _limit(options)
    for path in options.files:
        try:
            data = _document(path, Design(options.design), console, limit)
        except BadInput as failure:
            # The other files are not to blame.
            console.complain(Message("{path}：{reason}", path=str(path), reason=failure.message).render(console.language))
            status = 2
            continue
        # Each file is one line of JSON, asked for or not: a program reads it, and so can a person.
        console.result(data, [json.dumps(data, ensure_ascii=False)])
    return status


def _limit(options: argparse.Namespace) -> int:
    """How large a file may be, in megabytes: as the settings page says where there is a library; nothing is made to ask."""
    settings = load(data=options.data)
    if not settings.database_url and not (settings.data / "cexun.db").is_file():
        return settings.max_file_megabytes
    from core.instance import open_instance  # all of the product: it takes longer than to evaluate ten thousand people

    instance = open_instance(options.data)
    try:
        return instance.settings.max_file_megabytes
    finally:
        instance.close()


def _document(path: Path, design: Design, console: Console, limit: int) -> dict[str, Any]:
    if not path.is_file():
        raise BadInput(Message("没有这个文件。"))
    files.check_size(path.name, path.stat().st_size, limit)
    return as_json(evaluate(read_sample(open_file(path), design), design), str(path), console.language)
