"""`goal check < GOAL.json`: whether a goal can be checked, what is wrong with it, and a rewrite."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from core.cli.console import Console
from core.errors import BadInput
from core.goals.reading import as_json, read_goal
from core.goals.rewriting import check
from core.i18n import Message
from core.strategy.environment.indicators import seeds


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the grammar."""
    goal = commands.add_parser("goal", help="training goals").add_subparsers(dest="action", required=True, metavar="ACTION")
    checked = goal.add_parser("check", parents=[common], help="whether a goal, read as JSON from standard input, can be checked")
    checked.set_defaults(run=_check)


def _check(_options: argparse.Namespace, console: Console) -> int:
    goal = read_goal(_standard_input())
    verdict = check(goal, seeds(goal.language))
    result = {
        "acceptable": verdict.acceptable,
        "problems": [{"field": one.field, "rule": one.rule, "message": one.message.render(goal.language)} for one in verdict.problems],
        "suggestion": as_json(verdict.suggestion) if verdict.suggestion else None,
    }
    # A goal comes in as JSON, so its verdict goes out as JSON, asked for or not: indented where a person may read it.
    console.result(result, [json.dumps(result, ensure_ascii=False, indent=2)])
    return 0


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(Message("输入不是 UTF-8 文本。")) from error
